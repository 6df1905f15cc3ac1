internal import Language
internal import Stories

/// Whether a word tells that something happened.
enum Realis {
    /// It happened, or was tried.
    case actual
    /// It did not happen: `no attack`, `foiled the bombing`.
    case negated
    /// It may happen or have happened: `if rebels attack`, `the threat of an attack`.
    case hypothetical
    /// It is meant to happen: `plans to attack`, `will meet`.
    case planned
    /// It happened at another time, and is kept in memory: `the anniversary of the bombing`.
    case commemorated

    /// What a word of the list `unreal-word` makes of a happening.
    init?(listed number: Int?) {
        switch number {
        case 1: self = .negated
        case 2: self = .hypothetical
        case 3: self = .planned
        case 4: self = .commemorated
        default: return nil
        }
    }
}

/// Tells of each trigger whether it happened, by what governs it in the tree and what stands before it.
struct RealisFinder {
    let analysis: Analysis

    private var tokens: [Token] { analysis.tokens }

    func realis(of trigger: Trigger, in sentence: Range<Int>) -> Realis {
        trigger.isNoun
            ? noun(trigger.tokens, in: sentence) : verb(trigger.head, in: sentence, depth: 0)
    }

    // MARK: Verbs

    private func verb(_ index: Int, in sentence: Range<Int>, depth: Int) -> Realis {
        var isInfinitive = false
        for child in max(sentence.lowerBound, index - 7)..<index where Int(tokens[child].head) == index {
            switch tokens[child].relation {
            case .auxiliary, .passiveAuxiliary:
                if analysis.is(child, anyOf: "would", "could", "might", "may", "should", "can", "'d", "must") {
                    // "could have been shot" is a guess, "must have been shot" is one, too.
                    return .hypothetical
                }
                if analysis.is(child, anyOf: "will", "shall", "'ll", "wo") { return .planned }
            case .clauseMarker:
                if analysis.is(child, anyOf: "if", "unless", "whether", "lest") { return .hypothetical }
                if analysis.is(child, "to") { isInfinitive = true }
            default: break
            }
            if tokens[child].isIn(.negation), analysis.is(child, anyOf: "not", "n't", "never", "n’t") {
                return .negated
            }
        }
        if index > sentence.lowerBound, analysis.is(index - 1, "to") { isInfinitive = true }
        // "pleaded guilty to shooting him"
        guard isInfinitive, !isGerund(index), depth < 2 else { return .actual }
        let head = Int(tokens[index].head)
        guard sentence.contains(head) else { return .planned }
        if analysis.is(head, "back") || tokens[head].tag == .punctuation { return .actual }
        if let listed = Realis(listed: analysis.value(of: head, in: .unrealWord)) { return listed }
        // "managed to rob", "tried to kidnap", "began to shell": done, or begun.
        return isDone(head) ? .actual : .planned
    }

    private func isGerund(_ index: Int) -> Bool {
        let bytes = analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)]
        return bytes.count > 4 && bytes.suffix(3).elementsEqual("ing".utf8) { $0 | 0x20 == $1 }
    }

    private func isDone(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "tried", "trying", "tries", "try", "attempted", "attempting", "attempt", "attempts",
            "managed",
            "began", "begun", "started", "continued", "continue", "continues", "proceeded", "used", "came", "helped",
            "appeared", "appears", "seemed", "forced", "said", "believed", "reported", "thought", "known", "failed",
            "known", "happened", "likely")
    }

    // MARK: Nouns

    private func noun(_ range: Range<Int>, in sentence: Range<Int>) -> Realis {
        let head = range.upperBound - 1
        // "bomb threat", "bombing plot"
        if range.upperBound < sentence.upperBound, tokens[head].relation == .compound,
            tokens[range.upperBound].tag == .noun,
            let listed = Realis(listed: analysis.value(of: range.upperBound, in: .unrealWord))
        {
            return listed
        }
        if let year = year(before: range.lowerBound, in: sentence), let published = analysis.story.published,
            year < published.date.year - 1
        {
            return .commemorated
        }
        var back = range.lowerBound - 1
        let lowest = max(sentence.lowerBound, range.lowerBound - 5)
        while back >= lowest {
            if analysis.is(back, anyOf: "no", "without") { return .negated }
            if analysis.is(back, anyOf: "against", "any") { return .hypothetical }
            if let listed = Realis(listed: analysis.value(of: back, in: .unrealWord)) { return listed }
            if tokens[back].tag == .verb || tokens[back].isPunctuation { break }
            back -= 1
        }
        // "an attack would …", "no shooting took place": a light verb's realis is its noun's.
        let governor = Int(tokens[head].head)
        if sentence.contains(governor), governor > head, tokens[governor].tag == .verb,
            [.subject, .passiveSubject].contains(tokens[head].relation), isLight(governor)
        {
            return verb(governor, in: sentence, depth: 1)
        }
        return .actual
    }

    private func isLight(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "happen", "happened", "occur", "occurred", "take", "taken", "be", "been", "carried",
            "launched",
            "staged", "committed", "conducted", "held", "made", "planned", "prevented", "foiled", "averted")
    }

    /// The year that stands right before a noun: `the 1995 bombing`.
    private func year(before index: Int, in sentence: Range<Int>) -> Int? {
        guard index - 1 >= sentence.lowerBound, tokens[index - 1].shape.contains(.number) else { return nil }
        let bytes = analysis.story.bytes[Int(tokens[index - 1].start)..<Int(tokens[index - 1].end)]
        guard bytes.count == 4, bytes.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        let year = bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
        return 1800...2100 ~= year ? year : nil
    }
}
