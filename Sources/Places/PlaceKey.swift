internal import Language
internal import Stories

/// The hash (FNV-1a, 64 bits) of a place's name, normalised as the table's keys are: lower case, no accents, apostrophes
/// or points, words parted by one space, `St.` as `saint`, and an Arabic article amid a name always as `al`.
struct PlaceKey {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var words = 0
    private var text: [UInt8] = []

    /// Takes in the next token of a name. A hyphen parts words and adds none.
    mutating func append(_ token: Int, of analysis: Analysis) {
        append(analysis.story.bytes, Int(analysis.tokens[token].start), Int(analysis.tokens[token].end))
    }

    /// Takes in a clitic, which its word holds: `'s` of “King's Lynn”.
    mutating func join(_ token: Int, of analysis: Analysis) {
        append(
            analysis.story.bytes, Int(analysis.tokens[token].start), Int(analysis.tokens[token].end), isJoined: true)
    }

    /// Takes in the next word of a name.
    mutating func append(_ bytes: [UInt8], _ start: Int, _ end: Int, isJoined: Bool = false) {
        let before = text.count
        if words > 0, !isJoined { text.append(UInt8(ascii: " ")) }
        let first = text.count
        var at = start
        while at < end {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.append(byte | 0x20)
            case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "."), UInt8(ascii: "-"): break
            case 0xC3...0xC5 where at + 1 < end:
                text.append(contentsOf: PlaceKey.plain[Int(byte - 0xC3) * 64 + Int(bytes[at + 1] & 63)])
                at += 1
            case 0xE2 where at + 2 < end && bytes[at + 1] == 0x80: at += 2
            default: text.append(byte)
            }
            at += 1
        }
        guard text.count > first else {
            text.removeLast(text.count - before)
            return
        }
        if text.count - first <= 3, !isJoined { replaceShort(from: first) }
        for index in before..<text.count { add(text[index]) }
        if !isJoined { words += 1 }
    }

    /// An article amid a name is `al`; `St` is `saint`.
    private mutating func replaceShort(from first: Int) {
        let word = text[first...]
        if let whole = PlaceKey.whole.first(where: { word.elementsEqual($0.short) }) {
            text.replaceSubrange(first..., with: whole.long)
        } else if words > 0, PlaceKey.articles.contains(where: { word.elementsEqual($0) }) {
            text.replaceSubrange(first..., with: PlaceKey.articles[0])
        }
    }

    /// The key of a division's abbreviation behind a comma.
    mutating func beginAbbreviation() {
        add(UInt8(ascii: ","))
        add(UInt8(ascii: " "))
    }

    /// Takes in a plain word that does not stand in the text.
    mutating func append(word: String) {
        let bytes = Array(word.utf8)
        append(bytes, 0, bytes.count)
    }

    private mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// The key of what all spellings of a name from another script share: no vowels but the first, alike consonants as one,
    /// no article (`deir al zor`, `dayr al zawr` → `dr sr`). Nil where too little is left to tell names apart.
    var skeleton: UInt64? {
        var bones = PlaceKey()
        bones.add(UInt8(ascii: "~"))
        var count = 0
        var wordCount = 0
        for (index, word) in text.split(separator: UInt8(ascii: " ")).enumerated() {
            if word.elementsEqual(PlaceKey.articles[0]) { continue }
            if index == 0, words > 1, PlaceKey.articles.contains(where: { word.elementsEqual($0) }) { continue }
            var last: UInt8 = 0
            for (position, letter) in word.enumerated() {
                guard let bone = PlaceKey.bone(letter, isFirst: position == 0) else { continue }
                guard bone != last else { continue }
                if last == 0, wordCount > 0 { bones.add(UInt8(ascii: " ")) }
                bones.add(bone)
                last = bone
                count += 1
            }
            if last != 0 { wordCount += 1 }
        }
        return count >= 3 && text.count >= 5 ? bones.hash : nil
    }

    private static func bone(_ letter: UInt8, isFirst: Bool) -> UInt8? {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"):
            isFirst ? UInt8(ascii: "a") : nil
        case UInt8(ascii: "h"), UInt8(ascii: "w"), UInt8(ascii: "y"): isFirst ? letter : nil
        case UInt8(ascii: "q"), UInt8(ascii: "c"): UInt8(ascii: "k")
        case UInt8(ascii: "j"): UInt8(ascii: "g")
        case UInt8(ascii: "z"): UInt8(ascii: "s")
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): letter
        default: nil
        }
    }

    private static let articles = [
        "al", "el", "ez", "az", "es", "as", "ad", "ed", "ar", "er", "ash", "esh", "at", "an", "ul", "uz",
    ].map { Array($0.utf8) }

    private static let whole: [(short: [UInt8], long: [UInt8])] = [
        ("st", "saint"), ("ste", "sainte"), ("mt", "mount"), ("ft", "fort"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// The letters of U+00C0 to U+017F without their accents.
    private static let plain: [[UInt8]] = [
        "a a a a a a ae c e e e e i i i i d n o o o o o * o u u u u y th ss",
        "a a a a a a ae c e e e e i i i i d n o o o o o * o u u u u y th y",
        "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h",
        "i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe",
        "r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s",
    ].flatMap { $0.split(separator: " ").map { $0 == "*" ? [] : Array($0.utf8) } }
}
