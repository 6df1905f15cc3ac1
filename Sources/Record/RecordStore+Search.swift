internal import Foundation
internal import GRDB
internal import Onrecord
internal import Stories

extension RecordStore {
    /// What a search finds: best first where it looks for words, of what fits very often those that came in last; else those
    /// that came in last first.
    public func search(_ search: Search) throws(RecordStoreError) -> [SearchHit] {
        if search.scope == .statements, search.measure != nil {
            throw .badSearch(reason: "measure: is of claims: look for it among claims")
        }
        return try attempt {
            try database.read { db in
                switch search.scope {
                case .stories: try RecordStore.stories(search, db)
                case .claims: try RecordStore.claims(search, db)
                case .statements: try RecordStore.statements(search, db)
                }
            }
        }
    }

    /// The stories that fit a query as people type it (`Search`).
    public func search(_ query: String, limit: Int = 20) throws(RecordStoreError) -> [SearchHit] {
        var search = try Search(parsing: query)
        guard search.match != nil || search != Search() else { return [] }
        search.limit = limit
        return try self.search(search)
    }

    /// Conditions and their values.
    private struct Condition {
        var parts: [String] = []
        var values: StatementArguments = []

        mutating func add(_ part: String, _ values: [any DatabaseValueConvertible] = []) {
            parts.append(part)
            self.values += StatementArguments(values)
        }

        var sql: String { parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ") }
    }

    /// What a search wants of a story and its incident.
    private static func condition(_ search: Search) -> Condition {
        var condition = Condition()
        if let from = search.from { condition.add("reading.published >= ?", [from.description]) }
        if let to = search.to { condition.add("reading.published <= ?", [to.description]) }
        if let type = search.type { condition.add("incident.type = ?", [type.rawValue]) }
        if let country = search.country { condition.add("incident.country = ?", [country]) }
        if let circle = search.near {
            condition.add("within(incident.lat, incident.lon, ?, ?, ?)", [circle.lat, circle.lon, circle.kilometres])
        }
        return condition
    }

    /// What it wants of who speaks, in a table of claims or statements.
    private static func add(_ search: Search, _ table: String, to condition: inout Condition) {
        if let speaker = search.speaker {
            condition.add("\(table).source IN (\(sourcesByName))", [Search.beginnings(of: speaker)])
        }
        if let kind = search.kind { condition.add("\(table).kind = ?", [kind.rawValue]) }
        if let stance = search.stance { condition.add("\(table).stance = ?", [stance.rawValue]) }
        if let measure = search.measure, table == "claim" { condition.add("claim.measure = ?", [measure.rawValue]) }
    }

    /// The speakers whose name or description has words that begin so.
    static let sourcesByName =
        "SELECT source FROM speaker JOIN speakerText ON speakerText.rowid = speaker.id WHERE speakerText MATCH ?"

    /// Of what fits more often than this, those that came in last are ranked: ranking looks at each, and of a word that
    /// stands in every story no person turns a thousand pages.
    private static let ranked = 1000

    private static func stories(_ search: Search, _ db: Database) throws -> [SearchHit] {
        var condition = condition(search)
        for table in ["statement", "claim"] {
            guard table == "claim" ? search.measure != nil : search.measure == nil else { continue }
            var inner = Condition()
            add(search, table, to: &inner)
            guard !inner.parts.isEmpty else { continue }
            condition.parts.append(
                "EXISTS (SELECT 1 FROM \(table) WHERE \(table).reading = reading.number AND \(inner.sql))")
            condition.values += inner.values
        }
        let match = search.match
        let found = """
            FROM \(match == nil ? "reading" : "storyText JOIN reading ON reading.number = storyText.rowid")
            LEFT JOIN incident ON incident.id = reading.incident
            WHERE \(match == nil ? "" : "storyText MATCH ? AND ") \(condition.sql)
            """
        let columns =
            "reading.number AS number, story, reading.incident AS incident, reading.headline AS headline, outlet, published"
        let numbers = try ordered(
            "SELECT reading.number \(found) ORDER BY reading.number DESC LIMIT ?", condition, search,
            rank:
                "SELECT rowid AS number FROM storyText WHERE storyText MATCH ? AND rowid IN (%) ORDER BY rank, rowid DESC",
            db)
        let rows = try numbers.compactMap { number in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT \(columns) FROM reading WHERE number = ?"), arguments: [number])
        }
        return try rows.map { row in
            var hit = hit(row)
            let number: Int64 = row["number"]
            (hit.snippet, hit.span) = try passage(of: number, match: search.anyMatch, headline: hit.headline, db)
            return hit
        }
    }

