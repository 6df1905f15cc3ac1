internal import Language
internal import Stories

/// Finds the numbers of a sentence that count or measure something, with the nouns that they go with.
struct CountFinder {
    let analysis: Analysis
    let sentence: Sentence

    private var tokens: [Token] { analysis.tokens }
    private var limit: Int { sentence.tokens.upperBound }

    /// The counts in order, none overlapping, their measures not told yet but for units.
    func find() -> [Count] {
        var counts: [Count] = []
        let parser = NumberParser(analysis: analysis, limit: limit)
        var index = sentence.tokens.lowerBound
        var lowest = index
        while index < limit {
            if let none = none(at: index) {
                counts.append(none)
                index = max(none.tokens.upperBound, index + 1)
                lowest = index
                continue
            }
            guard mayBegin(index), let bare = parser.number(at: index) else {
                index += 1
                continue
            }
            let match = parser.modified(bare, from: lowest)
            let end = match.tokens.upperBound
            guard !isDateOrName(bare.tokens, end), !isIdentifier(bare.tokens), let count = count(match, bare) else {
                index = max(end, index + 1)
                continue
            }
            counts.append(count)
            index = count.tokens.upperBound
            lowest = index
        }
        return counts
    }

    private func mayBegin(_ index: Int) -> Bool {
        let token = tokens[index]
        return token.shape.contains(.number) || token.isIn(.numberWord) || token.isIn(.vagueNumber)
            || analysis.is(index, anyOf: "a", "half")
    }

    /// Whether a number belongs to a date, a clock time, an address, an age or a name.
    private func isDateOrName(_ range: Range<Int>, _ end: Int) -> Bool {
        let start = range.lowerBound
        if tokens[start].shape.contains(.number), let name = analysis.name(holding: start),
            analysis.names[name].tokens.count > 1
                || analysis.length(of: start) > 0 && analysis.names[name].tokens.lowerBound < start
        {
            return true
        }
        if start > sentence.tokens.lowerBound {
            let before = start - 1
            if tokens[before].isIn(.month)
                || analysis.is(
                    before, anyOf: "no.", "number", "#", "route", "highway", "interstate", "age", "aged", "page",
                    "chapter", "article", "flight", "section", "channel", "unit", "/", ":")
            {
                return true
            }
            if analysis.is(before, "-"), !tokens[start].hasSpaceBefore, !tokens[before].hasSpaceBefore { return true }
        }
        if let year = analysis.wholeNumber(at: start), 1500...2100 ~= year, analysis.length(of: start) == 4,
            range.count == 1
        {
            // A year, unless a plain plural noun is counted.
            if end >= limit || !isPluralNoun(end) { return true }
            if start > sentence.tokens.lowerBound,
                analysis.is(start - 1, anyOf: "in", "since", "of", "until", "by", "from", "during", "the", ",")
            {
                return true
            }
        }
        if isAge(start, end) { return true }
        guard end < limit else { return false }
        if tokens[end].isIn(.month)
            || analysis.is(
                end, anyOf: "a.m.", "p.m.", "am", "pm", "o'clock", ":", "/", "gmt", "hrs", "st", "nd", "rd", "th")
        {
            return true
        }
        if tokens[end].isIn(.timeUnit) { return true }
        // "a woman in her 20's", "the 1990s"
        if analysis.is(end, anyOf: "'s", "s"), !tokens[end].hasSpaceBefore, tokens[start].shape.contains(.number) {
            return true
        }
        if end + 1 < limit, analysis.is(end, "-"), !tokens[end].hasSpaceBefore {
            // "five-year-old", "two-day", "9-11", "22-caliber"
            return true
        }
        if end + 1 < limit, analysis.is(end, "year"), analysis.is(end + 1, anyOf: "-", "old") { return true }
        return isAddress(start, end)
    }

