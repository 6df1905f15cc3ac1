internal import Foundation
internal import GRDB
internal import Onrecord
internal import Stories

/// The record: one SQLite file that keeps stories and reviews for ever, and derives from them incidents, claims, tolls,
/// disputes and a search index.
///
/// Pages, stories, receipts and reviews are only ever added; the file's own triggers refuse to change them. All else can
/// be made anew by `rebuild`. The same stories and reviews give the same record in whatever order they came. A story is
/// in the record wholly, with its incident, or not at all: `add` is one transaction.
public struct RecordStore: Sendable {
    /// What a record is opened for.
    public enum Access: Sendable {
        /// To be read; it must be there.
        case reading
        /// To be read and added to; it must be there.
        case writing
        /// To be read and added to; made where there is none.
        case creating
    }

    let database: any DatabaseWriter
    let path: String
    /// Whether nothing can be added: the file, its folder or the system does not allow it.
    public let isReadOnly: Bool

    /// Opens a record.
    ///
    /// A record that lies where nothing can be written is opened for reading alone, where that is all that is wanted.
    ///
    /// - Throws: `RecordStoreError` where there is none, where the file is no record or of a newer make, is cut or damaged,
    ///   or cannot be opened or written.
    public init(path: String, access: Access = .creating) throws(RecordStoreError) {
        self.path = path
        do {
            let files = FileManager.default
            let isNew = !files.fileExists(atPath: path)
            if isNew, access != .creating { throw RecordStoreError.missing(path: path) }
            let folder = URL(filePath: path).deletingLastPathComponent().path
            let isWritable = isNew || files.isWritableFile(atPath: path) && files.isWritableFile(atPath: folder)
            guard isWritable || access == .reading else { throw RecordStoreError.readOnly(path: path) }
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            configuration.busyMode = .timeout(10)
            configuration.readonly = !isWritable
            configuration.prepareDatabase { db in
                db.add(function: RecordStore.within)
                // What was told to be in stays in when the power fails, too.
                if !db.configuration.readonly { try db.execute(sql: "PRAGMA synchronous = FULL") }
                // A story touches pages all over a large record; SQLite's own 2 MB make it read them again and again.
                try db.execute(sql: "PRAGMA cache_size = \(db.configuration.readonly ? -16_384 : -65_536)")
            }
            isReadOnly = !isWritable
            if isWritable {
                database = try DatabasePool(path: path, configuration: configuration)
            } else {
                database = try RecordStore.openUnwritable(path, configuration)
            }
            let (id, tables) = try database.read { db in
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
            if try database.read(Schema.migrator.hasBeenSuperseded) { throw RecordStoreError.newer(path: path) }
            if isWritable {
                try Schema.migrator.migrate(database)
            } else if try !database.read(Schema.migrator.hasCompletedMigrations) {
                throw RecordStoreError.older(path: path)
            }
        } catch {
            throw RecordStore.error(error, path)
        }
    }

    /// Opens a record where nothing can be written. SQLite wants files of its own beside one in WAL mode; where they are
    /// not there and cannot be made, nobody can be writing, and the file is read as one that never changes.
    private static func openUnwritable(
        _ path: String, _ configuration: Configuration
    ) throws -> any DatabaseWriter {
        let hasLog =
            (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int).flatMap { $0 } ?? 0
        guard hasLog == 0 else { return try DatabaseQueue(path: path, configuration: configuration) }
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration)
    }

    /// What `body` gives, its errors worded for people.
    func attempt<Value>(_ body: () throws -> Value) throws(RecordStoreError) -> Value {
        do { return try body() } catch { throw RecordStore.error(error, path) }
    }

    private static func error(_ error: any Error, _ path: String) -> RecordStoreError {
        guard let error = error as? DatabaseError else {
            return error as? RecordStoreError ?? .unavailable(path: path, reason: String(describing: error))
        }
        return switch error.resultCode {
        case .SQLITE_NOTADB: .notARecord(path: path)
        case .SQLITE_CORRUPT: .damaged(path: path, reason: error.message ?? "malformed")
        case .SQLITE_FULL: .full(path: path)
        case .SQLITE_READONLY: .readOnly(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
        default: .unavailable(path: path, reason: error.message ?? error.description)
        }
    }
}

extension RecordStore {
    /// Whether what is derived was made by another engine than this one, so that `rebuild` is due.
    public func needsRebuild() throws(RecordStoreError) -> Bool {
        try attempt {
            try database.read { db in
                try String.fetchOne(db, sql: "SELECT value FROM state WHERE name = 'engine'") != RecordStore.engine
                    && (try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM story)") ?? false)
            }
        }
    }

    /// What made the derived tables: the engine that read the stories, and how the record is laid out.
    static let engine = "\(Engine.version)/3"

    static func markCurrent(_ db: Database) throws {
        try db.execute(
            sql:
                "INSERT INTO state (name, value) VALUES ('engine', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [engine])
    }

    /// How many stories, receipts, incidents and reviews the record holds.
    public func counts() throws(RecordStoreError) -> (stories: Int, receipts: Int, incidents: Int, reviews: Int) {
        try attempt {
            try database.read { db in
                func count(_ table: String) throws -> Int {
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
                }
                return (try count("story"), try count("receipt"), try count("incident"), try count("review"))
            }
        }
    }

    // MARK: Ids

    /// The digest of the one story whose id begins so.
    static func story(_ id: String, _ db: Database) throws -> String {
        let prefix = id.lowercased()
        guard 1...64 ~= prefix.utf8.count, prefix.utf8.allSatisfy({ hexDigits.contains($0) }) else {
            throw RecordStoreError.noIncident(id: id)
        }
        guard prefix.utf8.count >= 4 else { throw RecordStoreError.tooShort(id: id) }
        // "g" sorts behind every digit: the index finds the range.
        let found = try String.fetchAll(
            db, sql: "SELECT digest FROM story WHERE digest >= ? AND digest < ? LIMIT 10",
            arguments: [prefix, prefix + "g"])
        guard let first = found.first else { throw RecordStoreError.noIncident(id: id) }
        guard found.count == 1 else { throw RecordStoreError.ambiguous(id: id, count: found.count) }
        return first
    }

    private static let hexDigits = Set("0123456789abcdef".utf8)
}

extension Row {
    /// The day in a column, nil where there is none.
    func day(_ column: String) -> Day? { (self[column] as String?).flatMap { Day(iso: $0) } }
}
