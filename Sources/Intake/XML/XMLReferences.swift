internal import CLibXML2
internal import Stories

/// Resolves references: the five of XML, numbers, and, where it is lenient, those that HTML names.
enum XMLReferences {
    /// Puts characters behind `out`, references resolved and line breaks made one byte each.
    ///
    /// - Returns: offset of a reference that means nothing; nil where all do, and always where it is lenient.
    static func append(
        _ bytes: [UInt8], _ range: Range<Int>, to out: inout [UInt8], isLenient: Bool
    ) -> Int? {
        var at = range.lowerBound
        var bad: Int?
        while at < range.upperBound {
            let start = at
            while at < range.upperBound, bytes[at] != UInt8(ascii: "&"), bytes[at] != 13 { at += 1 }
            out.append(contentsOf: bytes[start..<at])
            guard at < range.upperBound else { break }
            if bytes[at] == 13 {
                out.append(10)
                at += at + 1 < range.upperBound && bytes[at + 1] == 10 ? 2 : 1
                continue
            }
            // Escaped markup is full of these.
            if at + 3 < range.upperBound, bytes[at + 2] == UInt8(ascii: "t"), bytes[at + 3] == UInt8(ascii: ";"),
                bytes[at + 1] == UInt8(ascii: "l") || bytes[at + 1] == UInt8(ascii: "g")
            {
                out.append(bytes[at + 1] == UInt8(ascii: "l") ? UInt8(ascii: "<") : UInt8(ascii: ">"))
                at += 4
                continue
            }
            let limit = min(range.upperBound, at + 40)
            if let end = bytes[at..<limit].firstIndex(of: UInt8(ascii: ";")),
                reference(bytes[(at + 1)..<end], to: &out, isLenient)
            {
                at = end + 1
            } else {
                if bad == nil, !isLenient { bad = at }
                out.append(bytes[at])
                at += 1
            }
        }
        return bad
    }

    /// Characters with references resolved, leniently.
    static func resolved(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        let all = Array(bytes)
        _ = append(all, 0..<all.count, to: &out, isLenient: true)
        return out
    }

    private static func reference(_ name: ArraySlice<UInt8>, to out: inout [UInt8], _ isLenient: Bool) -> Bool {
        guard let first = name.first else { return false }
        if first == UInt8(ascii: "#") { return number(name.dropFirst(), to: &out, isLenient) }
        let named: UInt8? =
            switch name.count {
            case 2 where name.elementsEqual("lt".utf8): UInt8(ascii: "<")
            case 2 where name.elementsEqual("gt".utf8): UInt8(ascii: ">")
            case 3 where name.elementsEqual("amp".utf8): UInt8(ascii: "&")
            case 4 where name.elementsEqual("quot".utf8): UInt8(ascii: "\"")
            case 4 where name.elementsEqual("apos".utf8): UInt8(ascii: "'")
            default: nil
            }
        if let named {
            out.append(named)
            return true
        }
        guard isLenient, name.count <= 8, name.allSatisfy({ XMLScanner.isName($0) && $0 < 0x80 }),
            let value = html(name), let scalar = Unicode.Scalar(value)
        else { return false }
        out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return true
    }

    private static func html(_ name: ArraySlice<UInt8>) -> UInt32? {
        let word = Array(name) + [0]
        return unsafe word.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, let found = unsafe htmlEntityLookup(base) else { return nil }
            return unsafe found.pointee.value
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>, to out: inout [UInt8], _ isLenient: Bool) -> Bool {
        guard let first = digits.first, digits.count <= 9 else { return false }
        let isHex = first | 0x20 == UInt8(ascii: "x")
        let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
        guard text.utf8.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) == true,
            var value = UInt32(text, radix: isHex ? 16 : 10)
        else { return false }
        // Numbers of Windows-1252 stand for what was meant, as HTML has it.
        if isLenient, 0x80...0x9F ~= value, TextDecoding.high[Int(value - 0x80)] != 0 {
            value = UInt32(TextDecoding.high[Int(value - 0x80)])
        }
        guard value >= 32 || value == 9 || value == 10 || value == 13, let scalar = Unicode.Scalar(value) else {
            return isLenient
        }
        out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return true
    }
}
