import ArgumentParser
import Record

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the dossier of an incident: tolls, claims, disputes, timeline, stories, reviews.",
        discussion: """
            The id is that of the incident or of any of its stories; its first digits will do, four at least. Every claim stands with its sentence, and with an id by which `onrecord review` knows it.

            Examples:
              onrecord show 3f2a91c0b7aa
              onrecord show 3f2a --json
              onrecord show 3f2a --links
            """)

    @OptionGroup var record: RecordOptions
    @Argument(help: "The incident's id, or a story's.")
    var id: String
    @Flag(help: "Show why its stories are held to tell of one happening.")
    var links = false
    @Flag(help: "Write JSON.")
    var json = false

    /// The dossier with its timeline, which is drawn from the claims and not kept.
    private struct Shown: Encodable {
        var dossier: Dossier

        private enum CodingKeys: String, CodingKey { case timeline }

        func encode(to encoder: any Encoder) throws {
            try dossier.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(dossier.timeline, forKey: .timeline)
        }
    }

    func run() throws {
        let store = try record.open()
        if links {
            let links = try store.links(id)
            if json { return try Output.json(links) }
            guard !links.isEmpty else { return Terminal.remark("one story: nothing is linked") }
            for link in links {
                let likeness = link.likeness.map { [" · \(Int(($0 * 100).rounded())) % of the text in common"] } ?? []
                let head =
                    "\(link.first.prefix(12)) – \(link.second.prefix(12)) · \(Int((link.score * 100).rounded())) %"
                print(head + likeness.joined())
                if !link.reasons.isEmpty { print(Layout.wrap(link.reasons.joined(separator: "; "), indent: "  ")) }
            }
            return
        }
        let dossier = try store.dossier(id)
        if json { return try Output.json(Shown(dossier: dossier)) }
        print(DossierView(dossier: dossier).text, terminator: "")
    }
}
