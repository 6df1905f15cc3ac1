internal import Language
internal import Stories

/// Reads the expression of time that begins at a token, longest form first.
struct TimeParser {
    let analysis: Analysis
    let sentence: Range<Int>
    var tokens: [Token] { analysis.tokens }
    var end: Int { sentence.upperBound }

    /// Lists whose words can begin or carry an expression; other tokens cost no more than this look.
    private static let starters = WordLists([
        .month, .weekday, .timeUnit, .dayPart, .season, .holiday, .timeModifier, .timeWord, .numberWord, .vagueNumber,
        .multiplier,
    ])

    func time(at index: Int, anchor: Anchor) -> FoundTime? {
        let token = tokens[index]
        if token.shape.contains(.digit) {
            return isoDate(index) ?? clock(index, anchor) ?? dayMonth(index, anchor) ?? duration(index, anchor)
                ?? decade(index) ?? year(index)
                ?? age(index)
        }
        let isArticle = analysis.is(
            index, anyOf: "the", "a", "an", "every", "each", "earlier", "later", "late", "early", "mid", "end",
            "between", "its", "at", "in", "several", "few", "some", "half", "couple", "same", "time", "past")
        guard isArticle || !token.lists.isDisjoint(with: TimeParser.starters) else { return nil }
        return named(index, anchor) ?? modified(index, anchor) ?? set(index) ?? duration(index, anchor)
            ?? word(index, anchor)
    }

    // MARK: Dates in figures

    /// `2018-02-07`, `2018/02/07`.
    private func isoDate(_ index: Int) -> FoundTime? {
        guard analysis.length(of: index) == 10 else { return nil }
        var text = analysis.text(of: index)
        text = String(text.map { $0 == "/" ? "-" : $0 })
        guard let day = Day(iso: text) else { return nil }
        return FoundTime(tokens: index..<index + 1, type: .date, value: day.description, day: day)
    }

    /// `7 February 2018`, `7 Feb.`
    private func dayMonth(_ index: Int, _ anchor: Anchor) -> FoundTime? {
        guard let day = ordinalOrNumber(index), 1...31 ~= day, index + 1 < end else { return nil }
        var next = index + 1
        if analysis.is(next, "of"), next + 1 < end { next += 1 }
        guard tokens[next].isCapitalized, let month = analysis.value(of: next, in: .month) else { return nil }
        if next + 1 < end, let year = yearNumber(next + 1) {
            return date(year, month, day, index..<next + 2)
        }
        return date(nil, month, day, index..<next + 1, anchor)
    }

    private func ordinalOrNumber(_ index: Int) -> Int? {
        if let number = analysis.wholeNumber(at: index) { return number }
        let text = analysis.text(of: index)
        guard text.hasSuffix("th") || text.hasSuffix("st") || text.hasSuffix("nd") || text.hasSuffix("rd") else {
            return nil
        }
        return Int(text.dropLast(2))
    }

    func yearNumber(_ index: Int) -> Int? {
        guard index < end, analysis.length(of: index) == 4, let number = analysis.wholeNumber(at: index),
            1400...2099 ~= number
        else { return nil }
        return number
    }

    private func year(_ index: Int) -> FoundTime? {
        guard let year = yearNumber(index), 1800...2099 ~= year else { return nil }
        // A number before a noun is a count, and a number with a currency sign is money.
        if index > sentence.lowerBound,
            tokens[index - 1].tag == .symbol
                || tokens[index - 1].isIn(.quantityModifier) && !analysis.is(index - 1, anyOf: "about", "around")
        {
            return nil
        }
        if index + 1 < end, tokens[index + 1].tag == .noun, !tokens[index + 1].hasSpaceBefore == false,
            !(index > sentence.lowerBound
                && (tokens[index - 1].tag == .determiner
                    || analysis.is(
                        index - 1, anyOf: "in", "since", "'s", "his", "her", "its", "their", "its", "of", "from")))
        {
            return nil
        }
        return FoundTime(tokens: index..<index + 1, type: .date, value: "\(year)")
    }

    /// `1980s`, `the '90s`.
    private func decade(_ index: Int) -> FoundTime? {
        let text = analysis.text(of: index)
        guard text.hasSuffix("s") else { return nil }
        let digits = text.filter(\.isNumber)
        guard text.count - digits.count <= 3 else { return nil }
        if digits.count == 4, digits.hasSuffix("0") {
            return FoundTime(tokens: index..<index + 1, type: .date, value: "\(digits.dropLast())X")
        }
        if digits.count == 2, digits.hasSuffix("0") {
            return FoundTime(tokens: index..<index + 1, type: .date, value: "19\(digits.dropLast())X")
        }
        return nil
    }

    /// An age behind a name: `Ekaterina Ivanova, 20, …`.
    private func age(_ index: Int) -> FoundTime? { nil }

    // MARK: Clock times

