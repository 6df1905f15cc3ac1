internal import Foundation
internal import GRDB
public import Stories

extension RecordStore {
    /// What is known of a kept story without reading it: what its receipts say.
    public struct Kept: Sendable {
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
    }

    /// Reads all kept stories anew and derives the record from them, in one transaction: as it was, or as it is now.
    ///
    /// - Parameter read: reads a story; its reading's spans count in the text.
    /// - Returns: how many stories were read.
    public func rebuild(read: (Kept) -> Reading) throws(RecordStoreError) -> Int {
        try attempt {
            try pool.write { db in
                try db.execute(sql: "DELETE FROM reading; DELETE FROM sentence;")
                let digests = try String.fetchAll(db, sql: "SELECT digest FROM story ORDER BY digest")
                for digest in digests {
                    guard let kept = try RecordStore.kept(digest, db) else { continue }
                    try RecordStore.write(read(kept), text: kept.text, digest: digest, db)
                }
                try RecordStore.derive(db)
                return digests.count
            }
        }
    }

    /// A story with what its receipts say; the same whatever the order in which they came.
    private static func kept(_ digest: String, _ db: Database) throws -> Kept? {
        guard let text = try Data.fetchOne(db, sql: "SELECT text FROM story WHERE digest = ?", arguments: [digest])
        else { return nil }
        let row = try Row.fetchOne(
            db,
            sql:
                "SELECT min(published) AS published, min(title) AS title, min(outlet) AS outlet FROM receipt WHERE story = ?",
            arguments: [digest])
        return Kept(
            digest: digest, text: Array(text), published: (row?["published"] as String?).flatMap { Day(iso: $0) },
            title: row?["title"],
            outlet: row?["outlet"])
    }

    /// A second receipt can bring what the first lacked: stories whose receipts say more than their reading knows.
    ///
    /// - Parameter read: reads a story anew.
    /// - Returns: how many were read anew.
    public func refresh(read: (Kept) -> Reading) throws(RecordStoreError) -> Int {
        try attempt {
            try pool.write { db in
                let digests = try String.fetchAll(
                    db,
                    sql: """
                        SELECT story FROM receipt GROUP BY story
                        HAVING count(*) > 1 AND (count(DISTINCT coalesce(published, '')) > 1 OR count(DISTINCT coalesce(title, '')) > 1
                            OR count(DISTINCT coalesce(outlet, '')) > 1)
                        ORDER BY story
                        """)
                for digest in digests {
                    guard let kept = try RecordStore.kept(digest, db) else { continue }
                    try db.execute(sql: "DELETE FROM reading WHERE story = ?", arguments: [digest])
                    try db.execute(sql: "DELETE FROM sentence WHERE story = ?", arguments: [digest])
                    try RecordStore.write(read(kept), text: kept.text, digest: digest, db)
                }
                return digests.count
            }
        }
    }
}
