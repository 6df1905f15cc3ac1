internal import Language
internal import Stories

/// A name in a list that one noun closes: `Douglas`, `Sarpy` and `Lancaster` before “counties”.
struct ListedName {
    var tokens: Range<Int>
    /// The noun of one of them; nil where they are streets.
    var noun: String?
}

extension ToponymFinder {
    // MARK: Lists

    /// The names of a stretch that a noun in the plural closes.
    func lists(in range: Range<Int>) -> [ListedName] {
        var lists: [ListedName] = []
        for index in range where isPlural(index) {
            let noun: String?? =
                if analysis.is(index, "counties") {
                    "county"
                } else if analysis.is(index, "parishes") {
                    "parish"
                } else if analysis.is(index, "rivers") {
                    "river"
                } else if analysis.is(index, anyOf: "streets", "roads", "avenues", "drives", "lanes", "sts.", "aves.") {
                    .some(nil)
                } else {
                    nil
                }
            guard let noun else { continue }
            collect(before: index, noun: noun, from: range.lowerBound, into: &lists)
        }
        return lists
    }

    private func isPlural(_ index: Int) -> Bool {
        let token = tokens[index]
        let last = analysis.story.bytes[Int(token.end) - 1]
        return token.end - token.start >= 4 && (last == UInt8(ascii: "s") || last == UInt8(ascii: "."))
    }

    private func collect(before noun: Int, noun word: String?, from first: Int, into lists: inout [ListedName]) {
        var end = noun
        var found: [ListedName] = []
        while end > first, found.count < 12 {
            var start = end
            while start > first, tokens[start - 1].isCapitalized || isOrdinalNumber(start - 1), end - start < 4 {
                start -= 1
            }
            guard start < end else { break }
            found.append(ListedName(tokens: start..<end, noun: word))
            end = start
            while end > first, analysis.is(end - 1, anyOf: ",", "and", "or", "&") { end -= 1 }
            guard end < start else { break }
        }
        // One name and a plural is no list: "Main streets".
        if found.count > 1 { lists += found.reversed() }
    }

    private func isOrdinalNumber(_ index: Int) -> Bool {
        tokens[index].shape.contains(.number) && tokens[index].end - tokens[index].start >= 3
    }

    /// The toponym of a name in a list; nil where it is none.
    func toponym(of listed: ListedName) -> Toponym? {
        guard let noun = listed.noun else {
            return Toponym(kind: .street, tokens: listed.tokens, key: 0, candidates: 0..<0)
        }
        if var match = matcher.match(listed.tokens, with: noun) {
            match.level = .district
            return match
        }
        return nil
    }

    // MARK: What holds what

    /// The state, province or country behind the comma behind a name: `Paris, Texas`.
    func division(at index: Int, behind last: Toponym, in range: Range<Int>) -> Toponym? {
        guard last.tokens.upperBound == index - 1, index - 1 >= range.lowerBound, analysis.is(index - 1, ",") else {
            return nil
        }
        if tokens[index].isIn(.month) || tokens[index].isIn(.weekday) { return nil }
        if let short = matcher.abbreviation(at: index) { return short }
        guard let match = matcher.match(at: index, before: range.upperBound), holds(match, last) else { return nil }
        return placed(match, in: range)
    }

    /// Whether a division stands behind the comma behind a name.
    func hasDivision(_ toponym: Toponym, in range: Range<Int>) -> Bool {
        var next = toponym.tokens.upperBound
        guard next + 1 < range.upperBound else { return false }
        if analysis.is(next, ","), tokens[next + 1].isCapitalized {
            return division(at: next + 1, behind: toponym, in: range) != nil
        }
        // "Khan Sheikhoun in Idlib province".
        if analysis.is(next, ",") { next += 1 }
        guard analysis.is(next, "in") else { return false }
        next += 1
        while next < range.upperBound, isModifier(next) { next += 1 }
        guard next < range.upperBound, let match = matcher.match(at: next, before: range.upperBound) else {
            return false
        }
        return holds(match, toponym)
    }

    /// Whether a place of one name lies in a division or country of another.
    private func holds(_ outer: Toponym, _ inner: Toponym) -> Bool {
        guard inner.kind == .name else {
            return outer.candidates.first.map { isDivision(gazetteer.place(at: $0)) } ?? false
        }
        let divisions = outer.candidates.prefix(8).map { gazetteer.place(at: $0) }.filter(isDivision)
        guard !divisions.isEmpty else { return false }
        let places = inner.candidates.map { gazetteer.place(at: $0) }
        // "Iraq, Iran": that Iran has a place of that name, too, says nothing; "Lebanon, Tennessee" does.
        let isCountry = places.contains { $0.level == .country && $0.isUsual }
        for division in divisions {
            // "Georgia, Idaho" is a list of states.
            if division.level == .province,
                places.contains(where: { $0.level == .province && $0.country == division.country && $0.isUsual })
            {
                continue
            }
            if isCountry, division.level == .country { continue }
            let isHeld = places.contains {
                $0.level != .country && ($0.isUsual || !isCountry)
                    && (gazetteer.lies($0, in: division.number)
                        || division.level == .country && $0.country == division.country)
            }
            if isHeld { return true }
        }
        return false
    }

