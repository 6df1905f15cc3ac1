import Record
import Stories

/// A dossier as a casualty recorder pastes it into their notes.
struct DossierView {
    let dossier: Dossier

    var text: String {
        ([heading] + [tolls, profiles, claims, disputes, timeline, stories, versions, reviews].compactMap { $0 })
            .joined(
                separator: "\n\n")
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
                ["", "low", "best", "high", "grade", "state"],
                dossier.incident.tolls.map { toll in
                    [
                        toll.measure.rawValue, Layout.number(toll.low), Layout.number(toll.best),
                        Layout.number(toll.high), toll.grade.rawValue, toll.state.rawValue,
                    ]
                }, right: [1, 2, 3])
                + "\n"
                + dossier.incident.tolls.map { toll in
                    Layout.wrap(
                        "best of \(toll.measure.rawValue): \(toll.rule)" + (toll.bestClaim.map { " [\($0)]" } ?? ""),
                        indent: "  ", hanging: "    ")
                }.joined(separator: "\n"))
    }

    /// The methods side by side, a row a measure and population, their rules below.
    private var profiles: String? {
        guard !dossier.profiles.isEmpty else { return nil }
        let measures = Figure.Measure.allCases.filter { measure in dossier.profiles.contains { $0.measure == measure } }
        let rows = measures.flatMap { measure in
            ProfileToll.Population.allCases.compactMap { population -> [String]? in
                let row = dossier.profiles.filter { $0.measure == measure && $0.population == population }
                guard !row.isEmpty else { return nil }
                return [measure.rawValue, population.rawValue]
                    + Profile.allCases.map { profile in
                        row.first { $0.profile == profile }.map(DossierView.cell) ?? ""
                    }
            }
        }
        let table = Layout.table(["", "of whom"] + Profile.allCases.map(\.rawValue), rows)
        var told: Set<String> = []
        let rules = dossier.profiles.compactMap { toll -> String? in
            let of = toll.population == .all ? "" : " of \(toll.population.rawValue)"
            let text = "\(toll.profile.rawValue), \(toll.measure.rawValue)\(of): \(toll.rule)"
            // What is left over needs no rule of its own.
            guard toll.population == .all || !(toll.bestClaims + toll.lowClaims).isEmpty, told.insert(text).inserted
            else { return nil }
            let ids =
                toll.profile == .ucdp || toll.profile == .acled
                ? []
                : [DossierView.ids("low", toll.lowClaims), DossierView.ids("high", toll.highClaims)].compactMap { $0 }
            return Layout.wrap(
                text + (ids.isEmpty ? "" : ". " + ids.joined(separator: "; ")), indent: "  ", hanging: "    ")
        }
        let legend =
            "Methods side by side, each after its model: low–best–high. ~ stands for words; none is the number."
        return section(
            "Profiles",
            Terminal.dim(Layout.wrap(legend, indent: "  ")) + "\n" + table + "\n"
                + rules.joined(separator: "\n"))
    }

    /// `low by 5eb05a800b91.2, 5eb05a800b91.4 and 3 more`
    private static func ids(_ bound: String, _ claims: [String]) -> String? {
        guard !claims.isEmpty else { return nil }
        let more = claims.count > 3 ? " and \(claims.count - 3) more" : ""
        return "\(bound) by \(claims.prefix(3).joined(separator: ", "))\(more)"
    }

    /// `5–100–300`, `~12`, `0–30 pending`, `9–12 fair`.
    private static func cell(_ toll: ProfileToll) -> String {
        var numbers = [toll.low, toll.best, toll.high].compactMap { $0 }.map(Layout.number)
        if Set(numbers).count == 1 { numbers = [numbers[0]] }
        let text = (toll.imputed ? "~" : "") + numbers.joined(separator: "–")
        let mark = toll.pending ? " pending" : toll.profile == .airwars ? toll.grade.map { " " + $0 } ?? "" : ""
        return text + mark
    }

    private var claims: String? {
        guard !dossier.claims.isEmpty else { return nil }
        let repeated = Set(dossier.repeated)
        let live = Set(dossier.accounts.map(\.live.id))
        var later: [String: String] = [:]
        for account in dossier.accounts {
            for (claim, next) in zip(account.claims, account.claims.dropFirst()) { later[claim.id] = next.id }
        }
        let withdrawn = Set(dossier.stories.filter(\.withdrawn).map(\.digest))
        let shown = dossier.claims.filter { !repeated.contains($0.id) }
        let body = shown.map { claim in
            var marks = ""
            if claim.isFigure, claim.scope == .incident, !live.contains(claim.id) {
                marks = later[claim.id].map { " (superseded by \($0))" } ?? " (no account of its own)"
            }
            if dossier.discounted.contains(claim.id) {
                marks = withdrawn.contains(claim.story) ? " (its story was withdrawn)" : " (discounted by review)"
            }
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
                let verb =
                    switch dispute.kind {
                    case .denial: "is denied by"
                    case .contradiction: "cannot hold with"
                    case .status: "civilians, whom another calls combatants"
                    }
                let isBare = dispute.kind == .denial && dispute.second.min == nil && dispute.second.max == nil
                let text =
                    "\(ClaimView.what(dispute.first)), says \(dispute.first.label) [\(dispute.first.id)] — \(verb) — "
                    + (isBare ? "" : "\(ClaimView.what(dispute.second)), ")
                    + "\(dispute.second.label) [\(dispute.second.id)]"
                return Layout.wrap(text, indent: "  ")
            }.joined(separator: "\n"))
    }

    /// A line a measure and class of sources, with the claims that draw it.
    private var timeline: String? {
        let lines = dossier.timeline
        guard !lines.isEmpty else { return nil }
        return section(
            "Timeline",
            lines.map { line in
                let steps = line.steps.map { step in
                    let range = step.min == step.max ? "" : "–\(Layout.number(step.max))"
                    return "\(step.day) \(Layout.number(step.min))\(range)"
                }
                let head = Layout.wrap(
                    "\(line.measure.rawValue), \(line.sourceClass.label)\(line.side.map { " (\($0))" } ?? "")"
                        + (steps.isEmpty ? "" : ": " + steps.joined(separator: " → ")), indent: "  ", hanging: "      ")
                return ([head] + line.claims.map(entry)).joined(separator: "\n")
            }.joined(separator: "\n"))
    }

    private func entry(_ entry: Timeline.Entry) -> String {
        let interval = Layout.interval(entry.min, entry.max, approximate: entry.approximate)
        let mark = entry.isDenial ? "×" : entry.supersededBy == nil ? "•" : "◦"
        let what =
            !entry.isDenial ? interval : entry.max == 0 ? "none" : interval.isEmpty ? "denies" : "denies \(interval)"
        let text = [entry.published?.description ?? "no date", what, Layout.cut(entry.speaker, 60)]
        let later = entry.supersededBy.map { ", superseded by \($0)" } ?? ""
        return Layout.wrap(
            "\(mark) \(text.joined(separator: " · ")) [\(entry.claim)]\(later)", indent: "    ", hanging: "      ")
    }

    private var stories: String? {
        section(
            "Stories",
            dossier.stories.map { story in
                var text = [story.id, story.published?.description ?? "no date", story.outlet ?? "unknown outlet"]
                    .joined(separator: " · ")
                text += " · \(story.headline)"
                if let of = story.copyOf { text += " (\(story.copyKind?.rawValue ?? "copy") of \(of.prefix(12)))" }
                if story.withdrawn { text += " (withdrawn by its publisher)" }
                if story.receipts > 1 { text += " (came \(story.receipts) times)" }
                return Layout.wrap(text, indent: "  ")
            }.joined(separator: "\n"))
    }

    /// What later versions of a story say otherwise.
    private var versions: String? {
        guard !dossier.revisions.isEmpty else { return nil }
        return section(
            "Versions",
            dossier.revisions.map { revision in
                let changes = revision.changes.map { change in
                    let who = (change.after ?? change.before)?.label ?? ""
                    return switch (change.before, change.after) {
                    case (let before?, let after?): "\(ClaimView.what(before)) → \(ClaimView.what(after)), \(who)"
                    case (nil, let after?): "new: \(ClaimView.what(after)), \(who)"
                    case (let before?, nil): "no longer: \(ClaimView.what(before)), \(who)"
                    case (nil, nil): ""
                    }
                }
                return Layout.wrap("\(revision.from.prefix(12)) → \(revision.to.prefix(12))", indent: "  ") + "\n"
                    + changes.map { Layout.wrap($0, indent: "    ") }.joined(separator: "\n")
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
