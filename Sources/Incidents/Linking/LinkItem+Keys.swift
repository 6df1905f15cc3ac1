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
        if from != LinkItem.unknown, lat != LinkItem.unknown, level <= 1 {
            // Two grids of weeks, half a week apart: days that lie close share both, or one.
            let cell = UInt32(bitPattern: (lat + 900_000) / 2_500 * 16_384 + (lon + 1_800_000) / 2_500)
            keys.insert(LinkItem.key(.week, cell, LinkItem.week(Int(from))))
            keys.insert(LinkItem.key(.nextWeek, cell, LinkItem.week(Int(from) + 3)))
        }
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

    private static func week(_ day: Int) -> Int { day >= 0 ? day / 7 : -((6 - day) / 7) }
}
