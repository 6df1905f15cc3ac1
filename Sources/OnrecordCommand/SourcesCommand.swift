import ArgumentParser
import Record
import Stories

struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List who makes claims, over the whole record, or all that one speaker claims.",
        discussion: """
            A body's spokespeople speak for the body; a source without a name is one with its outlet's others of that description, and with nobody else's.

            Examples:
              onrecord sources
              onrecord sources ministry
              onrecord sources --limit 200 --json
            """)

    @Argument(help: "Show the claims of the speakers whose name or description holds this.")
    var speaker: String?
    @OptionGroup var record: RecordOptions
    @Option(help: "At most so many speakers.")
    var limit = 50
    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        guard let speaker else { return try list() }
        let found = try record.open().claims(ofSource: speaker, limit: limit)
        if json { return try Output.json(found) }
        guard !found.isEmpty else { return Terminal.remark("no source with “\(speaker)” in its name") }
        print(found.map(SourcesCommand.lines).joined(separator: "\n"))
    }

    private func list() throws {
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

    private static func lines(_ found: SourceClaims) -> String {
        var lines = [Terminal.bold(Layout.wrap("\(found.source.speaker) (\(found.source.kind.rawValue))"))]
        for entry in found.claims {
            let claim = entry.claim
            let what = [claim.measure?.rawValue, claim.phrase.isEmpty ? nil : claim.phrase].compactMap { $0 }
                .joined(separator: ": ")
            let traits = [
                claim.published?.description ?? "no date", claim.outlet, claim.stance.rawValue, what,
                entry.incident.map { "incident \($0)" }, "claim \(claim.id)",
            ]
            lines.append(Layout.wrap(traits.compactMap { $0 }.joined(separator: " · "), indent: "  "))
            lines.append(Terminal.dim(Layout.wrap(claim.sentence, indent: "    ")))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
