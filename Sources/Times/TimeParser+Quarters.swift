internal import Language
internal import Stories

extension TimeParser {
    /// A quarter of the year by its ordinal: `third quarter`, `third-quarter`, `first fiscal quarter`.
    func ordinalQuarter(_ index: Int) -> (quarter: Int, end: Int)? {
        guard let ordinal = value(index, .ordinal), 1...4 ~= ordinal else { return nil }
        var next = index + 1
        if next < end, analysis.is(next, "-") || analysis.is(next, "fiscal") { next += 1 }
        guard next < end, analysis.is(next, "quarter") else { return nil }
        return (ordinal, next + 1)
    }

    /// What an ordinal begins: `third quarter of 1990`, `first half of 1989`, `20th century`.
    func counted(_ index: Int) -> FoundTime? {
        guard let ordinal = value(index, .ordinal) else { return nil }
        let next = isNext(index, "-") ? index + 2 : index + 1
        guard next < end else { return nil }
        if analysis.is(next, "century") || analysis.is(next, "centuries"), 1...40 ~= ordinal {
            return FoundTime(tokens: index..<next + 1, type: .date, value: two(ordinal - 1), takesArticle: true)
        }
        if let quarter = ordinalQuarter(index) {
            if let year = yearBehind(quarter.end) {
                return found(index..<year.end, quarter: year.year * 4 + quarter.quarter - 1)
            }
            guard let year = anchor.now.year else {
                return FoundTime(
                    tokens: index..<quarter.end, type: .date, value: "XXXX-Q\(quarter.quarter)", takesArticle: true)
            }
            // "Third and fourth quarters" in general are no dates.
            var found = found(index..<quarter.end, quarter: self.quarter(quarter.quarter, 0, year, at: index))
            if analysis.is(index + 1, "-") { found?.takesArticle = false }
            return found
        }
        if analysis.is(next, "half"), ordinal <= 2, let year = yearBehind(next + 1) {
            return FoundTime(
                tokens: index..<year.end, type: .date, value: "\(four(year.year))-H\(ordinal)", year: year.year,
                takesArticle: true)
        }
        return nil
    }

    /// The quarter that an ordinal means: the last such one that had begun on the day of publication, or the next where
    /// the clause looks ahead.
    func quarter(_ ordinal: Int, _ steps: Int, _ year: Int, at index: Int? = nil) -> Int {
        if steps != 0 { return (year + steps) * 4 + ordinal - 1 }
        let month = anchor.now.month ?? 12
        let current = year * 4 + (month - 1) / 3
        var quarter = year * 4 + ordinal - 1
        if let index, direction(index) == .future {
            if quarter < current - 1 { quarter += 4 }
        } else if quarter > current {
            quarter -= 4
        }
        return quarter
    }

    /// A year behind a part of it: `of 1990`, `1990`, `, 1990`, `of last year`, `of the year`.
    private func yearBehind(_ index: Int) -> (year: Int, end: Int)? {
        guard index < end else { return nil }
        if let year = yearNumber(index) { return (year, index + 1) }
        guard analysis.is(index, "of"), index + 1 < end else { return nil }
        if let year = yearNumber(index + 1) { return (year, index + 2) }
        guard let now = anchor.now.year, index + 2 < end, analysis.is(index + 2, "year") else { return nil }
        if analysis.is(index + 1, "the") { return (now, index + 3) }
        if let shift = value(index + 1, .timeModifier), -1...1 ~= shift { return (now + shift, index + 3) }
        return nil
    }

    /// `fiscal 1989`, `fiscal second quarter`, `the fiscal year`.
    func fiscal(_ index: Int) -> FoundTime? {
        let next = index + 1
        guard next < end else { return nil }
        if let year = yearNumber(next) { return found(index..<next + 1, year: year) }
        if let inner = counted(next), inner.quarter != nil {
            var inner = inner
            inner.tokens = index..<inner.tokens.upperBound
            return inner
        }
        if analysis.is(next, "year") {
            if let year = yearNumber(next + 1) { return found(index..<next + 2, year: year) }
            if index + 2 < end, analysis.is(index + 2, anyOf: "ended", "ending") {
                return FoundTime(tokens: index..<next + 1, type: .duration, value: "P1Y", takesArticle: true)
            }
            guard isPrevious(index, anyOf: "the", "its", "their"), let year = anchor.now.year,
                var found = found(index..<next + 1, year: year)
            else { return nil }
            found.takesArticle = true
            return found
        }
        return nil
    }

    // MARK: What a unit begins

