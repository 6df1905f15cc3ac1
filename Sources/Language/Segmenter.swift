internal import Stories

/// Splits a story into sentences: part by part, so that captions and credits never run into the body.
struct Segmenter {
    let tokenizer: Tokenizer

    /// The tokens and sentences of a story.
    func segment(_ story: Story) -> (tokens: [Token], sentences: [Sentence]) {
        var tokens: [Token] = []
        var sentences: [Sentence] = []
        tokens.reserveCapacity(story.span.count / 5)
        sentences.reserveCapacity(story.span.count / 100)
        for block in Segmenter.blocks(of: story) {
            let first = tokens.count
            tokenizer.tokenize(story.bytes, block.span.start, block.span.end, into: &tokens)
            split(story.bytes, &tokens, first, block, into: &sentences)
        }
        return (tokens, sentences)
    }

    /// A stretch of one part of the story.
    struct Block {
        var span: Span
        var part: Sentence.Part
        var paragraph: Int
    }

    /// The stretches that hold sentences, in the order of the text.
    static func blocks(of story: Story) -> [Block] {
        let anatomy = story.anatomy
        var blocks: [Block] = []
        if let headline = anatomy.headline { blocks.append(Block(span: headline, part: .headline, paragraph: -1)) }
        blocks += anatomy.captions.map { Block(span: $0, part: .caption, paragraph: -1) }
        blocks += anatomy.subheads.map { Block(span: $0, part: .subhead, paragraph: -1) }
        for (index, paragraph) in anatomy.paragraphs.enumerated() {
            var span = paragraph
            if let dateline = anatomy.dateline, paragraph.contains(dateline.span) {
                let end = endOfDash(story.bytes, dateline.span.end, paragraph.end)
                blocks.append(Block(span: Span(dateline.span.start, end), part: .dateline, paragraph: index))
                span = Span(end, paragraph.end)
            }
            blocks.append(Block(span: span, part: .body, paragraph: index))
        }
        if blocks.isEmpty { blocks.append(Block(span: story.span, part: .body, paragraph: -1)) }
        blocks.sort { ($0.span, $0.paragraph) < ($1.span, $1.paragraph) }
        return blocks
    }

    /// Where the white space and dashes behind a dateline end.
    private static func endOfDash(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        var at = start
        while at < end {
            let (kind, count) = ByteClass.at(at, in: bytes, before: end)
            guard kind == .space || kind == .hyphen || kind == .dash else { break }
            at = min(at + count, end)
        }
        return at
    }

    /// Sentences of more tokens are cut.
    private static let longest = 256

    private func split(
        _ bytes: [UInt8], _ tokens: inout [Token], _ first: Int, _ block: Block, into sentences: inout [Sentence]
    ) {
        guard tokens.count > first else { return }
        func close(_ start: Int, _ end: Int) {
            sentences.append(
                Sentence(
                    tokens: start..<end, span: Span(Int(tokens[start].start), Int(tokens[end - 1].end)),
                    part: block.part, paragraph: block.paragraph))
        }
        var start = first
        var index = first
        while index < tokens.count {
            var end = index + 1
            let shape = tokens[index].shape
            // No sentence of a person's runs on like this: what does is cut, so that time stays in proportion to the text.
            if end - start >= Segmenter.longest, end < tokens.count {
                close(start, end)
                start = end
                index = end
                continue
            }
            let isBreak =
                end < tokens.count && (block.part == .body || block.part == .caption)
                && (shape.contains(.terminal) || shape.contains(.abbreviation) || isEllipsis(tokens[index], bytes)
                    || startsParagraph(tokens[end], bytes))
            if isBreak {
                // Quotation marks and brackets behind the full stop close the sentence that it ends.
                while end < tokens.count, closes(tokens[end], bytes) { end += 1 }
                if end < tokens.count, endsSentence(tokens, index, end, bytes) {
                    close(start, end)
                    start = end
                }
            }
            index = end
        }
        close(start, tokens.count)
    }

    private func isEllipsis(_ token: Token, _ bytes: [UInt8]) -> Bool {
        token.isPunctuation
            && (bytes[Int(token.start)] == UInt8(ascii: ".")
                || token.end - token.start == 3 && bytes[Int(token.start)] == 0xE2
                    && bytes[Int(token.start) + 2] == 0xA6)
    }

    /// Whether an empty line stands before the token, where the story came without an anatomy.
    private func startsParagraph(_ token: Token, _ bytes: [UInt8]) -> Bool {
        guard token.hasSpaceBefore else { return false }
        var at = Int(token.start) - 1
        var lines = 0
        while at >= 0, bytes[at] <= 32 {
            if bytes[at] == UInt8(ascii: "\n") { lines += 1 }
            at -= 1
        }
        return lines >= 2
    }

    private func closes(_ token: Token, _ bytes: [UInt8]) -> Bool {
        guard token.isPunctuation, !token.hasSpaceBefore else { return false }
        let byte = bytes[Int(token.start)]
        return token.isQuote || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "'")
            || byte == 0xE2 && token.end - token.start == 3 && 0x99...0x9D ~= bytes[Int(token.start) + 2]
    }

    /// Whether the mark at `mark` ends a sentence before the token at `next`.
    private func endsSentence(_ tokens: [Token], _ mark: Int, _ next: Int, _ bytes: [UInt8]) -> Bool {
        var after = next
        if startsParagraph(tokens[after], bytes) { return true }
        guard tokens[after].hasSpaceBefore || tokens[mark].shape.contains(.terminal) else { return false }
        let quoted = next > mark + 1
        while after < tokens.count - 1, tokens[after].isPunctuation { after += 1 }
        let token = tokens[after]
        // A full stop amid a sentence goes on in lower case.
        guard token.isCapitalized || token.shape.contains(.digit) || after > next && tokens[next].isQuote else {
            return false
        }
        if tokens[mark].shape.contains(.abbreviation) {
            // "in the U.S. He said" ends one; "U.S. President" does not.
            return !quoted && token.isIn(.functionWord) && token.isCapitalized
                && !isTitle(tokens[mark])
        }
        if isEllipsis(tokens[mark], bytes), !tokens[mark].shape.contains(.terminal) {
            return token.isCapitalized && token.isIn(.functionWord)
        }
        // “Stop!” Smith said.
        if quoted, !(bytes[Int(tokens[mark].start)] == UInt8(ascii: ".")) {
            for index in after..<min(after + 5, tokens.count) {
                if tokens[index].isIn(.cueVerb) { return false }
                if tokens[index].isPunctuation { break }
            }
        }
        return true
    }

    private func isTitle(_ token: Token) -> Bool { token.isIn(.title) || token.isIn(.month) }
}
