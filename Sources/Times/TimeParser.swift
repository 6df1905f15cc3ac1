internal import Language
internal import Stories

/// Reads the expression of time that begins at a token, longest form first.
///
/// What it reads is the core of an expression; `extended(_:)` adds the words before it that belong to it.
struct TimeParser {
    let analysis: Analysis
    let tokens: [Token]
    let sentence: Range<Int>
    let part: Sentence.Part
    /// What relative times count from, as far as the story was read.
    var anchor: TimeAnchor
    /// The first token that no expression has taken.
    var start: Int

    var end: Int { sentence.upperBound }

    init(analysis: Analysis, sentence: Sentence, anchor: TimeAnchor) {
        self.analysis = analysis
        tokens = analysis.tokens
        self.sentence = sentence.tokens
        part = sentence.part
        self.anchor = anchor
        start = sentence.tokens.lowerBound
    }

    /// Lists whose words can begin an expression; other tokens cost little more than this look.
    private static let starters = WordLists([
        .month, .weekday, .timeUnit, .dayPart, .season, .holiday, .timeModifier, .timeWord, .numberWord, .vagueNumber,
        .ordinal,
    ])
    private static let amounts = WordLists([.numberWord, .vagueNumber])

    /// The core of the expression that begins at a token.
    func time(at index: Int) -> FoundTime? {
        let token = tokens[index]
        let lists = token.lists
        if token.shape.contains(.number) { return numeric(index) }
        if token.shape.contains(.digit) { return middle(index) ?? decade(index) }
        if token.isCapitalized, analysis.lexicon.longestPhrase(from: token.word) > 1 || lists.contains(.holiday),
            let found = holiday(index)
        {
            return found
        }
        if lists.isDisjoint(with: TimeParser.starters) {
            guard let first = first(index) else { return nil }
            return opened(index, by: first)
        }
        if token.isCapitalized {
            if token.isIn(.month), let found = monthDate(index) { return found }
            if token.isIn(.weekday), let found = weekdayTime(index) { return found }
        }
        if lists.contains(.timeModifier), let found = modified(index) { return found }
        if lists.contains(.ordinal), let found = counted(index) { return found }
        if lists.contains(.timeUnit), let found = unit(index) { return found }
        if !lists.isDisjoint(with: TimeParser.amounts) {
            if let found = spelledYear(index) ?? spelledClock(index) ?? duration(index) { return found }
        }
        if lists.contains(.season), let found = season(index) { return found }
        if lists.contains(.dayPart), let found = dayPart(index) { return found }
        if lists.contains(.timeWord), let found = word(index) { return found }
        return nil
    }

