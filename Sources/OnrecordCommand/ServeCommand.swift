import ArgumentParser
import Desk
import Record

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the web desk and the HTTP API over the record.",
        discussion: """
            Binds to this machine alone; any other host wants a token, which callers send as `Authorization: Bearer TOKEN`.
            The API stands under /api/v1: incidents, incidents/ID, search?q=, sources, health.

            Examples:
              onrecord serve
              onrecord serve --host 0.0.0.0 --port 80 --token "$TOKEN"
            """)

    @OptionGroup var record: RecordOptions
    @Option(help: "Name or address to bind to.")
    var host = "127.0.0.1"
    @Option(help: "Port (0 for any that is free).")
    var port = 8300
    @Option(help: "What callers must show.")
    var token: String?

    func run() async throws {
        var options = Desk.Options()
        (options.host, options.port, options.token) = (host, port, token)
        let desk: Desk
        do {
            desk = try Desk(try record.open(), options: options)
        } catch let problem as Desk.Problem {
            throw Failure(message: problem.description, code: 64)
        }
        let host = host
        try await desk.run { port in Terminal.remark("the desk is open at http://\(host):\(port)/ (Ctrl-C to close)") }
    }
}
