internal import CLibXML2

/// Character references of HTML in strings that pass by the parser: attributes, titles, JSON.
enum CharacterReferences {
    /// A string with its references resolved, `&amp;#8217;` too, as pages escape twice.
    static func resolved(_ text: String) -> String {
        var text = text
        for _ in 0..<2 where text.utf8.contains(UInt8(ascii: "&")) { text = once(text) }
        return text
    }

    private static func once(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "&") else {
                out.append(bytes[at])
                at += 1
                continue
            }
            var close = at + 1
            while close < min(bytes.count, at + 12), bytes[close] > 32, bytes[close] != UInt8(ascii: ";") { close += 1 }
            if close < bytes.count, bytes[close] == UInt8(ascii: ";"), let scalar = scalar(bytes[at + 1..<close]) {
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                at = close + 1
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let text = String(decoding: name, as: UTF8.self)
        if text.hasPrefix("#") {
            let digits = text.dropFirst()
            let number = digits.first == "x" || digits.first == "X" ? Int(digits.dropFirst(), radix: 16) : Int(digits)
            return number.flatMap { TextDecoding.scalar(ofReference: $0) }
        }
        if text == "apos" { return "'" }
        if text == "nbsp" { return " " }
        guard let entity = unsafe htmlEntityLookup(text) else { return nil }
        return unsafe Unicode.Scalar(entity.pointee.value)
    }
}
