internal import Foundation
internal import GRDB

/// How far a feed or a folder has been read.
public struct WatchState: Hashable, Sendable {
    /// The feed's address or the folder's path.
    public var address: String
    /// What its host gave to ask by whether it has changed.
    public var etag: String?
    /// The same, as a time.
    public var modified: String?
    /// When it was last asked, ISO 8601.
    public var checked: String?
    /// When it is to be asked again, in seconds since 1970.
    public var due: Double
    /// How many times in a row it could not be read.
    public var failures: Int
    /// What was wrong the last time.
    public var problem: String?

    /// Something that was never read.
    public init(address: String) {
        self.address = address
        due = 0
        failures = 0
    }
}

extension RecordStore {
    /// All that is or was watched, by address.
    public func watched() throws(RecordStoreError) -> [WatchState] {
        try attempt {
            try database.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM watched ORDER BY address").map { row in
                    var state = WatchState(address: row["address"])
                    (state.etag, state.modified, state.checked) = (row["etag"], row["modified"], row["checked"])
                    (state.due, state.failures, state.problem) = (row["due"], row["failures"], row["problem"])
                    return state
                }
            }
        }
    }

    /// How far one address has been read; a state of nothing where it is new.
    public func watched(_ address: String) throws(RecordStoreError) -> WatchState {
        try watched().first { $0.address == address } ?? WatchState(address: address)
    }

    /// Keeps how far an address has been read, and forgets those of its entries that were last seen before a day.
    public func keep(_ state: WatchState, forgettingBefore day: String = "") throws(RecordStoreError) {
        try attempt {
            try database.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO watched (address, etag, modified, checked, due, failures, problem) VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, modified = excluded.modified,
                            checked = excluded.checked, due = excluded.due, failures = excluded.failures, problem = excluded.problem
                        """,
                    arguments: [
                        state.address, state.etag, state.modified, state.checked, state.due, state.failures,
                        state.problem,
                    ])
                try db.execute(
                    sql: "DELETE FROM watchedEntry WHERE address = ? AND seen < ?", arguments: [state.address, day])
            }
        }
    }

    /// The stamps of the entries of an address that have been read, by the entries' ids.
    public func stamps(of address: String) throws(RecordStoreError) -> [String: String] {
        try attempt {
            try database.read { db in
                let rows = try Row.fetchAll(
                    db, sql: "SELECT entry, stamp FROM watchedEntry WHERE address = ?", arguments: [address])
                return Dictionary(uniqueKeysWithValues: rows.map { ($0["entry"], $0["stamp"]) })
            }
        }
    }

    /// Keeps that entries of an address stand in it, read with these stamps; the address is kept first.
    public func see(_ stamps: [String: String], of address: String, on day: String) throws(RecordStoreError) {
        try attempt {
            try database.write { db in
                try db.execute(sql: "INSERT OR IGNORE INTO watched (address) VALUES (?)", arguments: [address])
                let insert = try db.makeStatement(
                    sql: """
                        INSERT INTO watchedEntry (address, entry, stamp, seen) VALUES (?, ?, ?, ?)
                        ON CONFLICT (address, entry) DO UPDATE SET stamp = excluded.stamp, seen = excluded.seen
                        """)
                for (entry, stamp) in stamps.sorted(by: { $0.key < $1.key }) {
                    try insert.execute(arguments: [address, entry, stamp, day])
                }
            }
        }
    }
}
