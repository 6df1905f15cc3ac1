internal import Glibc

/// A character set by the name that pages give it, and its conversion to UTF-8 by the C library.
struct Charset {
    /// As the C library knows it.
    let name: String

    /// The character set of a label as HTTP, `meta` and XML have it; nil where there is none.
    ///
    /// Labels mean what browsers take them for (WHATWG Encoding Standard): Latin-1 is Windows-1252, GB2312 is GB18030.
    init?(label: String) {
        let label = label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        if let known = Charset.labels[label] {
            name = known
        } else if label.hasPrefix("iso-8859-") || label.hasPrefix("windows-125") {
            name = label.uppercased().replacing("WINDOWS-", with: "CP")
        } else if label.hasPrefix("cp125") {
            name = label.uppercased()
        } else if label.hasPrefix("iso8859-") {
            name = "ISO-8859-" + label.dropFirst(8)
        } else {
            return nil
        }
    }

    /// A character set of the C library.
    init(name: String) { self.name = name }

    private static let labels: [String: String] = {
        var labels: [String: String] = [:]
        let groups: [(String, String)] = [
            ("UTF-8", "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8"),
            (
                "CP1252",
                "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 us-ascii ascii ansi"
            ),
            ("CP1254", "iso-8859-9 latin5 windows-1254"), ("CP874", "iso-8859-11 tis-620 windows-874 dos-874"),
            ("ISO-8859-2", "latin2 l2"), ("ISO-8859-5", "cyrillic"), ("ISO-8859-7", "greek"),
            ("ISO-8859-8", "iso-8859-8-i iso-8859-8-e hebrew logical"), ("ISO-8859-6", "arabic"),
            ("KOI8-R", "koi8-r koi8 koi koi8_r cskoi8r"), ("KOI8-U", "koi8-u koi8-ru"),
            ("CP866", "ibm866 cp866 866"), ("MACINTOSH", "macintosh mac x-mac-roman"),
            ("CP932", "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j ms932 csshiftjis"),
            ("EUC-JP", "euc-jp x-euc-jp cseucpkdfmtjapanese"), ("ISO-2022-JP", "iso-2022-jp csiso2022jp"),
            ("GB18030", "gb18030 gbk gb2312 gb_2312-80 x-gbk chinese csgb2312 gb_2312 cp936"),
            ("BIG5-HKSCS", "big5 big5-hkscs cn-big5 x-x-big5 csbig5"),
            ("CP949", "euc-kr euckr ks_c_5601-1987 ks_c_5601-1989 korean windows-949 cseuckr ksc5601"),
            ("UTF-16LE", "utf-16 utf-16le ucs-2 unicode"), ("UTF-16BE", "utf-16be"),
        ]
        for (name, known) in groups {
            for label in known.split(separator: " ") { labels[String(label)] = name }
        }
        return labels
    }()

    /// Bytes in UTF-8, with U+FFFD for what the character set lacks; nil where the C library lacks the character set.
    ///
    /// - Returns: the text, how much of it was replaced, and the first byte that was.
    func decode(_ bytes: [UInt8]) -> (text: [UInt8], replaced: Int, first: Int?)? {
        let converter = unsafe iconv_open("UTF-8", name)
        guard Int(bitPattern: converter) != -1 else { return nil }
        defer { unsafe iconv_close(converter) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 2)
        var replaced = 0
        var first: Int?
        var input = bytes
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        unsafe input.withUnsafeMutableBytes { source in
            unsafe chunk.withUnsafeMutableBytes { target in
                var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = source.count
                while left > 0 {
                    var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var room = target.count
                    let result = unsafe iconv(converter, &from, &left, &to, &room)
                    let isFull = errno == E2BIG
                    unsafe text.append(contentsOf: target.prefix(target.count - room))
                    if result != -1 { break }
                    if isFull { continue }
                    // A byte that begins no character, or one that the end cuts off.
                    first = first ?? bytes.count - left
                    replaced += 1
                    text.append(contentsOf: [0xEF, 0xBF, 0xBD])
                    unsafe from = from.map { unsafe $0 + 1 }
                    left -= 1
                }
            }
        }
        return (text, replaced, first)
    }
}
