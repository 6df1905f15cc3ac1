internal import Stories

/// Works out the day of publication from a story's own text, where that is safe.
enum PublishedDay {
    /// The day of a dated caption (or dateline) when its weekday, or the next day's, is the one that the first
    /// paragraphs name: a picture of Monday in a story that tells what happened "on Monday". Nil otherwise: never a guess.
    static func infer(_ bytes: [UInt8], _ anatomy: Anatomy) -> Day? {
        if let day = anatomy.dateline?.date { return day }
        guard let first = anatomy.paragraphs.first, anatomy.headline != nil else { return nil }
        let lead = PrintedDate.weekdays(in: bytes, first)
        guard let weekday = lead.first, Set(lead).count == 1 else { return nil }
        var days: Set<Day> = []
        for caption in anatomy.captions.prefix(2) {
            if let date = PrintedDate.all(in: bytes, caption).last?.day { days.insert(date) }
        }
        guard days.count == 1, let day = days.first else { return nil }
        return [day, day.adding(1)].first { $0.weekday == weekday }
    }
}
