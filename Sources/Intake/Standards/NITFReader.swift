internal import Stories

/// Reads IPTC NITF, 3.0 to 3.6: headline, dateline, byline, body, captions, notes to editors, status.
struct NITFReader {
    /// The item of a page that is one NITF document.
    ///
    /// - Throws: `IntakeError.badXML`, `.noStory` or what decoding throws.
    func read(_ page: Page) throws(IntakeError) -> [Result<Story, IntakeError>] {
        let tree = try XMLTree(try XMLText.decode(page), isLenient: false, page: page.name)
        guard let root = tree.root, tree.isNamed(root, "nitf") else {
            throw .noStory(page: page.name, kind: "XML, but no NITF document")
        }
        var item = NewsItem()
        NITFReader.fill(&item, from: root, in: tree)
        guard let story = item.story(page) else {
            throw .noStory(page: page.name, kind: "a NITF document without words")
        }
        return [.success(story)]
    }

    /// Takes what the document says into an item; what the item has already stays.
    static func fill(_ item: inout NewsItem, from root: Int, in tree: XMLTree) {
        if let head = tree.child("head", of: root) { readHead(&item, head, tree) }
        guard let body = tree.child("body", of: root) else { return }
        if let head = tree.child("body.head", of: body) { readBodyHead(&item, head, tree) }
        for content in tree.children(of: body) where tree.isNamed(content, "body.content") {
            item.body += BlockText.paragraphs(of: content, in: tree, skipping: ["media"])
            for media in tree.descendants(of: content) where tree.isNamed(media, "media") {
                readMedia(&item, media, tree)
            }
        }
        if let tagline = tree.text(of: tree.child(["body.end", "tagline"], of: body)) {
            item.body.append(Array(tagline.utf8))
        }
    }

    private static func readHead(_ item: inout NewsItem, _ head: Int, _ tree: XMLTree) {
        let document = tree.child("docdata", of: head)
        if item.title == nil { item.title = tree.text(of: tree.child("title", of: head)) }
        if let document {
            switch tree.attribute("management-status", of: document)?.lowercased() {
            case "canceled", "cancelled": item.provenance.status = item.provenance.status ?? .canceled
            case "embargoed", "withheld": item.provenance.status = item.provenance.status ?? .withheld
            case "usable": item.provenance.status = item.provenance.status ?? .usable
            default: break
            }
            func attribute(_ name: StaticString, of child: StaticString) -> String? {
                tree.child(child, of: document).flatMap { tree.attribute(name, of: $0) }.flatMap {
                    $0.isEmpty ? nil : $0
                }
            }
            item.provenance.guid = item.provenance.guid ?? attribute("id-string", of: "doc-id")
            item.published =
                item.published ?? NewsDate.day(attribute("norm", of: "date.issue"))
                ?? NewsDate.day(attribute("norm", of: "date.release"))
            item.provenance.editorialNote = item.provenance.editorialNote ?? attribute("info", of: "ed-msg")
            if let message = tree.child("ed-msg", of: document), item.provenance.editorialNote == nil {
                item.provenance.editorialNote = tree.text(of: message)
            }
            item.outlet = item.outlet ?? attribute("holder", of: "doc.copyright")
            if let version = attribute("version", of: "du-key").flatMap({ Int($0) }), version > 0 {
                item.provenance.version = item.provenance.version ?? version
            }
        }
        if let publication = tree.child("pubdata", of: head) {
            item.published = item.published ?? NewsDate.day(tree.attribute("date.publication", of: publication))
            if let name = tree.attribute("name", of: publication), !name.isEmpty { item.outlet = name }
            if let url = tree.attribute("ex-ref", of: publication), url.hasPrefix("http") {
                item.provenance.url = item.provenance.url ?? url
            }
        }
        let revisions = tree.children(of: head).filter { tree.isNamed($0, "revision-history") }
        if let last = revisions.last, item.provenance.modified == nil {
            item.provenance.modified = NewsDate.day(tree.attribute("norm", of: last))
        }
    }

    private static func readBodyHead(_ item: inout NewsItem, _ head: Int, _ tree: XMLTree) {
        if let headline = tree.child("hedline", of: head),
            let text = tree.text(of: tree.child("hl1", of: headline) ?? headline)
        {
            item.title = text
        }
        if item.provenance.authors.isEmpty {
            for byline in tree.children(of: head) where tree.isNamed(byline, "byline") {
                let people = tree.descendants(of: byline).filter { tree.isNamed($0, "person") }
                let named = people.compactMap { tree.text(of: $0) }
                item.provenance.authors += named.isEmpty ? names(byline, tree) : named
            }
        }
        item.provenance.credit = item.provenance.credit ?? tree.text(of: tree.child("distributor", of: head))
        item.dateline = item.dateline ?? tree.text(of: tree.child("dateline", of: head))
        item.provenance.editorialNote = item.provenance.editorialNote ?? tree.text(of: tree.child("note", of: head))
    }

    /// The names of a byline, without the title that `byttl` gives.
    private static func names(_ byline: Int, _ tree: XMLTree) -> [String] {
        var bytes: [UInt8] = []
        var index = byline + 1
        while index < tree.nodes[byline].end {
            let node = tree.nodes[index]
            if node.isElement, tree.isNamed(index, "byttl") {
                index = node.end
                continue
            }
            if !node.isElement { bytes += tree.texts[node.span.range] }
            index += 1
        }
        return NewsItem.authors(String(decoding: XMLTree.squeezed(bytes), as: UTF8.self))
    }

    private static func readMedia(_ item: inout NewsItem, _ media: Int, _ tree: XMLTree) {
        let credit = tree.text(of: tree.child("media-producer", of: media))
        for caption in tree.children(of: media) where tree.isNamed(caption, "media-caption") {
            if let text = tree.text(of: caption) { item.captions.append((text, credit)) }
        }
    }
}
