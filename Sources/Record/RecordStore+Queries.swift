internal import Foundation
internal import GRDB
public import Stories

extension RecordStore {
    /// What a listing of incidents is narrowed to.
    public struct Filter: Sendable {
        /// Only of this kind.
        public var type: IncidentType?
        /// Only what ended on this day or later.
        public var from: Day?
        /// Only what began on this day or before.
        public var to: Day?
        /// ISO 3166-1 alpha-2 code of the country.
        public var country: String?
        /// Words of the headline or the place.
        public var text: String?
        /// Only where at least so many were killed.
        public var killed: Double?
        /// At most so many.
        public var limit = 100

        /// No narrowing, 100 incidents.
        public init() {}
    }

    /// Incidents, the latest first.
    public func incidents(_ filter: Filter = Filter()) throws(RecordStoreError) -> [IncidentSummary] {
        try deriveIfStale()
        return try attempt {
            try pool.read { db in
                var conditions: [String] = []
                var arguments: StatementArguments = []
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
                let filtered = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
                arguments += [max(0, filter.limit)]
                return try Data.fetchAll(
                    db,
                    sql: "SELECT summary FROM incident\(filtered) ORDER BY fromDay IS NULL, fromDay DESC, id LIMIT ?",
                    arguments: arguments
                ).map { try JSONDecoder().decode(IncidentSummary.self, from: $0) }
            }
        }
    }

    /// All that the record holds of one incident.
    ///
    /// - Parameter id: the id of the incident or of any of its stories, or how it begins.
    public func dossier(_ id: String) throws(RecordStoreError) -> Dossier {
        try deriveIfStale()
        return try attempt {
            try pool.read { db in
                let digest = try RecordStore.story(id, db)
                guard
                    let incident = try String.fetchOne(
                        db, sql: "SELECT incident FROM reading WHERE story = ?", arguments: [digest])
                else {
                    throw RecordStoreError.noIncident(id: id)
                }
                let reviews = try RecordStore.reviews(db)
                let decisions = Decisions(reviews)
                let stories = try RecordStore.known(db, of: incident)
                let made = Incident(id: incident, stories: stories, decisions: decisions)
                let members = Set(stories.map(\.digest))
                let claims = Set(made.claims.map(\.id))
                return Dossier(
                    incident: made.summary, stories: try stories.map { try RecordStore.summary($0, db) },
                    claims: made.claims,
                    accounts: made.accounts, disputes: made.disputes,
                    discounted: made.claims.map(\.id).filter(decisions.discounted.contains),
                    reviews: RecordStore.touching(reviews, members, claims))
            }
        }
    }

    private static func touching(_ reviews: [Review], _ stories: Set<String>, _ claims: Set<String>) -> [Review] {
        var numbers: Set<Int> = []
        for review in reviews
        where stories.contains(review.subject) || stories.contains(review.value ?? "")
            || claims.contains(review.subject)
            || review.action == .undo && Int(review.subject).map(numbers.contains) == true
        {
            numbers.insert(review.number)
        }
        return reviews.filter { numbers.contains($0.number) }
    }

    /// The stories of an incident as they were last derived.
    private static func known(_ db: Database, of incident: String) throws -> [Known] {
        let decoder = JSONDecoder()
        return try Row.fetchAll(
            db, sql: "SELECT * FROM reading WHERE incident = ? ORDER BY published IS NULL, published, story",
            arguments: [incident]
        ).map { row in
            let mention: Data? = row["mention"]
            return Known(
                digest: row["story"], published: (row["published"] as String?).flatMap { Day(iso: $0) },
                outlet: row["outlet"],
                headline: row["headline"],
                mention: try mention.map { try decoder.decode(IncidentMention.self, from: $0) }, item: nil,
                sketch: Sketch(bytes: []), claims: try decoder.decode([Claim].self, from: row["claims"]),
                copyOf: row["copyOf"],
                copyKind: (row["copyKind"] as String?).flatMap(CopyKind.init))
        }
    }

    private static func summary(_ story: Known, _ db: Database) throws -> StorySummary {
        let receipts = try Row.fetchAll(
            db, sql: "SELECT name, received FROM receipt WHERE story = ? ORDER BY received, name, number",
            arguments: [story.digest])
        return StorySummary(
            digest: story.digest, headline: story.headline, outlet: story.outlet, published: story.published,
            page: receipts.first?["name"] ?? "", received: receipts.first?["received"] ?? "", receipts: receipts.count,
            copyOf: story.copyOf,
            copyKind: story.copyKind)
    }

    /// A story's text and its reading as JSON, for those who want to see a claim where it stands.
    public func story(_ id: String) throws(RecordStoreError) -> (digest: String, text: [UInt8], reading: Reading) {
        try attempt {
            try pool.read { db in
                let digest = try RecordStore.story(id, db)
                guard
                    let row = try Row.fetchOne(
                        db, sql: "SELECT text, json FROM story JOIN reading ON story = digest WHERE digest = ?",
                        arguments: [digest])
                else { throw RecordStoreError.noIncident(id: id) }
                return (
                    digest, Array(row["text"] as Data),
                    try JSONDecoder().decode(Reading.self, from: row["json"] as Data)
                )
            }
        }
    }

