internal import Record
internal import Stories

/// The desk's pages, as HTML without scripts.
struct Pages: Sendable {
    func incidents(_ incidents: [IncidentSummary], query: String) -> String {
        let rows = incidents.map { incident in
            [
                "<a href=\"/incidents/\(incident.id)\">\(HTML.text(incident.headline.isEmpty ? incident.id : incident.headline))</a>",
                HTML.text(days(incident)), HTML.text(incident.type.rawValue), HTML.text(place(incident.place)),
                toll(incident, .killed),
                toll(incident, .injured), "\(incident.stories)",
            ]
        }
        let form = """
            <form action="/" class="filter"><label for="text">Headline or place</label> <input id="text" name="text" value="\(HTML.text(query))"> <button>Narrow</button></form>
            """
        let list =
            rows.isEmpty
            ? "<p>No incidents.</p>"
            : HTML.table(
                "Incidents, the latest first", ["Headline", "Date", "Kind", "Place", "Killed", "Injured", "Stories"],
                rows, numbers: [4, 5, 6])
        return HTML.page("Incidents", "<h1>Incidents</h1>\n\(form)\n\(list)")
    }

    func dossier(_ dossier: Dossier) -> String {
        let incident = dossier.incident
        var parts = [
            "<h1>\(HTML.text(incident.headline.isEmpty ? incident.id : incident.headline))</h1>",
            "<p class=\"facts\">\(HTML.text("Incident \(incident.id) · \(incident.type.rawValue) · \(days(incident)) · \(place(incident.place))"))</p>",
        ]
        parts.append(
            incident.tolls.isEmpty
                ? "<p>No figures.</p>"
                : HTML.table(
                    "Toll", ["", "Low", "Best", "High", "Grade", "Best by"],
                    incident.tolls.map { toll in
                        [
                            HTML.text(toll.measure.rawValue), number(toll.low), "<strong>\(number(toll.best))</strong>",
                            number(toll.high),
                            "<span class=\"grade \(toll.grade.rawValue)\">\(toll.grade.rawValue)</span>",
                            HTML.text(toll.rule),
                        ]
                    }, numbers: [1, 2, 3]))
        if !dossier.disputes.isEmpty {
            let items = dossier.disputes.map { dispute in
                "<li>\(HTML.text(what(dispute.first))), says \(HTML.text(dispute.first.label)) — \(dispute.kind == .denial ? "denied by" : "against") \(HTML.text(dispute.second.label))\(dispute.kind == .denial ? "" : ": " + HTML.text(what(dispute.second)))</li>"
            }
            parts.append("<h2>Disputes</h2>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>")
        }
        let live = Set(dossier.accounts.map(\.live.id))
        let repeated = Set(dossier.repeated)
        let rows = dossier.claims.filter { !repeated.contains($0.id) }.map { claim in
            [
                HTML.text(claim.published?.description ?? ""), HTML.text(claim.outlet ?? ""), HTML.text(what(claim)),
                HTML.text(claim.label),
                HTML.text(claim.speaker.kind.rawValue), HTML.text(claim.stance.rawValue), "\(claim.depth)",
                live.contains(claim.id) ? "live" : "",
                "<a href=\"/stories/\(claim.story.prefix(12))?at=\(claim.span.start)-\(claim.span.end)\">\(HTML.text(claim.sentence))</a>",
            ]
        }
        if !rows.isEmpty {
            parts.append(
                HTML.table(
                    "Claims", ["Published", "Outlet", "Figure", "Who", "Known as", "Stance", "Depth", "", "Sentence"],
                    rows, numbers: [6]))
        }
        let stories = dossier.stories.map { story in
            let copy = story.copyOf.map { " (\(story.copyKind?.rawValue ?? "copy") of \($0.prefix(12)))" } ?? ""
            return
                "<li><a href=\"/stories/\(story.id)\">\(HTML.text(story.headline))</a> \(HTML.text([story.outlet, story.published?.description].compactMap { $0 }.joined(separator: ", ")))\(copy)</li>"
        }
        parts.append("<h2>Stories</h2>\n<ul>\n\(stories.joined(separator: "\n"))\n</ul>")
        if !dossier.reviews.isEmpty {
            let items = dossier.reviews.map {
                HTML.text("\($0.number) · \($0.at) · \($0.who): \($0.action.rawValue) \($0.value ?? "") — \($0.why)")
            }
            parts.append("<h2>Reviews</h2>\n<ul>\n\(items.map { "<li>\($0)</li>" }.joined(separator: "\n"))\n</ul>")
        }
        return HTML.page(incident.headline, parts.joined(separator: "\n"))
    }

