internal import Stories

/// Events in the columns of the Armed Conflict Location & Event Data project, after its method and not as it.
enum ACLEDExport {
    static let columns = [
        "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
        "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
        "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
        "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
    ]

    static let table = ExportTable(columns: columns, wantsTexts: true) { subject in
        row(EventFacts(subject)).map { [$0] } ?? []
    }

    /// The event's cells; nil where ACLED has no such events. What blew up or died by an unknown hand stands there
    /// without a type, for a coder to give it one.
    static func row(_ facts: EventFacts) -> [Cell]? {
        let fatalities = fatalities(facts)
        let isOpen = facts.incident.type == .explosion || facts.incident.type == .other
        guard facts.scheme.acledEvent != nil || isOpen && (fatalities ?? 0) >= 1 else { return nil }
        let incident = facts.incident
        let place = incident.place
        var cells: [String: Cell] = [
            "event_id_cnty": .text("\(facts.country?.long ?? "XXX")\(facts.number)"),
            "event_date": Cell(incident.from?.description),
            "year": Cell(incident.from?.date.year),
            "time_precision": Cell(facts.length.map { $0 == 1 ? 1 : $0 <= 7 ? 2 : 3 }),
            "disorder_type": Cell(disorder(facts.scheme)),
            "event_type": Cell(facts.scheme.acledEvent),
            "sub_event_type": Cell(facts.scheme.acledSubEvent),
            "iso": Cell(facts.country?.number),
            "region": Cell(facts.country?.acledRegion),
            "country": Cell(facts.country?.name ?? place?.country),
            "admin1": Cell(place?.level == .province ? place?.name : nil),
            "admin2": Cell(place?.level == .district ? place?.name : nil),
            "location": Cell(place?.name),
            "latitude": Cell(place?.lat),
            "longitude": Cell(place?.lon),
            "geo_precision": Cell(precision(facts)),
            "source": .text(outlets(facts).joined(separator: "; ")),
            "notes": .text(notes(facts, coded: fatalities)),
            "fatalities": Cell(fatalities),
            "tags": Cell(tags(facts)),
            "timestamp": Cell(timestamp(facts)),
        ]
        cells.merge(actors(facts)) { first, _ in first }
        return columns.map { cells[$0] ?? .empty }
    }

    /// One conservative number: the profile's, else the house's best.
    private static func fatalities(_ facts: EventFacts) -> Double? {
        let profile = facts.toll(.acled, .killed)
        return (profile?.best ?? profile?.low ?? facts.house(.killed)?.best)?.rounded()
    }

    static func disorder(_ scheme: IncidentScheme) -> String? {
        switch scheme.acledEvent {
        case "Battles", "Explosions/Remote violence", "Violence against civilians": "Political violence"
        case "Protests": "Demonstrations"
        case "Riots": scheme.acledSubEvent == "Mob violence" ? "Political violence" : "Demonstrations"
        case "Strategic developments": "Strategic developments"
        default: nil
        }
    }

    /// 1 the place itself, 2 near it or its district, 3 a province or less.
    static func precision(_ facts: EventFacts) -> Int? {
        guard let place = facts.incident.place else { return nil }
        switch place.level {
        case .exact, .populated: return facts.isNear ? 2 : 1
        case .district: return 2
        case .province, .country, .region: return 3
        case nil: return place.country == nil && place.lat == nil ? nil : 3
        }
    }

    private static func actors(_ facts: EventFacts) -> [String: Cell] {
        let (first, second) = (names(facts.acted, facts.country), names(facts.hit, facts.country))
        let event = facts.scheme.acledEvent
        let kinds = (
            facts.acted.first.flatMap { kind($0.kind, event) }, facts.hit.first.flatMap { kind($0.kind, event) }
        )
        let areCivilians = !facts.hit.isEmpty && facts.hit.allSatisfy { $0.kind == .civilians }
        return [
            "actor1": Cell(first.first), "assoc_actor_1": Cell(rest(first)), "inter1": Cell(kinds.0),
            "actor2": Cell(second.first), "assoc_actor_2": Cell(rest(second)), "inter2": Cell(kinds.1),
            "interaction": Cell(kinds.0.flatMap { first in kinds.1.map { "\(first)-\($0)" } }),
            "civilian_targeting": Cell(
                event == "Violence against civilians" || event != nil && areCivilians ? "Civilian targeting" : nil),
        ]
    }

