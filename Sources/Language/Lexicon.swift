/// The word knowledge of the pipeline: a read-only table from words to numbers, lemmas, tags and lists.
///
/// The table is compiled from `Data/` by `compile-data`, embedded in the executable, and unpacked once. Words are keyed
/// by their bytes with letter case folded (A–Z, and À–Þ) and curly apostrophes made straight. Entries of several words
/// are keyed by their words with single spaces between.
///
/// Layout, little-endian 32-bit numbers unless said otherwise: magic, entry count, slot count, value count, pool size;
/// entries of 8 words (pool offset; length and longest phrase; lemma; tags; lists, low and high; values from, to);
/// hash slots (entry number, 0 is empty); values (list in the top 8 bits, number in the low 24, signed); pool bytes.
public struct Lexicon: Sendable {
    /// What the table says of one word.
    struct Entry: Sendable {
        var offset: UInt32
        /// Length of the key in bytes, in the low 16 bits; how many words the longest phrase that begins here has, above.
        var length: UInt32
        var lemma: UInt32
        /// The likeliest tag in the low 8 bits; above them a bit for each tag seen.
        var tags: UInt32
        var lists: UInt64
        var values: UInt32
        var valuesEnd: UInt32
    }

    /// First bytes of a compiled table.
    public static let magic: UInt32 = 0x3158_4C4F

    /// The table that ships with Onrecord.
    public static let shared = Lexicon(bytes: EmbeddedTable.lexicon())

    let entries: [Entry]
    let slots: [UInt32]
    let values: [Int32]
    let pool: [UInt8]

    /// Reads a compiled table. A table that is cut or of another version reads as empty.
    public init(bytes: [UInt8]) {
        var reader = TableReader(bytes)
        guard reader.next() == Lexicon.magic, let entryCount = reader.next(), let slotCount = reader.next(),
            let valueCount = reader.next(), let poolCount = reader.next(),
            20 + Int(entryCount) * 32 + Int(slotCount) * 4 + Int(valueCount) * 4 + Int(poolCount) == bytes.count,
            slotCount.nonzeroBitCount == 1
        else {
            entries = []
            slots = []
            values = []
            pool = []
            return
        }
        var entries: [Entry] = []
        entries.reserveCapacity(Int(entryCount))
        for _ in 0..<entryCount {
            entries.append(
                Entry(
                    offset: reader.take(), length: reader.take(), lemma: reader.take(), tags: reader.take(),
                    lists: UInt64(reader.take()) | UInt64(reader.take()) << 32, values: reader.take(),
                    valuesEnd: reader.take()))
        }
        self.entries = entries
        slots = (0..<slotCount).map { _ in reader.take() }
        values = (0..<valueCount).map { _ in Int32(bitPattern: reader.take()) }
        pool = Array(bytes[reader.at...])
    }

    /// How many words the table holds.
    public var count: Int { entries.count }

