internal import Language
internal import Stories

extension TimeParser {
    /// `last week`, `earlier this month`, `next year`, `last Friday`, `this summer`, `the end of last week`.
    func modified(_ index: Int, _ anchor: Anchor) -> FoundTime? {
        var at = index
        var start = index
        // "the end of", "earlier", "late", "early", "mid-".
        if analysis.is(at, "the"), at + 2 < end, analysis.is(at + 1, anyOf: "end", "beginning", "start", "middle"),
            analysis.is(at + 2, "of")
        {
            at += 3
        } else if analysis.is(at, anyOf: "earlier", "later", "late", "early"), at + 1 < end {
            at += 1
            if at < end, analysis.is(at, "in") { at += 1 }
        } else if analysis.is(at, "mid"), at + 2 < end, analysis.is(at + 1, "-") {
            at += 2
        }
        guard at < end else { return nil }
        if at > index {
            if tokens[at].isCapitalized,
                analysis.value(of: at, in: .month) != nil || analysis.value(of: at, in: .weekday) != nil || false,
                let inner = self.time(at: at, anchor: anchor)
            {
                return FoundTime(
                    tokens: start..<inner.tokens.upperBound, type: inner.type, value: inner.value, day: inner.day)
            }
            if let year = yearNumber(at) { return FoundTime(tokens: start..<at + 1, type: .date, value: "\(year)") }
        }
        if analysis.is(at, "the"), at + 1 < end { at += 1 }
        // "the same day", "the same month".
        if analysis.is(at, "same"), at + 1 < end, analysis.value(of: at + 1, in: .timeUnit) == 4 {
            guard let day = anchor.last ?? anchor.published else { return nil }
            return FoundTime(tokens: start..<at + 2, type: .date, value: day.description, day: day)
        }
        guard let shift = analysis.value(of: at, in: .timeModifier), at + 1 < end else { return nil }
        var next = at + 1
        // "the past few days", "the last two weeks", "recent years".
        if let amount = amount(next) {
            let unitAt = amount.end
            if unitAt < end, let unit = analysis.value(of: unitAt, in: .timeUnit), unit != 11, amount.isMany {
                return FoundTime(tokens: start..<unitAt + 1, type: .duration, value: period(amount.text, unit))
            }
        }
        if shift == 2 {
            if let unit = analysis.value(of: next, in: .timeUnit), isPlural(next) {
                _ = unit
                return FoundTime(tokens: start..<next + 1, type: .date, value: "PAST_REF")
            }
            if analysis.is(at, "past"), start < at, at - 1 >= sentence.lowerBound, analysis.is(at - 1, "the"),
                !(analysis.value(of: next, in: .timeUnit) != nil)
            {
                return FoundTime(tokens: at - 1..<at + 1, type: .date, value: "PAST_REF")
            }
            if let unit = analysis.value(of: next, in: .timeUnit) {
                return FoundTime(tokens: start..<next + 1, type: .duration, value: period("1", unit))
            }
            return nil
        }
        if let weekday = analysis.value(of: next, in: .weekday), tokens[next].isCapitalized {
            guard let day = self.weekday(weekday, at: next, anchor, shift: shift == 0 ? nil : shift) else { return nil }
            if next + 1 < end, let part = analysis.value(of: next + 1, in: .dayPart) {
                return FoundTime(
                    tokens: start..<next + 2, type: .time, value: day.value + "T" + dayPart(part), day: day.day)
            }
            return FoundTime(tokens: start..<next + 1, type: .date, value: day.value, day: day.day)
        }
        if let month = analysis.value(of: next, in: .month), tokens[next].isCapitalized {
            guard let published = anchor.published else {
                return FoundTime(tokens: start..<next + 1, type: .date, value: "XXXX-\(two(month))")
            }
            var year = published.date.year
            if shift < 0, month >= published.date.month { year -= 1 }
            if shift > 0, month <= published.date.month { year += 1 }
            return FoundTime(tokens: start..<next + 1, type: .date, value: "\(year)-\(two(month))")
        }
        if let season = analysis.value(of: next, in: .season) {
            guard let published = anchor.published else {
                return FoundTime(tokens: start..<next + 1, type: .date, value: "XXXX-\(code(season))")
            }
            let first = [3, 6, 9, 12][season - 1]
            var year = published.date.year
            if shift < 0, published.date.month <= first + 2 { year -= 1 }
            if shift > 0, published.date.month >= first { year += 1 }
            return FoundTime(tokens: start..<next + 1, type: .date, value: "\(year)-\(code(season))")
        }
        if let part = analysis.value(of: next, in: .dayPart), !analysis.is(at, anyOf: "current", "recent"),
            !analysis.is(next, "midnight")
        {
            let day = relativeDay(shift == -1 ? -1 : shift, anchor)
            guard day.day != nil else { return nil }
            return FoundTime(
                tokens: start..<next + 1, type: .time, value: day.value + "T" + dayPart(part), day: day.day)
        }
        guard let unit = analysis.value(of: next, in: .timeUnit), !isPlural(next) || unit == 11 else { return nil }
        if analysis.is(next, anyOf: "minute", "second") {
            return FoundTime(tokens: start..<next + 1, type: .date, value: shift < 0 ? "PAST_REF" : "FUTURE_REF")
        }
        next += 1
        if start == index, index - 1 >= sentence.lowerBound { start = index }
        return FoundTime(tokens: start..<next, type: .date, value: unitValue(unit, shift, anchor))
    }

