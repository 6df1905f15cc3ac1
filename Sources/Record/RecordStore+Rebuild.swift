internal import Foundation
internal import GRDB
internal import Intake
internal import Onrecord
internal import Stories

extension RecordStore {
    /// Reads all kept stories anew and derives the record from them, in one transaction: as it was, or as it is now.
    ///
    /// - Parameter progress: told how many stories have been read.
    /// - Returns: how many stories were read.
    public func rebuild(progress: (Int) -> Void = { _ in }) throws(RecordStoreError) -> Int {
        try attempt { try database.write { db in try RecordStore.rebuild(db, progress) } }
    }

    static func rebuild(_ db: Database, _ progress: (Int) -> Void) throws -> Int {
        try db.execute(sql: Schema.withoutLayout)
        try db.execute(sql: Schema.layout)
        // In order of publication, as stories come in: searches look at the latest first.
        let digests = try String.fetchAll(
            db,
            sql: "SELECT story FROM receipt GROUP BY story ORDER BY min(published) IS NULL, min(published), story")
        var touched: Set<Int64> = []
        for start in stride(from: 0, to: digests.count, by: batch) {
            let kept = try digests[start..<min(start + batch, digests.count)].compactMap { try self.kept($0, db) }
            for (story, reading) in zip(kept, read(kept)) {
                try write(
                    reading, text: story.text, digest: story.digest, provenance: story.provenance, touched: &touched, db
                )
            }
            progress(start + kept.count)
        }
        try settle(touched, db)
        try markCurrent(db)
        return digests.count
    }

    private static let batch = 256

    /// What is wrong with the record, in sentences; empty where all is as it came and as it follows from what came.
    ///
    /// Checks the digests of pages and stories, the chain of reviews, the file, the search indexes, and each derived table
    /// against a rebuild of a copy.
    ///
    /// - Parameters:
    ///   - whole: whether derived tables are checked.
    ///   - progress: told how many stories have been read.
    /// - Complexity: O(*b*) in the bytes of all pages and stories, plus a rebuild.
    public func verify(
        whole: Bool = true, progress: (Int) -> Void = { _ in }
    ) throws(RecordStoreError) -> [String] {
        try attempt {
            var problems = try database.read { db in
                try RecordStore.changedBytes(db) + RecordStore.missing(db) + RecordStore.brokenChain(db)
                    + RecordStore.damage(db)
            }
            if !isReadOnly { problems += try database.write { db in try RecordStore.indexProblems(db) } }
            if whole, problems.isEmpty { problems += try differences(progress) }
            return problems
        }
    }

    private static func changedBytes(_ db: Database) throws -> [String] {
        var problems: [String] = []
        for (table, column) in [("page", "bytes"), ("story", "text")] {
            let rows = try Row.fetchCursor(db, sql: "SELECT digest, \(column) FROM \(table)")
            while let row = try rows.next() {
                let digest: String = row[0]
                if Digest.hex(row[1] as Data) != digest {
                    problems.append("\(table) \(digest.prefix(12)): its bytes are not those that came")
                }
            }
        }
        return problems
    }

    private static func missing(_ db: Database) throws -> [String] {
        func count(without table: String) throws -> Int {
            try Int.fetchOne(db, sql: "SELECT count(*) FROM story WHERE digest NOT IN (SELECT story FROM \(table))")
                ?? 0
        }
        let (unread, unreceived) = (try count(without: "reading"), try count(without: "receipt"))
        return (unread > 0 ? ["stories without a reading: \(unread): run `onrecord rebuild`"] : [])
            + (unreceived > 0 ? ["stories without a receipt: \(unreceived): nobody knows where they came from"] : [])
    }

    private static func brokenChain(_ db: Database) throws -> [String] {
        var problems: [String] = []
        var previous = ""
        for (index, review) in try reviews(db).enumerated() {
            if review.number != index + 1 || review.previous != previous {
                problems.append("review \(review.number): the chain is broken before it")
            }
            if hash(review) != review.hash {
                problems.append("review \(review.number): it was changed after it was made")
            }
            previous = review.hash
        }
        return problems
    }

    private static func damage(_ db: Database) throws -> [String] {
        let messages = try String.fetchAll(db, sql: "PRAGMA integrity_check(10)")
        return messages == ["ok"] ? [] : messages.map { "the file is damaged: \($0)" }
    }

