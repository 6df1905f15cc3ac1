internal import Stories

/// The table of places: countries, provinces, counties, towns, regions, seas and rivers, with their points.
///
/// Built by `Tools/build-gazetteer`, where `gazetteer_format.py` tells the layout; embedded in the executable and read in
/// place: opening it reads its head alone. A table that is cut or of another make reads as empty.
struct Gazetteer: Sendable {
    /// A place of the table.
    struct Place: Sendable {
        let number: Int
        let level: PlaceLevel
        /// ISO 3166-1 alpha-2 code as two bytes, 0 where the place lies in no one country.
        let country: UInt16
        /// Number of the smallest place that it lies in, nil where the table does not tell.
        let parent: Int?
        let lat: Double
        let lon: Double
        let geonameid: Int
        /// Inhabitants, or what ranks the place among others of its name.
        let reach: Int
        /// Whether the name it was found by is a usual one of it.
        let isUsual: Bool
        /// Whether it is the capital of its country.
        let isCapital: Bool
    }

    static let shared = Gazetteer(bytes: .gazetteer)

    private let bytes: StaticBytes
    private let placeCount: Int
    private let candidateCount: Int
    private let bits: UInt64
    private let buckets: Int
    private let keys: Int
    private let candidates: Int
    private let pool: Int

    private static let head = 24
    private static let placeSize = 28
    private static let levels: [PlaceLevel] = [.exact, .populated, .district, .province, .country, .region]

    init(bytes: StaticBytes) {
        self.bytes = bytes
        var (places, keyCount, candidateCount, poolSize, bits) = (0, 0, 0, 0, 0)
        if bytes.count >= Gazetteer.head, bytes.word(0) == 0x3247_4E4F {
            places = Int(bytes.word(4))
            keyCount = Int(bytes.word(8))
            candidateCount = Int(bytes.word(12))
            poolSize = Int(bytes.word(16))
            bits = min(30, Int(bytes.word(20)))
        }
        buckets = Gazetteer.head + places * Gazetteer.placeSize
        keys = buckets + ((1 << bits) + 1) * 4
        candidates = keys + (keyCount + 1) * 8
        pool = candidates + candidateCount * 4
        let isWhole = bits > 0 && pool + poolSize == bytes.count
        placeCount = isWhole ? places : 0
        self.candidateCount = isWhole ? candidateCount : 0
        self.bits = isWhole ? UInt64(bits) : 0
    }

    /// The places of a normalised name (`PlaceKey`), widest reach first, as positions for `place(at:)`.
    ///
    /// - Complexity: O(1).
    func find(_ hash: UInt64) -> Range<Int> {
        guard bits > 0 else { return 0..<0 }
        let bucket = buckets + Int(hash >> (64 - bits)) * 4
        var at = keys + Int(bytes.word(bucket)) * 8
        let end = keys + Int(bytes.word(bucket + 4)) * 8
        let check = UInt32(truncatingIfNeeded: hash)
        while at < end {
            if bytes.word(at) == check {
                let first = Int(bytes.word(at + 4))
                return first..<max(first, min(candidateCount, Int(bytes.word(at + 12))))
            }
            at += 8
        }
        return 0..<0
    }

    /// The place at a position that `find` gave.
    func place(at position: Int) -> Place {
        let candidate = bytes.word(candidates + position * 4)
        return place(numbered: Int(candidate & 0xFF_FFFF), isUsual: candidate >> 24 == 0)
    }

    /// The place of a number; one that the table lacks lies nowhere.
    func place(numbered number: Int, isUsual: Bool = true) -> Place {
        guard number < placeCount else {
            return Place(
                number: number, level: .region, country: 0, parent: nil, lat: 0, lon: 0, geonameid: 0, reach: 0,
                isUsual: false, isCapital: false)
        }
        let at = Gazetteer.head + number * Gazetteer.placeSize
        let parent = Int(bytes.word(at + 8))
        return Place(
            number: number, level: Gazetteer.levels[min(Int(bytes[at + 5] & 15), 5)],
            country: UInt16(bytes[at + 6]) << 8 | UInt16(bytes[at + 7]), parent: parent == 0 ? nil : parent - 1,
            lat: Double(Int32(bitPattern: bytes.word(at + 12))) / 10_000,
            lon: Double(Int32(bitPattern: bytes.word(at + 16))) / 10_000,
            geonameid: Int(bytes.word(at + 20)), reach: Int(bytes.word(at + 24)), isUsual: isUsual,
            isCapital: bytes[at + 5] & 16 != 0)
    }

    /// Number of the place that a place lies in.
    func parent(of number: Int) -> Int? {
        guard number < placeCount else { return nil }
        let parent = Int(bytes.word(Gazetteer.head + number * Gazetteer.placeSize + 8))
        return parent == 0 ? nil : parent - 1
    }

    /// Whether a place lies in another, by way of at most four.
    func lies(_ place: Place, in container: Int) -> Bool {
        var at = place.parent
        for _ in 0..<4 {
            guard let number = at else { return false }
            if number == container { return true }
            at = parent(of: number)
        }
        return false
    }

    /// A place's usual name.
    func name(of place: Place) -> String {
        guard place.number < placeCount else { return "" }
        let at = Gazetteer.head + place.number * Gazetteer.placeSize
        let start = pool + Int(bytes.word(at))
        return bytes.text(start..<start + Int(bytes[at + 4]))
    }
}
