internal import Stories

/// Reads the lines that name people: bylines and closing credits.
struct Credits {
    let bytes: [UInt8]

    /// How a line of credits can open, in lower case.
    static let openings: [StaticString] = [
        "reporting by", "additional reporting by", "writing by", "editing by", "written by", "edited by", "reported by",
        "additional reporting and writing by", "reporting and writing by", "writing and editing by", "compiled by",
        "with reporting by", "reporting and editing by",
    ]

    private static let roles: [(text: [UInt8], roles: [Credit.Role])] = [
        ("additional reporting and writing by", [.additionalReporting]),
        ("additional reporting by", [.additionalReporting]),
        ("with reporting by", [.additionalReporting]), ("reporting and writing by", [.reporting]),
        ("reporting and editing by", [.reporting]), ("writing and editing by", [.writing]),
        ("reporting by", [.reporting]),
        ("reported by", [.reporting]), ("writing by", [.writing]), ("written by", [.writing]),
        ("compiled by", [.writing]),
        ("editing by", [.editing]), ("edited by", [.editing]),
    ].map { (Array($0.0.utf8), $0.1) }

    /// The credits of a closing line.
    func credits(in line: Span) -> [Credit] {
        var credits: [Credit] = []
        var marks: [(at: Int, end: Int, role: Credit.Role)] = []
        var at = line.start
        while at < line.end {
            if at == line.start || !isLetter(bytes[at - 1]), let (count, role) = role(at, line.end) {
                marks.append((at, at + count, role))
                at += count
            } else {
                at += 1
            }
        }
        for (index, mark) in marks.enumerated() {
            let end = index + 1 < marks.count ? marks[index + 1].at : line.end
            credits += people(Span(mark.end, end), from: mark.at, role: mark.role)
        }
        return credits
    }

    private func role(_ at: Int, _ end: Int) -> (Int, Credit.Role)? {
        for (text, roles) in Credits.roles where at + text.count <= end {
            var same = true
            for index in text.indices where folded(bytes[at + index]) != text[index] {
                same = false
                break
            }
            if same, let role = roles.first { return (text.count, role) }
        }
        return nil
    }

    /// One credit a place: names share the place that follows them.
    private func people(_ range: Span, from start: Int, role: Credit.Role) -> [Credit] {
        var credits: [Credit] = []
        var names: [String] = []
        var from: Int? = start
        var last = range.start
        for item in items(range) {
            let first = from ?? item.start
            if let split = place(item) {
                names.append(text(split.name))
                credits.append(Credit(span: Span(first, item.end), role: role, names: names, place: text(split.place)))
                names = []
                from = nil
            } else {
                from = first
                names.append(text(item))
            }
            last = item.end
        }
        if !names.isEmpty { credits.append(Credit(span: Span(from ?? start, last), role: role, names: names)) }
        return credits
    }

    /// Splits `Anton Zverev in MOSCOW`.
    private func place(_ item: Span) -> (name: Span, place: Span)? {
        for at in item.start..<max(item.start, item.end - 4)
        where bytes[at] == 32 && folded(bytes[at + 1]) == UInt8(ascii: "i")
            && folded(bytes[at + 2]) == UInt8(ascii: "n") && bytes[at + 3] == 32
        {
            return (Span(item.start, at), Span(at + 4, item.end))
        }
        return nil
    }

    /// The names of a byline, without agencies and job titles.
    func bylineNames(_ line: Span) -> [String] {
        items(Span(min(line.start + 3, line.end), line.end)).map(text).filter { name in
            let words = name.split(separator: " ").map { $0.lowercased() }
            return !words.contains { Credits.notPeople.contains($0) }
        }
    }

    private static let notPeople: Set<String> = [
        "press", "staff", "writer", "writers", "reporter", "correspondent", "editor", "times", "post", "news",
        "reuters", "ap", "afp", "tribune",
        "journal", "herald", "gazette", "agency", "newspapers", "bureau", "service", "desk", "published", "updated",
    ]

    /// The parts of a list with commas, semicolons and `and`, without brackets and full stops around it.
    private func items(_ range: Span) -> [Span] {
        var items: [Span] = []
        var start = range.start
        func close(_ end: Int) {
            var span = Blocks.trim(bytes, Span(min(start, end), end))
            while !span.isEmpty, isEdge(bytes[span.start]) { span = Blocks.trim(bytes, Span(span.start + 1, span.end)) }
            while !span.isEmpty, isEdge(bytes[span.end - 1]) {
                span = Blocks.trim(bytes, Span(span.start, span.end - 1))
            }
            if span.count > 1 { items.append(span) }
        }
        var at = range.start
        while at < range.end {
            let byte = bytes[at]
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
                || byte == UInt8(ascii: "\n")
            {
                close(at)
                start = at + 1
            } else if isWord("and", at, range), at > range.start {
                close(at)
                start = at + 3
                at += 2
            } else if byte == UInt8(ascii: "&") {
                close(at)
                start = at + 1
            }
            at += 1
        }
        close(range.end)
        return items
    }

    private func isWord(_ word: StaticString, _ at: Int, _ range: Span) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count < range.end, bytes[at - 1 < range.start ? at : at - 1] <= 32, bytes[at + count] <= 32 else {
            return false
        }
        return word.withUTF8Buffer { expected in
            for index in 0..<count where unsafe folded(bytes[at + index]) != expected[index] { return false }
            return true
        }
    }

    private func isEdge(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "-")
    }

    private func folded(_ byte: UInt8) -> UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte }
    private func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte >= 0x80
    }
    private func text(_ span: Span) -> String { String(decoding: bytes[span.range], as: UTF8.self) }
}
