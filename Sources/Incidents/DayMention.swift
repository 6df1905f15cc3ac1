internal import Language
internal import Stories

/// What stands in and around an expression that names a day.
struct Mention {
    /// What kind of verb it hangs on.
    enum Verb { case happening, proceeding, other }

    let time: TimeMention
    let sentence: Int
    /// The verb that it hangs on.
    let verb: Verb
    /// Whether it has a year: `Jan. 13, 2014`.
    let hasYear: Bool
    /// Whether it is a day of a month, not a weekday.
    let hasDate: Bool
    /// Whether its sentence is of the page and not of the story: `Published Tuesday`, `Copyright`.
    let isNotice: Bool
    /// Whether it bounds a stretch: `since Friday`.
    let isBound: Bool
    /// Whether somebody is quoted with it.
    let isQuoted: Bool
    /// Whether it has a time of the clock.
    let hasClock: Bool
    /// How much its time of day speaks for it.
    let clockWeight: Double

    init(_ time: TimeMention, in sentence: Int, analysis: Analysis) {
        self.time = time
        self.sentence = sentence
        let tokens = analysis.tokens
        let range = analysis.sentences[sentence].tokens
        let first = range.first { Int(tokens[$0].end) > time.span.start } ?? range.lowerBound
        let own = first..<(range.first { Int(tokens[$0].start) >= time.span.end } ?? range.upperBound)
        hasYear = own.contains { analysis.length(of: $0) >= 4 && (analysis.wholeNumber(at: $0) ?? 0) > 999 }
        hasDate = own.contains { tokens[$0].isIn(.month) }
        isBound =
            first > range.lowerBound
            && analysis.is(first - 1, anyOf: "after", "since", "until", "before", "by")
        isNotice = range.contains {
            analysis.is($0, anyOf: "published", "posted", "updated", "copyright", "created", "modified")
        }
        isQuoted = analysis.quotation(holding: first) != nil
        verb = Mention.verb(over: first, range, analysis)
        let value = Array(time.value.utf8)
        let hasTime = value.count > 10 && value[10] == UInt8(ascii: "T")
        hasClock = hasTime && value.count > 11 && UInt8(ascii: "0")...UInt8(ascii: "9") ~= value[11]
        let hasDay = own.contains {
            tokens[$0].isIn(.weekday) || tokens[$0].isIn(.month) || tokens[$0].isIn(.dayPart)
                || tokens[$0].isIn(.timeWord)
        }
        // "9 p.m. Jan. 21" dates something itself; "about 9 p.m." borrows its day.
        let isVague = own.contains { analysis.is($0, "overnight") }
        clockWeight = !hasTime || isVague || !hasDay && !hasClock ? 0 : hasDay && hasClock ? 2.5 : 1.5
    }

    private static func verb(over token: Int, _ range: Range<Int>, _ analysis: Analysis) -> Verb {
        var at = token
        for _ in range {
            let head = Int(analysis.tokens[at].head)
            guard analysis.tokens[at].tag != .verb, range.contains(head) else { break }
            at = head
        }
        guard at != token else { return .other }
        let lemma = analysis.lemma(of: at)
        return happenings.contains(lemma) ? .happening : proceedings.contains(lemma) ? .proceeding : .other
    }

    /// What befalls people, and what others do at once.
    private static let happenings: Set<String> = [
        "happen", "occur", "shoot", "kill", "rob", "stab", "fire", "respond", "take", "die", "attack", "break", "open",
        "enter", "approach", "unfold", "begin", "wound", "injure", "hit", "strike", "flag", "dispatch", "find", "erupt",
        "ring", "hear", "crash", "explode",
    ]

    /// What police, courts and hospitals do afterwards.
    private static let proceedings: Set<String> = [
        "arrest", "charge", "book", "arraign", "sentence", "convict", "indict", "appear", "plead", "identify", "name",
        "announce", "release", "surrender", "say", "tell", "hold", "schedule", "face", "report", "post", "publish",
        "update", "file", "hospitalize", "pronounce", "remain", "seek", "visit", "search", "canvass", "speak",
    ]
}
