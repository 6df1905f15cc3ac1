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
                var search = search
                search.isOfFew = try RecordStore.areFew(search, db)
                return switch search.scope {
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
            add(part, StatementArguments(values))
        }

        mutating func add(_ part: String, _ values: StatementArguments) {
            parts.append(part)
            self.values += values
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
            // Of many speakers the rows at hand are asked whose they are (`+`), instead of all of theirs being looked up.
            condition.add(
                "\(search.isOfFew ? "" : "+")\(table).source IN (\(sourcesByName))", [Search.beginnings(of: speaker)])
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
            condition.add(
                "EXISTS (SELECT 1 FROM \(table) WHERE \(table).reading = reading.number AND \(inner.sql))", inner.values
            )
        }
        let rows = try found(
            "reading.number AS number, reading.number AS sentence", "storyText",
            "reading\(search.match == nil ? "" : " ON reading.number = storyText.rowid")", "reading.number DESC",
            condition,
            search, db)
        let numbers = rows.map { $0["number"] as Int64 }
        let passages = try passages(of: numbers, match: search.anyMatch, db)
        return try numbers.compactMap { number in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT story, incident, headline, outlet, published FROM reading WHERE number = ?"),
                arguments: [number])
            guard let row else { return nil }
            var hit = hit(row)
            (hit.snippet, hit.span) = passages[number] ?? (hit.headline, Span(0, 0))
            return hit
        }
    }

    private static func claims(_ search: Search, _ db: Database) throws -> [SearchHit] {
        var condition = condition(search)
        add(search, "claim", to: &condition)
        let rows = try found(
            "claim.reading AS reading, claim.number AS number, claim.sentence AS sentence", "sentenceText",
            """
            claim\(search.match == nil ? "" : " ON claim.sentence = sentenceText.rowid")
            CROSS JOIN reading ON reading.number = claim.reading
            """, "claim.reading DESC, claim.number", condition, search, db,
            few: try sentences(of: search, db))
        let marked = try marked(rows, search, db)
        return try rows.compactMap { pair in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT claim.*, story, reading.incident AS incident, reading.headline AS headline, outlet, published
                        FROM claim JOIN reading ON reading.number = claim.reading WHERE claim.reading = ? AND claim.number = ?
                        """), arguments: [pair["reading"] as Int64, pair["number"] as Int])
            guard let row else { return nil }
            var hit = hit(row)
            var claim = claim(row, hit.story, hit.published, hit.outlet)
            hit.span = claim.span
            claim.sentence = try sentence(claim.span, hit, db)
            hit.snippet = (row["sentence"] as Int64?).flatMap { marked[$0] } ?? claim.sentence
            (hit.speaker, hit.kind, hit.stance) = (claim.label, claim.speaker.kind, claim.stance)
            hit.claim = claim
            return hit
        }
    }

    private static func statements(_ search: Search, _ db: Database) throws -> [SearchHit] {
        var condition = condition(search)
        add(search, "statement", to: &condition)
        let isOfWords = search.match != nil
        let rows = try found(
            """
            statement.reading AS reading, statement.number AS number,
                \(isOfWords ? "sentence.id" : "firstSentence") AS sentence
            """, "sentenceText",
            """
            \(isOfWords ? "sentence ON sentence.id = sentenceText.rowid CROSS JOIN " : "")statement
            \(isOfWords ? "ON statement.reading = sentence.reading AND sentence.id BETWEEN firstSentence AND lastSentence" : "")
            CROSS JOIN reading ON reading.number = statement.reading
            """, "statement.reading DESC, statement.number", condition, search, db,
            few: try sentences(of: search, db))
        let marked = try marked(rows, search, db)
        return try rows.compactMap { pair in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT statement.*, story, reading.incident AS incident, reading.headline AS headline, outlet, published
                        FROM statement JOIN reading ON reading.number = statement.reading
                        WHERE statement.reading = ? AND statement.number = ?
                        """), arguments: [pair["reading"] as Int64, pair["number"] as Int])
            guard let row else { return nil }
            var hit = hit(row)
            let found: Int64 = pair["sentence"]
            let sentence = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT start, end FROM sentence WHERE id = ?"), arguments: [found])
            hit.span = Span(sentence?["start"] ?? 0, sentence?["end"] ?? 0)
            hit.snippet = try marked[found] ?? self.sentence(hit.span, hit, db)
            (hit.speaker, hit.kind) = (row["speaker"], Speaker.Kind(rawValue: row["kind"]))
            hit.stance = Attribution.Stance(rawValue: row["stance"])
            return hit
        }
    }

    /// The rows of one page. Without words those that came in last; with words, of the latest that fit (`ranked`), those whose
    /// text fits best (BM25), of equal ones the latest.
    ///
    /// The index of words is walked from its end, each of its rows looked up in the tables behind it: no table is read
    /// whole. A speaker of few sentences is looked for among these alone.
    ///
    /// - Parameters:
    ///   - columns: what is wanted, among it the `sentence` that the words stand in.
    ///   - index: the index of words.
    ///   - tables: the tables behind it.
    ///   - latest: how rows are ordered where no words are looked for.
    ///   - few: the sentences of a speaker of few, to look for the words in.
    private static func found(
        _ columns: String, _ index: String, _ tables: String, _ latest: String, _ condition: Condition,
        _ search: Search, _ db: Database, few: [Int64]? = nil
    ) throws -> [Row] {
        let incident = condition.sql.contains("incident.") ? "LEFT JOIN incident ON incident.id = reading.incident" : ""
        let (skipped, wanted) = (max(0, search.offset), max(0, search.limit))
        guard let match = search.match else {
            return try Row.fetchAll(
                db,
                sql:
                    "SELECT \(columns) FROM \(tables) \(incident) WHERE \(condition.sql) ORDER BY \(latest) LIMIT ? OFFSET ?",
                arguments: condition.values + [wanted, skipped])
        }
        var rows: [(score: Double, row: Row)]
        if let few {
            let matches = try PageIndex(of: few, db).matches(match)
            guard !matches.isEmpty else { return [] }
            // Numbers of rows, and no text of anybody's.
            let list = matches.keys.sorted(by: >).map(String.init).joined(separator: ",")
            let inner = "(SELECT id AS rowid FROM sentence WHERE id IN (\(list)) ORDER BY id DESC) AS \(index)"
            rows = try Row.fetchAll(
                db,
                sql: "SELECT \(columns) FROM \(inner) CROSS JOIN \(tables) \(incident) WHERE \(condition.sql) LIMIT ?",
                arguments: condition.values + [ranked]
            ).map { (matches[$0["sentence"]]?.score ?? 0, $0) }
        } else {
            rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(columns), bm25(\(index)) AS score FROM \(index) CROSS JOIN \(tables) \(incident)
                    WHERE \(index) MATCH ? AND \(condition.sql) ORDER BY \(index).rowid DESC LIMIT ?
                    """, arguments: [match] + condition.values + [ranked]
            ).map { ($0["score"], $0) }
        }
        // Of equal ones the order in which they were found stands.
        rows = rows.enumerated().sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }.map(\.element)
        return rows.dropFirst(skipped).prefix(wanted).map(\.row)
    }

    /// The sentences of the claims or statements of a speaker of few, where words are looked for.
    private static func sentences(of search: Search, _ db: Database) throws -> [Int64]? {
        guard let speaker = search.speaker, search.isOfFew, search.match != nil else { return nil }
        let sql =
            search.scope == .claims
            ? "SELECT sentence FROM claim WHERE sentence IS NOT NULL AND source IN (\(sourcesByName))"
            : """
            SELECT sentence.id FROM statement JOIN sentence ON sentence.id BETWEEN firstSentence AND lastSentence
            WHERE source IN (\(sourcesByName))
            """
        return try Int64.fetchSet(db, sql: sql, arguments: [Search.beginnings(of: speaker)]).sorted()
    }

    /// Whether the speakers that are looked for say so little that all of it can be gone through.
    private static func areFew(_ search: Search, _ db: Database) throws -> Bool {
        guard let speaker = search.speaker else { return false }
        let table = search.scope == .claims || search.measure != nil ? "claim" : "statement"
        let count = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM (SELECT 1 FROM \(table) WHERE source IN (\(sourcesByName)) LIMIT ?)",
            arguments: [Search.beginnings(of: speaker), few + 1])
        return (count ?? 0) <= few
    }

    /// So many claims or statements are few.
    private static let few = 2000

    private static func hit(_ row: Row) -> SearchHit {
        SearchHit(
            story: row["story"], incident: row["incident"], headline: row["headline"], outlet: row["outlet"],
            published: row.day("published"), snippet: "", span: Span(0, 0))
    }

    /// The sentences that stories are shown by: those that fit what is looked for best, else the first.
    private static func passages(
        of numbers: [Int64], match: String?, _ db: Database
    ) throws -> [Int64: (text: String, span: Span)] {
        var sentences: [Int64: [Int64]] = [:]
        for number in numbers {
            sentences[number] = try Int64.fetchAll(
                db.cachedStatement(sql: "SELECT id FROM sentence WHERE reading = ? ORDER BY id"), arguments: [number])
        }
        let matches = try match.map { try PageIndex(of: sentences.values.flatMap { $0 }, db).matches($0) } ?? [:]
        var passages: [Int64: (text: String, span: Span)] = [:]
        for (number, ids) in sentences {
            let fitting = ids.compactMap { id in matches[id].map { (id: id, match: $0) } }
            // By itself, so that it does not hang on what else is on the page.
            let best = fitting.map { ($0.id, $0.match, $0.match.richness) }
                .min { ($1.2.words, $1.2.marks, $0.0) < ($0.2.words, $0.2.marks, $1.0) }
            guard let id = best?.0 ?? ids.first else { continue }
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT start, end, text FROM sentence JOIN sentenceView ON sentenceView.id = sentence.id
                        WHERE sentence.id = ?
                        """), arguments: [id])
            guard let row else { continue }
            passages[number] = (
                PlainText.of((best?.1.marked ?? row["text"]).utf8), Span(row["start"], row["end"])
            )
        }
        return passages
    }

    /// The sentences of rows, with what was looked for between `[` and `]`.
    private static func marked(_ rows: [Row], _ search: Search, _ db: Database) throws -> [Int64: String] {
        guard let match = search.anyMatch else { return [:] }
        let ids = Set(rows.compactMap { $0["sentence"] as Int64? })
        return try PageIndex(of: ids.sorted(), db).matches(match).mapValues { PlainText.of($0.marked.utf8) }
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
