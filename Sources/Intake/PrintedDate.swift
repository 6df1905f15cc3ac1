internal import Stories

/// A full date as captions and datelines print it: `December 11, 2017`, `Feb. 7, 2018`, `11 December 2017`.
struct PrintedDate {
    var day: Day
    var span: Span

    /// The last full date of a stretch.
    static func last(in bytes: [UInt8], _ range: Span) -> PrintedDate? { all(in: bytes, range).last }

    /// The full dates of a stretch, in order.
    static func all(in bytes: [UInt8], _ range: Span) -> [PrintedDate] {
        let words = runs(bytes, range)
        var dates: [PrintedDate] = []
        for index in words.indices where index + 2 < words.count {
            let (a, b, c) = (words[index], words[index + 1], words[index + 2])
            guard let year = number(bytes, c), c.count == 4 else { continue }
            if let month = month(bytes, a), let day = number(bytes, b), b.count <= 2,
                let date = Day(year: year, month: month, day: day)
            {
                dates.append(PrintedDate(day: date, span: Span(a.start, c.end)))
            } else if let month = month(bytes, b), let day = number(bytes, a), a.count <= 2,
                let date = Day(year: year, month: month, day: day)
            {
                dates.append(PrintedDate(day: date, span: Span(a.start, c.end)))
            }
        }
        return dates
    }

    /// Runs of letters or of digits.
    private static func runs(_ bytes: [UInt8], _ range: Span) -> [Span] {
        var runs: [Span] = []
        var at = range.start
        func kind(_ byte: UInt8) -> Int {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                ? 1 : UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? 2 : byte >= 0x80 ? 3 : 0
        }
        while at < range.end {
            let first = kind(bytes[at])
            var end = at + 1
            while end < range.end, kind(bytes[end]) == first { end += 1 }
            if first == 1 || first == 2 { runs.append(Span(at, end)) }
            at = end
        }
        return runs
    }

    private static func number(_ bytes: [UInt8], _ span: Span) -> Int? {
        guard span.count <= 4 else { return nil }
        var value = 0
        for byte in bytes[span.range] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// The month that a word names by its first three letters or more.
    static func month(_ bytes: [UInt8], _ span: Span) -> Int? { match(bytes, span, months) }

    /// The weekday that a word names in full.
    static func weekday(_ bytes: [UInt8], _ span: Span) -> Day.Weekday? {
        guard span.count >= 6 else { return nil }
        return match(bytes, span, weekdays).flatMap(Day.Weekday.init(rawValue:))
    }

    private static func match(_ bytes: [UInt8], _ span: Span, _ names: [[UInt8]]) -> Int? {
        guard 3...9 ~= span.count, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[span.start] else { return nil }
        let word = bytes[span.range].map { $0 | 0x20 }
        for (index, name) in names.enumerated()
        where name.starts(with: word) || word == Array("sept".utf8) && index == 8 { return index + 1 }
        return nil
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ].map { Array($0.utf8) }

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map {
        Array($0.utf8)
    }

    /// The weekdays that a stretch names, in order.
    static func weekdays(in bytes: [UInt8], _ range: Span) -> [Day.Weekday] {
        runs(bytes, range).compactMap { weekday(bytes, $0) }
    }
}
