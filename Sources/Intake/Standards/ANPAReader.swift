internal import Stories

/// Reads wire text as it went over lines: ANPA 1312 and IPTC 7901, one message or many.
///
/// A message stands between SOH and ETX, its text behind STX. Before STX are the header's fields; the first lines of the
/// text are keyword, notes to editors, headline and byline; paragraphs begin with an indent, and `<` ends a line that is
/// set flush left.
struct ANPAReader {
    private enum Control {
        static let startOfHeader: UInt8 = 1
        static let startOfText: UInt8 = 2
        static let endOfText: UInt8 = 3
        static let endOfTransmission: UInt8 = 4
    }

    /// The stories of a page, a message each.
    ///
    /// - Throws: `IntakeError.empty` or `.noStory`.
    func read(_ page: Page) throws(IntakeError) -> [Result<Story, IntakeError>] {
        guard page.bytes.contains(where: { $0 > 32 }) else { throw .empty(page: page.name) }
        var results: [Result<Story, IntakeError>] = []
        var number = 0
        var at = 0
        let bytes = page.bytes
        while let start = bytes[at...].firstIndex(of: Control.startOfHeader) {
            // A header without a text ends where the next begins.
            let next = bytes[(start + 1)...].firstIndex(of: Control.startOfHeader) ?? bytes.count
            number += 1
            guard let text = bytes[start..<next].firstIndex(of: Control.startOfText) else {
                results.append(
                    .failure(.badItem(page: page.name, item: number, reason: "the message has a header but no text")))
                at = next
                continue
            }
            let end = bytes[text..<next].firstIndex {
                $0 == Control.endOfText || $0 == Control.endOfTransmission
            }
            results.append(
                message(
                    header: bytes[(start + 1)..<text], text: bytes[(text + 1)..<(end ?? next)],
                    trailer: bytes[(end ?? next)..<next], number: number, page))
            at = next
        }
        if results.isEmpty { throw .noStory(page: page.name, kind: "text without a wire message") }
        return results
    }

    private func message(
        header: ArraySlice<UInt8>, text: ArraySlice<UInt8>, trailer: ArraySlice<UInt8>, number: Int, _ page: Page
    ) -> Result<Story, IntakeError> {
        let decoded: [UInt8]
        do throws(IntakeError) {
            decoded = try TextDecoding.decode(
                Page(
                    name: page.name, bytes: text.filter { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 },
                    charset: page.charset)
            ).bytes
        } catch {
            return .failure(.badItem(page: page.name, item: number, reason: "the message's text is blank, or is none"))
        }
        var item = self.item(lines(decoded))
        item.published = day(trailer) ?? item.published
        let keyword = item.slug ?? slug(ofHeader: header)
        item.note(keyword)
        guard let story = item.item.story(page) else {
            return .failure(.badItem(page: page.name, item: number, reason: "the message has no text"))
        }
        return .success(story)
    }

    /// A line and whether it opens a paragraph.
    private struct Line {
        var text: [UInt8]
        var opens: Bool
        /// It ends in the mark of a line set on its own.
        var isFlush: Bool
    }

