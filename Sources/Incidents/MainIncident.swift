internal import Language
internal import Stories

/// Tells what a story is about: the happening that its first sentence reports.
struct MainIncident {
    let scene: Scene
    private let triggers: [Trigger]
    private let lead: Int?

    init(scene: Scene, triggers: [Trigger]) {
        self.scene = scene
        self.triggers = triggers
        lead = scene.lead
    }

    private var analysis: Analysis { scene.analysis }

    /// The main incident without its tolls, and the triggers that tell of it; nil where the story tells of none.
    func read() -> (incident: IncidentMention, triggers: [Trigger])? {
        guard let lead, let type = type(lead: lead) else { return nil }
        let own = triggers.filter { $0.type == type || type.isPhysical && $0.type == .attack }
        let sentences = telling(own, lead: lead)
        let days =
            type == .statement
            ? statementDays(lead: lead)
            : IncidentDates(scene: scene).days(
                of: sentences, lead: lead,
                told: own.map { Int(analysis.tokens[$0.tokens.lowerBound].start) }, befallen: befallen)
        let place =
            type == .statement
            ? dateline() ?? IncidentPlaces(scene: scene).place(of: [lead], lead: lead)
            : place(of: sentences, lead: lead)
        let mentions = own.filter { $0.type == type || !$0.isNoun }.prefix(64)
        var incident = IncidentMention(
            type: type, subtype: subtype(of: type), from: days?.lowerBound, to: days?.upperBound, place: place,
            mentions: mentions.map { analysis.span(of: $0.tokens) }, main: true)
        incident.actors = ActorFinder(scene: scene).actors(of: Array(mentions), type: type, isMain: true)
        let means = MeansFinder(scene: scene)
        incident.weapon = means.weapon(type: type, sentences: sentences)
        incident.cause = means.cause(type: type, sentences: sentences)
        return (incident, own)
    }

    private func place(of sentences: [Int], lead: Int) -> IncidentMention.Place? {
        let place = IncidentPlaces(scene: scene).place(of: sentences, lead: lead)
        guard let other = CountryEvidence(scene: scene).sceneInstead(of: place) else { return place }
        return IncidentPlaces(scene: other).place(of: sentences, lead: lead)
            ?? other.places.first.map(IncidentPlaces.place) ?? place
    }

    /// Where the words begin that say whom it befell.
    private var befallen: [Int] {
        scene.figures.filter { $0.measure.isCasualty && $0.scope == .incident }.map(\.span.start)
    }

    /// The sentences that tell of the happening, the first one first.
    private func telling(_ own: [Trigger], lead: Int) -> [Int] {
        var sentences = Set(own.map(\.sentence))
        for figure in scene.figures where figure.measure.isCasualty && figure.scope == .incident {
            if let sentence = scene.sentence(at: figure.span.start) { sentences.insert(sentence) }
        }
        sentences.remove(lead)
        return [lead] + sentences.sorted()
    }

    // MARK: What kind

    private func type(lead: Int) -> IncidentType? {
        let opening = triggers.filter { $0.sentence <= lead }
        let hasCasualties = scene.figures.contains { figure in
            figure.measure.isCasualty && figure.measure != .detained && figure.measure != .displaced
                && figure.span.end <= scene.span(lead).end && figure.max != 0
        }
        let isPhysical = hasCasualties || opening.contains { $0.type.isPhysical && isTold($0) }
        if isPhysical {
            return specific(vote { $0.type.isPhysical } ?? (hasCasualties ? .attack : nil))
        }
        let statement = statement(lead)
        let isSaid = statement != nil
        // What a government says, and talks and votes, are news in themselves; the police's or a neighbour's words open a report.
        let isPolicy = statement.map(isPolicy) ?? false
        let isFormal = opening.contains { !$0.type.isPhysical && $0.type != .arrest && $0.isNoun && isTold($0) }
        if let deed = deed(share: isPolicy ? 40 : isFormal ? 20 : 12) { return deed }
        if !isSaid
            || opening.contains(where: { $0.isNoun && $0.type != .statement && isTold($0) && !isInContent($0) }),
            let other = vote(only: opening, where: { !$0.type.isPhysical && $0.type != .other })
        {
            return other
        }
        if isSaid { return .statement }
        if let any = vote(where: { $0.realis == .actual }) { return any }
        let isEmpty = scene.times(in: lead).isEmpty && scene.places(in: lead).isEmpty && scene.attributions.isEmpty
        return isEmpty ? nil : .other
    }

    /// The deed that a story is about although it opens with a word about it, a scene or a notice of the page: one that befell
    /// people and that the story comes back to again and again.
    ///
    /// - Parameter share: how much must be said of it in a hundred sentences.
    private func deed(share least: Double) -> IncidentType? {
        guard scene.figures.contains(where: { $0.measure.harms && $0.scope == .incident && $0.max != 0 }) else {
            return nil
        }
        var weight = 0.0
        for trigger in triggers where trigger.type.isPhysical && trigger.realis == .actual { weight += trigger.weight }
        let share = weight * 100 / Double(max(1, analysis.sentences.count))
        return weight >= 2 && share >= least ? specific(vote { $0.type.isPhysical }) : nil
    }

