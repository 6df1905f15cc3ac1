internal import Foundation
internal import GRDB
internal import Incidents
internal import Intake
internal import Onrecord
public import Stories

extension RecordStore {
    /// A story on its way into the record.
    public struct Entry: Sendable {
        /// The story's own text.
        public var text: [UInt8]
        /// Its reading, the spans counting in `text`.
        public var reading: Reading
        /// The page as it came.
        public var page: [UInt8]
        /// The story's stretch of the page's text.
        public var span: Span
        /// What the page is called.
        public var name: String
        /// The id that came with the story.
        public var givenID: String?
        /// The day that came with it.
        public var published: Day?
        /// The title that came with it.
        public var title: String?
        /// The outlet that came with it.
        public var outlet: String?
        /// What else came with it about itself.
        public var provenance: Provenance

        /// An entry from its parts.
        public init(
            text: [UInt8], reading: Reading, page: [UInt8], span: Span, name: String, givenID: String? = nil,
            published: Day? = nil, title: String? = nil, outlet: String? = nil,
            provenance: Provenance = Provenance()
        ) {
            self.text = text
            self.reading = reading
            self.page = page
            self.span = span
            self.name = name
            self.givenID = givenID
            self.published = published
            self.title = title
            self.outlet = outlet
            self.provenance = provenance
        }
    }

    /// What is known of a kept story without reading it: what its receipts say.
    public struct Kept: Hashable, Sendable {
        /// SHA-256 of the text.
        public var digest: String
        /// The text.
        public var text: [UInt8]
        /// The earliest day that came with it.
        public var published: Day?
        /// A title that came with it.
        public var title: String?
        /// An outlet that came with it.
        public var outlet: String?
        /// What else came with its latest version about itself.
        public var provenance = Provenance()
    }

    /// Adds stories, each with a receipt, links them and makes their incidents, all in one transaction; those that the
    /// record has get the receipt alone, and are read anew where the receipt says what was not known of them.
    ///
    /// - Parameter received: when they came, ISO 8601.
    /// - Returns: how many stories were new.
    /// - Complexity: O(*n*) in the stories added, their candidates for a link, and the incidents that they touch; the size
    ///   of the record counts by its logarithm.
    public func add(_ entries: [Entry], received: String) throws(RecordStoreError) -> Int {
        try attempt {
            try database.write { db in
                var added: [String: Entry] = [:]
                var changed: Set<String> = []
                for entry in entries {
                    let digest = Digest.hex(entry.text)
                    let before = try RecordStore.kept(digest, db)
                    try RecordStore.keep(entry, digest, received, db)
                    if before == nil {
                        added[digest] = entry
                    } else if try RecordStore.kept(digest, db) != before {
                        changed.insert(digest)
                    }
                }
                var touched: Set<Int64> = []
                for digest in Set(added.keys).union(changed).sorted() {
                    if let entry = added[digest], !changed.contains(digest) {
                        try RecordStore.write(
                            entry.reading, text: entry.text, digest: digest, provenance: entry.provenance,
                            touched: &touched, db)
                    } else if let kept = try RecordStore.kept(digest, db) {
                        try RecordStore.remove(digest, touched: &touched, db)
                        try RecordStore.write(
                            RecordStore.read(kept), text: kept.text, digest: digest, provenance: kept.provenance,
                            touched: &touched, db)
                    }
                }
                try RecordStore.settle(touched, db)
                return added.count
            }
        }
    }

    /// A label as the record can keep it: SQLite ends a text at a NUL.
    static func withoutNUL(_ text: String?) -> String? {
        text.map {
            $0.unicodeScalars.contains("\0") ? String($0.unicodeScalars.filter { $0 != "\0" }.map(Character.init)) : $0
        }
    }

