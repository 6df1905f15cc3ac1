/// Turns the bytes of a web page into UTF-8: by its byte order mark, by the character set that came with it, by its `meta`
/// element, else by what its bytes look like.
///
/// Well-formed UTF-8 is UTF-8 whatever a page says. A byte here and there that its character set lacks becomes U+FFFD, as in
/// browsers: a page of the web is not refused for an advertiser's broken name.
enum WebDecoding {
    /// - Throws: `IntakeError.empty`, `.binary` or `.undecodable`.
    static func decode(_ page: Page) throws(IntakeError) -> [UInt8] {
        var bytes = page.bytes
        if bytes.isEmpty { throw .empty(page: page.name) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return try TextDecoding.decode(page).bytes
        }
        let declared = (page.charset ?? declaredCharset(bytes)).flatMap { Charset(label: $0) }
        if let declared, declared.name.hasPrefix("UTF-16"), bytes.prefix(64).contains(0) {
            return try lenient(declared, bytes, page)
        }
        if let magic = TextDecoding.magic(bytes) { throw .binary(page: page.name, kind: magic, offset: 0) }
        if ByteSearch.first(0, in: bytes, from: 0, to: bytes.count) < bytes.count {
            // Zero bytes here and there are a fault of the server; many are no text.
            let zeros = bytes.reduce(0) { $1 == 0 ? $0 + 1 : $0 }
            guard zeros * 100 <= bytes.count else {
                let offset = bytes.firstIndex(of: 0) ?? 0
                throw .binary(page: page.name, kind: "binary data (a zero byte)", offset: offset)
            }
            bytes.removeAll { $0 == 0 }
        }
        if TextDecoding.invalidUTF8(bytes) == nil {
            // Its escapes are ASCII.
            if declared?.name == "ISO-2022-JP" || hasJapaneseEscapes(bytes) {
                return try lenient(Charset(name: "ISO-2022-JP"), bytes, page)
            }
            return try text(bytes, page)
        }
        if let declared, declared.name != "UTF-8", let decoded = declared.decode(bytes),
            decoded.replaced * 50 <= beyondASCII(bytes)
        {
            return try text(decoded.text, page)
        }
        if let repaired = repairedUTF8(bytes) { return try text(repaired, page) }
        return try lenient(CharsetGuess.charset(bytes), bytes, page)
    }

    private static func lenient(_ charset: Charset, _ bytes: [UInt8], _ page: Page) throws(IntakeError) -> [UInt8] {
        guard let decoded = charset.decode(bytes), decoded.replaced * 4 <= max(8, beyondASCII(bytes)) else {
            throw .undecodable(
                page: page.name, charset: charset.name, offset: bytes.firstIndex { $0 >= 0x80 } ?? 0)
        }
        return try text(decoded.text, page)
    }

    /// What is left is text, or refused: no control characters by the dozen, not blank.
    private static func text(_ bytes: [UInt8], _ page: Page) throws(IntakeError) -> [UInt8] {
        if let (kind, offset) = TextDecoding.binary(bytes, limit: 1 << 12) {
            throw .binary(page: page.name, kind: kind, offset: offset)
        }
        guard bytes.contains(where: { $0 > 32 }) else { throw .empty(page: page.name) }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
    }

    private static func beyondASCII(_ bytes: [UInt8]) -> Int { bytes.reduce(0) { $1 >= 0x80 ? $0 + 1 : $0 } }

    /// UTF-8 with a few bad bytes, these replaced; nil where it is something else.
    private static func repairedUTF8(_ bytes: [UInt8]) -> [UInt8]? {
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        var bad = 0
        var good = 0
        for at in repaired.indices where repaired[at] >= 0xC2 {
            if repaired[at] == 0xEF, repaired[at + 1] == 0xBF, repaired[at + 2] == 0xBD { bad += 1 } else { good += 1 }
        }
        return bad <= 2 && good > bad || bad * 20 <= good ? repaired : nil
    }

    private static func hasJapaneseEscapes(_ bytes: [UInt8]) -> Bool {
        var at = 0
        while true {
            at = ByteSearch.first(0x1B, in: bytes, from: at, to: bytes.count)
            guard at + 2 < bytes.count else { return false }
            if bytes[at + 1] == UInt8(ascii: "$"),
                bytes[at + 2] == UInt8(ascii: "B") || bytes[at + 2] == UInt8(ascii: "@")
            {
                return true
            }
            at += 1
        }
    }

    /// The character set that a `meta` element, or an XML declaration, in the first bytes names.
    static func declaredCharset(_ bytes: [UInt8]) -> String? {
        let end = min(bytes.count, 8192)
        var at = 0
        while at < end {
            let byte = bytes[at] | 0x20
            if byte == UInt8(ascii: "c") || byte == UInt8(ascii: "e"),
                ByteSearch.matches("charset", in: bytes, at: at)
                    || at < 128
                        && ByteSearch.matches("encoding", in: bytes, at: at)
            {
                var start = at + (byte == UInt8(ascii: "c") ? 7 : 8)
                while start < end, bytes[start] <= 32 { start += 1 }
                if start < end, bytes[start] == UInt8(ascii: "=") {
                    start += 1
                    while start < end,
                        bytes[start] <= 32 || bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
                    {
                        start += 1
                    }
                    var close = start
                    while close < end, close < start + 40, isLabel(bytes[close]) { close += 1 }
                    if close > start, isDeclaring(bytes, at) {
                        return String(decoding: bytes[start..<close], as: UTF8.self)
                    }
                }
            }
            at += 1
        }
        return nil
    }

