import ArgumentParser
import Record
import Stories

struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List who makes claims, over the whole record.",
        discussion: """
            Examples:
              onrecord sources
              onrecord sources --limit 200 --json
            """)

    @OptionGroup var record: RecordOptions
    @Option(help: "At most so many.")
    var limit = 50
    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        let sources = try record.open().sources(limit: limit)
        if json { return try Output.json(sources) }
        guard !sources.isEmpty else { return Terminal.remark("no sources") }
        print(
            Layout.table(
                ["source", "kind", "claims", "incidents", "stories"],
                sources.map {
                    [Layout.cut($0.speaker, 56), $0.kind.rawValue, "\($0.claims)", "\($0.incidents)", "\($0.stories)"]
                }, right: [2, 3, 4],
                indent: ""))
    }
}
