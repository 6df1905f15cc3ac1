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
    /// What came with the story about itself, besides its text.
    public let provenance: Provenance
    /// The story's parts.
    public let anatomy: Anatomy

    /// A story from its parts.
    ///
    /// - Precondition: `span` lies inside `bytes`.
    public init(
        id: String, bytes: [UInt8], span: Span, published: Day? = nil, publishedBasis: PublishedBasis? = nil,
        title: String? = nil, outlet: String? = nil, provenance: Provenance = Provenance(),
        anatomy: Anatomy = Anatomy()
    ) {
        precondition(span.end <= bytes.count, "a story's span lies inside its page")
        self.id = id
        self.bytes = bytes
        self.span = span
        self.published = published
        self.publishedBasis = publishedBasis
        self.title = title
        self.outlet = outlet
        self.provenance = provenance
        self.anatomy = anatomy
    }

    /// The title as a story of its own, all headline; nil where none came, or the text's headline says the same.
    public var titleApart: Story? {
        guard let title, !title.isEmpty else { return nil }
        if let headline = anatomy.headline, Story.isTitle(bytes[headline.range], title) { return nil }
        let bytes = Array(title.utf8)
        let whole = Span(0, bytes.count)
        return Story(id: id, bytes: bytes, span: whole, published: published, anatomy: Anatomy(headline: whole))
    }

    /// Whether a block of text says what a title says: the same letters for as long as the shorter goes on.
    public static func isTitle(_ block: ArraySlice<UInt8>, _ title: String) -> Bool {
        guard block.count <= 300, title.utf8.count >= 12 else { return false }
        func letters(_ bytes: some Sequence<UInt8>) -> [UInt8] {
            bytes.filter { byte in
                let lower = byte | 0x20
                return byte >= 0xC3 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= lower
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            }
            .map { $0 | 0x20 }
        }
        let (found, expected) = (letters(block), letters(title.utf8))
        let shared = min(found.count, expected.count)
        return shared >= 10 && found.prefix(shared) == expected.prefix(shared)
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
