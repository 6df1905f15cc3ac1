internal import Language
internal import Stories

/// An attribution as runs of tokens, before its speaker is known.
struct Draft {
    var cue: Cue
    var source: Range<Int>?
    var content: [Range<Int>]
    /// 1, or one more than that of the attribution whose content was read for it.
    var depth = 1

    /// The order of the text, by cue; what is said inside another's words behind those.
    static func isBefore(_ a: Draft, _ b: Draft) -> Bool {
        (a.cue.tokens.lowerBound, a.depth) < (b.cue.tokens.lowerBound, b.depth)
    }
}

/// A cue: the words that tie a source to what it says, thinks or means to do.
struct Cue {
    /// Its tokens, with auxiliaries, negation, adverbs, and the preposition that leads to the content.
    var tokens: Range<Int>
    /// The word that it turns on.
    var head: Int
    /// What the source does with the content, as far as the cue tells.
    var stance: Attribution.Stance = .assert
    /// Whether it is one of speech, not of thought or wish.
    var isSpeech = true
    /// Whether `not`, `never`, `no` stands in it.
    var isNegated = false
}

extension Cue {
    /// A cue of these tokens, with what the word lists say of it.
    init(_ tokens: Range<Int>, head: Int, _ analysis: Analysis) {
        self.tokens = tokens
        self.head = head
        isNegated = tokens.contains { analysis.tokens[$0].isIn(.negation) }
        var isThought = false
        var known = false
        for index in [head] + tokens where !known || stance == .assert {
            if let value = analysis.value(of: index, in: .cueVerb) {
                if !known { isThought = value / 10 % 10 == 2 || value / 10 % 10 == 4 && value % 10 == 5 }
                stance = Cue.stance(value % 10)
                known = true
            } else if let value = analysis.value(of: index, in: .cueNoun)
                ?? analysis.value(of: index, in: .cueAdjective)
            {
                stance = Cue.stance(value % 10)
                known = true
            }
        }
        // "called for an inquiry" wants one, "called it a lie" says so.
        if analysis.is(head, anyOf: "call", "calls", "called", "calling"), head + 1 < tokens.upperBound,
            analysis.is(head + 1, anyOf: "for", "on")
        {
            stance = .intend
        }
        isSpeech = !isThought
        if isNegated { stance = negated(answers: analysis.is(head, anyOf: "respond", "reply", "answer", "return")) }
    }

    private static func stance(_ number: Int) -> Attribution.Stance {
        let stances: [Attribution.Stance] = [.assert, .deny, .confirm, .decline, .question, .intend]
        return number < stances.count ? stances[number] : .assert
    }

    /// What one does who does not do it: could not confirm, did not say, does not know.
    private func negated(answers: Bool) -> Attribution.Stance {
        if answers { return .decline }
        return switch stance {
        case .confirm, .intend, .decline: .decline
        case .deny: .assert
        case .question: .question
        case .assert: isSpeech ? .decline : .question
        }
    }
}
