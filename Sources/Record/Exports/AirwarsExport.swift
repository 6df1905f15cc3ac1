internal import Stories

/// Harm to civilians and militants as ranges, in columns like those that Airwars publishes, after its method.
enum AirwarsExport {
    static let columns = [
        "date", "country", "grading", "latitude", "longitude", "strike_status", "geolocation_accuracy",
        "unique_reference_code", "civilians_killed_min", "civilians_killed_max", "civilians_injured_min",
        "civilians_injured_max", "militants_killed_min", "militants_killed_max", "belligerent_list",
    ]

    static let table = ExportTable(columns: columns, wantsTexts: true) { subject in
        row(EventFacts(subject)).map { [$0] } ?? []
    }

    /// The event's cells; nil where it is no violence or nobody gives a figure.
    static func row(_ facts: EventFacts) -> [Cell]? {
        let killed = civilians(facts, .killed)
        let injured = civilians(facts, .injured)
        let militants = facts.toll(.airwars, .killed, .combatant)
        guard facts.mayBeViolence, killed.low != nil || injured.low != nil || militants != nil else { return nil }
        let place = facts.incident.place
        let grades = facts.dossier.profiles.filter { $0.profile == .airwars && $0.measure == .killed }
        return [
            Cell(facts.incident.from?.description), Cell(facts.country?.name ?? place?.country),
            Cell((grades.first { $0.population == .civilian } ?? grades.first)?.grade), Cell(place?.lat),
            Cell(place?.lon), Cell(status(facts)), Cell(accuracy(place)), .text("Onrecord-\(facts.incident.id)"),
            Cell(killed.low), Cell(killed.high), Cell(injured.low), Cell(injured.high), Cell(militants?.low),
            Cell(militants?.high), Cell(belligerents(facts)),
        ]
    }

    /// The profile's range for civilians, else for those of whom nobody says what they were, who count as civilians unless
    /// somebody says otherwise; else the house's, where no claim tells of combatants.
    private static func civilians(_ facts: EventFacts, _ measure: Figure.Measure) -> (low: Double?, high: Double?) {
        for population in [ProfileToll.Population.civilian, .unknown, .all] {
            if let toll = facts.toll(.airwars, measure, population) { return (toll.low, toll.high) }
        }
        let tellsOfCombatants = facts.dossier.claims.contains {
            $0.measure == measure && ($0.population.contains(.combatant) || $0.population.contains(.securityForce))
        }
        guard !tellsOfCombatants, let toll = facts.house(measure) else { return (nil, nil) }
        return (toll.low, toll.high)
    }

    /// Whether one of those who acted says so itself.
    private static func status(_ facts: EventFacts) -> String? {
        guard !facts.acted.isEmpty else { return nil }
        return facts.acted.contains { $0.basis == .claimed } ? "declared" : "alleged"
    }

    private static func accuracy(_ place: IncidentPlace?) -> String? {
        switch place?.level {
        case .exact: "exact location"
        case .populated: "town or village"
        case .district: "district"
        case .province: "province"
        case .country: "country"
        case .region: "region"
        case nil: nil
        }
    }

    private static func belligerents(_ facts: EventFacts) -> String? {
        let names = EventFacts.names(facts.acted.filter { $0.kind != .civilians })
        return names.isEmpty ? nil : names.joined(separator: "; ")
    }
}
