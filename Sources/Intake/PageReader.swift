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
        switch PageReader.format(of: page) {
        case .html: return try HTMLPageReader().read(page).map { .success($0) }
        case .jsonl:
            var splitter = LineSplitter(limit: maximumSize)
            let results = (splitter.take(page.bytes) + splitter.last()).map { result(of: $0, page: page) }
            if results.isEmpty { throw .empty(page: page.name) }
            return results
        case .text, .auto: return try TextPageReader().read(page).map { .success($0) }
        }
    }

    /// The story of one line, or why it is none.
    public func result(of line: LineSplitter.Line, page: Page) -> Result<Story, IntakeError> {
        switch line {
        case .whole(let number, let bytes):
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
        let name = page.name.lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .jsonl }
        if name.hasSuffix(".html") || name.hasSuffix(".htm") || name.hasSuffix(".xhtml") { return .html }
        if name.hasSuffix(".txt") { return .text }
        var head = Array(page.bytes.prefix(1024).drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF })
        if head.starts(with: Array("{\"".utf8)) { return .jsonl }
        for index in head.indices where UInt8(ascii: "A")...UInt8(ascii: "Z") ~= head[index] { head[index] |= 0x20 }
        for tag in ["<!doctype html", "<html", "<head", "<body"] where head.starts(with: Array(tag.utf8)) {
            return .html
        }
        return .text
    }
}
