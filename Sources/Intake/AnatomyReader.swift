internal import Stories

/// Finds the parts of one story from its own stretch alone, so that the same stretch always gives the same anatomy.
struct AnatomyReader {
    let bytes: [UInt8]
    private let kinds: LineKinds

    init(bytes: [UInt8]) {
        self.bytes = bytes
        kinds = LineKinds(bytes: bytes)
    }

    /// The anatomy of the story on `span`.
    ///
    /// - Parameter title: a title that came with the story; a first paragraph that says the same is its headline.
    func anatomy(of span: Span, title: String? = nil) -> Anatomy {
        let blocks = Blocks.split(bytes, span).map(\.span)
        var anatomy = Anatomy()
        guard let first = blocks.first else { return anatomy }
        guard blocks.count > 1 else {
            anatomy.dateline = DatelineReader(bytes: bytes).dateline(of: first)
            anatomy.paragraphs = [first]
            return anatomy
        }
        var body = 0
        if isHeadline(first, next: blocks[1], title: title) {
            anatomy.headline = first
            body = 1
            if kinds.same(first, blocks[1]) { body = 2 }
            body = readHead(blocks, from: body, into: &anatomy)
        } else if kinds.isByline(first) {
            body = readHead(blocks, from: 0, into: &anatomy)
        }
        readBody(blocks, from: body, into: &anatomy)
        return anatomy
    }

    private func isHeadline(_ first: Span, next: Span, title: String?) -> Bool {
        if let title, Story.isTitle(bytes[first.range], title) { return true }
        return kinds.isHeadline(first) && !kinds.isCapitals(next)
            && DatelineReader(bytes: bytes).dateline(of: first) == nil
    }

    /// Captions and bylines between the headline and the first paragraph; gives the first paragraph's index.
    private func readHead(_ blocks: [Span], from start: Int, into anatomy: inout Anatomy) -> Int {
        let credits = Credits(bytes: bytes)
        // Where a byline or dateline follows within a few blocks, all before it belongs to pictures.
        var opening = start
        var hasOpening = false
        for index in start..<min(start + 6, blocks.count) {
            if kinds.isByline(blocks[index]) || DatelineReader(bytes: bytes).dateline(of: blocks[index]) != nil {
                opening = index
                hasOpening = true
                break
            }
        }
        var index = start
        while index < blocks.count {
            let block = blocks[index]
            if let headline = anatomy.headline, kinds.same(block, headline) {
                // Its second print, behind the pictures.
                index += 1
                continue
            }
            if kinds.isByline(block) {
                anatomy.bylines.append(Byline(span: block, names: credits.bylineNames(block)))
                hasOpening = false
            } else if kinds.hasPhotoCredit(block)
                || kinds.endsWithDate(block) && block.count <= 700 && !startsDateline(block)
            {
                anatomy.captions.append(block)
            } else if hasOpening, index < opening, block.count <= 700, index > start || looksLikeCaption(block) {
                anatomy.captions.append(block)
            } else {
                return index
            }
            index += 1
        }
        return index
    }

    private func startsDateline(_ block: Span) -> Bool { DatelineReader(bytes: bytes).dateline(of: block) != nil }

    /// Whether a block without credit or date can be a caption: it is a sentence, not another line of the headline.
    private func looksLikeCaption(_ block: Span) -> Bool {
        bytes[block.end - 1] == UInt8(ascii: ".") || block.count > 40
    }

    private func readBody(_ blocks: [Span], from start: Int, into anatomy: inout Anatomy) {
        let credits = Credits(bytes: bytes)
        let datelines = DatelineReader(bytes: bytes)
        for index in start..<max(start, blocks.count) {
            let block = blocks[index]
            if kinds.isCredits(block) {
                anatomy.credits += credits.credits(in: block)
            } else if isCaption(block, like: anatomy.captions) {
                anatomy.captions.append(block)
            } else if kinds.isCapitals(block), index > start, index + 1 < blocks.count {
                anatomy.subheads.append(block)
            } else if isSubhead(blocks, index, start) {
                anatomy.subheads.append(block)
            } else {
                if anatomy.paragraphs.isEmpty, anatomy.dateline == nil {
                    anatomy.dateline = datelines.dateline(of: block)
                }
                anatomy.paragraphs.append(block)
            }
        }
    }

    /// Amid the body a caption is told by its credit, or by saying what an earlier caption says.
    private func isCaption(_ block: Span, like captions: [Span]) -> Bool {
        if kinds.hasPhotoCredit(block), block.count <= 700 { return true }
        return captions.contains { caption in
            let shared = min(caption.count, block.count)
            guard shared >= 40 else { return false }
            return kinds.same(Span(caption.start, caption.start + shared), Span(block.start, block.start + shared))
        }
    }

    /// A short line without a full stop between two long paragraphs.
    private func isSubhead(_ blocks: [Span], _ index: Int, _ start: Int) -> Bool {
        guard index > start, index + 1 < blocks.count, kinds.isShortHeading(blocks[index]) else { return false }
        return blocks[index - 1].count > 80 && blocks[index + 1].count > 80
    }
}
