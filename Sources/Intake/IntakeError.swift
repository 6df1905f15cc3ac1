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

    /// The page that it is about.
    public var page: String {
        switch self {
        case .empty(let page), .binary(let page, _, _), .tooLarge(let page, _), .undecodable(let page, _, _),
            .missing(let page), .unreadable(let page, _), .badLine(let page, _, _), .longLine(let page, _, _):
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
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }
}
