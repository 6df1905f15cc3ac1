internal import Stories

/// Finds names as runs of capitalised words, and tells persons, organizations, locations and others apart by what
/// stands in and beside them.
struct NameFinder {
    let analysis: Analysis

    /// The names of the story in order, without entity numbers.
    ///
    /// - Complexity: O(*n*) in the number of tokens.
    func find() -> [Analysis.Name] {
        var names: [Analysis.Name] = []
        for sentence in analysis.sentences {
            guard !isUpperCase(sentence) || sentence.part == .dateline else { continue }
            var index = sentence.tokens.lowerBound
            while index < sentence.tokens.upperBound {
                guard begins(index, in: sentence) else {
                    index += 1
                    continue
                }
                let end = self.end(from: index, in: sentence)
                append(index..<end, in: sentence, to: &names)
                index = end
            }
        }
        return names
    }

    private var tokens: [Token] { analysis.tokens }

    private func isUpperCase(_ sentence: Sentence) -> Bool {
        var words = 0
        for index in sentence.tokens where !tokens[index].isPunctuation {
            if !tokens[index].shape.contains(.allCapitals), !tokens[index].shape.contains(.digit) { return false }
            words += 1
        }
        return words > 0
    }

    /// Whether a name can begin at a token.
    private func begins(_ index: Int, in sentence: Sentence) -> Bool {
        let token = tokens[index]
        guard !token.isPunctuation else { return false }
        if !token.isCapitalized {
            // "al-Assad", "bin Laden", "de Mistura" amid a sentence.
            return isParticle(index) && index + 1 < sentence.tokens.upperBound && particleJoins(index, in: sentence)
        }
        if token.isIn(.functionWord) || token.isIn(.month) || token.isIn(.weekday) || token.isIn(.notName) {
            return false
        }
        if token.isIn(.title) {
            // A title alone is no name; with one behind it, it is cut off later.
            return index + 1 < sentence.tokens.upperBound && tokens[index + 1].isCapitalized
        }
        // In a headline written with capitals everywhere, only what the lexicon does not know as a common word.
        let isFirst = index == firstWord(of: sentence)
        if isFirst || sentence.part == .headline && isTitleCase(sentence) {
            return startsName(index, in: sentence)
        }
        return true
    }

    private func isTitleCase(_ sentence: Sentence) -> Bool {
        var words = 0
        var upper = 0
        for index in sentence.tokens where !tokens[index].isPunctuation && !tokens[index].isIn(.functionWord) {
            words += 1
            if tokens[index].isCapitalized { upper += 1 }
        }
        return words > 3 && upper * 5 >= words * 4
    }

    private func firstWord(of sentence: Sentence) -> Int {
        var index = sentence.tokens.lowerBound
        while index + 1 < sentence.tokens.upperBound, tokens[index].isPunctuation { index += 1 }
        return index
    }

    /// Whether the capital at a sentence's start is more than the sentence's own.
    private func startsName(_ index: Int, in sentence: Sentence) -> Bool {
        let token = tokens[index]
        if token.shape.contains(.allCapitals) && token.end - token.start > 1 { return true }
        if token.isIn(.locationName) || token.isIn(.organizationName) || token.isIn(.givenName)
            || token.isIn(.nationality)
            || token.isIn(.mediaName)
        {
            return true
        }
        if analysis.lexicon.longestPhrase(from: token.word) > 0,
            analysis.phrase(at: index, in: .locationName, before: sentence.tokens.upperBound) != nil
                || analysis.phrase(at: index, in: .organizationName, before: sentence.tokens.upperBound) != nil
                || analysis.phrase(at: index, in: .mediaName, before: sentence.tokens.upperBound) != nil
        {
            return true
        }
        let tag = analysis.lexicon.tag(of: token.word)
        if tag == nil || tag == .properNoun { return true }
        // "Emergency Situations Ministry said": a known word goes with capitals behind it.
        guard index + 1 < sentence.tokens.upperBound else { return false }
        let next = tokens[index + 1]
        return next.isCapitalized && !next.isIn(.functionWord) && !next.isIn(.month) && !next.isIn(.weekday)
            && tag == .noun
    }