    private func isDivision(_ place: Gazetteer.Place) -> Bool {
        place.level == .country || place.level == .province || place.level == .district
    }

    /// Notes that the last toponym lies in this one, or this one in the last, where the words between them say so.
    func link(_ toponym: inout Toponym, to found: inout [Toponym], from first: Int) {
        guard let last = found.last, last.tokens.upperBound <= toponym.tokens.lowerBound,
            last.tokens.lowerBound >= first
        else { return }
        let between = last.tokens.upperBound..<toponym.tokens.lowerBound
        guard between.count <= 6, !between.isEmpty else { return }
        if between.count == 1, analysis.is(between.lowerBound, ",") {
            guard found[found.count - 1].container == nil else { return }
            if toponym.level == .province || holds(toponym, last) {
                found[found.count - 1].container = found.count
            } else if isElsewhere(last, than: toponym) {
                found[found.count - 1].kind = .unknown
                found[found.count - 1].candidates = 0..<0
                found[found.count - 1].container = found.count
            }
            return
        }
        if between.count == 1, tokens[between.lowerBound].isPossessive(in: analysis, at: between.lowerBound) {
            if holds(last, toponym) { toponym.container = found.count - 1 }
            return
        }
        var index = between.lowerBound
        if analysis.is(index, ",") { index += 1 }
        guard index < between.upperBound, analysis.is(index, anyOf: "in", "of", "(") else { return }
        let isPlain = (index + 1..<between.upperBound).allSatisfy {
            isModifier($0) || tokens[$0].isIn(.locationNoun) || analysis.is($0, anyOf: "of", "a", "'s")
        }
        if isPlain, found[found.count - 1].container == nil, holds(toponym, last) {
            found[found.count - 1].container = found.count
        }
    }

    /// `Lyme, Connecticut,` where the gazetteer knows a Lyme in another state alone: that one is not meant. A well-known place may
    /// stand beside a state in a list.
    private func isElsewhere(_ inner: Toponym, than outer: Toponym) -> Bool {
        let next = outer.tokens.upperBound
        guard inner.kind == .name, let state = outer.candidates.first.map({ gazetteer.place(at: $0) }),
            state.level == .province, state.isUsual, next >= tokens.count || !analysis.is(next, anyOf: "and", "or", "&")
        else { return false }
        return inner.candidates.allSatisfy { position in
            let place = gazetteer.place(at: position)
            return place.level == .populated && place.reach < 50_000 && !place.isCapital
        }
    }

    // MARK: Words beside a name

    /// The toponym with the level that the words beside it ask for.
    func placed(_ toponym: Toponym, in range: Range<Int>) -> Toponym? {
        var toponym = toponym
        let (start, next) = (toponym.tokens.lowerBound, toponym.tokens.upperBound)
        // "South Ossetians": a people.
        if toponym.tokens.count == 1, next < range.upperBound, tokens[next].isIn(.nationality), isModifier(start) {
            return nil
        }
        if next < range.upperBound, let level = level(of: next) {
            // "Washington State University": the noun is of a longer name.
            let isLonger = tokens[next].isCapitalized && next + 1 < range.upperBound && tokens[next + 1].isCapitalized
            if !isLonger { toponym.level = level }
        } else if start > range.lowerBound + 1, analysis.is(start - 1, "of"), let level = level(of: start - 2) {
            toponym.level = level
        }
        return toponym
    }

    /// The level that a noun such as “province” names.
    func level(of index: Int) -> PlaceLevel? {
        switch analysis.value(of: index, in: .locationNoun) {
        case 1: .populated
        case 2: .district
        case 3: .province
        default: nil
        }
    }

    /// Whether a preposition of place stands before a word.
    func isBehindPreposition(_ index: Int, in range: Range<Int>) -> Bool {
        var index = index
        while index > range.lowerBound, isModifier(index - 1) { index -= 1 }
        return isRightBehindPreposition(index, in: range)
    }

    /// The same, with nothing between, not even an article.
    func isRightBehindPreposition(_ index: Int, in range: Range<Int>) -> Bool {
        index > range.lowerBound
            && analysis.is(
                index - 1, anyOf: "in", "near", "at", "from", "outside", "around", "across", "to", "toward", "towards",
                "of", "into", "through", "over")
    }
}
