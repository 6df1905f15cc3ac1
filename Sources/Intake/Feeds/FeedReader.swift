internal import Foundation
public import Stories

/// Reads feeds: RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1. Those that are not well-formed are read as far
/// as they go.
///
///     let feed = try FeedReader().read(bytes)
///     feed.entries.first?.title
public struct FeedReader: Sendable {
    /// A reader of feeds.
    public init() {}

    /// The feed in a file's bytes.
    ///
    /// - Parameters:
    ///   - name: what errors call it.
    ///   - charset: the character set that came with it, as HTTP names it.
    /// - Throws: `IntakeError.noStory` where it is no feed, `.badXML` where it declares entities or nests too deep, or what
    ///   decoding throws.
    public func read(_ bytes: [UInt8], name: String = "feed", charset: String? = nil) throws(IntakeError) -> Feed {
        let page = Page(name: name, bytes: bytes, charset: charset)
        let head = bytes.prefix(64).drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        if head.first == UInt8(ascii: "{") { return try JSONFeedReader().read(page) }
        let tree = try XMLTree(try XMLText.decode(page, isLenient: true), isLenient: true, page: name)
        for node in tree.nodes.indices where tree.nodes[node].isElement {
            if tree.isNamed(node, "feed") { return AtomReader(tree: tree).read(node) }
            if tree.isNamed(node, "rss") || tree.isNamed(node, "RDF") || tree.isNamed(node, "channel") {
                return RSSReader(tree: tree).read(node)
            }
        }
        throw .noStory(page: name, kind: "neither RSS, Atom nor JSON Feed")
    }

    /// A story an entry: of its content, else its summary, else its title.
    ///
    /// - Throws: as `read(_:name:charset:)`, and `IntakeError.noStory` where it has no entries.
    func stories(_ page: Page) throws(IntakeError) -> [Result<Story, IntakeError>] {
        let feed = try read(page.bytes, name: page.name, charset: page.charset)
        if feed.entries.isEmpty { throw .noStory(page: page.name, kind: "a feed without entries") }
        return feed.entries.enumerated().map { index, entry in
            guard let story = story(entry, of: feed, page) else {
                return .failure(
                    .badItem(page: page.name, item: index + 1, reason: "the entry has neither text nor title"))
            }
            return .success(story)
        }
    }

    /// The story of an entry; nil where it has no words.
    public func story(_ entry: Feed.Entry, of feed: Feed) -> Story? {
        story(entry, of: feed, Page(name: "feed", bytes: []))
    }

    private func story(_ entry: Feed.Entry, of feed: Feed, _ page: Page) -> Story? {
        var text: [UInt8] = []
        for content in [entry.content, entry.summary] where text.isEmpty {
            if let content { text = FeedReader.text(content) }
        }
        var title = entry.title
        if text.isEmpty {
            text = Array((title ?? "").utf8)
            title = nil
        }
        guard text.contains(where: { $0 > 32 }) else { return nil }
        let provenance = Provenance(
            url: entry.url, guid: entry.id, authors: entry.authors, language: entry.language ?? feed.language,
            modified: entry.updated)
        return TextPageReader().story(
            text, span: Span(0, text.count), id: entry.id ?? entry.url,
            published: entry.published ?? entry.updated ?? page.published, title: title,
            outlet: page.outlet ?? entry.source ?? feed.title, provenance: provenance)
    }

    private static func text(_ content: Feed.Content) -> [UInt8] {
        let bytes = Array(content.value.utf8)
        guard content.isHTML else { return bytes.contains { $0 > 32 } ? bytes : [] }
        if HTMLContent.isMarkup(bytes) { return HTMLContent.text(bytes) }
        let text = XMLReferences.resolved(bytes[...])
        return BlockText.joined(PlainParagraphs.split(text))
    }

    /// An address made whole by that of the site.
    static func whole(_ address: String?, base: String?) -> String? {
        guard let address, !address.isEmpty else { return nil }
        guard let base, !address.utf8.prefix(12).contains(UInt8(ascii: ":")) else { return address }
        return URL(string: address, relativeTo: URL(string: base))?.absoluteString ?? address
    }
}
