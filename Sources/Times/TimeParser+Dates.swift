internal import Language
internal import Stories

extension TimeParser {
    // MARK: Dates in figures

    /// `2018-02-07`, `2018/02/07`, `2/7/2018`, `07.02.2018`; the day comes first where the month can't.
    func isoDate(_ index: Int) -> FoundTime? {
        guard 8...25 ~= analysis.length(of: index) else { return nil }
        var parts: [Int] = []
        var lengths: [Int] = []
        var value = 0
        var length = 0
        for byte in analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard length < 4 else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                length += 1
            case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."):
                parts.append(value)
                lengths.append(length)
                (value, length) = (0, 0)
            case UInt8(ascii: "T") where parts.count == 2: break
            default: return nil
            }
            if byte == UInt8(ascii: "T") { break }
        }
        parts.append(value)
        lengths.append(length)
        guard parts.count == 3 else { return nil }
        let day: Day?
        if lengths[0] == 4 {
            day = Day(year: parts[0], month: parts[1], day: parts[2])
        } else if lengths[2] == 4 {
            day =
                Day(year: parts[2], month: parts[0], day: parts[1])
                ?? Day(year: parts[2], month: parts[1], day: parts[0])
        } else {
            return nil
        }
        return day.map { found(index..<index + 1, $0) }
    }

    /// `7 February 2018`, `7 Feb.`, `the 7th of February`.
    func dayMonth(_ index: Int) -> FoundTime? {
        guard let day = dayNumber(index), index + 1 < end else { return nil }
        var next = index + 1
        if analysis.is(next, "of"), next + 1 < end { next += 1 }
        guard tokens[next].isCapitalized, let month = value(next, .month) else { return nil }
        var yearAt = next + 1
        if yearAt + 1 < end, analysis.is(yearAt, ","), yearNumber(yearAt + 1) != nil { yearAt += 1 }
        if let year = yearNumber(yearAt) { return date(year, month, day, index..<yearAt + 1) }
        return date(month, day, index..<next + 1, at: next)
    }

    /// The day of the month at a token: `7`, `7th`, `seventh`; the first of `7-9`.
    private func dayNumber(_ index: Int) -> Int? {
        guard index < end else { return nil }
        if let ordinal = value(index, .ordinal) { return 1...31 ~= ordinal ? ordinal : nil }
        guard analysis.length(of: index) <= 5 else { return nil }
        var value = 0
        var digits = 0
        for byte in analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)] {
            if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
                guard digits < 2 else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
            } else if byte == UInt8(ascii: "-"), digits > 0 {
                break
            } else {
                return nil
            }
        }
        return 1...31 ~= value ? value : nil
    }

    /// A year of four digits; the first of `1939-45`.
    func yearNumber(_ index: Int) -> Int? {
        guard index < end, tokens[index].shape.contains(.number) else { return nil }
        let length = analysis.length(of: index)
        guard length == 4 || length == 7 || length == 9 else { return nil }
        let start = Int(tokens[index].start)
        var value = 0
        for byte in analysis.story.bytes[start..<start + 4] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        if length > 4 {
            guard analysis.story.bytes[start + 4] == UInt8(ascii: "-") else { return nil }
        }
        return 1000...2099 ~= value ? value : nil
    }

    // MARK: Years

    /// `2014`, `490 BC`, `AD 410`.
    func year(_ index: Int) -> FoundTime? {
        if index + 1 < end, tokens[index + 1].isCapitalized, let number = analysis.wholeNumber(at: index),
            1...9999 ~= number, analysis.is(index + 1, anyOf: "bc", "b.c.", "bce")
        {
            return FoundTime(tokens: index..<index + 2, type: .date, value: "BC\(four(number))")
        }
        if let number = analysis.wholeNumber(at: index), 1...2099 ~= number {
            if index + 1 < end, tokens[index + 1].shape.contains(.allCapitals),
                analysis.is(index + 1, anyOf: "ad", "a.d.", "ce")
            {
                return found(index..<index + 2, year: number)
            }
            if isPrevious(index, anyOf: "ad", "a.d."), tokens[index - 1].shape.contains(.allCapitals) {
                return found(index..<index + 1, year: number)
            }
        }
        guard let year = yearNumber(index), isYear(index, year) else { return nil }
        return found(index..<index + 1, year: year)
    }

    /// `the 1988 second quarter`, `the 1988 period`.
    func quarterOfYear(_ index: Int) -> FoundTime? {
        guard index + 1 < end, tokens[index + 1].isIn(.ordinal) || analysis.is(index + 1, anyOf: "period", "quarter"),
            let year = yearNumber(index)
        else { return nil }
        if let quarter = ordinalQuarter(index + 1) {
            return found(index..<quarter.end, quarter: year * 4 + quarter.quarter - 1)
        }
        guard isPrevious(index, "the"), !tokens[index + 1].isIn(.ordinal), let last = anchor.quarter else { return nil }
        var found = found(index..<index + 2, quarter: year * 4 + last % 4)
        found?.quarter = nil
        return found
    }

    /// `mid-February`, `mid-1996`, `mid-1990s`, which are one word each.
    func middle(_ index: Int) -> FoundTime? {
        let start = Int(tokens[index].start)
        let bytes = analysis.story.bytes[start..<Int(tokens[index].end)]
        guard bytes.count >= 7, bytes[start + 3] == UInt8(ascii: "-"),
            analysis.text(of: index).lowercased().hasPrefix("mid-")
        else { return nil }
        let rest = bytes.dropFirst(4)
        let range = index..<index + 1
        if rest.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), rest.count == 4 {
            return found(range, year: rest.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
        }
        if rest.count <= 5, rest.last == UInt8(ascii: "s"),
            rest.dropLast().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        {
            let year = rest.dropLast().reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            guard year % 10 == 0 else { return nil }
            if rest.count == 5 { return decade(range, year) }
            return rest.count == 3 ? decade(range, 1900 + year) : nil
        }
        var key: [UInt8] = []
        Lexicon.fold(analysis.story.bytes, start + 4, Int(tokens[index].end), into: &key)
        let word = analysis.lexicon.word(key)
        if let month = analysis.lexicon.value(of: word, in: .month) { return self.month(month, range, shift: nil) }
        if let part = analysis.lexicon.value(of: word, in: .dayPart) {
            let inner = innerDay(index + 1)
            let day = inner?.day ?? anchor.sentenceDay ?? anchor.published
            return FoundTime(
                tokens: index..<(inner?.tokens.upperBound ?? index + 1), type: .time,
                value: (day?.description ?? "XXXX-XX-XX") + code(dayPart: part), day: inner?.day)
        }
        if let season = analysis.lexicon.value(of: word, in: .season) {
            return self.season(range, season, direction(index) == .future ? 2 : -2, anchor.now)
        }
        return nil
    }

    /// Whether a number of four digits is a year: `in 2014`, `the 2014 crash`, not `2014 people`.
    private func isYear(_ index: Int, _ year: Int) -> Bool {
        let hasNext = index + 1 < end
        if hasNext {
            let next = tokens[index + 1]
            if next.isIn(.timeUnit) || next.isIn(.unit) || next.isIn(.multiplier) || next.isIn(.currency) {
                return false
            }
            if analysis.is(index + 1, anyOf: "%", "percent", "gmt", "-") && !next.hasSpaceBefore { return false }
        }
        guard index > sentence.lowerBound else {
            return hasNext && (tokens[index + 1].isPunctuation || 1900...2050 ~= year)
        }
        let previous = tokens[index - 1]
        if previous.tag == .symbol || previous.isIn(.currency) { return false }
        if previous.isIn(.month) || previous.isIn(.season) || previous.isIn(.dayPart) { return true }
        let isAnnounced =
            analysis.is(
                index - 1, anyOf: "in", "since", "until", "till", "during", "by", "early", "late", "mid", "fiscal",
                "year",
                "before", "after", "from", "between", "through", "of")
        if hasNext, tokens[index + 1].tag == .noun || tokens[index + 1].tag == .adjective, isPluralNoun(index + 1) {
            return isAnnounced && 1900...2050 ~= year
                && !analysis.is(index - 1, anyOf: "of", "from", "between", "after")
                || 1900...2050 ~= year && isPossessiveOrThe(index - 1)
        }
        if isAnnounced { return true }
        if let modifier = value(index - 1, .quantityModifier), 2...6 ~= modifier || modifier == 1 { return false }
        return 1800...2050 ~= year
    }

    private func isPossessiveOrThe(_ index: Int) -> Bool {
        analysis.is(index, anyOf: "the", "'s", "his", "her", "its", "their", "our")
    }

    private func isPluralNoun(_ index: Int) -> Bool {
        var at = index
        while at < end, tokens[at].tag == .adjective, at < index + 3 { at += 1 }
        return at < end && analysis.pennTag(of: at) == "NNS"
    }

    /// `1980s`, `the '90s`, `1930's`.
    func decade(_ index: Int) -> FoundTime? {
        let bytes = analysis.story.bytes
        var digits = 0
        var value = 0
        var isDone = false
        for byte in bytes[Int(tokens[index].start)..<Int(tokens[index].end)] {
            if !isDone, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, digits < 4 {
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
            } else if byte | 0x20 == UInt8(ascii: "s"), digits > 0 {
                isDone = true
            } else if byte != UInt8(ascii: "'"), byte < 0x80 {
                return nil
            }
        }
        var last = index + 1
        if !isDone {
            guard digits == 4, last < end, analysis.is(last, "'s"), !tokens[last].hasSpaceBefore else { return nil }
            if last + 1 < end, tokens[last + 1].tag == .noun { return nil }
            last += 1
        }
        guard value % 10 == 0 else { return nil }
        if digits == 2 { value += 1900 }
        guard digits == 2 || digits == 4, 1000...2090 ~= value else { return nil }
        return decade(index..<last, value)
    }

    /// A decade, by its first year.
    func decade(_ range: Range<Int>, _ year: Int) -> FoundTime {
        FoundTime(tokens: range, type: .date, value: "\(year / 10)", takesArticle: true)
    }

    /// `nineteen ninety-six`, `two thousand`, as speech is written down.
    func spelledYear(_ index: Int) -> FoundTime? {
        guard let century = value(index, .numberWord), 18...20 ~= century,
            let rest = index + 1 < end ? analysis.phrase(at: index + 1, in: .numberWord, before: end) : nil,
            10...99 ~= rest.value
        else {
            guard isPrevious(index, "year"), analysis.is(index, "two"), isNext(index, "thousand") else { return nil }
            return found(index..<index + 2, year: 2000)
        }
        var last = index + 1 + rest.count
        var year = century * 100 + rest.value
        if rest.value % 10 == 0, last < end, let unit = value(last, .numberWord), 1...9 ~= unit {
            year += unit
            last += 1
        }
        return found(index..<last, year: year)
    }

    // MARK: Months

    /// `Feb. 7`, `February 7, 2018`, `March 2016`, `March`, `February this year`.
    func monthDate(_ index: Int, shift: Int? = nil) -> FoundTime? {
        guard let month = value(index, .month) else { return nil }
        var next = index + 1
        if let day = dayNumber(next), analysis.length(of: next) <= 5 || value(next, .ordinal) != nil,
            !(next + 1 < end && tokens[next + 1].isIn(.multiplier))
        {
            next += value(next, .ordinal) == nil ? 1 : analysis.phrase(at: next, in: .ordinal, before: end)?.count ?? 1
            var yearAt = next
            if yearAt < end, analysis.is(yearAt, ",") { yearAt += 1 }
            if let year = yearNumber(yearAt) { return date(year, month, day, index..<yearAt + 1) }
            if let year = relativeYear(next) { return date(year.year, month, day, index..<year.end) }
            return date(month, day, index..<next, at: index, shift: shift)
        }
        if next < end, analysis.is(next, ",") || analysis.is(next, "of"), yearNumber(next + 1) != nil { next += 1 }
        if let year = yearNumber(next) { return found(index..<next + 1, year: year, month: month) }
        if let year = next < end ? spelledYear(next) : nil, let number = year.year {
            return found(index..<year.tokens.upperBound, year: number, month: month)
        }
        if next + 1 < end, analysis.is(next, "of"), let year = relativeYear(next + 1) {
            return found(index..<year.end, year: year.year, month: month)
        }
        if let year = relativeYear(next) { return found(index..<year.end, year: year.year, month: month) }
        guard shift != nil || isMonthName(index) else { return nil }
        return self.month(month, index..<index + 1, shift: shift)
    }

    /// A month without a year, by its clause.
    private func month(_ month: Int, _ range: Range<Int>, shift: Int?) -> FoundTime? {
        let reference = anchor.now
        guard let base = reference.year, let current = reference.month ?? (anchor.isNarrative ? month : nil) else {
            return FoundTime(tokens: range, type: .date, value: "XXXX-\(two(month))", month: month)
        }
        if anchor.isNarrative, shift == nil { return found(range, year: base, month: month) }
        if shift == 0 { return found(range, year: base, month: month) }
        let at = range.lowerBound
        let tense = shift.map { $0 > 0 ? Direction.future : .past } ?? direction(at)
        var year = base
        if shift == nil, isPrevious(at, "through") || tokens[at].relation == .compound {
            // "a June agreement", "through August": the nearest, in doubt the one behind.
            let months = month - current
            year += months > 4 ? -1 : months < -8 ? 1 : 0
        } else if tense == .future {
            if month < current || shift == 1 && month == current { year += 1 }
        } else if month > current || shift == -1 && month == current {
            year -= 1
        }
        return found(range, year: year, month: month)
    }

    /// `this year`, `last year`, `next year` behind a month.
    private func relativeYear(_ index: Int) -> (year: Int, end: Int)? {
        guard index + 1 < end, let shift = value(index, .timeModifier), -1...1 ~= shift, analysis.is(index + 1, "year"),
            let year = anchor.now.year
        else { return nil }
        return (year + shift, index + 2)
    }

    /// Whether a word that names a month is neither a verb nor a person's name.
    private func isMonthName(_ index: Int) -> Bool {
        if let name = analysis.name(holding: index), analysis.names[name].kind == .person { return false }
        guard analysis.is(index, anyOf: "may", "march", "mar.", "jan", "jun.") else { return true }
        guard index > sentence.lowerBound else { return false }
        return analysis.is(
            index - 1, anyOf: "early", "late", "mid", "-", "since", "until", "in", "by", "between", "from", "of", "to",
            "and", "last", "next", "this", "through", "during", "the", "after", "before")
            && tokens[index].tag != .verb && tokens[index].tag != .auxiliary
    }

    // MARK: Days

    /// A day with its year.
    func date(_ year: Int, _ month: Int, _ day: Int, _ range: Range<Int>) -> FoundTime? {
        Day(year: year, month: month, day: day).map { found(range, $0) }
    }

    /// A day without a year: the one that its clause speaks of, else the nearest to the day of publication.
    func date(_ month: Int, _ day: Int, _ range: Range<Int>, at index: Int, shift: Int? = nil) -> FoundTime? {
        if anchor.isNarrative, let year = anchor.year, let exact = Day(year: year, month: month, day: day) {
            return found(range, exact)
        }
        guard let published = anchor.published else {
            guard day <= Day.length(ofMonth: month, in: 2000) else { return nil }
            return FoundTime(tokens: range, type: .date, value: "XXXX-\(two(month))-\(two(day))", month: month)
        }
        let tense = shift.map { $0 < 0 ? Direction.past : .future } ?? direction(index)
        var best: Day?
        var least = Int.max
        for year in published.date.year - 1...published.date.year + 1 {
            guard let candidate = Day(year: year, month: month, day: day) else { continue }
            let days = candidate.number - published.number
            let weight =
                switch tense {
                case .past: days <= 1 ? -days : days * 5
                case .future: days >= 0 ? days : -days * 3
                case .unknown, .present: days <= 0 ? -days : days * 2
                }
            if weight < least { (best, least) = (candidate, weight) }
        }
        return best.map { found(range, $0) }
    }
}
