public import Language
public import Stories

/// Finds expressions of time and normalises them as TIMEX3 values (ISO-TimeML).
///
/// Relative ones resolve against the story's day of publication: a weekday is the last such day on or before it, or the
/// next one where the sentence looks ahead. Without that day they stay relative (`XXXX-WXX-3`): never a guess.
public struct TimeReader: Sendable {
    /// A reader of times.
    public init() {}

    /// The expressions of a story, in order, none overlapping.
    ///
    /// - Complexity: O(*n*) in the number of tokens.
    public func read(_ analysis: Analysis) -> [TimeMention] {
        var mentions: [TimeMention] = []
        var anchor = Anchor(published: analysis.story.published)
        for sentence in analysis.sentences where sentence.part != .dateline {
            var index = sentence.tokens.lowerBound
            let parser = TimeParser(analysis: analysis, sentence: sentence.tokens)
            while index < sentence.tokens.upperBound {
                guard let found = parser.time(at: index, anchor: anchor) else {
                    index += 1
                    continue
                }
                mentions.append(
                    TimeMention(span: analysis.span(of: found.tokens), type: found.type, value: found.value))
                if let day = found.day { anchor.last = day }
                index = found.tokens.upperBound
            }
        }
        return mentions
    }
}

/// The days that relative times count from.
struct Anchor {
    /// The day of publication.
    var published: Day?
    /// The day last named, for "a day earlier", "the same day".
    var last: Day?
}

/// An expression with its value.
struct FoundTime {
    var tokens: Range<Int>
    var type: TimeMention.Kind
    var value: String
    /// The day that it names, where it names one.
    var day: Day?
}
