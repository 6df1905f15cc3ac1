internal import Language
internal import Stories

extension TimeParser {
    /// Words that are a time by themselves: `yesterday`, `now`, `recently`, `daily`.
    func word(_ index: Int) -> FoundTime? {
        guard let value = value(index, .timeWord) else { return nil }
        let range = index..<index + 1
        switch value {
        case 1, 2, 3:
            // "USA Today", "This is VOA Today".
            if tokens[index].isCapitalized, index > sentence.lowerBound, tokens[index - 1].isCapitalized, part == .body
            {
                return nil
            }
            let day = anchor.published?.adding(value - 2)
            let text = day?.description ?? (value == 2 ? "PRESENT_REF" : "XXXX-XX-XX")
            if let part = dayPartCode(index + 1), day != nil || value != 2 {
                return FoundTime(tokens: index..<index + 2, type: .time, value: text + part, day: day)
            }
            return FoundTime(tokens: range, type: .date, value: text, day: day)
        case 4:
            let day = anchor.published
            return FoundTime(tokens: range, type: .time, value: (day?.description ?? "XXXX-XX-XX") + "TNI", day: day)
        case 5: return FoundTime(tokens: range, type: .date, value: "PRESENT_REF")
        case 6: return FoundTime(tokens: range, type: .date, value: "PAST_REF")
        case 7:
            // "as soon as", "soon after": of an event, not of the day.
            if index + 1 < end, analysis.is(index + 1, anyOf: "as", "after", "before", "became") { return nil }
            return FoundTime(tokens: range, type: .date, value: "FUTURE_REF")
        case 8...13:
            // The paper that comes out daily is no time.
            if value == 8, tokens[index].tag == .noun || tokens[index].tag == .properNoun { return nil }
            return FoundTime(
                tokens: range, type: .set, value: period("1", [8: 4, 9: 5, 10: 6, 11: 8, 12: 7, 13: 3][value] ?? 4))
        case 102...109:
            guard isPrevious(index, anyOf: "the", "late", "early", "mid", "-") else { return nil }
            return decade(range, 1900 + (value - 100) * 10)
        default: return nil
        }
    }

    // MARK: What stands before

    /// An expression with the words before it that belong to it: `the third quarter`, `early March`, `nearly two years`.
    func extended(_ core: FoundTime) -> FoundTime {
        var found = core
        var first = core.tokens.lowerBound
        func isBefore(_ word: StaticString) -> Bool { first > start && analysis.is(first - 1, word) }
        if found.type == .duration || found.takesArticle && found.type != .time {
            if first > start, analysis.is(first - 1, anyOf: "first", "final", "opening", "latest", "entire", "full"),
                found.takesArticle
            {
                first -= 1
            }
        }
        // "mid-February", "early this week", "late Tuesday night", "later this month".
        if found.type == .date || found.type == .time {
            if isBefore("-"), first - 1 > start, analysis.is(first - 2, anyOf: "mid", "late", "early") {
                first -= 2
            } else if first > start, analysis.is(first - 1, anyOf: "early", "late", "earlier", "later", "mid") {
                first -= 1
            } else if isBefore("in"), first - 1 > start,
                analysis.is(first - 2, anyOf: "earlier", "later", "late", "early")
            {
                first -= 2
            }
        }
        if isBefore("right"), found.value == "PRESENT_REF" || isBefore("more") { first -= 1 }
        if isBefore("more"), found.value == "PAST_REF" { first -= 1 }
        if first > start, analysis.is(first - 1, "the"),
            found.takesArticle || first < core.tokens.lowerBound && found.type == .date && found.value.utf8.count <= 4
        {
            first -= 1
        }
        // "the end of last week", "the beginning of October".
        if found.type == .date, first - 2 >= start, analysis.is(first - 1, "of"),
            analysis.is(first - 2, anyOf: "end", "beginning", "start", "middle")
        {
            first -= 2
            if isBefore("the") { first -= 1 }
        }
        if found.type == .duration || found.tokens.count > 1 && analysis.is(found.tokens.upperBound - 1, "ago") {
            if first > start,
                analysis.is(first - 1, anyOf: "nearly", "almost")
                    || first == core.tokens.lowerBound && isBefore("over") && analysis.is(first, anyOf: "a", "an")
            {
                first -= 1
            } else if isBefore("than"), first - 1 > start, analysis.is(first - 2, anyOf: "more", "less", "longer") {
                first -= 2
                if isBefore("no") { first -= 1 }
            } else if isBefore("least"), first - 1 > start, analysis.is(first - 2, "at") {
                first -= 2
            }
        }
        // "around 7:15 p.m.", "around Nov. 1".
        if isBefore("around"), found.type == .time || found.day != nil, first == core.tokens.lowerBound { first -= 1 }
        found.tokens = first..<core.tokens.upperBound
        return found
    }
}
