import ArgumentParser
import Foundation
import Logging
import Onrecord
import Record
import ServiceLifecycle
import Synchronization
import UnixSignals
import Watch

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch feeds and folders, and add what is new to the record.",
        discussion: """
            Feeds (RSS, Atom, JSON Feed) are asked whether they have changed, and the pages that new entries point at are
            fetched; what robots.txt forbids is not, and a host is asked one thing at a time. How far each was read is kept in
            the record: stop with Ctrl-C and start again whenever you like.

            Examples:
              onrecord watch --record war.onrecord https://example.org/world.xml wires/
              onrecord watch --record war.onrecord --once https://example.org/world.xml
              onrecord watch --record war.onrecord --list
            """)

    @OptionGroup var record: RecordOptions
    @Argument(help: "Addresses of feeds, and folders.", completion: .directory)
    var addresses: [String] = []
    @Option(help: ArgumentHelp("How long to wait between two looks.", valueName: "minutes"))
    var every: Double = 15
    @Option(help: ArgumentHelp("Pause between two requests to one host.", valueName: "seconds"))
    var pause: Double = 2
    @Option(help: ArgumentHelp("Refuse answers larger than this.", valueName: "MiB"))
    var maxSize = 16
    @Option(help: ArgumentHelp("Who hosts may write to, told in the name of the robot.", valueName: "address"))
    var contact: String?
    @Flag(inversion: .prefixedNo, help: "Fetch the pages that entries point at.")
    var articles = true
    @Flag(help: "Look once at each, and end.")
    var once = false
    @Flag(help: "List what is watched, how far and what is wrong, and end.")
    var list = false
    @Flag(help: "Write the list as JSON.")
    var json = false

    func validate() throws {
        guard list || !addresses.isEmpty else {
            throw ValidationError("Name the feeds and folders to watch, or --list what is watched.")
        }
        guard every > 0, every <= 100_000 else { throw ValidationError("--every is a number of minutes above 0.") }
        guard pause >= 0, pause <= 3600 else { throw ValidationError("--pause is a number of seconds from 0 to 3600.") }
        guard 1...1024 ~= maxSize else { throw ValidationError("--max-size is a number of MiB from 1 to 1024.") }
    }

    func run() async throws {
        guard !list else { return try printList() }
        let store = try record.open(.creating)
        var fetching = Fetcher.Options()
        fetching.userAgent = "Onrecord/\(OnrecordCommand.configuration.version)\(contact.map { " (+\($0))" } ?? "")"
        fetching.pause = .seconds(pause)
        fetching.maximumSize = maxSize << 20
        var watching = Watcher.Options()
        watching.interval = .seconds(every * 60)
        watching.fetchesArticles = articles
        watching.reading.maximumSize = maxSize << 20
        let (addresses, once) = (addresses, once)
        let (options, told) = (watching, Told())
        try await Fetcher.with(fetching) { fetcher in
            let watcher = Watcher(store, fetcher: fetcher, addresses: addresses, options: options) { told.tell($0) }
            if once {
                try await watcher.round(all: true)
                return
            }
            Terminal.remark("watching \(DossierView.count(addresses.count, "address", "addresses")) (Ctrl-C to stop)")
            var logger = Logger(label: "onrecord.watch")
            logger.logLevel = .critical
            try await ServiceGroup(
                services: [watcher], gracefulShutdownSignals: [.sigint, .sigterm], logger: logger
            ).run()
        }
        if once, told.refusals > 0 { throw ExitCode(1) }
    }

    /// Prints what happens as it happens, and counts what was refused.
    private final class Told: Sendable {
        private let count = Mutex(0)
        var refusals: Int { count.withLock { $0 } }

        func tell(_ event: Watcher.Event) {
            let time = Date.now.formatted(.iso8601)
            switch event {
            case .read(let address, let added):
                Terminal.remark("\(time) \(address): \(DossierView.count(added, "new story", "new stories"))")
            case .unchanged(let address): Terminal.remark("\(time) \(address): nothing new")
            case .refused(let reason):
                count.withLock { $0 += 1 }
                Terminal.complain(reason)
            }
        }
    }

    private struct Row: Encodable {
        var address: String
        var checked: String?
        var due: String
        var failures: Int
        var problem: String?
    }

    private func printList() throws {
        let states = try record.open().watched()
        if json {
            return try Output.json(
                states.map { state in
                    Row(
                        address: state.address, checked: state.checked,
                        due: Date(timeIntervalSince1970: state.due).formatted(.iso8601), failures: state.failures,
                        problem: state.problem)
                })
        }
        for state in states {
            print("\(Terminal.safe(state.address))\n  last looked at: \(state.checked ?? "never")")
            if let problem = state.problem { print("  failed \(state.failures) times: \(Terminal.safe(problem))") }
        }
    }
}
