internal import Stories

/// Reads IPTC NewsML-G2, 2.0 on: news items alone or in a news message, with bodies in NITF, XHTML or plain text.
///
/// Package, concept, knowledge, planning and catalog items have no text: in a message they are passed over, alone they are
/// refused by name.
struct NewsMLReader {
    /// The stories of a page, in order.
    ///
    /// - Throws: `IntakeError.badXML`, `.noStory` or what decoding throws.
    func read(_ page: Page) throws(IntakeError) -> [Result<Story, IntakeError>] {
        let tree = try XMLTree(try XMLText.decode(page), isLenient: false, page: page.name)
        guard let root = tree.root else { throw .empty(page: page.name) }
        if tree.isNamed(root, "NewsML") {
            throw .noStory(page: page.name, kind: "NewsML 1, which NewsML-G2 took the place of in 2008")
        }
        var results: [Result<Story, IntakeError>] = []
        var kinds: [String] = []
        var number = 0
        for item in items(root, tree) {
            number += 1
            let name = tree.name(of: item)
            guard name == "newsItem" else {
                kinds.append(name)
                continue
            }
            if let story = newsItem(item, tree).story(page) {
                results.append(.success(story))
            } else if isText(item, tree) {
                results.append(
                    .failure(
                        .badItem(page: page.name, item: number, reason: "a news item with neither text nor headline")))
            } else {
                kinds.append("picture or other news item without text")
            }
        }
        if results.isEmpty {
            let kind = Set(kinds).sorted().joined(separator: ", ")
            throw .noStory(page: page.name, kind: kind.isEmpty ? "NewsML-G2 without a news item" : "NewsML-G2: \(kind)")
        }
        return results
    }

    /// The items of a message, or the one that the document is.
    private func items(_ root: Int, _ tree: XMLTree) -> [Int] {
        guard tree.isNamed(root, "newsMessage") else { return [root] }
        return tree.children(of: root).filter { tree.isNamed($0, "itemSet") }.flatMap { Array(tree.children(of: $0)) }
    }

    private func isText(_ item: Int, _ tree: XMLTree) -> Bool {
        guard let kind = tree.child(["itemMeta", "itemClass"], of: item).flatMap({ code($0, tree) }) else {
            return true
        }
        return kind == "text" || kind == "composite"
    }

    private func newsItem(_ node: Int, _ tree: XMLTree) -> NewsItem {
        var item = NewsItem()
        item.provenance.guid = tree.attribute("guid", of: node).flatMap { $0.isEmpty ? nil : $0 }
        item.provenance.version = tree.attribute("version", of: node).flatMap { Int($0) }
        item.provenance.language = tree.attribute("xml:lang", of: node)
        var (firstCreated, versionCreated): (Day?, Day?)
        if let meta = tree.child("itemMeta", of: node) {
            item.outlet = tree.child("provider", of: meta).flatMap { party($0, tree) }
            versionCreated = NewsDate.day(tree.text(of: tree.child("versionCreated", of: meta)))
            firstCreated = NewsDate.day(tree.text(of: tree.child("firstCreated", of: meta)))
            item.provenance.status = tree.child("pubStatus", of: meta).flatMap { code($0, tree) }.flatMap(status)
            item.title = tree.text(of: tree.child("title", of: meta))
            let notes = tree.children(of: meta).filter { tree.isNamed($0, "edNote") }.compactMap { tree.text(of: $0) }
            if !notes.isEmpty { item.provenance.editorialNote = notes.joined(separator: "\n") }
            for link in tree.children(of: meta) where tree.isNamed(link, "link") {
                let isPage = tree.attribute("contenttype", of: link)?.hasPrefix("text/html") == true
                if isPage || code(link, tree, "rel") == "canonical", let address = tree.attribute("href", of: link) {
                    item.provenance.url = item.provenance.url ?? address
                }
            }
        }
        if let meta = tree.child("contentMeta", of: node) { readContentMeta(&item, meta, tree) }
        item.published = item.published ?? firstCreated ?? versionCreated
        item.provenance.modified = item.provenance.modified ?? versionCreated
        if let content = tree.child("contentSet", of: node) { readContent(&item, content, tree) }
        return item
    }

    private func readContentMeta(_ item: inout NewsItem, _ meta: Int, _ tree: XMLTree) {
        var creators: [String] = []
        var located: String?
        for child in tree.children(of: meta) {
            switch tree.name(of: child) {
            case "contentCreated": item.published = NewsDate.day(tree.text(of: child))
            case "contentModified": item.provenance.modified = NewsDate.day(tree.text(of: child))
            case "located": located = located ?? party(child, tree)
            case "infoSource":
                item.provenance.informationSource = item.provenance.informationSource ?? party(child, tree)
            case "creator": if let name = party(child, tree) { creators.append(name) }
            case "language":
                item.provenance.language = tree.attribute("tag", of: child) ?? item.provenance.language
            case "headline": item.title = tree.text(of: child) ?? item.title
            case "dateline": item.dateline = item.dateline ?? tree.text(of: child)
            case "by": if let by = tree.text(of: child) { item.provenance.authors += NewsItem.authors(by) }
            case "creditline": item.provenance.credit = item.provenance.credit ?? tree.text(of: child)
            case "altId":
                if item.provenance.guid == nil { item.provenance.guid = tree.text(of: child) }
            default: break
            }
        }
        if item.provenance.authors.isEmpty { item.provenance.authors = creators }
        item.dateline = item.dateline ?? located
    }

    /// Takes the body: of the renditions that are there, the one that keeps most.
    private func readContent(_ item: inout NewsItem, _ content: Int, _ tree: XMLTree) {
        for inline in tree.children(of: content) where tree.isNamed(inline, "inlineXML") {
            guard let root = tree.children(of: inline).first(where: { _ in true }) else { continue }
            if tree.isNamed(root, "nitf") {
                NITFReader.fill(&item, from: root, in: tree)
            } else {
                let node = tree.isNamed(root, "html") ? tree.child("body", of: root) ?? root : inline
                item.body = BlockText.paragraphs(of: node, in: tree)
            }
            if !item.body.isEmpty { return }
        }
        for inline in tree.children(of: content) where tree.isNamed(inline, "inlineData") {
            let bytes = tree.bytes(of: inline)
            let type = tree.attribute("contenttype", of: inline)?.lowercased() ?? ""
            guard tree.attribute("encoding", of: inline) == nil, type.isEmpty || type.hasPrefix("text/") else {
                continue
            }
            let text = type.hasPrefix("text/html") ? HTMLContent.text(bytes) : bytes
            item.body = PlainParagraphs.split(text)
            if !item.body.isEmpty { return }
        }
    }

    /// What a controlled value stands for: the code without its scheme, from a QCode or a URI.
    private func code(_ node: Int, _ tree: XMLTree, _ attribute: StaticString = "qcode") -> String? {
        guard let value = tree.attribute(attribute, of: node) ?? tree.attribute("uri", of: node) else { return nil }
        return value.split { $0 == ":" || $0 == "/" }.last.map(String.init)
    }

    private func status(_ code: String) -> Provenance.Status? {
        switch code.lowercased() {
        case "usable": .usable
        case "withheld": .withheld
        case "canceled", "cancelled": .canceled
        default: nil
        }
    }

    /// A person, body or place: its name, else the words or the code that stand for it.
    private func party(_ node: Int, _ tree: XMLTree) -> String? {
        tree.text(of: tree.child("name", of: node)) ?? tree.attribute("literal", of: node) ?? code(node, tree)
            ?? tree.text(of: node)
    }
}
