internal import Language
internal import Stories

/// The days that relative times count from.
struct TimeAnchor {
    /// The day of publication.
    var published: Day?
    /// Whether the story tells of years long past, so that `On June 22` lies in the year last told of.
    var isNarrative = false
    /// The day last named, for `a day earlier`, `the same day`.
    var last: Day?
    /// Whether it was named with its evening or night.
    var isNight = false
    /// The day last named in the same sentence, for `at 10 p.m.`
    var sentenceDay: Day?
    /// The year last told of, and the month in it.
    var year: Int?
    var month: Int?
    /// The quarter last told of, counted from the year 0.
    var quarter: Int?
    /// How many sentences ago that was.
    var quarterAge = 0

    init(_ analysis: Analysis) {
        published = analysis.story.published
        isNarrative = TimeAnchor.isNarrative(analysis)
    }

    /// Whether a story names years before that of its publication more often than days that only a report names:
    /// weekdays, `yesterday`.
    private static func isNarrative(_ analysis: Analysis) -> Bool {
        var years = 0
        var days = 0
        let latest = (analysis.story.published?.date.year ?? 2100) - 2
        for (index, token) in analysis.tokens.enumerated() {
            if token.shape.contains(.number) {
                if token.end - token.start == 4, let number = analysis.wholeNumber(at: index), number >= 1000,
                    number <= latest
                {
                    years += 1
                }
            } else if token.isIn(.weekday)
                || token.isIn(.timeWord) && 1...3 ~= analysis.value(of: index, in: .timeWord) ?? 0
            {
                days += 1
            }
        }
        return years >= 8 && years > 4 * days
    }

    /// What `last`, `this` and `next` count from.
    var now: Reference {
        if isNarrative, year != nil { return then }
        return published.map(Reference.init) ?? Reference()
    }

    /// What `the following`, `that` and `the same` count from: the time last told of, else the day of publication.
    var then: Reference {
        guard let year else { return published.map(Reference.init) ?? Reference() }
        var day = last
        if let date = last?.date, date.year != year || month != nil && date.month != month { day = nil }
        return Reference(day: day, year: year, month: month)
    }

    /// A point that others are counted from; what is not known is nil.
    struct Reference {
        var day: Day?
        var year: Int?
        var month: Int?

        init(day: Day? = nil, year: Int? = nil, month: Int? = nil) {
            self.day = day
            self.year = year
            self.month = month
        }

        init(_ day: Day) {
            self.init(day: day, year: day.date.year, month: day.date.month)
        }
    }
}
