internal import Language
internal import Stories

/// The hash (FNV-1a, 64 bits) of a place's name, normalised as the table's keys are: lower case, no accents, apostrophes
/// or points, words parted by one space, and an Arabic article amid a name always as `al`.
struct PlaceKey {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var words = 0
    private var word: [UInt8] = []

    /// Takes in the next token of a name. A hyphen parts words and adds none.
    mutating func append(_ token: Int, of analysis: Analysis) {
        word.removeAll(keepingCapacity: true)
        let bytes = analysis.story.bytes
        var at = Int(analysis.tokens[token].start)
        let end = Int(analysis.tokens[token].end)
        while at < end {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "."), UInt8(ascii: "-"): break
            case 0xC3...0xC5 where at + 1 < end:
                word.append(contentsOf: PlaceKey.plain[Int(byte - 0xC3) * 64 + Int(bytes[at + 1] & 63)])
                at += 1
            case 0xE2 where at + 2 < end && bytes[at + 1] == 0x80: at += 2
            default: word.append(byte)
            }
            at += 1
        }
        guard !word.isEmpty else { return }
        if words > 0 {
            add(UInt8(ascii: " "))
            if word.count <= 3, PlaceKey.articles.contains(word) { word = PlaceKey.articles[0] }
        }
        for byte in word { add(byte) }
        words += 1
    }

    /// The key of a division's abbreviation behind a comma.
    mutating func beginAbbreviation() {
        add(UInt8(ascii: ","))
        add(UInt8(ascii: " "))
    }

    private mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    private static let articles = [
        "al", "el", "ez", "az", "es", "as", "ad", "ed", "ar", "er", "ash", "esh", "at", "an", "ul", "uz",
    ].map { Array($0.utf8) }

    /// The letters of U+00C0 to U+017F without their accents.
    private static let plain: [[UInt8]] = [
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o",
        "o",
        "", "o", "u", "u", "u", "u", "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i",
        "i",
        "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
        "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", "d", "d", "e", "e", "e", "e",
        "e", "e",
        "e", "e", "e", "e", "g", "g", "g", "g", "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i",
        "i", "i",
        "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
        "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", "o", "o", "oe", "oe", "r", "r",
        "r", "r",
        "r", "r", "s", "s", "s", "s", "s", "s", "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u",
        "u", "u",
        "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
    ].map { Array($0.utf8) }
}
