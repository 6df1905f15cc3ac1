internal import Foundation
internal import GRDB
internal import Intake
internal import Onrecord
internal import Stories

extension RecordStore {
    /// Adds a person's decision, chained to the one before it, and makes anew what it touches.
    ///
    /// - Parameters:
    ///   - subject: an incident or story (`confirm`, `correct`, `merge`, `split`, `reopen`, `note`), a claim (`discount`,
    ///     `correct`, `note`), a review (`undo`).
    ///   - value: what `correct` sets, the other incident of `merge`.
    ///   - at: when, ISO 8601.
    ///   - after: the number of the last review that the person has seen; where there is a later one of the same incident, the
    ///     decision is refused, so that nobody overrules what they have not read. Nil for no such check.
    /// - Throws: `RecordStoreError` where the subject does not exist or the value cannot be read.
    public func review(
        _ action: Review.Action, subject: String, value: String? = nil, who: String, why: String, at: String,
        after: Int? = nil
    ) throws(RecordStoreError) -> Review {
        guard !who.isEmpty else { throw .badReview(reason: "a review names who decided: give --by NAME") }
        guard ![who, why, value ?? "", subject].contains(where: { $0.unicodeScalars.contains("\0") }) else {
            throw .badReview(reason: "a review is text: leave out the NUL")
        }
        guard !why.isEmpty else { throw .badReview(reason: "a review says why: give --why REASON") }
        return try attempt {
            try database.write { db in
                var review = Review(
                    number: 0, at: at, who: who, action: action, subject: subject, anchor: nil, before: nil,
                    value: value,
                    why: why, previous: "", hash: "")
                let touched = try RecordStore.complete(&review, db)
                if let after, let last = try RecordStore.reviews(touching: touched, db).last, last.number > after {
                    throw RecordStoreError.changedMeanwhile(by: last.who, number: last.number)
                }
                try RecordStore.append(&review, db)
                try RecordStore.apply(reviewOf: touched, db)
                return review
            }
        }
    }

    /// The reviews that touch the incidents of some stories, by whichever of their stories they name, oldest first.
    private static func reviews(touching digests: [String], _ db: Database) throws -> [Review] {
        var stories = Set(digests)
        for digest in digests {
            stories.formUnion(
                try String.fetchAll(
                    db,
                    sql: "SELECT story FROM reading WHERE incident = (SELECT incident FROM reading WHERE story = ?)",
                    arguments: [digest]))
        }
        return touching(try reviews(ofStories: stories.sorted(), db), stories)
    }

    /// Fills in what a review is about and what stands there now.
    ///
    /// - Returns: the digests of the stories that it touches.
    private static func complete(_ review: inout Review, _ db: Database) throws -> [String] {
        switch review.action {
        case .undo:
            guard let number = Int(review.subject), let undone = try reviews(db, where: "number = \(number)").first
            else { throw RecordStoreError.noReview(number: review.subject) }
            return try touched(by: undone, db)
        case .discount:
            let claim = try claim(review.subject, db).read
            (review.subject, review.anchor) = (claim.id, ClaimAnchor(claim).text)
            return [claim.story]
        case .correct:
            let given = review.value ?? ""
            let correction = try Correction(given)
            review.value = correction.text
            if review.subject.contains(".") {
                guard correction.isOfClaim else {
                    throw RecordStoreError.badReview(
                        reason: "\(given): is set of an incident, not of a claim: write \(Correction.ofClaim)")
                }
                let claim = try claim(review.subject, db)
                (review.subject, review.anchor) = (claim.read.id, ClaimAnchor(claim.read).text)
                review.before = correction.before(claim.now)
                return [claim.read.story]
            }
            guard !correction.isOfClaim else {
                throw RecordStoreError.badReview(
                    reason: "\(given): is set of a claim, not of an incident: write \(Correction.ofIncident)")
            }
            review.subject = try story(review.subject, db)
            review.before = try incident(ofStory: review.subject, db).map { correction.before($0) }
            return [review.subject]
        case .note:
            if review.subject.contains(".") {
                let claim = try claim(review.subject, db).read
                (review.subject, review.anchor) = (claim.id, ClaimAnchor(claim).text)
                return [claim.story]
            }
            review.subject = try story(review.subject, db)
            return [review.subject]
        case .confirm, .reopen:
            review.subject = try story(review.subject, db)
            review.before = try incident(ofStory: review.subject, db)?.status.rawValue
            return [review.subject]
        case .split:
            review.subject = try story(review.subject, db)
            review.before = try incident(ofStory: review.subject, db)?.id
            return [review.subject]
        case .merge:
            review.subject = try story(review.subject, db)
            guard let other = review.value else {
                throw RecordStoreError.badReview(reason: "a merge names the other incident: give --with ID")
            }
            let value = try story(other, db)
            guard value != review.subject else {
                throw RecordStoreError.badReview(reason: "\(other): is the same story: name one of the other incident")
            }
            review.value = value
            review.before = try incident(ofStory: value, db)?.id
            return [review.subject, value]
        }
    }

    /// The stories that a review touches, those of a review that it undoes included.
    private static func touched(by review: Review, _ db: Database) throws -> [String] {
        if review.action == .undo {
            guard let number = Int(review.subject), let undone = try reviews(db, where: "number = \(number)").first,
                undone.number < review.number
            else { return [] }
            return try touched(by: undone, db)
        }
        if review.isOfClaim { return [try story(String(review.subject.prefix { $0 != "." }), db)] }
        return review.action == .merge ? [review.subject, review.value ?? review.subject] : [review.subject]
    }

