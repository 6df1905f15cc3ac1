/// A half-open stretch `[start, end)` of a story's text, in UTF-8 bytes.
///
/// Spans are the anchor of everything that Onrecord finds: each leads back to the bytes it came from. Both ends
/// stand on boundaries of Unicode scalars. In JSON a span is the array `[start, end]`.
public struct Span: Hashable, Sendable {
    /// Offset of the first byte.
    public var start: Int
    /// Offset behind the last byte.
    public var end: Int

    /// The stretch from `start` up to, not including, `end`.
    ///
    /// - Precondition: `0 <= start <= end`.
    public init(_ start: Int, _ end: Int) {
        precondition(0 <= start && start <= end, "a span runs forward from 0: got \(start)..<\(end)")
        self.start = start
        self.end = end
    }

    /// Length in bytes.
    public var count: Int { end - start }
    /// Whether the span holds no byte.
    public var isEmpty: Bool { start == end }
    /// The span as a range of offsets.
    public var range: Range<Int> { start..<end }

    /// Whether `other` lies wholly inside this span.
    public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
    /// Whether the byte at `offset` lies inside this span.
    public func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
    /// Whether the two spans share at least one byte.
    public func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
    /// The smallest span that covers both.
    public func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
    /// The same stretch, `offset` bytes further on.
    public func shifted(by offset: Int) -> Span { Span(start + offset, end + offset) }
}

extension Span: Comparable {
    /// Orders by start, then by end.
    public static func < (a: Span, b: Span) -> Bool { (a.start, a.end) < (b.start, b.end) }
}

extension Span: Codable {
    /// Reads `[start, end]`.
    ///
    /// - Throws: `DecodingError` where the array is not two numbers that run forward from 0.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let start = try container.decode(Int.self)
        let end = try container.decode(Int.self)
        guard 0 <= start, start <= end, container.isAtEnd else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a span is [start, end] with 0 <= start <= end")
        }
        self.init(start, end)
    }

    /// Writes `[start, end]`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(start)
        try container.encode(end)
    }
}
