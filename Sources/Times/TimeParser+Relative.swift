internal import Language
internal import Stories

extension TimeParser {
    // MARK: last, this, next

    /// `last week`, `this month`, `next year`, `last Friday`, `this summer`, `the past few days`, `that night`.
    func modified(_ index: Int) -> FoundTime? {
        guard let kind = value(index, .timeModifier) else { return nil }
        // "said that Monday was calm", "following Monday's attack": not of a Monday last told of.
        if kind >= 3, tokens[index].tag != .adjective, tokens[index].tag != .determiner, !isPrevious(index, "the") {
            return nil
        }
        var next = index + 1
        // "this coming Sunday", "this past spring", "this same day".
        var shift = kind
        if kind == 0, let second = value(next, .timeModifier), next + 1 < end {
            shift = second == 2 ? -1 : second
            next += 1
        }
        guard next < end else { return nil }
        let range = { (last: Int) in index..<last }
        // "the past two weeks", "the last few days", "the next 12 months".
        if shift != 0, shift != 5, let amount = amount(next), amount.isMany || amount.count == nil,
            let found = duration(next), found.type == .duration, !found.isSilent
        {
            var found = found
            found.tokens = range(found.tokens.upperBound)
            found.takesArticle = true
            return found
        }
        if analysis.is(next, "fiscal"), next + 1 < end { next += 1 }
        let isNarrative = shift >= 3
        let reference = isNarrative ? anchor.then : anchor.now
        let steps = shift == 3 ? -1 : shift == 4 ? 1 : shift == 5 ? 0 : shift
        if let unit = value(next, .timeUnit) { return modified(range(next + 1), kind: shift, steps, unit, reference) }
        if shift == 2 { return vague(index) }
        if tokens[next].isCapitalized {
            if tokens[next].isIn(.weekday) {
                return isNarrative
                    ? narrativeWeekday(range, next, steps) : renamed(weekdayTime(next, shift: steps), range)
            }
            if tokens[next].isIn(.month), shift != 5 { return renamed(monthDate(next, shift: steps), range) }
            if tokens[next].isIn(.holiday), let found = holiday(next, shift: steps) { return renamed(found, range) }
        }
        if let season = value(next, .season), !isPlural(next) {
            return self.season(range(next + 1), season, steps, reference)
        }
        if let part = value(next, .dayPart), !analysis.is(index, "current") {
            return dayPart(range(next + 1), part, shift)
        }
        if shift <= 1, let quarter = ordinalQuarter(next), let year = reference.year, steps != 0 || kind == 0 {
            return found(range(quarter.end), quarter: self.quarter(quarter.quarter, steps, year))
        }
        // "current" before a noun.
        if kind == 0, analysis.is(index, "current"),
            tokens[next].tag == .noun || tokens[next].tag == .adjective || tokens[next].tag == .numeral
        {
            return FoundTime(tokens: index..<index + 1, type: .date, value: "PRESENT_REF")
        }
        return nil
    }

    /// An expression that begins earlier.
    private func renamed(_ found: FoundTime?, _ range: (Int) -> Range<Int>) -> FoundTime? {
        guard var found else { return nil }
        found.tokens = range(found.tokens.upperBound)
        return found
    }

    /// A word that moves a unit: `last week`, `this year's third quarter`, `recent years`, `the same day`.
    private func modified(
        _ range: Range<Int>, kind: Int, _ steps: Int, _ unit: Int, _ reference: TimeAnchor.Reference
    ) -> FoundTime? {
        let at = range.upperBound - 1
        if isTitled(range.lowerBound), tokens[at].isCapitalized { return FoundTime.none(range) }
        if kind == 2 {
            if isPlural(at) {
                return FoundTime(
                    tokens: range, type: .date, value: "PAST_REF", takesArticle: analysis.is(range.lowerBound, "past"))
            }
            return FoundTime(tokens: range, type: .duration, value: period("1", unit), takesArticle: true)
        }
        if isPlural(at), unit != 11 {
            guard kind == 1 || kind == -1 else { return nil }
            return FoundTime(
                tokens: range, type: kind == 1 ? .date : .duration, value: kind == 1 ? "FUTURE_REF" : period("X", unit),
                takesArticle: true)
        }
        if unit <= 3 {
            guard kind == -1 || kind == 1 else { return nil }
            return FoundTime(
                tokens: range, type: .date, value: kind < 0 ? "PAST_REF" : "FUTURE_REF", takesArticle: true)
        }
        if unit == 4 {
            if kind == 0 { return nil }
            // "the next day", "the previous day", "that day".
            guard let day = anchor.last ?? anchor.published else { return nil }
            var found = found(range, day.adding(steps))
            found.takesArticle = true
            if let part = dayPartCode(range.upperBound) {
                found.tokens = range.lowerBound..<range.upperBound + 1
                found.type = .time
                found.value += part
            }
            return found
        }
        if unit == 7, kind == 5, let quarter = anchor.quarter { return found(range, quarter: quarter) }
        // "this year's third quarter".
        if unit == 8, let year = reference.year {
            let quarterAt = isPossessive(range.upperBound) ? range.upperBound + 1 : range.upperBound
            if quarterAt > range.upperBound, let quarter = ordinalQuarter(quarterAt) {
                return found(range.lowerBound..<quarter.end, quarter: (year + steps) * 4 + quarter.quarter - 1)
            }
        }
        guard var found = shifted(range, unit, steps, reference) else { return nil }
        found.takesArticle = true
        return found
    }

