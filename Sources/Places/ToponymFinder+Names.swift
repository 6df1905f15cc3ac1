internal import Language
internal import Stories

extension ToponymFinder {
    // MARK: By the kind of the name

    /// A toponym in what the network takes for the name of a location.
    func location(at index: Int, of name: Analysis.Name, in range: Range<Int>) -> Toponym? {
        let end = end(of: name, from: index)
        guard end > index else { return nil }
        // "Sen. Ray Miller, D-Columbus".
        if index + 2 < end, analysis.is(index + 1, "-"), tokens[index].end - tokens[index].start == 1 {
            return location(at: index + 2, of: name, in: range)
        }
        // "City of Huntsville".
        if index + 2 < end, analysis.is(index + 1, "of"), level(of: index) != nil {
            return location(at: index + 2, of: name, in: range)
        }
        var match = matcher.match(at: index, before: range.upperBound)
        if let found = match {
            let next = found.tokens.upperBound
            if next >= end || !tokens[next].isCapitalized {
                if isCommon(found), !isPersonal(found) {
                    // "In Reading", but "the State of the Union".
                    let isThe = index > range.lowerBound && analysis.is(index - 1, "the")
                    match?.strength = isBehindPreposition(index, in: range) && !isThe ? .fair : .weak
                }
                return match.flatMap { placed($0, in: range) }
            }
            // "Rotorua District": the noun tells the level.
            if next + 1 == end, let level = level(of: next) {
                match?.level = level
                match?.tokens = index..<end
                return match
            }
        }
        if isModifier(index), index + 1 < end { return location(at: index + 1, of: name, in: range) }
        let start = analysis.is(index, "the") && index + 1 < end ? index + 1 : index
        if let other = matcher.respelled(start..<end) { return placed(other, in: range) }
        // "Vancouver International Airport" stands in Vancouver; Freeborn Lake in no Freeborn.
        if var found = match, found.tokens.upperBound < end, !isFeature(end - 1) || isCivic(found.tokens.upperBound) {
            // "Dallas Cowboys", but Tennessee Colony is in Texas.
            let isTown = found.candidates.first.map { gazetteer.place(at: $0).level == .populated } ?? false
            found.strength = isCommon(found) || !isTown && !isCivic(found.tokens.upperBound) ? .weak : .fair
            return found
        }
        // "Arts Center of Cannon County".
        if let of = (start..<end).last(where: { analysis.is($0, "of") }), of + 1 < end,
            var tail = matcher.match(at: of + 1, before: range.upperBound), tail.tokens.upperBound == end
        {
            tail.strength = .fair
            return tail
        }
        // The rest of a name whose beginning was taken is no name.
        guard isOpening(start, of: name), isUnknownPlace(start..<end) else { return nil }
        return Toponym(kind: isSite(end - 1) ? .site : .unknown, tokens: start..<end, key: 0, candidates: 0..<0)
    }

    /// A toponym in what the network takes for a person: only what stands before its state.
    func person(at index: Int, of name: Analysis.Name, in range: Range<Int>) -> Toponym? {
        guard index == name.tokens.lowerBound else { return nil }
        var found = matcher.match(at: index, before: range.upperBound)
        if found?.tokens != name.tokens { found = matcher.respelled(name.tokens) }
        guard let match = found else { return nil }
        if match.isRespelled { return hasDivision(match, in: range) ? match : nil }
        if hasDivision(match, in: range) || isCountry(match) && match.tokens.count > 1 { return match }
        let next = match.tokens.upperBound
        guard !isCommon(match), index == range.lowerBound || !tokens[index - 1].isIn(.title) else { return nil }
        found = match
        if next < range.upperBound && isCivic(next) || isWhere(index, in: range) {
            // "Grovetown police", "Theresa Pilkington of Jeannette".
            found?.strength = .strong
        } else {
            // One whom the story calls by this word alone may be a town: "Columbia will have to pay".
            let fullest = analysis.names[analysis.entities[name.entity].fullest]
            found?.strength = fullest.tokens.count == name.tokens.count && index == range.lowerBound ? .fair : .weak
        }
        return found
    }

    /// Whether a name begins at a token, but for words that only tell the part.
    private func isOpening(_ index: Int, of name: Analysis.Name) -> Bool {
        (name.tokens.lowerBound..<index).allSatisfy { isModifier($0) || tokens[$0].isPunctuation }
            || tokens[index - 1].isPunctuation
    }

