import ArgumentParser
import Record
import Stories

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find stories, claims, or what someone said.",
        discussion: """
            Words must all be there; "…" holds words together, word* finds what begins so, a OR b either, -word leaves out, a NEAR/5 b wants at most five words between.

            Fields narrow. speaker:kremlin, kind:unnamed and stance:deny are of who says it: of stories, one thing that somebody says must fit them all; with measure:killed, one claim. from:2018-02-01 and to:2018-02-28 are days of publication. type:battle, country:SY and place:"Deir ez-Zor" (or place:35.3,40.3) with km:50 are the incident's.

            Of what is found more than a thousand times, the thousand that came in last are ranked.

            Examples:
              onrecord search hospital wounded
              onrecord search --in claims 'measure:killed kind:unnamed place:"Deir ez-Zor" km:80'
              onrecord search --in statements 'speaker:kremlin stance:decline'
              onrecord search 'mercenar* NEAR/8 killed -syrian from:2018-02-10'
            """)

    enum Scope: String, ExpressibleByArgument, CaseIterable { case stories, claims, statements }

    @OptionGroup var record: RecordOptions
    @Argument(help: "Words and fields.")
    var words: [String]
    @Option(name: .customLong("in"), help: "What to find.")
    var scope: Scope = .stories
    @Option(help: "At most so many.")
    var limit = 20
    @Option(help: "Pass over so many: the next page.")
    var offset = 0
    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        var search = try Search(parsing: words.joined(separator: " "))
        search.scope = Search.Scope(rawValue: scope.rawValue) ?? .stories
        (search.limit, search.offset) = (limit, offset)
        let hits = try record.open().search(search)
        if json { return try Output.json(hits) }
        guard !hits.isEmpty else { return Terminal.remark("nothing found") }
        for hit in hits {
            let head = [
                hit.incident ?? String(hit.story.prefix(12)), hit.published?.description, hit.outlet, hit.headline,
            ].compactMap { $0 }
            print(Terminal.dim(Layout.cut(head.joined(separator: " · "), Terminal.width)))
            if let claim = hit.claim {
                print(Layout.wrap("\(ClaimView.what(claim)) — \(claim.label) [\(claim.id)]", indent: "  "))
            } else if let speaker = hit.speaker, let stance = hit.stance {
                print(Layout.wrap("\(speaker) (\(stance.rawValue))", indent: "  "))
            }
            print(Layout.wrap(hit.snippet, indent: "  "))
        }
    }
}
