/// What kind of byte or short byte run stands at a place in UTF-8 text, as far as tokens need to know.
enum ByteClass: UInt8 {
    case space, letter, digit, apostrophe, quote, openBracket, closeBracket, stop, ellipsis, comma, hyphen, dash, slash
    case currency, percent, symbol

    /// The class of what begins at `bytes[at]`, and how many bytes it takes.
    ///
    /// Letters beyond ASCII count as letters one scalar at a time; marks of general punctuation as what they are.
    static func at(_ at: Int, in bytes: [UInt8], before end: Int) -> (class: ByteClass, count: Int) {
        let byte = bytes[at]
        if byte < 0x80 { return (ascii[Int(byte)], 1) }
        let second = at + 1 < end ? bytes[at + 1] : 0
        let third = at + 2 < end ? bytes[at + 2] : 0
        switch byte {
        case 0xC2:
            switch second {
            case 0xA0, 0x85: return (.space, 2)
            case 0xAB, 0xBB: return (.quote, 2)
            case 0xA3, 0xA2, 0xA5: return (.currency, 2)
            case 0xAA, 0xB5, 0xBA: return (.letter, 2)
            case 0xB4: return (.apostrophe, 2)
            default: return (.symbol, 2)
            }
        case 0xC3:
            return (second == 0x97 || second == 0xB7 ? .symbol : .letter, 2)
        case 0xE2:
            switch (second, third) {
            case (0x80, 0x80...0x8F), (0x80, 0xA8...0xAF), (0x81, 0x9F...0xA4): return (.space, 3)
            case (0x80, 0x90...0x91): return (.hyphen, 3)
            case (0x80, 0x92...0x95): return (.dash, 3)
            case (0x80, 0x98...0x9B): return (.apostrophe, 3)
            case (0x80, 0x9C...0x9F), (0x80, 0xB9...0xBA): return (.quote, 3)
            case (0x80, 0xA6): return (.ellipsis, 3)
            case (0x82, _): return (.currency, 3)
            case (0x80...0x83, _), (0x85...0xAF, _): return (.symbol, 3)
            default: return (.letter, 3)
            }
        case 0xE3 where second == 0x80:
            return (third == 0x80 ? .space : .symbol, 3)
        case 0xEF:
            if second == 0xBB, third == 0xBF { return (.space, 3) }
            return (second == 0xBF ? .symbol : .letter, 3)
        case 0xC4...0xDF: return (.letter, 2)
        case 0xE0...0xEF: return (.letter, 3)
        case 0xF0...0xF7: return (.symbol, 4)
        default: return (.symbol, 1)
        }
    }

    /// The class of each ASCII byte.
    static let ascii: [ByteClass] = (UInt8(0)..<128).map { byte in
        switch byte {
        case 0...32, 127: .space
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): .letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "'"), UInt8(ascii: "`"): .apostrophe
        case UInt8(ascii: "\""): .quote
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): .openBracket
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): .closeBracket
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): .stop
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): .comma
        case UInt8(ascii: "-"): .hyphen
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "$"): .currency
        case UInt8(ascii: "%"): .percent
        default: .symbol
        }
    }
}
