internal import Language
internal import Stories

/// Tells on what days a happening took place.
///
/// Every day that the story names is weighed by what stands around it, and the weightiest is taken: a day with a time of
/// day (`around 9 p.m. Jan. 21`) before a bare one, one near the words that tell the happening before one far from them,
/// one whose verb is of happening before one whose verb is of police, courts and statements. Weights are set by hand, on
/// the training part of a corpus of dated incidents.
struct IncidentDates {
    let scene: Scene

    /// The days, one or the stretch that the lead gives; nil where the story names none and has none itself.
    ///
    /// - Parameters:
    ///   - told: where the words that tell the happening begin, in order.
    ///   - befallen: where those begin that say whom it befell.
    func days(of sentences: [Int], lead: Int, told: [Int], befallen: [Int]) -> ClosedRange<Day>? {
        let frame = frame(lead: lead, told: told)
        let candidates = candidates(told: told.sorted())
        // "last week" in the first sentence, "on Feb. 7" further down.
        let framed = candidates.map { candidate in
            guard let frame, frame.contains(candidate.day) else { return candidate }
            return Candidate(day: candidate.day, weight: candidate.weight + 2)
        }
        if let day = best(framed) { return day...day }
        if let frame, frame.upperBound.number - frame.lowerBound.number <= 31 { return frame }
        // A report that names no day is of its own.
        return scene.analysis.story.published.map { $0...$0 }
    }

    /// The week, month or year that the first sentence gives for what it tells.
    private func frame(lead: Int, told: [Int]) -> ClosedRange<Day>? {
        let told = told.filter { scene.sentence(at: $0) == lead }
        let near = scene.times(in: lead).filter { !isOfCue($0) }.min { distance($0, told) < distance($1, told) }
        guard let near, let days = IncidentDates.days(near.value), days.lowerBound < days.upperBound else { return nil }
        return days
    }

    /// How far a time stands from the nearest word that tells the happening, in bytes; a word before it is nearer.
    private func distance(_ time: TimeMention, _ told: [Int]) -> Int {
        told.map { $0 <= time.span.start ? time.span.start - $0 : 2 * ($0 - time.span.end) }.min() ?? time.span.start
    }

    /// The day of what the story tells by the clock, `7:45 p.m. Tuesday`; nil where it tells nothing so. Police reports do;
    /// those who make statements do not.
    var clocked: Day? {
        let told = candidates(told: [])
        return told.contains(where: \.hasClock) ? best(told) : nil
    }

    // MARK: Candidates

    /// A mention of a day on which the happening may have taken place.
    private struct Candidate {
        var day: Day
        var weight: Double
        var hasClock = false
    }

    /// The day with the weightiest mention; further mentions nearly as weighty add to it.
    private func best(_ candidates: [Candidate]) -> Day? {
        var best: (day: Day, weight: Double)?
        for first in candidates {
            let weights = candidates.filter { $0.day == first.day }.map(\.weight).sorted(by: >)
            guard let top = weights.first else { continue }
            let support = weights.dropFirst().prefix(3).filter { $0 > top - 3.2 }.count
            let weight = top + 0.6 * Double(support)
            if weight > best?.weight ?? -.infinity { best = (first.day, weight) }
        }
        return best?.day
    }

    /// The mentions of days in headline and body, no more than a report has.
    private func candidates(told: [Int]) -> [Candidate] {
        var candidates: [Candidate] = []
        for (number, sentence) in scene.analysis.sentences.enumerated()
        where sentence.part == .body || sentence.part == .headline {
            for time in scene.times(in: number) {
                guard candidates.count < 128 else { return candidates }
                guard let days = IncidentDates.days(time.value), days.lowerBound == days.upperBound else { continue }
                let mention = Mention(time, in: number, analysis: scene.analysis)
                guard isPast(days.lowerBound, hasYear: mention.hasYear) else { continue }
                candidates.append(
                    Candidate(
                        day: days.lowerBound, weight: weight(mention, days.lowerBound, told), hasClock: mention.hasClock
                    ))
            }
        }
        return candidates
    }

    private func isPast(_ day: Day, hasYear: Bool) -> Bool {
        guard let published = scene.analysis.story.published else { return true }
        return day <= published && published.number - day.number < (hasYear ? 4000 : 400)
    }

    private func weight(_ mention: Mention, _ day: Day, _ told: [Int]) -> Double {
        let sentence = scene.span(mention.sentence)
        let start = mention.time.span.start
        let isTold = told.contains { sentence.contains($0) }
        var weight = -0.3 * Double(min(mention.sentence, 12))
        if isOfCue(mention.time) { weight -= 2.7 }
        weight += mention.clockWeight
        if isTold { weight += 0.5 }
        switch mention.verb {
        case .happening: weight += 1
        case .proceeding: weight -= 1.5
        case .other: break
        }
        if mention.isNotice { weight -= 5 }
        weight -= 0.003 * Double(min(told.map { abs($0 - start) }.min() ?? 400, 300))
        if mention.sentence == 0 { weight -= 0.5 }
        if mention.isBound { weight -= 0.7 }
        if mention.isQuoted { weight -= 1.5 }
        if mention.hasYear { weight += 0.8 }
        if let published = scene.analysis.story.published {
            let age = published.number - day.number
            if age == 0 { weight -= 1 }
            // "On Jan. 24", weeks ago: not the hearing that is the news, but what it is about.
            if mention.hasDate { weight += (isTold ? -0.8 : 0) + (age > 7 ? 0.8 : 0) }
            if age > 400, !isTold { weight -= 0.5 }
        }
        return weight
    }

    /// Whether a time stands right beside a cue and outside what is said: `said on Thursday that …`.
    private func isOfCue(_ time: TimeMention) -> Bool {
        for attribution in scene.attributions(near: time.span.start) {
            if attribution.content.contains(where: { $0.start <= time.span.start && time.span.end <= $0.end }) {
                continue
            }
            for cue in attribution.cue where isSpeech(cue) {
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

    /// Whether a cue is one of speech: only who says something is said to say so on a day.
    private func isSpeech(_ cue: Span) -> Bool {
        guard let sentence = scene.sentence(at: cue.start) else { return false }
        return scene.analysis.sentences[sentence].tokens.contains { index in
            cue.start <= Int(scene.analysis.tokens[index].start) && Int(scene.analysis.tokens[index].end) <= cue.end
                && scene.analysis.value(of: index, in: .cueVerb).map { $0 / 10 % 10 == 1 } ?? false
        }
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
