internal import Stories

/// A paragraph of a page before anything is known of it: a stretch between empty lines.
struct Block {
    var span: Span
}

/// Splits a page into its blocks.
enum Blocks {
    /// The stretches of `bytes[range]` between empty lines, without white space at their edges. Where the page has line
    /// breaks but hardly an empty line, every line is a block.
    static func split(_ bytes: [UInt8], _ range: Span) -> [Block] {
        let lines = lines(bytes, range)
        let filled = lines.filter { !$0.isEmpty }
        guard filled.count > 1 else { return filled.map(Block.init) }
        let gaps = zip(lines, lines.dropFirst()).filter { !$0.isEmpty && $1.isEmpty }.count
        if gaps == 0 {
            // Hard-wrapped prose has lines of like length; there the whole is one paragraph.
            let longest = filled.map(\.count).max() ?? 0
            let isWrapped =
                longest < 100 && filled.dropLast().filter { $0.count * 10 > longest * 7 }.count * 10 > filled.count * 8
            if isWrapped, let first = filled.first, let last = filled.last { return [Block(span: first.union(last))] }
            return filled.map(Block.init)
        }
        var blocks: [Block] = []
        var open: Span?
        for line in lines {
            if line.isEmpty {
                if let span = open { blocks.append(Block(span: span)) }
                open = nil
            } else {
                open = open?.union(line) ?? line
            }
        }
        if let span = open { blocks.append(Block(span: span)) }
        return blocks
    }

    /// The lines of a stretch, without white space at their edges; empty ones are empty spans.
    private static func lines(_ bytes: [UInt8], _ range: Span) -> [Span] {
        var lines: [Span] = []
        var start = range.start
        while start < range.end {
            var end = start
            while end < range.end, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
            lines.append(trim(bytes, Span(start, end)))
            start = end + 1
            if end + 1 < range.end, bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n") {
                start += 1
            }
        }
        return lines
    }

    /// A stretch without white space at its edges, no-break spaces and byte order marks included.
    static func trim(_ bytes: [UInt8], _ span: Span) -> Span {
        var start = span.start
        var end = span.end
        while start < end {
            if bytes[start] <= 32 {
                start += 1
            } else if start + 1 < end, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 {
                start += 2
            } else if start + 2 < end, bytes[start] == 0xEF, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF {
                start += 3
            } else {
                break
            }
        }
        while end > start {
            if bytes[end - 1] <= 32 {
                end -= 1
            } else if end - 2 >= start, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xA0 {
                end -= 2
            } else {
                break
            }
        }
        return Span(start, end)
    }

    /// Bytes without white space at their edges.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 <= 32 }
        while let last = bytes.last, last <= 32 { bytes.removeLast() }
        return bytes
    }
}
