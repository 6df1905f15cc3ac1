internal import Stories

/// Reads the opening of a wire story's first paragraph: place and agency before a dash.
struct DatelineReader {
    let bytes: [UInt8]

    /// The dateline of a paragraph, nil where it has none.
    ///
    /// Read are `MOSCOW (Reuters) –`, `SOCHI, Russia (AP) —`, `WASHINGTON, Feb 7 (Reuters) -`, `(Reuters) -` and
    /// `PARIS — `: the place begins in capitals, an agency stands in brackets, a dash closes.
    func dateline(of paragraph: Span) -> Dateline? {
        let limit = min(paragraph.end, paragraph.start + 110)
        if let open = bytes[paragraph.start..<limit].firstIndex(of: UInt8(ascii: "(")),
            let close = bytes[open..<min(limit, open + 50)].firstIndex(of: UInt8(ascii: ")")),
            dash(close + 1, paragraph.end) != nil
        {
            let agency = Blocks.trim(bytes, Span(open + 1, close))
            guard isAgency(agency) else { return nil }
            let before = Blocks.trim(bytes, Span(paragraph.start, open))
            if before.isEmpty { return Dateline(span: Span(open, close + 1), place: nil, agency: text(agency)) }
            guard beginsInCapitals(before) else { return nil }
            let (place, day) = self.place(before)
            return Dateline(span: Span(paragraph.start, close + 1), place: place, agency: text(agency), date: day)
        }
        // "PARIS — The": without an agency, the dash must have spaces and the place be all in capitals before a comma.
        var at = paragraph.start
        while at < limit, bytes[at] != UInt8(ascii: "\n") {
            if at > paragraph.start, bytes[at] == 32, let end = dash(at, paragraph.end),
                isLongDash(at + 1) || bytes[(at + 1)...].starts(with: "--".utf8)
            {
                let before = Blocks.trim(bytes, Span(paragraph.start, at))
                guard end < paragraph.end, 3...60 ~= before.count, beginsInCapitals(before), isPlaceLine(before) else {
                    return nil
                }
                let (place, day) = self.place(before)
                return Dateline(span: before, place: place, agency: nil, date: day)
            }
            at += 1
        }
        return nil
    }

    /// Where a dash with its spaces ends; nil where no dash stands at `start`.
    private func dash(_ start: Int, _ end: Int) -> Int? {
        var at = start
        while at < end, bytes[at] == 32 || bytes[at] == 0xC2 && at + 1 < end && bytes[at + 1] == 0xA0 {
            at += bytes[at] == 32 ? 1 : 2
        }
        let first = at
        while at < end, bytes[at] == UInt8(ascii: "-") { at += 1 }
        if at == first, isLongDash(at), at + 3 <= end { at += 3 }
        return at > first ? at : nil
    }

    private func isLongDash(_ at: Int) -> Bool {
        at + 2 < bytes.count && bytes[at] == 0xE2 && bytes[at + 1] == 0x80 && 0x92...0x95 ~= bytes[at + 2]
    }

    private func isAgency(_ span: Span) -> Bool {
        guard 2...40 ~= span.count, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[span.start] else { return false }
        return bytes[span.range].allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == 32 || byte == UInt8(ascii: "/")
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "&")
        }
    }

    /// Whether the letters before the first comma, three or more, are capitals.
    private func beginsInCapitals(_ span: Span) -> Bool {
        var letters = 0
        for index in span.range {
            let byte = bytes[index]
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "/") { break }
            if UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte { return false }
            if UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || byte >= 0xC3 { letters += 1 }
        }
        return letters >= 3
    }

    /// Whether what stands before a bare dash is no more than a place: few words, each with a capital.
    private func isPlaceLine(_ span: Span) -> Bool {
        let words = LineKinds(bytes: bytes).words(of: span)
        return words.count <= 6
            && words.allSatisfy {
                UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[$0.start]
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[$0.start]
            }
    }

    /// The place without a date that follows it, and that date where it has a year.
    private func place(_ span: Span) -> (place: String?, day: Day?) {
        var end = span.end
        var start = span.start
        var parts: [Span] = []
        for index in span.range where bytes[index] == UInt8(ascii: ",") {
            parts.append(Span(start, index))
            start = index + 1
        }
        parts.append(Span(start, span.end))
        let kinds = LineKinds(bytes: bytes)
        while parts.count > 1, let last = parts.last {
            let words = kinds.words(of: last)
            let isDate =
                words.contains { PrintedDate.month(bytes, trimmedPoint($0)) != nil }
                || words.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[$0.start] }
            guard isDate else { break }
            end = last.start - 1
            parts.removeLast()
        }
        let place = Blocks.trim(bytes, Span(span.start, max(span.start, end)))
        return (place.isEmpty ? nil : text(place), PrintedDate.last(in: bytes, span)?.day)
    }

    private func trimmedPoint(_ span: Span) -> Span {
        span.count > 1 && bytes[span.end - 1] == UInt8(ascii: ".") ? Span(span.start, span.end - 1) : span
    }

    private func text(_ span: Span) -> String { String(decoding: bytes[span.range], as: UTF8.self) }
}
