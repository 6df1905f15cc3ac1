internal import Language
internal import Stories

/// Finds the noun phrases that sources are made of, by tags, to the left and to the right of a token.
struct PhraseFinder {
    let analysis: Analysis
    private var tokens: [Token] { analysis.tokens }

    /// The subject whose last word stands before `end`, no further left than `start`.
    ///
    /// Takes in restrictive and non-restrictive relative clauses and appositions: all that says who it is.
    /// Expressions of time between subject and verb are left out.
    func subject(before end: Int, from start: Int) -> Range<Int>? {
        var edge = skipTime(before: end, from: start)
        guard edge > start else { return nil }
        let last = edge - 1
        if analysis.is(last, ",") || tokens[last].shape.contains(.dash) {
            return interrupted(by: last, from: start)
        }
        if tokens[last].isQuote || tokens[last].isPunctuation && !analysis.is(last, ")") { return nil }
        if analysis.is(last, ")") {
            // "the joint centre (JCCC) said"
            var open = last
            while open > start, !analysis.is(open, "("), last - open < 8 { open -= 1 }
            guard analysis.is(open, "("), open > start else { return nil }
            edge = open
            guard let head = phrase(endingAt: edge, from: start) else { return nil }
            return head.lowerBound..<last + 1
        }
        return phrase(endingAt: edge, from: start)
    }

    /// The antecedent and relative pronoun where the subject of a verb is `who`, `which` or `that`.
    func relative(at pronoun: Int, from start: Int) -> Range<Int>? {
        var edge = pronoun
        if edge > start, analysis.is(edge - 1, ",") { edge -= 1 }
        guard edge > start, let head = phrase(endingAt: edge, from: start) else { return nil }
        return head.lowerBound..<pronoun + 1
    }

    /// Skips `on Wednesday`, `last week`, `earlier` leftwards; gives the new end.
    private func skipTime(before end: Int, from start: Int) -> Int {
        var edge = end
        while edge > start {
            let last = edge - 1
            if tokens[last].isIn(.weekday) || tokens[last].isIn(.timeWord) && tokens[last].tag != .pronoun {
                edge = last
                if edge > start, analysis.is(edge - 1, anyOf: "on", "late", "early", "since", "by", "last") {
                    edge -= 1
                }
                if edge > start, analysis.is(edge - 1, anyOf: "late", "early") { edge -= 1 }
            } else if tokens[last].isIn(.timeUnit), last > start, analysis.is(last - 1, anyOf: "last", "this", "next") {
                edge = last - 1
                if edge > start, analysis.is(edge - 1, anyOf: "earlier", "late", "later") { edge -= 1 }
            } else if tokens[last].shape.contains(.number), last - 1 > start, tokens[last - 1].isIn(.month) {
                edge = last - 1
                if edge > start, analysis.is(edge - 1, "on") { edge -= 1 }
            } else {
                break
            }
        }
        return edge
    }

    /// A subject with something between commas before the verb: `Maria Zakharova, a spokeswoman for the ministry, said`.
    private func interrupted(by comma: Int, from start: Int) -> Range<Int>? {
        var index = comma - 1
        var opening: Int?
        while index > start {
            if analysis.is(index, ",") || tokens[index].shape.contains(.dash) {
                // Ages and places ("Ekaterina Ivanova, 20, whose mother") have commas of their own.
                opening = index
                let behind = index + 1
                if startsInsertion(behind) { break }
            }
            if tokens[index].isQuote { return nil }
            index -= 1
        }
        guard var opening, opening > start else { return nil }
        // An age before the insertion belongs to the name.
        if opening - 2 > start, tokens[opening - 1].shape.contains(.number), analysis.is(opening - 2, ",") {
            opening -= 2
        }
        guard let head = phrase(endingAt: opening, from: start) else { return nil }
        return head.lowerBound..<comma + 1
    }

    /// Whether words that describe a person or body begin at a token behind a comma.
    private func startsInsertion(_ index: Int) -> Bool {
        let token = tokens[index]
        if analysis.is(index, anyOf: "who", "whose", "which", "where", "speaking", "also", "asked", "an", "a", "the") {
            return true
        }
        return token.isIn(.personRole) || token.tag == .adjective || token.tag == .adposition
    }