    /// The hash that places a key in the slots (FNV-1a, 32 bits).
    public static func hash(_ key: some Sequence<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in key { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash ^ hash >> 15
    }

    /// The number of the word or phrase with that folded key; 0 where the table has none.
    public func word(_ key: [UInt8]) -> UInt32 { word(key, count: key.count) }

    /// The number of the word or phrase of that text; 0 where the table has none.
    public func word(_ text: some StringProtocol) -> UInt32 {
        var key: [UInt8] = []
        let bytes = Array(text.utf8)
        Lexicon.fold(bytes, 0, bytes.count, into: &key)
        return word(key)
    }

    func word(_ key: [UInt8], count: Int) -> UInt32 {
        guard !slots.isEmpty else { return 0 }
        var hash: UInt32 = 2_166_136_261
        for index in 0..<count { hash = (hash ^ UInt32(key[index])) &* 16_777_619 }
        let mask = slots.count - 1
        var slot = Int(hash ^ hash >> 15) & mask
        while true {
            let number = slots[slot]
            if number == 0 { return 0 }
            let entry = entries[Int(number)]
            if Int(entry.length & 0xFFFF) == count {
                let offset = Int(entry.offset)
                var same = true
                for index in 0..<count where pool[offset + index] != key[index] {
                    same = false
                    break
                }
                if same { return number }
            }
            slot = (slot + 1) & mask
        }
    }

    /// The dictionary form's number; the word's own where the table names no other.
    public func lemma(of word: UInt32) -> UInt32 {
        let lemma = word == 0 ? 0 : entries[Int(word)].lemma
        return lemma == 0 ? word : lemma
    }

    /// The lists that a word is in.
    public func lists(of word: UInt32) -> WordLists { WordLists(rawValue: word == 0 ? 0 : entries[Int(word)].lists) }

    /// The likeliest tag of a word, nil where the table knows none.
    public func tag(of word: UInt32) -> Tag? {
        word == 0 || entries[Int(word)].tags >> 8 == 0 ? nil : Tag(rawValue: UInt8(entries[Int(word)].tags & 0xFF))
    }

    /// Whether a word has been seen with `tag`.
    public func canBe(_ word: UInt32, _ tag: Tag) -> Bool {
        word != 0 && entries[Int(word)].tags & (1 << (8 + UInt32(tag.rawValue))) != 0
    }

    /// The number that a word carries in `list`; nil where it is not in it.
    public func value(of word: UInt32, in list: WordList) -> Int? {
        guard word != 0 else { return nil }
        let entry = entries[Int(word)]
        for value in values[Int(entry.values)..<Int(entry.valuesEnd)]
        where UInt32(bitPattern: value) >> 24 == UInt32(list.rawValue) {
            return Int((value << 8) >> 8)
        }
        return nil
    }

    /// The key of a word, letter case folded.
    public func text(of word: UInt32) -> String {
        guard word != 0 else { return "" }
        let entry = entries[Int(word)]
        return String(decoding: pool[Int(entry.offset)..<Int(entry.offset) + Int(entry.length & 0xFFFF)], as: UTF8.self)
    }

    /// How many words the longest phrase has that begins with `word`; 0 where none does.
    public func longestPhrase(from word: UInt32) -> Int { word == 0 ? 0 : Int(entries[Int(word)].length >> 16) }

    func phrase(at token: Int, in list: WordList, tokens: [Token], bytes: [UInt8], before limit: Int)
        -> (count: Int, value: Int)?
    {
        let first = tokens[token].word
        let longest = min(longestPhrase(from: first), limit - token)
        if longest >= 2 {
            var key: [UInt8] = []
            var ends: [Int] = []
            for index in token..<token + longest {
                if index > token { key.append(UInt8(ascii: " ")) }
                Lexicon.fold(bytes, Int(tokens[index].start), Int(tokens[index].end), into: &key)
                ends.append(key.count)
            }
            for count in stride(from: longest, through: 2, by: -1) {
                let number = word(key, count: ends[count - 1])
                if let value = value(of: number, in: list) { return (count, value) }
            }
        }
        guard tokens[token].isIn(list), let value = value(of: first, in: list) else { return nil }
        return (1, value)
    }

    /// Appends the folded bytes of `bytes[start..<end]` to `key`: letter case folded, curly apostrophes made straight.
    public static func fold(_ bytes: [UInt8], _ start: Int, _ end: Int, into key: inout [UInt8]) {
        var at = start
        while at < end {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
            case 0xC3 where at + 1 < end:
                let next = bytes[at + 1]
                key.append(byte)
                key.append(0x80...0x9E ~= next && next != 0x97 ? next | 0x20 : next)
                at += 1
            case 0xE2 where at + 2 < end && bytes[at + 1] == 0x80 && 0x98...0x99 ~= bytes[at + 2]:
                key.append(UInt8(ascii: "'"))
                at += 2
            default: key.append(byte)
            }
            at += 1
        }
    }
}
