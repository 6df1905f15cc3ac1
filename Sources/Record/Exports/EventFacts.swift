internal import Stories

/// What recorders of violence ask of an incident, told from its dossier and its stories' readings.
struct EventFacts {
    let subject: ExportSubject
    let subtype: IncidentSubtype?
    let scheme: IncidentScheme
    let country: Country?
    /// Who acted and who was hit, each once a role, as the stories that tell of most of them name them.
    let acted: [IncidentMention.Actor]
    let hit: [IncidentMention.Actor]
    /// Whether a story puts it near its place and not in it.
    let isNear: Bool

    init(_ subject: ExportSubject) {
        self.subject = subject
        let incident = subject.incident
        var mentions: [(mention: IncidentMention, text: [UInt8])] = []
        for story in subject.dossier.stories where story.copyKind != .reprint {
            guard let text = subject.texts[story.digest], let main = text.mention
            else { continue }
            mentions.append((main, text.bytes))
        }
        var counts: [IncidentSubtype: Int] = [:]
        for (mention, _) in mentions where mention.type == incident.type {
            if let subtype = mention.subtype { counts[subtype, default: 0] += 1 }
        }
        subtype = counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
        scheme = IncidentScheme(incident.type, subtype)
        country = Country.of(incident.place?.country)
        // Names of one army differ from story to story: those of one story go together, the one that tells of most.
        let told = mentions.map { $0.mention.actors.filter(EventFacts.isActor) }
        let actors = told.max { $0.count < $1.count } ?? []
        acted = actors.filter { $0.role == .acted }
        hit = actors.filter { $0.role == .hit }
        isNear = mentions.contains { mention, text in
            guard let place = mention.place, place.name == incident.place?.name, let span = place.span else {
                return false
            }
            return EventFacts.isNear(text[max(0, span.start - 24)..<min(span.start, text.count)])
        }
    }

    /// Whether it is somebody who has a part, and not a count of victims (`16 people`) or a thing that nobody knows.
    static func isActor(_ actor: IncidentMention.Actor) -> Bool {
        actor.basis != .denied && (actor.kind != nil || actor.entity != nil)
            && !actor.name.unicodeScalars.contains { "0"..."9" ~= $0 }
    }

    /// Whether the words before a place say that something was near it: `outside `, `12 miles from `.
    static func isNear(_ before: some Collection<UInt8>) -> Bool {
        let words = String(decoding: before, as: UTF8.self).lowercased().split { !$0.isLetter }.suffix(4)
        guard let last = words.last else { return false }
        if ["near", "outside", "nearby"].contains(last) { return true }
        let units: Set<Substring> = [
            "miles", "mile", "km", "kilometers", "kilometres", "outskirts", "north", "south", "east", "west",
        ]
        return (last == "from" || last == "of") && words.contains(where: units.contains)
    }

    var incident: IncidentSummary { subject.incident }
    var dossier: Dossier { subject.dossier }

    /// A positive number that is the incident's for good: the first 48 bits of its id.
    var number: Int {
        let digits = incident.id.prefix(12)
        guard let number = Int(digits, radix: 16), number > 0 else {
            // FNV-1a, for an id that is no digest.
            let hash = incident.id.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            return Int(hash >> 16) + 1
        }
        return number
    }

    /// How many days it went on for; nil where nobody tells when it was.
    var length: Int? {
        guard let from = incident.from else { return nil }
        return max(1, (incident.to ?? from).number - from.number + 1)
    }

    /// The texts that count as sources: no other outlet's prints.
    var sources: [StorySummary] { dossier.stories.filter { $0.copyKind != .reprint } }

    /// Whether it is violence, or may be: what happened by nature, by accident or by word of mouth is for other lists.
    var mayBeViolence: Bool {
        switch incident.type {
        case .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .abduction, .robbery, .arson,
            .arrest, .explosion, .protest, .militaryActivity, .other:
            true
        case .crash, .fire, .disaster, .talks, .statement, .sanctions, .election, .trial: false
        }
    }

    /// What a profile makes of a measure for a population.
    func toll(_ profile: Profile, _ measure: Figure.Measure, _ population: ProfileToll.Population = .all)
        -> ProfileToll?
    {
        dossier.profiles.first { $0.profile == profile && $0.measure == measure && $0.population == population }
    }

    /// What Onrecord itself reckons.
    func house(_ measure: Figure.Measure) -> Toll? { incident.tolls.first { $0.measure == measure } }

    /// The claims behind a profile's number, else behind the house's.
    func claims(_ ids: [String]) -> [Claim] {
        let ids = Set(ids)
        return dossier.claims.filter { ids.contains($0.id) }
    }

    /// UCDP's kind of violence, where the actors tell it: 1 a state and its armed foe or two states, 2 armed groups, 3 one
    /// that is armed and organized against civilians.
    var typeOfViolence: Int? {
        let sides = Set(acted.compactMap(\.kind))
        let targets = Set(hit.compactMap(\.kind))
        let organized: Set<IncidentMention.Actor.Kind> = [.state, .armedGroup]
        guard !scheme.ucdp.isEmpty, !sides.isEmpty, sides.isSubset(of: organized), !targets.isEmpty else { return nil }
        let found: IncidentScheme.UCDP
        if targets == [.civilians] {
            found = .oneSided
        } else if targets.isSubset(of: organized) {
            found = sides.union(targets).contains(.state) ? .stateBased : .nonState
        } else {
            return nil
        }
        return scheme.ucdp.contains(found) ? found.rawValue : nil
    }

    /// The names of actors, each once.
    static func names(_ actors: [IncidentMention.Actor]) -> [String] {
        var seen: Set<String> = []
        return actors.map { Plain.line($0.name) }.filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
    }

    /// Number of the half-degree cell of PRIO-GRID that a point lies in: rows of 720 from the south pole up, columns from
    /// the date line eastward, both from 1.
    static func cell(lat: Double, lon: Double) -> Int? {
        guard -90...90 ~= lat, -180...180 ~= lon else { return nil }
        let row = min(Int(((lat + 90) * 2).rounded(.down)), 359)
        let column = min(Int(((lon + 180) * 2).rounded(.down)), 719)
        return row * 720 + column + 1
    }
}
