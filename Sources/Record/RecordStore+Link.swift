internal import Foundation
internal import GRDB
internal import Incidents
internal import Onrecord
internal import Stories

extension RecordStore {
    /// Compares a story with those that can tell of the same happening or print the same text, and keeps the pairs that do.
    ///
    /// A pair's outcome depends on the two stories alone, so that links are the same in whatever order stories come.
    static func link(
        _ number: Int64, _ reading: Reading, _ text: [UInt8], _ digest: String, touched: inout Set<Int64>,
        _ db: Database
    ) throws {
        let item = LinkItem(reading, text: text)
        let sketch = Sketch(reading, text: text)
        var pairs: [Int64: (score: Double, likeness: Double)] = [:]
        let linker = Linker()
        let since = item.days.map { $0.lowerBound - Linker.window }
        for other in try candidates(item.keys, since: since, until: nil, shared: Linker.sharedKeys, db) {
            guard let row = try compared(other, db), let theirs = LinkItem(bytes: Array(row["item"] as Data)),
                Linker.areNear(item.days, theirs.days)
            else { continue }
            let score = linker.score(item, theirs)
            if score >= Linker.edge { pairs[other] = (score, 0) }
        }
        let published = reading.published?.number
        for other in try candidates(
            sketch.keys, since: published.map { $0 - Sketch.window }, until: published.map { $0 + Sketch.window },
            shared: 1, db)
        {
            guard let row = try compared(other, db), Sketch.areNear(reading.published, row.day("published")) else {
                continue
            }
            let likeness = sketch.likeness(to: Sketch(bytes: Array(row["sketch"] as Data)))
            guard likeness >= Sketch.alike else { continue }
            if pairs[other] == nil, let theirs = LinkItem(bytes: Array(row["item"] as Data)) {
                pairs[other] = (linker.score(item, theirs), 0)
            }
            pairs[other]?.likeness = likeness
        }
        // Versions of one item are of one text, however much was rewritten.
        let versions = try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT number FROM reading WHERE guid = (SELECT guid FROM reading WHERE number = ?1) AND number <> ?1
                    """), arguments: [number])
        for other in versions {
            if pairs[other] == nil, let row = try compared(other, db),
                let theirs = LinkItem(bytes: Array(row["item"] as Data))
            {
                pairs[other] = (linker.score(item, theirs), 0)
            }
            pairs[other]?.likeness = 1
        }
        try db.cachedStatement(sql: "INSERT INTO linkItem (reading, item, sketch) VALUES (?, ?, ?)")
            .execute(arguments: [number, Data(item.bytes), Data(sketch.bytes)])
        let key = try db.cachedStatement(sql: "INSERT OR IGNORE INTO linkKey (key, day, reading) VALUES (?, ?, ?)")
        for value in item.keys { try key.execute(arguments: [value, item.days?.upperBound ?? anyDay, number]) }
        for value in sketch.keys { try key.execute(arguments: [value, published ?? anyDay, number]) }
        let link = try db.cachedStatement(sql: "INSERT INTO link (reading, other, score, likeness) VALUES (?, ?, ?, ?)")
        for (other, pair) in pairs.sorted(by: { $0.key < $1.key }) {
            try link.execute(arguments: [number, other, pair.score, pair.likeness])
            try link.execute(arguments: [other, number, pair.score, pair.likeness])
            touched.insert(other)
        }
    }

    /// Stands for the day of what has none: before all days.
    private static let anyDay = -1_000_000_000

    private static func compared(_ number: Int64, _ db: Database) throws -> Row? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT item, sketch, published FROM linkItem JOIN reading ON reading.number = linkItem.reading
                    WHERE linkItem.reading = ?
                    """), arguments: [number])
    }

    /// The readings that share enough keys and lie between two days, or have none, ascending. Items go by their last day:
    /// whether they lie long behind is told by what they are compared by.
    private static func candidates(
        _ keys: [Int64], since first: Int?, until last: Int?, shared: Int, _ db: Database
    ) throws -> [Int64] {
        let dated = try db.cachedStatement(sql: "SELECT reading FROM linkKey WHERE key = ? AND day BETWEEN ? AND ?")
        let undated = try db.cachedStatement(sql: "SELECT reading FROM linkKey WHERE key = ? AND day = ?")
        var counts: [Int64: Int] = [:]
        func count(_ statement: Statement, _ arguments: StatementArguments) throws {
            let found = try Int64.fetchCursor(statement, arguments: arguments)
            while let number = try found.next() { counts[number, default: 0] += 1 }
        }
        for key in keys {
            try count(dated, [key, first ?? anyDay, last ?? Int(Int32.max)])
            if first != nil { try count(undated, [key, anyDay]) }
        }
        return counts.filter { $0.value >= shared }.keys.sorted()
    }
}

extension RecordStore {
    /// A link as people see it, its reasons worked out anew from what the two stories are compared by.
    static func link(_ row: Row) -> StoryLink? {
        guard let here = LinkItem(bytes: Array(row["here"] as Data)),
            let there = LinkItem(bytes: Array(row["there"] as Data))
        else { return nil }
        let likeness: Double = row["likeness"]
        return StoryLink(
            first: row["first"], second: row["second"], score: row["score"],
            likeness: likeness >= Sketch.alike ? likeness : nil,
            reasons: Linker().reasons(here, there).map(\.text))
    }
}
