internal import Stories

/// Plain text as it comes in fields of a news item.
enum PlainParagraphs {
    /// Its blocks, each in one line.
    static func split(_ text: [UInt8]) -> [[UInt8]] {
        Blocks.split(text, Span(0, text.count)).map { XMLTree.squeezed(Array(text[$0.span.range])) }
    }
}
