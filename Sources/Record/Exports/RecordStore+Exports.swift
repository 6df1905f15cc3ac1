internal import Foundation
internal import GRDB
internal import Stories

extension RecordStore {
    /// Writes an export of all incidents that a filter lets through, in the order of their ids, piece by piece.
    ///
    /// One incident's dossier is in memory at a time, whatever the record's size; the filter's limit is not heeded. All is of
    /// one moment: what is added meanwhile does not show.
    ///
    /// - Parameters:
    ///   - incident: the id of the only incident to write, or of one of its stories.
    ///   - write: takes each piece. What it throws ends the export and is thrown on.
    /// - Throws: `RecordStoreError` where the record cannot be read or has no such incident.
    public func export(
        _ export: Export, filter: Filter = Filter(), incident: String? = nil, write: ([UInt8]) throws -> Void
    ) throws {
        guard let shape = ExportShape(export) else { return try exportArchive(write) }
        if let incident {
            let (dossier, body) = try database.read { db in
                let dossier = try RecordStore.dossier(of: incident, db)
                return (dossier, shape.body(try RecordStore.subject(dossier, shape, db)))
            }
            let head = shape.headOfOne?(dossier.incident) ?? shape.head
            return try write(Array((head + body + shape.tail).utf8))
        }
        var pending = shape.head
        func flush(over size: Int = 0) throws {
            guard pending.utf8.count > size else { return }
            try write(Array(pending.utf8))
            pending = ""
        }
        try database.read { db in
            let ids = try RecordStore.ids(filter, db)
            if let contents = shape.contents {
                let find = try db.makeStatement(
                    sql: "SELECT json FROM incident JOIN incidentSummary USING (number) WHERE id = ?")
                for id in ids {
                    guard let summary = try Data.fetchOne(find, arguments: [id]) else { continue }
                    pending += contents(try JSONDecoder().decode(IncidentSummary.self, from: summary))
                    try flush(over: RecordStore.piece)
                }
            }
            pending += shape.afterContents
            var isFirst = true
            for id in ids {
                let body = shape.body(try RecordStore.subject(try RecordStore.dossier(incident: id, db), shape, db))
                guard !body.isEmpty else { continue }
                if !isFirst { pending += shape.separator }
                isFirst = false
                pending += body
                try flush(over: RecordStore.piece)
            }
        }
        pending += shape.tail
        try flush()
    }

    /// How many bytes are gathered before they are written.
    private static let piece = 64 << 10

    private static func subject(_ dossier: Dossier, _ shape: ExportShape, _ db: Database) throws -> ExportSubject {
        guard shape.wantsTexts else { return ExportSubject(dossier) }
        var texts: [String: ExportSubject.Text] = [:]
        for story in dossier.stories { texts[story.digest] = try text(story.digest, db) }
        return ExportSubject(dossier, texts: texts)
    }

    /// A story's text, what the engine read of its incident, and the times that it came.
    private static func text(_ digest: String, _ db: Database) throws -> ExportSubject.Text? {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT engine, json, text FROM reading JOIN story ON story.digest = reading.story
                        LEFT JOIN mention ON mention.reading = reading.number WHERE reading.story = ?
                        """), arguments: [digest])
        else { return nil }
        let receipts = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT page, name, received FROM receipt WHERE story = ? ORDER BY received, name, number"),
            arguments: [digest]
        ).enumerated().map { index, row in
            ExportSubject.Receipt(number: index + 1, page: row["page"], name: row["name"], received: row["received"])
        }
        return ExportSubject.Text(
            bytes: Array(row["text"] as Data),
            mention: try (row["json"] as Data?).map { try JSONDecoder().decode(IncidentMention.self, from: $0) },
            engine: row["engine"], receipts: receipts)
    }
}
