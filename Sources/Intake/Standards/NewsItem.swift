internal import Stories

/// What a news item of any standard says, before it is a story.
struct NewsItem {
    var title: String?
    /// Paragraphs of the body, each in one line.
    var body: [[UInt8]] = []
    /// Captions of pictures, with the credit where one is given.
    var captions: [(text: String, credit: String?)] = []
    /// Place, day and agency as printed before a story: `ATHENS, May 4 (Northern Wire)`.
    var dateline: String?
    var outlet: String?
    var published: Day?
    var provenance = Provenance()

    /// The story; nil where the item has no words at all.
    ///
    /// A dateline that came apart is put before the first paragraph, where stories print it, unless one stands there. An
    /// item without a body, as the message that another is withdrawn mostly is, has its editorial note for text, else its
    /// headline: a story is never empty, and `provenance.status` says what has become of it.
    func story(_ page: Page) -> Story? {
        var paragraphs = body
        if let (index, opening) = opening(of: paragraphs) { paragraphs[index] = opening }
        for (text, credit) in captions {
            let caption = Array((credit.map { "\(text) (Photo: \($0))" } ?? text).utf8)
            let kinds = LineKinds(bytes: caption)
            let span = Span(0, caption.count)
            // One that nothing shows to be a caption would be read as a paragraph of the story.
            if kinds.hasPhotoCredit(span) || kinds.endsWithDate(span) { paragraphs.append(caption) }
        }
        var title = title
        if paragraphs.isEmpty {
            if let note = provenance.editorialNote {
                paragraphs = [Array(note.utf8)]
            } else if let headline = title {
                paragraphs = [Array(headline.utf8)]
                title = nil
            }
        }
        let bytes = BlockText.joined(paragraphs)
        guard bytes.contains(where: { $0 > 32 }) else { return nil }
        var provenance = provenance
        provenance.url = provenance.url ?? page.url
        return TextPageReader().story(
            bytes, span: Span(0, bytes.count), id: provenance.guid, published: page.published ?? published,
            title: title,
            outlet: page.outlet ?? outlet, provenance: provenance)
    }

    /// The first paragraph of the story behind its dateline, and which it is; nil where the text has a dateline, or none came
    /// that reads as one.
    private func opening(of paragraphs: [[UInt8]]) -> (index: Int, bytes: [UInt8])? {
        guard let dateline else { return nil }
        let head = BlockText.joined(Array(paragraphs.prefix(8)))
        let anatomy = AnatomyReader(bytes: head).anatomy(of: Span(0, head.count), title: title)
        guard anatomy.dateline == nil, let start = anatomy.paragraphs.first?.start else { return nil }
        var (index, end) = (0, 0)
        for (number, paragraph) in paragraphs.enumerated() {
            index = number
            end += paragraph.count + 2
            if start < end { break }
        }
        let first = paragraphs[index]
        var line = XMLTree.squeezed(Array(dateline.utf8))
        while let last = line.last, last == UInt8(ascii: "-") || last == 32 { line.removeLast() }
        for suffix in ["—", "–", "―"] where line.suffix(3).elementsEqual(suffix.utf8) { line.removeLast(3) }
        line = XMLTree.squeezed(line)
        guard !line.isEmpty else { return nil }
        // The place of a dateline is printed in capitals: "Athens, May 4 (Northern Wire)" came as data.
        let text = String(decoding: line, as: UTF8.self)
        let place = text.prefix { $0 != "," && $0 != "(" && $0 != "/" }
        for candidate in [text, place.uppercased() + text.dropFirst(place.count)] {
            let opening = Array("\(candidate) – ".utf8) + first
            if DatelineReader(bytes: opening).dateline(of: Span(0, opening.count)) != nil { return (index, opening) }
        }
        return nil
    }

    /// The people of a byline: without "By", agencies and job titles.
    static func authors(_ byline: String) -> [String] {
        let bare = byline.lowercased().hasPrefix("by ") ? byline : "By \(byline)"
        let bytes = Array(bare.utf8)
        return Credits(bytes: bytes).bylineNames(Span(0, bytes.count))
    }
}