    /// `Ann Roe, 35, of Lyme`, `Ann Roe (35)`, `a father of two`, `two boys, ages 7 and 8`: how old, or of how many.
    private func isAge(_ start: Int, _ end: Int) -> Bool {
        let before = start - 1
        guard before > sentence.tokens.lowerBound else { return false }
        if analysis.is(before, "of"),
            analysis.is(before - 1, anyOf: "father", "mother", "grandfather", "grandmother", "parent", "dad", "mom")
        {
            return true
        }
        if analysis.is(before, anyOf: "ages", "age", "aged") { return true }
        // "between the ages of 21 and 58"
        for back in 2...4 where start - back > sentence.tokens.lowerBound {
            if analysis.is(start - back, "ages"), end >= limit || tokens[end].tag != .noun { return true }
        }
        guard analysis.is(before, ",") || analysis.is(before, "("), let value = analysis.wholeNumber(at: start),
            value < 110,
            end >= limit || tokens[end].isPunctuation
        else { return false }
        let word = before - 1
        return analysis.name(holding: word).map { analysis.names[$0].kind == .person } ?? false
            || tokens[word].isIn(.victimNoun) || tokens[word].isIn(.personRole)
            || analysis.is(before, ",") && end < limit && analysis.is(end, ",") && tokens[word].isCapitalized
    }

    /// `1300 block of North Main Street`, `212 Oak Street`.
    private func isAddress(_ start: Int, _ end: Int) -> Bool {
        guard tokens[start].shape.contains(.number) else { return false }
        if analysis.is(end, anyOf: "block", "blk") { return true }
        var index = end
        while index < min(limit, end + 5), tokens[index].isCapitalized || tokens[index].shape.contains(.number) {
            if index > end, analysis.value(of: index, in: .streetNoun) == 1 { return true }
            index += 1
        }
        return false
    }

    private func isPluralNoun(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.tag == .noun || token.isIn(.victimNoun) || token.tag == .adjective else { return false }
        return analysis.story.bytes[Int(token.end) - 1] == UInt8(ascii: "s") || token.isIn(.victimNoun)
    }

    // MARK: Nouns

    /// Whether digits are too many to count anything without marks between them: an identifier.
    private func isIdentifier(_ digits: Range<Int>) -> Bool {
        digits.count == 1 && tokens[digits.lowerBound].shape.contains(.number)
            && analysis.length(of: digits.lowerBound) > 6
            && analysis.wholeNumber(at: digits.lowerBound) ?? 0 >= 1_000_000
            && !analysis.story.bytes[Int(tokens[digits.lowerBound].start)..<Int(tokens[digits.lowerBound].end)]
                .contains(UInt8(ascii: ","))
    }

    /// The count with its noun; nil where a bare number counts nothing that can be told.
    private func count(_ match: NumberParser.Match, _ bare: NumberParser.Match) -> Count? {
        let end = match.tokens.upperBound
        var count = Count(tokens: match.tokens, digits: bare.tokens, number: match.quantity, noun: end..<end)
        if let currency = currency(match.tokens, bare.tokens, end) {
            count.tokens = currency.tokens
            count.unit = currency.unit
            count.measure = .other
            return count
        }
        if end < limit, let unit = analysis.phrase(at: end, in: .unit, before: limit) {
            count.unit = end + unit.count - 1
            count.tokens = match.tokens.lowerBound..<end + unit.count
            count.measure = .other
            return count
        }
        // "100 of the men": what follows says of what they are a part, not what is counted.
        let noun = end < limit && analysis.is(end, "of") ? end..<end : nounPhrase(from: end)
        count.noun = noun
        if let head = noun.last {
            count.tokens = match.tokens.lowerBound..<noun.upperBound
            count.unit = head
            count.isPeople = isPeople(noun)
        } else if bare.tokens.count == 1, analysis.is(bare.tokens.lowerBound, anyOf: "one", "zero") {
            return nil
        }
        return count
    }

    private func currency(_ tokens: Range<Int>, _ bare: Range<Int>, _ end: Int) -> (tokens: Range<Int>, unit: Int)? {
        let before = bare.lowerBound - 1
        if before >= sentence.tokens.lowerBound, self.tokens[before].isIn(.currency), self.tokens[before].isPunctuation
        {
            let parser = NumberParser(analysis: analysis, limit: limit)
            let whole = parser.modified(
                .init(tokens: before..<end, quantity: Quantity(0)), from: sentence.tokens.lowerBound)
            return (whole.tokens, before)
        }
        if end < limit, self.tokens[end].isIn(.currency), !self.tokens[end].isPunctuation {
            return (tokens.lowerBound..<end + 1, end)
        }
        return nil
    }

