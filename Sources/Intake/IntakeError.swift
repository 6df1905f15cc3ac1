/// Why a page, or a line of one, gave no story. Each says what to do about it.
public enum IntakeError: Error, Hashable, Sendable {
    /// There is nothing in it, or nothing but white space.
    case empty(page: String)
    /// It is no text: what it looks like, and the byte that shows it.
    case binary(page: String, kind: String, offset: Int)
    /// It is larger than the limit, in bytes.
    case tooLarge(page: String, limit: Int)
    /// A byte that the character set does not have.
    case undecodable(page: String, charset: String, offset: Int)
    /// There is no file of that name.
    case missing(page: String)
    /// The file cannot be read: what the system says.
    case unreadable(page: String, reason: String)
    /// A line of JSON Lines is no story, numbered from 1.
    case badLine(page: String, line: Int, reason: String)
    /// A line is longer than the limit, in bytes.
    case longLine(page: String, line: Int, limit: Int)
    /// A file that packs others, or a record of it, cannot be read: which, and why.
    case badArchive(page: String, record: String, reason: String)
    /// Archives stand in archives, deeper than the limit.
    case tooDeep(page: String, limit: Int)
    /// It is not well-formed XML: where, counted from 1, and why.
    case badXML(page: String, line: Int, column: Int, reason: String)
    /// An item of a feed or a message gives no story, numbered from 1.
    case badItem(page: String, item: Int, reason: String)
    /// It is a news item of a kind that has no text.
    case noStory(page: String, kind: String)

    /// The page that it is about.
    public var page: String {
        switch self {
        case .empty(let page), .binary(let page, _, _), .tooLarge(let page, _), .undecodable(let page, _, _),
            .missing(let page), .unreadable(let page, _), .badLine(let page, _, _), .longLine(let page, _, _),
            .badArchive(let page, _, _), .tooDeep(let page, _), .badXML(let page, _, _, _), .badItem(let page, _, _),
            .noStory(let page, _):
            page
        }
    }
}

extension IntakeError: CustomStringConvertible {
    /// One sentence for the person who gave the page: the page, the place, the mend.
    public var description: String {
        switch self {
        case .empty(let page): "\(page): empty: there is no text to read"
        case .binary(let page, let kind, let offset):
            "\(page): not text but \(kind) (byte \(offset)): convert it to plain text, HTML or JSON Lines first"
        case .tooLarge(let page, let limit):
            "\(page): larger than \(IntakeError.megabytes(limit)): split it, or raise the limit with --max-size"
        case .undecodable(let page, let charset, let offset):
            "\(page): byte \(offset) is no character of \(charset): convert the page to UTF-8"
        case .missing(let page): "\(page): no such file: check the path"
        case .unreadable(let page, let reason): "\(page): cannot be read: \(reason)"
        case .badLine(let page, let line, let reason):
            "\(page):\(line): \(reason): each line is one JSON object with \"text\""
        case .longLine(let page, let line, let limit):
            "\(page):\(line): a line longer than \(IntakeError.megabytes(limit)): one line is one story; split it, or raise the limit with --max-size"
        case .badArchive(let page, let record, let reason):
            "\(page): \(record.isEmpty ? "" : record + ": ")\(reason)"
        case .tooDeep(let page, let limit):
            "\(page): packed more than \(limit) times over: unpack it first"
        case .badXML(let page, let line, let column, let reason):
            "\(page):\(line):\(column): not well-formed XML: \(reason): have it written anew by what made it"
        case .badItem(let page, let item, let reason): "\(page): item \(item): \(reason)"
        case .noStory(let page, let kind): "\(page): \(kind): there is no story in it"
        }
    }

    /// The same, of a page that is called otherwise.
    func naming(_ page: String) -> IntakeError {
        switch self {
        case .empty: .empty(page: page)
        case .binary(_, let kind, let offset): .binary(page: page, kind: kind, offset: offset)
        case .tooLarge(_, let limit): .tooLarge(page: page, limit: limit)
        case .undecodable(_, let charset, let offset): .undecodable(page: page, charset: charset, offset: offset)
        case .missing: .missing(page: page)
        case .unreadable(_, let reason): .unreadable(page: page, reason: reason)
        case .badLine(_, let line, let reason): .badLine(page: page, line: line, reason: reason)
        case .longLine(_, let line, let limit): .longLine(page: page, line: line, limit: limit)
        case .badArchive(_, let record, let reason): .badArchive(page: page, record: record, reason: reason)
        case .tooDeep(_, let limit): .tooDeep(page: page, limit: limit)
        case .badXML(_, let line, let column, let reason):
            .badXML(page: page, line: line, column: column, reason: reason)
        case .badItem(_, let item, let reason): .badItem(page: page, item: item, reason: reason)
        case .noStory(_, let kind): .noStory(page: page, kind: kind)
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }
}