    /// The first letter of a token, nil for one that begins no expression in `opened`.
    private func first(_ index: Int) -> UInt8? {
        let byte = analysis.story.bytes[Int(tokens[index].start)] | 0x20
        switch byte {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "h"), UInt8(ascii: "t"):
            return tokens[index].end - tokens[index].start <= 6 ? byte : nil
        case UInt8(ascii: "m"): return tokens[index].end - tokens[index].start >= 7 ? byte : nil
        default: return nil
        }
    }

    /// What begins with a word that is in no list.
    private func opened(_ index: Int, by first: UInt8) -> FoundTime? {
        switch first {
        case UInt8(ascii: "a"):
            return analysis.is(index, "a") || analysis.is(index, "an") ? duration(index) : nil
        case UInt8(ascii: "e"):
            if analysis.is(index, "every") || analysis.is(index, "each") { return set(index) }
            return analysis.is(index, "eve") ? eve(index) : nil
        case UInt8(ascii: "f"):
            if analysis.is(index, "fiscal") { return fiscal(index) }
            return analysis.is(index, "future") ? future(index) : nil
        case UInt8(ascii: "m"): return middle(index)
        case UInt8(ascii: "h"): return analysis.is(index, "half") ? duration(index) : nil
        default:
            if analysis.is(index, "these"), isNext(index, "days") {
                return FoundTime(tokens: index..<index + 2, type: .date, value: "PRESENT_REF")
            }
            return analysis.is(index, "the") ? definite(index) : nil
        }
    }

    /// What begins with a digit.
    private func numeric(_ index: Int) -> FoundTime? {
        isoDate(index) ?? quarterOfYear(index) ?? clock(index) ?? dayMonth(index) ?? counted(index) ?? duration(index)
            ?? decade(index)
            ?? year(index)
    }

    /// Takes note of an expression, for those that count from it.
    mutating func note(_ found: FoundTime) {
        if let day = found.day {
            anchor.last = day
            anchor.sentenceDay = day
            let bytes = found.value.utf8.suffix(2)
            anchor.isNight = bytes.elementsEqual("NI".utf8) || bytes.elementsEqual("EV".utf8)
            (anchor.year, anchor.month) = (day.date.year, day.date.month)
        } else if let year = found.year {
            anchor.year = year
            anchor.month = found.month
        }
        if let quarter = found.quarter { (anchor.quarter, anchor.quarterAge) = (quarter, 0) }
    }

    // MARK: Small looks

    /// Whether the token behind `index` is `word`.
    func isNext(_ index: Int, _ word: StaticString) -> Bool { index + 1 < end && analysis.is(index + 1, word) }

    /// Whether the token before `index` is `word`.
    func isPrevious(_ index: Int, _ word: StaticString) -> Bool {
        index > sentence.lowerBound && analysis.is(index - 1, word)
    }

    /// Whether the token before `index` is one of `words`.
    func isPrevious(_ index: Int, anyOf words: StaticString...) -> Bool {
        index > sentence.lowerBound && words.contains { analysis.is(index - 1, $0) }
    }

    /// The number that a token carries in a list; nil behind the sentence.
    func value(_ index: Int, _ list: WordList) -> Int? {
        index < end ? analysis.value(of: index, in: list) : nil
    }

    /// Whether a word ends in s.
    func isPlural(_ index: Int) -> Bool {
        analysis.story.bytes[Int(tokens[index].end) - 1] | 0x20 == UInt8(ascii: "s")
    }

    /// Whether the possessive `'s` stands at a token.
    func isPossessive(_ index: Int) -> Bool {
        index < end && (analysis.is(index, "'s") || analysis.is(index, "'"))
    }

    /// Whether a token is printed with a capital where ordinary words have none: `60 Minutes`, `This Week`.
    func isTitled(_ index: Int) -> Bool {
        tokens[index].isCapitalized && part == .body && index > sentence.lowerBound
    }

    // MARK: Values

    /// A day as an expression.
    func found(_ range: Range<Int>, _ day: Day) -> FoundTime {
        FoundTime(tokens: range, type: .date, value: day.description, day: day)
    }

    /// A month as an expression.
    func found(_ range: Range<Int>, year: Int, month: Int) -> FoundTime? {
        guard 1...9999 ~= year else { return nil }
        return FoundTime(tokens: range, type: .date, value: "\(four(year))-\(two(month))", year: year, month: month)
    }

    /// A year as an expression.
    func found(_ range: Range<Int>, year: Int) -> FoundTime? {
        guard 1...9999 ~= year else { return nil }
        return FoundTime(tokens: range, type: .date, value: four(year), year: year)
    }

    /// A quarter as an expression, counted from the year 0.
    func found(_ range: Range<Int>, quarter: Int) -> FoundTime? {
        guard 4..<40_000 ~= quarter else { return nil }
        return FoundTime(
            tokens: range, type: .date, value: "\(four(quarter / 4))-Q\(quarter % 4 + 1)", year: quarter / 4,
            quarter: quarter, takesArticle: true)
    }

    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    func four(_ value: Int) -> String {
        value >= 1000 ? "\(value)" : value >= 100 ? "0\(value)" : value >= 10 ? "00\(value)" : "000\(value)"
    }

    func code(season: Int) -> String { ["SP", "SU", "FA", "WI"][max(1, min(season, 4)) - 1] }

    /// The ISO 8601 period of an amount of a unit.
    func period(_ amount: String, _ unit: Int) -> String {
        switch unit {
        case 1: "PT\(amount)S"
        case 2: "PT\(amount)M"
        case 3: "PT\(amount)H"
        case 4, 11: "P\(amount)D"
        case 5: "P\(amount)W"
        case 6: "P\(amount)M"
        case 7: "P\(times(amount, 3))M"
        case 9: "P\(times(amount, 10))Y"
        case 10: "P\(times(amount, 100))Y"
        case 12: "P\(times(amount, 2))W"
        case 13: "P\(times(amount, 1000))Y"
        default: "P\(amount)Y"
        }
    }

    private func times(_ amount: String, _ factor: Int) -> String {
        guard let count = Int(amount) else { return "X" }
        let (product, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow ? "X" : "\(product)"
    }
}
