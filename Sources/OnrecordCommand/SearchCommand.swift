import ArgumentParser
import Record
import Stories

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find sentences that hold all the words.",
        discussion: """
            Quotation marks hold words together.

            Examples:
              onrecord search hospital wounded
              onrecord search '"declined to comment" ministry'
            """)

    @OptionGroup var record: RecordOptions
    @Argument(help: "Words to find.")
    var words: [String]
    @Option(help: "At most so many.")
    var limit = 20
    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        let hits = try record.open().search(words.joined(separator: " "), limit: limit)
        if json { return try Output.json(hits) }
        guard !hits.isEmpty else { return Terminal.remark("nothing found") }
        for hit in hits {
            let head = [
                hit.incident ?? String(hit.story.prefix(12)), hit.published?.description, hit.outlet, hit.headline,
            ].compactMap { $0 }
            print(Terminal.dim(Layout.cut(head.joined(separator: " · "), Terminal.width)))
            print(Layout.wrap(hit.snippet, indent: "  "))
        }
    }
}