    private static func claims(_ search: Search, _ db: Database) throws -> [SearchHit] {
        var condition = condition(search)
        add(search, "claim", to: &condition)
        let match = search.match
        let found = """
            FROM \(match == nil ? "claim" : "sentenceText JOIN claim ON claim.sentence = sentenceText.rowid")
            JOIN reading ON reading.number = claim.reading LEFT JOIN incident ON incident.id = reading.incident
            WHERE \(match == nil ? "" : "sentenceText MATCH ? AND ") \(condition.sql)
            """
        let order = match == nil ? "claim.reading DESC, claim.number" : "sentenceText.rowid DESC, claim.number"
        let pairs = try Row.fetchAll(
            db,
            sql:
                "SELECT claim.reading AS reading, claim.number AS number, claim.sentence AS sentence \(found) ORDER BY \(order) LIMIT ?",
            arguments: (match.map { [$0] } ?? []) + condition.values + [window(search)])
        let rows = try page(pairs, "sentence", search, db).compactMap { pair in
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT claim.*, story, reading.incident AS incident, reading.headline AS headline, outlet, published
                        FROM claim JOIN reading ON reading.number = claim.reading WHERE claim.reading = ? AND claim.number = ?
                        """), arguments: [pair["reading"] as Int64, pair["number"] as Int])
        }
        return try rows.map { row in
            var hit = hit(row)
            var claim = claim(row, hit.story, hit.published, hit.outlet)
            hit.span = claim.span
            claim.sentence = try sentence(claim.span, hit, db)
            hit.snippet = try marked(row["sentence"], search.anyMatch, db) ?? claim.sentence
            (hit.speaker, hit.kind, hit.stance) = (claim.label, claim.speaker.kind, claim.stance)
            hit.claim = claim
            return hit
        }
    }

    private static func statements(_ search: Search, _ db: Database) throws -> [SearchHit] {
        var condition = condition(search)
        add(search, "statement", to: &condition)
        let match = search.match
        let found = """
            FROM \(match == nil ? "" : "sentenceText JOIN sentence ON sentence.id = sentenceText.rowid JOIN ") statement
            \(match == nil ? "" : "ON statement.reading = sentence.reading AND sentence.id BETWEEN statement.firstSentence AND statement.lastSentence")
            JOIN reading ON reading.number = statement.reading LEFT JOIN incident ON incident.id = reading.incident
            WHERE \(match == nil ? "" : "sentenceText MATCH ? AND ") \(condition.sql)
            """
        let order =
            match == nil ? "statement.reading DESC, statement.number" : "sentenceText.rowid DESC, statement.number"
        let pairs = try Row.fetchAll(
            db,
            sql: """
                SELECT statement.reading AS reading, statement.number AS number,
                    \(match == nil ? "firstSentence" : "sentence.id") AS sentence \(found) ORDER BY \(order) LIMIT ?
                """, arguments: (match.map { [$0] } ?? []) + condition.values + [window(search)])
        let rows = try page(pairs, "sentence", search, db).compactMap { pair in
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT statement.*, story, reading.incident AS incident, reading.headline AS headline, outlet, published,
                            ? AS found
                        FROM statement JOIN reading ON reading.number = statement.reading
                        WHERE statement.reading = ? AND statement.number = ?
                        """), arguments: [pair["sentence"] as Int64, pair["reading"] as Int64, pair["number"] as Int])
        }
        return try rows.map { row in
            var hit = hit(row)
            let sentence = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT start, end FROM sentence WHERE id = ?"),
                arguments: [row["found"] as Int64])
            hit.span = Span(sentence?["start"] ?? 0, sentence?["end"] ?? 0)
            hit.snippet = try marked(row["found"], search.anyMatch, db) ?? self.sentence(hit.span, hit, db)
            (hit.speaker, hit.kind) = (row["speaker"], Speaker.Kind(rawValue: row["kind"]))
            hit.stance = Attribution.Stance(rawValue: row["stance"])
            return hit
        }
    }

    /// How many of the latest that fit are looked at.
    private static func window(_ search: Search) -> Int {
        search.match == nil ? max(0, search.offset) + max(0, search.limit) : ranked
    }

    /// The numbers of the stories on a page: the latest that fit, ranked where words are looked for.
    private static func ordered(
        _ latest: String, _ condition: Condition, _ search: Search, rank: String, _ db: Database
    ) throws -> [Int64] {
        let match = search.match
        let found = try Int64.fetchAll(
            db, sql: latest, arguments: (match.map { [$0] } ?? []) + condition.values + [window(search)])
        var sorted = found
        if let match, !found.isEmpty {
            // Numbers of rows, and no text of anybody's.
            let list = found.map(String.init).joined(separator: ",")
            sorted = try Int64.fetchAll(db, sql: rank.replacing("%", with: list), arguments: [match])
        }
        return Array(sorted.dropFirst(max(0, search.offset)).prefix(max(0, search.limit)))
    }

    /// The rows on a page, the latest that fit, by how well their sentences fit where words are looked for.
    private static func page(_ rows: [Row], _ column: String, _ search: Search, _ db: Database) throws -> [Row] {
        var sorted = rows
        if let match = search.match, !rows.isEmpty {
            let sentences = Set(rows.compactMap { $0[column] as Int64? })
            let list = sentences.sorted().map(String.init).joined(separator: ",")
            let order = try Int64.fetchAll(
                db,
                sql:
                    "SELECT rowid FROM sentenceText WHERE sentenceText MATCH ? AND rowid IN (\(list)) ORDER BY rank, rowid DESC",
                arguments: [match])
            let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
            sorted = rows.enumerated().sorted { a, b in
                func place(_ row: Row) -> Int { (row[column] as Int64?).flatMap { places[$0] } ?? order.count }
                return (place(a.element), a.offset) < (place(b.element), b.offset)
            }.map(\.element)
        }
        return Array(sorted.dropFirst(max(0, search.offset)).prefix(max(0, search.limit)))
    }

    private static func hit(_ row: Row) -> SearchHit {
        SearchHit(
            story: row["story"], incident: row["incident"], headline: row["headline"], outlet: row["outlet"],
            published: row.day("published"), snippet: "", span: Span(0, 0))
    }

    /// The sentence of a story that a search is shown by: the one that fits what is looked for best, else the first.
    private static func passage(
        of number: Int64, match: String?, headline: String, _ db: Database
    ) throws -> (String, Span) {
        let ends = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT min(id) AS first, max(id) AS last FROM sentence WHERE reading = ?"),
            arguments: [number])
        guard let first: Int64 = ends?["first"], let last: Int64 = ends?["last"] else { return (headline, Span(0, 0)) }
        var best: Row?
        if let match {
            best = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT rowid AS id, highlight(sentenceText, 0, '[', ']') AS text FROM sentenceText
                        WHERE sentenceText MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank, rowid LIMIT 1
                        """), arguments: [match, first, last])
        }
        let id: Int64 = best?["id"] ?? first
        let sentence = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT start, end, text FROM sentence JOIN sentenceView ON sentenceView.id = sentence.id
                    WHERE sentence.id = ?
                    """), arguments: [id])
        let text: String? = best?["text"] ?? sentence?["text"]
        return (PlainText.of((text ?? headline).utf8), Span(sentence?["start"] ?? 0, sentence?["end"] ?? 0))
    }

    /// A sentence with what was looked for between `[` and `]`; nil where it holds none of it.
    private static func marked(_ sentence: Int64?, _ match: String?, _ db: Database) throws -> String? {
        guard let sentence, let match else { return nil }
        return try String.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT highlight(sentenceText, 0, '[', ']') FROM sentenceText WHERE sentenceText MATCH ? AND rowid = ?"
            ), arguments: [match, sentence]
        ).map { PlainText.of($0.utf8) }
    }

    private static func sentence(_ span: Span, _ hit: SearchHit, _ db: Database) throws -> String {
        guard !span.isEmpty,
            let text = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT substr(text, ?, ?) FROM story WHERE digest = ?"),
                arguments: [span.start + 1, span.count, hit.story])
        else { return hit.headline }
        return PlainText.of(text)
    }
}