    /// The kind of violence that a story means by an attack: what else the words near the top say that it was.
    private func specific(_ type: IncidentType?) -> IncidentType? {
        guard type == .attack, let lead,
            !triggers.contains(where: { $0.subtype != nil && $0.type == .attack && $0.sentence <= lead })
        else { return type }
        return vote { $0.type.isViolence && $0.type != .attack && $0.sentence <= lead + 1 } ?? type
    }

    /// The type that most and the foremost triggers name.
    private func vote(only some: [Trigger]? = nil, where accepts: (Trigger) -> Bool) -> IncidentType? {
        var votes = [Double](repeating: 0, count: IncidentType.allCases.count)
        for trigger in some ?? triggers where accepts(trigger) {
            votes[MainIncident.places[trigger.type] ?? 0] += weight(trigger)
        }
        var best = -1
        for index in votes.indices where votes[index] > (best < 0 ? 0 : votes[best]) { best = index }
        return best < 0 ? nil : IncidentType.allCases[best]
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: IncidentType.allCases.enumerated().map { ($1, $0) })

    /// How much a trigger says of what a story is about.
    private func weight(_ trigger: Trigger) -> Double {
        let lead = lead ?? 0
        var weight = trigger.isNoun ? 1.0 : 0.7
        // That people were killed says least of how.
        if trigger.isGeneric, !trigger.isNoun { weight = 0.25 }
        if trigger.sentence <= lead { weight *= 3 } else if trigger.sentence > lead + 8 { weight *= 0.5 }
        if !isTold(trigger) { weight *= 0.3 }
        return weight
    }

    /// The kind more closely that most and the foremost triggers of a type name.
    private func subtype(of type: IncidentType) -> IncidentSubtype? {
        var votes: [Double] = Array(repeating: 0, count: type.subtypes.count)
        for trigger in triggers where trigger.type == type && trigger.realis == .actual {
            if let subtype = trigger.subtype, let place = type.subtypes.firstIndex(of: subtype) {
                votes[place] += weight(trigger)
            }
        }
        var best = -1
        for index in votes.indices where votes[index] > (best < 0 ? 0 : votes[best]) { best = index }
        return best < 0 ? nil : type.subtypes[best]
    }

    /// Whether a trigger tells of something that happened, by the tree and by the words right before it.
    private func isTold(_ trigger: Trigger) -> Bool {
        guard trigger.realis == .actual else { return false }
        let first = analysis.sentences[trigger.sentence].tokens.lowerBound
        for back in 1...4 {
            let index = trigger.tokens.lowerBound - back
            guard index >= first else { return true }
            if analysis.is(
                index, anyOf: "would", "could", "will", "might", "if", "should", "can", "planned", "possible",
                "prevent", "avoid", "against")
            {
                return false
            }
        }
        return true
    }

    /// Whether a state's office speaks, or a body that neither polices nor rescues.
    private func isPolicy(_ attribution: Attribution) -> Bool {
        guard let source = attribution.source.first, let sentence = scene.sentence(at: source.start) else {
            return false
        }
        var hasCountry = false
        var hasOffice = false
        for index in analysis.sentences[sentence].tokens {
            let token = analysis.tokens[index]
            guard source.start <= token.start, token.end <= source.end else { continue }
            let body = analysis.value(of: index, in: .organizationNoun)
            if body == 2 || body == 3 { return false }
            if analysis.is(index, anyOf: "sheriff", "deputies", "troopers", "officers", "detectives", "authorities") {
                return false
            }
            if token.isIn(.nationality) { hasCountry = true }
            if body == 1 || analysis.value(of: index, in: .personRole) == 2 { hasOffice = true }
        }
        return hasCountry && hasOffice || attribution.speaker.kind == .organization
            || attribution.speaker.kind == .document
    }

    /// The attribution that most of a sentence is the content of; nil where it is no statement.
    private func statement(_ sentence: Int) -> Attribution? {
        let span = scene.span(sentence)
        return scene.attributions(near: span.start).first { attribution in
            guard let cue = attribution.cue.first ?? attribution.source.first, span.start <= cue.start,
                cue.end <= span.end,
                !attribution.source.isEmpty
            else { return false }
            // "A team searched the area on Thursday, police said" reports a search.
            if attribution.quote == .indirect, let last = attribution.content.last, last.end <= cue.start {
                return false
            }
            let held = attribution.content.reduce(0) { $0 + max(0, min($1.end, span.end) - max($1.start, span.start)) }
            return held * 2 >= span.end - span.start
        }
    }

    private func isInContent(_ trigger: Trigger) -> Bool {
        let at = Int(analysis.tokens[trigger.tokens.lowerBound].start)
        return scene.attributions(near: at).contains { $0.content.contains { $0.start <= at && at < $0.end } }
    }

    // MARK: Statements

    private func statementDays(lead: Int) -> ClosedRange<Day>? {
        for time in scene.times(in: lead) where !isInContent(time.span) {
            if let days = IncidentDates.days(time.value), days.lowerBound == days.upperBound { return days }
        }
        return (IncidentDates(scene: scene).clocked ?? analysis.story.published).map { $0...$0 }
    }

    private func isInContent(_ span: Span) -> Bool {
        scene.attributions(near: span.start).contains {
            $0.content.contains { $0.start <= span.start && span.end <= $0.end }
        }
    }

    private func dateline() -> IncidentMention.Place? {
        guard let line = analysis.story.anatomy.dateline else { return nil }
        return scene.places.first { line.span.start <= $0.span.start && $0.span.end <= line.span.end }.map {
            IncidentPlaces.place($0)
        }
    }
}