    /// Writes what is kept for ever of a story.
    private static func keep(_ entry: Entry, _ digest: String, _ received: String, _ db: Database) throws {
        let page = Digest.hex(entry.page)
        try db.cachedStatement(sql: "INSERT INTO page (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .execute(arguments: [page, Data(entry.page)])
        try db.cachedStatement(sql: "INSERT INTO story (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .execute(arguments: [digest, Data(entry.text)])
        try db.cachedStatement(
            sql: """
                INSERT INTO receipt (story, page, start, end, name, received, givenID, published, title, outlet, provenance)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            digest, page, entry.span.start, entry.span.end, entry.name, received, entry.givenID,
            entry.published?.description, entry.title, entry.outlet, try provenance(entry.provenance),
        ])
    }

    /// What names an item among those of all publishers; nil where nothing does.
    private static func item(_ provenance: Provenance, _ outlet: String?) -> String? {
        guard let guid = withoutNUL(provenance.guid), !guid.isEmpty else { return nil }
        // A URN, an address or a tag is the only one of its kind; a number is one in each newsroom.
        if guid.contains(":") { return guid }
        return outlet.map { "\($0.lowercased()) \(guid)" }
    }

    /// Provenance as it is kept; nil where there is none.
    private static func provenance(_ provenance: Provenance) throws -> String? {
        guard !provenance.isEmpty else { return nil }
        return withoutNUL(String(decoding: try encoder().encode(provenance), as: UTF8.self))
    }

    /// What came with a story's latest version: of receipts that number none, or the same, a cancellation stands, and of
    /// others the last in the order of their text.
    static func provenance(ofStory digest: String, _ db: Database) throws -> Provenance {
        let texts = try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT DISTINCT provenance FROM receipt WHERE story = ? AND provenance IS NOT NULL
                    ORDER BY provenance DESC
                    """), arguments: [digest])
        let all = try texts.map { try JSONDecoder().decode(Provenance.self, from: Data($0.utf8)) }
        return all.enumerated().max { a, b in
            func rank(_ provenance: Provenance, _ place: Int) -> (Int, Int, Int) {
                (provenance.version ?? 0, provenance.isWithdrawn ? 1 : 0, -place)
            }
            return rank(a.element, a.offset) < rank(b.element, b.offset)
        }?.element ?? Provenance()
    }

    /// A story with what its receipts say; the same whatever the order in which they came. Nil where there is none.
    static func kept(_ digest: String, _ db: Database) throws -> Kept? {
        guard
            let text = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT text FROM story WHERE digest = ?"), arguments: [digest])
        else { return nil }
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT min(published) AS published, min(title) AS title, min(outlet) AS outlet FROM receipt WHERE story = ?"
            ),
            arguments: [digest])
        return Kept(
            digest: digest, text: Array(text), published: row?.day("published"), title: row?["title"],
            outlet: row?["outlet"], provenance: try provenance(ofStory: digest, db))
    }

    /// Writes all that one story's reading gives, and links it to the stories that are in.
    ///
    /// - Parameter touched: gets the numbers of the readings whose incidents this can change.
    static func write(
        _ reading: Reading, text: [UInt8], digest: String, provenance: Provenance = Provenance(),
        touched: inout Set<Int64>, _ db: Database
    ) throws {
        let head = reading.anatomy.headline ?? reading.sentences.first
        let headline =
            reading.title.map { PlainText.of($0.utf8) } ?? head.map { String(PlainText.of(text[$0.range]).prefix(240)) }
            ?? ""
        let mention = reading.incidents.first(where: \.main) ?? reading.incidents.first
        let place = mention?.place
        try db.cachedStatement(
            sql: """
                INSERT INTO reading (story, engine, published, outlet, headline, type, fromDay, toDay, place, country, lat, lon, level,
                    guid, version, usage)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            digest, Engine.version, reading.published?.description, reading.outlet, headline, mention?.type.rawValue,
            mention?.from?.description, mention?.to?.description, place?.name, place?.country, place?.lat, place?.lon,
            place?.level?.rawValue, item(provenance, reading.outlet), provenance.version,
            provenance.status?.rawValue,
        ])
        let number = db.lastInsertedRowID
        if let mention {
            try db.cachedStatement(sql: "INSERT INTO mention (reading, json) VALUES (?, ?)").execute(
                arguments: [number, try encoder().encode(mention)])
        }
        let sentences = try writeSentences(reading, number, db)
        try writeStatements(reading, number, digest, sentences, db)
        try writeClaims(ClaimReader().claims(of: reading, text: text, digest: digest), number, digest, sentences, db)
        touched.insert(number)
        try link(number, reading, text, digest, touched: &touched, db)
    }

    /// Takes out all that a story's reading gave.
    ///
    /// - Parameter touched: gets the numbers of the readings whose incidents this can change.
    static func remove(_ digest: String, touched: inout Set<Int64>, _ db: Database) throws {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT number, incident FROM reading WHERE story = ?", arguments: [digest])
        else { return }
        let number: Int64 = row["number"]
        touched.formUnion(
            try Int64.fetchAll(db, sql: "SELECT other FROM link WHERE reading = ?", arguments: [number]))
        if let incident: String = row["incident"] {
            touched.formUnion(
                try Int64.fetchAll(db, sql: "SELECT number FROM reading WHERE incident = ?", arguments: [incident]))
            try db.execute(sql: "DELETE FROM incident WHERE id = ?", arguments: [incident])
        }
        try db.execute(
            sql: """
                INSERT INTO sentenceText (sentenceText, rowid, text)
                SELECT 'delete', sentenceView.id, text FROM sentence JOIN sentenceView ON sentenceView.id = sentence.id
                WHERE sentence.reading = ?;
                """, arguments: [number])
        try db.execute(
            sql: """
                INSERT INTO storyText (storyText, rowid, headline, text)
                SELECT 'delete', number, headline, text FROM storyView WHERE number = ?
                """, arguments: [number])
        try db.execute(sql: "DELETE FROM reading WHERE number = ?", arguments: [number])
        touched.remove(number)
    }

    /// Writes the sentences of a reading and their search index.
    ///
    /// - Returns: the numbers of the sentences, in order, with where they begin.
    private static func writeSentences(
        _ reading: Reading, _ number: Int64, _ db: Database
    ) throws -> [(id: Int64, span: Span)] {
        let insert = try db.cachedStatement(sql: "INSERT INTO sentence (reading, start, end) VALUES (?, ?, ?)")
        var written: [(id: Int64, span: Span)] = []
        for span in reading.sentences where !span.isEmpty {
            try insert.execute(arguments: [number, span.start, span.end])
            written.append((db.lastInsertedRowID, span))
        }
        // The indexes take what the views cut from the kept text, so that taking it out again finds the same words.
        try db.cachedStatement(
            sql: """
                INSERT INTO sentenceText (rowid, text) SELECT sentenceView.id, text
                FROM sentence JOIN sentenceView ON sentenceView.id = sentence.id WHERE sentence.reading = ?
                """
        ).execute(arguments: [number])
        try db.cachedStatement(
            sql:
                "INSERT INTO storyText (rowid, headline, text) SELECT number, headline, text FROM storyView WHERE number = ?"
        ).execute(arguments: [number])
        return written
    }

    /// Writes who says what in a story.
    private static func writeStatements(
        _ reading: Reading, _ number: Int64, _ digest: String, _ sentences: [(id: Int64, span: Span)], _ db: Database
    ) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO statement (reading, number, source, speaker, kind, stance, quote, depth, start, end, firstSentence, lastSentence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (index, attribution) in reading.attributions.enumerated() {
            let spans = attribution.content.isEmpty ? attribution.cue : attribution.content
            guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max(),
                let first = sentences.last(where: { $0.span.start <= start }),
                let last = sentences.last(where: { $0.span.start < max(end, start + 1) })
            else { continue }
            let speaker = attribution.speaker
            let source = SpeakerBook.key(speaker, outlet: reading.outlet, story: digest)
            let label = SpeakerBook.label(speaker, outlet: reading.outlet)
            try note(source, label, db)
            try insert.execute(arguments: [
                number, index, source, label, speaker.kind.rawValue, attribution.stance.rawValue,
                attribution.quote.rawValue, attribution.depth, start, end, first.id, last.id,
            ])
        }
    }

    /// Notes what a speaker is called.
    private static func note(_ source: String, _ label: String, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO speaker (source, label) VALUES (?, ?)")
            .execute(arguments: [source, label])
    }

    /// Writes a story's claims as the reviews leave them.
    static func writeClaims(
        _ claims: [Claim], _ number: Int64, _ digest: String, _ sentences: [(id: Int64, span: Span)], _ db: Database
    ) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO claim (reading, number, source, speaker, kind, stance, measure, min, max, approximate, scope, phrase, who,
                    population, nationality, name, role, affiliation, speakerNumber, count, anonymity, twin, depth, start, end,
                    anchorStart, anchorEnd, sentence, certainty, sum, relay, party, basis, review, discounted, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let decisions = try Decisions(reviews(ofStories: [digest], db))
        for (review, claim) in decisions.attached(to: claims) {
            guard let claim else { continue }
            try db.execute(
                sql: "INSERT OR REPLACE INTO attached (review, reading, number) VALUES (?, ?, ?)",
                arguments: [review.number, number, claims[claim].number])
        }
        for (read, claim) in zip(claims, decisions.apply(claims)) {
            // The first part, so that a statement of so many values still compiles quickly.
            let (source, label) = (SpeakerBook.key(claim), SpeakerBook.label(claim))
            try note(source, label, db)
            let said: [(any DatabaseValueConvertible)?] = [
                number, claim.number, source, label, claim.speaker.kind.rawValue,
                claim.stance.rawValue, claim.measure?.rawValue, claim.min, claim.max, claim.approximate,
                claim.scope.rawValue, claim.phrase, claim.who, claim.population.map(\.rawValue).joined(separator: " "),
                claim.nationality,
            ]
            let speaker: [(any DatabaseValueConvertible)?] = [
                claim.speaker.name, claim.speaker.role, claim.speaker.affiliation, claim.speaker.number,
                claim.speaker.count, claim.speaker.anonymity, claim.twin, claim.depth,
            ]
            let place: [(any DatabaseValueConvertible)?] = [
                claim.span.start, claim.span.end, claim.anchor.start, claim.anchor.end,
                claim.span.isEmpty ? nil : sentences.first { $0.span == claim.span }?.id, claim.certainty?.rawValue,
                claim.group, try claim.relay.map { try encoder().encode($0) }, claim.responsibility?.party,
                claim.responsibility?.basis.rawValue, claim.review, claim.discounted, Incident.content(read),
            ]
            try insert.execute(arguments: StatementArguments(said + speaker + place))
        }
    }
}
