public import Stories

/// Reads plain-text pages: one wire story, or many one after another.
///
/// Where a story begins is told by what wire stories have: a headline, printed once or twice, then captions, a byline, a
/// dateline; and closing credits behind the story before. A page without such signs is one story.
public struct TextPageReader: Sendable {
    /// A reader of plain text.
    public init() {}

    /// The stories of a page, in order.
    ///
    /// - Throws: `IntakeError.empty`, `.binary` or `.undecodable`.
    /// - Complexity: O(*n*) in the size of the page.
    public func read(_ page: Page) throws(IntakeError) -> [Story] {
        let decoded = try TextDecoding.decode(page)
        return stories(decoded.bytes, published: page.published, outlet: page.outlet)
    }

    /// The stories on well-formed UTF-8.
    func stories(_ bytes: [UInt8], published: Day?, outlet: String?) -> [Story] {
        segments(bytes).map { story(bytes, span: $0, published: published, outlet: outlet) }
    }

    /// One story on a stretch of well-formed UTF-8, whatever it looks like.
    ///
    /// The anatomy comes from the stretch alone: cut out and read again it is the same.
    public func story(
        _ bytes: [UInt8], span: Span, id: String? = nil, published: Day? = nil, title: String? = nil,
        outlet: String? = nil, provenance: Provenance = Provenance()
    ) -> Story {
        let anatomy = AnatomyReader(bytes: bytes).anatomy(of: span, title: title)
        var basis: PublishedBasis? = published == nil ? nil : .given
        var day = published
        if day == nil, let inferred = PublishedDay.infer(bytes, anatomy) {
            day = inferred
            basis = .text
        }
        return Story(
            id: id ?? Digest.shortHex(bytes[span.range]), bytes: bytes, span: span, published: day,
            publishedBasis: basis, title: title, outlet: outlet ?? anatomy.dateline?.agency, provenance: provenance,
            anatomy: anatomy)
    }

    /// The stretches of a page's stories.
    private func segments(_ bytes: [UInt8]) -> [Span] {
        let blocks = Blocks.split(bytes, Span(0, bytes.count)).map(\.span)
        guard !blocks.isEmpty else { return [] }
        let kinds = LineKinds(bytes: bytes)
        let datelines = DatelineReader(bytes: bytes)
        var starts: [Int] = [0]
        for index in blocks.indices.dropFirst() where opens(index, blocks, kinds, datelines) { starts.append(index) }
        return starts.indices.map { position in
            let end = position + 1 < starts.count ? starts[position + 1] : blocks.count
            // What stands behind the credits (notices of the agency) is no part of the story.
            var close = end - 1
            if let credits = (starts[position]..<end).last(where: { kinds.isCredits(blocks[$0]) }), end - credits <= 3 {
                close = credits
            }
            return blocks[starts[position]].union(blocks[close])
        }
    }

    /// Whether a story begins at a block.
    private func opens(_ index: Int, _ blocks: [Span], _ kinds: LineKinds, _ datelines: DatelineReader) -> Bool {
        let block = blocks[index]
        guard kinds.isHeadline(block), datelines.dateline(of: block) == nil, index + 1 < blocks.count else {
            return false
        }
        // Its second print, and what belongs to the headline before it, begin nothing.
        for back in 1...min(5, index) where kinds.same(block, blocks[index - back]) { return false }
        let behindCredits = kinds.isCredits(blocks[index - 1])
        if kinds.hasPhotoCredit(block) || kinds.isCapitals(block) && !behindCredits { return false }
        if behindCredits { return true }
        var next = index + 1
        var captions = 0
        if kinds.same(block, blocks[next]) { next += 1 }
        while next < blocks.count, captions < 4 {
            if kinds.isByline(blocks[next]) || datelines.dateline(of: blocks[next]) != nil {
                // Another headline in between begins the story instead.
                return !(index + 1..<next).contains {
                    kinds.isHeadline(blocks[$0]) && !kinds.same(block, blocks[$0]) && !kinds.hasPhotoCredit(blocks[$0])
                }
            }
            guard kinds.hasPhotoCredit(blocks[next]) || kinds.endsWithDate(blocks[next]) else { return false }
            captions += 1
            next += 1
        }
        return false
    }
}
