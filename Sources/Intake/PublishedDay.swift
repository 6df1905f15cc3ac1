internal import Stories

/// Works out the day of publication from a story's own text, where that is safe; nil elsewhere: never a guess.
struct PublishedDay {
    private let bytes: [UInt8]
    private let anatomy: Anatomy
    /// The dates of the captions, earliest first, each once.
    private let pictures: [Day]

    private init(_ bytes: [UInt8], _ anatomy: Anatomy) {
        self.bytes = bytes
        self.anatomy = anatomy
        pictures = Set(anatomy.captions.prefix(8).compactMap { PrintedDate.last(in: bytes, $0)?.day }).sorted()
    }

    /// The day that a story is of, by the first of these that holds:
    ///
    /// - Its dateline prints it.
    /// - Its pictures are of one day, and the first paragraph names that weekday or the next: `on Monday`.
    /// - Its picture was handed out less than a week before the weekday that the first paragraph names. Handouts are
    ///   printed as they come; other pictures may be from the archive.
    /// - What it tells of happened `last week` or `last month` and has a day without a year, `on Feb. 7`; the year is the
    ///   first that does not put the story before its picture.
    static func infer(_ bytes: [UInt8], _ anatomy: Anatomy) -> Day? {
        if let day = anatomy.dateline?.date { return day }
        guard anatomy.headline != nil, !anatomy.paragraphs.isEmpty else { return nil }
        let story = PublishedDay(bytes, anatomy)
        guard let picture = story.pictures.last, let weekday = story.weekday else { return nil }
        return story.dayOfPicture(picture, weekday) ?? story.dayBehindHandout(picture, weekday)
            ?? story.dayBehindEvent(picture, weekday)
    }

    /// The weekday of the first paragraph where it names one alone; else the one that makes the other weekdays of the
    /// story the least old.
    private var weekday: Day.Weekday? {
        let lead = Set(PrintedDate.weekdays(in: bytes, anatomy.paragraphs[0]))
        if lead.count == 1 { return lead.first }
        guard lead.isEmpty else { return nil }
        var counts = [Int](repeating: 0, count: 8)
        for paragraph in anatomy.paragraphs.prefix(60) {
            for found in PrintedDate.weekdaysInContext(in: bytes, paragraph)
            where found.before != Array("last".utf8) && found.before != Array("next".utf8) {
                counts[found.weekday.rawValue] += 1
            }
        }
        var best: (weekday: Day.Weekday, age: Int)?
        for candidate in Day.Weekday.allCases where counts[candidate.rawValue] > 0 {
            let age = (1...7).reduce(0) { $0 + counts[$1] * ((candidate.rawValue - $1 + 7) % 7) }
            if age < best?.age ?? .max { best = (candidate, age) }
        }
        return best?.weekday
    }

    private func dayOfPicture(_ picture: Day, _ weekday: Day.Weekday) -> Day? {
        guard pictures.count == 1, PrintedDate.weekdays(in: bytes, anatomy.paragraphs[0]).first == weekday else {
            return nil
        }
        return [picture, picture.adding(1)].first { $0.weekday == weekday }
    }

    private func dayBehindHandout(_ picture: Day, _ weekday: Day.Weekday) -> Day? {
        let isHandout = anatomy.captions.contains { caption in
            PrintedDate.last(in: bytes, caption)?.day == picture
                && (PrintedDate.holds("released", in: bytes, caption)
                    || PrintedDate.holds("handout", in: bytes, caption)
                    || PrintedDate.holds("handed", "out", in: bytes, caption))
        }
        guard isHandout, PrintedDate.weekdays(in: bytes, anatomy.paragraphs[0]).first == weekday else { return nil }
        return picture.adding((weekday.rawValue - picture.weekday.rawValue + 7) % 7)
    }

    private func dayBehindEvent(_ picture: Day, _ weekday: Day.Weekday) -> Day? {
        let opening = anatomy.paragraphs.prefix(4)
        let days = opening.flatMap { PrintedDate.yearless(in: bytes, $0) }
        guard let first = days.first, days.allSatisfy({ $0 == first }) else { return nil }
        func holds(_ unit: StaticString) -> Bool {
            opening.contains { PrintedDate.holds("last", unit, in: bytes, $0) }
        }
        let (isWeek, isMonth) = (holds("week"), holds("month"))
        guard isWeek != isMonth else { return nil }
        for year in picture.date.year - 1...picture.date.year + 1 {
            guard let event = Day(year: year, month: first.month, day: first.day) else { continue }
            if isWeek {
                let monday = event.adding(8 - event.weekday.rawValue)
                let day = monday.adding(weekday.rawValue - 1)
                if day >= picture { return day }
            } else {
                // Of a month's four such weekdays the picture has to tell which: it is of the week before.
                let day = picture.adding((weekday.rawValue - picture.weekday.rawValue + 7) % 7)
                let months = (day.date.year - year) * 12 + day.date.month - first.month
                if months == 1 { return day }
            }
        }
        return nil
    }
}