    /// Whether what stands before a word wants a place: “in”, “near”, “of” behind a person.
    private func isWhere(_ index: Int, in range: Range<Int>) -> Bool {
        guard index > range.lowerBound + 1 else { return false }
        if analysis.is(index - 1, anyOf: "in", "near", "outside") { return true }
        return analysis.is(index - 1, "of")
            && analysis.name(holding: index - 2).map { analysis.names[$0].kind == .person } ?? false
    }

    private func isCountry(_ match: Toponym) -> Bool {
        match.candidates.first.map { gazetteer.place(at: $0).level == .country } ?? false
    }

    /// A toponym that a body's name holds: `Ohio Department of Development`, `University of Cincinnati`.
    func part(at index: Int, of name: Analysis.Name, in range: Range<Int>) -> Toponym? {
        let isOpening = index == name.tokens.lowerBound || isModifier(index - 1)
        let isBehindOf =
            index > name.tokens.lowerBound && analysis.is(index - 1, anyOf: "of", "in", "at", "for", "-", "the")
        guard isOpening || isBehindOf, var match = matcher.match(at: index, before: range.upperBound) else {
            return nil
        }
        let next = match.tokens.upperBound
        if next > name.tokens.upperBound { return placed(match, in: range) }
        if match.tokens == name.tokens {
            if hasDivision(match, in: range) || isBehindPreposition(index, in: range) || isCountry(match) {
                match.strength = .strong
            } else {
                match.strength = next < range.upperBound && isCivic(next) ? .fair : .weak
            }
            return placed(match, in: range)
        }
        if isCommon(match) {
            match.strength = .weak
        } else if next == name.tokens.upperBound {
            match.strength = isBehindOf ? .fair : .weak
        } else {
            let isBody = (next..<name.tokens.upperBound).contains { isCivic($0) }
            match.strength = isBody || isCountry(match) ? .fair : .weak
        }
        return match
    }

    /// A toponym outside all names: a sentence's first word, or a headline in capitals.
    func unnamed(at index: Int, in range: Range<Int>) -> Toponym? {
        guard var match = matcher.match(at: index, before: range.upperBound) else { return nil }
        let next = match.tokens.upperBound
        if next < range.upperBound, tokens[next].isCapitalized, tokens[next].isIn(.streetNoun) { return nil }
        // "North Korean": the place is of the adjective's word.
        if match.tokens.count == 1, next < range.upperBound, tokens[next].isIn(.nationality) { return nil }
        if hasDivision(match, in: range) {
            match.strength = .strong
        } else if isCommon(match) {
            match.strength = .weak
        } else {
            // "In Reading", but "the State of the Union".
            let isThe = index > range.lowerBound && analysis.is(index - 1, "the")
            match.strength = isThe ? .weak : isBehindPreposition(index, in: range) ? .strong : .fair
        }
        return placed(match, in: range)
    }

    /// A division's abbreviation that stands alone: `Mich. utilities`.
    func abbreviated(_ index: Int) -> Toponym? {
        let end = Int(tokens[index].end)
        guard end - Int(tokens[index].start) >= 3, analysis.story.bytes[end - 1] == UInt8(ascii: "."),
            !analysis.is(
                index, anyOf: "mt.", "miss.", "mass.", "ill.", "wash.", "del.", "man.", "ore.", "ind.", "ala.", "d.c.")
        else { return nil }
        if let name = analysis.name(holding: index), analysis.names[name].kind == .person { return nil }
        return matcher.abbreviation(at: index)
    }

    // MARK: Words in names

    /// Where a name ends for us: at a comma or bracket inside it.
    private func end(of name: Analysis.Name, from index: Int) -> Int {
        var at = index
        while at < name.tokens.upperBound {
            let token = tokens[at]
            if token.isPunctuation, !analysis.is(at, "-"), !analysis.is(at, ".") { return at }
            if at > index, token.isPossessive(in: analysis, at: at) { return at }
            at += 1
        }
        return name.tokens.upperBound
    }

