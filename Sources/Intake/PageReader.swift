public import Stories

/// Reads a page of any format: tells the format by name and content, then hands over.
public struct PageReader: Sendable {
    /// Pages of more bytes are refused.
    public let maximumSize: Int

    /// A reader that refuses pages of more than `maximumSize` bytes.
    public init(maximumSize: Int = 64 << 20) { self.maximumSize = maximumSize }

    /// The stories of a page in order; a line of JSON Lines that is no story is an error in its place.
    ///
    /// - Throws: `IntakeError` where the page as a whole cannot be read.
    public func read(_ page: Page) throws(IntakeError) -> [Result<Story, IntakeError>] {
        guard page.bytes.count <= maximumSize else { throw .tooLarge(page: page.name, limit: maximumSize) }
        let results: [Result<Story, IntakeError>]
        switch PageReader.format(of: page) {
        case .html: results = try HTMLPageReader().read(page).map { .success($0) }
        case .jsonl:
            var splitter = LineSplitter(limit: maximumSize)
            results = (splitter.take(page.bytes) + splitter.last()).map { result(of: $0, page: page) }
            if results.isEmpty { throw .empty(page: page.name) }
        case .ninjs: results = try NinjsReader().read(page, maximumSize: maximumSize)
        case .newsml: results = try NewsMLReader().read(page)
        case .nitf: results = try NITFReader().read(page)
        case .anpa: results = try ANPAReader().read(page)
        case .feed: results = try FeedReader().stories(page)
        case .text, .auto: results = try TextPageReader().read(page).map { .success($0) }
        }
        guard let url = page.url else { return results }
        return results.map { $0.map { $0.from(url) } }
    }

    /// The story of one line, or why it is none.
    public func result(of line: LineSplitter.Line, page: Page) -> Result<Story, IntakeError> {
        switch line {
        case .whole(let number, let bytes):
            if page.format == .ninjs { return NinjsReader().line(bytes, number: number, page) }
            do throws(IntakeError) {
                return .success(
                    try JSONLinesReader().story(
                        bytes, line: number, page: page.name, published: page.published, outlet: page.outlet))
            } catch {
                return .failure(error)
            }
        case .tooLong(let number):
            return .failure(.longLine(page: page.name, line: number, limit: maximumSize))
        }
    }

    /// The format of a page: as given, else by its name's ending, else by its first bytes.
    public static func format(of page: Page) -> Page.Format {
        guard page.format == .auto else { return page.format }
        var name = page.name.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
            return sniffed(page.bytes) == .ninjs ? .ninjs : .jsonl
        }
        if name.hasSuffix(".html") || name.hasSuffix(".htm") || name.hasSuffix(".xhtml") { return .html }
        if name.hasSuffix(".rss") || name.hasSuffix(".atom") { return .feed }
        if name.hasSuffix(".nitf") { return .nitf }
        if name.hasSuffix(".newsml") || name.hasSuffix(".g2") { return .newsml }
        if name.hasSuffix(".ninjs") { return .ninjs }
        if name.hasSuffix(".anpa") { return .anpa }
        if name.hasSuffix(".txt") { return sniffed(page.bytes) == .anpa ? .anpa : .text }
        return sniffed(page.bytes) ?? .text
    }

    /// What a page's first bytes show it to be; nil where they show nothing.
    static func sniffed(_ bytes: [UInt8]) -> Page.Format? {
        if let start = bytes.prefix(64).firstIndex(of: 1), bytes[start...].prefix(1024).contains(2) { return .anpa }
        var head = Array(bytes.prefix(8192).drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF })
        // UTF-16 with its mark: its ASCII shows without the zeros.
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            head = bytes.dropFirst(2).prefix(8192).filter { $0 != 0 }
        }
        for index in head.indices where UInt8(ascii: "A")...UInt8(ascii: "Z") ~= head[index] { head[index] |= 0x20 }
        switch head.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return json(head)
        case UInt8(ascii: "<"): return markup(head)
        default: return nil
        }
    }

    private static func json(_ head: [UInt8]) -> Page.Format? {
        let text = String(decoding: head, as: UTF8.self)
        if text.contains("jsonfeed.org/version") || text.contains("jsonfeed.org\\/version") { return .feed }
        let names = [
            "\"bodies\"", "\"headlines\"", "\"body_", "\"versioncreated\"", "\"pubstatus\"", "\"representationtype\"",
            "\"ninjs\"",
        ]
        if text.contains("\"uri\""), names.contains(where: text.contains) { return .ninjs }
        // An object, and not just a bracket that opens a line of text.
        return head.dropFirst().first { $0 > 32 } == UInt8(ascii: "\"") && head.first == UInt8(ascii: "{")
            ? .jsonl : nil
    }

    /// By the first element behind declarations and comments.
    private static func markup(_ head: [UInt8]) -> Page.Format? {
        var scanner = XMLScanner(head, isLenient: true)
        if head.starts(with: Array("<!doctype html".utf8)) { return .html }
        while let event = try? scanner.next() {
            switch event {
            case .start(let name, _):
                let local = XMLNamespaces.local(name, in: head)
                switch String(decoding: head[local.range], as: UTF8.self) {
                case "html", "head", "body": return .html
                case "rss", "rdf", "feed", "channel": return .feed
                case "nitf": return .nitf
                case "newsmessage", "newsitem", "packageitem", "knowledgeitem", "conceptitem", "planningitem",
                    "catalogitem",
                    "newsml":
                    return .newsml
                default: return nil
                }
            case .text(let span): if head[span.range].contains(where: { $0 > 32 }) { return nil }
            case .end, .raw: return nil
            }
        }
        return nil
    }
}

extension Story {
    /// The same story, with the address that its page was fetched from; an address of its own stays.
    func from(_ url: String) -> Story {
        guard provenance.url == nil else { return self }
        var provenance = provenance
        provenance.url = url
        return Story(
            id: id, bytes: bytes, span: span, published: published, publishedBasis: publishedBasis, title: title,
            outlet: outlet, provenance: provenance, anatomy: anatomy)
    }
}