    private func lines(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var isBehindGap = true
        for raw in bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 10 || $0 == 13 }) {
            var text = raw[...]
            let indent = text.prefix { $0 == 32 }.count
            var opens = isBehindGap || indent >= 2 || text.first == 9
            text = Blocks.trimmed(text)
            if text.first == UInt8(ascii: "^") {
                text = Blocks.trimmed(text.dropFirst())
                opens = true
            }
            let isFlush = text.last == UInt8(ascii: "<")
            while text.last == UInt8(ascii: "<") { text = Blocks.trimmed(text.dropLast()) }
            guard !text.isEmpty else {
                isBehindGap = !raw.isEmpty || isBehindGap
                continue
            }
            // CR LF gives an empty part between them, which is no gap.
            lines.append(Line(text: ANPAReader.typographic(text), opens: opens, isFlush: isFlush))
            isBehindGap = isFlush
        }
        return lines
    }

    /// Quotation marks of two characters made one, as text of today has them.
    private static func typographic(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "'"), at + 1 < text.endIndex, text[at + 1] == byte {
                out.append(contentsOf: (byte == UInt8(ascii: "`") ? "“" : "”").utf8)
                at += 2
            } else {
                out.append(byte)
                at += 1
            }
        }
        return out
    }

    /// A message's text, read line by line.
    private struct Message {
        var item = NewsItem()
        var slug: String?
        var published: Day?

        /// Takes what the keyword line tells: which version it is, and whether it takes another back.
        mutating func note(_ keyword: String?) {
            item.published = published
            guard let keyword else { return }
            let words = keyword.lowercased().split { !$0.isLetter && !$0.isNumber }
            if words.contains("kill") || words.contains("elimination") || words.contains("eliminate") {
                item.provenance.status = .canceled
            } else if words.contains("withhold") || words.contains("withheld") {
                item.provenance.status = .withheld
            }
            for (word, next) in zip(words, words.dropFirst()) where next == "ld" || next == "lead" {
                // The first lead follows the story that it leads anew.
                if let count = Int(word.prefix { $0.isNumber }), 1...99 ~= count { item.provenance.version = count + 1 }
            }
            if let day = published {
                let base = keyword.split(separator: ",").first.map(String.init) ?? keyword
                item.provenance.guid = "\(base.lowercased())/\(day)"
            }
            if item.title == nil { item.title = keyword }
        }
    }

    private func item(_ lines: [Line]) -> Message {
        var message = Message()
        var notes: [String] = []
        var index = 0
        let kinds = { (line: Line) in (LineKinds(bytes: line.text), Span(0, line.text.count)) }
        // The head: lines set on their own, before the first that is not.
        while index < lines.count, lines[index].isFlush {
            let line = lines[index]
            let text = String(decoding: line.text, as: UTF8.self)
            let (kind, span) = kinds(line)
            let lower = text.lowercased()
            if index == 0, isKeyword(text) {
                message.slug = text
            } else if lower.hasPrefix("eds:") || lower.hasPrefix("eds.:") || lower.hasPrefix("editors:")
                || lower.hasPrefix("(eds:")
            {
                notes.append(text)
            } else if kind.isByline(span) {
                message.item.provenance.authors += NewsItem.authors(text)
            } else if message.item.title == nil, kind.isHeadline(span) {
                message.item.title = text
            } else if isWriterTitle(lower) {
                // "Associated Press Writer": who the author works for.
            } else {
                break
            }
            index += 1
        }
        var paragraph: [UInt8] = []
        func close() {
            if !paragraph.isEmpty { message.item.body.append(XMLTree.squeezed(paragraph)) }
            paragraph = []
        }
        while index < lines.count {
            let line = lines[index]
            if let day = signOff(line.text) {
                message.published = day
            } else {
                if line.opens { close() }
                paragraph += (paragraph.isEmpty ? [] : [32]) + line.text
                if line.isFlush { close() }
            }
            index += 1
        }
        close()
        if !notes.isEmpty { message.item.provenance.editorialNote = notes.joined(separator: "\n") }
        return message
    }

    /// `AM-Ferry, 1st Ld-Writethru,0250`: no sentence, with commas, digits or dashes.
    private func isKeyword(_ text: String) -> Bool {
        guard text.utf8.count <= 80, !text.hasSuffix(".") else { return false }
        let words = text.split(separator: " ")
        return words.count <= 7 && (text.contains("-") || text.contains(",") || words.count == 1)
    }

    private func isWriterTitle(_ lower: String) -> Bool {
        lower.hasSuffix("writer") || lower.hasSuffix("correspondent") || lower.hasSuffix("reporter")
            || lower.hasSuffix("press") || lower.hasSuffix("editor")
    }

    /// The day of a closing line such as `AP-ES-05-04-19 1234EDT`.
    private func signOff(_ line: [UInt8]) -> Day? {
        let text = String(decoding: line, as: UTF8.self)
        guard text.utf8.count <= 40, let stamp = text.split(separator: " ").first else { return nil }
        let parts = stamp.split(separator: "-")
        guard parts.count >= 4, let year = Int(parts[parts.count - 1]), let day = Int(parts[parts.count - 2]),
            let month = Int(parts[parts.count - 3]), parts[0].allSatisfy(\.isUppercase), year < 100
        else { return nil }
        return Day(year: year + (year < 70 ? 2000 : 1900), month: month, day: day)
    }

    /// The day of the group behind ETX: `041530 MAY 19`, `041530 GMT MAY 2019`.
    private func day(_ trailer: ArraySlice<UInt8>) -> Day? {
        let words = trailer.split { $0 <= 32 }
        guard let at = words.firstIndex(where: { $0.count == 6 && $0.allSatisfy(NewsDate.isDigit) }),
            let day = Int(String(decoding: words[at].prefix(2), as: UTF8.self))
        else { return nil }
        let rest = words[(at + 1)...].prefix(3)
        guard let month = rest.compactMap({ $0.count >= 3 ? NewsDate.monthNumber($0) : nil }).first,
            let year = rest.compactMap({ Int(String(decoding: $0, as: UTF8.self)) }).first
        else { return nil }
        return Day(year: year < 70 ? year + 2000 : year < 100 ? year + 1900 : year, month: month, day: day)
    }

    /// The keyword among a header's fields: the last line with letters, without numbers of words.
    private func slug(ofHeader header: ArraySlice<UInt8>) -> String? {
        let lines = header.split { $0 == 10 || $0 == 13 }.map { line in
            XMLTree.squeezed(line.map { $0 < 32 ? 32 : $0 })
        }
        guard lines.count > 1, let last = lines.last, last.count <= 60,
            last.contains(where: { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }),
            last.allSatisfy({ $0 < 0x80 })
        else { return nil }
        return String(decoding: last, as: UTF8.self)
    }
}
