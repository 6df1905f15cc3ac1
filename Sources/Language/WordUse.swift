/// How a word stands elsewhere in its story: what a reader knows who has read the whole of it.
package struct WordUse: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In small letters.
    static let small = WordUse(rawValue: 1 << 0)
    /// With a capital inside a sentence that is no headline.
    static let capital = WordUse(rawValue: 1 << 1)
    /// Behind a title or a given name.
    static let person = WordUse(rawValue: 1 << 2)
    /// Among capitalised words with one for a body: "Ministry", "Bank".
    static let body = WordUse(rawValue: 1 << 3)
    /// Behind "in" or "near".
    static let place = WordUse(rawValue: 1 << 4)

    private static let count = 5

    /// The use of each token's word at all its other places in the story.
    ///
    /// - Complexity: O(*n*) in tokens; a hash table of their words is made.
    static func find(
        _ tokens: [Token], _ sentences: [Range<Int>], _ bytes: [UInt8], _ vocabulary: Vocabulary
    ) -> [WordUse] {
        var own = [WordUse](repeating: [], count: tokens.count)
        var slots = [Int32](repeating: -1, count: tokens.count)
        var size = 64
        while size < tokens.count * 2 { size *= 2 }
        // A word's hash, and for each use how often it was seen, up to 63 times.
        var table = [UInt64](repeating: 0, count: size)
        var key: [UInt8] = []
        var hashes = [UInt32](repeating: 0, count: tokens.count)
        for sentence in sentences {
            var words = 0
            var capitals = 0
            for index in sentence where !tokens[index].isPunctuation {
                words += 1
                if tokens[index].isCapitalized { capitals += 1 }
                key.removeAll(keepingCapacity: true)
                Lexicon.fold(
                    bytes, Int(tokens[index].start), min(Int(tokens[index].end), Int(tokens[index].start) + 64),
                    into: &key)
                hashes[index] = Lexicon.hash(key) | 1
            }
            let isHeadline = words > 1 && capitals * 5 >= words * 3
            for index in sentence where !tokens[index].isPunctuation && !tokens[index].isIn(.functionWord) {
                let use = use(index, sentence, isHeadline, tokens, hashes, vocabulary)
                var slot = Int(hashes[index]) & (size - 1)
                while table[slot] != 0, UInt32(table[slot] >> 32) != hashes[index] { slot = (slot + 1) & (size - 1) }
                var entry = table[slot] == 0 ? UInt64(hashes[index]) << 32 : table[slot]
                for bit in 0..<WordUse.count where use.rawValue & 1 << UInt8(bit) != 0 {
                    if entry >> UInt64(6 * bit) & 63 < 63 { entry += 1 << UInt64(6 * bit) }
                }
                table[slot] = entry
                own[index] = use
                slots[index] = Int32(slot)
            }
        }
        var uses = own
        for index in tokens.indices {
            guard slots[index] >= 0 else { continue }
            let entry = table[Int(slots[index])]
            var bits: UInt8 = 0
            for bit in 0..<WordUse.count {
                let seen = entry >> UInt64(6 * bit) & 63
                if seen > UInt64(own[index].rawValue >> UInt8(bit) & 1) { bits |= 1 << UInt8(bit) }
            }
            uses[index] = WordUse(rawValue: bits)
        }
        return uses
    }

    private static func use(
        _ index: Int, _ sentence: Range<Int>, _ isHeadline: Bool, _ tokens: [Token], _ hashes: [UInt32],
        _ vocabulary: Vocabulary
    ) -> WordUse {
        guard tokens[index].isCapitalized else { return .small }
        guard !isHeadline else { return [] }
        var use: WordUse = []
        if index > sentence.lowerBound, !tokens[index - 1].isPunctuation {
            use.insert(.capital)
            let before = tokens[index - 1]
            if before.isCapitalized {
                let isName = before.isIn(.title) || vocabulary.lookUp(hash: hashes[index - 1]).names & 3 != 0
                if isName { use.insert(.person) }
            } else if hashes[index - 1] == inHash || hashes[index - 1] == nearHash {
                use.insert(.place)
            }
        }
        var at = index
        while at < min(sentence.upperBound, index + 5), tokens[at].isCapitalized {
            if at > index, tokens[at].isIn(.organizationNoun) { use.insert(.body) }
            at += 1
        }
        return use
    }

    private static let inHash = Lexicon.hash("in".utf8) | 1
    private static let nearHash = Lexicon.hash("near".utf8) | 1
}
