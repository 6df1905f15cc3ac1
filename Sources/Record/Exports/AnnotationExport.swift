internal import Stories

/// Claims as annotations of the stories' texts (W3C Web Annotation Data Model), one a line.
///
/// The model counts positions in Unicode code points; the record's spans count UTF-8 bytes, and are converted.
enum AnnotationExport {
    static func lines(_ subject: ExportSubject) -> String {
        var counters: [String: CodePoints] = [:]
        return subject.dossier.claims.map { claim in
            guard let text = subject.texts[claim.story] else { return annotation(claim, subject, []).line }
            var counter = counters[claim.story] ?? CodePoints(text.bytes)
            let selectors = selectors(claim.span, text.bytes, &counter)
            counters[claim.story] = counter
            return annotation(claim, subject, selectors).line
        }.joined()
    }

    private static let context: JSONText = .array([
        .string("http://www.w3.org/ns/anno.jsonld"),
        .object([
            (
                "onrecord",
                .object([("@id", .string("urn:onrecord:terms:")), ("@prefix", .truth(true))])
            )
        ]),
    ])

    private static func annotation(_ claim: Claim, _ subject: ExportSubject, _ selectors: [JSONText]) -> JSONText {
        let story = subject.dossier.stories.first { $0.digest == claim.story }
        // A claim of the title, which stands before the text, has the whole story as its target.
        let target: JSONText = .known(
            ("type", .string("SpecificResource")), ("source", .string("urn:sha256:\(claim.story)")),
            ("selector", selectors.isEmpty ? nil : .array(selectors)),
            ("onrecord:title", selectors.isEmpty ? .string(claim.sentence) : nil),
            ("onrecord:outlet", .string(claim.outlet)), ("onrecord:page", .string(story?.page)))
        return .known(
            ("@context", context), ("id", .string("urn:onrecord:claim:\(claim.id)")), ("type", .string("Annotation")),
            ("motivation", .string("describing")),
            ("body", .array([summary(claim), values(claim, subject)])), ("target", target))
    }

    /// The claim in words.
    private static func summary(_ claim: Claim) -> JSONText {
        .known(
            ("type", .string("TextualBody")), ("purpose", .string("describing")), ("format", .string("text/plain")),
            ("language", .string("en")), ("value", .string("\(Plain.claim(claim)) — \(claim.label)")))
    }

    /// The claim in values.
    private static func values(_ claim: Claim, _ subject: ExportSubject) -> JSONText {
        let speaker = claim.speaker
        return .known(
            ("type", .string("Dataset")), ("onrecord:incident", .string(subject.incident.id)),
            ("onrecord:measure", .string(claim.measure?.rawValue)), ("onrecord:min", .number(claim.min)),
            ("onrecord:max", .number(claim.max)), ("onrecord:approximate", .truth(claim.approximate)),
            ("onrecord:scope", .string(claim.scope.rawValue)),
            ("onrecord:population", .strings(claim.population.map(\.rawValue))),
            ("onrecord:nationality", .string(claim.nationality)),
            ("onrecord:phrase", claim.phrase.isEmpty ? nil : .string(claim.phrase)),
            ("onrecord:stance", .string(claim.stance.rawValue)), ("onrecord:depth", JSONText(claim.depth)),
            ("onrecord:status", .string(subject.statuses[claim.id]?.rawValue)),
            ("onrecord:speaker", .string(claim.label)), ("onrecord:speakerKind", .string(speaker.kind.rawValue)),
            ("onrecord:speakerName", .string(speaker.name)), ("onrecord:speakerRole", .string(speaker.role)),
            ("onrecord:speakerAffiliation", .string(speaker.affiliation)))
    }

    /// How many characters of context a quotation carries on either side.
    private static let reach = 32

    static func selectors(_ span: Span, _ text: [UInt8], _ counter: inout CodePoints) -> [JSONText] {
        guard !span.isEmpty, span.end <= text.count else { return [] }
        let before = CodePoints.start(of: reach, before: span.start, text)
        let after = CodePoints.end(of: reach, after: span.end, text)
        func string(_ range: Range<Int>) -> JSONText { .string(String(decoding: text[range], as: UTF8.self)) }
        return [
            .known(
                ("type", .string("TextQuoteSelector")), ("exact", string(span.range)),
                ("prefix", string(before..<span.start)), ("suffix", string(span.end..<after))),
            .known(
                ("type", .string("TextPositionSelector")), ("start", JSONText(counter.position(of: span.start))),
                ("end", JSONText(counter.position(of: span.end)))),
        ]
    }
}

/// Counts code points in UTF-8, going on from where it was asked last.
struct CodePoints {
    private let text: [UInt8]
    private var offset = 0
    private var count = 0

    init(_ text: [UInt8]) { self.text = text }

    /// How many code points stand before a byte offset.
    ///
    /// - Complexity: O(*d*) in the distance from the offset asked for last; O(*n*) where it lies before that.
    mutating func position(of target: Int) -> Int {
        if target < offset { (offset, count) = (0, 0) }
        while offset < min(target, text.count) {
            if CodePoints.starts(text[offset]) { count += 1 }
            offset += 1
        }
        return count
    }

    /// Where the `count` code points before an offset begin.
    static func start(of count: Int, before offset: Int, _ text: [UInt8]) -> Int {
        var (start, left) = (offset, count)
        while start > 0, left > 0 {
            start -= 1
            if starts(text[start]) { left -= 1 }
        }
        return start
    }

    /// Where the `count` code points from an offset on end.
    static func end(of count: Int, after offset: Int, _ text: [UInt8]) -> Int {
        var (end, left) = (offset, count)
        while end < text.count {
            if starts(text[end]) {
                if left == 0 { break }
                left -= 1
            }
            end += 1
        }
        return end
    }

    /// Whether a byte is a code point's first.
    private static func starts(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
