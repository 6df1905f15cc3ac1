public import Stories

/// Links what several stories tell into the happenings themselves.
///
/// Two stories tell of one happening when the kinds agree, the days meet and the places meet; where a place is told but
/// coarsely, or the story is about words and not deeds, the headlines must share words, too. The outcome depends on the
/// set of stories alone, not on their order.
public struct Linker: Sendable {
    /// What the linker looks at of one story.
    public struct Item: Sendable {
        /// What identifies the story.
        public var id: String
        /// Its main incident.
        public var incident: IncidentMention
        /// The day of publication.
        public var published: Day?
        /// Hashes of the words of its headline and first sentence that carry meaning.
        public var words: Set<Int>

        /// An item from its parts.
        public init(id: String, incident: IncidentMention, published: Day?, words: Set<Int>) {
            self.id = id
            self.incident = incident
            self.published = published
            self.words = words
        }

        /// The item of a story's reading; nil where it tells of no incident.
        ///
        /// - Parameter text: the bytes that the reading's spans count in.
        public init?(_ reading: Reading, text: [UInt8]) {
            guard let main = reading.incidents.first(where: \.main) ?? reading.incidents.first else { return nil }
            var words: Set<Int> = []
            for span in [reading.anatomy.headline, reading.sentences.first, reading.anatomy.paragraphs.first]
                .compactMap({ $0 })
            where span.end <= text.count {
                words.formUnion(Linker.words(text[span.range].prefix(400)))
            }
            self.init(id: reading.id, incident: main, published: reading.published, words: words)
        }
    }

    /// A linker.
    public init() {}

    /// For each item the number of its group; groups are numbered by their first items.
    ///
    /// - Complexity: O(*n* log *n*) and the pairs that share a country and lie within days of each other.
    public func link(_ items: [Item]) -> [Int] {
        var groups = Groups(count: items.count)
        var buckets: [Bucket: [Int]] = [:]
        for (index, item) in items.enumerated() {
            guard let days = Linker.days(of: item) else { continue }
            let country = item.incident.place?.country ?? ""
            // An item goes into the bucket of each span of four days that it may touch.
            for span in (days.lowerBound.number - 1).quotient(4)...(days.upperBound.number + 1).quotient(4) {
                buckets[Bucket(country: country, span: span), default: []].append(index)
            }
        }
        for members in buckets.values {
            for (position, first) in members.enumerated() {
                for second in members[(position + 1)...]
                where !groups.areJoined(first, second) && Linker.agree(items[first], items[second]) {
                    groups.join(first, second)
                }
            }
        }
        return groups.numbers()
    }

    private struct Bucket: Hashable {
        var country: String
        var span: Int
    }

    /// The days on which an item's happening may lie; nil where nothing tells.
    private static func days(of item: Item) -> ClosedRange<Day>? {
        if let from = item.incident.from {
            let to = item.incident.to ?? from
            // A month or a year says too little to link by.
            return to.number - from.number <= 10 ? from...max(from, to) : nil
        }
        return item.published.map { $0.adding(-3)...$0 }
    }

    private static func agree(_ a: Item, _ b: Item) -> Bool {
        guard let first = days(of: a), let second = days(of: b),
            first.lowerBound.number - 1 <= second.upperBound.number,
            second.lowerBound.number - 1 <= first.upperBound.number
        else { return false }
        let shared = a.words.intersection(b.words).count
        guard isAlike(a.incident.type, b.incident.type) else { return false }
        guard let here = a.incident.place, let there = b.incident.place else { return shared >= 4 }
        switch nearness(here, there) {
        case .apart: return false
        case .same: return isDeed(a.incident.type) ? shared >= 1 : shared >= 3
        case .coarse: return shared >= 3
        }
    }

    private enum Nearness { case apart, coarse, same }

