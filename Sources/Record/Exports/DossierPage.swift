internal import Stories

/// Dossiers as a page to read, to print and to send: one file that asks for nothing else, without scripts.
struct DossierPage {
    let subject: ExportSubject
    private let dossier: Dossier
    private let ids: Set<String>

    init(_ subject: ExportSubject) {
        self.subject = subject
        dossier = subject.dossier
        ids = Set(subject.dossier.claims.map(\.id))
    }

    static var shape: ExportShape {
        var shape = ExportShape(
            head: head("Dossiers") + "<header class=\"page\"><p>Onrecord · dossiers</p></header>\n<nav>\n<ul>\n",
            tail: "</body>\n</html>\n", wantsTexts: true
        ) { DossierPage($0).article }
        shape.headOfOne = { head($0.headline) }
        shape.contents = { incident in
            let facts = [incident.type.rawValue, Plain.days(incident), Plain.place(incident.place)].compactMap { $0 }
            return
                "<li><a href=\"#i-\(Markup.text(incident.id))\">\(Markup.text(Plain.line(incident.headline)))</a> <span class=\"soft\">\(Markup.text(facts.joined(separator: " · ")))</span></li>\n"
        }
        shape.afterContents = "</ul>\n</nav>\n"
        return shape
    }

    private static func head(_ title: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="Onrecord">
        <title>\(Markup.text(Plain.line(title))) · Onrecord</title>
        <style>
        \(style)</style>
        </head>
        <body>

        """
    }

    private var article: String {
        "<article id=\"i-\(Markup.text(dossier.incident.id))\">\n" + heading + tolls + disputes + timeline + claims
            + stories
            + reviews + "</article>\n"
    }

    private func section(_ name: String, _ title: String, _ body: String) -> String {
        let id = "\(name)-\(Markup.text(dossier.incident.id))"
        return
            "<section class=\"\(name)\" aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(title)</h2>\n\(body)</section>\n"
    }

    // MARK: Heading

    private var heading: String {
        let incident = dossier.incident
        let facts = [
            incident.type.rawValue, Plain.days(incident) ?? "no date", Plain.place(incident.place) ?? "no place",
        ]
        var lines = [
            "<p class=\"facts\">\(Markup.text(facts.joined(separator: " · ")))</p>",
            "<h1>\(Markup.text(Plain.line(incident.headline.isEmpty ? incident.id : incident.headline)))</h1>",
        ]
        let coverage = incident.coverage
        lines.append(
            "<p class=\"coverage\"><strong>\(Plain.count(coverage.reports, "report", "reports"))</strong> · <strong>\(Plain.count(coverage.texts, "text", "texts"))</strong> · <strong>\(Plain.count(coverage.origins, "origin", "origins"))</strong> <span class=\"soft\">Near copies are one text. An origin is who first said something, not who printed it.</span></p>"
        )
        var facets = ["Incident <code>\(Markup.text(incident.id))</code>", Markup.text(incident.status.rawValue)]
        if let lat = incident.place?.lat, let lon = incident.place?.lon {
            facets.append(Markup.text("\(Plain.number(lat)), \(Plain.number(lon))"))
        }
        lines.append("<p class=\"soft\">\(facets.joined(separator: " · "))</p>")
        return "<header>\n\(lines.joined(separator: "\n"))\n</header>\n"
    }

    // MARK: Tolls

    private static let methods: [Profile: String] = [
        .ucdp: "after UCDP", .acled: "after ACLED", .airwars: "after Airwars", .ecc: "after the Standards",
    ]

    private var tolls: String {
        let incident = dossier.incident
        var measures: [Figure.Measure] = incident.tolls.map(\.measure)
        for toll in dossier.profiles where !measures.contains(toll.measure) { measures.append(toll.measure) }
        guard !measures.isEmpty else { return section("toll", "Toll", "<p>Nobody gives a figure.</p>\n") }
        let tables = measures.map { measure in
            var rows: [(attributes: String, cells: [String])] = []
            if let toll = incident.tolls.first(where: { $0.measure == measure }) {
                rows.append(
                    (
                        "class=\"house\"",
                        [
                            "Onrecord", number(toll.low, [toll.lowClaim]),
                            "<strong>\(number(toll.best, [toll.bestClaim]))</strong>",
                            number(toll.high, [toll.highClaim]), grade(toll.grade.rawValue),
                            Markup.text(toll.rule)
                                + (toll.review.map { " <a href=\"#r-\($0)\">review \($0)</a>" } ?? ""),
                        ]
                    ))
            }
            for toll in dossier.profiles where toll.measure == measure {
                let of = toll.population == .all ? "" : ", \(toll.population.rawValue)"
                var marks = toll.imputed ? " <span class=\"tag\">a number for words</span>" : ""
                if toll.pending { marks += " <span class=\"tag\">pending</span>" }
                rows.append(
                    (
                        "",
                        [
                            Markup.text((DossierPage.methods[toll.profile] ?? toll.profile.rawValue) + of),
                            number(toll.low, toll.lowClaims), number(toll.best, toll.bestClaims),
                            number(toll.high, toll.highClaims), toll.grade.map(grade) ?? "",
                            Markup.text(toll.rule) + marks,
                        ]
                    ))
            }
            return "<h3>\(Markup.text(measure.rawValue.replacing("-", with: " ")))</h3>\n"
                + Markup.table(
                    ["Method", "Low", "Best", "High", "Grade", "Rule"], rows, numbers: [1, 2, 3], style: "tolls")
        }
        let warning =
            "<p class=\"warning\">Low–high is not a confidence interval: it is the range of what credible sources say, and the true number may lie outside it.</p>\n"
        return section("toll", "Toll", tables.joined() + warning)
    }

    /// A number that leads to the first of the claims behind it.
    private func number(_ value: Double?, _ claims: [String?]) -> String {
        guard let value else { return "" }
        guard let claim = claims.compactMap({ $0 }).first(where: ids.contains) else { return Plain.number(value) }
        return "<a href=\"#c-\(Markup.text(claim))\">\(Plain.number(value))</a>"
    }

    private func grade(_ grade: String) -> String {
        "<span class=\"grade \(Markup.text(grade))\">\(Markup.text(grade))</span>"
    }

    // MARK: Disputes and timeline

    private var disputes: String {
        guard !dossier.disputes.isEmpty else { return "" }
        let items = dossier.disputes.map { dispute in
            let verb = dispute.kind == .denial ? "is denied by" : "cannot hold with"
            let second =
                dispute.kind == .denial && dispute.second.min == nil
                ? "" : Markup.text(Plain.claim(dispute.second)) + ", says "
            return
                "<li><strong>\(Markup.text(Plain.claim(dispute.first)))</strong>, says \(link(dispute.first)) <em>\(verb)</em> \(second)\(link(dispute.second))</li>"
        }
        return section("disputes", "Disputes", "<ul>\n\(items.joined(separator: "\n"))\n</ul>\n")
    }

    private func link(_ claim: Claim) -> String {
        "<a href=\"#c-\(Markup.text(claim.id))\">\(Markup.text(claim.label))</a>"
    }

    private var timeline: String {
        let entries = dossier.accounts.flatMap { account in account.claims.map { (account: account, claim: $0) } }
            .sorted { a, b in Reckoning.isBefore(a.claim, b.claim) }
        guard !entries.isEmpty else { return "" }
        let rows = entries.map { account, claim -> (attributes: String, cells: [String]) in
            let isLive = account.live.id == claim.id
            let figure = Markup.text(Plain.claim(claim))
            return (
                isLive ? "" : "class=\"superseded\"",
                [
                    Markup.text(claim.published?.description ?? "no date"),
                    isLive ? figure : "<s>\(figure)</s> <span class=\"tag\">superseded</span>", link(claim),
                    Markup.text(account.standing.label), Markup.text(claim.outlet ?? ""),
                ]
            )
        }
        return section(
            "timeline", "Timeline",
            Markup.table(["Published", "Figure", "Account", "Standing", "Outlet"], rows, style: "cards"))
    }

    // MARK: Claims and stories

    private var claims: String {
        guard !dossier.claims.isEmpty else { return "" }
        let rows = dossier.claims.map { claim -> (attributes: String, cells: [String]) in
            let status = subject.statuses[claim.id] ?? .statement
            let speaker = claim.speaker
            var who = "<strong>\(Markup.text(claim.label))</strong> <span class=\"soft\">\(speaker.kind.rawValue)"
            if claim.depth > 1 { who += ", at \(claim.depth) removes" }
            if let anonymity = speaker.anonymity { who += ", \(Markup.text(Plain.line(anonymity)))" }
            who += "</span>"
            var figure = Markup.text(Plain.claim(claim))
            if !claim.phrase.isEmpty { figure += " <span class=\"soft\">“\(Markup.text(claim.phrase))”</span>" }
            let origin = [claim.published?.description, claim.outlet].compactMap { $0 }.joined(separator: ", ")
            return (
                "id=\"c-\(Markup.text(claim.id))\" class=\"\(status.rawValue)\"",
                [
                    "<code>\(Markup.text(claim.id))</code> <span class=\"soft\">\(Markup.text(origin))</span>", who,
                    figure,
                    "<span class=\"tag\">\(status.rawValue)</span>",
                    "<a class=\"sentence\" href=\"#\(mark(claim.story, claim.span))\">\(Markup.text(claim.sentence))</a>",
                ]
            )
        }
        return section(
            "claims", "Claims", Markup.table(["Claim", "Who", "Figure", "Holds", "Sentence"], rows, style: "cards"))
    }

    private func mark(_ story: String, _ span: Span) -> String {
        "m-\(Markup.text(String(story.prefix(12))))-\(span.isEmpty ? "title" : String(span.start))"
    }

    private var stories: String {
        let parts = dossier.stories.map { story in
            var facts = [story.outlet ?? "unknown outlet", story.published?.description ?? "no date"]
            if story.withdrawn { facts.append("withdrawn by its publisher") }
            if let copy = story.copyOf { facts.append("\(story.copyKind?.rawValue ?? "copy") of \(copy.prefix(12))") }
            facts.append("came \(story.receipts == 1 ? "once" : "\(story.receipts) times"), first \(story.received)")
            if !story.page.isEmpty { facts.append(story.page) }
            let claims = dossier.claims.filter { $0.story == story.digest }
            var title = Markup.text(Plain.line(story.headline))
            let ofTitle = claims.filter(\.span.isEmpty)
            if !ofTitle.isEmpty { title = marked(title, ofTitle) }
            return
                "<section class=\"story\" id=\"s-\(Markup.text(story.id))\">\n<h3>\(title)</h3>\n<p class=\"soft\">\(Markup.text(facts.joined(separator: " · ")))<br><code>sha256 \(Markup.text(story.digest))</code></p>\n"
                + text(story, claims) + "</section>\n"
        }
        return section("stories", "Stories", parts.joined())
    }

    /// A story's text, the sentence of each claim marked.
    private func text(_ story: StorySummary, _ claims: [Claim]) -> String {
        guard let bytes = subject.texts[story.digest]?.bytes else { return "" }
        var html = ""
        var offset = 0
        func plain(_ range: Range<Int>) -> String { Markup.text(String(decoding: bytes[range], as: UTF8.self)) }
        let bySpan = Dictionary(grouping: claims.filter { !$0.span.isEmpty }, by: \.span)
        for (span, claims) in bySpan.sorted(by: { $0.key < $1.key })
        where span.start >= offset && span.end <= bytes.count {
            html += plain(offset..<span.start) + marked(plain(span.range), claims)
            offset = span.end
        }
        return "<div class=\"text\">\(html + plain(offset..<bytes.count))</div>\n"
    }

    /// A sentence with a way back to each claim that was read from it.
    private func marked(_ sentence: String, _ claims: [Claim]) -> String {
        let links = claims.map { claim in
            "<a href=\"#c-\(Markup.text(claim.id))\" title=\"\(Markup.text(Plain.claim(claim)))\">\(claim.number)</a>"
        }.joined(separator: " ")
        return "<mark id=\"\(mark(claims[0].story, claims[0].span))\">\(sentence)</mark><sup>\(links)</sup>"
    }

    // MARK: Reviews

    private var reviews: String {
        guard !dossier.reviews.isEmpty else { return "" }
        let items = dossier.reviews.map { review in
            let subject = review.subject.count == 64 ? String(review.subject.prefix(12)) : review.subject
            let value = review.value.map { review.action == .merge ? " " + $0.prefix(12) : " " + $0 } ?? ""
            let waits =
                dossier.unattached.contains(review.number)
                ? " <span class=\"tag\">its claim is no longer found</span>" : ""
            return
                "<li id=\"r-\(review.number)\" value=\"\(review.number)\"><strong>\(Markup.text("\(review.action.rawValue) \(subject)\(value)"))</strong>\(waits) — \(Markup.text(review.why)) <span class=\"soft\">\(Markup.text("\(review.who), \(review.at)"))</span></li>"
        }
        return section("reviews", "Reviews", "<ol>\n\(items.joined(separator: "\n"))\n</ol>\n")
    }

    // MARK: Style

    private static let style = """
        :root { color-scheme: light dark; --ink: #1d1c1a; --soft: #66625b; --paper: #fffdf9; --line: #d9d4ca; --link: #0b5394; --mark: #ffe9a8; --bad: #a8201a; --good: #1a6b36; --house: #f5f0e6; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
        a { color: var(--link); }
        code { font-size: .85em; }
        h1 { font: 700 clamp(1.5rem, 4vw, 2.2rem)/1.2 Georgia, serif; margin: .25rem 0 .75rem; }
        h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--ink); }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        .toll h3::first-letter { text-transform: uppercase; }
        p { margin: .4rem 0; }
        .page { padding-top: 1rem; color: var(--soft); }
        article { padding-top: 1.5rem; }
        article + article { margin-top: 3rem; border-top: 6px double var(--line); }
        .facts { color: var(--soft); } .facts::first-letter { text-transform: uppercase; }
        .soft { color: var(--soft); font-size: .875rem; }
        .warning { border-left: 4px solid var(--bad); padding-left: .75rem; margin-top: 1rem; max-width: 46rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-size: .8125rem; font-weight: 600; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .house { background: var(--house); }
        .tolls td:first-child, .tolls th:first-child { padding-left: .5rem; }
        table.tolls { table-layout: fixed; } .tolls th:first-child { width: 20%; } .tolls th.number { width: 8%; } .tolls th:nth-child(5) { width: 16%; }
        .grade, .tag { display: inline-block; padding: 0 .4rem; border: 1px solid currentColor; border-radius: .25rem; font-size: .8125rem; white-space: nowrap; }
        .tag { color: var(--soft); }
        .grade.contested { color: var(--bad); } .grade.confirmed { color: var(--good); }
        .live .tag { color: var(--good); } .discounted .tag { color: var(--bad); }
        .claims td:first-child { width: 14%; } .claims td:nth-child(2) { width: 20%; } .claims td:nth-child(3) { width: 16%; } .claims td:nth-child(4) { width: 10%; }
        .timeline td:first-child { white-space: nowrap; } .claims td .soft { display: block; }
        .discounted .sentence { text-decoration: line-through; }
        .sentence { color: inherit; text-decoration-color: var(--line); }
        tr:target, mark:target { outline: 3px solid var(--link); outline-offset: 2px; }
        .text { max-width: 44rem; white-space: pre-wrap; font: 1.0625rem/1.6 Georgia, serif; }
        mark { background: var(--mark); color: inherit; }
        sup { line-height: 0; font-size: .75rem; } sup a { padding: 0 .15rem; }
        .story { padding-bottom: 1.5rem; border-bottom: 1px solid var(--line); }
        .story code { word-break: break-all; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e9e6df; --soft: #a39e94; --paper: #171614; --line: #3a3732; --link: #8ab8e6; --mark: #5b4a12; --bad: #ff8a80; --good: #7fd69a; --house: #221f1a; }
        }
        @media (max-width: 46rem) {
          thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
          table, tbody, tr { display: block; }
          tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
          td, .claims td:first-child, .claims td:nth-child(2), .claims td:nth-child(3), .claims td:nth-child(4) { display: block; width: auto; border: 0; padding: .1rem 0; }
          .tolls tr { display: grid; grid-template-columns: repeat(3, auto) 1fr; column-gap: 1rem; padding: .5rem; }
          .tolls td:first-child, .tolls td:last-child { grid-column: 1 / -1; padding-left: 0; }
          .tolls td:first-child { font-weight: 600; }
          .tolls .number { text-align: left; grid-row: 2; } .tolls .number::before { content: attr(data-label) " "; color: var(--soft); font-size: .8125rem; }
          .timeline td { display: inline; } .timeline td + td:not(.none)::before { content: " · "; color: var(--soft); }
          .none { display: none; }
        }
        @media print {
          :root { --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --link: #000; --mark: #eee; --bad: #000; --good: #000; --house: #f4f4f4; color-scheme: light; }
          html { font-size: 10pt; } body { font-size: 1rem; max-width: none; padding: 0; }
          article + article { break-before: page; border: 0; }
          a { text-decoration: none; } mark { border-bottom: 1px solid #000; }
          tr, h2, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; }
        }

        """
}