    /// The noun phrase that ends just before `end`, with the antecedent where it ends a relative clause: `a driver who saw
    /// the blast`.
    func phrase(endingAt end: Int, from start: Int) -> Range<Int>? {
        guard let phrase = plainPhrase(endingAt: end, from: start) else { return nil }
        guard let pronoun = openRelative(before: phrase.lowerBound, from: start), pronoun > start,
            let antecedent = plainPhrase(endingAt: pronoun, from: start)
        else { return phrase }
        return antecedent.lowerBound..<end
    }

    /// A `who` to the left with one verb behind it, that no other clause parts from the phrase.
    private func openRelative(before first: Int, from start: Int) -> Int? {
        var verbs = 0
        var index = first - 1
        while index > start, first - index <= 14 {
            let token = tokens[index]
            if analysis.is(index, "who") { return verbs == 1 ? index : nil }
            if token.isPunctuation, !analysis.is(index, "-") { return nil }
            if token.tag == .verb {
                // "who said the army denied it": the phrase is the subject of a clause of its own.
                if let kind = analysis.value(of: index, in: .cueVerb), kind / 10 % 10 == 1 { return nil }
                verbs += 1
            }
            if token.tag == .subordinatingConjunction { return nil }
            index -= 1
        }
        return nil
    }

    private func plainPhrase(endingAt end: Int, from start: Int) -> Range<Int>? {
        var index = end - 1
        guard index >= start, canEndPhrase(index) else { return nil }
        if tokens[index].tag == .pronoun,
            tokens[index].isIn(.personPronoun) || !tokens[index].isIn(.functionWord)
                || analysis.is(index, anyOf: "this", "that", "these", "those", "others", "some", "many", "all", "both")
        {
            return index..<end
        }
        var first = end
        var steps = 0
        while index >= start, steps < 40 {
            steps += 1
            let token = tokens[index]
            if let name = analysis.name(holding: index), analysis.names[name].tokens.lowerBound >= start {
                first = analysis.names[name].tokens.lowerBound
                index = first - 1
                continue
            }
            switch token.tag {
            case .noun, .properNoun, .numeral, .adjective, .symbol, .other:
                if first < end, tokens[first].tag == .determiner, token.tag == .noun || token.tag == .properNoun {
                    return first..<end  // Two phrases side by side.
                }
                first = index
            case .verb:
                // "a wounded soldier"; "people briefed on the matter"; "a source who knows".
                if first < end, isModifier(index, before: first) {
                    first = index
                } else if let relative = relativePronoun(before: index, from: start) {
                    index = relative - 1
                    while index > start, analysis.is(index, ",") { index -= 1 }
                    first = index + 1
                    guard index >= start, canEndPhrase(index) else { return nil }
                    continue
                } else if let noun = reducedClause(before: index, from: start) {
                    first = noun
                    index = noun
                    continue
                } else {
                    return first < end ? first..<end : nil
                }
            case .determiner:
                first = index
                if index > start, tokens[index - 1].tag == .determiner || tokens[index - 1].isIn(.quantityModifier) {
                    first = index - 1
                    index -= 1
                }
                // "officials at the ministry": go on through the preposition.
                guard let before = throughPreposition(index, from: start) else { return first..<end }
                first = before + 1
                index = before
                continue
            case .pronoun:
                if isPossessivePronoun(index) {
                    first = index
                    guard let before = throughPreposition(index, from: start) else { return first..<end }
                    first = before + 1
                    index = before
                    continue
                }
                return first < end ? first..<end : nil
            case .particle where analysis.is(index, anyOf: "'s", "'"):
                first = index
            case .adposition:
                guard first < end, index > start, isConnector(index), canEndPhrase(index - 1),
                    !startsClause(index, from: start)
                else {
                    return first < end ? first..<end : nil
                }
                first = index
            case .adverb:
                guard first < end, tokens[first].tag == .adjective || tokens[first].tag == .verb else {
                    return first < end ? first..<end : nil
                }
                first = index
            case .coordinatingConjunction:
                // "officials and associates of the fighters": both sides are people or names.
                guard first < end, index > start, joinsPhrases(index, right: first) else {
                    return first < end ? first..<end : nil
                }
                if analysis.is(index - 1, ","), index - 1 > start { index -= 1 }
                first = index
            case .punctuation:
                if analysis.is(index, "-"), !token.hasSpaceBefore, first < end, index > start {
                    first = index
                } else if analysis.is(index, "'") || analysis.is(index, "&") {
                    first = index
                } else {
                    return first < end ? first..<end : nil
                }
            default:
                return first < end ? first..<end : nil
            }
            index -= 1
        }
        return first < end ? trimmed(first..<end) : nil
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int>? {
        var first = range.lowerBound
        while first < range.upperBound,
            tokens[first].tag == .adposition || tokens[first].tag == .coordinatingConjunction
                || tokens[first].isPunctuation
        { first += 1 }
        return first < range.upperBound ? first..<range.upperBound : nil
    }

    private func canEndPhrase(_ index: Int) -> Bool {
        let token = tokens[index]
        switch token.tag {
        case .noun, .properNoun, .pronoun, .numeral, .adjective, .other: return true
        case .verb: return token.isIn(.personRole) || analysis.lexicon.canBe(token.word, .noun) || endsWithEd(index)
        case .determiner:
            return analysis.is(index, anyOf: "this", "that", "these", "those", "some", "all", "many", "both", "others")
        case .punctuation: return analysis.is(index, ")")
        default: return token.isIn(.personRole) || analysis.name(holding: index) != nil
        }
    }

    private func endsWithEd(_ index: Int) -> Bool {
        let bytes = analysis.story.bytes
        let end = Int(tokens[index].end)
        return end - Int(tokens[index].start) > 3 && bytes[end - 1] == UInt8(ascii: "d")
            && bytes[end - 2] == UInt8(ascii: "e")
    }

    private func isModifier(_ index: Int, before first: Int) -> Bool {
        let next = tokens[first].tag
        return endsWithEd(index) && (next == .noun || next == .properNoun)
            && !(index > 0
                && (tokens[index - 1].tag == .noun || tokens[index - 1].tag == .properNoun
                    || tokens[index - 1].tag == .pronoun))
    }

    /// `who`, `which` or `that` within reach to the left, without a comma between.
    private func relativePronoun(before verb: Int, from start: Int) -> Int? {
        var index = verb - 1
        while index > start, verb - index <= 4 {
            if analysis.is(index, anyOf: "who", "which", "whose") { return index }
            if tokens[index].isPunctuation || tokens[index].tag == .noun { return nil }
            index -= 1
        }
        return nil
    }

    /// A person's noun before a participle that describes it: `people briefed on`, `men wounded in`.
    private func reducedClause(before verb: Int, from start: Int) -> Int? {
        guard verb > start,
            endsWithEd(verb)
                || analysis.is(verb, anyOf: "speaking", "working", "living", "involved", "taken", "close", "serving"),
            !tokens[verb - 1].isPunctuation
        else { return nil }
        let noun = verb - 1
        return tokens[noun].isIn(.personRole) || tokens[noun].isIn(.organizationNoun) || tokens[noun].isIn(.personNoun)
            ? noun : nil
    }

    private func throughPreposition(_ index: Int, from start: Int) -> Int? {
        let preposition = index - 1
        guard preposition > start, tokens[preposition].tag == .adposition, isConnector(preposition),
            canEndPhrase(preposition - 1), !startsClause(preposition, from: start)
        else { return nil }
        return preposition - 1
    }

    /// Prepositions that tie a description to its noun.
    private func isConnector(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "of", "for", "in", "at", "from", "with", "to", "on", "by", "near", "inside", "outside",
            "within", "among", "behind", "under")
    }