    /// Whether a noun makes a name that of a river, a hill, a site.
    private func isFeature(_ index: Int) -> Bool {
        if let kind = analysis.value(of: index, in: .locationNoun) { return kind >= 5 }
        return tokens[index].isIn(.streetNoun)
            || analysis.is(
                index, anyOf: "colony", "springs", "grove", "beach", "falls", "corners", "junction", "mills", "glen",
                "woods",
                "acres", "estates", "point", "landing", "wilderness", "creek", "branch", "run")
    }

    /// Whether a noun makes a name that of a building or site, which lies within a town.
    private func isSite(_ index: Int) -> Bool {
        if let kind = analysis.value(of: index, in: .locationNoun) { return kind >= 7 }
        return tokens[index].isIn(.streetNoun)
            || analysis.is(
                index, anyOf: "center", "centre", "house", "hall", "theater", "theatre", "cemetery", "library",
                "museum",
                "arena", "courthouse", "jail", "zoo", "speedway", "tower", "plaza", "garden", "gardens", "cathedral",
                "temple", "synagogue", "palace", "restaurant", "pub", "inn")
    }

    /// Whether a location that the gazetteer lacks is reported all the same: it has a name of its own.
    private func isUnknownPlace(_ range: Range<Int>) -> Bool {
        // "AN-148" is no place, nor is "Memorial Hospital" one by itself.
        if range.contains(where: { tokens[$0].shape.contains(.digit) || tokens[$0].isIn(.nationality) }) {
            return false
        }
        return range.contains {
            guard tokens[$0].isCapitalized, !tokens[$0].isIn(.locationNoun), !tokens[$0].isIn(.streetNoun),
                !isCivic($0), !isModifier($0)
            else { return false }
            return analysis.lexicon.tag(of: tokens[$0].word).map { $0 == .properNoun } ?? true
        }
    }

    /// Whether a word only tells which part of a place is meant.
    func isModifier(_ index: Int) -> Bool {
        guard index >= 0 else { return false }
        return analysis.is(
            index, anyOf: "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
            "downtown", "greater", "metro", "northeast", "northwest", "southeast", "southwest", "northeastern",
            "northwestern", "southeastern", "southwestern", "upper", "lower", "inner", "rural", "suburban", "uptown",
            "mainland", "mid", "the", "midtown", "metropolitan", "old", "historic", "n.w.", "n.e.", "s.w.", "s.e.")
    }

    /// Whether a word behind a place's name makes both the name of a body or building of that place.
    func isCivic(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "police", "sheriff", "fire", "city", "county", "town", "township", "high", "school",
            "schools", "public", "municipal", "department", "university", "college", "community", "central", "memorial",
            "regional", "medical", "hospital", "international", "airport", "council", "court", "district", "state",
            "board")
            || analysis.is(
                index, anyOf: "chamber", "association", "general", "house", "senate", "supreme", "parliament",
                "ministry", "government", "legislature", "division", "office", "elementary", "middle", "area",
                "national",
                "crown", "magistrates", "coroner", "army", "embassy", "civic", "society", "commission", "authority",
                "independent", "circuit", "unified", "attorney", "highway", "club", "rotary", "library", "democratic")
    }

    /// Whether a name of one word is a given name, too: `Tyler`.
    private func isPersonal(_ match: Toponym) -> Bool {
        match.tokens.count == 1 && tokens[match.tokens.lowerBound].isIn(.givenName)
    }

    /// Whether a name of one word is a common word, too: `Center`, `Nice`.
    func isCommon(_ match: Toponym) -> Bool {
        let (start, next) = (match.tokens.lowerBound, match.tokens.upperBound)
        // "St. Patrick's Day".
        if analysis.is(start, anyOf: "st.", "st", "saint"), next < tokens.count,
            tokens[next].isPossessive(in: analysis, at: next)
        {
            return true
        }
        guard match.tokens.count == 1 else { return false }
        let token = tokens[start]
        if isCountry(match) { return token.isIn(.functionWord) && !token.shape.contains(.allCapitals) }
        if token.isIn(.functionWord), !token.shape.contains(.allCapitals) { return true }
        if token.isIn(.month) || token.isIn(.weekday) || token.isIn(.title) || isPersonal(match) { return true }
        if let tag = analysis.lexicon.tag(of: token.word), tag != .properNoun { return true }
        guard let first = match.candidates.first else { return true }
        return !match.candidates.prefix(4).contains { gazetteer.place(at: $0).isUsual }
            && gazetteer.place(at: first).level != .country
    }
}
