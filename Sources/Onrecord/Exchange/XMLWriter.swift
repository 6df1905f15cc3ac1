/// Writes XML into a buffer of UTF-8 bytes, element by element.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []

    /// An element with what `write` puts into it; attributes without a value are left out.
    mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String?)] = [], _ write: (inout XMLWriter) -> Void
    ) {
        let start = open(name, attributes)
        let inner = bytes.count
        write(&self)
        guard bytes.count > inner else {
            bytes.removeLast(inner - start)
            raw("/>")
            return
        }
        raw("</")
        raw(name)
        raw(">")
    }

    /// An element that holds text; nothing where there is none.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String?)] = [], text: String?) {
        guard let text, !text.isEmpty else { return }
        element(name, attributes) { $0.text(text) }
    }

    /// An element of attributes alone.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String?)]) {
        element(name, attributes) { _ in }
    }

    /// The start tag; gives where its closing bracket stands.
    private mutating func open(_ name: StaticString, _ attributes: [(StaticString, String?)]) -> Int {
        raw("<")
        raw(name)
        for case (let key, let value?) in attributes {
            raw(" ")
            raw(key)
            raw("=\"")
            text(value)
            raw("\"")
        }
        let end = bytes.count
        raw(">")
        return end
    }

    /// Characters, with what XML 1.0 does not have made a space.
    mutating func text(_ value: String) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": raw("&amp;")
            case "<": raw("&lt;")
            case ">": raw("&gt;")
            case "\"": raw("&quot;")
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": bytes.append(32)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { utf8 in for index in 0..<utf8.count { bytes.append(unsafe utf8[index]) } }
    }
}