    /// Whether the noun before a preposition is itself the end of another clause, as in "on Tuesday in Moscow".
    private func startsClause(_ preposition: Int, from start: Int) -> Bool {
        let before = tokens[preposition - 1]
        return before.isIn(.weekday) || before.isIn(.month) || before.tag == .pronoun
    }

    private func isPossessivePronoun(_ index: Int) -> Bool {
        analysis.is(index, anyOf: "his", "her", "its", "their", "our", "my", "your", "whose")
    }

    private func joinsPhrases(_ conjunction: Int, right first: Int) -> Bool {
        let left = conjunction - 1
        let leftIndex = analysis.is(left, ",") ? left - 1 : left
        guard leftIndex >= 0 else { return false }
        func isPerson(_ index: Int) -> Bool {
            tokens[index].isIn(.personRole) || tokens[index].isIn(.organizationNoun)
                || analysis.name(holding: index) != nil || tokens[index].tag == .properNoun
        }
        var right = first
        while right < first + 4, right < tokens.count, !isPerson(right) { right += 1 }
        return isPerson(leftIndex) && right < tokens.count && isPerson(right)
    }

    /// The noun phrase that begins at `start`: where it ends, with its modifiers and clauses.
    func phrase(startingAt start: Int, before end: Int) -> Range<Int>? {
        guard start < end else { return nil }
        if tokens[start].isIn(.personPronoun) { return start..<start + 1 }
        var index = start
        var last = start
        var hasHead = false
        while index < end {
            if let name = analysis.name(holding: index) {
                index = min(analysis.names[name].tokens.upperBound, end)
                last = index
                hasHead = true
                continue
            }
            let token = tokens[index]
            switch token.tag {
            case .noun, .properNoun, .numeral, .symbol, .other:
                hasHead = true
                last = index + 1
            case .determiner:
                if hasHead, tokens[index - 1].tag != .adposition, tokens[index - 1].tag != .coordinatingConjunction,
                    index > start
                {
                    return start..<last
                }
            case .adjective, .particle, .adverb:
                if hasHead, token.tag == .adverb { return start..<last }
                if hasHead, analysis.is(index, "familiar") { last = index + 1 }
            case .pronoun:
                if analysis.is(index, anyOf: "who", "whose"), hasHead {
                    return start..<clauseEnd(from: index, before: end)
                }
                guard isPossessivePronoun(index) || index == start else { return hasHead ? start..<last : nil }
                if !isPossessivePronoun(index) { return start..<index + 1 }
            case .adposition:
                guard hasHead, isConnector(index), index + 1 < end else { return hasHead ? start..<last : nil }
                if tokens[index + 1].isIn(.weekday) || tokens[index + 1].isIn(.month) { return start..<last }
            case .coordinatingConjunction:
                guard hasHead, index + 1 < end, tokens[index + 1].tag != .verb, tokens[index + 1].tag != .auxiliary,
                    joinsPhrases(index, right: index + 1)
                else {
                    return hasHead ? start..<last : nil
                }
            case .verb:
                guard hasHead,
                    endsWithEd(index) && index + 1 < end && (tokens[index + 1].tag == .adposition || index + 1 == end)
                        || !hasHead && endsWithEd(index)
                else {
                    return hasHead ? start..<last : nil
                }
                last = index + 1
            case .punctuation:
                if analysis.is(index, "-"), !token.hasSpaceBefore { break }
                if analysis.is(index, ","), hasHead, index + 1 < end {
                    if let close = insertionEnd(from: index, before: end) { return start..<close }
                    if listGoesOn(index, before: end) { break }
                }
                return hasHead ? start..<last : nil
            default:
                return hasHead ? start..<last : nil
            }
            index += 1
        }
        return hasHead ? start..<last : nil
    }

