/// A day of the proleptic Gregorian calendar, without a time zone.
///
///     let day = Day(iso: "2018-02-15")!
///     day.weekday        // .thursday
///     day.adding(-8)     // 2018-02-07
public struct Day: Hashable, Sendable {
    /// Days since 1970-01-01, negative before it.
    public let number: Int

    /// The day that lies `number` days after 1970-01-01.
    public init(number: Int) { self.number = number }

    /// The day of that date, or nil where the calendar has none (30 February) or the year is outside 1 ... 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, 1...Day.length(ofMonth: month, in: year) ~= day else { return nil }
        // Days from civil, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `YYYY-MM-DD`; whatever follows (a time of day) is passed over. Nil for anything else.
    public init?(iso text: some StringProtocol) {
        var digits: [Int] = []
        for (index, byte) in text.utf8.prefix(10).enumerated() {
            switch index {
            case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
            default:
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
                digits.append(Int(byte - UInt8(ascii: "0")))
            }
        }
        guard digits.count == 8 else { return nil }
        if let next = text.utf8.dropFirst(10).first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= next { return nil }
        self.init(
            year: digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3],
            month: digits[4] * 10 + digits[5], day: digits[6] * 10 + digits[7])
    }

    /// Year, month (1 ... 12) and day of the month (1 ... 31).
    public var date: (year: Int, month: Int, day: Int) {
        let z = number + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// The day of the week.
    public var weekday: Weekday {
        let index = (number + 3) % 7
        return Weekday(rawValue: (index < 0 ? index + 7 : index) + 1) ?? .monday
    }

    /// The week of ISO 8601 that holds the day, with the year that the week belongs to.
    public var week: (year: Int, week: Int) {
        let thursday = adding(4 - weekday.rawValue)
        let year = thursday.date.year
        let first = Day(year: year, month: 1, day: 1) ?? thursday
        return (year, (thursday.number - first.number) / 7 + 1)
    }

    /// The day `count` days later, earlier where it is negative.
    public func adding(_ count: Int) -> Day { Day(number: number + count) }

    /// The number of days of a month (1 ... 12) in that year.
    public static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day {
    /// A day of the week, numbered as ISO 8601 does: Monday is 1.
    public enum Weekday: Int, CaseIterable, Sendable {
        case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
    }
}

extension Day: Comparable {
    /// Orders by time.
    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}

extension Day: CustomStringConvertible {
    /// The day as `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = date
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension Day: Codable {
    /// Reads `"YYYY-MM-DD"`, with or without a time of day behind it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(iso: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is no date: expected YYYY-MM-DD")
        }
        self = day
    }

    /// Writes `"YYYY-MM-DD"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