    /// `3:30 p.m.`, `2 a.m. Sunday`, `1530 GMT`.
    private func clock(_ index: Int, _ anchor: Anchor) -> FoundTime? {
        let text = analysis.text(of: index)
        var parts = text.split(separator: ":").compactMap { Int($0) }
        guard parts.count == (text.contains(":") ? 2 : 1), var hour = parts.first, hour < 2400 else { return nil }
        var last = index + 1
        guard last < end else { return nil }
        let isAfternoon = analysis.is(last, anyOf: "p.m.", "pm", "p.m")
        let isMorning = analysis.is(last, anyOf: "a.m.", "am", "a.m")
        if isAfternoon || isMorning {
            guard 1...12 ~= hour else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
            last += 1
        } else if analysis.is(last, anyOf: "gmt", "utc"), text.count == 4, !text.contains(":") {
            parts = [hour / 100, hour % 100]
            hour = parts[0]
            last += 1
        } else if parts.count < 2 || hour > 23 {
            return nil
        }
        let minute = parts.count > 1 ? parts[1] : 0
        guard minute < 60, hour < 24 else { return nil }
        let clock = "T\(two(hour)):\(two(minute))"
        // The day beside it.
        var from = index
        var day: (value: String, day: Day?)?
        if last < end {
            var next = last
            if analysis.is(next, anyOf: "on", ","), next + 1 < end { next += 1 }
            if let weekday = analysis.value(of: next, in: .weekday), tokens[next].isCapitalized {
                day = self.weekday(weekday, at: next, anchor)
                last = next + 1
            } else if analysis.value(of: next, in: .timeWord) == 1 || analysis.value(of: next, in: .timeWord) == 2 {
                day = relativeDay(analysis.value(of: next, in: .timeWord) == 1 ? -1 : 0, anchor)
                last = next + 1
            }
        }
        if day == nil, from - 1 >= sentence.lowerBound, analysis.is(from - 1, anyOf: "at", "about", "around", ","),
            from - 2 >= sentence.lowerBound, let weekday = analysis.value(of: from - 2, in: .weekday)
        {
            day = self.weekday(weekday, at: from - 2, anchor)
            from = index
        }
        let base = day?.value ?? (anchor.last ?? anchor.published).map(\.description) ?? "XXXX-XX-XX"
        return FoundTime(tokens: index..<last, type: .time, value: base + clock, day: day?.day)
    }

    // MARK: Months, weekdays, holidays

    /// Expressions that begin with a name of the calendar.
    private func named(_ index: Int, _ anchor: Anchor) -> FoundTime? {
        let token = tokens[index]
        if token.isCapitalized, let month = analysis.value(of: index, in: .month) {
            return monthDate(index, month, anchor)
        }
        if token.isCapitalized, let weekday = analysis.value(of: index, in: .weekday) {
            return weekdayTime(index, weekday, anchor)
        }
        if token.isCapitalized, let holiday = analysis.phrase(at: index, in: .holiday, before: end) {
            let month = holiday.value / 100
            let day = holiday.value % 100
            if let year = yearNumber(index + holiday.count) {
                return date(year, month, day, index..<index + holiday.count + 1)
            }
            return date(nil, month, day, index..<index + holiday.count, anchor)
        }
        if let season = analysis.value(of: index, in: .season),
            !analysis.is(index, "fall") || index > sentence.lowerBound && tokens[index - 1].isIn(.timeModifier)
                || yearNumber(index + 1) != nil
        {
            if let year = yearNumber(index + 1) {
                return FoundTime(tokens: index..<index + 2, type: .date, value: "\(year)-\(code(season))")
            }
        }
        return nil
    }

    private func monthDate(_ index: Int, _ month: Int, _ anchor: Anchor) -> FoundTime? {
        var next = index + 1
        // "May" and "March" alone must not be a verb or a name.
        if next < end, let day = ordinalOrNumber(next), 1...31 ~= day, analysis.length(of: next) <= 4 {
            next += 1
            var yearAt = next
            if yearAt < end, analysis.is(yearAt, ",") { yearAt += 1 }
            if let year = yearNumber(yearAt) { return date(year, month, day, index..<yearAt + 1) }
            return date(nil, month, day, index..<next, anchor)
        }
        if next < end, analysis.is(next, ",") || analysis.is(next, "of"), yearNumber(next + 1) != nil { next += 1 }
        if let year = yearNumber(next) {
            return FoundTime(tokens: index..<next + 1, type: .date, value: "\(year)-\(two(month))")
        }
        guard isMonthName(index) else { return nil }
        return FoundTime(tokens: index..<index + 1, type: .date, value: monthValue(month, anchor, shift: 0))
    }

    private func isMonthName(_ index: Int) -> Bool {
        guard analysis.is(index, anyOf: "may", "march", "august") else { return true }
        guard index > sentence.lowerBound else { return false }
        return tokens[index - 1].tag == .adposition || tokens[index - 1].isIn(.timeModifier)
            || analysis.is(index - 1, anyOf: "early", "late", "mid", "since", "until", "in", "by")
    }