    /// The noun phrase that begins at a token: `Russian military hospitals`; empty where there is none.
    func nounPhrase(from start: Int) -> Range<Int> {
        var index = start
        while index < limit,
            tokens[index].tag == .determiner && !analysis.is(index, anyOf: "a", "an", "another")
                || analysis.is(index, anyOf: "the", "his", "her", "its", "their", "our", "such", "other", "more", "'s")
        {
            index += 1
        }
        var end = start
        while index < limit, index - start < 9 {
            let token = tokens[index]
            if token.isPunctuation {
                guard analysis.is(index, "-"), !token.hasSpaceBefore, index + 1 < limit,
                    !tokens[index + 1].hasSpaceBefore
                else { break }
                index += 1
                continue
            }
            if token.isIn(.functionWord), token.tag != .numeral, !token.isIn(.nationality), !token.isIn(.victimNoun) {
                break
            }
            // "told 13 News two people were shot": another number is no noun.
            if index > start, token.isIn(.numberWord) || token.shape.contains(.number), token.tag == .numeral { break }
            // "200 injured": a participle that ends a count is no noun of it.
            if isCasualtyWord(index), !token.isIn(.victimNoun) {
                let isBeforeNoun = index + 1 < limit && tokens[index + 1].isIn(.victimNoun)
                if !isBeforeNoun { break }
                index += 1
                continue
            }
            switch token.tag {
            case .noun:
                end = index + 1
            case .properNoun: end = index + 1
            case .adjective, .numeral:
                if token.isIn(.victimNoun) || token.isIn(.nationality) && isLastOfPhrase(index) { end = index + 1 }
            case .adverb, .verb:
                // "seriously wounded patients", "armed men"
                guard token.tag == .adverb || index + 1 < limit && tokens[index + 1].isIn(.victimNoun) else {
                    return start..<end
                }
                if token.isIn(.victimNoun) { end = index + 1 }
            default:
                guard token.isIn(.victimNoun) else { return start..<end }
                end = index + 1
            }
            index += 1
        }
        return start..<end
    }

    private func isLastOfPhrase(_ index: Int) -> Bool {
        index + 1 >= limit || tokens[index + 1].isPunctuation || tokens[index + 1].isIn(.functionWord)
            || tokens[index + 1].tag == .verb || tokens[index + 1].tag == .auxiliary
    }

    private func isCasualtyWord(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.tag != .noun || token.isIn(.killVerb) || token.isIn(.injureVerb) else {
            return token.isIn(.killNoun) && analysis.value(of: index, in: .killNoun) == 3
        }
        return token.isIn(.killVerb) || token.isIn(.injureVerb)
            || token.isIn(.injureNoun) && analysis.value(of: index, in: .injureNoun) != 2
            || token.isIn(.killNoun) && analysis.value(of: index, in: .killNoun) == 3
            || token.isIn(.missingWord) || token.isIn(.detainVerb) || token.isIn(.displaceVerb)
            || token.isIn(.abductVerb)
    }

    private func isPeople(_ noun: Range<Int>) -> Bool {
        guard let head = noun.last else { return false }
        if tokens[head].isIn(.victimNoun) || tokens[head].isIn(.personRole) || tokens[head].isIn(.personNoun) {
            return true
        }
        return tokens[head].isIn(.nationality) && tokens[head].isCapitalized
    }

    // MARK: Numbers in other words

    /// `no one`, `nobody`, `no injuries`, `no casualties`: zero.
    private func none(at index: Int) -> Count? {
        var noun: Range<Int>
        if analysis.is(index, anyOf: "nobody", "none") {
            noun = index + 1..<index + 1
        } else if analysis.is(index, "no"), index + 1 < limit {
            if analysis.is(index + 1, "one") {
                noun = index + 1..<index + 2
            } else {
                noun = index + 1..<index + 1
                var next = index + 1
                while next < min(limit, index + 5) {
                    let token = tokens[next]
                    if token.isIn(.killNoun) || token.isIn(.injureNoun) || token.isIn(.victimNoun) {
                        noun = index + 1..<next + 1
                        break
                    }
                    guard token.tag == .adjective || token.tag == .noun || analysis.is(next, anyOf: "other", "more")
                    else { return nil }
                    next += 1
                }
                guard !noun.isEmpty else { return nil }
            }
        } else {
            return nil
        }
        var count = Count(
            tokens: index..<max(noun.upperBound, index + 1), digits: index..<index + 1, number: Quantity(0), noun: noun)
        count.isPeople = true
        count.unit = noun.last
        return count
    }
}