    private static func nearness(_ a: IncidentMention.Place, _ b: IncidentMention.Place) -> Nearness {
        if let first = a.country, let second = b.country, first != second { return .apart }
        // Two street addresses are two places unless they are one.
        if a.level == .exact, b.level == .exact, fold(a.name) != fold(b.name) { return .apart }
        guard let lat = a.lat, let lon = a.lon, let otherLat = b.lat, let otherLon = b.lon else {
            return fold(a.name) == fold(b.name) ? .same : .coarse
        }
        let distance = kilometres(lat, lon, otherLat, otherLon)
        let isExact = isPoint(a.level) && isPoint(b.level)
        if isExact { return distance <= 50 ? .same : .apart }
        let isProvince = a.level == .province || b.level == .province || a.level == .district || b.level == .district
        return distance <= 25
            ? .same : isProvince && a.level != .country && b.level != .country && distance > 400 ? .apart : .coarse
    }

    private static func isPoint(_ level: PlaceLevel?) -> Bool { level == .exact || level == .populated }

    private static func fold(_ name: String) -> String { name.lowercased() }

    /// Whether two kinds can be two views of one happening: a blast and the bombing that it was.
    private static func isAlike(_ a: IncidentType, _ b: IncidentType) -> Bool {
        if a == b { return true }
        let violence: Set<IncidentType> = [
            .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .explosion, .abduction,
            .arson,
        ]
        let mishap: Set<IncidentType> = [.crash, .fire, .explosion, .disaster, .arson]
        return violence.isSuperset(of: [a, b]) || mishap.isSuperset(of: [a, b])
    }

    private static func isDeed(_ type: IncidentType) -> Bool {
        switch type {
        case .talks, .statement, .sanctions, .election, .trial, .other: false
        default: true
        }
    }

    /// Great-circle distance in kilometres.
    private static func kilometres(_ lat: Double, _ lon: Double, _ otherLat: Double, _ otherLon: Double) -> Double {
        Earth.distance(lat, lon, otherLat, otherLon)
    }

    /// Hashes of the words of four letters and more, in lower case, without their endings in `s`.
    static func words(_ bytes: some Sequence<UInt8>) -> Set<Int> {
        var words: Set<Int> = []
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
        var last: UInt8 = 0
        var before: UInt64 = hash
        func close() -> Int? {
            guard count >= 4 else { return nil }
            return Int(truncatingIfNeeded: last == UInt8(ascii: "s") ? before : hash)
        }
        for byte in bytes {
            let letter = byte | 0x20
            if UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter || byte >= 0x80
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            {
                before = hash
                hash = (hash ^ UInt64(byte >= 0x80 ? byte : letter)) &* 0x100_0000_01B3
                last = letter
                count += 1
            } else {
                if let word = close() { words.insert(word) }
                (hash, count) = (0xCBF2_9CE4_8422_2325, 0)
            }
        }
        if let word = close() { words.insert(word) }
        return words.subtracting(Linker.empty)
    }

    /// Words that say nothing about which happening it is.
    private static let empty: Set<Int> = {
        let text =
            "said says that with from were been have after over this their they would could about more than into which while when people police officials official news report reports told reuters"
        var words: Set<Int> = []
        for word in text.split(separator: " ") {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            var before = hash
            for byte in word.utf8 {
                before = hash
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            words.insert(Int(truncatingIfNeeded: word.utf8.last == UInt8(ascii: "s") ? before : hash))
        }
        return words
    }()
}

/// Disjoint sets: which items have been joined.
private struct Groups {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    private mutating func root(_ item: Int) -> Int {
        var item = item
        while parents[item] != item {
            parents[item] = parents[parents[item]]
            item = parents[item]
        }
        return item
    }

    mutating func areJoined(_ a: Int, _ b: Int) -> Bool { root(a) == root(b) }

    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(a), root(b))
        parents[max(first, second)] = min(first, second)
    }

    mutating func numbers() -> [Int] { parents.indices.map { root($0) } }
}

extension Int {
    /// The quotient rounded down, for negative numbers too.
    fileprivate func quotient(_ divisor: Int) -> Int { self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor) }
}
