internal import Language
internal import Stories

/// Tells on what days a happening took place.
struct IncidentDates {
    let scene: Scene

    /// The days that the telling sentences give, the lead's own before all others; nil where none gives any.
    ///
    /// - Parameters:
    ///   - told: where the words that tell the happening begin.
    ///   - befallen: where those begin that say whom it befell.
    func days(of sentences: [Int], lead: Int, told: [Int], befallen: [Int]) -> ClosedRange<Day>? {
        var frame: ClosedRange<Day>?
        let told = Dictionary(grouping: told) { scene.sentence(at: $0) ?? -1 }
        let befallen = Dictionary(grouping: befallen) { scene.sentence(at: $0) ?? -1 }
        let near = times(in: lead).min { distance($0, told[lead] ?? []) < distance($1, told[lead] ?? []) }
        if let time = near, let days = IncidentDates.days(time.value) {
            if days.lowerBound == days.upperBound { return days }
            frame = days
        }
        // "last week" in the first sentence, "on Feb. 7" further down.
        var first: ClosedRange<Day>?
        var other: ClosedRange<Day>?
        for sentence in sentences {
            let verbs = (told[sentence] ?? befallen[sentence] ?? []).map { verb(over: $0, in: sentence) }
            for time in times(in: sentence) {
                guard let days = IncidentDates.days(time.value), days.lowerBound == days.upperBound,
                    isPast(days.lowerBound)
                else { continue }
                if let frame {
                    if frame.contains(days.lowerBound) { return days }
                } else if verbs.isEmpty || verbs.contains(verb(over: time.span.start, in: sentence)) {
                    if first == nil { first = days }
                } else if other == nil {
                    // "Those words came Sunday from a friend of the two men shot": another verb's day.
                    other = days
                }
            }
        }
        if let frame { return frame.upperBound.number - frame.lowerBound.number <= 31 ? frame : first ?? other }
        return first ?? other ?? anywhere()
    }

    /// The verb that the word at an offset hangs on, itself where it is one; the root where there is none.
    private func verb(over offset: Int, in sentence: Int) -> Int {
        let tokens = scene.analysis.tokens
        let range = scene.analysis.sentences[sentence].tokens
        var at = range.first { Int(tokens[$0].end) > offset } ?? range.lowerBound
        for _ in range {
            let head = Int(tokens[at].head)
            guard tokens[at].tag != .verb, range.contains(head) else { break }
            at = head
        }
        return at
    }

    /// How far a time stands from the nearest word that tells the happening, in bytes; a word before it is nearer.
    private func distance(_ time: TimeMention, _ told: [Int]) -> Int {
        told.map { $0 <= time.span.start ? time.span.start - $0 : 2 * ($0 - time.span.end) }.min() ?? time.span.start
    }

    /// The first day that any sentence near the top gives.
    private func anywhere() -> ClosedRange<Day>? {
        for sentence in scene.analysis.sentences.indices.prefix(12)
        where scene.analysis.sentences[sentence].part == .body {
            for time in times(in: sentence) {
                if let days = IncidentDates.days(time.value), days.lowerBound == days.upperBound,
                    isPast(days.lowerBound)
                {
                    return days
                }
            }
        }
        return nil
    }

    private func isPast(_ day: Day) -> Bool {
        guard let published = scene.analysis.story.published else { return true }
        return day <= published && published.number - day.number < 400
    }

    /// The times of a sentence that say when something happened, not when somebody said it.
    private func times(in sentence: Int) -> [TimeMention] {
        scene.times(in: sentence).filter { !isOfCue($0) }
    }

    /// Whether a time stands right beside a cue and outside what is said: `said on Thursday that …`.
    private func isOfCue(_ time: TimeMention) -> Bool {
        for attribution in scene.attributions(near: time.span.start) {
            if attribution.content.contains(where: { $0.start <= time.span.start && time.span.end <= $0.end }) {
                continue
            }
            for cue in attribution.cue {
                func isBehind(_ other: TimeMention) -> Bool {
                    cue.end <= other.span.start && other.span.start - cue.end <= 24
                }
                if isBehind(time) || cue.start <= time.span.start && time.span.end <= cue.end { return true }
                if time.span.end <= cue.start, cue.start - time.span.end <= 8,
                    !(scene.sentence(at: time.span.start).map { scene.times(in: $0).contains(where: isBehind) } ?? false)
                {
                    return true
                }
            }
        }
        return false
    }

    /// The days that a TIMEX3 value covers; nil for durations, sets, and what is open.
    static func days(_ value: String) -> ClosedRange<Day>? {
        let bytes = Array(value.utf8)
        guard bytes.count >= 4, bytes.prefix(4).allSatisfy({ 48...57 ~= $0 }) else { return nil }
        if let day = Day(iso: value) { return day...day }
        let year = bytes.prefix(4).reduce(0) { $0 * 10 + Int($1 - 48) }
        if bytes.count == 8, bytes[5] == UInt8(ascii: "W"), let week = Int(value.dropFirst(6)),
            let january = Day(year: year, month: 1, day: 4)
        {
            let monday = january.adding((week - 1) * 7 - (january.weekday.rawValue - 1))
            return monday...monday.adding(6)
        }
        if bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let month = Int(value.dropFirst(5)),
            let first = Day(year: year, month: month, day: 1)
        {
            return first...first.adding(Day.length(ofMonth: month, in: year) - 1)
        }
        if bytes.count == 4, let first = Day(year: year, month: 1, day: 1),
            let last = Day(year: year, month: 12, day: 31)
        {
            return first...last
        }
        return nil
    }
}