    /// Whether a place stands in a `meta` element or an XML declaration.
    private static func isDeclaring(_ bytes: [UInt8], _ place: Int) -> Bool {
        var at = place
        while at > 0, place - at < 400, bytes[at] != UInt8(ascii: "<") { at -= 1 }
        return ByteSearch.matches("<meta", in: bytes, at: at) || ByteSearch.matches("<?xml", in: bytes, at: at)
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

/// Guesses the character set of bytes that are no UTF-8 and say nothing of themselves.
enum CharsetGuess {
    /// The likeliest character set; Windows-1252 where nothing speaks for another.
    static func charset(_ bytes: [UInt8]) -> Charset {
        // Bytes of letters beyond ASCII stand alone in Latin scripts, in runs in others.
        var counts = [Int](repeating: 0, count: 8)
        var high = 0
        var beside = 0
        var isAfterHigh = false
        for byte in bytes {
            if byte >= 0x80 {
                high += 1
                counts[Int(byte - 0x80) >> 4] += 1
                if isAfterHigh { beside += 1 }
            }
            isAfterHigh = byte >= 0x80
        }
        if let byLanguage = language(bytes).flatMap({ charset(ofLanguage: $0, counts) }) { return byLanguage }
        guard beside * 5 > high * 2 else { return Charset(name: "CP1252") }
        let letters = counts[4] + counts[5] + counts[6] + counts[7]
        if letters * 100 > high * 92 {
            return Charset(name: counts[6] + counts[7] > counts[4] + counts[5] ? "CP1251" : "KOI8-R")
        }
        let candidates = ["CP932", "EUC-JP", "GB18030", "BIG5-HKSCS", "CP949"]
        let sample = Array(bytes.filter { $0 != 0 }.prefix(1 << 16))
        let best = candidates.map { ($0, score(sample, $0)) }.max { $0.1 < $1.1 }
        if let best, best.1 > 0 { return Charset(name: best.0) }
        return Charset(name: letters * 10 > high * 8 ? "CP1251" : "CP1252")
    }

    /// How well text reads in a character set of East Asia: kana, syllables, common ideographs; against it what is rare.
    private static func score(_ sample: [UInt8], _ name: String) -> Int {
        guard let decoded = Charset(name: name).decode(sample) else { return .min }
        var score = -decoded.replaced * 40
        for scalar in String(decoding: decoded.text, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x3040..<0x30FF: score += name == "CP932" || name == "EUC-JP" ? 4 : 1
            case 0xAC00..<0xD7A4: score += 4
            case 0x4E00..<0x9FFF: score += commonest.contains(scalar) ? 6 : 1
            case 0x3000..<0x3020, 0xFF01..<0xFF20: score += 2
            case 0xFF61..<0xFFA0, 0xE000..<0xF900, 0x3400..<0x4E00, 0x2500..<0x2580: score -= 6
            default: break
            }
        }
        return score
    }

    /// The ideographs that are most frequent in Chinese and Japanese news.
    private static let commonest = Set(
        "的一是不了在人有我他这個们中来上大為和国地到以說時要就出会可也你對生能而子那得于着下自之年過発後作里用道行所然家種事成方多経么去法学如都同現當没動面起看定天分還進好小部其些主樣理心本前開但因只從想実日者意無力它与長把機十民第公此已工使情明性知全三又関点正業外將兩高間由問很最重並物手応戦向頭文体政美相見被利什二等産或新己制身果加西斯月話合回特代内信表化老給世位次度門任常先海通教児原東声提立及比員解水名真論処走義各入幾口認条平系気題活爾更別打女変四神総何電数安少報才結反受目太量再感建務做接必場件計管期市直徳資命山金指克許統区保至隊形社便空決治展馬科司五基眼書非則聴白却界達光放強即像難且権思王象完設式色路記南品住告類求据程北邊死張該交規万取拉格望覚術領共確傳師觀清今切院讓識候帯導争運"
            .unicodeScalars)

    private static func charset(ofLanguage language: String, _ counts: [Int]) -> Charset? {
        switch language.prefix(2) {
        case "ru", "uk", "bg", "be", "mk", "sr":
            Charset(name: counts[4] + counts[5] > counts[6] + counts[7] ? "KOI8-R" : "CP1251")
        case "pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs": Charset(name: "CP1250")
        case "el": Charset(name: "CP1253")
        case "tr", "az": Charset(name: "CP1254")
        case "he": Charset(name: "CP1255")
        case "ar", "fa": Charset(name: "CP1256")
        case "lt", "lv", "et": Charset(name: "CP1257")
        case "vi": Charset(name: "CP1258")
        case "th": Charset(name: "CP874")
        case "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "no", "fi": Charset(name: "CP1252")
        default: nil
        }
    }

    /// The language that the `html` element gives.
    private static func language(_ bytes: [UInt8]) -> String? {
        let head = Array(bytes.prefix(8192))
        guard let tag = ByteSearch.first("<html", in: head, from: 0) else { return nil }
        let close = ByteSearch.first(UInt8(ascii: ">"), in: head, from: tag, to: head.count)
        for at in tag..<close where ByteSearch.matches("lang=", in: head, at: at) {
            let value = head[min(head.count, at + 5)...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            return String(decoding: value.prefix(2), as: UTF8.self).lowercased()
        }
        return nil
    }
}
