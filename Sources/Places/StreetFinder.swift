public import Language
internal import Stories

/// Finds streets and roads as local news names them: `Firelight Lane`, `Interstate 75`, `5th and Main streets`.
public struct StreetFinder {
    private let analysis: Analysis

    /// A finder in a story's analysis.
    public init(analysis: Analysis) { self.analysis = analysis }

    private var tokens: [Token] { analysis.tokens }

    /// The street whose name begins at a token and ends before `limit`; nil where none does.
    public func street(at start: Int, before limit: Int) -> Range<Int>? {
        let token = tokens[start]
        guard token.isCapitalized || token.shape.contains(.number) else { return nil }
        if let road = numberedRoad(at: start, before: limit) { return road }
        if token.isIn(.functionWord) || token.isIn(.month) || token.isIn(.weekday) { return nil }
        var index = start
        while index < min(limit, start + 5) {
            let word = tokens[index]
            guard word.isCapitalized || word.shape.contains(.number) && index == start else { return nil }
            // "2517 Memphis St.": the house number is no part of the name; "5th Street" is.
            if word.shape.contains(.number), !isOrdinal(index) { return nil }
            if index > start, analysis.value(of: index, in: .streetNoun) == 1, !isWithinName(index, before: limit) {
                guard isStreet(start..<index, noun: index, before: limit) else { return nil }
                // "Main Street West", "Palmer Court NE".
                let next = index + 1
                if next < limit, isDirection(next), tokens[next].isCapitalized { return start..<next + 1 }
                return start..<next
            }
            index += 1
        }
        return nil
    }

    /// `Interstate 75`, `U.S. Route 24`, `I-75`, `US-24`, `Highway 19`, `County Road 96`.
    private func numberedRoad(at start: Int, before limit: Int) -> Range<Int>? {
        var index = start
        while index < min(limit, start + 2),
            analysis.is(index, anyOf: "u.s.", "us", "state", "county", "farm", "interstate", "federal", "old")
        {
            index += 1
        }
        guard index < limit else { return nil }
        let isNoun =
            analysis.is(
                index, anyOf: "interstate", "highway", "route", "road", "hwy", "hwy.", "rte.", "autobahn", "loop")
        if isNoun, tokens[index].isCapitalized { index += 1 }
        if !isNoun, index == start {
            // "I-75": one token or three.
            guard analysis.is(index, anyOf: "i", "us", "sr", "cr", "m", "a"), index + 2 < limit,
                analysis.is(index + 1, "-"), !tokens[index + 1].hasSpaceBefore,
                tokens[index + 2].shape.contains(.number),
                !tokens[index + 2].hasSpaceBefore
            else { return isHyphenedRoad(start) ? start..<start + 1 : nil }
            return start..<index + 3
        }
        guard index < limit, tokens[index].shape.contains(.number), tokens[index].end - tokens[index].start <= 4,
            isNoun || analysis.is(index - 1, "interstate")
        else { return nil }
        return start..<index + 1
    }

    /// Whether a token is a road's number in one word: `I-75`, `US-24`.
    private func isHyphenedRoad(_ index: Int) -> Bool {
        let (start, end) = (Int(tokens[index].start), Int(tokens[index].end))
        let bytes = analysis.story.bytes
        guard end - start >= 3, end - start <= 6 else { return false }
        guard let hyphen = (start..<end).first(where: { bytes[$0] == UInt8(ascii: "-") }), hyphen - start <= 2,
            hyphen + 1 < end
        else { return false }
        guard (hyphen + 1..<end).allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[$0] }) else {
            return false
        }
        return bytes[start] == UInt8(ascii: "I") && hyphen == start + 1
            || bytes[start] == UInt8(ascii: "U") && bytes[start + 1] == UInt8(ascii: "S")
    }

    /// Whether the name goes on behind a street's noun: “Florida Highway Patrol”, “Wall Street Journal”.
    private func isWithinName(_ noun: Int, before limit: Int) -> Bool {
        guard noun + 1 < limit else { return false }
        let next = tokens[noun + 1]
        return next.isCapitalized && !next.isPunctuation && !isDirection(noun + 1)
            && analysis.name(holding: noun).map { analysis.names[$0].tokens.contains(noun + 1) } ?? false
    }

    /// Whether a token is an ordinal in figures: `5th`.
    public func isOrdinal(_ index: Int) -> Bool {
        let end = Int(tokens[index].end)
        guard tokens[index].shape.contains(.number), end - Int(tokens[index].start) >= 3 else { return false }
        let (a, b) = (analysis.story.bytes[end - 2] | 0x20, analysis.story.bytes[end - 1] | 0x20)
        return switch (a, b) {
        case (UInt8(ascii: "s"), UInt8(ascii: "t")), (UInt8(ascii: "n"), UInt8(ascii: "d")),
            (UInt8(ascii: "r"), UInt8(ascii: "d")), (UInt8(ascii: "t"), UInt8(ascii: "h")):
            true
        default: false
        }
    }

    /// Whether a token is a point of the compass, as streets bear them: `North`, `NE`.
    public func isDirection(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "n.",
            "s.", "e.", "w.", "n", "s", "e", "w", "ne", "nw", "se", "sw")
    }

    /// Whether a capitalised word at the end makes the words before it a street, and not a court, a drive for food, a person.
    private func isStreet(_ name: Range<Int>, noun: Int, before limit: Int) -> Bool {
        let named = analysis.name(holding: name.lowerBound).map { analysis.names[$0] }
        let isNumbered =
            name.lowerBound > 0
            && (tokens[name.lowerBound - 1].shape.contains(.number)
                || analysis.is(name.lowerBound - 1, "of")
                    && name.lowerBound > 1 && analysis.is(name.lowerBound - 2, anyOf: "block", "corner"))
        if isNumbered { return true }
        if let named {
            // "Wall Street Journal": the name goes on.
            if named.kind != .location, named.tokens.upperBound > noun + 1 { return false }
            if named.kind == .person, named.tokens.contains(noun) { return false }
            if named.kind == .organization { return false }
        }
        // "Supreme Court".
        if analysis.is(noun, "court") { return false }
        let isSure = analysis.is(
            noun, anyOf: "street", "avenue", "road", "drive", "lane", "boulevard", "highway", "parkway", "freeway",
            "expressway", "turnpike", "st.", "ave", "ave.", "rd.", "blvd.", "rd", "blvd", "dr.")
        return isSure || named?.kind == .location && named.map { $0.tokens.contains(noun) } == true
    }
}
