/// Cuts a stream of bytes into lines, holding no more than one line up to a limit.
public struct LineSplitter: Sendable {
    /// A line, or the news that it was too long to keep.
    public enum Line: Sendable, Hashable {
        /// Its number from 1, and its bytes without the line break.
        case whole(number: Int, bytes: [UInt8])
        /// Its number from 1.
        case tooLong(number: Int)
    }

    private let limit: Int
    private var number = 1
    private var rest: [UInt8] = []
    private var isSkipping = false

    /// A splitter that gives up on lines of more than `limit` bytes.
    public init(limit: Int) { self.limit = limit }

    /// Takes the next bytes of the stream; gives the lines that they complete. Lines without a byte but white space are
    /// counted and left out.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    public mutating func take(_ chunk: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        var start = chunk.startIndex
        while start < chunk.endIndex {
            guard let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) else {
                if !isSkipping { rest.append(contentsOf: chunk[start...]) }
                if rest.count > limit {
                    isSkipping = true
                    rest = []
                }
                return lines
            }
            if !isSkipping { rest.append(contentsOf: chunk[start..<end]) }
            finish(&lines)
            start = chunk.index(after: end)
        }
        return lines
    }

    /// The line that the stream ended in, where it had no line break.
    public mutating func last() -> [Line] {
        var lines: [Line] = []
        if !rest.isEmpty || isSkipping { finish(&lines) }
        return lines
    }

    private mutating func finish(_ lines: inout [Line]) {
        if number == 1, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        if isSkipping || rest.count > limit {
            lines.append(.tooLong(number: number))
        } else if rest.contains(where: { $0 > 32 }) {
            lines.append(.whole(number: number, bytes: rest))
        }
        number += 1
        rest = []
        isSkipping = false
    }
}
