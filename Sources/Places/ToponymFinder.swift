internal import Language
internal import Stories

/// A name of places in the text, with all places that bear it.
struct Toponym {
    /// Its tokens.
    var tokens: Range<Int>
    /// Its normalised name.
    var key: UInt64
    /// The places of that name, as positions of the gazetteer.
    var candidates: Range<Int>
    /// Index of the toponym behind the comma, in which this one lies.
    var container: Int?
    /// The level that the words beside it ask for: `Helmand province`.
    var level: PlaceLevel?
    /// Whether it opens the story: `MOSCOW (Reuters)`.
    var isDateline: Bool
}

/// Finds runs of words that the gazetteer knows, and leaves out those that name something else.
struct ToponymFinder {
    let analysis: Analysis
    let gazetteer: Gazetteer

    private static let longest = 5
    private var tokens: [Token] { analysis.tokens }

    func find() -> [Toponym] {
        var found: [Toponym] = []
        for sentence in analysis.sentences {
            let isDateline = sentence.part == .dateline
            if !isDateline, isUpperCase(sentence) { continue }
            var index = sentence.tokens.lowerBound
            while index < sentence.tokens.upperBound {
                if isBehindPlace(found.last, index, in: sentence),
                    let division = match(at: index, in: sentence, behindComma: true)
                {
                    found[found.count - 1].container = found.count
                    found.append(division)
                    index = division.tokens.upperBound
                    continue
                }
                guard let toponym = match(at: index, in: sentence, behindComma: false),
                    let whole = accepted(toponym, in: sentence)
                else {
                    index += 1
                    continue
                }
                found.append(whole)
                index = whole.tokens.upperBound
            }
        }
        return found
    }

    private func isUpperCase(_ sentence: Sentence) -> Bool {
        sentence.tokens.allSatisfy {
            tokens[$0].isPunctuation || tokens[$0].shape.contains(.allCapitals) || tokens[$0].shape.contains(.digit)
        }
    }

    /// Whether `index` stands right behind the comma behind `last`.
    private func isBehindPlace(_ last: Toponym?, _ index: Int, in sentence: Sentence) -> Bool {
        guard let last, last.tokens.upperBound == index - 1, index - 1 >= sentence.tokens.lowerBound else {
            return false
        }
        return analysis.is(index - 1, ",")
    }

    /// The longest name of the gazetteer that begins at a token.
    private func match(at start: Int, in sentence: Sentence, behindComma: Bool) -> Toponym? {
        guard tokens[start].isCapitalized, !tokens[start].isIn(.functionWord) || isThe(start) else { return nil }
        if behindComma, let abbreviation = abbreviation(at: start) { return abbreviation }
        var key = PlaceKey()
        var best: Toponym?
        var index = start
        while index < sentence.tokens.upperBound, index - start < ToponymFinder.longest * 2,
            key.words < ToponymFinder.longest
        {
            let token = tokens[index]
            if token.isPunctuation {
                guard token.end - token.start == 1, analysis.is(index, "-"), !token.hasSpaceBefore else { break }
            } else {
                if index > start, token.isPossessive(in: analysis, at: index) { break }
                key.append(index, of: analysis)
                if token.isCapitalized || token.shape.contains(.number) {
                    let candidates = gazetteer.find(key.hash)
                    if !candidates.isEmpty {
                        best = Toponym(
                            tokens: start..<index + 1, key: key.hash, candidates: candidates, container: nil,
                            level: nil,
                            isDateline: sentence.part == .dateline)
                    }
                } else if !isJoint(index) {
                    break
                }
            }
            index += 1
        }
        return best
    }

    /// A state's abbreviation: `Pa.`, `NY`.
    private func abbreviation(at index: Int) -> Toponym? {
        guard tokens[index].end - tokens[index].start <= 6 else { return nil }
        var key = PlaceKey()
        key.beginAbbreviation()
        key.append(index, of: analysis)
        let candidates = gazetteer.find(key.hash)
        guard !candidates.isEmpty else { return nil }
        return Toponym(
            tokens: index..<index + 1, key: key.hash, candidates: candidates, container: nil, level: .province,
            isDateline: false)
    }

    private func isThe(_ index: Int) -> Bool { analysis.is(index, "the") }

    /// Whether a lower-case word may stand amid a name.
    private func isJoint(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "of", "the", "and", "on", "upon", "al", "el", "ez", "az", "es", "de", "del", "la", "le", "du",
            "sur", "am", "in")
            || tokens[index].end - tokens[index].start <= 2
    }

    /// The toponym with what its surroundings say; nil where they say that it is no place.
    private func accepted(_ toponym: Toponym, in sentence: Sentence) -> Toponym? {
        var toponym = toponym
        let range = toponym.tokens
        let next = range.upperBound
        let limit = sentence.tokens.upperBound
        let first = gazetteer.place(at: toponym.candidates.lowerBound)
        let hasContainer =
            next + 1 < limit && analysis.is(next, ",") && tokens[next + 1].isCapitalized
            && match(at: next + 1, in: sentence, behindComma: true) != nil
        let isPlaced = range.lowerBound > sentence.tokens.lowerBound && isLocative(range.lowerBound - 1)
        if next < limit, tokens[next].isIn(.streetNoun), tokens[next].isCapitalized { return nil }
        // "North Korean": the place is of the adjective's word.
        if range.count == 1, next < limit, tokens[next].isIn(.nationality),
            tokens[range.lowerBound].isIn(.functionWord)
                || analysis.is(range.lowerBound, anyOf: "north", "south", "east", "west")
        {
            return nil
        }
        if next < limit, let noun = analysis.value(of: next, in: .locationNoun),
            !tokens[next].isCapitalized || tokens[next].isIn(.locationNoun)
        {
            switch noun {
            case 1: toponym.level = .populated
            case 2: toponym.level = .district
            case 3: toponym.level = .province
            default: break
            }
        }
        if sentence.part == .dateline { return toponym }
        if let name = analysis.name(holding: range.lowerBound) {
            let name = analysis.names[name]
            switch name.kind {
            case .location:
                // "Oak Street", "Lincoln Park": the name is a site, which the gazetteer lacks.
                if name.tokens.upperBound > next, tokens[name.tokens.upperBound - 1].isIn(.streetNoun) { return nil }
                return toponym
            case .person:
                guard name.tokens == range, hasContainer || first.level == .country && range.count > 1 else {
                    return nil
                }
                return toponym
            case .organization, .misc:
                let isWhole = name.tokens == range
                guard isWhole, hasContainer || isPlaced || first.level == .country else { return nil }
                return toponym
            }
        }
        // No name: a sentence's first word, or a headline in capitals.
        let word = tokens[range.lowerBound].word
        if range.count == 1, let tag = analysis.lexicon.tag(of: word), tag != .properNoun { return nil }
        return hasContainer || isPlaced || first.level == .country || first.reach >= 500_000 ? toponym : nil
    }

    private func isLocative(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "in", "near", "at", "from", "outside", "around", "across", "to", "toward", "towards", "of",
            "into", "through", "over")
    }
}

extension Token {
    /// Whether the token is the clitic of a possessive.
    func isPossessive(in analysis: Analysis, at index: Int) -> Bool {
        analysis.is(index, "'s") || analysis.is(index, "'")
    }
}