    /// The week, month or year that lies `shift` units from the day of publication.
    private func unitValue(_ unit: Int, _ shift: Int, _ anchor: Anchor) -> String {
        guard let published = anchor.published else {
            switch unit {
            case 5: return "XXXX-WXX"
            case 11: return "XXXX-WXX-WE"
            case 6: return "XXXX-XX"
            case 7: return "XXXX-QX"
            case 8: return "XXXX"
            default: return shift < 0 ? "PAST_REF" : shift == 0 ? "PRESENT_REF" : "FUTURE_REF"
            }
        }
        let date = published.date
        switch unit {
        case 4: return published.adding(shift).description
        case 5, 11:
            let week = published.adding(shift * 7).week
            return "\(week.year)-W\(two(week.week))" + (unit == 11 ? "-WE" : "")
        case 6:
            let months = date.year * 12 + date.month - 1 + shift
            return "\(months / 12)-\(two(months % 12 + 1))"
        case 7:
            let quarters = date.year * 4 + (date.month - 1) / 3 + shift
            return "\(quarters / 4)-Q\(quarters % 4 + 1)"
        case 8: return "\(date.year + shift)"
        case 9: return "\((date.year / 10) + shift)X"
        case 10: return "\((date.year / 100) + shift)XX"
        default: return shift < 0 ? "PAST_REF" : shift == 0 ? "PRESENT_REF" : "FUTURE_REF"
        }
    }

    // MARK: Durations

    /// A number of units: how it is written in a value, where it ends, and whether it is more than one or vague.
    private func amount(_ index: Int) -> (text: String, end: Int, isMany: Bool)? {
        guard index < end else { return nil }
        if let number = analysis.wholeNumber(at: index) { return ("\(number)", index + 1, true) }
        if tokens[index].shape.contains(.number) {
            let text = analysis.text(of: index)
            return text.allSatisfy { $0.isNumber || $0 == "." } ? (text, index + 1, true) : nil
        }
        if let value = analysis.value(of: index, in: .numberWord) { return ("\(value)", index + 1, true) }
        if analysis.is(index, anyOf: "few", "several", "some", "many") {
            return ("X", index + 1, true)
        }
        if analysis.is(index, "couple"), index + 1 < end, analysis.is(index + 1, "of") { return ("X", index + 2, true) }
        if analysis.is(index, anyOf: "a", "an", "one") {
            if index + 1 < end, analysis.is(index + 1, "few") { return ("X", index + 2, true) }
            if index + 2 < end, analysis.is(index + 1, "couple"), analysis.is(index + 2, "of") {
                return ("X", index + 3, true)
            }
            return ("1", index + 1, false)
        }
        return nil
    }

    /// `20 minutes`, `two weeks`, `a week`, `two-day`, `a day earlier`, `three years ago`.
    func duration(_ index: Int, _ anchor: Anchor) -> FoundTime? {
        guard let amount = amount(index), amount.end < end else { return nil }
        var unitAt = amount.end
        var isHyphenated = false
        if analysis.is(unitAt, "-"), unitAt + 1 < end {
            unitAt += 1
            isHyphenated = true
        }
        guard let unit = analysis.value(of: unitAt, in: .timeUnit), unit != 11, unit != 7 || amount.isMany else {
            return nil
        }
        var last = unitAt + 1
        // An age: "a five-year-old girl".
        if last + 1 < end, analysis.is(last, "-"), analysis.is(last + 1, "old") {
            last += 2
        } else if last < end, analysis.is(last, "old") {
            last += 1
        }
        if last < end, !isHyphenated {
            let back = analysis.is(last, anyOf: "ago", "earlier", "before")
            let ahead = analysis.is(last, anyOf: "later", "after", "hence")
            if back || ahead {
                let isFromLast = analysis.is(last, anyOf: "earlier", "before", "later", "after")
                let base = isFromLast ? anchor.last ?? anchor.published : anchor.published
                if let value = shifted(base, amount.text, unit, back: back) {
                    return FoundTime(tokens: index..<last + 1, type: .date, value: value.value, day: nil)
                }
                if back || analysis.is(last, "later") {
                    return FoundTime(tokens: index..<last + 1, type: .date, value: back ? "PAST_REF" : "FUTURE_REF")
                }
            }
        }
        // "a year" in "540,000 tonnes a year" is a rate all the same; "a second" is an ordinal as often as not.
        if !amount.isMany, analysis.is(unitAt, anyOf: "second", "quarter", "night", "day") && unit != 4 { return nil }
        return FoundTime(tokens: index..<last, type: .duration, value: period(amount.text, unit))
    }