    /// A month without a year: the one nearest before the day of publication, or just after it in a sentence that looks
    /// ahead.
    private func monthValue(_ month: Int, _ anchor: Anchor, shift: Int) -> String {
        guard let published = anchor.published else { return "XXXX-\(two(month))" }
        let date = published.date
        var year = date.year + shift
        if shift == 0 {
            if month > date.month { year -= looksAhead(nil) || month - date.month <= 1 && false ? 0 : 1 }
            if month < date.month, looksAhead(nil) { year += 1 }
        } else if shift < 0 {
            year = month < date.month ? date.year : date.year - 1
        } else {
            year = month > date.month ? date.year : date.year + 1
        }
        return "\(year)-\(two(month))"
    }

    private func weekdayTime(_ index: Int, _ weekday: Int, _ anchor: Anchor) -> FoundTime? {
        guard let found = self.weekday(weekday, at: index, anchor) else { return nil }
        var last = index + 1
        var value = found.value
        var type = TimeMention.Kind.date
        if last < end, let part = analysis.value(of: last, in: .dayPart), !tokens[last].isCapitalized {
            value += "T" + dayPart(part)
            type = .time
            last += 1
        } else if last + 1 < end, analysis.is(last, ","), tokens[last + 1].isCapitalized,
            let month = analysis.value(of: last + 1, in: .month), let exact = monthDate(last + 1, month, anchor),
            exact.day != nil
        {
            return FoundTime(tokens: index..<exact.tokens.upperBound, type: .date, value: exact.value, day: exact.day)
        }
        return FoundTime(tokens: index..<last, type: type, value: value, day: found.day)
    }

    /// The day that a weekday means.
    func weekday(_ weekday: Int, at index: Int, _ anchor: Anchor, shift: Int? = nil) -> (value: String, day: Day?)? {
        guard let published = anchor.published else { return ("XXXX-WXX-\(weekday)", nil) }
        let ahead = shift.map { $0 > 0 } ?? looksAhead(index)
        var distance = published.weekday.rawValue - weekday
        if ahead {
            distance = -((7 - distance) % 7)
            if distance == 0, shift != nil { distance = -7 }
        } else {
            distance = (distance + 7) % 7
            if distance == 0, shift == -1 { distance = 7 }
        }
        let day = published.adding(-distance)
        return (day.description, day)
    }

    /// Whether a sentence speaks of what is to come: `will`, `plans to`, `is due`, before a past form stands near.
    func looksAhead(_ index: Int?) -> Bool {
        let from = index.map { max(sentence.lowerBound, $0 - 14) } ?? sentence.lowerBound
        let to = index ?? sentence.upperBound
        for at in stride(from: to - 1, through: from, by: -1) {
            if analysis.is(
                at, anyOf: "will", "'ll", "upcoming", "scheduled", "due", "expected", "until", "next", "planned",
                "plans", "plan")
            {
                return true
            }
            // The nearest past verb settles it.
            if tokens[at].tag == .verb || tokens[at].tag == .auxiliary {
                if analysis.is(at, anyOf: "said", "was", "were", "had", "told", "killed", "died", "did") {
                    return false
                }
                if tokens[at].tag == .verb, endsWithEd(at) { return false }
            }
        }
        return false
    }

    private func endsWithEd(_ index: Int) -> Bool {
        let bytes = analysis.story.bytes
        let last = Int(tokens[index].end) - 1
        return last > Int(tokens[index].start) + 1 && bytes[last] == UInt8(ascii: "d")
            && bytes[last - 1] == UInt8(ascii: "e")
    }

    func date(_ year: Int?, _ month: Int, _ day: Int, _ range: Range<Int>, _ anchor: Anchor? = nil) -> FoundTime? {
        if let year {
            guard let exact = Day(year: year, month: month, day: day) else { return nil }
            return FoundTime(tokens: range, type: .date, value: exact.description, day: exact)
        }
        guard let published = anchor?.published else {
            guard day <= Day.length(ofMonth: month, in: 2000) else { return nil }
            return FoundTime(tokens: range, type: .date, value: "XXXX-\(two(month))-\(two(day))")
        }
        // The year that puts it nearest to the day of publication.
        let candidates = (-1...1).compactMap { Day(year: published.date.year + $0, month: month, day: day) }
        let ahead = looksAhead(range.lowerBound)
        let nearest = candidates.min { distance($0, published, ahead) < distance($1, published, ahead) }
        guard let nearest else { return nil }
        return FoundTime(tokens: range, type: .date, value: nearest.description, day: nearest)
    }

    /// Days between, what lies in the other direction than the sentence speaks counted twice.
    private func distance(_ day: Day, _ published: Day, _ ahead: Bool) -> Int {
        let days = day.number - published.number
        return ahead ? (days >= 0 ? days : -days * 2) : (days <= 0 ? -days : days * 2)
    }

    func relativeDay(_ shift: Int, _ anchor: Anchor) -> (value: String, day: Day?) {
        guard let published = anchor.published else {
            return (shift == 0 ? "PRESENT_REF" : shift < 0 ? "XXXX-XX-XX" : "XXXX-XX-XX", nil)
        }
        let day = published.adding(shift)
        return (day.description, day)
    }

    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    func dayPart(_ part: Int) -> String { ["MO", "MI", "AF", "EV", "NI"][max(1, min(part, 5)) - 1] }
    func code(_ season: Int) -> String { ["SP", "SU", "FA", "WI"][max(1, min(season, 4)) - 1] }
}