    /// Writes a review behind the last one.
    private static func append(_ review: inout Review, _ db: Database) throws {
        let last = try reviews(db, where: "number = (SELECT max(number) FROM review)").first
        review.number = (last?.number ?? 0) + 1
        review.previous = last?.hash ?? ""
        review.hash = hash(review)
        try write(review, db)
    }

    static func write(_ review: Review, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO review (number, at, who, action, subject, anchor, before, value, why, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                review.number, review.at, review.who, review.action.rawValue, review.subject, review.anchor,
                review.before, review.value, review.why, review.previous, review.hash,
            ])
    }

    /// Makes anew the claims and incidents of stories that a review touches.
    private static func apply(reviewOf digests: [String], _ db: Database) throws {
        var numbers: Set<Int64> = []
        for digest in digests {
            guard
                let number = try Int64.fetchOne(
                    db, sql: "SELECT number FROM reading WHERE story = ?", arguments: [digest]),
                let kept = try kept(digest, db)
            else { continue }
            numbers.insert(number)
            try db.execute(sql: "DELETE FROM claim WHERE reading = ?", arguments: [number])
            try db.execute(sql: "DELETE FROM attached WHERE reading = ?", arguments: [number])
            let sentences = try Row.fetchAll(
                db, sql: "SELECT id, start, end FROM sentence WHERE reading = ? ORDER BY id", arguments: [number])
            try writeClaims(
                claims(of: kept), number, digest, sentences.map { ($0["id"], Span($0["start"], $0["end"])) }, db)
        }
        try settle(numbers, db)
    }

    /// The incident that a story was linked into, as listings show it.
    private static func incident(ofStory digest: String, _ db: Database) throws -> IncidentSummary? {
        try Data.fetchOne(
            db,
            sql: """
                SELECT json FROM incident JOIN incidentSummary USING (number)
                JOIN reading ON incident.id = reading.incident WHERE story = ?
                """, arguments: [digest]
        ).map { try JSONDecoder().decode(IncidentSummary.self, from: $0) }
    }

    /// A claim by its id: as the engine reads it, by which reviews hang on it, and as earlier reviews leave it.
    private static func claim(_ id: String, _ db: Database) throws -> (read: Claim, now: Claim) {
        let parts = id.split(separator: ".")
        guard parts.count == 2, let number = Int(parts[1]) else { throw RecordStoreError.noClaim(id: id) }
        let digest = try story(String(parts[0]), db)
        guard let kept = try kept(digest, db) else { throw RecordStoreError.noClaim(id: id) }
        let claims = claims(of: kept)
        guard let index = claims.firstIndex(where: { $0.number == number }) else {
            throw RecordStoreError.noClaim(id: id)
        }
        return (claims[index], Decisions(try reviews(ofStories: [digest], db)).apply(claims)[index])
    }

    /// A story's claims as the engine reads them.
    private static func claims(of kept: Kept) -> [Claim] {
        ClaimReader().claims(of: read(kept), text: kept.text, digest: kept.digest)
    }

    // MARK: Reading reviews

    /// All reviews, oldest first.
    public func reviews() throws(RecordStoreError) -> [Review] {
        try attempt { try database.read { db in try RecordStore.reviews(db) } }
    }

    /// The standing reviews whose claim this engine no longer finds, oldest first: they wait for a person.
    public func unattachedReviews() throws(RecordStoreError) -> [Review] {
        try attempt {
            try database.read { db in
                let attached = Set(try Int.fetchAll(db, sql: "SELECT review FROM attached"))
                return Decisions(try RecordStore.reviews(db)).standing.filter {
                    $0.isOfClaim && !attached.contains($0.number)
                }
            }
        }
    }

    static func reviews(_ db: Database, where condition: String = "TRUE") throws -> [Review] {
        try Row.fetchAll(db, sql: "SELECT * FROM review WHERE \(condition) ORDER BY number").compactMap(review)
    }

    /// The reviews of some stories and their claims, and all that undo one, oldest first.
    static func reviews(ofStories digests: [String], _ db: Database) throws -> [Review] {
        guard try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM review)")) == true else {
            return []
        }
        var found: [Int: Review] = [:]
        let ofStory = try db.cachedStatement(
            sql: """
                SELECT * FROM review WHERE subject = ?1 UNION SELECT * FROM review WHERE value = ?1
                UNION SELECT * FROM review WHERE subject >= ?2 AND subject < ?3
                """)
        for digest in digests {
            // Claims are called by the story's first digits, a point and a number; "/" is behind the point.
            let rows = try Row.fetchAll(
                ofStory, arguments: [digest, digest.prefix(12) + ".", digest.prefix(12) + "/"])
            for review in rows.compactMap(review) { found[review.number] = review }
        }
        for review in try reviews(db, where: "action = 'undo'") { found[review.number] = review }
        return found.values.sorted { $0.number < $1.number }
    }

    private static func review(_ row: Row) -> Review? {
        guard let action = Review.Action(rawValue: row["action"]) else { return nil }
        return Review(
            number: row["number"], at: row["at"], who: row["who"], action: action, subject: row["subject"],
            anchor: row["anchor"], before: row["before"], value: row["value"], why: row["why"],
            previous: row["previous"], hash: row["hash"])
    }

    /// The digest over all of a review but its hash; each field with its length, so that no two reviews run together. What
    /// the first records did not know counts only where it is there, so that their chains still hold.
    static func hash(_ review: Review) -> String {
        var fields = [
            String(review.number), review.at, review.who, review.action.rawValue, review.subject, review.value ?? "",
            review.why, review.previous,
        ]
        if review.anchor != nil || review.before != nil { fields += [review.anchor ?? "", review.before ?? ""] }
        return Digest.hex(fields.map { "\($0.utf8.count):\($0)" }.joined().utf8)
    }
}
