public import Stories

/// A feed of news: what its publisher says of it, and its entries in the order in which they stand.
public struct Feed: Hashable, Sendable {
    /// Which standard it follows.
    public enum Format: String, Sendable, CaseIterable {
        case rss090 = "RSS 0.90"
        case rss091 = "RSS 0.91"
        case rss092 = "RSS 0.92"
        case rss1 = "RSS 1.0"
        case rss2 = "RSS 2.0"
        case atom03 = "Atom 0.3"
        case atom1 = "Atom 1.0"
        case json1 = "JSON Feed 1.0"
        case json11 = "JSON Feed 1.1"
    }

    /// Text or HTML, as an entry gives it.
    public struct Content: Hashable, Sendable {
        /// Whether it is HTML.
        public var isHTML: Bool
        /// Its characters.
        public var value: String

        /// Content from its parts.
        public init(isHTML: Bool, value: String) {
            self.isHTML = isHTML
            self.value = value
        }
    }

    /// One entry: a story, or the beginning of one.
    public struct Entry: Hashable, Sendable {
        /// The id that the publisher gives it for good: `guid`, `id`, `rdf:about`.
        public var id: String?
        /// The address of the story.
        public var url: String?
        /// The title, without markup.
        public var title: String?
        /// The day of publication.
        public var published: Day?
        /// The day of the latest change.
        public var updated: Day?
        /// The time of the latest change, else of publication, as printed: it differs where the entry has changed.
        public var stamp: String?
        /// Who wrote it.
        public var authors: [String] = []
        /// The story.
        public var content: Content?
        /// What it is about.
        public var summary: Content?
        /// The language, as in BCP 47.
        public var language: String?
        /// The feed that it was taken from, where a feed gathers others.
        public var source: String?

        /// An entry that says nothing yet.
        public init() {}
    }

    /// The standard that it follows.
    public var format: Format
    /// What it is called.
    public var title: String?
    /// The address of the site.
    public var url: String?
    /// The language, as in BCP 47.
    public var language: String?
    /// Its entries.
    public var entries: [Entry] = []

    /// A feed without entries.
    public init(format: Format) { self.format = format }
}
