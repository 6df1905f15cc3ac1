internal import Language
internal import Stories

/// Finds the cues of a sentence, left to right.
struct CueFinder {
    let analysis: Analysis
    let words: CueWords
    private var tokens: [Token] { analysis.tokens }

    func cues(in sentence: Sentence) -> [Cue] {
        var cues: [Cue] = []
        let range = sentence.tokens
        var index = range.lowerBound
        while index < range.upperBound {
            if let phrase = analysis.phrase(at: index, in: .cuePhrase, before: range.upperBound) {
                cues.append(
                    Cue(
                        form: .phrase, head: index, tokens: index..<index + phrase.count, stance: .assert,
                        complement: .speech))
                index += phrase.count
                continue
            }
            if tokens[index].isIn(.cueVerb), let cue = verb(at: index, in: range) {
                cues.append(cue)
                index = max(index + 1, (cue.more ?? cue.tokens).upperBound)
                continue
            }
            index += 1
        }
        if sentence.part == .headline, cues.isEmpty, let colon = colon(in: range) { cues.append(colon) }
        return cues
    }

    private func verb(at head: Int, in range: Range<Int>) -> Cue? {
        guard let value = analysis.value(of: head, in: .cueVerb), isVerb(head, in: range) else { return nil }
        var (stance, complement) = Cue.decode(value)
        let group = verbGroup(endingAt: head, from: range.lowerBound)
        var cue = Cue(form: .verb, head: head, tokens: group.tokens, stance: stance, complement: complement)
        cue.isNegated = group.isNegated

        if group.isPassive {
            // "was quoted by RIA as saying", "is cited as saying".
            if analysis.is(head, anyOf: "quoted", "cited"),
                let saying = asSaying(behind: head, before: range.upperBound)
            {
                cue.form = .quoted
                cue.more = saying
                cue.complement = .speech
                return cue
            }
            // "it is believed that", "was reported to".
            guard !complement.isDisjoint(with: [.speech, .thought]), head + 1 < range.upperBound,
                analysis.is(head + 1, anyOf: "that", "to")
            else {
                // "had been told that": the hearer is the subject, nobody is named as source.
                return nil
            }
            cue.form = .impersonal
            return cue
        }
        if isIng(head), !group.hasAuxiliary {
            guard isParticiple(head, group: group.tokens, in: range) else { return nil }
            cue.form = .participle
        }
        // "asked about", "respond to", "called for": the preposition leads to the content.
        if let preposition = preposition(behind: head, before: range.upperBound) {
            cue.tokens = cue.tokens.lowerBound..<preposition + 1
            if tokens[head].lemma == words.call { (stance, complement) = (.intend, .nounPhrase) }
            if tokens[head].lemma == words.respond, cue.isNegated { stance = .decline }
            complement.insert(.nounPhrase)
            complement.remove(.weak)
            cue.stance = stance
            cue.complement = complement
        }
        // "said in a statement": the statement is part of the cue.
        if complement.contains(.speech), let end = statement(behind: cue.tokens.upperBound, before: range.upperBound) {
            cue.tokens = cue.tokens.lowerBound..<end
        }
        if cue.isNegated { cue.stance = negated(cue) }
        return cue
    }

    private func negated(_ cue: Cue) -> Attribution.Stance {
        switch cue.stance {
        case .confirm: .decline
        case .intend, .decline: .decline
        case .deny: .assert
        case .question: .question
        case .assert: cue.complement.contains(.thought) ? .question : .decline
        }
    }

    /// Whether the word is used as a verb here. What the lexicon knows as noun first needs a subject before it.
    private func isVerb(_ index: Int, in range: Range<Int>) -> Bool {
        let token = tokens[index]
        if token.isCapitalized, index > range.lowerBound, !tokens[index - 1].isQuote,
            !token.shape.contains(.allCapitals)
        {
            return false
        }
        if token.tag == .verb { return !(index > range.lowerBound && tokens[index - 1].tag == .determiner) }
        if token.tag == .noun || token.tag == .adjective {
            guard analysis.lexicon.canBe(token.word, .verb), index > range.lowerBound else { return false }
            // "Moscow claims it", "officials report that".
            let previous = tokens[index - 1]
            let next = index + 1 < range.upperBound ? tokens[index + 1] : nil
            let clauseBehind =
                next.map { $0.tag == .pronoun || $0.tag == .subordinatingConjunction || $0.isQuote } ?? false
                || index + 1 < range.upperBound && analysis.is(index + 1, "that")
            return clauseBehind && (previous.tag == .properNoun || previous.tag == .noun || previous.tag == .pronoun)
        }
        return false
    }

    private func isIng(_ index: Int) -> Bool {
        let end = Int(tokens[index].end)
        let bytes = analysis.story.bytes
        return end - Int(tokens[index].start) > 4 && bytes[end - 1] | 0x20 == UInt8(ascii: "g")
            && bytes[end - 2] | 0x20 == UInt8(ascii: "n") && bytes[end - 3] | 0x20 == UInt8(ascii: "i")
    }

