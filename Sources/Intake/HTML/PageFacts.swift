internal import Stories

/// What a page says about its article in data for machines.
struct PageFacts {
    /// One entry of a live blog.
    struct Update {
        var headline: String?
        var body: String
        var published: Day?
        var url: String?
    }

    var headline: String?
    var authors: [String] = []
    var published: Day?
    var modified: Day?
    var publisher: String?
    var url: String?
    var language: String?
    /// The text of the article; seldom given.
    var body: String?
    var isLiveBlog = false
    /// Whether the page calls itself one article.
    var isArticle = false
    var updates: [Update] = []

    /// Takes from `other` what is not known yet.
    mutating func add(_ other: PageFacts) {
        headline = headline ?? other.headline
        if authors.isEmpty { authors = other.authors }
        published = published ?? other.published
        modified = modified ?? other.modified
        publisher = publisher ?? other.publisher
        url = url ?? other.url
        language = language ?? other.language
        body = body ?? other.body
        isLiveBlog = isLiveBlog || other.isLiveBlog
        isArticle = isArticle || other.isArticle
        if updates.isEmpty { updates = other.updates }
    }

    /// The day of a date as pages write them: ISO 8601 first of all, else the date in words or as mail has it.
    static func day(_ text: String) -> Day? {
        guard let day = anyDay(text), 1900...2200 ~= day.date.year else { return nil }
        return day
    }

    private static func anyDay(_ text: String) -> Day? {
        let text = text.trimmingPrefix { $0.isWhitespace }
        if let day = Day(iso: text) { return day }
        let bytes = Array(text.utf8.prefix(80))
        let digits = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "/") }
        let numbers = digits.split(separator: UInt8(ascii: "/")).compactMap {
            Int(String(decoding: $0, as: UTF8.self))
        }
        if numbers.count == 3, numbers[0] > 1000 { return Day(year: numbers[0], month: numbers[1], day: numbers[2]) }
        if numbers.count == 1, digits.count == 8 || digits.count == 14 {
            let date = digits.count == 8 ? numbers[0] : numbers[0] / 1_000_000
            return Day(year: date / 10000, month: date / 100 % 100, day: date % 100)
        }
        if let found = PrintedDate.last(in: bytes, Span(0, bytes.count)) { return found.day }
        // Sat, 18 Nov 2019 09:00:00 +0000
        let words = text.utf8.split { $0 == 32 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "-") }.prefix(5).map {
            String($0) ?? ""
        }
        for at in words.indices.dropLast(2) {
            guard let day = Int(words[at]), let year = Int(words[at + 2]), year > 1000,
                let month = months.firstIndex(of: String(words[at + 1].lowercased().prefix(3)))
            else { continue }
            return Day(year: year, month: month + 1, day: day)
        }
        return nil
    }

    /// The day that an address has in its path: `/2019/11/18/`.
    static func day(ofAddress address: String?) -> Day? {
        guard let address else { return nil }
        let parts = address.split(separator: "/").dropFirst(2).map { Int($0) }
        for at in parts.indices.dropLast(2) {
            guard let year = parts[at], 1990...2200 ~= year, let month = parts[at + 1], let day = parts[at + 2] else {
                continue
            }
            return Day(year: year, month: month, day: day)
        }
        return nil
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// A text on one line, its character references resolved; nil where nothing is left.
    static func line(_ text: String?) -> String? {
        guard let text else { return nil }
        var line: [UInt8] = []
        line.reserveCapacity(text.utf8.count)
        var isSpace = false
        for byte in CharacterReferences.resolved(text).utf8 {
            if byte <= 32 {
                isSpace = true
                continue
            }
            if isSpace, !line.isEmpty { line.append(32) }
            isSpace = false
            line.append(byte)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// The name of a publisher; an address is none.
    static func publisher(_ text: String?) -> String? {
        guard let line = line(text), line.utf8.count < 120, !line.contains("://") else { return nil }
        return line
    }

    /// Names of authors out of one field; an address, a handle, or the word `By` is no name.
    static func names(_ text: String?) -> [String] {
        guard var line = line(text), line.utf8.count < 200 else { return [] }
        if line.lowercased().hasPrefix("by ") { line = String(line.dropFirst(3)) }
        guard !line.contains("://"), !line.contains("@"), !line.hasPrefix("/"), line.contains(where: \.isLetter) else {
            return []
        }
        return [line]
    }
}
