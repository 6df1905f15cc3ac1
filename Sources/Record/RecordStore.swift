internal import Foundation
internal import GRDB
internal import Intake
internal import Onrecord
public import Stories

/// The record: one SQLite file that keeps stories and reviews for ever, and derives from them incidents, claims, tolls,
/// disputes and a search index.
///
/// Pages, stories, receipts and reviews are only ever added; the file's own triggers refuse to change them. All else can
/// be made anew by `rebuild`. The same stories and reviews give the same record in whatever order they came. A story is
/// in the record wholly or not at all: `add` is one transaction.
public struct RecordStore: Sendable {
    let pool: DatabasePool
    let path: String

    /// Opens a record.
    ///
    /// - Parameter creating: whether to make one where there is no file.
    /// - Throws: `RecordStoreError` where there is none, where the file is no record or of a newer make, or cannot be opened.
    public init(path: String, creating: Bool = true) throws(RecordStoreError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            configuration.busyMode = .timeout(10)
            let isNew = !FileManager.default.fileExists(atPath: path)
            guard creating || !isNew else { throw RecordStoreError.missing(path: path) }
            pool = try DatabasePool(path: path, configuration: configuration)
            let (id, tables) = try pool.read { db in
                (
                    try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                    // A record whose making was cut off has but the table of migrations: it is made now.
                    try Int.fetchOne(
                        db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
                )
            }
            guard isNew || id == Schema.applicationID || id == 0 && tables == 0 else {
                throw RecordStoreError.notARecord(path: path)
            }
            if try pool.read(Schema.migrator.hasBeenSuperseded) { throw RecordStoreError.newer(path: path) }
            try Schema.migrator.migrate(pool)
        } catch {
            throw RecordStore.error(error, path)
        }
    }

    /// What `body` gives, its errors worded for people.
    func attempt<Value>(_ body: () throws -> Value) throws(RecordStoreError) -> Value {
        do { return try body() } catch { throw RecordStore.error(error, path) }
    }

    private static func error(_ error: any Error, _ path: String) -> RecordStoreError {
        switch error {
        case let error as RecordStoreError: error
        case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB: .notARecord(path: path)
        case let error as DatabaseError: .unavailable(path: path, reason: error.message ?? error.description)
        default: .unavailable(path: path, reason: String(describing: error))
        }
    }
}

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

        /// An entry from its parts.
        public init(
            text: [UInt8], reading: Reading, page: [UInt8], span: Span, name: String, givenID: String? = nil,
            published: Day? = nil, title: String? = nil, outlet: String? = nil
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
        }
    }

    /// Adds stories in one transaction, each with a receipt; those that the record has get the receipt alone.
    ///
    /// Incidents are not made anew: call `derive` when all stories are in.
    ///
    /// - Parameter received: when they came, ISO 8601.
    /// - Returns: how many stories were new.
    public func add(_ entries: [Entry], received: String) throws(RecordStoreError) -> Int {
        try attempt {
            try pool.write { db in
                var new = 0
                for entry in entries {
                    let digest = Digest.hex(entry.text)
                    let page = Digest.hex(entry.page)
                    try db.execute(
                        sql: "INSERT INTO page (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        arguments: [page, Data(entry.page)])
                    try db.execute(
                        sql: "INSERT INTO story (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        arguments: [digest, Data(entry.text)])
                    let isNew = db.changesCount > 0
                    try db.execute(
                        sql: """
                            INSERT INTO receipt (story, page, start, end, name, received, givenID, published, title, outlet)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            digest, page, entry.span.start, entry.span.end, entry.name, received, entry.givenID,
                            entry.published?.description, entry.title, entry.outlet,
                        ])
                    if isNew {
                        new += 1
                        try RecordStore.write(entry.reading, text: entry.text, digest: digest, db)
                    }
                }
                try RecordStore.markStale(db)
                return new
            }
        }
    }

    /// Writes all that one story's reading gives.
    static func write(_ reading: Reading, text: [UInt8], digest: String, _ db: Database) throws {
        let item = StoryExtract(reading, text: text, digest: digest)
        try db.execute(
            sql: """
                INSERT INTO reading (story, engine, published, outlet, headline, json, claims, mention, words, sketch)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                digest, Engine.version, reading.published?.description, reading.outlet, item.headline,
                Data(ReadingWriter().line(reading)), item.claims, item.mention, item.words, Data(item.sketch.bytes),
            ])
        for sentence in reading.sentences {
            let plain = PlainText.of(text[sentence.range])
            guard !plain.isEmpty else { continue }
            try db.execute(
                sql: "INSERT INTO sentence (text, story, start, end) VALUES (?, ?, ?, ?)",
                arguments: [plain, digest, sentence.start, sentence.end])
        }
    }

    static func markStale(_ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO state (name, value) VALUES ('derived', '') ON CONFLICT (name) DO UPDATE SET value = ''")
    }

    /// Whether stories or reviews have come in since the incidents were made.
    func isStale(_ db: Database) throws -> Bool {
        try String.fetchOne(db, sql: "SELECT value FROM state WHERE name = 'derived'") != Engine.version
            && (try Int.fetchOne(db, sql: "SELECT count(*) FROM story") ?? 0) > 0
    }
}
