internal import Stories

/// Tells what a block of a wire story looks like, by itself.
struct LineKinds {
    let bytes: [UInt8]

    /// A headline's look: a short line without a full stop, that is no quotation.
    func isHeadline(_ span: Span) -> Bool {
        guard 8...220 ~= span.count, !hasLineBreak(span) else { return false }
        let last = bytes[span.end - 1]
        if last == UInt8(ascii: ".") {
            // "… visits U.S." ends in an abbreviation.
            return span.count > 4 && bytes[span.end - 3] == UInt8(ascii: ".") && isUpper(bytes[span.end - 2])
        }
        if last == UInt8(ascii: ",") || last == UInt8(ascii: ";") || last == UInt8(ascii: ":")
            || last == UInt8(ascii: ")") && startsWith(span, "(")
        {
            return false
        }
        if ends(span, ".\"") || ends(span, ".”") || ends(span, ",”") || ends(span, ",\"") { return false }
        return wordCount(span) >= 3 && !isByline(span) && !isCredits(span)
    }

    /// A short line in capitals, such as parts the body.
    func isCapitals(_ span: Span) -> Bool {
        guard 3...80 ~= span.count, !hasLineBreak(span) else { return false }
        var letters = 0
        for index in span.range {
            if UInt8(ascii: "a")...UInt8(ascii: "z") ~= bytes[index] { return false }
            if isUpper(bytes[index]) { letters += 1 }
        }
        let last = bytes[span.end - 1]
        return letters >= 3 && last != UInt8(ascii: ".") && last != UInt8(ascii: ")") && !startsWith(span, "(")
    }

    /// A short line in mixed case that can part the body: a few words that end without a mark.
    func isShortHeading(_ span: Span) -> Bool {
        guard 4...60 ~= span.count, !hasLineBreak(span), wordCount(span) <= 8, isUpper(bytes[span.start]) else {
            return false
        }
        let last = bytes[span.end - 1]
        return isLetterOrDigit(last)
    }

    /// `By Kinda Makieh and Maria Tsvetkova`.
    func isByline(_ span: Span) -> Bool {
        guard span.count <= 160, startsWith(span, "By ") || startsWith(span, "BY ") || startsWith(span, "by ") else {
            return false
        }
        let last = bytes[span.end - 1]
        guard last != UInt8(ascii: ".") || span.count < 40 else { return false }
        // Names are words with capitals, joined by "and", commas and particles.
        var names = 0
        for word in words(of: Span(span.start + 3, span.end)) {
            names += 1
            let isLower = UInt8(ascii: "a")...UInt8(ascii: "z") ~= bytes[word.start]
            if isLower, !LineKinds.particles.contains(where: { equals(word, $0) }), !startsWith(word, "al-"),
                !startsWith(word, "el-")
            {
                return false
            }
        }
        return 1...20 ~= names
    }

    private static let particles: [StaticString] = [
        "and", "de", "van", "der", "von", "al", "bin", "for", "of", "in", "la", "el", "da", "di", "the",
    ]

    /// The closing line: `(Reporting by …; Editing by …)`.
    func isCredits(_ span: Span) -> Bool {
        guard span.count <= 900 else { return false }
        let start = startsWith(span, "(") ? Span(span.start + 1, span.end) : span
        for role in Credits.openings where startsWith(start, role, foldingCase: true) { return true }
        return false
    }

    /// A photograph's line: a credit of an agency's photographer, a hand-out, `FILE PHOTO`.
    func hasPhotoCredit(_ span: Span) -> Bool {
        guard span.count <= 900 else { return false }
        for mark in LineKinds.photoMarks where contains(span, mark) { return true }
        if endsWithPhotographer(span) { return true }
        return startsWith(span, "FILE ") || startsWith(span, "File photo") || startsWith(span, "PHOTO:")
            || startsWith(span, "Photo:")
    }

    /// An agency's photographer behind a date: `…, March 3, 2025. Agency/First Last`.
    private func endsWithPhotographer(_ span: Span) -> Bool {
        guard let slash = span.range.last(where: { bytes[$0] == UInt8(ascii: "/") }), slash + 3 < span.end,
            span.end - slash <= 48,
            isUpper(bytes[slash + 1]), slash > span.start, isLetterOrDigit(bytes[slash - 1])
        else { return false }
        return PrintedDate.last(in: bytes, Span(max(span.start, slash - 64), slash)) != nil
    }

    private static let photoMarks: [StaticString] = [
        "REUTERS/", "via REUTERS", "AP Photo", "(AP/", "/AP)", "AFP/", "(AFP", "Getty Images", "/AFP", "Handout via",
        "/Handout", "EPA/",
        "Picture taken", "Photo by ", "Photo credit", "Sputnik/", "TASS/", "Anadolu Agency/", "/Pool", "Photograph:",
        "Image credit", "(Photo:",
    ]

    /// Whether a line ends in a full date with its year: `…, Syria December 11, 2017.`
    func endsWithDate(_ span: Span) -> Bool {
        var end = span.end
        while end > span.start, !isLetterOrDigit(bytes[end - 1]) { end -= 1 }
        guard let date = PrintedDate.last(in: bytes, Span(max(span.start, end - 24), end)) else { return false }
        return date.span.end == end
    }

    // MARK: Bytes

    func startsWith(_ span: Span, _ text: StaticString, foldingCase: Bool = false) -> Bool {
        let count = text.utf8CodeUnitCount
        guard span.count >= count else { return false }
        return text.withUTF8Buffer { expected in
            for index in 0..<count {
                let byte = bytes[span.start + index]
                let folded = foldingCase && isUpper(byte) ? byte | 0x20 : byte
                if unsafe folded != expected[index] { return false }
            }
            return true
        }
    }

    func ends(_ span: Span, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        return span.count >= count && startsWith(Span(span.end - count, span.end), text)
    }

    func equals(_ span: Span, _ text: StaticString) -> Bool {
        span.count == text.utf8CodeUnitCount && startsWith(span, text)
    }

    func contains(_ span: Span, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard span.count >= count, count > 0 else { return false }
        let lead = text.withUTF8Buffer { unsafe $0[0] }
        let last = span.end - count
        var start = span.start
        while start <= last {
            start = ByteSearch.first(lead, in: bytes, from: start, to: last + 1)
            if start <= last, startsWith(Span(start, span.end), text) { return true }
            start += 1
        }
        return false
    }

    /// Whether two stretches hold the same letters and digits.
    func same(_ a: Span, _ b: Span) -> Bool {
        var i = a.start
        var j = b.start
        while true {
            while i < a.end, !isLetterOrDigit(bytes[i]) { i += 1 }
            while j < b.end, !isLetterOrDigit(bytes[j]) { j += 1 }
            if i >= a.end || j >= b.end { return i >= a.end && j >= b.end }
            if bytes[i] | 0x20 != bytes[j] | 0x20 { return false }
            i += 1
            j += 1
        }
    }

    func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

    func isLetterOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            || byte >= 0xC3
    }

    func hasLineBreak(_ span: Span) -> Bool {
        bytes[span.range].contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }

    func wordCount(_ span: Span) -> Int { words(of: span).count }

    func words(of span: Span) -> [Span] {
        var words: [Span] = []
        var start: Int?
        for index in span.range {
            let isBreak = bytes[index] <= 32 || bytes[index] == UInt8(ascii: ",")
            if isBreak, let from = start {
                words.append(Span(from, index))
                start = nil
            } else if !isBreak, start == nil {
                start = index
            }
        }
        if let from = start { words.append(Span(from, span.end)) }
        return words
    }
}
