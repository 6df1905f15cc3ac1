internal import Foundation
internal import GRDB
internal import Intake

extension RecordStore {
    /// Adds a person's decision, chained to the one before it, and derives the record anew.
    ///
    /// - Parameters:
    ///   - subject: an incident or story (`confirm`, `correct`, `merge`, `split`), a claim (`discount`), a review (`undo`).
    ///   - value: the toll of `correct`, the other incident of `merge`.
    ///   - at: when, ISO 8601.
    /// - Throws: `RecordStoreError` where the subject does not exist or the value cannot be read.
    public func review(
        _ action: Review.Action, subject: String, value: String? = nil, who: String, why: String, at: String
    )
        throws(RecordStoreError) -> Review
    {
        guard !who.isEmpty else { throw .badReview(reason: "a review names who decided: give --by NAME") }
        guard !why.isEmpty else { throw .badReview(reason: "a review says why: give --why REASON") }
        return try attempt {
            try pool.write { db in
                var subject = subject
                var value = value
                switch action {
                case .discount:
                    subject = try RecordStore.claim(subject, db)
                case .undo:
                    guard let number = Int(subject),
                        try Int.fetchOne(db, sql: "SELECT 1 FROM review WHERE number = ?", arguments: [number]) != nil
                    else { throw RecordStoreError.noReview(number: subject) }
                case .confirm, .split: subject = try RecordStore.story(subject, db)
                case .correct:
                    subject = try RecordStore.story(subject, db)
                    guard let given = value, Decisions.toll(given) != nil else {
                        throw RecordStoreError.badReview(
                            reason:
                                "\(value ?? "nothing"): no toll: write killed=23, injured=20..25 or killed=20..23..25")
                    }
                case .merge:
                    subject = try RecordStore.story(subject, db)
                    guard let other = value else {
                        throw RecordStoreError.badReview(reason: "a merge names the other incident: give --with ID")
                    }
                    value = try RecordStore.story(other, db)
                }
                let last = try RecordStore.reviews(db).last
                var review = Review(
                    number: (last?.number ?? 0) + 1, at: at, who: who, action: action, subject: subject, value: value,
                    why: why,
                    previous: last?.hash ?? "", hash: "")
                review.hash = RecordStore.hash(review)
                try db.execute(
                    sql:
                        "INSERT INTO review (number, at, who, action, subject, value, why, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        review.number, review.at, review.who, review.action.rawValue, review.subject, review.value,
                        review.why, review.previous,
                        review.hash,
                    ])
                try RecordStore.derive(db)
                return review
            }
        }
    }

    /// All reviews, oldest first.
    public func reviews() throws(RecordStoreError) -> [Review] {
        try attempt { try pool.read { db in try RecordStore.reviews(db) } }
    }

    static func reviews(_ db: Database) throws -> [Review] {
        try Row.fetchAll(db, sql: "SELECT * FROM review ORDER BY number").compactMap { row in
            guard let action = Review.Action(rawValue: row["action"]) else { return nil }
            return Review(
                number: row["number"], at: row["at"], who: row["who"], action: action, subject: row["subject"],
                value: row["value"],
                why: row["why"], previous: row["previous"], hash: row["hash"])
        }
    }

    /// The digest over all of a review but its hash; each field with its length, so that no two reviews run together.
    static func hash(_ review: Review) -> String {
        let fields = [
            String(review.number), review.at, review.who, review.action.rawValue, review.subject, review.value ?? "",
            review.why, review.previous,
        ]
        return Digest.hex(fields.map { "\($0.utf8.count):\($0)" }.joined().utf8)
    }

    /// What is wrong with what the record keeps, in sentences; empty where all is as it came.
    ///
    /// - Complexity: O(*b*) in the bytes of all pages and stories.
    public func verify() throws(RecordStoreError) -> [String] {
        try attempt {
            try pool.read { db in
                var problems: [String] = []
                for table in ["page", "story"] {
                    let column = table == "page" ? "bytes" : "text"
                    let rows = try Row.fetchCursor(db, sql: "SELECT digest, \(column) FROM \(table)")
                    while let row = try rows.next() {
                        let digest: String = row[0]
                        if Digest.hex(Array(row[1] as Data)) != digest {
                            problems.append("\(table) \(digest.prefix(12)): its bytes are not those that came")
                        }
                    }
                }
                for table in ["reading", "receipt"] {
                    let missing =
                        try Int.fetchOne(
                            db, sql: "SELECT count(*) FROM story WHERE digest NOT IN (SELECT story FROM \(table))") ?? 0
                    if missing > 0 { problems.append("\(missing) stories without a \(table): run `onrecord rebuild`") }
                }
                var previous = ""
                for (index, review) in try RecordStore.reviews(db).enumerated() {
                    if review.number != index + 1 || review.previous != previous {
                        problems.append("review \(review.number): the chain is broken before it")
                    }
                    if RecordStore.hash(review) != review.hash {
                        problems.append("review \(review.number): it was changed after it was made")
                    }
                    previous = review.hash
                }
                if let message = try String.fetchOne(db, sql: "PRAGMA integrity_check"), message != "ok" {
                    problems.append("the file is damaged: \(message)")
                }
                return problems
            }
        }
    }
}
