internal import Language
internal import Stories

/// Tells what a happening was done with, or what brought it about.
struct MeansFinder {
    let scene: Scene

    private var analysis: Analysis { scene.analysis }

    /// The first weapon that fits a kind of violence in the sentences that tell of it.
    func weapon(type: IncidentType, sentences: [Int]) -> IncidentMention.Weapon? {
        guard type.isViolence || type == .explosion else { return nil }
        for sentence in sentences.prefix(12) {
            let range = analysis.sentences[sentence].tokens
            var index = range.lowerBound
            while index < range.upperBound {
                let token = analysis.tokens[index]
                guard token.isIn(.weapon) || analysis.lexicon.longestPhrase(from: token.word) > 1,
                    let entry = analysis.phrase(at: index, in: .weapon, before: range.upperBound),
                    entry.count > 1 || token.tag == .noun || token.tag == .properNoun,
                    let kind = MeansFinder.kind(entry.value)
                else {
                    index += 1
                    continue
                }
                if fits(kind, type) {
                    return IncidentMention.Weapon(span: analysis.span(of: index..<index + entry.count), kind: kind)
                }
                index += entry.count
            }
        }
        return nil
    }

    private static func kind(_ listed: Int) -> IncidentMention.Weapon.Kind? {
        let kinds = IncidentMention.Weapon.Kind.listed
        return kinds.indices.contains(listed - 1) ? kinds[listed - 1] : nil
    }

    private func fits(_ kind: IncidentMention.Weapon.Kind, _ type: IncidentType) -> Bool {
        switch type {
        case .shooting: kind == .firearm
        case .stabbing: kind == .blade
        case .bombing, .explosion: kind == .explosive || kind == .heavy
        case .shelling: kind == .heavy || kind == .explosive
        case .airstrike: kind == .aircraft || kind == .heavy || kind == .explosive
        case .arson: kind == .fire || kind == .explosive
        default: true
        }
    }

    /// What an accident or a disaster is put down to: `caused by …`, `blamed on …`, `due to …`.
    func cause(type: IncidentType, sentences: [Int]) -> Span? {
        guard [.crash, .fire, .explosion, .disaster].contains(type) else { return nil }
        for sentence in sentences.prefix(12) {
            let range = analysis.sentences[sentence].tokens
            for index in range.dropLast() {
                guard let start = start(at: index), start < range.upperBound else { continue }
                var end = start
                while end < min(range.upperBound, start + 12), !analysis.tokens[end].isPunctuation,
                    ![.verb, .subordinatingConjunction].contains(analysis.tokens[end].tag)
                        || analysis.tokens[end].relation == .adjectivalModifier
                {
                    end += 1
                }
                if end > start { return analysis.span(of: start..<end) }
            }
        }
        return nil
    }

    /// Where the cause begins when the words at an index lead one in.
    private func start(at index: Int) -> Int? {
        if analysis.is(index + 1, "by"), analysis.is(index, anyOf: "caused", "sparked", "triggered", "ignited") {
            return index + 2
        }
        if analysis.is(index + 1, "on"), analysis.is(index, "blamed") { return index + 2 }
        if analysis.is(index + 1, "to"), analysis.is(index, "due") { return index + 2 }
        return nil
    }
}

extension IncidentMention.Weapon.Kind {
    /// The kinds in the order in which the list `weapon` numbers them, from 1 on.
    static let listed: [IncidentMention.Weapon.Kind] = [
        .firearm, .blade, .explosive, .heavy, .aircraft, .fire, .vehicle, .chemical, .blunt,
    ]
}
