internal import Language
internal import Stories

/// Tells what else happened, besides what a story is about: the bombing that a minister speaks of, the kidnapping told
/// in the last paragraphs.
///
/// What a story tells of one kind, apart from the main incident, is one background incident; days well before the main one's
/// part it further (`Asides`).
struct Background {
    let scene: Scene
    let main: IncidentMention
    let triggers: [Trigger]

    /// A kind of happening that one story does not tell apart: a blast and the bombing that it was.
    private enum Family: CaseIterable {
        case violence, bombing, abduction, robbery, arson, crash, fire, disaster, arrest, protest, trial, military

        init?(_ type: IncidentType) {
            switch type {
            case .battle, .shelling, .attack, .airstrike, .shooting, .stabbing: self = .violence
            case .bombing, .explosion: self = .bombing
            case .abduction: self = .abduction
            case .robbery: self = .robbery
            case .arson: self = .arson
            case .crash: self = .crash
            case .fire: self = .fire
            case .disaster: self = .disaster
            case .arrest: self = .arrest
            case .protest: self = .protest
            case .trial: self = .trial
            case .militaryActivity: self = .military
            case .talks, .statement, .sanctions, .election, .other: return nil
            }
        }

        /// How much must be said of it before it counts as told.
        var threshold: Double {
            switch self {
            case .violence, .bombing, .abduction: 0.8
            case .arson: 0.7
            case .robbery, .crash, .fire, .disaster: 1.5
            case .arrest, .protest, .trial, .military: 2
            }
        }
    }

    /// The background incidents in the order of the text, without tolls, each with its sentences.
    func read() -> [(incident: IncidentMention, sentences: [Int])] {
        let own = Family(main.type)
        var told: [Family: [Trigger]] = [:]
        for trigger in triggers where trigger.realis == .actual {
            if let family = Family(trigger.type), family != own { told[family, default: []].append(trigger) }
        }
        // "The attack" is the bombing, where one is told.
        let isNamed =
            main.type.isViolence || main.type == .explosion || isTold(.bombing, told) || isTold(.abduction, told)
        if isNamed { told[.violence]?.removeAll { $0.isGeneric } }
        var found: [(incident: IncidentMention, sentences: [Int])] = []
        for family in Family.allCases where !isOneView(family) && isTold(family, told) {
            if let triggers = told[family] { found.append(incident(triggers)) }
        }
        return found.sorted { first, second in
            (first.sentences.first ?? 0, first.incident.mentions.first?.start ?? 0)
                < (second.sentences.first ?? 0, second.incident.mentions.first?.start ?? 0)
        }
    }

    private func isTold(_ family: Family, _ told: [Family: [Trigger]]) -> Bool {
        told[family]?.reduce(0) { $0 + $1.weight } ?? 0 >= family.threshold
    }

    /// Whether a family is another view of the main incident: the fire that a crash set, the arrest that a trial follows.
    private func isOneView(_ family: Family) -> Bool {
        switch (main.type, family) {
        case (.crash, .fire), (.crash, .bombing), (.fire, .bombing), (.disaster, .fire), (.disaster, .bombing),
            (.arson, .fire), (.explosion, .fire), (.bombing, .fire), (.disaster, .crash):
            true
        case (.robbery, .violence), (.abduction, .violence), (.battle, .military), (.trial, .arrest): false
        default: false
        }
    }

    private func incident(_ told: [Trigger]) -> (incident: IncidentMention, sentences: [Int]) {
        // The foremost trigger that says more than that people were attacked names it.
        let naming =
            told.first { $0.isNoun && !$0.isGeneric && !$0.isModifier } ?? told.first { !$0.isGeneric } ?? told[0]
        var sentences: [Int] = []
        for trigger in told where sentences.last != trigger.sentence { sentences.append(trigger.sentence) }
        let days = days(of: sentences)
        var incident = IncidentMention(
            type: naming.type,
            subtype: naming.subtype ?? told.first { $0.type == naming.type && $0.subtype != nil }?.subtype,
            from: days?.lowerBound, to: days?.upperBound,
            place: IncidentPlaces(scene: scene).place(of: sentences, lead: sentences[0], isAside: true),
            mentions: told.prefix(64).map { scene.analysis.span(of: $0.tokens) })
        incident.actors = ActorFinder(scene: scene).actors(of: Array(told.prefix(64)), type: naming.type, isMain: false)
        incident.weapon = MeansFinder(scene: scene).weapon(type: naming.type, sentences: sentences)
        return (incident, sentences)
    }

    /// The days of the first sentence that gives any, at most a month.
    private func days(of sentences: [Int]) -> ClosedRange<Day>? {
        for sentence in sentences.prefix(8) {
            for time in scene.times(in: sentence) where time.type == .date || time.type == .time {
                if let days = IncidentDates.days(time.value), days.upperBound.number - days.lowerBound.number <= 31 {
                    return days
                }
            }
        }
        return nil
    }
}
