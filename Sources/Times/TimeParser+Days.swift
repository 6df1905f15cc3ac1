internal import Language
internal import Stories

extension TimeParser {
    // MARK: Weekdays

    /// `Wednesday`, `Saturday evening`, `Friday, Oct. 13`, `Mondays`.
    func weekdayTime(_ index: Int, shift: Int? = nil) -> FoundTime? {
        guard let weekday = value(index, .weekday) else { return nil }
        if analysis.length(of: index) < 6, !isShortWeekday(index) { return nil }
        // "Bloody Sunday", "the Mail on Sunday": a name takes its weekday along; a list of names does not.
        if isPlural(index) {
            return FoundTime(tokens: index..<index + 1, type: .set, value: "XXXX-WXX-\(weekday)")
        }
        var next = index + 1
        let comma = next < end && analysis.is(next, ",")
        let dateAt = comma ? next + 1 : next
        if dateAt < end, tokens[dateAt].isCapitalized, tokens[dateAt].isIn(.month), let exact = monthDate(dateAt),
            exact.day != nil
        {
            var exact = exact
            exact.tokens = index..<exact.tokens.upperBound
            return exact
        }
        if dateAt < end, tokens[dateAt].shape.contains(.number), let exact = dayMonth(dateAt), exact.day != nil {
            var exact = exact
            exact.tokens = index..<exact.tokens.upperBound
            return exact
        }
        let day = dayInBrackets(next, weekday) ?? self.day(of: weekday, at: index, shift: shift)
        let value = day?.description ?? "XXXX-WXX-\(weekday)"
        if next < end, analysis.is(next, "-"), next + 1 < end, tokens[next + 1].isIn(.dayPart) { next += 1 }
        if let part = dayPartCode(next) {
            if isPlural(next) {
                return FoundTime(tokens: index..<next + 1, type: .set, value: "XXXX-WXX-\(weekday)" + part)
            }
            return FoundTime(tokens: index..<next + 1, type: .time, value: value + part, day: day)
        }
        return FoundTime(tokens: index..<index + 1, type: .date, value: value, day: day)
    }

    /// The day that brackets behind a weekday give: `Tuesday (Jan. 7)`.
    private func dayInBrackets(_ index: Int, _ weekday: Int) -> Day? {
        var at = index
        if at < end, tokens[at].isIn(.dayPart) { at += 1 }
        guard at + 2 < end, analysis.is(at, "("), tokens[at + 1].isIn(.month), let day = monthDate(at + 1)?.day else {
            return nil
        }
        return day.weekday.rawValue == weekday ? day : nil
    }

    /// `Sun.` and `Sat.` are weekdays beside a date alone.
    private func isShortWeekday(_ index: Int) -> Bool {
        let dateAt = isNext(index, ",") ? index + 2 : index + 1
        return dateAt < end && (tokens[dateAt].isIn(.month) || tokens[dateAt].isIn(.dayPart))
    }

    /// The day that a weekday means; nil where the day of publication is not known.
    func day(of weekday: Int, at index: Int, shift: Int? = nil) -> Day? {
        guard let published = anchor.published else { return nil }
        let distance = (published.weekday.rawValue - weekday + 7) % 7
        if let shift {
            switch shift {
            case ..<0: return published.adding(distance == 0 ? -7 : -distance)
            case 1...: return published.adding(7 - distance)
            default: break
            }
        }
        switch direction(index) {
        case .future: return published.adding(distance == 0 ? 0 : 7 - distance)
        default: return published.adding(-distance)
        }
    }

    /// `T` with the code of a part of the day, where one stands at a token: `night`, not `Night`.
    func dayPartCode(_ index: Int) -> String? {
        guard let part = value(index, .dayPart), !tokens[index].isCapitalized || part != 5 || self.part == .headline,
            !analysis.is(index, "overnight")
        else { return nil }
        return code(dayPart: part)
    }