    /// `year-end`, `year-earlier quarter`, `the quarter`, `the weekend`, `weeks` (in `for weeks`).
    func unit(_ index: Int) -> FoundTime? {
        guard let unit = value(index, .timeUnit) else { return nil }
        if unit == 8, !isPlural(index), let found = year(beside: index) { return found }
        if isPlural(index) { return bareUnits(index, unit) }
        if unit == 9 || unit == 8 || unit == 5 || unit == 6, isNext(index, "-"), isNext(index + 1, "long") {
            return FoundTime(tokens: index..<index + 3, type: .duration, value: period("1", unit))
        }
        if unit == 4, isNext(index, "-"), isNext(index + 1, "long") {
            return FoundTime(tokens: index..<index + 3, type: .duration, value: period("1", unit))
        }
        let isDefinite = isPrevious(index, "the")
        if unit == 7, isDefinite || isPrevious(index, anyOf: "latest", "its", "each") {
            if index + 1 < end, value(index + 1, .ordinal) != nil || analysis.is(index + 1, "-") { return nil }
            return latestQuarter(index..<index + 1)
        }
        guard isDefinite, !isNext(index, "of"), !isNext(index, "-") else { return nil }
        switch unit {
        case 11:
            let isAhead = direction(index) == .future
            guard let published = anchor.published else {
                return FoundTime(tokens: index..<index + 1, type: .date, value: "XXXX-WXX-WE", takesArticle: true)
            }
            // Until the weekend itself, what was is of the week before.
            let week = published.adding(published.weekday.rawValue >= 6 || isAhead ? 0 : -7).week
            return FoundTime(
                tokens: index..<index + 1, type: .date, value: "\(week.year)-W\(two(week.week))-WE", takesArticle: true)
        case 5, 6, 8:
            guard !(index + 1 < end && tokens[index + 1].tag == .noun && !isNext(index, "ended")) else { return nil }
            if unit == 8, index + 1 < end, analysis.is(index + 1, anyOf: "ended", "ending", "to") {
                return FoundTime(tokens: index..<index + 1, type: .duration, value: "P1Y", takesArticle: true)
            }
            if index + 1 < end, analysis.is(index + 1, anyOf: "before", "after") { return nil }
            guard var found = shifted(index..<index + 1, unit, 0, anchor.now) else { return nil }
            found.takesArticle = true
            return found
        default: return nil
        }
    }

    /// `the quarter`, `the latest period`: the quarter last told of, else the last that is over.
    private func latestQuarter(_ range: Range<Int>) -> FoundTime? {
        // "the quarter ended Sept. 30"; one that ends amid a calendar quarter is called by the one before.
        if range.upperBound + 1 < end, analysis.is(range.upperBound, anyOf: "ended", "ending"),
            let month = value(range.upperBound + 1, .month), let inner = monthDate(range.upperBound + 1),
            let year = inner.year
        {
            return found(range, quarter: year * 4 + month / 3 - 1)
        }
        guard let quarter = latestQuarter else {
            return FoundTime(tokens: range, type: .date, value: "XXXX-QX", takesArticle: true)
        }
        return found(range, quarter: quarter)
    }

    /// The quarter last told of, else the last that is over; nil without a day to reckon from.
    private var latestQuarter: Int? {
        guard let date = anchor.published?.date else { return anchor.quarter }
        let current = date.year * 4 + (date.month - 1) / 3
        if let quarter = anchor.quarter, current - 4..<current ~= quarter { return quarter }
        return current - 1
    }

    /// `year-end`, `year's end`, `year-ago`, `year-earlier third quarter`.
    private func year(beside index: Int) -> FoundTime? {
        var next = index + 1
        guard next < end else { return nil }
        if analysis.is(next, "-") || analysis.is(next, "'s") { next += 1 }
        guard next < end else { return nil }
        if analysis.is(next, "end"), next == index + 1 || !isNext(next, "of") {
            guard let year = anchor.now.year else { return nil }
            return found(index..<next + 1, year: year)
        }
        guard next > index + 1, analysis.is(next, anyOf: "ago", "earlier") else { return nil }
        var last = next + 1
        var quarter = anchor.quarter == nil ? nil : latestQuarter.map { $0 - 4 }
        if let named = ordinalQuarter(last), let year = anchor.now.year {
            quarter = self.quarter(named.quarter, 0, year) - 4
            last = named.end
        } else if last < end, analysis.is(last, anyOf: "quarter", "period") {
            last += 1
            if quarter == nil, let date = anchor.published?.date {
                quarter = date.year * 4 + (date.month - 1) / 3 - 5
            }
        }
        if let quarter {
            var found = found(index..<last, quarter: quarter)
            found?.quarter = nil
            found?.takesArticle = last > next + 1
            return found
        }
        guard let year = anchor.now.year else { return nil }
        return found(index..<last, year: year - 1)
    }

