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

    /// The days of a month that a stretch names without a year, in order: `Feb. 7`.
    static func yearless(in bytes: [UInt8], _ range: Span) -> [(month: Int, day: Int)] {
        let words = runs(bytes, range)
        var days: [(month: Int, day: Int)] = []
        for index in words.indices.dropLast() {
            guard let month = month(bytes, words[index]), let day = number(bytes, words[index + 1]), 1...31 ~= day,
                words[index + 1].count <= 2
            else { continue }
            if index + 2 < words.count, words[index + 2].count == 4, number(bytes, words[index + 2]) != nil { continue }
            days.append((month, day))
        }
        return days
    }

    /// The weekdays that a stretch names, with the word before each in lower case, in order.
    static func weekdaysInContext(in bytes: [UInt8], _ range: Span) -> [(before: [UInt8], weekday: Day.Weekday)] {
        let words = runs(bytes, range)
        return words.indices.compactMap { index in
            guard let weekday = weekday(bytes, words[index]) else { return nil }
            return (index > 0 ? lowercased(bytes, words[index - 1]) : [], weekday)
        }
    }

    /// Whether a stretch holds two words one behind the other, both in lower case: `last`, `week`.
    static func holds(_ first: StaticString, _ second: StaticString, in bytes: [UInt8], _ range: Span) -> Bool {
        let words = runs(bytes, range)
        return words.indices.dropLast().contains {
            matches(bytes, words[$0], first) && matches(bytes, words[$0 + 1], second)
        }
    }

    /// Whether a stretch holds a word, in whatever case.
    static func holds(_ word: StaticString, in bytes: [UInt8], _ range: Span) -> Bool {
        runs(bytes, range).contains { matches(bytes, $0, word) }
    }

    private static func matches(_ bytes: [UInt8], _ span: Span, _ word: StaticString) -> Bool {
        guard span.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { expected in
            for index in 0..<span.count {
                guard unsafe bytes[span.start + index] | 0x20 == expected[index] else { return false }
            }
            return true
        }
    }

    private static func lowercased(_ bytes: [UInt8], _ span: Span) -> [UInt8] { bytes[span.range].map { $0 | 0x20 } }

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
