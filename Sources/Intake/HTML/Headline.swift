internal import Stories

/// Finds a page's headline.
enum Headline {
    /// As schema.org or Open Graph give it, else the first heading of the first rank, else the title; without the
    /// publisher's name behind it.
    static func of(_ tree: PageTree, _ reducer: HTMLReducer, _ facts: PageFacts) -> String? {
        let pageTitle = reducer.title.flatMap { PageFacts.line(String(decoding: reducer.bytes[$0], as: UTF8.self)) }
        if let headline = facts.headline { return bare(headline, facts.publisher) }
        var first: String?
        for index in tree.nodes.indices
        where HTMLTag.h1.rawValue...HTMLTag.h3.rawValue ~= tree.nodes[index].tag.rawValue {
            guard tree.range(index).count < 600, let text = PageFacts.line(tree.string(tree.range(index))),
                8..<400 ~= text.utf8.count
            else { continue }
            if let pageTitle, pageTitle.hasPrefix(text) { return text }
            if tree.nodes[index].tag == .h1 { first = first ?? text }
        }
        return first ?? pageTitle.map { bare($0, facts.publisher) }
    }

    /// A title without ` | The Gull` at its end.
    static func bare(_ title: String, _ publisher: String?) -> String {
        let bytes = Array(title.utf8)
        for mark in marks {
            guard bytes.count > mark.count,
                let at = (1..<bytes.count - mark.count).last(where: { bytes[$0...].starts(with: mark) })
            else { continue }
            let head = String(decoding: bytes[..<at], as: UTF8.self)
            let tail = String(decoding: bytes[(at + mark.count)...], as: UTF8.self)
            let isPublisher = publisher.map { tail.lowercased().hasPrefix($0.lowercased()) } ?? false
            if isPublisher || mark == marks[0] && head.utf8.count > tail.utf8.count { return head }
        }
        return title
    }

    private static let marks = [" | ", " - ", " – ", " — ", " :: ", " » "].map { Array($0.utf8) }
}
