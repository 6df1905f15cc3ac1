internal import Stories

/// What the network sees of a word: the rows of the embedding table whose sum stands for it.
///
/// The word itself with letter case folded, its beginning and endings, its spelling, the cluster of words that it is used
/// like (Brown et al. 1992), the word lists it is in, whether it is a given name, a surname, a place or a body, whether a
/// known name of several words runs over it, and how it stands elsewhere in its story.
package struct WordFeatures: Sendable {
    /// Rows of each word.
    package static let count = 13

    private static let prefixes = 4096
    private static let pairs = 1024
    private static let endings = 4096
    private static let edges = 2048
    private static let shapes = 1024
    private static let clusters = 4096
    private static let clusterTops = 64
    private static let listSets = 512
    private static let places = 64
    private static let nameWords = 64
    private static let organizations = 16
    private static let elsewhere = 64

    /// How many rows a table has beside those of the vocabulary.
    package static let fixedRows =
        prefixes + pairs + endings + edges + shapes + clusters + clusterTops + listSets + places + nameWords
        + organizations + elsewhere

    private static let lists: [WordList] = [
        .givenName, .locationName, .organizationName, .nationality, .title, .personRole, .mediaName, .organizationNoun,
        .locationNoun,
    ]

    private let vocabulary: Vocabulary
    private let lexicon: Lexicon

    package init(vocabulary: Vocabulary, lexicon: Lexicon = .shared) {
        self.vocabulary = vocabulary
        self.lexicon = lexicon
    }

    /// How the word of each token stands at its other places in a story.
    package func uses(_ tokens: [Token], _ sentences: [Range<Int>], _ bytes: [UInt8]) -> [WordUse] {
        WordUse.find(tokens, sentences, bytes, vocabulary)
    }

    /// Appends the rows of each token of a sentence.
    ///
    /// - Parameter elsewhere: how the words of these tokens stand elsewhere in their story.
    package func append(
        _ tokens: [Token], _ sentence: Range<Int>, _ bytes: [UInt8], elsewhere: [WordUse], to rows: inout [UInt32]
    ) {
        var words = 0
        var upper = 0
        for index in sentence where !tokens[index].isPunctuation {
            words += 1
            if tokens[index].shape.contains(.allCapitals) { upper += 1 }
        }
        let shouting = words > 1 && upper * 4 >= words * 3
        var known = 0
        var knownEnd = sentence.lowerBound
        var key: [UInt8] = []
        for index in sentence {
            let token = tokens[index]
            var isInside = true
            if index >= knownEnd {
                known = 0
                isInside = false
                if token.isCapitalized, token.word != 0 {
                    if let phrase = phrase(tokens, index, sentence.upperBound, bytes, .locationName) {
                        known = 1
                        knownEnd = index + phrase
                    } else if let phrase = phrase(tokens, index, sentence.upperBound, bytes, .organizationName) {
                        known = 2
                        knownEnd = index + phrase
                    }
                }
            }
            key.removeAll(keepingCapacity: true)
            Lexicon.fold(bytes, Int(token.start), min(Int(token.end), Int(token.start) + 64), into: &key)
            let (word, cluster, names) = vocabulary.lookUp(key)
            let count = key.count
            var base = UInt32(vocabulary.count)
            func append(_ hash: UInt32, _ size: Int) {
                rows.append(base + hash % UInt32(size))
                base += UInt32(size)
            }
            rows.append(word)
            append(WordFeatures.hash(key, 0, min(3, count)), WordFeatures.prefixes)
            append(WordFeatures.hash(key, max(0, count - 2), count), WordFeatures.pairs)
            append(WordFeatures.hash(key, max(0, count - 3), count), WordFeatures.endings)
            append(
                WordFeatures.hash(key, max(0, count - 1), count) &* 31 &+ UInt32(key.first ?? 0) &* 7
                    &+ UInt32(min(count, 12)), WordFeatures.edges)
            append(WordFeatures.shape(bytes, token), WordFeatures.shapes)
            append(cluster, WordFeatures.clusters)
            append(cluster & 63, WordFeatures.clusterTops)
            var bits: UInt32 = 0
            for (bit, list) in WordFeatures.lists.enumerated() where token.isIn(list) { bits |= 1 << UInt32(bit) }
            append(bits, WordFeatures.listSets)
            var place = UInt32(known == 0 ? 0 : known * 2 - (isInside ? 0 : 1)) * 8
            if token.hasSpaceBefore { place += 1 }
            if index == sentence.lowerBound { place += 2 }
            if shouting { place += 4 }
            append(place, WordFeatures.places)
            let capital: UInt32 = token.isCapitalized ? 1 : 0
            append(names & 31 | capital << 5, WordFeatures.nameWords)
            append(names >> 5 | capital << 2 | (token.shape.contains(.address) ? 8 : 0), WordFeatures.organizations)
            append(UInt32(elsewhere[index].rawValue) | capital << 5, WordFeatures.elsewhere)
        }
    }

    private func phrase(_ tokens: [Token], _ index: Int, _ limit: Int, _ bytes: [UInt8], _ list: WordList) -> Int? {
        guard lexicon.longestPhrase(from: tokens[index].word) > 1 || tokens[index].isIn(list) else { return nil }
        return lexicon.phrase(at: index, in: list, tokens: tokens, bytes: bytes, before: limit)?.count
    }

    private static func hash(_ key: [UInt8], _ start: Int, _ end: Int) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for index in start..<end { hash = (hash ^ UInt32(key[index])) &* 16_777_619 }
        return hash ^ hash >> 15
    }

    /// The kinds of letters in a row, runs cut to two: `Xxx` for Moscow, `XX-dd` for AN-148.
    private static func shape(_ bytes: [UInt8], _ token: Token) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        var last: UInt8 = 0
        var run = 0
        for at in Int(token.start)..<Int(token.end) {
            let byte = bytes[at]
            let kind: UInt8 =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: 1
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): 2
                case UInt8(ascii: "0")...UInt8(ascii: "9"): 3
                default: byte
                }
            run = kind == last ? run + 1 : 1
            last = kind
            if run <= 2 { hash = (hash ^ UInt32(kind)) &* 16_777_619 }
        }
        return hash ^ hash >> 15
    }
}

