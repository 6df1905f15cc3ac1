internal import Stories

/// Fatal events in the columns of the Georeferenced Event Dataset of the Uppsala Conflict Data Program.
///
/// After its method and not as it: what takes a coder's judgement (dyads, conflicts, whether a group is organized) is
/// left empty. Documentation/Exports.md tells each column.
enum UCDPExport {
    static let columns = [
        "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
        "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
        "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
        "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
        "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
        "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
        "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
    ]

    static let table = ExportTable(columns: columns, wantsTexts: true) { subject in
        row(EventFacts(subject)).map { [$0] } ?? []
    }

    /// The event's cells; nil where nobody may have died by force.
    static func row(_ facts: EventFacts) -> [Cell]? {
        let profile = facts.toll(.ucdp, .killed)
        let house = facts.house(.killed)
        guard facts.mayBeViolence, let low = profile?.low ?? profile?.best ?? house?.low,
            let best = profile?.best ?? profile?.low ?? house?.best,
            let high = profile?.high ?? profile?.best ?? house?.high, max(low, best, high) >= 1
        else { return nil }
        return cells(facts, low: low, best: best, high: high)
    }

    private static func cells(_ facts: EventFacts, low: Double, best: Double, high: Double) -> [Cell] {
        let incident = facts.incident
        let place = incident.place
        let cells: [String: Cell] = [
            "id": Cell(facts.number),
            "relid": .text("Onrecord-\(incident.id)"),
            "year": Cell(incident.from?.date.year),
            "number_of_sources": Cell(incident.coverage.origins > 0 ? incident.coverage.origins : -1),
            "where_prec": Cell(precision(facts)),
            "where_coordinates": Cell(place?.name),
            "where_description": Cell(Plain.place(place)),
            "adm_1": Cell(place?.level == .province ? place?.name : nil),
            "adm_2": Cell(place?.level == .district ? place?.name : nil),
            "latitude": Cell(place?.lat),
            "longitude": Cell(place?.lon),
            "country": Cell(facts.country?.name ?? place?.country),
            "region": Cell(facts.country.map(\.region)),
            // An event of its own where somebody counts it alone; else it is told of in a total.
            "event_clarity": Cell(
                facts.dossier.claims.contains { $0.measure == .killed && $0.isFigure && $0.scope == .incident } ? 1 : 2),
            "date_prec": Cell(facts.length.map(datePrecision)),
            "date_start": Cell(incident.from?.description),
            "date_end": Cell((incident.to ?? incident.from)?.description),
            "best": .number(best.rounded()),
            "high": .number(high.rounded()),
            "low": .number(low.rounded()),
        ]
        let found = cells.merging(deaths(facts, best: best.rounded())) { first, _ in first }
            .merging(sides(facts)) { first, _ in first }.merging(sources(facts)) { first, _ in first }
            .merging(point(place)) { first, _ in first }
        return columns.map { found[$0] ?? .empty }
    }

    /// How exactly the place is told, from 1, the place itself, to 6, a country. A sea (7) is not told from a region (5).
    static func precision(_ facts: EventFacts) -> Int? {
        guard let place = facts.incident.place else { return nil }
        switch place.level {
        case .exact, .populated: return facts.isNear ? 2 : 1
        case .district: return 3
        case .province: return 4
        case .region: return 5
        case .country: return 6
        case nil: return place.country == nil ? nil : 6
        }
    }

    /// How exactly the date is told: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 longer.
    static func datePrecision(_ days: Int) -> Int {
        switch days {
        case ...1: 1
        case ...6: 2
        case 7: 3
        case ...31: 4
        default: 5
        }
    }

    private static func point(_ place: IncidentPlace?) -> [String: Cell] {
        guard let lat = place?.lat, let lon = place?.lon else { return [:] }
        return [
            "geom_wkt": .text("POINT (\(Plain.number(lon)) \(Plain.number(lat)))"),
            "priogrid_gid": Cell(EventFacts.cell(lat: lat, lon: lon)),
        ]
    }

    /// The dead by side. Whose combatants they were is not told apart, so that all but civilians are unknown.
    private static func deaths(_ facts: EventFacts, best: Double) -> [String: Cell] {
        let counted = facts.toll(.ucdp, .killed, .civilian)?.best ?? facts.toll(.ucdp, .killed, .civilian)?.low
        let civilians = min(best, (counted ?? 0).rounded())
        return [
            "deaths_a": .number(0), "deaths_b": .number(0), "deaths_civilians": .number(civilians),
            "deaths_unknown": .number(best - civilians),
        ]
    }

    private static func sides(_ facts: EventFacts) -> [String: Cell] {
        guard let kind = facts.typeOfViolence else { return [:] }
        var (a, b) = (facts.acted, facts.hit)
        // The state is side A.
        if kind == 1, !a.contains(where: { $0.kind == .state }) { (a, b) = (b, a) }
        let second = kind == 3 ? "Civilians" : EventFacts.names(b).joined(separator: ", ")
        return [
            "type_of_violence": Cell(kind), "side_a": .text(EventFacts.names(a).joined(separator: ", ")),
            "side_b": .text(second),
        ]
    }

    /// Lists with one entry a text, in one order; the comma and the semicolon part them, so that they hold neither.
    private static func sources(_ facts: EventFacts) -> [String: Cell] {
        let articles = facts.sources.map { story in
            [
                plain(story.outlet ?? "", without: ",;"), story.published?.description ?? "",
                plain(story.headline, without: ";"),
            ]
        }
        let killed = facts.house(.killed)
        let behind = facts.claims(facts.toll(.ucdp, .killed)?.bestClaims ?? [killed?.bestClaim].compactMap { $0 })
        var seen: Set<String> = []
        let speakers = behind.filter { $0.speaker.kind != .author }.map { plain($0.label, without: ";") }
            .filter { seen.insert($0).inserted }
        return [
            "source_article": .text(articles.map { "\"" + $0.joined(separator: ",") + "\"" }.joined(separator: ";")),
            "source_office": .text(articles.map { $0[0] }.joined(separator: ";")),
            "source_date": .text(articles.map { $0[1] }.joined(separator: ";")),
            "source_headline": .text(articles.map { $0[2] }.joined(separator: ";")),
            "source_original": .text(speakers.joined(separator: ";")),
        ]
    }

    private static func plain(_ text: String, without marks: String) -> String {
        String(
            Plain.line(text).map { character in
                character == "\"" ? "'" : marks.contains(character) ? " " : character
            })
    }
}