    /// Sentences that hold all words of a query, best first. Quotation marks hold words together; nothing else is
    /// special.
    public func search(_ query: String, limit: Int = 20) throws(RecordStoreError) -> [SearchHit] {
        try deriveIfStale()
        let match = RecordStore.match(query)
        guard !match.isEmpty else { return [] }
        return try attempt {
            try pool.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT sentence.story AS story, start, end, snippet(sentence, 0, '[', ']', '…', 40) AS snippet, incident, headline, outlet, published
                        FROM sentence JOIN reading ON reading.story = sentence.story
                        WHERE sentence MATCH ? ORDER BY rank, sentence.story, start LIMIT ?
                        """, arguments: [match, max(0, limit)]
                ).map { row in
                    SearchHit(
                        story: row["story"], incident: row["incident"], headline: row["headline"],
                        outlet: row["outlet"],
                        published: (row["published"] as String?).flatMap { Day(iso: $0) }, snippet: row["snippet"],
                        span: Span(row["start"], row["end"]))
                }
            }
        }
    }

    /// A query as FTS5 takes it: each word or quoted phrase as a string of its own.
    static func match(_ query: String) -> String {
        query.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part -> [String] in
            let words = part.split { !($0.isLetter || $0.isNumber) }.map(String.init)
            guard index % 2 == 1 else { return words }
            return words.isEmpty ? [] : [words.joined(separator: " ")]
        }.map { "\"\($0)\"" }.joined(separator: " ")
    }

    /// Speakers, those with most claims first.
    public func sources(limit: Int = 50) throws(RecordStoreError) -> [SourceSummary] {
        try deriveIfStale()
        return try attempt {
            try pool.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM source ORDER BY claims DESC, stories DESC, speaker, kind LIMIT ?",
                    arguments: [max(0, limit)]
                ).compactMap(RecordStore.source)
            }
        }
    }

    /// The speakers whose name or description holds `text`, letter case aside, each with its claims in time order; those with
    /// the most claims first.
    ///
    /// - Complexity: O(*n*) in the number of sources, plus the stories of those found.
    public func claims(ofSource text: String, limit: Int = 50) throws(RecordStoreError) -> [SourceClaims] {
        try deriveIfStale()
        return try attempt {
            try pool.read { db in
                let decoder = JSONDecoder()
                let found = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM source WHERE instr(lower(speaker), lower(?)) > 0 OR key = ?
                        ORDER BY claims DESC, stories DESC, speaker, kind LIMIT ?
                        """, arguments: [text, text, max(0, limit)]
                ).compactMap(RecordStore.source)
                return try found.map { source in
                    let rows = try Row.fetchAll(
                        db,
                        sql: """
                            SELECT sourceClaim.number, reading.claims, reading.incident FROM sourceClaim
                            JOIN reading ON reading.story = sourceClaim.story WHERE sourceClaim.source = ?
                            """, arguments: [source.key])
                    let entries: [SourceClaims.Entry] = try rows.compactMap { row in
                        let number: Int = row["number"]
                        let claims = try decoder.decode([Claim].self, from: row["claims"])
                        return claims.first { $0.number == number }.map { .init(claim: $0, incident: row["incident"]) }
                    }
                    return SourceClaims(
                        source: source,
                        claims: entries.sorted { Reckoning.isBefore($0.claim, $1.claim) })
                }
            }
        }
    }

    private static func source(_ row: Row) -> SourceSummary? {
        guard let kind = Speaker.Kind(rawValue: row["kind"]) else { return nil }
        return SourceSummary(
            key: row["key"], speaker: row["speaker"], kind: kind, claims: row["claims"], incidents: row["incidents"],
            stories: row["stories"])
    }

    /// How many stories, receipts, incidents and reviews the record holds.
    public func counts() throws(RecordStoreError) -> (stories: Int, receipts: Int, incidents: Int, reviews: Int) {
        try deriveIfStale()
        return try attempt {
            try pool.read { db in
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
        guard prefix.count >= 4, prefix.allSatisfy(\.isHexDigit) else { throw RecordStoreError.noIncident(id: id) }
        let found = try String.fetchAll(
            db, sql: "SELECT digest FROM story WHERE substr(digest, 1, ?) = ? LIMIT 10",
            arguments: [prefix.utf8.count, prefix])
        guard let first = found.first else { throw RecordStoreError.noIncident(id: id) }
        guard found.count == 1 else { throw RecordStoreError.ambiguous(id: id, count: found.count) }
        return first
    }

    /// The full id of a claim.
    static func claim(_ id: String, _ db: Database) throws -> String {
        let parts = id.split(separator: ".")
        guard parts.count == 2, let number = Int(parts[1]) else { throw RecordStoreError.noClaim(id: id) }
        let digest = try story(String(parts[0]), db)
        let claims = try Data.fetchOne(db, sql: "SELECT claims FROM reading WHERE story = ?", arguments: [digest])
        guard let claims,
            let claim = try JSONDecoder().decode([Claim].self, from: claims).first(where: { $0.number == number })
        else {
            throw RecordStoreError.noClaim(id: id)
        }
        return claim.id
    }
}
