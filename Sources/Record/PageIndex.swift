internal import GRDB

/// An index of few sentences, in memory: what is looked for in them is found and marked without the record's own index,
/// in which each sentence would have to be looked up for itself.
struct PageIndex {
    /// A sentence that fits.
    struct Match {
        /// How well it fits, better ones below worse ones (BM25 among the sentences of the index).
        var score: Double
        /// The sentence, what was looked for between `[` and `]`.
        var marked: String

        /// How many different words are marked, and how often any is.
        var richness: (words: Int, marks: Int) {
            let marks = marked.split(separator: "[").dropFirst().compactMap {
                $0.split(separator: "]").first?.lowercased()
            }
            return (Set(marks).count, marks.count)
        }
    }

    private let database: DatabaseQueue

    /// An index of the sentences of these numbers.
    init(of sentences: [Int64], _ db: Database) throws {
        database = try DatabaseQueue()
        let text = try db.cachedStatement(sql: "SELECT text FROM sentenceView WHERE id = ?")
        try database.write { small in
            try small.execute(
                sql: "CREATE VIRTUAL TABLE page USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
            let insert = try small.makeStatement(sql: "INSERT INTO page (rowid, text) VALUES (?, ?)")
            for id in sentences {
                guard let text = try String.fetchOne(text, arguments: [id]) else { continue }
                try insert.execute(arguments: [id, text])
            }
        }
    }

    /// The sentences that fit a query of FTS5, by their numbers.
    func matches(_ query: String) throws -> [Int64: Match] {
        try database.read { small in
            let rows = try Row.fetchCursor(
                small, sql: "SELECT rowid, bm25(page), highlight(page, 0, '[', ']') FROM page WHERE page MATCH ?",
                arguments: [query])
            var matches: [Int64: Match] = [:]
            while let row = try rows.next() { matches[row[0]] = Match(score: row[1], marked: row[2]) }
            return matches
        }
    }
}
