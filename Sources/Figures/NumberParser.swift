internal import Language
internal import Stories

/// Reads numbers: digits, words, multipliers, ranges, vague words, and what stands before them.
struct NumberParser {
    let analysis: Analysis
    let limit: Int

    private var tokens: [Token] { analysis.tokens }

    /// A number and the tokens that it takes.
    struct Match {
        var tokens: Range<Int>
        var quantity: Quantity
        /// Whether the words tell no number: `dozens`.
        var isVague = false
    }

    /// The number that begins at a token, without what stands before it; nil where none does.
    func number(at start: Int) -> Match? {
        guard start < limit else { return nil }
        if var vague = vague(at: start) {
            if vague.tokens.upperBound < limit, analysis.is(vague.tokens.upperBound, "of") {
                vague.tokens = vague.tokens.lowerBound..<vague.tokens.upperBound + 1
            }
            return vague
        }
        guard var match = plain(at: start) else { return nil }
        // "two or three", "40 to 50", "60-80", "60 and 80" behind "between".
        let joint = match.tokens.upperBound
        if joint + 1 < limit, isRange(joint), let second = plain(at: joint + 1), let low = match.quantity.min,
            let high = second.quantity.max,
            low < high
        {
            match.tokens = start..<second.tokens.upperBound
            // "two to three million"
            let scale = second.scale > 1 && match.scale == 1 ? second.scale : 1
            match.quantity = Quantity(min: low * scale, max: high)
        }
        return Match(tokens: match.tokens, quantity: match.quantity)
    }

    private func isRange(_ index: Int) -> Bool {
        analysis.is(index, anyOf: "or", "to", "-", "–", "—")
    }

    private func vague(at start: Int) -> Match? {
        guard let entry = analysis.phrase(at: start, in: .vagueNumber, before: limit) else { return nil }
        if entry.count == 1 {
            // "some 300 men", "many" and "both" alone are no counts.
            if start + 1 < limit, plain(at: start + 1) != nil { return nil }
            if analysis.is(start, anyOf: "some", "many", "both", "couple", "score", "number", "numerous", "multiple") {
                return nil
            }
            if analysis.is(start, "dozen"), start > 0, plain(at: start - 1) != nil { return nil }
        }
        // "a dozen", "two dozen" are numbers, if round ones; "several dozen" is none.
        let isRound = entry.count > 1 && analysis.is(start + entry.count - 1, "dozen") && !analysis.is(start, "several")
        return Match(
            tokens: start..<start + entry.count,
            quantity: Quantity(
                min: Double(entry.value), max: isRound ? Double(entry.value) : nil, isApproximate: isRound),
            isVague: true)
    }

    private func plain(at start: Int) -> (tokens: Range<Int>, quantity: Quantity, scale: Double)? {
        guard start < limit else { return nil }
        var value: Double
        var index: Int
        if let digits = decimal(at: start) {
            (value, index) = (digits, start + 1)
        } else if analysis.is(start, "half"), start + 2 < limit, analysis.is(start + 1, "a"),
            analysis.value(of: start + 2, in: .multiplier) != nil
        {
            // "half a million"
            (value, index) = (0.5, start + 2)
        } else if let word = analysis.phrase(at: start, in: .numberWord, before: limit) {
            (value, index) = (Double(word.value), start + word.count)
        } else if analysis.is(start, "a"), start + 1 < limit, analysis.value(of: start + 1, in: .multiplier) != nil {
            (value, index) = (1, start + 1)
        } else {
            return nil
        }
        var scale = 1.0
        while index < limit, let power = analysis.value(of: index, in: .multiplier) {
            for _ in 0..<power { scale *= 10 }
            index += 1
        }
        if index < limit, scale == 1, analysis.is(index, anyOf: "dozen") {
            scale = 12
            index += 1
        }
        value *= scale
        // "one hundred and twenty", "two thousand five hundred"
        if scale >= 100, decimal(at: start) == nil {
            var next = index
            if next < limit, analysis.is(next, "and") { next += 1 }
            if next < limit, let rest = analysis.phrase(at: next, in: .numberWord, before: limit),
                Double(rest.value) < scale
            {
                var tail = Double(rest.value)
                next += rest.count
                if next < limit, scale >= 1000, analysis.value(of: next, in: .multiplier) == 2 {
                    tail *= 100
                    next += 1
                }
                value += tail
                index = next
            }
        }
        return (start..<index, Quantity(value), scale)
    }

    /// The value of digits: `71`, `10,000`, `1.2`, `.5`.
    private func decimal(at index: Int) -> Double? {
        guard tokens[index].shape.contains(.number) else { return nil }
        var value = 0.0
        var fraction = 0.0
        var digits = 0
        for byte in analysis.story.bytes[Int(tokens[index].start)..<Int(tokens[index].end)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                guard digits <= 15 else { return nil }
                if fraction > 0 {
                    value += Double(byte - 48) * fraction
                    fraction /= 10
                } else {
                    value = value * 10 + Double(byte - 48)
                }
            case UInt8(ascii: ","): if fraction > 0 { return nil }
            case UInt8(ascii: "."):
                guard fraction == 0 else { return nil }
                fraction = 0.1
            default: return nil
            }
        }
        return digits > 0 ? value : nil
    }

    /// The words before a number that say how it is meant, and the quantity with them taken in.
    func modified(_ match: Match, from lowest: Int) -> Match {
        var match = match
        var passes = 0
        while passes < 3, let modifier = modifier(before: match.tokens.lowerBound, from: lowest) {
            passes += 1
            let value = match.quantity
            switch modifier.kind {
            case 1: match.quantity.isApproximate = true
            case 2, 3: match.quantity.max = nil
            case 4: match.quantity = Quantity(min: nil, max: value.max ?? value.min)
            case 5: match.quantity = Quantity(min: nil, max: value.max ?? value.min)
            case 6: match.quantity.isApproximate = true
            case 8:
                guard value.min == value.max, let second = second(behind: match) else { break }
                match.quantity = Quantity(min: value.min, max: second.quantity.max)
                match.tokens = match.tokens.lowerBound..<second.tokens.upperBound
            default: break
            }
            match.tokens = modifier.start..<match.tokens.upperBound
        }
        return match
    }

    /// The upper end behind "and" or "to": `between 60 and 80`.
    private func second(behind match: Match) -> Match? {
        let joint = match.tokens.upperBound
        guard joint + 1 < limit, analysis.is(joint, anyOf: "and", "to"), let second = plain(at: joint + 1) else {
            return nil
        }
        return Match(tokens: second.tokens, quantity: second.quantity)
    }

    private func modifier(before start: Int, from lowest: Int) -> (start: Int, kind: Int)? {
        for count in stride(from: 4, through: 1, by: -1) where start - count >= lowest {
            guard let entry = analysis.phrase(at: start - count, in: .quantityModifier, before: start),
                entry.count == count
            else { continue }
            // "over the" and the like end in a word that is no modifier by itself.
            if entry.value == 7, analysis.is(start - count, anyOf: "the", "another", "only", "just"), count == 1 {
                return nil
            }
            return (start - count, entry.value)
        }
        return nil
    }
}
