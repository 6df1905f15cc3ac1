internal import Language
internal import Stories

/// A word that names or tells a happening.
struct Trigger {
    var tokens: Range<Int>
    var type: IncidentType
    var subtype: IncidentSubtype?
    /// A noun says more surely what a happening was than a verb.
    var isNoun: Bool
    var sentence: Int
    /// Whether it happened.
    var realis: Realis = .actual
    /// Whether a noun merely modifies another that is no happening: `bomb squad`, `murder suspect`.
    var isModifier = false

    /// The word that the tree hangs the others on.
    var head: Int { isNoun ? tokens.upperBound - 1 : tokens.lowerBound }

    /// Whether it says only that people were attacked or killed, and so fits any kind of violence.
    var isGeneric: Bool { type == .attack && subtype == nil }
}

/// Finds the words of a story that name or tell happenings.
struct TriggerFinder {
    let analysis: Analysis

    /// The triggers in order.
    func find() -> [Trigger] {
        var triggers: [Trigger] = []
        let realis = RealisFinder(analysis: analysis)
        for (number, sentence) in analysis.sentences.enumerated() where sentence.part != .dateline {
            var index = sentence.tokens.lowerBound
            let limit = sentence.tokens.upperBound
            while index < limit {
                guard var trigger = trigger(at: index, before: limit, sentence: number) else {
                    index += 1
                    continue
                }
                trigger.realis = realis.realis(of: trigger, in: sentence.tokens)
                trigger.isModifier = trigger.isNoun && isModifier(trigger.head, before: limit)
                triggers.append(trigger)
                index = trigger.tokens.upperBound
            }
        }
        return triggers
    }

    private func trigger(at index: Int, before limit: Int, sentence: Int) -> Trigger? {
        let token = analysis.tokens[index]
        let starts = analysis.lexicon.longestPhrase(from: token.word) > 0
        guard starts || token.isIn(.triggerNoun) || token.isIn(.triggerVerb) || token.isIn(.killVerb) else {
            return nil
        }
        let verb = analysis.phrase(at: index, in: .triggerVerb, before: limit)
        if let noun = analysis.phrase(at: index, in: .triggerNoun, before: limit), noun.count >= verb?.count ?? 0,
            let (type, subtype) = IncidentType.listed(noun.value),
            noun.count > 1 || token.tag == .noun || token.tag == .properNoun && !isInName(index) || verb == nil
        {
            return Trigger(
                tokens: index..<index + noun.count, type: type, subtype: subtype, isNoun: true, sentence: sentence)
        }
        if isInName(index) { return nil }
        if let verb, let (type, subtype) = IncidentType.listed(verb.value) {
            return Trigger(
                tokens: index..<index + verb.count, type: type, subtype: subtype, isNoun: false, sentence: sentence)
        }
        if token.isIn(.killVerb) {
            return Trigger(tokens: index..<index + 1, type: .attack, isNoun: false, sentence: sentence)
        }
        return nil
    }

    private func isInName(_ index: Int) -> Bool {
        guard let name = analysis.name(holding: index) else { return false }
        return analysis.names[name].kind != .location
    }

    /// Whether the next noun, which is no trigger, has this one as its modifier.
    private func isModifier(_ index: Int, before limit: Int) -> Bool {
        let next = index + 1
        guard next < limit, analysis.tokens[index].relation == .compound else { return false }
        let head = Int(analysis.tokens[index].head)
        return head > index && head < limit && !analysis.tokens[head].isIn(.triggerNoun)
    }
}

extension IncidentType {
    /// Whether people are hurt by it or things destroyed, unlike talks and elections.
    var isPhysical: Bool {
        switch self {
        case .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .abduction, .robbery, .arson,
            .crash, .fire, .explosion, .disaster:
            true
        case .arrest, .protest, .talks, .statement, .sanctions, .election, .trial, .militaryActivity, .other: false
        }
    }

    /// Whether people do it to people.
    var isViolence: Bool {
        switch self {
        case .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .abduction, .robbery, .arson:
            true
        default: false
        }
    }
}