    /// Where an apposition or clause behind a comma ends: `, a spokeswoman for the ministry`, `, who spoke to reporters`.
    private func insertionEnd(from comma: Int, before end: Int) -> Int? {
        let next = comma + 1
        var from = next
        if tokens[next].shape.contains(.number), next + 1 < end, analysis.is(next + 1, ",") {
            // An age: goes in with what follows it, if that describes too.
            from = next + 2
            guard from < end else { return next + 2 }
        }
        guard
            analysis.is(from, anyOf: "a", "an", "the", "who", "whose") || tokens[from].isIn(.personRole)
                || analysis.is(from, "speaking")
        else {
            return from > next ? next + 1 : nil
        }
        if analysis.is(from, anyOf: "a", "an", "the") {
            // The apposition must name a role or a body, else it is something else (a list, the next clause).
            var index = from
            var names = false
            while index < min(from + 8, end), !tokens[index].isPunctuation || analysis.is(index, "-") {
                if tokens[index].isIn(.personRole) || tokens[index].isIn(.organizationNoun)
                    || tokens[index].isIn(.title)
                {
                    names = true
                }
                if tokens[index].tag == .verb, !endsWithEd(index) { break }
                index += 1
            }
            guard names else { return nil }
        }
        return clauseEnd(from: from, before: end)
    }

    private func listGoesOn(_ comma: Int, before end: Int) -> Bool {
        let next = comma + 1
        if analysis.is(next, "and"), next + 1 < end { return joinsPhrases(next, right: next + 1) }
        guard let name = analysis.name(holding: next) else { return false }
        let after = analysis.names[name].tokens.upperBound
        return after < end && (analysis.is(after, ",") || analysis.is(after, "and"))
    }

    /// Where a clause that began at `start` ends: at a comma, a dash or the end.
    private func clauseEnd(from start: Int, before end: Int) -> Int {
        var index = start
        while index < end {
            if analysis.is(index, ",") || tokens[index].shape.contains(.dash) || tokens[index].shape.contains(.terminal)
                || tokens[index].isQuote || analysis.is(index, ":") || analysis.is(index, ";")
            {
                return index
            }
            index += 1
        }
        return end
    }
}