    /// `for weeks`, `over the years`, `decades-long`.
    private func bareUnits(_ index: Int, _ unit: Int) -> FoundTime? {
        guard unit != 7, unit != 1, !isTitled(index) else { return nil }
        if isNext(index, "-"), isNext(index + 1, "long") {
            return FoundTime(tokens: index..<index + 3, type: .duration, value: period("X", unit))
        }
        let isAgo = isNext(index, "ago")
        if isAgo { return FoundTime(tokens: index..<index + 2, type: .date, value: "PAST_REF") }
        guard unit >= 4, isPrevious(index, anyOf: "for", "the", "in", "of", "over", "within", "after") else {
            return nil
        }
        if unit == 11 || unit == 4 && !isPrevious(index, anyOf: "for", "the", "within") { return nil }
        let isAhead = isNext(index, "ahead")
        return FoundTime(
            tokens: index..<index + (isAhead ? 2 : 1), type: .duration, value: period("X", unit), takesArticle: true)
    }

    /// What `the` begins: `the day before yesterday`, `the latest quarter`, `the near future`, `the moment`.
    func definite(_ index: Int) -> FoundTime? {
        let next = index + 1
        guard next + 1 < end else { return nil }
        if analysis.is(next, "day") {
            if analysis.is(next + 1, anyOf: "before", "after") {
                let steps = analysis.is(next + 1, "before") ? -1 : 1
                if next + 2 < end, let inner = innerDay(next + 2), let day = inner.day {
                    return found(index..<inner.tokens.upperBound, day.adding(steps))
                }
                guard next + 2 >= end || tokens[next + 2].isPunctuation, let base = anchor.last ?? anchor.published
                else {
                    return nil
                }
                return found(index..<next + 2, base.adding(steps))
            }
            return nil
        }
        if analysis.is(next, anyOf: "latest", "comparable", "corresponding", "year"), part != .headline {
            if analysis.is(next, "latest"), analysis.is(next + 1, anyOf: "quarter", "period") {
                return latestQuarter(index..<next + 2)
            }
            if analysis.is(next, anyOf: "comparable", "corresponding"),
                analysis.is(next + 1, anyOf: "quarter", "period"),
                next + 3 < end, analysis.is(next + 2, "last"), analysis.is(next + 3, "year"),
                let quarter = anchor.quarter
            {
                var found = found(index..<next + 4, quarter: quarter - 4)
                found?.quarter = nil
                return found
            }
        }
        if analysis.is(next, anyOf: "full", "whole", "entire"), analysis.is(next + 1, anyOf: "year", "month", "week"),
            let unit = value(next + 1, .timeUnit)
        {
            return shifted(index..<next + 2, unit, 0, anchor.now)
        }
        if analysis.is(next, anyOf: "near", "foreseeable", "immediate", "short", "long") {
            let isShort = analysis.is(next, anyOf: "short", "long", "near")
            guard analysis.is(next + 1, "future") || isShort && analysis.is(next + 1, "term") else { return nil }
            return FoundTime(tokens: index..<next + 2, type: .date, value: "FUTURE_REF")
        }
        if analysis.is(next, "future"), tokens[next + 1].tag != .noun, tokens[next + 1].tag != .properNoun {
            return FoundTime(tokens: index..<next + 1, type: .date, value: "FUTURE_REF")
        }
        if analysis.is(next, "moment"), isPrevious(index, "at") {
            return FoundTime(tokens: index..<next + 1, type: .date, value: "PRESENT_REF")
        }
        return nil
    }

    /// `future years`, `in future`.
    func future(_ index: Int) -> FoundTime? {
        if index + 1 < end, tokens[index + 1].isIn(.timeUnit), isPlural(index + 1) {
            return FoundTime(tokens: index..<index + 2, type: .date, value: "FUTURE_REF")
        }
        guard isPrevious(index, "in"), index + 1 >= end || tokens[index + 1].isPunctuation else { return nil }
        return FoundTime(tokens: index..<index + 1, type: .date, value: "FUTURE_REF")
    }

    /// A day by name, for what stands beside it: `Tuesday`, `yesterday`, `Nov. 9`, `last Friday`.
    func innerDay(_ index: Int) -> FoundTime? {
        guard index < end else { return nil }
        if tokens[index].isCapitalized {
            if tokens[index].isIn(.weekday) { return weekdayTime(index) }
            if tokens[index].isIn(.month) { return monthDate(index) }
            if let holiday = holiday(index) { return holiday }
        }
        if let value = value(index, .timeWord), 1...3 ~= value { return word(index) }
        guard value(index, .timeModifier) != nil, let found = modified(index), found.type == .date, found.day != nil
        else {
            return nil
        }
        return found
    }
}
