internal import Stories

extension LinkItem {
    static let keyLimit = 24

    /// What keys are of, so that a word and a street are never one key.
    private enum KeyKind: UInt64 { case word = 1, week, nextWeek, street, name, date }

    private static func key(_ kind: KeyKind, _ a: UInt32, _ b: Int = 0) -> Int64 {
        // The finisher of SplitMix64.
        var x = UInt64(a) | kind.rawValue << 32 | UInt64(bitPattern: Int64(b)) << 40
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int64(bitPattern: x ^ (x >> 31))
    }

    /// The most telling first: place and week, street, names of those involved; words fill up the rest.
    func madeKeys(_ ranked: [UInt32]) -> [Int64] {
        var keys: Set<Int64> = []
        keys.formUnion(weekKeys)
        if street != 0 { keys.insert(LinkItem.key(.street, street)) }
        let told = names.filter { $0.traits.contains(.full) && $0.level >= 100 }
            .sorted {
                ($0.traits.contains(.involved) ? 1 : 0, $0.traits.contains(.speaker) ? 0 : 1, $0.level, $0.hash)
                    > ($1.traits.contains(.involved) ? 1 : 0, $1.traits.contains(.speaker) ? 0 : 1, $1.level, $1.hash)
            }
        for name in told.prefix(4) { keys.insert(LinkItem.key(.name, name.hash)) }
        for word in ranked where keys.count < LinkItem.keyLimit { keys.insert(LinkItem.key(.word, word)) }
        return keys.sorted()
    }

    /// Place and week; none where either is not known. Two grids of weeks, half a week apart: days that lie close share both,
    /// or one.
    private var weekKeys: [Int64] {
        guard from != LinkItem.unknown, lat != LinkItem.unknown, level <= 1 else { return [] }
        let cell = UInt32(bitPattern: (lat + 900_000) / 2_500 * 16_384 + (lon + 1_800_000) / 2_500)
        return [
            LinkItem.key(.week, cell, LinkItem.week(Int(from))),
            LinkItem.key(.nextWeek, cell, LinkItem.week(Int(from) + 3)),
        ]
    }

    /// The item as it were had all been told and happened so many weeks later: for training, and for checks of a record
    /// that is denser than the corpora. Days of the week stay what they are.
    ///
    /// - Parameters:
    ///   - day: the day of publication of a story that has none, before it is shifted.
    ///   - happened: the day of the incident that a story without a day of publication tells of, where it tells none.
    package func shifted(weeks: Int, published day: Int? = nil, happened: Int? = nil) -> LinkItem {
        var item = self
        if item.published == LinkItem.unknown, let day {
            item.published = Int32(clamping: day)
            if item.type != 255, item.from == LinkItem.unknown, let happened {
                item.from = Int32(clamping: happened)
                item.to = item.from
            }
        }
        let days = Int32(clamping: weeks * 7)
        func shift(_ number: inout Int32) { if number != LinkItem.unknown { number &+= days } }
        shift(&item.published)
        shift(&item.from)
        shift(&item.to)
        item.dates = dates.map { $0 &+ days }.sorted()
        item.yearDays = Set(
            yearDays.map { number in
                let day = Day(year: 2016, month: Int(number) / 32, day: Int(number) % 32) ?? Day(number: 0)
                let date = day.adding(Int(days)).date
                return UInt16(date.month * 32 + date.day)
            }
        ).sorted()
        let rest = Set(keys).subtracting(weekKeys)
        item.keys = rest.union(item.weekKeys).sorted()
        return item
    }

    /// Whether both tell of one type of incident, within two days.
    package func isKindred(to other: LinkItem) -> Bool {
        guard type == other.type, let one = days, let two = other.days else { return false }
        return (one.lowerBound - two.lowerBound).magnitude <= 2
    }

    private static func week(_ day: Int) -> Int { day >= 0 ? day / 7 : -((6 - day) / 7) }
}
