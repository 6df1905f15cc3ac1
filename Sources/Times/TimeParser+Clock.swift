internal import Language
internal import Stories

extension TimeParser {
    /// `3:30 p.m.`, `2 a.m. Sunday`, `1530 GMT`, `5 p.m. EST, Nov. 9`, `4 in the morning`.
    func clock(_ index: Int) -> FoundTime? {
        guard tokens[index].shape.contains(.number), analysis.length(of: index) <= 7 else { return nil }
        var hour = 0
        var minute = 0
        var digits = 0
        var colon = 0
        var letters: UInt8 = 0
        for byte in analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9") where letters == 0:
                guard digits < 4 else { return nil }
                if colon == 0 { hour = hour * 10 + Int(byte & 15) } else { minute = minute * 10 + Int(byte & 15) }
                digits += 1
                if colon > 0 { colon += 1 }
            case UInt8(ascii: ":") where colon == 0 && digits > 0: colon = 1
            case UInt8(ascii: "."): if letters == 0, colon == 0 { colon = 1 }
            case UInt8(ascii: "a"), UInt8(ascii: "p"), UInt8(ascii: "A"), UInt8(ascii: "P"):
                guard letters == 0 else { return nil }
                letters = byte | 0x20
            case UInt8(ascii: "m"), UInt8(ascii: "M"): guard letters != 0 else { return nil }
            default: return nil
            }
        }
        guard colon == 0 || colon == 3 || letters != 0 else { return nil }
        var next = index + 1
        var isTold = letters != 0
        if letters == 0, let half = halfOfDay(next) {
            letters = half
            isTold = true
            next += 1
        }
        if isTold {
            guard 1...12 ~= hour else { return nil }
            hour = hour % 12 + (letters == UInt8(ascii: "p") ? 12 : 0)
        } else if next < end, analysis.is(next, "o'clock") {
            next += 1
        } else if next + 2 < end, analysis.is(next, "in"), analysis.is(next + 1, "the"), 1...12 ~= hour, colon == 0,
            let part = value(next + 2, .dayPart), part <= 4
        {
            hour = hour % 12 + (part >= 3 ? 12 : 0)
            next += 3
        } else if colon == 0, digits == 4, next < end,
            analysis.is(next, anyOf: "gmt", "utc", "hours", "hrs", "edt", "est")
        {
            (hour, minute) = (hour / 100, hour % 100)
            if analysis.is(next, anyOf: "hours", "hrs") { next += 1 }
        } else if colon < 3
            || !(isZone(next)
                || isPrevious(
                    index, anyOf: "at", "about", "around", "until", "by", "from", "to", "before", "after", "past",
                    "between", "and"))
        {
            return nil
        } else if analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)].contains(UInt8(ascii: ".")) {
            return nil
        }
        guard hour < 24, minute < 60 else { return nil }
        return clock(index, hour, minute, next)
    }

    /// `five p.m.`, `eight o'clock`.
    func spelledClock(_ index: Int) -> FoundTime? {
        guard let number = value(index, .numberWord), 1...12 ~= number, index + 1 < end else { return nil }
        if analysis.is(index + 1, "o'clock") {
            let half = halfOfDay(index + 2)
            return clock(
                index, half == UInt8(ascii: "p") ? number % 12 + 12 : number, 0, half == nil ? index + 2 : index + 3)
        }
        guard let half = halfOfDay(index + 1) else { return nil }
        return clock(index, number % 12 + (half == UInt8(ascii: "p") ? 12 : 0), 0, index + 2)
    }

    /// The first letter of `a.m.` or `p.m.` at a token.
    private func halfOfDay(_ index: Int) -> UInt8? {
        guard index < end else { return nil }
        if analysis.is(index, anyOf: "p.m.", "pm", "p.m") { return UInt8(ascii: "p") }
        if analysis.is(index, anyOf: "a.m.", "am", "a.m"),
            tokens[index].tag != .auxiliary || analysis.length(of: index) > 2
        {
            return UInt8(ascii: "a")
        }
        return nil
    }

    private func isZone(_ index: Int) -> Bool {
        index < end && tokens[index].shape.contains(.allCapitals)
            && analysis.is(
                index, anyOf: "gmt", "utc", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "ct", "pt",
                "bst",
                "cet", "cest")
    }

    /// A time of day with the day beside it, `index` to `next` being the clock.
    private func clock(_ index: Int, _ hour: Int, _ minute: Int, _ next: Int) -> FoundTime {
        var last = next
        if isZone(last) { last += 1 }
        let isMorningAfter = anchor.isNight && hour < 6
        if last + 1 < end, analysis.is(last, "local"), analysis.is(last + 1, "time") { last += 2 }
        var (value, day, end) = day(beside: last)
        if isMorningAfter, end == last, let night = day, night != anchor.published {
            // "shot Saturday night ... about 1 a.m."
            day = night.adding(1)
            value = night.adding(1).description
        }
        return FoundTime(
            tokens: index..<end, type: .time, value: value + "T\(two(hour)):\(two(minute))", day: day)
    }

    /// The day that a time of day belongs to, named at a token or before it.
    private func day(beside index: Int) -> (value: String, day: Day?, end: Int) {
        var at = index
        if at + 1 < end, analysis.is(at, anyOf: "on", ",", "of") { at += 1 }
        if at < end, let inner = innerDay(at), inner.type == .date, inner.value.utf8.count >= 10 || inner.day != nil {
            return (inner.value, inner.day, inner.tokens.upperBound)
        }
        if at == index, at + 1 < end, let part = value(at, .dayPart), part <= 5, let inner = innerDay(at + 1) {
            return (inner.value, inner.day, inner.tokens.upperBound)
        }
        let day = anchor.sentenceDay ?? anchor.last ?? anchor.published
        return (day?.description ?? "XXXX-XX-XX", day, index)
    }

    // MARK: Parts of the day

    /// `noon Saturday`, `midnight`, `overnight`, `the morning`, `morning of Sept. 11`.
    func dayPart(_ index: Int) -> FoundTime? {
        guard let part = value(index, .dayPart) else { return nil }
        if part >= 6 {
            let (value, day, end) = day(beside: index + 1)
            return FoundTime(tokens: index..<end, type: .time, value: value + code(dayPart: part), day: day)
        }
        if isPlural(index) { return nil }
        if analysis.is(index, "overnight") {
            guard tokens[index].tag == .adverb || index + 1 >= end || tokens[index + 1].tag != .noun else { return nil }
            let day = anchor.sentenceDay ?? anchor.published
            return FoundTime(
                tokens: index..<index + 1, type: .time, value: (day?.description ?? "XXXX-XX-XX") + "TNI")
        }
        let isDefinite = isPrevious(index, "the")
        if index + 1 < end,
            analysis.is(index + 1, anyOf: "of", "on") || tokens[index + 1].isIn(.weekday)
                || tokens[index + 1].isIn(.timeWord)
        {
            let (value, day, end) = day(beside: index + 1)
            if end > index + 1 {
                return FoundTime(
                    tokens: index..<end, type: .time, value: value + code(dayPart: part), day: day, takesArticle: true)
            }
        }
        guard isDefinite, part != 5 || isPrevious(index, "mid"), index + 1 >= end || tokens[index + 1].tag != .noun,
            !isNext(index, "of")
        else { return nil }
        let day = anchor.sentenceDay ?? anchor.last ?? anchor.published
        return FoundTime(
            tokens: index..<index + 1, type: .time, value: (day?.description ?? "XXXX-XX-XX") + code(dayPart: part),
            takesArticle: true)
    }

    /// `last night`, `this morning`, `that evening`, `the next morning`.
    func dayPart(_ range: Range<Int>, _ part: Int, _ shift: Int) -> FoundTime? {
        let base = shift >= 3 || shift == 1 ? anchor.last ?? anchor.published : anchor.published
        let steps = shift == -1 || shift == 3 ? -1 : shift == 1 || shift == 4 ? 1 : 0
        let code = code(dayPart: part)
        guard let day = base?.adding(steps) else {
            return FoundTime(tokens: range, type: .time, value: "XXXX-XX-XX" + code, takesArticle: shift >= 1)
        }
        return FoundTime(
            tokens: range, type: .time, value: day.description + code, day: day, takesArticle: shift >= 1)
    }
}
