public import Language
public import Stories

/// Finds expressions of time and normalises them as TIMEX3 values (ISO-TimeML).
///
/// Relative ones resolve against the story's day of publication: a weekday is the last such day on or before it, or the
/// next one where its clause looks ahead; `the same day`, `two days later` against the time last told of. Without a day
/// to reckon from they stay relative (`XXXX-WXX-3`): never a guess.
public struct TimeReader: Sendable {
    /// A reader of times.
    public init() {}

    /// The expressions of a story, in order, none overlapping.
    ///
    /// - Complexity: O(*n*) in the number of tokens.
    public func read(_ analysis: Analysis) -> [TimeMention] {
        var mentions: [TimeMention] = []
        var anchor = TimeAnchor(analysis)
        for sentence in analysis.sentences {
            var index = sentence.tokens.lowerBound
            var parser = TimeParser(analysis: analysis, sentence: sentence, anchor: anchor)
            while index < sentence.tokens.upperBound {
                guard let core = parser.time(at: index) else {
                    index += 1
                    continue
                }
                if !core.isSilent {
                    let found = parser.extended(core)
                    mentions.append(
                        TimeMention(span: analysis.span(of: found.tokens), type: found.type, value: found.value))
                    parser.note(found)
                }
                index = max(core.tokens.upperBound, index + 1)
                parser.start = index
            }
            anchor = parser.anchor
            anchor.sentenceDay = nil
            anchor.quarterAge += 1
        }
        return mentions
    }
}

/// An expression with its value.
struct FoundTime {
    var tokens: Range<Int>
    var type: TimeMention.Kind
    var value: String
    /// The day that it names, where it names one.
    var day: Day?
    /// The year and month that it lies in, where those are known.
    var year: Int?
    var month: Int?
    /// The quarter that it names, counted from the year 0.
    var quarter: Int?
    /// Whether an article before it belongs to it: `the third quarter`, but not `the Oct. 23 slaying`.
    var takesArticle = false
    /// Whether it is to be passed over: an age, the title of a programme.
    var isSilent = false

    /// Tokens that hold no expression though they look like one.
    static func none(_ tokens: Range<Int>) -> FoundTime {
        FoundTime(tokens: tokens, type: .duration, value: "", isSilent: true)
    }
}
