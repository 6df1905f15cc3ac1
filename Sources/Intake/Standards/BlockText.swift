internal import Stories

/// The paragraphs of marked-up text whose every part is meant to be read: the body of a news item, the content of a feed.
enum BlockText {
    /// The paragraphs within a node of a tree, each in one line.
    ///
    /// - Parameter skipping: elements that are left out with all that is in them.
    static func paragraphs(of node: Int, in tree: XMLTree, skipping: Set<String> = []) -> [[UInt8]] {
        var builder = Builder()
        var open: [Int] = []
        var index = node + 1
        let end = tree.nodes[node].end
        while index < end {
            while let last = open.last, tree.nodes[last].end <= index {
                builder.flush()
                open.removeLast()
            }
            let item = tree.nodes[index]
            guard item.isElement else {
                builder.add(tree.texts[item.span.range])
                index += 1
                continue
            }
            let name = tree.name(of: index).lowercased()
            if hidden.contains(name) || skipping.contains(name) {
                index = item.end
                continue
            }
            if name == "br" { builder.lineBreak() }
            if blocks.contains(name) {
                builder.flush()
                if item.end > index + 1 { open.append(index) }
            }
            index += 1
        }
        builder.flush()
        return builder.paragraphs
    }

    /// The paragraphs of a piece of HTML, whatever its state.
    static func paragraphs(ofHTML html: [UInt8]) -> [[UInt8]] {
        var builder = Builder()
        var scanner = XMLScanner(html, isLenient: true)
        var hiding: String?
        // A lenient scanner finds no fault but entities of a document's own, and there what came before is kept.
        while let event = try? scanner.next() {
            switch event {
            case .text(let span) where hiding == nil: builder.add(XMLReferences.resolved(html[span.range])[...])
            case .raw(let span) where hiding == nil: builder.add(html[span.range])
            case .text, .raw: break
            case .start(let span, let isEmpty):
                let name = String(decoding: html[span.range], as: UTF8.self).lowercased()
                if hiding != nil { continue }
                if hidden.contains(name), !isEmpty { hiding = name }
                if name == "br" { builder.lineBreak() }
                if blocks.contains(name) { builder.flush() }
            case .end(let span):
                let name = String(decoding: html[span.range], as: UTF8.self).lowercased()
                if hiding == name { hiding = nil }
                if hiding == nil, blocks.contains(name) { builder.flush() }
            }
        }
        builder.flush()
        return builder.paragraphs
    }

    /// Paragraphs with empty lines between.
    static func joined(_ paragraphs: [[UInt8]]) -> [UInt8] { Array(paragraphs.joined(separator: [10, 10])) }

    private struct Builder {
        var paragraphs: [[UInt8]] = []
        private var open: [UInt8] = []
        private var breaks = 0

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            if bytes.contains(where: { $0 > 32 }) { breaks = 0 }
            open.append(contentsOf: bytes)
        }

        /// One break is a space, two end a paragraph.
        mutating func lineBreak() {
            breaks += 1
            if breaks >= 2 { flush() } else { open.append(10) }
        }

        mutating func flush() {
            let text = XMLTree.squeezed(open)
            if !text.isEmpty { paragraphs.append(text) }
            open.removeAll(keepingCapacity: true)
            breaks = 0
        }
    }

    private static let blocks: Set<String> = [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
        "bq",
        "block", "table", "tr", "td", "th", "caption", "pre", "section", "article", "header", "footer", "figure",
        "figcaption", "hr", "body", "note", "body.content", "body.end", "tagline", "abstract", "center", "nitf-table",
        "fn",
        "media", "media-caption",
    ]

    private static let hidden: Set<String> = [
        "script", "style", "noscript", "iframe", "svg", "form", "button", "select", "template", "head", "object",
    ]
}
