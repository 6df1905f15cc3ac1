/// JSON as pages have it: read as far as it goes, commas too many or too few, line breaks in strings, an end that is missing.
///
/// Values stand in one flat array, a container before what it holds; strings are stretches of the bytes until asked for.
struct LooseJSON {
    enum Kind: UInt8 { case object, array, string, other }

    struct Value {
        var kind: Kind
        /// Its stretch; of a string that between the quotation marks.
        var range: Range<Int>
        /// The stretch of its key; empty where it stands in no object.
        var key: Range<Int>
        var parent: Int
        /// The first value that is no longer inside.
        var end: Int
    }

    /// Containers inside of more others than this are passed over.
    static let depthLimit = 64

    let bytes: [UInt8]
    private(set) var values: [Value] = []

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        var at = range.lowerBound
        let end = range.upperBound
        // What stands before the first bracket is a comment, a CDATA mark, or nothing.
        while at < end, bytes[at] != UInt8(ascii: "{"), bytes[at] != UInt8(ascii: "[") { at += 1 }
        var stack: [Int] = []
        var key = 0..<0
        var isAwaitingValue = false
        func isInObject(_ values: [Value]) -> Bool { stack.last.map { values[$0].kind == .object } ?? false }
        while at < end {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                // Deeper ones end the reading: no page has them but to do harm.
                if stack.count >= LooseJSON.depthLimit { at = end; continue }
                values.append(
                    Value(
                        kind: byte == UInt8(ascii: "{") ? .object : .array, range: at..<at, key: key,
                        parent: stack.last ?? -1, end: 0))
                stack.append(values.count - 1)
                key = 0..<0
                isAwaitingValue = false
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let top = stack.popLast() {
                    values[top].end = values.count
                    values[top].range = values[top].range.lowerBound..<at + 1
                }
                key = 0..<0
                isAwaitingValue = false
                at += 1
            case UInt8(ascii: "\""):
                let start = at + 1
                var close = start
                while close < end, bytes[close] != UInt8(ascii: "\"") {
                    close += bytes[close] == UInt8(ascii: "\\") ? 2 : 1
                }
                close = min(close, end)
                at = min(end, close + 1)
                if isInObject(values), !isAwaitingValue {
                    key = start..<close
                } else {
                    add(.string, start..<close, key, stack.last ?? -1)
                    key = 0..<0
                    isAwaitingValue = false
                }
            case UInt8(ascii: ":"):
                isAwaitingValue = true
                at += 1
            case UInt8(ascii: ","):
                isAwaitingValue = false
                at += 1
            case 0...32: at += 1
            default:
                let start = at
                while at < end, !LooseJSON.ends(bytes[at]) { at += 1 }
                if at == start { at += 1 }
                add(.other, start..<at, key, stack.last ?? -1)
                key = 0..<0
                isAwaitingValue = false
            }
        }
        while let top = stack.popLast() {
            values[top].end = values.count
            values[top].range = values[top].range.lowerBound..<end
        }
    }

    private mutating func add(_ kind: Kind, _ range: Range<Int>, _ key: Range<Int>, _ parent: Int) {
        values.append(Value(kind: kind, range: range, key: key, parent: parent, end: values.count + 1))
    }

    private static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...32, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "\""):
            true
        default: false
        }
    }

    // MARK: Reading

    /// The values right inside of a container.
    func children(of container: Int) -> [Int] {
        var children: [Int] = []
        var at = container + 1
        while at < values[container].end {
            children.append(at)
            at = values[at].end
        }
        return children
    }

    /// The value of a key, told in lower case.
    func value(_ key: StaticString, of object: Int) -> Int? {
        guard values[object].kind == .object else { return nil }
        var at = object + 1
        while at < values[object].end {
            if ByteSearch.equals(key, values[at].key, in: bytes) { return at }
            at = values[at].end
        }
        return nil
    }

    /// The items of an array; any other value alone.
    func items(_ value: Int?) -> [Int] {
        guard let value else { return [] }
        return values[value].kind == .array ? children(of: value) : [value]
    }

    /// A string without its escapes; nil for what is none.
    func string(_ value: Int?) -> String? {
        guard let value, values[value].kind == .string else { return nil }
        let range = values[value].range
        guard bytes[range].contains(UInt8(ascii: "\\")) else { return String(decoding: bytes[range], as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            guard bytes[at] == UInt8(ascii: "\\"), at + 1 < range.upperBound else {
                out.append(bytes[at])
                at += 1
                continue
            }
            at += 2
            switch bytes[at - 1] {
            case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "f"), UInt8(ascii: "b"): out.append(10)
            case UInt8(ascii: "t"): out.append(32)
            case UInt8(ascii: "u"):
                guard var unit = hex(at, range.upperBound) else { continue }
                at += 4
                if 0xD800..<0xDC00 ~= unit, at + 6 <= range.upperBound, bytes[at] == UInt8(ascii: "\\"),
                    bytes[at + 1] == UInt8(ascii: "u"), let low = hex(at + 2, range.upperBound),
                    0xDC00..<0xE000 ~= low
                {
                    unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                    at += 6
                }
                if let scalar = Unicode.Scalar(unit), unit != 0 {
                    out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            default: out.append(bytes[at - 1])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private func hex(_ start: Int, _ end: Int) -> UInt32? {
        guard start + 4 <= end else { return nil }
        return UInt32(String(decoding: bytes[start..<start + 4], as: UTF8.self), radix: 16)
    }
}
