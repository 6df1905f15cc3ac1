/// Reads delimited text (RFC 4180) piece by piece: quoted fields, line ends of any system, a byte order mark.
///
/// Bytes come in pieces of any size, rows go out as they are complete, so that a file of any size takes the memory of its
/// longest row. Commas, semicolons and tabs part fields; which of them does, the first line tells.
public struct DelimitedText: Sendable {
    /// A row of fields.
    public struct Row: Hashable, Sendable {
        /// The line that it begins on, from 1.
        public var line: Int
        /// The fields, without their quotation marks.
        public var fields: [String]
    }

    /// What is wrong with a row.
    public enum Fault: Hashable, Sendable {
        /// A quotation mark that nothing closes.
        case unclosedQuote
        /// Text behind a closing quotation mark.
        case textBehindQuote
        /// A row that is larger than any should be.
        case tooLarge
    }

    /// A row that cannot be read.
    public struct Failure: Hashable, Sendable {
        /// The line that it begins on.
        public var line: Int
        /// The field, counted from 1.
        public var field: Int
        /// What is wrong.
        public var fault: Fault
    }

    private enum State { case start, bare, quoted, closed }

    private var state = State.start
    private var delimiter: UInt8?
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var line = 1
    private var first = 1
    private var size = 0
    private var endedWithReturn = false
    private var fault: (field: Int, fault: Fault)?
    /// What came before the first line end, until the delimiter is known.
    private var head: [UInt8]? = []
    private let maximum: Int

    /// A reader that refuses rows of more than `maximum` bytes.
    public init(maximum: Int = 4 << 20) { self.maximum = maximum }

    /// Takes a piece; gives each row that it completes, a failure for one that cannot be read.
    public mutating func read(_ bytes: some Sequence<UInt8>, _ give: (Result) throws -> Void) rethrows {
        for byte in bytes {
            guard head != nil else {
                try take(byte, give)
                continue
            }
            head?.append(byte)
            if byte == 10 || byte == 13 || head?.count == 64 << 10 { try takeHead(give) }
        }
    }

    /// Takes the end: gives the last row where no line end closes it.
    public mutating func finish(_ give: (Result) throws -> Void) rethrows {
        try takeHead(give)
        if state == .quoted { fault = fault ?? (fields.count + 1, .unclosedQuote) }
        if state != .start || !fields.isEmpty || fault != nil { try endRow(give) }
    }

    /// A row, or why there is none.
    public typealias Result = Swift.Result<Row, Failure>

    // MARK: Bytes

    private mutating func takeHead(_ give: (Result) throws -> Void) rethrows {
        guard var bytes = head else { return }
        head = nil
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        // The one that stands most often outside quotation marks; a comma where none does.
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let most = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].max { counts[$0] ?? 0 < counts[$1] ?? 0 }
        delimiter = most.map { counts[$0] ?? 0 > counts[UInt8(ascii: ",")] ?? 0 ? $0 : UInt8(ascii: ",") }
        for byte in bytes { try take(byte, give) }
    }

    private mutating func take(_ byte: UInt8, _ give: (Result) throws -> Void) rethrows {
        defer { endedWithReturn = byte == 13 }
        if byte == 10, endedWithReturn {
            // The second half of a line end of two: a line of a quoted field keeps it.
            if state == .quoted { keep(byte) }
            return
        }
        let isLineEnd = byte == 10 || byte == 13
        if isLineEnd { line += 1 }
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .closed } else { keep(byte) }
        case .closed where byte == UInt8(ascii: "\""):
            // Two of them stand for one.
            keep(byte)
            state = .quoted
        case .start where byte == UInt8(ascii: "\""):
            state = .quoted
        default:
            if isLineEnd {
                // An empty line is no row.
                if state == .start, fields.isEmpty, fault == nil { first = line } else { try endRow(give) }
            } else if byte == delimiter {
                endField()
            } else if state == .closed {
                if byte != 32 { fault = fault ?? (fields.count + 1, .textBehindQuote) }
            } else {
                state = .bare
                keep(byte)
            }
        }
    }

    private mutating func keep(_ byte: UInt8) {
        size += 1
        guard size <= maximum else {
            fault = fault ?? (fields.count + 1, .tooLarge)
            return
        }
        field.append(byte)
    }

    private mutating func endField() {
        fields.append(DelimitedText.text(field))
        field.removeAll(keepingCapacity: true)
        state = .start
    }

    private mutating func endRow(_ give: (Result) throws -> Void) rethrows {
        endField()
        let row = Row(line: first, fields: fields)
        let failure = fault.map { Failure(line: first, field: $0.field, fault: $0.fault) }
        fields.removeAll(keepingCapacity: true)
        (first, size, fault) = (line, 0, nil)
        try give(failure.map { .failure($0) } ?? .success(row))
    }

    /// UTF-8, and where it is none, Windows-1252's letters, as older exports have them.
    private static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }
}

extension DelimitedText {
    /// The cells as a line, quoted where they need it. A leading sign of a formula is disarmed, as spreadsheets run them.
    public static func line(_ cells: [String]) -> String {
        cells.map { cell in
            var cell = cell
            if let first = cell.first, "=+-@\t\r".contains(first), Double(cell) == nil { cell = "'" + cell }
            guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
            return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }.joined(separator: ",")
    }
}

extension DelimitedText.Failure: Error {}

extension DelimitedText.Fault: CustomStringConvertible {
    /// The fault in words.
    public var description: String {
        switch self {
        case .unclosedQuote: "a quotation mark is not closed"
        case .textBehindQuote: "text stands behind a closing quotation mark"
        case .tooLarge: "the row is too large"
        }
    }
}