    /// Those who bear no arms are called as ACLED calls them: `Civilians (Syria)`.
    private static func names(_ actors: [IncidentMention.Actor], _ country: Country?) -> [String] {
        EventFacts.names(
            actors.map { actor in
                guard actor.kind == .civilians else { return actor }
                var actor = actor
                actor.name = "Civilians" + (country.map { " (\($0.name))" } ?? "")
                return actor
            })
    }

    private static func rest(_ names: [String]) -> String? {
        names.count > 1 ? names.dropFirst().joined(separator: "; ") : nil
    }

    /// ACLED's kind of actor, where the words tell it: rebels and militias are not told apart.
    private static func kind(_ kind: IncidentMention.Actor.Kind?, _ event: String?) -> String? {
        switch kind {
        case .state: "State forces"
        case .civilians: "Civilians"
        case .crowd: event == "Protests" ? "Protesters" : event == "Riots" ? "Rioters" : nil
        case .armedGroup, .attackers, nil: nil
        }
    }

    private static func outlets(_ facts: EventFacts) -> [String] {
        var seen: Set<String> = []
        return facts.sources.compactMap { $0.outlet.map(Plain.line) }.filter { seen.insert($0.lowercased()).inserted }
    }

    /// A sentence on the event as its earliest story has it, and who says how many: `Fatalities: police 12, the hospital
    /// 20; coded 12.`
    private static func notes(_ facts: EventFacts, coded: Double?) -> String {
        let incident = facts.incident
        var notes = [Plain.days(incident).map { "On \($0)" } ?? "On a day that is not told"]
        if let place = Plain.place(incident.place) { notes[0] += ", \(place)" }
        let headline = Plain.line(incident.headline)
        notes[0] += ": " + headline + (headline.last.map { ".!?".contains($0) } == true ? "" : ".")
        let counts = facts.dossier.accounts.filter { $0.measure == .killed }.map { account in
            "\(Plain.line(account.speaker)) \(figure(account.live))"
        }
        let denials = facts.dossier.claims.filter { $0.stance == .deny && $0.measure == .killed && $0.min == nil }
        var seen: Set<String> = []
        let denied = denials.map { Plain.line($0.label) }.filter { seen.insert($0).inserted }.map { "denied by \($0)" }
        let parts = counts + denied
        if !parts.isEmpty {
            notes.append(
                "Fatalities: \(parts.joined(separator: ", "))"
                    + (coded.map { "; coded \(Plain.number($0))." } ?? "; not coded."))
        }
        return notes.joined(separator: " ")
    }

    private static func figure(_ claim: Claim) -> String {
        let about = claim.approximate ? "about " : ""
        switch (claim.min, claim.max) {
        case (let low?, let high?): return about + Plain.range(low, high).replacing("–", with: "-")
        case (let low?, nil): return "at least \(Plain.number(low))"
        case (nil, let high?): return "up to \(Plain.number(high))"
        case (nil, nil): return "no number"
        }
    }

    /// How many took part in a demonstration, as ACLED tags it.
    private static func tags(_ facts: EventFacts) -> String? {
        guard facts.scheme.acledEvent == "Protests" || facts.scheme.acledEvent == "Riots" else { return nil }
        let crowd = facts.dossier.claims.last {
            $0.measure == .participants && $0.isFigure && $0.scope == .incident
                && facts.subject.statuses[$0.id] != .reprint
        }
        return "crowd size=" + (crowd.map(figure) ?? "no report")
    }

    /// Seconds since 1970 of the latest receipt, else of the latest publication: when the record last heard of it.
    private static func timestamp(_ facts: EventFacts) -> Int? {
        let received = facts.dossier.stories.compactMap { seconds($0.received) }.max()
        return received ?? facts.dossier.stories.compactMap { $0.published.map { $0.number * 86_400 } }.max()
    }

    /// Seconds since 1970 of an ISO 8601 time in UTC.
    static func seconds(_ time: String) -> Int? {
        guard let day = Day(iso: time) else { return nil }
        let clock = time.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3 else { return day.number * 86_400 }
        return day.number * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
