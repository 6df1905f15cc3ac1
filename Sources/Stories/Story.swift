/// One report as published: its text, where it stands on its page, and its anatomy.
///
/// The text is kept as UTF-8 bytes, shared with the other stories of a page: all spans of a story count from the start
/// of `bytes`, and `span` is the story's own stretch of them.
public struct Story: Hashable, Sendable {
    /// The id that came with the story, else the first 16 hex digits of the SHA-256 of its own stretch.
    public let id: String
    /// The text of the whole page that the story stands on, well-formed UTF-8.
    public let bytes: [UInt8]
    /// The story's own stretch of the page.
    public let span: Span
    /// The day that relative dates resolve against, where known.
    public let published: Day?
    /// What `published` rests on.
    public let publishedBasis: PublishedBasis?
    /// The title that came with the story, apart from its text.
    public let title: String?
    /// Who published it, where known: an outlet or an agency.
    public let outlet: String?
    /// The story's parts.
    public let anatomy: Anatomy

    /// A story from its parts.
    ///
    /// - Precondition: `span` lies inside `bytes`.
    public init(
        id: String, bytes: [UInt8], span: Span, published: Day? = nil, publishedBasis: PublishedBasis? = nil,
        title: String? = nil, outlet: String? = nil, anatomy: Anatomy = Anatomy()
    ) {
        precondition(span.end <= bytes.count, "a story's span lies inside its page")
        self.id = id
        self.bytes = bytes
        self.span = span
        self.published = published
        self.publishedBasis = publishedBasis
        self.title = title
        self.outlet = outlet
        self.anatomy = anatomy
    }

    /// The text of a stretch of the page.
    ///
    /// - Complexity: O(*n*) in the length of the stretch.
    public func text(_ span: Span) -> String {
        String(decoding: bytes[span.range], as: UTF8.self)
    }
}

/// What a story's date of publication rests on.
public enum PublishedBasis: String, Codable, Sendable {
    /// It came with the story: a field, a feed, an option.
    case given
    /// Worked out from the story's own text: a dated caption that agrees with the weekday of the first paragraph.
    case text
}
