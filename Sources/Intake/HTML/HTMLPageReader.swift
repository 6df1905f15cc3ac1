public import Stories

/// Reads HTML pages: what they say of themselves for machines, and the article's text without what stands around it.
///
/// A page is made small (`HTMLReducer`), parsed by libxml2 (`HTMLDocument`), and laid out in flat arrays (`PageTree`). Its
/// blocks (`TextBlocks`) are then told apart by how dense text and links are and by what their elements are called
/// (`MainText`). Headline, authors, dates, publisher and address come from schema.org, Open Graph and `meta` where these
/// have them (`StructuredData`). A live blog, and a page of several reports, gives several stories (`PageStories`).
///
/// A story's text is the article's paragraphs, subheads, lists and quotations with empty lines between. The headline is its
/// title, the authors and captions stand in its provenance.
public struct HTMLPageReader: Sendable {
    /// A reader of HTML.
    public init() {}

    /// The stories of a page, in order.
    ///
    /// - Throws: `IntakeError.empty`, `.binary` or `.undecodable`.
    /// - Complexity: O(*n*) in the size of the page.
    public func read(_ page: Page) throws(IntakeError) -> [Story] {
        let bytes = try WebDecoding.decode(page)
        var reducer = HTMLReducer(bytes)
        reducer.run()
        guard let document = HTMLDocument(reducer.reduced) else { throw .empty(page: page.name) }
        let tree = document.tree(reducer.records, page: bytes, capacity: reducer.reduced.count)
        var facts = StructuredData.facts(reducer, tree)
        let main = MainText(tree, title: Headline.of(tree, reducer, facts))
        if facts.authors.isEmpty { facts.authors = main.bylineNames() }
        facts.published = facts.published ?? main.time() ?? PageFacts.day(ofAddress: facts.url)
        let parts = PageStories(main: main, facts: facts).parts()
        let story = Maker(page: page, facts: facts, main: main)
        if facts.updates.count > max(1, parts.count) { return story.updates() }
        // Where the page shows next to nothing of what it tells machines, that is the text.
        let shown = parts.reduce(0) { $0 + story.size($1) }
        if parts.count <= 1, let body = facts.body, body.utf8.count > 2 * shown, body.utf8.count > 400 {
            return [story.make(Array(body.utf8), title: main.title)]
        }
        let stories = parts.indices.compactMap { story.make(parts[$0], number: $0 + 1, of: parts.count) }
        if stories.isEmpty { throw .empty(page: page.name) }
        return stories
    }

    /// Makes stories of what was found.
    private struct Maker {
        let page: Page
        let facts: PageFacts
        let main: MainText

        /// What a story is called: the page's name without its folders, with its place where the page has several. Nil where
        /// the name says nothing.
        private func id(_ place: String?) -> String? {
            guard page.name != "standard input" else { return nil }
            let name = page.name.contains("://") ? page.name[...] : page.name.split(separator: "/").last ?? "page"
            return place.map { "\(name)#\($0)" } ?? String(name)
        }

        func size(_ part: PageStories.Part) -> Int {
            part.content.blocks.reduce(0) { $0 + main.blocks.blocks[$1].count }
        }

        func make(_ part: PageStories.Part, number: Int, of count: Int) -> Story? {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size(part) + 2 * part.content.blocks.count)
            for index in part.content.blocks {
                if !bytes.isEmpty { bytes += [10, 10] }
                bytes += main.tree.text[main.blocks.blocks[index].range]
            }
            guard !bytes.isEmpty else { return nil }
            return make(
                bytes, title: part.title, published: part.published,
                place: count > 1 ? part.anchor ?? "\(number)" : nil,
                url: part.anchor.flatMap { anchor in facts.url.map { "\($0)#\(anchor)" } },
                captions: part.content.captions.prefix(200).map { main.tree.string(main.blocks.blocks[$0].range) })
        }

        func make(
            _ bytes: [UInt8], title: String?, published: Day? = nil, place: String? = nil, url: String? = nil,
            captions: [String] = []
        ) -> Story {
            TextPageReader().story(
                bytes, span: Span(0, bytes.count), id: id(place),
                published: page.published ?? published ?? facts.published,
                title: title, outlet: page.outlet ?? facts.publisher,
                provenance: Provenance(
                    url: url ?? facts.url, authors: facts.authors, language: facts.language, modified: facts.modified,
                    captions: captions))
        }

        /// The entries of a live blog as it lists them for machines.
        func updates() -> [Story] {
            facts.updates.enumerated().map { index, update in
                make(
                    Array(update.body.utf8), title: update.headline, published: update.published, place: "\(index + 1)",
                    url: update.url)
            }
        }
    }
}
