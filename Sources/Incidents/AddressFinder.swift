internal import Language
internal import Places
internal import Stories

/// Finds street addresses as police reports give them, and tells at which of them a story's happening took place.
///
/// `the 1300 block of North Main Street`, `212 Oak Avenue`, `Atlantic Avenue and Monmouth Avenue`, `Red Bird Lane`.
struct AddressFinder {
    let analysis: Analysis
    private let streets: StreetFinder

    init(analysis: Analysis) {
        self.analysis = analysis
        streets = StreetFinder(analysis: analysis)
    }

    private var tokens: [Token] { analysis.tokens }

    /// An address in the text.
    private struct Address {
        var tokens: Range<Int>
        /// How exact it is: 3 a house, a block or a crossing, 1 a street.
        var weight: Double
    }

    /// The address of the happening that some sentences tell of.
    func address(telling sentences: Set<Int>) -> Range<Int>? {
        var best: (tokens: Range<Int>, score: Double)?
        for (number, sentence) in analysis.sentences.enumerated()
        where sentence.part == .body || sentence.part == .headline {
            var index = sentence.tokens.lowerBound
            while index < sentence.tokens.upperBound {
                guard let address = address(at: index, in: sentence.tokens) else {
                    index += 1
                    continue
                }
                index = address.tokens.upperBound
                var score = address.weight - 0.08 * Double(min(number, 40))
                if sentences.contains(number) { score += 1 }
                if isHome(address.tokens.lowerBound, in: sentence.tokens) { score -= 3 }
                if score > (best?.score ?? -.infinity) { best = (address.tokens, score) }
            }
        }
        return best?.tokens
    }

    private func address(at start: Int, in range: Range<Int>) -> Address? {
        let limit = range.upperBound
        if tokens[start].shape.contains(.number), let numbered = numbered(at: start, before: limit) { return numbered }
        guard tokens[start].isCapitalized || streets.isOrdinal(start) else { return nil }
        let first = streets.street(at: start, before: limit)
        if let crossing = crossing(from: start, first: first, in: range) { return Address(tokens: crossing, weight: 3) }
        return first.map { Address(tokens: $0, weight: 1.2) }
    }

    /// `1300 block of North Main Street`, `212 Oak Avenue`, `3800 block of Waters`.
    private func numbered(at start: Int, before limit: Int) -> Address? {
        var index = start + 1
        guard index < limit, !streets.isOrdinal(start) else { return nil }
        let isBlock = analysis.is(index, anyOf: "block", "blk", "blk.")
        if isBlock {
            index += 1
            if index < limit, analysis.is(index, "of") { index += 1 }
            if index < limit, analysis.is(index, "the") { index += 1 }
        }
        guard index < limit else { return nil }
        if let street = streets.street(at: index, before: limit) {
            return Address(tokens: start..<street.upperBound, weight: 3)
        }
        // "11814 SE County Road 245".
        if index + 1 < limit, streets.isDirection(index), let street = streets.street(at: index + 1, before: limit) {
            return Address(tokens: start..<street.upperBound, weight: 3)
        }
        guard isBlock, let end = plainName(at: index, before: limit) else { return nil }
        return Address(tokens: start..<end, weight: 3)
    }

    /// `Atlantic Avenue and Monmouth Avenue`, `13th and Keefe Avenue`, `Bidwell and Ocean avenues`.
    private func crossing(from start: Int, first: Range<Int>?, in range: Range<Int>) -> Range<Int>? {
        let limit = range.upperBound
        guard let end = first?.upperBound ?? plainName(at: start, before: limit), end + 1 < limit,
            analysis.is(end, anyOf: "and", "&", "at")
        else { return nil }
        let next = end + 1
        if let second = streets.street(at: next, before: limit) {
            guard first != nil || isAfterPlace(start, in: range) else { return nil }
            return start..<second.upperBound
        }
        guard let second = plainName(at: next, before: limit) else { return nil }
        if second < limit, analysis.is(second, anyOf: "streets", "avenues", "roads", "drives", "lanes", "sts.", "aves.")
        {
            return start..<second + 1
        }
        // "Robbed at 12th and Concordia".
        let isNumbered = streets.isOrdinal(start) || streets.isOrdinal(next)
        return isNumbered && isAfterPlace(start, in: range) ? start..<second : nil
    }

    /// Where a run of capitalised words and ordinals ends: the name of a street that leaves off its noun.
    private func plainName(at start: Int, before limit: Int) -> Int? {
        var index = start
        while index < min(limit, start + 3) {
            let token = tokens[index]
            guard token.isCapitalized || streets.isOrdinal(index), !token.isIn(.month), !token.isIn(.weekday),
                !token.isIn(.functionWord) || streets.isDirection(index)
            else { break }
            index += 1
        }
        return index > start ? index : nil
    }

    private func isAfterPlace(_ index: Int, in range: Range<Int>) -> Bool {
        index > range.lowerBound && analysis.is(index - 1, anyOf: "at", "near", "of", "on", "to", "by", "around")
    }

    /// Whether an address is where somebody lives: “Travis, of the 4900 block of …”, “Smith, 23, 212 Oak Avenue”.
    private func isHome(_ start: Int, in range: Range<Int>) -> Bool {
        var index = start - 1
        if index >= range.lowerBound, analysis.is(index, "the") { index -= 1 }
        guard index > range.lowerBound else { return false }
        if analysis.is(index, "of"), analysis.is(index - 1, ",") { return true }
        if analysis.is(index, "of"), let name = analysis.name(holding: index - 1) {
            return analysis.names[name].kind == .person
        }
        return analysis.is(index, ",") && tokens[index - 1].shape.contains(.number)
    }
}
