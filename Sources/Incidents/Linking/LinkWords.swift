internal import Language

/// The words of a text as linking sees them: 32-bit hashes of lower-case stems; the lowest bit tells numbers.
package enum LinkWords {
    /// Hands each word's hash and stretch to `body`, in order.
    ///
    /// A word is a run of letters or digits; an apostrophe and what follows it in a word are dropped, and so are commas
    /// between digits, while a point between digits stays: `6.1`. Of longer words the commonest endings are cut off.
    package static func each(in bytes: ArraySlice<UInt8>, _ body: (_ hash: UInt32, _ range: Range<Int>) -> Void) {
        var at = bytes.startIndex
        let end = bytes.endIndex
        while at < end {
            let kind = Kind(bytes, at)
            guard kind != .other else {
                at += 1
                continue
            }
            let start = at
            var stem = Stem()
            var isNumber = true
            while at < end {
                switch Kind(bytes, at) {
                case .digit: stem.append(bytes[at])
                case .letter:
                    isNumber = false
                    stem.append(bytes[at] < 0x80 ? bytes[at] | 0x20 : bytes[at])
                case .other:
                    guard isNumber, at + 1 < end, Kind(bytes, at + 1) == .digit,
                        bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",")
                    else { break }
                    if bytes[at] == UInt8(ascii: ".") { stem.append(bytes[at]) }
                    at += 1
                    continue
                }
                if Kind(bytes, at) == .other { break }
                at += 1
            }
            body(stem.hash(isNumber: isNumber), start..<at)
            at = skippedTail(bytes, at)
        }
    }

    /// The hash of a text that is one thing: a name, an address. Case, marks and spaces do not count.
    static func hash(of bytes: ArraySlice<UInt8>) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for at in bytes.indices where Kind(bytes, at) != .other {
            hash = (hash ^ UInt32(bytes[at] < 0x80 ? bytes[at] | 0x20 : bytes[at])) &* 0x0100_0193
        }
        return hash
    }

    /// Whether a hash is that of a number.
    static func isNumber(_ hash: UInt32) -> Bool { hash & 1 == 1 }

    /// Behind `'s` and the like, that belongs to no word.
    private static func skippedTail(_ bytes: ArraySlice<UInt8>, _ at: Int) -> Int {
        var next = at
        if next < bytes.endIndex, bytes[next] == UInt8(ascii: "'") {
            next += 1
        } else if next + 2 < bytes.endIndex, bytes[next] == 0xE2, bytes[next + 1] == 0x80, bytes[next + 2] == 0x99 {
            next += 3
        } else {
            return at
        }
        var tail = 0
        while next + tail < bytes.endIndex, Kind(bytes, next + tail) == .letter { tail += 1 }
        return tail <= 2 ? next + tail : at
    }

    private enum Kind {
        case letter, digit, other

        init(_ bytes: ArraySlice<UInt8>, _ at: Int) {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .letter
            // Quotation marks, dashes and spaces beyond ASCII.
            case 0xE2: self = at + 1 < bytes.endIndex && bytes[at + 1] == 0x80 ? .other : .letter
            case 0xC2: self = .other
            case 0x80...0xBF:
                let isMark =
                    at > bytes.startIndex && bytes[at - 1] == 0xC2
                    || at > bytes.startIndex && bytes[at - 1] == 0xE2 && byte == 0x80
                    || at > bytes.startIndex + 1 && bytes[at - 2] == 0xE2 && bytes[at - 1] == 0x80
                self = isMark ? .other : .letter
            case 0xC3...0xFF: self = .letter
            default: self = .other
            }
        }
    }

    /// The last letters of a word and the hashes before them, so that an ending can be taken back.
    private struct Stem {
        private var hashes: InlineArray<5, UInt32> = .init(repeating: 0x811C_9DC5)
        private var last: InlineArray<4, UInt8> = .init(repeating: 0)
        private var count = 0

        mutating func append(_ byte: UInt8) {
            hashes[4] = hashes[3]
            hashes[3] = hashes[2]
            hashes[2] = hashes[1]
            hashes[1] = hashes[0]
            last[3] = last[2]
            last[2] = last[1]
            last[1] = last[0]
            hashes[0] = (hashes[0] ^ UInt32(byte)) &* 0x0100_0193
            last[0] = byte
            count += 1
        }

        func hash(isNumber: Bool) -> UInt32 {
            if isNumber { return hashes[0] | 1 }
            var cut = 0
            let s = UInt8(ascii: "s")
            let e = UInt8(ascii: "e")
            if count >= 6, last[0] == UInt8(ascii: "g"), last[1] == UInt8(ascii: "n"), last[2] == UInt8(ascii: "i") {
                cut = 3
            } else if count >= 5, last[0] == UInt8(ascii: "d"), last[1] == e {
                cut = 2
            } else if count >= 4, last[0] == s, last[1] != s {
                cut = count >= 6 && last[1] == e ? 2 : 1
            } else if count >= 5, last[0] == e {
                cut = 1
            }
            return hashes[cut] & ~1
        }
    }
}

/// How rare words are in the news at large, counted once over texts that stay the same, whatever else is linked.
struct LinkCounts: Sendable {
    /// The weight of the rarest words.
    static let highest: Float = 8
    private let hashes: [UInt32]
    private let levels: [UInt8]

    /// The table in the program.
    static let shared = LinkCounts(EmbeddedTable.linkCounts())

    /// A table from its bytes: how many words, their hashes ascending, a level each.
    init(_ bytes: [UInt8]) {
        var reader = TableReader(bytes)
        guard let count = reader.next(), bytes.count >= 4 + 5 * Int(count) else {
            (hashes, levels) = ([], [])
            return
        }
        hashes = (0..<Int(count)).map { _ in reader.take() }
        levels = Array(bytes[(4 + 4 * Int(count))...].prefix(Int(count)))
    }

    /// The weight of a word: the logarithm of how many times rarer than always it is, in 32nds.
    func level(_ hash: UInt32) -> UInt8 {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash ? levels[low] : UInt8(LinkCounts.highest * 32 - 1)
    }
}