    private func isParticle(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "al", "el", "bin", "ibn", "de", "van", "von", "der", "da", "di", "du", "la", "le", "ben",
            "abu")
    }

    private func particleJoins(_ index: Int, in sentence: Sentence) -> Bool {
        let next = index + 1
        guard next < sentence.tokens.upperBound else { return false }
        if analysis.is(next, "-") {
            return next + 1 < sentence.tokens.upperBound && tokens[next + 1].isCapitalized
                && !tokens[next].hasSpaceBefore
        }
        return tokens[next].isCapitalized && !analysis.is(index, anyOf: "la", "le", "de", "du", "da", "di")
    }

    /// Where the run of words that a name may take ends.
    private func end(from start: Int, in sentence: Sentence) -> Int {
        let limit = sentence.tokens.upperBound
        var index = start + 1
        if !tokens[start].isCapitalized, analysis.is(index, "-") { index += 1 }
        while index < limit {
            let token = tokens[index]
            if token.isPunctuation {
                // Hyphens inside a name, and & between its words.
                let isJoint =
                    (analysis.is(index, "-") && !token.hasSpaceBefore) || analysis.is(index, "&")
                    || analysis.is(index, "–") && !token.hasSpaceBefore
                guard isJoint, index + 1 < limit,
                    tokens[index + 1].isCapitalized
                        || tokens[index + 1].shape.contains(.digit) && !tokens[index + 1].hasSpaceBefore
                        || isParticle(index + 1)
                else { break }
                if analysis.is(index, "-"), tokens[index + 1].hasSpaceBefore { break }
                index += 2
                continue
            }
            if token.isCapitalized {
                if token.isIn(.functionWord), !(token.shape.contains(.allCapitals) && token.end - token.start > 2) {
                    break
                }
                if token.isIn(.month) || token.isIn(.weekday) { break }
                index += 1
                continue
            }
            if token.shape.contains(.number), token.end - token.start <= 3,
                tokens[index - 1].shape.contains(.capitalized), tokens[start].isIn(.organizationName)
            {
                break
            }
            // "Ministry of Defence", "University of the South", "Deir al-Zor", "Maria Dolores de Cospedal".
            if analysis.is(index, "of"), index + 1 < limit,
                holds(start..<index, .organizationNoun) || holds(start..<index, .locationNoun)
                    || holds(start..<index, .documentNoun)
            {
                var next = index + 1
                if analysis.is(next, "the"), next + 1 < limit { next += 1 }
                if tokens[next].isCapitalized, !tokens[next].isIn(.functionWord), !tokens[next].isIn(.month) {
                    index = next + 1
                    continue
                }
                break
            }
            if analysis.is(index, anyOf: "for", "and"), index + 1 < limit, tokens[index + 1].isCapitalized,
                holds(start..<index, .organizationNoun), index + 2 >= limit || !analysis.is(index + 2, "said")
            {
                // "Organization for Security and Cooperation in Europe", "Joint Centre for Control and Coordination".
                if analysis.is(index, "for") || self.joinsOrganization(start, index) {
                    index += 2
                    continue
                }
                break
            }
            if analysis.is(index, "in"), index + 1 < limit, tokens[index + 1].isCapitalized,
                holdsWord(start..<index, "for")
            {
                index += 2
                continue
            }
            if isParticle(index), index > start,
                particleJoins(index, in: sentence)
                    || analysis.is(index, anyOf: "de", "da", "di", "la", "le", "du") && index + 1 < limit
                        && tokens[index + 1].isCapitalized
            {
                index += analysis.is(index + 1, "-") ? 3 : 2
                continue
            }
            break
        }
        return min(index, limit)
    }

    private func holds(_ range: Range<Int>, _ list: WordList) -> Bool { range.contains { tokens[$0].isIn(list) } }
    private func holdsWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
        range.contains { analysis.is($0, word) }
    }
    private func joinsOrganization(_ start: Int, _ index: Int) -> Bool {
        holdsWord(start..<index, "for") || holdsWord(start..<index, "of")
    }

    /// Cuts titles and articles off a run, splits it where two names stand side by side, and files what is left.
    private func append(_ run: Range<Int>, in sentence: Sentence, to names: inout [Analysis.Name]) {
        var start = run.lowerBound
        var end = run.upperBound
        var hasTitle = false
        // "Russian President Vladimir Putin": people's adjective and title go.
        while start < end - 1 || start < end && tokens[start].isIn(.title) {
            let token = tokens[start]
            if token.isIn(.title), start < end {
                hasTitle = true
                start += 1
                if start < end, analysis.is(start, "-"), !tokens[start].hasSpaceBefore, start + 1 < end { start += 2 }
            } else if token.isIn(.nationality), start + 1 < end, reachesTitle(start + 1, end) {
                names.append(Analysis.Name(tokens: start..<start + 1, kind: .misc, entity: -1))
                start += 1
            } else if reachesTitle(start, end),
                token.tag != .properNoun || token.isIn(.organizationNoun) || token.isIn(.notName)
                    || isOfficeWord(start, end)
            {
                // "Foreign Minister Sergei Lavrov", "Defence Minister Stepan Poltorak".
                start += 1
            } else {
                break
            }
        }
        while end > start, tokens[end - 1].isPunctuation { end -= 1 }
        guard start < end else { return }
        // "U.S. President" style: a place, then a title amid the run.
        for index in start..<end
        where tokens[index].isIn(.title) && index > start && index + 1 < end && !tokens[index].isIn(.organizationNoun) {
            let before = start..<index
            if kind(of: before, hasTitle: false, in: sentence) == .location || tokens[index - 1].isIn(.locationName) {
                names.append(Analysis.Name(tokens: before, kind: .location, entity: -1))
            } else if holds(before, .organizationNoun) || before.allSatisfy({ tokens[$0].shape.contains(.allCapitals) })
            {
                names.append(Analysis.Name(tokens: before, kind: .organization, entity: -1))
            }
            names.append(Analysis.Name(tokens: index + 1..<end, kind: .person, entity: -1))
            return
        }
        if start < end, let kind = kind(of: start..<end, hasTitle: hasTitle, in: sentence) {
            names.append(Analysis.Name(tokens: start..<end, kind: kind, entity: -1))
        }
    }

    /// Whether a title stands in a run at `start` or up to three words behind it, with more behind it.
    private func reachesTitle(_ start: Int, _ end: Int) -> Bool {
        for index in start..<min(start + 4, end) where tokens[index].isIn(.title) && index + 1 < end { return true }
        return false
    }

    /// Words of an office: `Foreign` Minister, `Prime` Minister, `Defence` Secretary.
    private func isOfficeWord(_ index: Int, _ end: Int) -> Bool {
        guard index + 1 < end, tokens[index + 1].isIn(.title) else { return false }
        let tag = analysis.lexicon.tag(of: tokens[index].word)
        return tag == .adjective || tag == .noun
    }

    private func kind(of range: Range<Int>, hasTitle: Bool, in sentence: Sentence) -> NameMention.Kind? {
        let first = tokens[range.lowerBound]
        let last = tokens[range.upperBound - 1]
        if let media = analysis.phrase(at: range.lowerBound, in: .mediaName, before: range.upperBound),
            media.count == range.count
        {
            return .organization
        }
        if let phrase = analysis.phrase(at: range.lowerBound, in: .organizationName, before: range.upperBound),
            phrase.count == range.count
        {
            return .organization
        }
        if !hasTitle, let phrase = analysis.phrase(at: range.lowerBound, in: .locationName, before: range.upperBound),
            phrase.count == range.count
        {
            return .location
        }
        if range.count == 1, first.isIn(.nationality) { return .misc }
        if hasTitle { return .person }
        if holds(range, .organizationNoun) { return .organization }
        if last.isIn(.locationNoun) || first.isIn(.locationNoun) && range.count > 1 { return .location }
        if first.isIn(.givenName), range.count > 1 { return .person }
        if range.contains(where: { tokens[$0].isIn(.documentNoun) }), range.count > 1 { return .misc }
        if range.count == 1, first.shape.contains(.allCapitals) {
            return first.end - first.start >= 2 ? .organization : nil
        }
        // Whose surroundings tell: "spokesman X Y", "X Y, 26,", "X Y said".
        let before = range.lowerBound > sentence.tokens.lowerBound ? range.lowerBound - 1 : nil
        let after = range.upperBound < sentence.tokens.upperBound ? range.upperBound : nil
        if let before, tokens[before].isIn(.personRole) { return .person }
        if let after {
            if tokens[after].isIn(.cueVerb), tokens[after].tag == .verb, range.count <= 3 { return .person }
            if analysis.is(after, ","), after + 1 < sentence.tokens.upperBound {
                let next = tokens[after + 1]
                if next.shape.contains(.number), next.end - next.start <= 2 { return .person }
                if analysis.is(after + 1, anyOf: "a", "an", "the", "who"), range.count >= 2,
                    followsRole(after + 1, sentence)
                {
                    return .person
                }
            }
        }
        if let before,
            analysis.is(
                before, anyOf: "in", "near", "at", "from", "into", "outside", "around", "to", "toward", "towards"),
            range.count <= 3
        {
            return range.count == 1 || !analysis.is(before, anyOf: "to", "from", "at") ? .location : .person
        }
        if range.count == 2 || range.count == 3 {
            return range.allSatisfy { analysis.lexicon.tag(of: tokens[$0].word).map { $0 == .properNoun } ?? true }
                ? .person : .misc
        }
        return range.count == 1 && analysis.lexicon.tag(of: first.word) == .noun
            ? .misc : range.count == 1 ? .person : .misc
    }

    /// Whether a phrase at `index` names a person's role within the next words: `, a spokeswoman for`.
    private func followsRole(_ index: Int, _ sentence: Sentence) -> Bool {
        if analysis.is(index, "who") { return true }
        for later in index..<min(index + 6, sentence.tokens.upperBound) {
            if tokens[later].isIn(.personRole) { return true }
            if tokens[later].isPunctuation, !analysis.is(later, "-") { return false }
        }
        return false
    }
}
