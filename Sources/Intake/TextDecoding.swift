/// Turns the bytes of a page into well-formed UTF-8.
///
/// In this order: a byte order mark; the declared character set; UTF-8 if the bytes are well-formed; else Windows-1252.
/// What is no text, or has a byte that the character set lacks, is refused with the byte's offset.
enum TextDecoding {
    struct Decoded {
        var bytes: [UInt8]
        var charset: String
    }

    /// - Throws: `IntakeError.empty`, `.binary` or `.undecodable`.
    static func decode(_ page: Page) throws(IntakeError) -> Decoded {
        let bytes = page.bytes
        if bytes.isEmpty { throw .empty(page: page.name) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return try utf8(Array(bytes[3...]), page, shift: 3)
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, bigEndian: false, page) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, bigEndian: true, page) }
        if let (kind, offset) = binary(bytes) { throw .binary(page: page.name, kind: kind, offset: offset) }
        let declared = page.charset?.lowercased()
        switch declared {
        case "utf-8", "utf8": return try utf8(bytes, page, shift: 0)
        case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1":
            // Pages that call themselves Latin-1 are Windows-1252, as the WHATWG Encoding Standard has it. What is
            // well-formed UTF-8 with characters beyond ASCII was declared wrongly.
            if let first = firstBeyondASCII(bytes), invalidUTF8(bytes) == nil, first < bytes.count {
                return try utf8(bytes, page, shift: 0)
            }
            return try windows1252(bytes, page)
        case "us-ascii", "ascii", nil: break
        case .some(let other):
            if invalidUTF8(bytes) == nil { break }
            if let known = Charset(label: other), let decoded = known.decode(bytes) {
                if let offset = decoded.first {
                    throw .undecodable(page: page.name, charset: known.name, offset: offset)
                }
                return Decoded(bytes: try notBlank(decoded.text, page), charset: known.name)
            }
            throw .undecodable(page: page.name, charset: other, offset: firstBeyondASCII(bytes) ?? 0)
        }
        if invalidUTF8(bytes) == nil { return try utf8(bytes, page, shift: 0) }
        return try windows1252(bytes, page)
    }

    private static func utf8(_ bytes: [UInt8], _ page: Page, shift: Int) throws(IntakeError) -> Decoded {
        if let bad = invalidUTF8(bytes) { throw .undecodable(page: page.name, charset: "UTF-8", offset: bad + shift) }
        if shift > 0, let (kind, offset) = binary(bytes) {
            throw .binary(page: page.name, kind: kind, offset: offset + shift)
        }
        return Decoded(bytes: try notBlank(bytes, page), charset: "UTF-8")
    }

    private static func notBlank(_ bytes: [UInt8], _ page: Page) throws(IntakeError) -> [UInt8] {
        guard bytes.contains(where: { $0 > 32 }) else { throw .empty(page: page.name) }
        return bytes
    }

    private static func utf16(_ bytes: [UInt8], bigEndian: Bool, _ page: Page) throws(IntakeError) -> Decoded {
        let charset = bigEndian ? "UTF-16BE" : "UTF-16LE"
        guard bytes.count % 2 == 0 else {
            throw .undecodable(page: page.name, charset: charset, offset: bytes.count - 1)
        }
        func unit(_ at: Int) -> UInt16 {
            bigEndian ? UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]) : UInt16(bytes[at + 1]) << 8 | UInt16(bytes[at])
        }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 2
        while at < bytes.count {
            let first = unit(at)
            var scalar = UInt32(first)
            if 0xD800...0xDBFF ~= first {
                guard at + 3 < bytes.count, 0xDC00...0xDFFF ~= unit(at + 2) else {
                    throw .undecodable(page: page.name, charset: charset, offset: at)
                }
                scalar = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit(at + 2)) - 0xDC00)
                at += 2
            }
            guard let character = Unicode.Scalar(scalar) else {
                throw .undecodable(page: page.name, charset: charset, offset: at)
            }
            if scalar == 0 { throw .binary(page: page.name, kind: "binary data (a zero character)", offset: at) }
            out.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
            at += 2
        }
        return Decoded(bytes: try notBlank(out, page), charset: charset)
    }

    private static func windows1252(_ bytes: [UInt8], _ page: Page) throws(IntakeError) -> Decoded {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 8)
        for (offset, byte) in bytes.enumerated() {
            if byte < 0x80 {
                out.append(byte)
                continue
            }
            let scalar = byte < 0xA0 ? high[Int(byte - 0x80)] : UInt16(byte)
            guard scalar != 0, let character = Unicode.Scalar(scalar) else {
                throw .undecodable(page: page.name, charset: "Windows-1252", offset: offset)
            }
            out.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
        }
        return Decoded(bytes: try notBlank(out, page), charset: "Windows-1252")
    }

    /// 0x80 ... 0x9F of Windows-1252; 0 where it has no character.
    static let high: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// The character that a numeric reference of HTML stands for; nil where it is none that text can hold.
    static func scalar(ofReference number: Int) -> Unicode.Scalar? {
        switch number {
        case 0x80..<0xA0: high[number - 0x80] == 0 ? nil : Unicode.Scalar(high[number - 0x80])
        case 9, 10, 13: " "
        case 0..<32, 127: nil
        default: UInt32(exactly: number).flatMap { Unicode.Scalar($0) }
        }
    }

    private static func firstBeyondASCII(_ bytes: [UInt8]) -> Int? { bytes.firstIndex { $0 >= 0x80 } }

    /// What a file that is no text is by its first bytes.
    static func magic(_ bytes: [UInt8]) -> String? {
        for (magic, kind) in magics where bytes.starts(with: magic) { return kind }
        return nil
    }

    /// What a page that is no text looks like, and the byte that shows it; control bytes are looked for up to a limit.
    static func binary(_ bytes: [UInt8], limit: Int = 1 << 16) -> (kind: String, offset: Int)? {
        if let kind = magic(bytes) { return (kind, 0) }
        var control = 0
        for offset in 0..<min(bytes.count, limit) {
            let byte = bytes[offset]
            if byte >= 32 { continue }
            if byte == 0 { return ("binary data (a zero byte)", offset) }
            if byte < 9 || 14...26 ~= byte || 28...31 ~= byte {
                control += 1
                if control * 10 > max(offset, 100) { return ("binary data (control bytes)", offset) }
            }
        }
        if bytes.count > limit {
            let zero = ByteSearch.first(0, in: bytes, from: limit, to: bytes.count)
            if zero < bytes.count { return ("binary data (a zero byte)", zero) }
        }
        return nil
    }

    private static let magics: [([UInt8], String)] = [
        (Array("%PDF".utf8), "a PDF file"), ([0x50, 0x4B, 3, 4], "a ZIP archive or office document"),
        ([0x1F, 0x8B], "gzip data"), ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        (Array("GIF8".utf8), "a GIF picture"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        (Array("SQLite format 3".utf8), "an SQLite file"), ([0xD0, 0xCF, 0x11, 0xE0], "an office document"),
    ]

    /// Offset of the first byte that is no well-formed UTF-8 (Unicode 15, table 3-7); nil where all is.
    static func invalidUTF8(_ bytes: [UInt8]) -> Int? {
        // The standard library's own check looks at many bytes at a time, but does not tell well where it stopped.
        if (try? UTF8Span(validating: bytes.span)) != nil { return nil }
        var at = 0
        let end = bytes.count
        func isTrail(_ index: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
            index < end && low <= bytes[index] && bytes[index] <= high
        }
        while at < end {
            let byte = bytes[at]
            switch byte {
            case 0..<0x80: at += 1
            case 0xC2...0xDF:
                guard isTrail(at + 1) else { return at }
                at += 2
            case 0xE0...0xEF:
                let low: UInt8 = byte == 0xE0 ? 0xA0 : 0x80
                let high: UInt8 = byte == 0xED ? 0x9F : 0xBF
                guard isTrail(at + 1, low, high), isTrail(at + 2) else { return at }
                at += 3
            case 0xF0...0xF4:
                let low: UInt8 = byte == 0xF0 ? 0x90 : 0x80
                let high: UInt8 = byte == 0xF4 ? 0x8F : 0xBF
                guard isTrail(at + 1, low, high), isTrail(at + 2), isTrail(at + 3) else { return at }
                at += 4
            default: return at
            }
        }
        return nil
    }
}
