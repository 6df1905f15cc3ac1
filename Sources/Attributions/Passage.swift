package import Language

/// A stretch of a story that attributions are looked for in at once: a paragraph, or the content of an attribution that
/// may hold another.
package struct Passage: Sendable {
    /// Longer paragraphs are cut where a sentence ends.
    package static let longest = 512

    /// Its tokens.
    package var tokens: Range<Int>
    /// Index of the quotation whose words it reads as if nobody had put them in quotation marks.
    package var opened: Int?

    package init(tokens: Range<Int>, opened: Int? = nil) {
        self.tokens = tokens
        self.opened = opened
    }

    /// The paragraphs, headlines, captions and other parts of a story, in order.
    package static func all(of analysis: Analysis) -> [Passage] {
        var passages: [Passage] = []
        var last: Sentence?
        for sentence in analysis.sentences {
            defer { last = sentence }
            if let last, last.part == sentence.part, last.paragraph == sentence.paragraph,
                let open = passages.last?.tokens, open.count + sentence.tokens.count <= longest
            {
                passages[passages.count - 1].tokens = open.lowerBound..<sentence.tokens.upperBound
            } else {
                passages.append(Passage(tokens: sentence.tokens))
            }
        }
        return passages
    }
}
