internal import Stories

/// The text of a piece of HTML that came inside of something else: an entry of a feed, a body in ninjs.
enum HTMLContent {
    /// The paragraphs, with empty lines between; empty where there is no text.
    ///
    /// The reader of pages is asked first. It looks for the story amid a page's furniture, and a piece has none: where it
    /// leaves much out, all blocks are taken.
    static func text(_ html: [UInt8]) -> [UInt8] {
        let whole = BlockText.joined(BlockText.paragraphs(ofHTML: html))
        let page = Page(
            name: "content", bytes: Array("<html><body><article>".utf8) + html + Array("</article></body></html>".utf8),
            format: .html, charset: "utf-8")
        guard let story = try? HTMLPageReader().read(page).first else { return whole }
        let found = Array(story.bytes[story.span.range])
        return letters(found) * 10 >= letters(whole) * 9 ? found : whole
    }

    /// Whether there is a tag in it.
    static func isMarkup(_ text: [UInt8]) -> Bool {
        for at in text.indices.dropLast() where text[at] == UInt8(ascii: "<") {
            if UInt8(ascii: "a")...UInt8(ascii: "z") ~= text[at + 1] | 0x20 || text[at + 1] == UInt8(ascii: "/") {
                return text[at...].contains(UInt8(ascii: ">"))
            }
        }
        return false
    }

    /// A line of HTML, as a title can be, without tags.
    static func line(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return text }
        let bytes = Array(text.utf8)
        guard isMarkup(bytes) else {
            return String(decoding: XMLTree.squeezed(XMLReferences.resolved(bytes[...])), as: UTF8.self)
        }
        return String(decoding: Array(BlockText.paragraphs(ofHTML: bytes).joined(separator: [32])), as: UTF8.self)
    }

    private static func letters(_ text: [UInt8]) -> Int { text.count { $0 > 64 } }
}
