internal import Stories

/// What training needs of the reader's lower layers.
package enum TrainingText {
    /// The tokens and sentences of a text without an anatomy.
    package static func segment(_ bytes: [UInt8]) -> (tokens: [Token], sentences: [Range<Int>]) {
        let story = Story(id: "", bytes: bytes, span: Span(0, bytes.count))
        let (tokens, sentences) = Segmenter(tokenizer: Tokenizer(lexicon: .shared)).segment(story)
        return (tokens, sentences.map(\.tokens))
    }

    /// The token on a stretch that gold says is one.
    package static func token(_ bytes: [UInt8], _ span: Range<Int>) -> Token {
        var key: [UInt8] = []
        var kind: Token.Shape = []
        let text = bytes[span]
        if let first = text.first {
            let isDigit = { (byte: UInt8) in UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
            if text.contains(where: isDigit) { kind.insert(.digit) }
            if isDigit(first) { kind.insert(.number) }
            var hasWord = false
            var at = span.lowerBound
            while at < span.upperBound {
                let (letter, count) = ByteClass.at(at, in: bytes, before: span.upperBound)
                if letter == .letter || letter == .digit { hasWord = true }
                at += count
            }
            if !hasWord { kind.insert(.punctuation) }
        }
        let spaceBefore = span.lowerBound == 0 || bytes[span.lowerBound - 1] <= 32
        return Tokenizer(lexicon: .shared).token(bytes, span.lowerBound, span.upperBound, kind, spaceBefore, &key)
    }
}
