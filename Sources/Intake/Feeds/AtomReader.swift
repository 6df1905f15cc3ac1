internal import Stories

/// Reads Atom 1.0 (RFC 4287) and 0.3.
struct AtomReader {
    let tree: XMLTree

    /// The feed below its root element.
    func read(_ root: Int) -> Feed {
        let isOld = tree.nodes[root].space == .oldAtom || tree.attribute("version", of: root) == "0.3"
        var feed = Feed(format: isOld ? .atom03 : .atom1)
        feed.language = tree.attribute("xml:lang", of: root)
        var authors: [String] = []
        for node in tree.children(of: root) {
            switch tree.name(of: node) {
            case "title": feed.title = feed.title ?? line(node)
            case "link": if isAlternate(node) { feed.url = feed.url ?? tree.attribute("href", of: node) }
            case "author": authors += people(node)
            default: break
            }
        }
        for node in tree.descendants(of: root) where tree.isNamed(node, "entry") {
            var entry = self.entry(node, feed)
            if entry.authors.isEmpty { entry.authors = authors }
            feed.entries.append(entry)
        }
        return feed
    }

    private func entry(_ root: Int, _ feed: Feed) -> Feed.Entry {
        var entry = Feed.Entry()
        entry.language = tree.attribute("xml:lang", of: root)
        var (published, updated): (String?, String?)
        for node in tree.children(of: root) {
            let space = tree.nodes[node].space
            if space == .media || space == .itunes { continue }
            switch tree.name(of: node) {
            case "id": entry.id = entry.id ?? tree.text(of: node)
            case "title": entry.title = entry.title ?? line(node)
            case "link": if isAlternate(node) { entry.url = entry.url ?? tree.attribute("href", of: node) }
            case "published", "issued": published = published ?? tree.text(of: node)
            case "created": published = published ?? tree.text(of: node)
            case "updated", "modified": updated = updated ?? tree.text(of: node)
            case "author": entry.authors += people(node)
            case "creator" where space == .dc: if let name = tree.text(of: node) { entry.authors.append(name) }
            case "content": entry.content = entry.content ?? content(node)
            case "summary": entry.summary = entry.summary ?? content(node)
            case "source":
                entry.source = tree.child("title", of: node).flatMap(line)
                if entry.authors.isEmpty, let author = tree.child("author", of: node) { entry.authors = people(author) }
            default: break
            }
        }
        entry.url = FeedReader.whole(entry.url, base: tree.attribute("xml:base", of: root) ?? feed.url)
        entry.published = NewsDate.day(published)
        entry.updated = NewsDate.day(updated)
        entry.stamp = updated ?? published
        return entry
    }

    private func isAlternate(_ link: Int) -> Bool { tree.attribute("rel", of: link) ?? "alternate" == "alternate" }

    private func people(_ author: Int) -> [String] {
        let names = tree.children(of: author).filter { tree.isNamed($0, "name") }.compactMap { tree.text(of: $0) }
        // Some feeds write the name without its element.
        return names.isEmpty ? [tree.text(of: author)].compactMap { $0 } : names
    }

    private func line(_ node: Int) -> String? {
        guard let content = content(node) else { return nil }
        let text = content.isHTML ? HTMLContent.line(content.value) : content.value
        let squeezed = XMLTree.squeezed(Array(text.utf8))
        return squeezed.isEmpty ? nil : String(decoding: squeezed, as: UTF8.self)
    }

    /// What a text construct holds, by its `type`: text, escaped HTML, or XHTML as it stands; nil for other media.
    private func content(_ node: Int) -> Feed.Content? {
        let type = (tree.attribute("type", of: node) ?? "text").lowercased()
        let mode = tree.attribute("mode", of: node)?.lowercased()
        guard mode != "base64", tree.attribute("src", of: node) == nil else { return nil }
        let hasElements = tree.children(of: node).contains { _ in true }
        let isHTML = hasElements || type.contains("html") || mode == "escaped" && type != "text/plain"
        guard isHTML || type == "text" || type.hasPrefix("text/") else { return nil }
        let bytes = hasElements ? Array(tree.source[tree.nodes[node].inner.range]) : tree.bytes(of: node)
        guard bytes.contains(where: { $0 > 32 }) else { return nil }
        return Feed.Content(isHTML: isHTML, value: String(decoding: bytes, as: UTF8.self))
    }
}
