internal import Stories

/// Writes JSON into a buffer of UTF-8 bytes, field by field, without a tree in between.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func object(_ write: (inout JSONWriter) -> Void) { nested("{", "}", write) }
    mutating func array(_ write: (inout JSONWriter) -> Void) { nested("[", "]", write) }

    private mutating func nested(_ open: StaticString, _ close: StaticString, _ write: (inout JSONWriter) -> Void) {
        comma()
        raw(open)
        needsComma = false
        write(&self)
        raw(close)
        needsComma = true
    }

    mutating func key(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        raw(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func null() {
        comma()
        raw("null")
        needsComma = true
    }

    mutating func bool(_ value: Bool) {
        comma()
        raw(value ? "true" : "false")
        needsComma = true
    }

    mutating func int(_ value: Int) {
        comma()
        digits(value)
        needsComma = true
    }

    /// A number without a fraction where it has none.
    mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 9e15 { return int(Int(value)) }
        comma()
        bytes.append(contentsOf: "\(value)".utf8)
        needsComma = true
    }

    mutating func string(_ value: String) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { utf8 in
            for index in 0..<utf8.count { escape(unsafe utf8[index]) }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    mutating func optional(_ value: String?) { if let value { string(value) } else { null() } }
    mutating func optional(_ value: Double?) { if let value { number(value) } else { null() } }
    mutating func optional(_ value: Int?) { if let value { int(value) } else { null() } }
    mutating func optional(_ value: Day?) { if let value { string(value.description) } else { null() } }

    mutating func span(_ span: Span) {
        comma()
        bytes.append(UInt8(ascii: "["))
        digits(span.start)
        bytes.append(UInt8(ascii: ","))
        digits(span.end)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    mutating func optional(_ span: Span?) { if let span { self.span(span) } else { null() } }

    mutating func spans(_ spans: [Span]) {
        array { writer in for span in spans { writer.span(span) } }
    }

    mutating func strings(_ strings: [String]) {
        array { writer in for string in strings { writer.string(string) } }
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { utf8 in for index in 0..<utf8.count { bytes.append(unsafe utf8[index]) } }
    }

    private mutating func digits(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var divisor: UInt = 1
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case UInt8(ascii: "\n"): raw("\\n")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\t"): raw("\\t")
        case 0..<0x20:
            raw("\\u00")
            for digit in [byte >> 4, byte & 15] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        default: bytes.append(byte)
        }
    }
}