    /// A story with a stretch marked, given as `start-end` in bytes; `0-0` is the title, which stands before the text.
    func story(_ digest: String, _ text: [UInt8], _ reading: Reading, highlight: String?) -> String {
        func string(_ range: Range<Int>) -> String { HTML.text(String(decoding: text[range], as: UTF8.self)) }
        let ends = highlight?.split(separator: "-").compactMap { Int($0) } ?? []
        var body = string(0..<text.count)
        if ends.count == 2, 0 <= ends[0], ends[0] < ends[1], ends[1] <= text.count {
            body =
                string(0..<ends[0]) + "<mark id=\"at\">" + string(ends[0]..<ends[1]) + "</mark>"
                + string(ends[1]..<text.count)
        }
        var title = HTML.text(reading.title ?? "Story")
        if reading.title != nil, ends == [0, 0] { title = "<mark id=\"at\">\(title)</mark>" }
        let facts = [String(digest.prefix(12)), reading.published?.description, reading.outlet].compactMap { $0 }
            .joined(separator: " · ")
        return HTML.page(
            reading.title ?? String(digest.prefix(12)),
            "<h1>\(title)</h1>\n<p class=\"facts\">\(HTML.text(facts)) · <a href=\"/incidents/\(digest.prefix(12))\">its incident</a></p>\n<pre class=\"story\">\(body)</pre>"
        )
    }

    func search(_ query: String, _ hits: [SearchHit]) -> String {
        let items = hits.map { hit in
            let snippet = HTML.text(hit.snippet).replacing("[", with: "<mark>").replacing("]", with: "</mark>")
            return
                "<li><a href=\"/stories/\(hit.story.prefix(12))?at=\(hit.span.start)-\(hit.span.end)\">\(HTML.text(hit.headline))</a> \(HTML.text([hit.outlet, hit.published?.description].compactMap { $0 }.joined(separator: ", ")))<br>\(snippet)</li>"
        }
        return HTML.page(
            "Search",
            "<h1>Search</h1>\n"
                + (items.isEmpty ? "<p>Nothing found.</p>" : "<ul>\n\(items.joined(separator: "\n"))\n</ul>"),
            query: query)
    }

    func sources(_ sources: [SourceSummary]) -> String {
        let rows = sources.map {
            [HTML.text($0.speaker), HTML.text($0.kind.rawValue), "\($0.claims)", "\($0.incidents)", "\($0.stories)"]
        }
        return HTML.page(
            "Sources",
            "<h1>Sources</h1>\n"
                + (rows.isEmpty
                    ? "<p>No sources.</p>"
                    : HTML.table(
                        "Who makes claims", ["Source", "Known as", "Claims", "Incidents", "Stories"], rows,
                        numbers: [2, 3, 4])))
    }

    private func days(_ incident: IncidentSummary) -> String {
        guard let from = incident.from else { return "no date" }
        guard let to = incident.to, to != from else { return from.description }
        return "\(from) to \(to)"
    }

    private func place(_ place: IncidentPlace?) -> String {
        guard let place else { return "no place" }
        return [place.name, place.country].compactMap { $0 }.joined(separator: ", ")
    }

    private func toll(_ incident: IncidentSummary, _ measure: Figure.Measure) -> String {
        guard let toll = incident.tolls.first(where: { $0.measure == measure }) else { return "" }
        let range =
            toll.low == toll.high ? "" : " <span class=\"range\">\(number(toll.low))–\(number(toll.high))</span>"
        return "<strong>\(number(toll.best))</strong>\(range)"
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
    }

    private func what(_ claim: Claim) -> String {
        guard let measure = claim.measure else { return claim.stance.rawValue }
        let about = claim.approximate ? "about " : ""
        switch (claim.min, claim.max) {
        case (let low?, let high?):
            return "\(measure.rawValue): \(about)\(low == high ? number(low) : "\(number(low)) to \(number(high))")"
        case (let low?, nil): return "\(measure.rawValue): \(number(low)) or more"
        case (nil, let high?): return "\(measure.rawValue): up to \(number(high))"
        case (nil, nil): return "\(measure.rawValue): no figure"
        }
    }

    /// The desk's style sheet.
    static let style = """
        :root { color-scheme: light dark; --line: #8884; --soft: #666; }
        * { box-sizing: border-box; }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1.25rem; border-bottom: 1px solid var(--line); }
        header form { margin-left: auto; }
        .home { font-weight: 700; text-decoration: none; color: inherit; }
        main { padding: 0 1.25rem 3rem; max-width: 90rem; margin: 0 auto; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.5rem 0 .5rem; }
        h2, caption { font-size: 1.05rem; font-weight: 700; text-align: left; margin: 1.5rem 0 .25rem; }
        caption { padding: 1rem 0 .25rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-weight: 600; font-size: .85rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .facts, .range { color: var(--soft); }
        .grade { padding: 0 .4rem; border: 1px solid currentColor; border-radius: .25rem; font-size: .85rem; }
        .grade.contested { color: #b3261e; } .grade.confirmed { color: #1a7f37; }
        .story { white-space: pre-wrap; font: inherit; max-width: 46rem; }
        mark { background: #ffe28a; color: #111; }
        input, button { font: inherit; padding: .2rem .5rem; }
        @media (prefers-color-scheme: dark) { :root { --soft: #aaa; } .grade.contested { color: #ff8a80; } .grade.confirmed { color: #7ee787; } }

        """
}
