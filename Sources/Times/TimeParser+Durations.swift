internal import Language
internal import Stories

extension TimeParser {
    /// A number of units.
    struct Amount {
        /// How many; nil where it is vague.
        var count: Int?
        /// Where the token stands that gives it with a decimal point.
        var decimal: Int?
        /// Whether a half comes on top.
        var hasHalf = false
        /// Where it ends.
        var end: Int
        /// Whether it is a number word or vague, not an article.
        var isMany = true
        /// Whether it is half of one: `half an hour`.
        var isHalf = false
    }

    /// The amount that begins at a token: `20`, `two`, `a few`, `several`, `a couple of`, `twenty four`, `5 1/2`.
    func amount(_ index: Int) -> Amount? {
        guard index < end else { return nil }
        if tokens[index].shape.contains(.number) {
            if let number = analysis.wholeNumber(at: index) {
                guard number < 1_000_000 else { return nil }
                var amount = Amount(count: number, end: index + 1)
                if index + 2 < end, analysis.is(index + 1, "1/2") || analysis.is(index + 1, "½") {
                    amount.hasHalf = true
                    amount.end += 1
                }
                return amount
            }
            for byte in analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)]
            where byte != UInt8(ascii: ".") && !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte) { return nil }
            return Amount(decimal: index, end: index + 1)
        }
        if tokens[index].isIn(.numberWord) { return spelledAmount(index) }
        if analysis.is(
            index, anyOf: "few", "several", "some", "many", "dozens", "hundreds", "thousands", "numerous", "couple")
        {
            return Amount(end: isNext(index, "of") ? index + 2 : index + 1)
        }
        if analysis.is(index, "half"), index + 1 < end, analysis.is(index + 1, anyOf: "a", "an") {
            return Amount(count: 1, end: index + 2, isHalf: true)
        }
        if analysis.is(index, "a") || analysis.is(index, "an") {
            guard index + 1 < end else { return nil }
            if analysis.is(index + 1, "few") { return Amount(end: index + 2) }
            if analysis.is(index + 1, "couple") {
                return Amount(count: 2, end: isNext(index + 1, "of") ? index + 3 : index + 2)
            }
            if analysis.is(index + 1, "dozen") { return Amount(count: 12, end: index + 2) }
            if analysis.is(index + 1, "half"), isNext(index + 1, "-") {
                return Amount(count: 1, end: index + 3, isHalf: true)
            }
            if analysis.is(index + 1, "hundred") { return Amount(count: 100, end: index + 2) }
            if analysis.is(index + 1, "thousand") { return Amount(count: 1000, end: index + 2) }
            return Amount(count: 1, end: index + 1, isMany: false)
        }
        return nil
    }

    /// `three`, `twenty four`, `two thousand`.
    private func spelledAmount(_ index: Int) -> Amount? {
        var total = 0
        var current = 0
        var at = index
        while at < end, at < index + 8, total < 1_000_000 {
            if let word = analysis.phrase(at: at, in: .numberWord, before: end) {
                current += word.value
                at += word.count
            } else if at > index, let power = value(at, .multiplier), power == 2 || power == 3 {
                current = max(1, current) * (power == 2 ? 100 : 1000)
                if power == 3 { (total, current) = (total + current, 0) }
                at += 1
            } else {
                break
            }
        }
        return Amount(count: total + current, end: at)
    }

    /// `20 minutes`, `two weeks`, `a week`, `two-day`, `a day earlier`, `three years ago`, `half an hour`.
    func duration(_ index: Int) -> FoundTime? {
        guard let amount = amount(index), amount.end < end else { return nil }
        var unitAt = amount.end
        let isHyphenated = analysis.is(unitAt, "-")
        if isHyphenated { unitAt += 1 }
        // "two more weeks", "eight trading days", "three full months".
        var skipped = 0
        while skipped < 2, unitAt < end, !tokens[unitAt].isIn(.timeUnit), isAmountAdjective(unitAt) {
            unitAt += 1
            skipped += 1
        }
        // "two to three weeks", "12 or 18 months".
        if unitAt + 1 < end, amount.isMany, analysis.is(unitAt, anyOf: "to", "or", "and", "-", "–"),
            let second = self.amount(unitAt + 1), second.isMany, second.end < end, value(second.end, .timeUnit) != nil
        {
            unitAt = second.end
        }
        guard let unit = value(unitAt, .timeUnit) else { return nil }
        if isTitled(unitAt), index > sentence.lowerBound { return FoundTime.none(index..<unitAt + 1) }
        // "second" is a unit behind "one" and "a" alone; "a quarter" and "a second" are no times of their own.
        if unit == 1, !isPlural(unitAt), !isHyphenated { return nil }
        // "three-quarters of its foodstuffs" is a fraction.
        if unit == 7, isHyphenated, isPlural(unitAt) { return FoundTime.none(index..<unitAt + 1) }
        if !amount.isMany, unit == 7 || unit == 1 || unit == 11 { return nil }
        var last = unitAt + 1
        // Ages: "a five-year-old girl", "52 years old", "aged 12 years".
        if last < end, analysis.is(last, "old") { return FoundTime.none(index..<last + 1) }
        if last + 1 < end, analysis.is(last, "-"), analysis.is(last + 1, "old") || analysis.is(last + 1, "olds") {
            return FoundTime.none(index..<last + 2)
        }
        if isPossessive(last), isNext(last, "old") { return FoundTime.none(index..<last + 2) }
        // "a year-earlier quarter" is no year.
        if !amount.isMany, last + 1 < end, analysis.is(last, "-"),
            analysis.is(last + 1, anyOf: "earlier", "ago", "end", "over", "on", "to", "old")
        {
            return nil
        }
        if last + 1 < end, analysis.is(last, "-"), analysis.is(last + 1, "long") { last += 2 }
        var hasHalf = amount.hasHalf
        if last + 2 < end, analysis.is(last, "and"), analysis.is(last + 1, "a"), analysis.is(last + 2, "half") {
            hasHalf = true
            last += 3
        }
        if !isHyphenated, let found = shiftedByAmount(index, amount, unit, last) { return found }
        if !amount.isMany, isRate(index), 3...8 ~= unit {
            return FoundTime(tokens: index..<last, type: .set, value: period("1", unit))
        }
        // "a three-year period".
        if isNext(last - 1, "period"), !amount.isMany || isHyphenated { last += 1 }
        return FoundTime(
            tokens: index..<last, type: .duration, value: period(amount, unit, hasHalf: hasHalf),
            takesArticle: amount.isMany && !isHyphenated)
    }

    private func isAmountAdjective(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "more", "additional", "full", "consecutive", "straight", "trading", "working", "business",
            "whole",
            "further", "extra", "long", "short", "calendar", "successive", "solid", "other", "difficult")
    }

    /// Whether `a year` says how often or how much each: `$2 million a year`, `twice a day`.
    private func isRate(_ index: Int) -> Bool {
        guard index > sentence.lowerBound, analysis.is(index, anyOf: "a", "an") else { return false }
        let previous = tokens[index - 1]
        return previous.tag == .numeral || previous.tag == .symbol || previous.isIn(.multiplier) || previous.isIn(.unit)
            || previous.isIn(.currency) || previous.isIn(.timeUnit) || previous.tag == .noun
            || analysis.is(index - 1, anyOf: "once", "twice", "%", "percent", "times")
    }

    /// `three years ago`, `a day earlier`, `two days later`, `a week from now`.
    private func shiftedByAmount(_ index: Int, _ amount: Amount, _ unit: Int, _ end: Int) -> FoundTime? {
        var last = end
        if last + 1 < self.end, analysis.is(last, "or"), analysis.is(last + 1, anyOf: "so", "two", "more") { last += 2 }
        guard last < self.end else { return nil }
        let isAgo = analysis.is(last, "ago")
        let isBack = isAgo || analysis.is(last, anyOf: "earlier", "before", "previously")
        let isFromNow = analysis.is(last, "from") && isNext(last, "now") || analysis.is(last, "hence")
        guard isBack || isFromNow || analysis.is(last, anyOf: "later", "after") else { return nil }
        // "two days after the crash" hangs on an event that nobody has dated.
        if analysis.is(last, anyOf: "before", "after") {
            guard last + 1 >= self.end || tokens[last + 1].isPunctuation else {
                return FoundTime(
                    tokens: index..<end, type: .duration, value: period(amount, unit, hasHalf: amount.hasHalf),
                    takesArticle: amount.isMany)
            }
        }
        let range = index..<last + (isFromNow && !analysis.is(last, "hence") ? 2 : 1)
        // "a year ago" of a quarter's results is that quarter a year before.
        if unit == 8, amount.count == 1, isBack, let quarter = anchor.quarter, anchor.quarterAge <= 8 {
            var found = found(range, quarter: quarter - 4)
            found?.quarter = nil
            found?.takesArticle = false
            return found
        }
        let reference = isAgo || isFromNow ? anchor.now : anchor.then
        if unit == 8, amount.count == 1, analysis.is(last, "earlier"),
            anchor.year == nil || anchor.year == anchor.now.year,
            let year = anchor.now.year
        {
            return found(range, year: year - 1)
        }
        let vague = FoundTime(tokens: range, type: .date, value: isBack ? "PAST_REF" : "FUTURE_REF")
        guard let count = amount.count, count < 10_000, amount.decimal == nil, unit >= 4, unit != 11, unit != 13 else {
            // Hours and minutes later stay what they are.
            guard !isAgo, !isFromNow else { return vague }
            return amount.count == nil && amount.decimal == nil && isBack ? vague : nil
        }
        var base = reference
        if base.day == nil, unit <= 5 {
            guard anchor.published == nil || isAgo else { return nil }
            base.day = anchor.published
        }
        if base.day == nil, base.year == nil || unit <= 5 { return vague }
        let steps = (isBack ? -1 : 1) * count
        var found = unit == 9 ? shifted(range, 8, steps * 10, base) : shifted(range, unit, steps, base)
        found?.takesArticle = false
        return found
    }

    /// The ISO 8601 period of an amount of a unit, halves included: `PT1M30S`.
    private func period(_ amount: Amount, _ unit: Int, hasHalf: Bool) -> String {
        if amount.isHalf {
            switch unit {
            case 2: return "PT30S"
            case 3: return "PT30M"
            case 4: return "PT12H"
            case 8: return "P6M"
            case 9: return "P5Y"
            case 10: return "P50Y"
            default: return period("0.5", unit)
            }
        }
        if let decimal = amount.decimal {
            return unit == 7 || unit > 8 ? period("X", unit) : period(analysis.text(of: decimal), unit)
        }
        guard let count = amount.count else { return period("X", unit) }
        guard hasHalf else { return period("\(count)", unit) }
        switch unit {
        case 2: return "PT\(count)M30S"
        case 3: return "PT\(count)H30M"
        case 4: return "P\(count)DT12H"
        case 8: return "P\(count)Y6M"
        case 9: return "P\(count * 10 + 5)Y"
        default: return period("\(count).5", unit)
        }
    }

    // MARK: Sets

    /// `every day`, `each July`, `every two weeks`, `every Friday night`.
    func set(_ index: Int) -> FoundTime? {
        var next = index + 1
        guard next < end else { return nil }
        if analysis.is(next, "other"), next + 1 < end, let unit = value(next + 1, .timeUnit) {
            return FoundTime(tokens: index..<next + 2, type: .set, value: period("2", unit))
        }
        if analysis.is(next, "single"), next + 1 < end { next += 1 }
        if let unit = value(next, .timeUnit), !isTitled(next) {
            return FoundTime(
                tokens: index..<next + 1, type: .set, value: unit == 11 ? "XXXX-WXX-WE" : period("1", unit))
        }
        if let weekday = value(next, .weekday) {
            if let part = dayPartCode(next + 1) {
                return FoundTime(tokens: index..<next + 2, type: .set, value: "XXXX-WXX-\(weekday)" + part)
            }
            return FoundTime(tokens: index..<next + 1, type: .set, value: "XXXX-WXX-\(weekday)")
        }
        if tokens[next].isCapitalized, let month = value(next, .month) {
            return FoundTime(tokens: index..<next + 1, type: .set, value: "XXXX-\(two(month))")
        }
        if let season = value(next, .season) {
            return FoundTime(tokens: index..<next + 1, type: .set, value: "XXXX-\(code(season: season))")
        }
        if let part = value(next, .dayPart) {
            return FoundTime(tokens: index..<next + 1, type: .set, value: "XXXX-XX-XX" + code(dayPart: part))
        }
        if let amount = amount(next), amount.isMany, let unit = value(amount.end, .timeUnit), let count = amount.count {
            return FoundTime(tokens: index..<amount.end + 1, type: .set, value: period("\(count)", unit))
        }
        return nil
    }
}
