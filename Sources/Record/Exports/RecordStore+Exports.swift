internal import Foundation
internal import GRDB
internal import Stories

extension RecordStore {
    /// Writes an export of all incidents that a filter lets through, in the order of their ids, piece by piece.
    ///
    /// One incident's dossier is in memory at a time, whatever the record's size; the filter's limit is not heeded.
    ///
    /// - Parameters:
    ///   - incident: the id of the only incident to write, or of one of its stories.
    ///   - write: takes each piece. What it throws ends the export and is thrown on.
    /// - Throws: `RecordStoreError` where the record cannot be read or has no such incident.
    public func export(
        _ export: Export, filter: Filter = Filter(), incident: String? = nil, write: ([UInt8]) throws -> Void
    ) throws {
        let shape = ExportShape(export)
        if let incident {
            let dossier = try dossier(incident)
            let body = shape.body(try subject(dossier, shape))
            let head = shape.headOfOne?(dossier.incident) ?? shape.head
            return try write(Array((head + body + shape.tail).utf8))
        }
        try deriveIfStale()
        var pending = shape.head
        func flush(over size: Int = 0) throws {
            guard pending.utf8.count > size else { return }
            try write(Array(pending.utf8))
            pending = ""
        }
        if let contents = shape.contents {
            try forEachSummary(filter) { summary in
                pending += contents(summary)
                try flush(over: RecordStore.piece)
            }
        }
        pending += shape.afterContents
        var isFirst = true
        try forEachSummary(filter) { summary in
            guard let dossier = try current(summary.id) else { return }
            let body = shape.body(try subject(dossier, shape))
            guard !body.isEmpty else { return }
            if !isFirst { pending += shape.separator }
            isFirst = false
            pending += body
            try flush(over: RecordStore.piece)
        }
        pending += shape.tail
        try flush()
    }

    /// How many bytes are gathered before they are written.
    private static let piece = 64 << 10

    /// The dossier of an incident; nil where it was merged into another since it was listed.
    private func current(_ id: String) throws -> Dossier? {
        do {
            let dossier = try dossier(id)
            return dossier.incident.id == id ? dossier : nil
        } catch RecordStoreError.noIncident { return nil }
    }

    /// Hands on the summaries of the filtered incidents in the order of their ids, a few hundred at a time.
    private func forEachSummary(_ filter: Filter, _ body: (IncidentSummary) throws -> Void) throws {
        var last = ""
        while true {
            let page = try summaries(filter, after: last)
            for summary in page { try body(summary) }
            guard let end = page.last else { return }
            last = end.id
        }
    }

    private func summaries(_ filter: Filter, after last: String) throws(RecordStoreError) -> [IncidentSummary] {
        try attempt {
            try pool.read { db in
                var conditions = ["id > ?"]
                var arguments: StatementArguments = [last]
                func add(_ condition: String, _ value: some DatabaseValueConvertible) {
                    conditions.append(condition)
                    arguments += [value]
                }
                if let type = filter.type { add("type = ?", type.rawValue) }
                if let from = filter.from { add("coalesce(toDay, fromDay) >= ?", from.description) }
                if let to = filter.to { add("fromDay <= ?", to.description) }
                if let country = filter.country { add("country = ?", country.uppercased()) }
                if let killed = filter.killed { add("killed >= ?", killed) }
                if let text = filter.text {
                    add("instr(lower(headline || ' ' || coalesce(place, '')), ?) > 0", text.lowercased())
                }
                return try Data.fetchAll(
                    db,
                    sql:
                        "SELECT summary FROM incident WHERE \(conditions.joined(separator: " AND ")) ORDER BY id LIMIT 256",
                    arguments: arguments
                ).map { try JSONDecoder().decode(IncidentSummary.self, from: $0) }
            }
        }
    }

    private func subject(_ dossier: Dossier, _ shape: ExportShape) throws -> ExportSubject {
        guard shape.readsTexts else { return ExportSubject(dossier) }
        var texts: [String: ExportSubject.Text] = [:]
        for story in dossier.stories {
            let (_, bytes, reading) = try self.story(story.digest)
            let (engine, receipts) = try origin(story.digest)
            texts[story.digest] = .init(bytes: bytes, reading: reading, engine: engine, receipts: receipts)
        }
        return ExportSubject(dossier, texts: texts)
    }

    /// The engine that read a story, and the times that it came.
    private func origin(_ digest: String) throws(RecordStoreError) -> (String, [ExportSubject.Receipt]) {
        try attempt {
            try pool.read { db in
                let engine = try String.fetchOne(
                    db, sql: "SELECT engine FROM reading WHERE story = ?", arguments: [digest])
                let receipts = try Row.fetchAll(
                    db, sql: "SELECT page, name, received FROM receipt WHERE story = ? ORDER BY received, name, number",
                    arguments: [digest]
                ).enumerated().map { index, row in
                    ExportSubject.Receipt(
                        number: index + 1, page: row["page"], name: row["name"], received: row["received"])
                }
                return (engine ?? "", receipts)
            }
        }
    }
}
