internal import Language
internal import Stories

/// The table of places: names of countries, provinces, counties, towns, regions and seas, with their points.
///
/// Built by `Tools/build-gazetteer`, whose head tells the layout; embedded in the executable, read in place. A table
/// that is cut or of another make reads as empty.
struct Gazetteer: Sendable {
    /// A place of the table.
    struct Place: Sendable {
        let number: Int
        let level: PlaceLevel
        /// ISO 3166-1 alpha-2 code as two bytes, 0 where the place lies in no one country.
        let country: UInt16
        /// Number of the first-level division that it lies in, nil where the table does not tell.
        let parent: Int?
        let lat: Double
        let lon: Double
        let geonameid: Int
        /// Inhabitants, or what ranks the place among others of its name.
        let reach: Int
    }

    static let shared = Gazetteer(bytes: EmbeddedTable.gazetteer())

    private let bytes: [UInt8]
    private let placeCount: Int
    private let keyCount: Int
    private let candidateCount: Int

    private static let levels: [PlaceLevel] = [.exact, .populated, .district, .province, .country, .region]

    init(bytes: [UInt8]) {
        self.bytes = bytes
        guard bytes.count >= 20, bytes.starts(with: Array("ONGZ".utf8)) else {
            (placeCount, keyCount, candidateCount) = (0, 0, 0)
            return
        }
        func number(_ at: Int) -> Int { Int(Gazetteer.word(bytes, at)) }
        let (places, keys, candidates, pool) = (number(4), number(8), number(12), number(16))
        guard 20 + places * 28 + keys * 12 + candidates * 4 + pool == bytes.count else {
            (placeCount, keyCount, candidateCount) = (0, 0, 0)
            return
        }
        (placeCount, keyCount, candidateCount) = (places, keys, candidates)
    }

    private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
    }

    private func word(_ at: Int) -> UInt32 { Gazetteer.word(bytes, at) }

    private var keys: Int { 20 + placeCount * 28 }
    private var firsts: Int { keys + keyCount * 8 }
    private var candidates: Int { firsts + keyCount * 4 }
    private var pool: Int { candidates + candidateCount * 4 }

    /// The places of a normalised name (`PlaceKey`), widest reach first, as positions for `place(at:)`.
    ///
    /// - Complexity: O(log *n*) in the number of names.
    func find(_ hash: UInt64) -> Range<Int> {
        var low = 0
        var high = keyCount
        while low < high {
            let middle = (low + high) / 2
            let at = keys + middle * 8
            let key = UInt64(word(at)) | UInt64(word(at + 4)) << 32
            if key == hash {
                let first = Int(word(firsts + middle * 4))
                let next = middle + 1 < keyCount ? Int(word(firsts + middle * 4 + 4)) : candidateCount
                return first..<max(first, next)
            }
            if key < hash { low = middle + 1 } else { high = middle }
        }
        return 0..<0
    }

    /// The place at a position that `find` gave.
    func place(at position: Int) -> Place { place(numbered: Int(word(candidates + position * 4))) }

    private func place(numbered number: Int) -> Place {
        let at = 20 + number * 24
        let parent = Int(word(at + 8))
        return Place(
            number: number, level: Gazetteer.levels[min(Int(bytes[at + 5]), 5)],
            country: UInt16(bytes[at + 6]) << 8 | UInt16(bytes[at + 7]), parent: parent == 0 ? nil : parent - 1,
            lat: Double(Int32(bitPattern: word(at + 12))) / 10_000,
            lon: Double(Int32(bitPattern: word(at + 16))) / 10_000,
            geonameid: Int(word(at + 20)), reach: Int(word(20 + placeCount * 24 + number * 4)))
    }

    /// A place's usual name.
    func name(of place: Place) -> String {
        let at = 20 + place.number * 24
        let start = pool + Int(word(at))
        return String(decoding: bytes[start..<start + Int(bytes[at + 4])], as: UTF8.self)
    }
}