    /// FTS5 checks its own indexes, against the texts that they are of.
    private static func indexProblems(_ db: Database) throws -> [String] {
        try ["sentenceText", "storyText", "incidentText"].compactMap { table in
            do {
                try db.execute(sql: "INSERT INTO \(table) (\(table), rank) VALUES ('integrity-check', 1)")
                return nil
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_ERROR
            {
                return "the search index \(table) does not fit the stories: run `onrecord rebuild`"
            }
        }
    }

    /// In what a copy of the record that is made anew differs from it.
    private func differences(_ progress: (Int) -> Void) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "onrecord-verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "copy").path
        // A copy of one moment, whoever writes meanwhile.
        try database.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        let copy = try RecordStore(path: path, access: .writing)
        let stood = try copy.dump()
        _ = try copy.rebuild(progress: progress)
        let made = try copy.dump()
        return zip(stood, made).compactMap { stood, made in
            stood.digest == made.digest
                ? nil
                : "\(stood.table): \(stood.rows) rows do not follow from the stories and reviews (\(made.rows) do): run `onrecord rebuild`"
        }
    }

    /// The derived tables, each with a digest over its rows, whatever the numbers that the file gave to stories.
    func dump() throws -> [(table: String, rows: Int, digest: String)] {
        try database.read { db in
            try RecordStore.dumps.map { table, sql in
                var rows = 0
                var chain = ""
                var waiting: [UInt8] = []
                let cursor = try Row.fetchCursor(db, sql: sql)
                while let row = try cursor.next() {
                    rows += 1
                    for value in row.databaseValues {
                        switch value.storage {
                        case .blob(let data): waiting += Array(data)
                        case .string(let text): waiting += Array(text.utf8)
                        case .int64(let number): waiting += Array("\(number)".utf8)
                        case .double(let number): waiting += Array("\(number)".utf8)
                        case .null: waiting.append(0)
                        }
                        waiting.append(31)
                    }
                    if waiting.count > 1 << 20 {
                        chain = Digest.hex(Array(chain.utf8) + waiting)
                        waiting = []
                    }
                }
                return (table, rows, Digest.hex(Array(chain.utf8) + waiting))
            }
        }
    }

    private static let dumps: [(String, String)] = [
        (
            "reading",
            """
            SELECT story, engine, published, outlet, headline, type, fromDay, toDay, place, country, lat, lon, level, guid, version, usage, incident,
                copyOf, copyKind, json FROM reading LEFT JOIN mention ON reading = number ORDER BY story
            """
        ),
        (
            "linkItem",
            "SELECT story, item, sketch FROM linkItem JOIN reading ON number = linkItem.reading ORDER BY story"
        ),
        (
            "linkKey",
            "SELECT key, day, story FROM linkKey JOIN reading ON number = linkKey.reading ORDER BY key, story"
        ),
        (
            "link",
            """
            SELECT a.story, b.story, score, likeness FROM link JOIN reading a ON a.number = link.reading
            JOIN reading b ON b.number = link.other ORDER BY a.story, b.story
            """
        ),
        (
            "incident",
            """
            SELECT id, type, fromDay, toDay, country, place, lat, lon, headline, killed, injured, grade, stories, disputes, status, json
            FROM incident JOIN incidentSummary USING (number) ORDER BY id
            """
        ),
        ("sourceIncident", "SELECT * FROM sourceIncident ORDER BY source, incident, speaker, kind"),
        (
            "sentence",
            "SELECT story, start, end FROM sentence JOIN reading ON reading.number = sentence.reading ORDER BY story, start"
        ),
        (
            "statement",
            """
            SELECT story, statement.number, source, speaker, kind, stance, quote, depth, start, end
            FROM statement JOIN reading ON reading.number = statement.reading ORDER BY story, statement.number
            """
        ),
        (
            "claim",
            """
            SELECT story, claim.number, source, speaker, kind, stance, measure, min, max, approximate, scope, phrase, who, population,
                nationality, name, role, affiliation, speakerNumber, count, anonymity, twin, depth, start, end, anchorStart, anchorEnd,
                certainty, sum, relay, party, basis, review, discounted FROM claim JOIN reading ON reading.number = claim.reading ORDER BY story, claim.number
            """
        ),
        (
            "attached",
            "SELECT review, story, attached.number FROM attached JOIN reading ON reading.number = reading ORDER BY review"
        ),
    ]
}