    /// The verb with the auxiliaries, negations and adverbs before it.
    private func verbGroup(endingAt head: Int, from start: Int)
        -> (tokens: Range<Int>, hasAuxiliary: Bool, isPassive: Bool, isNegated: Bool)
    {
        var first = head
        var hasAuxiliary = false
        var isNegated = false
        var lastAuxiliary: Int?
        var index = head - 1
        while index >= start {
            let token = tokens[index]
            if token.tag == .auxiliary
                || analysis.is(index, anyOf: "has", "have", "had", "is", "was", "were", "are", "been", "be")
                    && token.tag != .punctuation
            {
                hasAuxiliary = true
                if lastAuxiliary == nil { lastAuxiliary = index }
                first = index
            } else if token.isIn(.negation) {
                isNegated = true
                first = index
            } else if token.tag == .adverb || analysis.is(index, anyOf: "also", "later", "repeatedly") {
                first = first == head || hasAuxiliary || isNegated ? min(first, index) : first
                if !(first <= index) { break }
            } else {
                break
            }
            index -= 1
        }
        // An adverb of time before the verb ("on Friday publicly raised") stays; a bare "earlier" or "only" goes.
        while first < head,
            analysis.is(
                first, anyOf: "earlier", "later", "only", "then", "now", "as", "so", "however", "meanwhile", "there",
                "here", "when", "where", "why", "how", "even", "today", "yesterday", "tonight")
        { first += 1 }
        let be =
            lastAuxiliary.map {
                analysis.is($0, anyOf: "is", "was", "were", "are", "been", "be", "being", "'s", "'re", "'m")
            } ?? false
        return (first..<head + 1, hasAuxiliary, be && !isIng(head), isNegated)
    }

    /// The tokens `as saying` within reach behind `quoted`.
    private func asSaying(behind head: Int, before end: Int) -> Range<Int>? {
        var index = head + 1
        while index + 1 < end, index < head + 9 {
            if analysis.is(index, "as"), analysis.is(index + 1, anyOf: "saying", "telling") { return index..<index + 2 }
            index += 1
        }
        return nil
    }

    /// Whether an -ing form hangs on a main clause: a comma, or the sentence's start, before it.
    private func isParticiple(_ head: Int, group: Range<Int>, in range: Range<Int>) -> Bool {
        let first = group.lowerBound
        guard first > range.lowerBound else { return false }
        if analysis.is(first - 1, ",") || tokens[first - 1].isQuote { return true }
        // ", and saying", ", while denying".
        return first - 2 >= range.lowerBound
            && analysis.is(first - 1, anyOf: "and", "while", "but", "after", "by", "without", "instead")
    }

    /// The preposition that leads from a verb to its content: `respond to`, `call for`.
    private func preposition(behind head: Int, before end: Int) -> Int? {
        let next = head + 1
        guard next < end else { return nil }
        let leads =
            switch tokens[head].lemma {
            case words.respond, words.object, words.refer, words.point: analysis.is(next, "to")
            case words.call: analysis.is(next, anyOf: "for", "on")
            case words.ask, words.inquire, words.complain, words.know, words.worry:
                analysis.is(next, anyOf: "about", "of", "for")
            case words.warn: analysis.is(next, anyOf: "of", "against")
            case words.insist: analysis.is(next, "on")
            default: false
            }
        return leads ? next : nil
    }

    /// Where a statement that the verb is made in ends: `in a statement`, `in an interview`.
    private func statement(behind start: Int, before end: Int) -> Int? {
        guard start + 2 < end, analysis.is(start, anyOf: "in", "on", "via"),
            tokens[start + 1].tag == .determiner || tokens[start + 1].isIn(.personPronoun)
        else {
            return nil
        }
        var index = start + 2
        while index < min(end, start + 6) {
            if tokens[index].isIn(.documentNoun) || tokens[index].isIn(.cueNoun)
                || analysis.is(index, anyOf: "interview", "speech", "briefing", "call", "media")
            {
                return index + 1
            }
            guard
                tokens[index].tag == .adjective || tokens[index].tag == .noun || tokens[index].tag == .properNoun
                    || tokens[index].isPunctuation && analysis.is(index, "-")
            else { return nil }
            index += 1
        }
        return nil
    }

    /// A colon that parts a source from its content in a headline: `…: sources`, `Kremlin: …`.
    private func colon(in range: Range<Int>) -> Cue? {
        for index in range where analysis.is(index, ":") && index > range.lowerBound && index + 1 < range.upperBound {
            let behind = index + 1..<range.upperBound
            let before = range.lowerBound..<index
            let cue = Cue(form: .colon, head: index, tokens: index..<index + 1, stance: .assert, complement: .speech)
            if behind.count <= 5, speaks(behind) { return cue }
            if before.count <= 4, speaks(before), !speaksNot(before) { return cue }
        }
        return nil
    }

    /// Whether a short run of tokens can be a speaker.
    private func speaks(_ range: Range<Int>) -> Bool {
        if range.contains(where: { tokens[$0].tag == .verb && !tokens[$0].isIn(.personRole) }) { return false }
        let last = range.upperBound - 1
        if tokens[last].isIn(.personRole) || tokens[last].isIn(.documentNoun) || tokens[last].isIn(.mediaName)
            || tokens[last].isIn(.organizationNoun)
        {
            return true
        }
        return analysis.names.contains {
            $0.tokens.lowerBound <= range.lowerBound + 1 && $0.tokens.upperBound == range.upperBound
                && $0.tokens.lowerBound >= range.lowerBound
        }
    }

    private func speaksNot(_ range: Range<Int>) -> Bool { range.contains { tokens[$0].tag == .adposition } }
}

/// Dictionary forms that the rules single out, as numbers of the lexicon.
struct CueWords: Sendable {
    let respond, object, refer, point, call, ask, inquire, complain, know, worry, warn, insist: UInt32

    init(_ lexicon: Lexicon) {
        respond = lexicon.word("respond")
        object = lexicon.word("object")
        refer = lexicon.word("refer")
        point = lexicon.word("point")
        call = lexicon.word("call")
        ask = lexicon.word("ask")
        inquire = lexicon.word("inquire")
        complain = lexicon.word("complain")
        know = lexicon.word("know")
        worry = lexicon.word("worry")
        warn = lexicon.word("warn")
        insist = lexicon.word("insist")
    }
}
