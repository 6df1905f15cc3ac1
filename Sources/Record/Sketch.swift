internal import Stories

/// A sketch of a text by which near copies are told: the smallest hashes of its runs of five words (bottom-k sampling,
/// after Broder, "On the resemblance and containment of documents", 1997).
struct Sketch: Equatable {
    static let size = 64
    /// How alike two texts must be to be one text in two prints: share of runs in common.
    static let alike = 0.7

    /// How many of its hashes a text is looked for by. Of two texts that are just `alike`, six in 10,000 share none of the
    /// six smallest.
    private static let keyCount = 6
    /// Within how many days two texts are prints of one.
    static let window = 7

    /// Whether two days of publication lie near enough for that; a day that nobody tells is near to all.
    static func areNear(_ a: Day?, _ b: Day?) -> Bool {
        guard let a, let b else { return true }
        return abs(a.number - b.number) <= window
    }

    /// By what texts that may be alike are found: no more of them than tells them apart from chance.
    var keys: [Int64] {
        // Salted, so that they never meet the keys of links.
        hashes.prefix(Sketch.keyCount).map { Int64(bitPattern: Sketch.mixed($0 ^ 0x5CE7_C4ED_0B0D_1E55)) }.sorted()
    }

    /// The hashes, ascending.
    let hashes: [UInt64]

    /// The sketch of a text.
    init(_ text: some Sequence<UInt8>) {
        var recent: [UInt64] = []
        var all: Set<UInt64> = []
        var word: UInt64 = 0
        func close() {
            guard word != 0 else { return }
            recent.append(word)
            word = 0
            guard recent.count >= 5 else { return }
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for part in recent.suffix(5) { hash = Sketch.mixed(hash ^ part) }
            all.insert(hash)
            if recent.count > 64 { recent.removeFirst(60) }
        }
        for byte in text {
            let letter = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
            if UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter || UInt8(ascii: "0")...UInt8(ascii: "9") ~= letter
                || byte >= 0x80
            {
                word = (word == 0 ? 0xCBF2_9CE4_8422_2325 : word ^ UInt64(letter)) &* 0x100_0000_01B3 &+ UInt64(letter)
            } else {
                close()
            }
        }
        close()
        hashes = Array(all.sorted().prefix(Sketch.size))
    }

    /// The sketch of a story: of its paragraphs without the rest of its anatomy, else of all its text.
    init(_ reading: Reading, text: [UInt8]) {
        var body: [UInt8] = []
        for paragraph in reading.anatomy.paragraphs {
            body += text[paragraph.range]
            body.append(32)
        }
        self.init(body.isEmpty ? text : body)
    }

    /// The sketch that `bytes` gave.
    init(bytes: [UInt8]) {
        hashes = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { at in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[at + $1]) << UInt64($1 * 8) }
        }
    }

    /// The sketch as bytes, little-endian.
    var bytes: [UInt8] { hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64($0 * 8)) } } }

    /// The share of runs that two texts have in common, estimated.
    func likeness(to other: Sketch) -> Double {
        guard !hashes.isEmpty, !other.hashes.isEmpty else { return 0 }
        let mine = Set(hashes)
        let theirs = Set(other.hashes)
        let union = Array(mine.union(theirs).sorted().prefix(Sketch.size))
        return Double(union.count { mine.contains($0) && theirs.contains($0) }) / Double(union.count)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var x = value
        x ^= x >> 30
        x = x &* 0xBF58_476D_1CE4_E5B9
        x ^= x >> 27
        x = x &* 0x94D0_49BB_1331_11EB
        return x ^ x >> 31
    }
}