    /// The day, month or year that lies an amount away from a day.
    private func shifted(_ base: Day?, _ amount: String, _ unit: Int, back: Bool) -> (value: String, day: Day?)? {
        guard let base, let count = Int(amount) else { return nil }
        let shift = back ? -count : count
        switch unit {
        case 4:
            let day = base.adding(shift)
            return (day.description, day)
        case 5:
            let week = base.adding(shift * 7).week
            return ("\(week.year)-W\(two(week.week))", nil)
        case 6:
            let months = base.date.year * 12 + base.date.month - 1 + shift
            return months > 0 ? ("\(months / 12)-\(two(months % 12 + 1))", nil) : nil
        case 8: return ("\(base.date.year + shift)", nil)
        case 9: return ("\((base.date.year + shift * 10) / 10)X", nil)
        default: return nil
        }
    }

    /// The ISO 8601 period of an amount of a unit.
    func period(_ amount: String, _ unit: Int) -> String {
        switch unit {
        case 1: "PT\(amount)S"
        case 2: "PT\(amount)M"
        case 3: "PT\(amount)H"
        case 4: "P\(amount)D"
        case 5: "P\(amount)W"
        case 6: "P\(amount)M"
        case 7: Int(amount).map { "P\($0 * 3)M" } ?? "PXM"
        case 8: "P\(amount)Y"
        case 9: Int(amount).map { "P\($0 * 10)Y" } ?? "PXY"
        default: Int(amount).map { "P\($0 * 100)Y" } ?? "PXY"
        }
    }

    // MARK: Sets and words

    /// `every day`, `each year`.
    func set(_ index: Int) -> FoundTime? {
        guard analysis.is(index, anyOf: "every", "each"), index + 1 < end else { return nil }
        if let unit = analysis.value(of: index + 1, in: .timeUnit) {
            return FoundTime(tokens: index..<index + 2, type: .set, value: period("1", unit))
        }
        if let weekday = analysis.value(of: index + 1, in: .weekday) {
            return FoundTime(tokens: index..<index + 2, type: .set, value: "XXXX-WXX-\(weekday)")
        }
        if let part = analysis.value(of: index + 1, in: .dayPart) {
            return FoundTime(tokens: index..<index + 2, type: .set, value: "XXXX-XX-XXT" + dayPart(part))
        }
        return nil
    }

    /// Words that are a time by themselves.
    func word(_ index: Int, _ anchor: Anchor) -> FoundTime? {
        // "in the past", "in the future".
        if analysis.is(index, "the"), index + 1 < end, analysis.is(index + 1, anyOf: "past", "future"),
            index > sentence.lowerBound, analysis.is(index - 1, "in")
        {
            let isPast = analysis.is(index + 1, "past")
            return FoundTime(tokens: index - 1..<index + 2, type: .date, value: isPast ? "PAST_REF" : "FUTURE_REF")
        }
        guard let value = analysis.value(of: index, in: .timeWord) else { return nil }
        let range = index..<index + 1
        switch value {
        case 1, 2, 3:
            let day = relativeDay(value - 2, anchor)
            if index + 1 < end, let part = analysis.value(of: index + 1, in: .dayPart) {
                return FoundTime(
                    tokens: index..<index + 2, type: .time, value: day.value + "T" + dayPart(part), day: day.day)
            }
            return FoundTime(tokens: range, type: .date, value: day.value, day: day.day)
        case 4:
            let day = relativeDay(0, anchor)
            return FoundTime(tokens: range, type: .time, value: day.value + "TNI", day: day.day)
        case 5: return FoundTime(tokens: range, type: .date, value: "PRESENT_REF")
        case 6: return FoundTime(tokens: range, type: .date, value: "PAST_REF")
        case 7: return FoundTime(tokens: range, type: .date, value: "FUTURE_REF")
        default:
            return FoundTime(tokens: range, type: .set, value: period("1", [8: 4, 9: 5, 10: 6, 11: 8][value] ?? 4))
        }
    }

    func isPlural(_ index: Int) -> Bool { analysis.story.bytes[Int(tokens[index].end) - 1] | 0x20 == UInt8(ascii: "s") }
}
