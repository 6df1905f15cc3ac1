import Record
import Stories

/// A dossier as a casualty recorder pastes it into their notes.
struct DossierView {
    let dossier: Dossier

    var text: String {
        ([heading] + [tolls, claims, disputes, timeline, stories, reviews].compactMap { $0 }).joined(separator: "\n\n")
            + "\n"
    }

    /// `2018-02-07`, `2018-02-07 to 2018-02-08`.
    static func days(_ from: Day?, _ to: Day?) -> String? {
        guard let from else { return nil }
        guard let to, to != from else { return "\(from)" }
        return "\(from) to \(to)"
    }

    /// `Deir ez-Zor, SY (35.34, 40.14)`
    static func place(_ place: IncidentPlace?) -> String? {
        guard let place else { return nil }
        var text = place.name
        if let country = place.country, country != place.name { text += ", \(country)" }
        if let lat = place.lat, let lon = place.lon { text += " (\(rounded(lat)), \(rounded(lon)))" }
        return text
    }

    private static func rounded(_ degrees: Double) -> String { String((degrees * 100).rounded() / 100) }

    private var heading: String {
        let incident = dossier.incident
        let facts = [
            incident.type.rawValue, DossierView.days(incident.from, incident.to) ?? "no date",
            DossierView.place(incident.place) ?? "no place",
        ]
        return Terminal.bold(Layout.wrap(incident.headline)) + "\n"
            + Terminal.safe("Incident \(incident.id) · " + facts.joined(separator: " · ")) + "\n"
            + DossierView.coverage(incident.coverage)
            + (incident.status == .unreviewed ? "" : " · \(incident.status.rawValue)")
    }

    /// `14 reports · 5 texts · 3 origins`
    static func coverage(_ coverage: Coverage) -> String {
        [
            count(coverage.reports, "report", "reports"), count(coverage.texts, "text", "texts"),
            count(coverage.origins, "origin", "origins"),
        ].joined(separator: " · ")
    }

    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    private func section(_ title: String, _ body: String) -> String { Terminal.bold(title.uppercased()) + "\n" + body }

    private var tolls: String? {
        guard !dossier.incident.tolls.isEmpty else { return section("Toll", "  no figures") }
        return section(
            "Toll",
            Layout.table(
                ["", "low", "best", "high", "grade", "best by"],
                dossier.incident.tolls.map { toll in
                    [
                        toll.measure.rawValue, Layout.number(toll.low), Layout.number(toll.best),
                        Layout.number(toll.high), toll.grade.rawValue,
                        toll.rule + (toll.bestClaim.map { " [\($0)]" } ?? ""),
                    ]
                }, right: [1, 2, 3]))
    }

    private var claims: String? {
        guard !dossier.claims.isEmpty else { return nil }
        let repeated = Set(dossier.repeated)
        let live = Set(dossier.accounts.map(\.live.id))
        let shown = dossier.claims.filter { !repeated.contains($0.id) }
        let body = shown.map { claim in
            var marks =
                live.contains(claim.id)
                ? "" : claim.isFigure && claim.scope == .incident ? " (superseded or repeated)" : ""
            if dossier.discounted.contains(claim.id) { marks = " (discounted by review)" }
            let where_ = [claim.id, claim.published?.description ?? "no date", claim.outlet ?? "unknown outlet"].joined(
                separator: " · ")
            return "  " + Terminal.dim(Terminal.safe(where_)) + "\n"
                + ClaimView.lines(claim, indent: "    ", marks: marks)
        }.joined(separator: "\n")
        let hidden = dossier.claims.count - shown.count
        return section("Claims", body)
            + (hidden > 0 ? "\n  (\(DossierView.count(hidden, "claim", "claims")) of reprints left out)" : "")
    }

    private var disputes: String? {
        guard !dossier.disputes.isEmpty else { return nil }
        return section(
            "Disputes",
            dossier.disputes.map { dispute in
                let verb = dispute.kind == .denial ? "is denied by" : "cannot hold with"
                let text =
                    "\(ClaimView.what(dispute.first)), says \(dispute.first.label) [\(dispute.first.id)] — \(verb) — "
                    + (dispute.kind == .denial && dispute.second.min == nil
                        ? "" : "\(ClaimView.what(dispute.second)), ")
                    + "\(dispute.second.label) [\(dispute.second.id)]"
                return Layout.wrap(text, indent: "  ")
            }.joined(separator: "\n"))
    }

    private var timeline: String? {
        let rows = dossier.accounts.flatMap { account in account.claims.map { (account, $0) } }
            .sorted { ($0.1.published?.number ?? .max, $0.1.id) < ($1.1.published?.number ?? .max, $1.1.id) }
        guard !rows.isEmpty else { return nil }
        return section(
            "Timeline",
            Layout.table(
                ["published", "figure", "account", "standing"],
                rows.map { account, claim in
                    [
                        claim.published?.description ?? "no date", ClaimView.what(claim),
                        Layout.cut(account.speaker, 44), account.standing.label,
                    ]
                }))
    }

    private var stories: String? {
        section(
            "Stories",
            dossier.stories.map { story in
                var text = [story.id, story.published?.description ?? "no date", story.outlet ?? "unknown outlet"]
                    .joined(separator: " · ")
                text += " · \(story.headline)"
                if let of = story.copyOf { text += " (\(story.copyKind?.rawValue ?? "copy") of \(of.prefix(12)))" }
                if story.receipts > 1 { text += " (came \(story.receipts) times)" }
                return Layout.wrap(text, indent: "  ")
            }.joined(separator: "\n"))
    }

    private var reviews: String? {
        guard !dossier.reviews.isEmpty else { return nil }
        return section(
            "Reviews", dossier.reviews.map { Layout.wrap(ReviewView.line($0), indent: "  ") }.joined(separator: "\n"))
    }
}

/// A review on one line.
enum ReviewView {
    static func line(_ review: Review) -> String {
        var value = review.value.map { " \(review.action == .merge ? String($0.prefix(12)) : $0)" } ?? ""
        if review.action == .correct, let before = review.before { value += " (was \(before))" }
        let subject = review.subject.count == 64 ? String(review.subject.prefix(12)) : review.subject
        return
            "\(review.number) · \(review.at) · \(review.who): \(review.action.rawValue) \(subject)\(value) — \(review.why)"
    }
}