    /// The unit that lies `steps` units from a reference.
    func shifted(_ range: Range<Int>, _ unit: Int, _ steps: Int, _ reference: TimeAnchor.Reference) -> FoundTime? {
        let vague = FoundTime(
            tokens: range, type: .date, value: steps < 0 ? "PAST_REF" : steps == 0 ? "PRESENT_REF" : "FUTURE_REF")
        guard abs(steps) < 10_000 else { return vague }
        switch unit {
        case 4:
            guard let day = reference.day else { return vague }
            return found(range, day.adding(steps))
        case 5, 11, 12:
            let weeks = unit == 12 ? 2 * steps : steps
            guard let day = reference.day ?? (reference.year == nil ? nil : anchor.published) else {
                return FoundTime(tokens: range, type: .date, value: unit == 11 ? "XXXX-WXX-WE" : "XXXX-WXX")
            }
            let week = day.adding(weeks * 7).week
            return FoundTime(
                tokens: range, type: .date, value: "\(four(week.year))-W\(two(week.week))" + (unit == 11 ? "-WE" : ""))
        case 6:
            guard let year = reference.year, let month = reference.month else {
                return FoundTime(tokens: range, type: .date, value: "XXXX-XX")
            }
            let months = year * 12 + month - 1 + steps
            return months > 0 ? found(range, year: months / 12, month: months % 12 + 1) : vague
        case 7:
            guard let year = reference.year, let month = reference.month else {
                return FoundTime(tokens: range, type: .date, value: "XXXX-QX")
            }
            return found(range, quarter: year * 4 + (month - 1) / 3 + steps)
        case 8:
            guard let year = reference.year else { return FoundTime(tokens: range, type: .date, value: "XXXX") }
            return found(range, year: year + steps)
        case 9:
            guard let year = reference.year, year / 10 + steps > 0 else { return vague }
            return decade(range, (year / 10 + steps) * 10)
        case 10:
            guard let year = reference.year, year / 100 + steps > 0 else { return vague }
            return FoundTime(tokens: range, type: .date, value: two(year / 100 + steps))
        default: return vague
        }
    }

    /// `the previous Friday`, `the following Monday`, `that Sunday`: from the day last told of.
    private func narrativeWeekday(_ range: (Int) -> Range<Int>, _ index: Int, _ steps: Int) -> FoundTime? {
        guard let weekday = value(index, .weekday), let base = anchor.last ?? anchor.published else {
            return renamed(weekdayTime(index), range)
        }
        let back = (base.weekday.rawValue - weekday + 7) % 7
        let day =
            steps > 0 ? base.adding(7 - back) : steps < 0 ? base.adding(back == 0 ? -7 : -back) : base.adding(-back)
        var found = found(range(index + 1), day)
        found.takesArticle = true
        if let part = dayPartCode(index + 1) {
            found.tokens = range(index + 2)
            found.type = .time
            found.value += part
        }
        return found
    }

    /// `in the past`.
    private func vague(_ index: Int) -> FoundTime? {
        guard analysis.is(index, "past"), isPrevious(index, "the"), index + 1 >= end || tokens[index + 1].tag != .noun
        else { return nil }
        return FoundTime(tokens: index..<index + 1, type: .date, value: "PAST_REF", takesArticle: true)
    }

    // MARK: Seasons

    /// `spring 2003`, `the summer`, `the winter of 1994`.
    func season(_ index: Int) -> FoundTime? {
        guard let season = value(index, .season) else { return nil }
        var next = index + 1
        if isNext(index, "of") { next += 1 }
        if let year = spelledYear(next) ?? (yearNumber(next) != nil ? self.year(next) : nil), let number = year.year {
            return FoundTime(
                tokens: index..<year.tokens.upperBound, type: .date, value: "\(number)-\(code(season: season))",
                year: number,
                takesArticle: true)
        }
        let isDefinite = isPrevious(index, anyOf: "the", "early", "late", "this", "in") || isPrevious(index, "mid")
        guard isDefinite, !isPlural(index), !analysis.is(index, "fall") || isPrevious(index, "in"),
            next >= end || tokens[next].tag != .noun, tokens[index].tag == .noun || tokens[index].tag == .properNoun
        else { return nil }
        return self.season(index..<index + 1, season, direction(index) == .future ? 2 : -2, anchor.now)
    }

    /// A season: steps of -1 and 1 leave the current one out, -2 and 2 do not.
    func season(_ range: Range<Int>, _ season: Int, _ steps: Int, _ reference: TimeAnchor.Reference) -> FoundTime? {
        guard let base = reference.year, let month = reference.month else {
            return FoundTime(
                tokens: range, type: .date, value: "\(reference.year.map(four) ?? "XXXX")-\(code(season: season))",
                takesArticle: true)
        }
        let first = season * 3
        var year = base
        switch steps {
        // "last spring" is the last that is over, or begun: in November that of the same year.
        case -1: if month <= first + 2 { year -= 1 }
        case -2: if month < first { year -= 1 }
        case 1: if month >= first { year += 1 }
        case 2: if month > first + 2 { year += 1 }
        default: break
        }
        return FoundTime(
            tokens: range, type: .date, value: "\(four(max(1, year)))-\(code(season: season))", year: year,
            takesArticle: true)
    }
}
