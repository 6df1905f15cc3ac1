internal import Language
internal import Stories

/// A word that names or tells a happening.
struct Trigger {
    var tokens: Range<Int>
    var type: IncidentType
    /// A noun says more surely what a happening was than a verb.
    var isNoun: Bool
    var sentence: Int
}

/// Finds the words of a story that name or tell happenings.
struct TriggerFinder {
    let analysis: Analysis

    private static let types = IncidentType.allCases

    /// The triggers in order.
    func find() -> [Trigger] {
        var triggers: [Trigger] = []
        for (number, sentence) in analysis.sentences.enumerated() where sentence.part != .dateline {
            var index = sentence.tokens.lowerBound
            let limit = sentence.tokens.upperBound
            while index < limit {
                guard let trigger = trigger(at: index, before: limit, sentence: number) else {
                    index += 1
                    continue
                }
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
        if let noun = analysis.phrase(at: index, in: .triggerNoun, before: limit),
            TriggerFinder.types.indices.contains(noun.value),
            noun.count > 1 || token.tag == .noun || token.tag == .properNoun && !isInName(index)
                || !token.isIn(.triggerVerb)
        {
            return Trigger(
                tokens: index..<index + noun.count, type: TriggerFinder.types[noun.value], isNoun: true,
                sentence: sentence)
        }
        if isInName(index) { return nil }
        if let verb = analysis.value(of: index, in: .triggerVerb), TriggerFinder.types.indices.contains(verb) {
            return Trigger(
                tokens: index..<index + 1, type: TriggerFinder.types[verb], isNoun: false, sentence: sentence)
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
}

extension IncidentType {
    /// Whether people are hurt by it or things destroyed, unlike talks and elections.
    var isPhysical: Bool {
        switch self {
        case .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .abduction, .robbery, .crash,
            .fire, .explosion,
            .disaster:
            true
        case .arrest, .protest, .talks, .statement, .sanctions, .election, .trial, .militaryActivity, .other: false
        }
    }
}
