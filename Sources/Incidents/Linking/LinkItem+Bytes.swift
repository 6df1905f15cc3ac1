extension LinkItem {
    /// The make of the bytes: raised whenever what they hold, or how keys are made, changes.
    private static let make: UInt8 = 2

    /// The item as bytes, little-endian, that `init(bytes:)` reads.
    public var bytes: [UInt8] {
        var out = Writer()
        out.put(LinkItem.make)
        for number in [published, from, to, lat, lon] { out.put(number) }
        for number in [type, level, weekdays] { out.put(number) }
        out.put(country)
        out.put(place)
        out.put(street)
        out.put(killed)
        out.put(injured)
        out.put(length)
        out.put(UInt8(isPlaceLeading ? 1 : 0))
        for count in [
            terms.count, names.count, ages.count, dates.count, yearDays.count, labels.count, keys.count, spots.count,
            countries.count,
        ] {
            out.put(UInt8(clamping: count))
        }
        for term in terms {
            out.put(term.hash)
            out.put(term.body)
            out.put(term.head)
            out.put(term.level)
        }
        for name in names {
            out.put(name.hash)
            out.put(name.level)
            out.put(name.traits.rawValue)
        }
        for age in ages { out.put(age) }
        for date in dates { out.put(date) }
        for day in yearDays { out.put(day) }
        for label in labels {
            let text = label.text.utf8.prefix(255)
            out.put(label.hash)
            out.put(UInt8(text.count))
            out.bytes += text
        }
        for key in keys { out.put(key) }
        for spot in spots {
            out.put(spot.lat)
            out.put(spot.lon)
        }
        for country in countries { out.put(country) }
        return out.bytes
    }

    /// The item that `bytes` gave; nil where they are of another make, or damaged.
    public init?(bytes: [UInt8]) {
        var reader = Reader(bytes)
        guard reader.take(UInt8.self) == LinkItem.make else { return nil }
        self.init()
        published = reader.take()
        from = reader.take()
        to = reader.take()
        lat = reader.take()
        lon = reader.take()
        type = reader.take()
        level = reader.take()
        weekdays = reader.take()
        country = reader.take()
        place = reader.take()
        street = reader.take()
        killed = reader.take()
        injured = reader.take()
        length = reader.take()
        isPlaceLeading = reader.take(UInt8.self) == 1
        let counts = (0..<9).map { _ in Int(reader.take(UInt8.self)) }
        terms = (0..<counts[0]).map { _ in
            Term(hash: reader.take(), body: reader.take(), head: reader.take(), level: reader.take())
        }
        names = (0..<counts[1]).map { _ in
            Name(hash: reader.take(), level: reader.take(), traits: Traits(rawValue: reader.take()))
        }
        ages = (0..<counts[2]).map { _ in reader.take() }
        dates = (0..<counts[3]).map { _ in reader.take() }
        yearDays = (0..<counts[4]).map { _ in reader.take() }
        labels = (0..<counts[5]).map { _ in
            let hash = reader.take(UInt32.self)
            return Label(hash: hash, text: reader.text(Int(reader.take(UInt8.self))))
        }
        keys = (0..<counts[6]).map { _ in reader.take() }
        spots = (0..<counts[7]).map { _ in Spot(lat: reader.take(), lon: reader.take()) }
        countries = (0..<counts[8]).map { _ in reader.take() }
        guard reader.isWhole else { return nil }
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func put<Number: FixedWidthInteger>(_ number: Number) {
            for index in 0..<Number.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: number >> (index * 8))) }
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0
        /// Whether there was always enough.
        var isEnough = true
        var isWhole: Bool { isEnough && at == bytes.count }

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func take<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
            let count = Number.bitWidth / 8
            guard at + count <= bytes.count else {
                isEnough = false
                return 0
            }
            defer { at += count }
            return (0..<count).reduce(Number(0)) { $0 | Number(truncatingIfNeeded: bytes[at + $1]) << ($1 * 8) }
        }

        mutating func text(_ count: Int) -> String {
            guard at + count <= bytes.count else {
                isEnough = false
                return ""
            }
            defer { at += count }
            return String(decoding: bytes[at..<at + count], as: UTF8.self)
        }
    }
}
