internal import Language
internal import Stories

/// Finds the names of the gazetteer at a token.
struct ToponymMatcher {
    let analysis: Analysis
    let gazetteer: Gazetteer

    private static let longest = 6
    private var tokens: [Token] { analysis.tokens }

    /// The longest name of the gazetteer that begins at a token and ends before `limit`.
    ///
    /// - Parameter isDateline: whether it stands where towns are printed in capitals.
    func match(at start: Int, before limit: Int, isDateline: Bool = false) -> Toponym? {
        guard isStart(start) else { return nil }
        var key = PlaceKey()
        var best: Toponym?
        var index = start
        while index < limit, index - start < ToponymMatcher.longest * 2, key.words < ToponymMatcher.longest {
            let token = tokens[index]
            if token.isPunctuation {
                guard token.end - token.start == 1, analysis.is(index, "-"), !token.hasSpaceBefore else { break }
            } else {
                if index > start, token.isPossessive(in: analysis, at: index) {
                    // "King's Lynn", "Prince George's County".
                    guard index + 1 < limit, tokens[index + 1].isCapitalized else { break }
                    key.join(index, of: analysis)
                    index += 1
                    continue
                }
                key.append(index, of: analysis)
                if token.isCapitalized || token.shape.contains(.number) {
                    let candidates = gazetteer.find(key.hash)
                    // "Springfield City Council": that some place is called Springfield City at times says little.
                    if !candidates.isEmpty, best.map({ !hasUsual($0.candidates) }) ?? true || hasUsual(candidates) {
                        best = Toponym(tokens: start..<index + 1, key: key.hash, candidates: candidates)
                    }
                } else if !isJoint(index) {
                    break
                }
            }
            index += 1
        }
        return best.flatMap { $0.tokens.count == 1 && !isDateline && isWord(start, $0) ? nil : $0 }
    }

    private func hasUsual(_ candidates: Range<Int>) -> Bool {
        candidates.prefix(8).contains { gazetteer.place(at: $0).isUsual }
    }

    /// Whether a word is no name by itself: “Islands”, an adjective of a people, an acronym of something else.
    private func isWord(_ index: Int, _ toponym: Toponym) -> Bool {
        let token = tokens[index]
        let isCountry = toponym.candidates.first.map { gazetteer.place(at: $0).level == .country } ?? false
        if isCountry { return false }
        if token.isIn(.locationNoun) || token.isIn(.nationality) { return true }
        if analysis.is(
            index, anyOf: "north", "south", "east", "west", "central", "northern", "southern", "eastern", "western")
        {
            return true
        }
        // "HIV", "SWAT": few acronyms are places, and those are countries or divisions. Where all is in capitals, "NO DATE".
        let isAllInCapitals = analysis.sentences[analysis.sentence(holding: index)].isUpperCase(in: analysis)
        let isCommon = analysis.lexicon.tag(of: token.word).map { $0 != .properNoun } ?? false
        guard token.shape.contains(.allCapitals), isAllInCapitals ? isCommon : token.end - token.start <= 5 else {
            return false
        }
        return !toponym.candidates.prefix(3).contains {
            let place = gazetteer.place(at: $0)
            // "L.A.", "NYC", "D.C."
            return place.isUsual && (place.level != .populated && place.level != .district || place.reach >= 1_000_000)
        }
    }

    /// The name of the gazetteer that a stretch of tokens is, in another spelling of a foreign script.
    func respelled(_ range: Range<Int>) -> Toponym? {
        var key = PlaceKey()
        for index in range where !tokens[index].isPunctuation { key.append(index, of: analysis) }
        guard key.words <= ToponymMatcher.longest, let skeleton = key.skeleton else { return nil }
        // English words look like anything once their vowels are gone.
        guard !range.contains(where: { analysis.lexicon.tag(of: tokens[$0].word).map { $0 != .properNoun } ?? false })
        else {
            return nil
        }
        let candidates = gazetteer.find(skeleton)
        guard !candidates.isEmpty else { return nil }
        return Toponym(tokens: range, key: skeleton, candidates: candidates, isRespelled: true)
    }

    /// The name that a token makes with a word that stands elsewhere: `Douglas` of “Douglas and Sarpy counties”.
    func match(_ range: Range<Int>, with word: String) -> Toponym? {
        var key = PlaceKey()
        for index in range where !tokens[index].isPunctuation { key.append(index, of: analysis) }
        key.append(word: word)
        let candidates = gazetteer.find(key.hash)
        return candidates.isEmpty ? nil : Toponym(tokens: range, key: key.hash, candidates: candidates)
    }

    /// A division's abbreviation: `Pa.`, `NY`.
    func abbreviation(at index: Int) -> Toponym? {
        guard tokens[index].isCapitalized, tokens[index].end - tokens[index].start <= 6, isShort(index) else {
            return nil
        }
        var key = PlaceKey()
        key.beginAbbreviation()
        key.append(index, of: analysis)
        let candidates = gazetteer.find(key.hash)
        if !candidates.isEmpty {
            return Toponym(tokens: index..<index + 1, key: key.hash, candidates: candidates, level: .province)
        }
        // "W. Va.", "N. Y.": two tokens.
        let next = index + 1
        guard next < tokens.count, tokens[index].end - tokens[index].start == 2, tokens[next].isCapitalized,
            tokens[next].end - tokens[next].start <= 3
        else { return nil }
        key.append(next, of: analysis)
        let long = gazetteer.find(key.hash)
        return long.isEmpty ? nil : Toponym(tokens: index..<next + 1, key: key.hash, candidates: long, level: .province)
    }

    /// Whether two letters are a division's and no form of address: `Ga.`, `GA`, not `Ms.`, `Co.`.
    private func isShort(_ index: Int) -> Bool {
        let token = tokens[index]
        if analysis.is(index, "l.a.") { return false }
        guard token.end - token.start <= 3, !token.shape.contains(.allCapitals) else { return true }
        return analysis.is(
            index, anyOf: "ga.", "pa.", "va.", "md.", "ky.", "la.", "vt.", "ct.", "mo.", "ga", "pa", "va", "md", "ky",
            "vt")
    }

    /// Whether a name may begin at a token.
    private func isStart(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.isCapitalized else { return false }
        guard token.isIn(.functionWord) else { return true }
        // "US" is no pronoun; "The Hague" begins with its article.
        return token.shape.contains(.allCapitals) && token.end - token.start <= 3 && !analysis.is(index, "it")
            || analysis.is(index, anyOf: "the", "of", "la", "de", "los", "el")
    }

    /// Whether a lower-case word may stand amid a name.
    private func isJoint(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "of", "the", "and", "on", "upon", "al", "el", "ez", "az", "es", "de", "del", "la", "le", "du",
            "sur", "am", "in", "under", "by")
            || tokens[index].end - tokens[index].start <= 2
    }
}

extension Sentence {
    /// Whether a sentence has no word in lower case, as headings are printed.
    func isUpperCase(in analysis: Analysis) -> Bool {
        tokens.allSatisfy {
            let token = analysis.tokens[$0]
            return token.isPunctuation || token.shape.contains(.allCapitals) || token.shape.contains(.digit)
        }
    }
}
