internal import Stories

/// Days as feeds and news items print them: ISO 8601 and W3C date and time, RFC 822 and what is made of it, asctime.
///
/// The day is the one that is printed: in the publisher's own zone, which is that of the text's “Tuesday”.
enum NewsDate {
    static func day(_ text: String?) -> Day? {
        guard let text else { return nil }
        let bytes = Array(text.utf8.prefix(64))
        let trimmed = Blocks.trimmed(bytes[...])
        if let day = Day(iso: String(decoding: trimmed, as: UTF8.self)) { return day }
        if let day = basic(trimmed) { return day }
        return worded(trimmed)
    }

    /// `20190504T101500Z`.
    private static func basic(_ bytes: ArraySlice<UInt8>) -> Day? {
        let digits = bytes.prefix { isDigit($0) }
        guard digits.count == 8 || digits.count == 14,
            let number = Int(String(decoding: digits.prefix(8), as: UTF8.self))
        else { return nil }
        return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// `Sat, 04 May 2019 10:15:00 +0200`, `4-May-19`, `May 4, 2019`, `Sat May  4 10:15:00 2019`.
    private static func worded(_ bytes: ArraySlice<UInt8>) -> Day? {
        var (day, month, year): (Int?, Int?, Int?)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let start = at
            if isDigit(bytes[at]) {
                while at < bytes.endIndex, isDigit(bytes[at]) { at += 1 }
                let isTime = at < bytes.endIndex && bytes[at] == UInt8(ascii: ":")
                if isTime {
                    while at < bytes.endIndex, isDigit(bytes[at]) || bytes[at] == UInt8(ascii: ":") { at += 1 }
                    continue
                }
                // A zone's digits are no year.
                if start > bytes.startIndex, year != nil || day == nil && month == nil,
                    bytes[start - 1] == UInt8(ascii: "+")
                {
                    continue
                }
                guard let number = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else { return nil }
                switch at - start {
                case 1, 2:
                    if day == nil {
                        day = number
                    } else if year == nil, month != nil {
                        year = number + (number < 70 ? 2000 : 1900)
                    }
                case 4 where year == nil: year = number
                default: break
                }
            } else if isLetter(bytes[at]) {
                while at < bytes.endIndex, isLetter(bytes[at]) { at += 1 }
                if month == nil, at - start >= 3 { month = monthNumber(bytes[start..<at]) }
            } else {
                at += 1
            }
        }
        guard let day, let month, let year else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// The month, from 1, that a word's first three letters begin.
    static func monthNumber(_ word: ArraySlice<UInt8>) -> Int? {
        let head = String(decoding: word.prefix(3).map { $0 | 0x20 }, as: UTF8.self)
        return months.firstIndex(of: head).map { $0 + 1 }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }
}
