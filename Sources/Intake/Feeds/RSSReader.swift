internal import Stories

/// Reads RSS 0.90, 0.91, 0.92, 1.0 and 2.0 with the modules that news uses: `content:encoded`, Dublin Core, Media RSS.
struct RSSReader {
    let tree: XMLTree

    /// The feed below a root element.
    func read(_ root: Int) -> Feed {
        let channel = tree.isNamed(root, "channel") ? root : tree.child("channel", of: root)
        var feed = Feed(format: format(root))
        if let channel {
            for node in tree.children(of: channel) {
                switch (tree.nodes[node].space, tree.name(of: node)) {
                case (.atom, "link"), (.media, _), (.itunes, _): break
                case (_, "title"): feed.title = feed.title ?? tree.text(of: node).map(HTMLContent.line)
                case (_, "link"): feed.url = feed.url ?? tree.text(of: node)
                case (_, "language"): feed.language = feed.language ?? tree.text(of: node)
                default: break
                }
            }
        }
        // In RDF items stand beside the channel, in RSS in it; some feeds have it the other way round.
        for node in tree.descendants(of: root) where tree.isNamed(node, "item") && tree.nodes[node].space != .media {
            feed.entries.append(entry(node, feed))
        }
        return feed
    }

    private func format(_ root: Int) -> Feed.Format {
        if tree.isNamed(root, "RDF") {
            return tree.descendants(of: root).contains { tree.nodes[$0].space == .rss090 } ? .rss090 : .rss1
        }
        switch tree.attribute("version", of: root)?.prefix(4) {
        case "0.90", "0.9": return .rss090
        case "0.91": return .rss091
        case "0.92", "0.93", "0.94": return .rss092
        default: return .rss2
        }
    }

    private func entry(_ item: Int, _ feed: Feed) -> Feed.Entry {
        var entry = Feed.Entry()
        entry.id = tree.attribute("rdf:about", of: item)
        var (description, encoded, mediaText): (Feed.Content?, Feed.Content?, Feed.Content?)
        var (published, dated, updated): (String?, String?, String?)
        var permalink: String?
        var author: String?
        for node in tree.children(of: item) {
            switch (tree.nodes[node].space, tree.name(of: node)) {
            case (.content, "encoded"): encoded = encoded ?? content(node)
            case (.xhtml, "body"), (.xhtml, "div"): encoded = encoded ?? content(node)
            case (.dc, "creator"), (.dcterms, "creator"):
                if let name = tree.text(of: node) { entry.authors += RSSReader.people(name) }
            case (.dc, "date"), (.dcterms, "created"), (.dcterms, "issued"): dated = dated ?? tree.text(of: node)
            case (.dcterms, "modified"), (.atom, "updated"): updated = updated ?? tree.text(of: node)
            case (.dc, "language"): entry.language = tree.text(of: node)
            case (.dc, "title"): entry.title = entry.title ?? tree.text(of: node)
            case (.dc, "identifier"): entry.id = entry.id ?? tree.text(of: node)
            case (.media, "description"), (.media, "text"): mediaText = mediaText ?? content(node)
            case (.atom, "link"):
                if tree.attribute("rel", of: node) ?? "alternate" == "alternate" {
                    entry.url = entry.url ?? tree.attribute("href", of: node)
                }
            case (.atom, "author"): author = author ?? tree.text(of: tree.child("name", of: node))
            case (.media, _), (.itunes, _), (.dc, _), (.dcterms, _), (.atom, _), (.content, _): break
            case (_, "title"): entry.title = tree.text(of: node).map(HTMLContent.line) ?? entry.title
            case (_, "link"): entry.url = entry.url ?? tree.text(of: node)
            case (_, "guid"):
                entry.id = tree.text(of: node) ?? entry.id
                if tree.attribute("isPermaLink", of: node)?.lowercased() != "false" { permalink = entry.id }
            case (_, "pubDate"), (_, "pubdate"): published = published ?? tree.text(of: node)
            case (_, "author"): author = author ?? tree.text(of: node).map(RSSReader.person)
            case (_, "description"): description = description ?? content(node)
            case (_, "source"): entry.source = entry.source ?? tree.text(of: node)
            default: break
            }
        }
        if entry.authors.isEmpty, let author { entry.authors = RSSReader.people(author) }
        if entry.url == nil, let permalink, permalink.hasPrefix("http") { entry.url = permalink }
        entry.url = FeedReader.whole(entry.url, base: feed.url)
        entry.content = encoded
        entry.summary = description ?? mediaText
        entry.published = NewsDate.day(published) ?? NewsDate.day(dated)
        entry.updated = NewsDate.day(updated)
        entry.stamp = updated ?? published ?? dated
        return entry
    }

    /// HTML: escaped, in CDATA, or, where someone forgot both, as it stands.
    private func content(_ node: Int) -> Feed.Content? {
        let hasElements = tree.children(of: node).contains { _ in true }
        let bytes = hasElements ? Array(tree.source[tree.nodes[node].inner.range]) : tree.bytes(of: node)
        guard bytes.contains(where: { $0 > 32 }) else { return nil }
        return Feed.Content(isHTML: true, value: String(decoding: bytes, as: UTF8.self))
    }

    /// `desk@example.org (Ann Roe)` is Ann Roe.
    static func person(_ field: String) -> String {
        guard let open = field.firstIndex(of: "("), let close = field[open...].firstIndex(of: ")"), field.contains("@")
        else { return field }
        return String(field[field.index(after: open)..<close])
    }

    /// The people of a field that names one, or more with `and` and commas.
    static func people(_ field: String) -> [String] {
        let names = NewsItem.authors(HTMLContent.line(field))
        return names.isEmpty ? [field] : names
    }
}
