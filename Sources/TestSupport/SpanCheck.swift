public import Stories

/// Holds spans against the text that they count in.
public enum SpanCheck {
    /// Whether a span lies inside `bytes` and begins and ends between scalars.
    public static func holds(_ span: Span, in bytes: [UInt8]) -> Bool {
        span.start >= 0 && span.start <= span.end && span.end <= bytes.count && isBoundary(span.start, bytes)
            && isBoundary(span.end, bytes)
    }

    private static func isBoundary(_ offset: Int, _ bytes: [UInt8]) -> Bool {
        offset == bytes.count || bytes[offset] & 0xC0 != 0x80
    }

    /// All spans of a reading.
    public static func spans(of reading: Reading) -> [Span] {
        let anatomy = reading.anatomy
        var spans = [reading.pageSpan] + reading.sentences + reading.names.map(\.span) + reading.times.map(\.span)
        spans +=
            reading.places.map(\.span) + reading.figures.map(\.span) + anatomy.captions + anatomy.subheads
            + anatomy.paragraphs
        spans +=
            anatomy.bylines.map(\.span) + anatomy.credits.map(\.span)
            + [anatomy.headline, anatomy.dateline?.span].compactMap { $0 }
        spans += reading.attributions.flatMap { $0.source + $0.cue + $0.content }
        spans += reading.incidents.flatMap { $0.mentions + [$0.place?.span].compactMap { $0 } }
        return spans + (reading.tokens ?? []).map(\.span)
    }

    /// The spans of a reading that do not hold, and indices of it that point nowhere, in words.
    public static func faults(of reading: Reading, in bytes: [UInt8]) -> [String] {
        var faults = spans(of: reading).filter { !holds($0, in: bytes) }.map { "span \($0.start)..<\($0.end)" }
        for figure in reading.figures {
            if let index = figure.attribution, !reading.attributions.indices.contains(index) {
                faults.append("figure's attribution \(index)")
            }
            if let index = figure.incident, !reading.incidents.indices.contains(index) {
                faults.append("figure's incident \(index)")
            }
        }
        for (index, attribution) in reading.attributions.enumerated() {
            if let parent = attribution.parent, parent == index || !reading.attributions.indices.contains(parent) {
                faults.append("parent \(parent)")
            }
        }
        return faults
    }
}