/// The words that the network has embeddings of, and what is known of those and others: clusters, names.
///
/// A hash table of 64-bit slots: 31 bits of the folded word's hash, 7 of what names it is part of, 12 of its cluster, 14
/// of its row. Row 0 stands for all words without one.
package struct Vocabulary: Sendable {
    package let slots: [UInt64]
    /// How many rows the words take, row 0 included.
    package let count: Int

    package init(slots: [UInt64], count: Int) {
        self.slots = slots
        self.count = count
    }

    /// The most words that can have a row of their own.
    package static let most = (1 << 14) - 1

    /// A table of words in the order of their rows from 1, and of the clusters and names of these and other words.
    package init(words: [String], clusters: [String: UInt32], names: [String: UInt32]) {
        precondition(words.count <= Vocabulary.most, "a row takes 14 bits")
        var entries: [UInt32: UInt64] = [:]
        for (word, cluster) in clusters {
            entries[Lexicon.hash(word.utf8), default: 0] |= UInt64(cluster & 0xFFF) << 14
        }
        for (word, bits) in names { entries[Lexicon.hash(word.utf8), default: 0] |= UInt64(bits & 127) << 26 }
        for (row, word) in words.enumerated() { entries[Lexicon.hash(word.utf8), default: 0] |= UInt64(row + 1) }
        var size = 1024
        while size < entries.count * 2 { size *= 2 }
        var slots = [UInt64](repeating: 0, count: size)
        for (hash, entry) in entries.sorted(by: { $0.key < $1.key }) {
            var slot = Int(hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt64(hash >> 1) << 33 | entry
        }
        self.slots = slots
        count = words.count + 1
    }

    func lookUp(_ key: [UInt8]) -> (row: UInt32, cluster: UInt32, names: UInt32) {
        lookUp(hash: Lexicon.hash(key))
    }

    func lookUp(hash: UInt32) -> (row: UInt32, cluster: UInt32, names: UInt32) {
        guard !slots.isEmpty else { return (0, 0, 0) }
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if UInt32(slots[slot] >> 33) == hash >> 1 {
                let entry = UInt32(truncatingIfNeeded: slots[slot])
                return (entry & 0x3FFF, entry >> 14 & 0xFFF, UInt32(slots[slot] >> 26 & 127))
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (0, 0, 0)
    }
}