    func code(dayPart: Int) -> String {
        ["TMO", "TMI", "TAF", "TEV", "TNI", "T12:00", "T24:00"][max(1, min(dayPart, 7)) - 1]
    }

    // MARK: Holidays

    /// `Christmas`, `Thanksgiving Day`, `Easter 1916`, `Easter week`.
    func holiday(_ index: Int, shift: Int? = nil) -> FoundTime? {
        guard tokens[index].isCapitalized, let holiday = analysis.phrase(at: index, in: .holiday, before: end) else {
            return nil
        }
        var last = index + holiday.count
        let year: Int
        if let number = yearNumber(last) {
            year = number
            last += 1
        } else if anchor.isNarrative, let told = anchor.year {
            year = told
        } else if let published = anchor.published {
            let candidates = (-1...1).compactMap { Holiday(code: holiday.value).day(in: published.date.year + $0) }
            let tense = shift.map { $0 < 0 ? Direction.past : .future } ?? direction(index)
            guard
                let nearest = candidates.min(by: {
                    weight($0, published, tense) < weight($1, published, tense)
                })
            else { return nil }
            year = nearest.date.year
        } else {
            guard holiday.value < 10_000 else { return nil }
            let value = "XXXX-\(two(holiday.value / 100))-\(two(holiday.value % 100))"
            return FoundTime(tokens: index..<last, type: .date, value: value)
        }
        guard let day = Holiday(code: holiday.value).day(in: year) else { return nil }
        if isNext(last - 1, "week") {
            return FoundTime(
                tokens: index..<last + 1, type: .date, value: "\(day.week.year)-W\(two(day.week.week))", year: year)
        }
        if isNext(last - 1, "weekend") {
            return FoundTime(
                tokens: index..<last + 1, type: .date, value: "\(day.week.year)-W\(two(day.week.week))-WE", year: year)
        }
        return found(index..<last, day)
    }

    /// How far a day is from another, those on the side that the clause does not speak of counted as farther.
    private func weight(_ day: Day, _ from: Day, _ tense: Direction) -> Int {
        let days = day.number - from.number
        return switch tense {
        case .future: days >= 0 ? days : -days * 5
        default: days <= 0 ? -days : days * 3
        }
    }

    /// `the eve of Christmas`, `the eve of the Nov. 6 election`.
    func eve(_ index: Int) -> FoundTime? {
        guard isNext(index, "of") else { return nil }
        var at = index + 2
        while at < min(end, index + 5) {
            let token = tokens[at]
            if token.isCapitalized, let inner = monthDate(at) ?? holiday(at) ?? weekdayTime(at), let day = inner.day {
                var eve = found(index..<inner.tokens.upperBound, day.adding(-1))
                eve.takesArticle = true
                return eve
            }
            guard token.tag == .determiner else { return nil }
            at += 1
        }
        return nil
    }
}

/// A day that is kept every year.
struct Holiday {
    /// The number that the list of holidays carries.
    let code: Int

    /// Its day in a year.
    func day(in year: Int) -> Day? {
        switch code {
        case ..<10_000: return Day(year: year, month: code / 100, day: code % 100)
        case ..<20_000:
            let month = code / 100 % 100
            let (which, weekday) = (code / 10 % 10, code % 10)
            guard let first = Day(year: year, month: month, day: 1) else { return nil }
            let offset = (weekday - first.weekday.rawValue + 7) % 7
            var day = offset + 1 + (which - 1) * 7
            if day > Day.length(ofMonth: month, in: year) { day -= 7 }
            return first.adding(day - 1)
        default: return Holiday.easter(in: year)?.adding(code - 20_100)
        }
    }

    /// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
    static func easter(in year: Int) -> Day? {
        let a = year % 19
        let b = year / 100
        let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let e = (32 + 2 * (b % 4) + 2 * (year % 100 / 4) - d - year % 100 % 4) % 7
        let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114
        return Day(year: year, month: f / 31, day: f % 31 + 1)
    }
}
