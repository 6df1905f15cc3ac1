internal import Foundation
internal import GRDB
internal import Onrecord
public import Stories

extension RecordStore {
    /// What a listing of incidents is narrowed to.
    public struct Filter: Sendable, Hashable {
        /// Only of this kind.
        public var type: IncidentType?
        /// Only what ended on this day or later.
        public var from: Day?
        /// Only what began on this day or before.
        public var to: Day?
        /// ISO 3166-1 alpha-2 code of the country.
        public var country: String?
        /// Only what lies so near to a point.
        public var near: Circle?
        /// Only whose headline and place have words that begin like these.
        public var text: String?
        /// Only where at least so many were killed.
        public var killed: Double?
        /// Only where something is disputed.
        public var disputed = false
        /// Only what a person has looked at so.
        public var status: ReviewStatus?
        /// Passes over so many.
        public var offset = 0
        /// At most so many; no limit where nil.
        public var limit: Int? = 100

        /// No narrowing, 100 incidents.
        public init() {}
    }

    /// All that lies within a distance of a point.
    public struct Circle: Sendable, Hashable {
        /// Latitude of the centre in degrees.
        public var lat: Double
        /// Longitude of the centre in degrees.
        public var lon: Double
        /// Radius in kilometres.
        public var kilometres: Double

        /// A circle from its parts.
        public init(lat: Double, lon: Double, kilometres: Double) {
            self.lat = lat
            self.lon = lon
            self.kilometres = kilometres
        }

        /// Whether a point lies in it (great circle on a sphere).
        func contains(_ lat: Double, _ lon: Double) -> Bool {
            let radians = Double.pi / 180
            let (a, b) = (self.lat * radians, lat * radians)
            let (north, east) = (sin((b - a) / 2), sin((lon - self.lon) * radians / 2))
            return 2 * 6371 * asin(min(1, sqrt(north * north + cos(a) * cos(b) * east * east))) <= kilometres
        }
    }

    /// Incidents, the latest first.
    ///
    /// - Complexity: O(*n*) in the incidents that are passed over and taken.
    public func incidents(_ filter: Filter = Filter()) throws(RecordStoreError) -> [IncidentSummary] {
        try attempt {
            try database.read { db in
                let (condition, arguments) = RecordStore.condition(filter)
                return try Data.fetchAll(
                    db,
                    sql: """
                        SELECT json FROM incident CROSS JOIN incidentSummary USING (number)\(condition)
                        ORDER BY fromDay IS NULL, fromDay DESC, id LIMIT ? OFFSET ?
                        """,
                    arguments: arguments + [max(-1, filter.limit ?? -1), max(0, filter.offset)]
                ).map { try JSONDecoder().decode(IncidentSummary.self, from: $0) }
            }
        }
    }

    /// How many incidents a filter lets through, its offset and limit aside.
    public func count(_ filter: Filter) throws(RecordStoreError) -> Int {
        try attempt {
            try database.read { db in
                let (condition, arguments) = RecordStore.condition(filter)
                return try Int.fetchOne(db, sql: "SELECT count(*) FROM incident\(condition)", arguments: arguments) ?? 0
            }
        }
    }

    private static func condition(_ filter: Filter) -> (String, StatementArguments) {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        if let type = filter.type { add("type = ?", [type.rawValue]) }
        if let from = filter.from { add("coalesce(toDay, fromDay) >= ?", [from.description]) }
        if let to = filter.to { add("fromDay <= ?", [to.description]) }
        if let country = filter.country { add("country = ?", [country.uppercased()]) }
        if let killed = filter.killed { add("killed >= ?", [killed]) }
        if filter.disputed { add("disputes > 0", []) }
        if let status = filter.status { add("status = ?", [status.rawValue]) }
        if let circle = filter.near {
            // The index on latitudes leaves few to be measured.
            let reach = circle.kilometres / 111 + 0.01
            add("lat BETWEEN ? AND ?", [circle.lat - reach, circle.lat + reach])
            add("within(lat, lon, ?, ?, ?)", [circle.lat, circle.lon, circle.kilometres])
        }
        if let text = filter.text {
            add(
                "incident.number IN (SELECT rowid FROM incidentText WHERE incidentText MATCH ?)",
                [Search.beginnings(of: text)])
        }
        return (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "), arguments)
    }

    /// `within(lat, lon, centreLat, centreLon, kilometres)`, for queries.
    static let within = DatabaseFunction("within", argumentCount: 5, pure: true) { values in
        let numbers = values.compactMap { Double.fromDatabaseValue($0) }
        guard numbers.count == 5 else { return false }
        return Circle(lat: numbers[2], lon: numbers[3], kilometres: numbers[4]).contains(numbers[0], numbers[1])
    }

    /// The ids of all incidents that a filter lets through, its offset and limit aside, ascending.
    static func ids(_ filter: Filter, _ db: Database) throws -> [String] {
        let (condition, arguments) = condition(filter)
        return try String.fetchAll(db, sql: "SELECT id FROM incident\(condition) ORDER BY id", arguments: arguments)
    }

    // MARK: One incident

    /// All that the record holds of one incident.
    ///
    /// - Parameter id: the id of the incident or of any of its stories, or how it begins.
    public func dossier(_ id: String) throws(RecordStoreError) -> Dossier {
        try attempt { try database.read { db in try RecordStore.dossier(of: id, db) } }
    }

    static func dossier(of id: String, _ db: Database) throws -> Dossier {
        let digest = try story(id, db)
        let incident = try String.fetchOne(db, sql: "SELECT incident FROM reading WHERE story = ?", arguments: [digest])
        guard let incident else { throw RecordStoreError.untold(story: id) }
        return try dossier(incident: incident, db)
    }

    static func dossier(incident id: String, _ db: Database) throws -> Dossier {
        var stories = try members(of: id, db)
        for index in stories.indices { try cutSentences(&stories[index], db) }
        let digests = Set(stories.map(\.digest))
        let reviews = try reviews(ofStories: stories.map(\.digest), db)
        let made = Incident(id: id, stories: stories, decisions: Decisions(reviews))
        let attached = Set(
            try stories.flatMap { story in
                try Int.fetchAll(
                    db.cachedStatement(sql: "SELECT review FROM attached WHERE reading = ?"), arguments: [story.number])
            })
        let touching = touching(reviews, digests)
        let waiting = Decisions(reviews).standing.filter { $0.isOfClaim && !attached.contains($0.number) }
        return Dossier(
            incident: made.summary, stories: try stories.map { try summary($0, made.withdrawn, db) },
            claims: made.claims,
            accounts: made.accounts, disputes: made.disputes, profiles: made.profiles,
            revisions: Copies.revisions(stories), discounted: made.claims.map(\.id).filter(made.discounted.contains),
            repeated: made.claims.map(\.id).filter(made.repeated.contains), reviews: touching,
            unattached: waiting.map(\.number))
    }

    private static func members(of incident: String, _ db: Database) throws -> [Incident.Story] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT number, story, published FROM reading WHERE incident = ?"),
            arguments: [incident])
        return try rows.sorted { isEarlier(($0["published"], $0["story"]), ($1["published"], $1["story"])) }
            .map { try member($0["number"], db) }
    }

    /// Gives a story's claims the sentences that they stand in.
    private static func cutSentences(_ story: inout Incident.Story, _ db: Database) throws {
        guard !story.claims.isEmpty,
            let text = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT text FROM story WHERE digest = ?"), arguments: [story.digest])
        else { return }
        for index in story.claims.indices {
            let span = story.claims[index].span
            story.claims[index].sentence =
                span.isEmpty || span.end > text.count ? story.headline : PlainText.of(text[span.range])
        }
    }

    static func touching(_ reviews: [Review], _ stories: Set<String>) -> [Review] {
        let ids = Set(stories.map { $0.prefix(12) })
        var numbers: Set<Int> = []
        for review in reviews
        where stories.contains(review.subject) || stories.contains(review.value ?? "")
            || ids.contains(review.subject.prefix(12))
            || review.action == .undo && Int(review.subject).map(numbers.contains) == true
        {
            numbers.insert(review.number)
        }
        return reviews.filter { numbers.contains($0.number) }
    }

    private static func summary(
        _ story: Incident.Story, _ withdrawn: Set<String>, _ db: Database
    ) throws -> StorySummary {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT name, received, (SELECT count(*) FROM receipt WHERE story = ?1) AS receipts
                    FROM receipt WHERE story = ?1 ORDER BY received, name, number LIMIT 1
                    """), arguments: [story.digest])
        return StorySummary(
            digest: story.digest, headline: story.headline, outlet: story.outlet, published: story.published,
            page: row?["name"] ?? "", received: row?["received"] ?? "", receipts: row?["receipts"] ?? 0,
            copyOf: story.copyOf, copyKind: story.copyKind, withdrawn: withdrawn.contains(story.digest),
            url: try provenance(ofStory: story.digest, db).url)
    }

    /// A story's text and its reading, for those who want to see a claim where it stands.
    ///
    /// - Complexity: O(*n*) in the length of the story, which is read anew.
    public func story(_ id: String) throws(RecordStoreError) -> (digest: String, text: [UInt8], reading: Reading) {
        try attempt {
            let kept = try database.read { db in try RecordStore.kept(try RecordStore.story(id, db), db) }
            guard let kept else { throw RecordStoreError.noIncident(id: id) }
            return (kept.digest, kept.text, RecordStore.read(kept))
        }
    }

    // MARK: Sources

    /// Speakers, those with most claims first.
    ///
    /// - Complexity: O(*n*) in the number of pairs of a speaker and an incident.
    public func sources(limit: Int = 50, offset: Int = 0) throws(RecordStoreError) -> [SourceSummary] {
        try attempt {
            try database.read { db in
                try RecordStore.sources(
                    "GROUP BY source ORDER BY sum(claims) DESC, sum(stories) DESC, source LIMIT ? OFFSET ?",
                    [max(0, limit), max(0, offset)], db)
            }
        }
    }

    /// The speakers whose name or description has words that begin like those of `text`, each with its claims in time order; those with
    /// the most claims first.
    ///
    /// - Complexity: O(*n*) in the number of pairs of a speaker and an incident, plus the claims of those found.
    public func claims(ofSource text: String, limit: Int = 50) throws(RecordStoreError) -> [SourceClaims] {
        try attempt {
            try database.read { db in
                let found = try RecordStore.sources(
                    """
                    WHERE source IN (\(RecordStore.sourcesByName)) OR source = ?
                    GROUP BY source ORDER BY sum(claims) DESC, sum(stories) DESC, source LIMIT ?
                    """, [Search.beginnings(of: text), text, max(0, limit)], db)
                return try found.map { source in
                    let rows = try Row.fetchAll(
                        db,
                        sql: """
                            SELECT claim.*, reading.story AS digest, reading.published AS published, reading.outlet AS outlet,
                                reading.incident AS incident, reading.headline AS headline,
                                substr(story.text, claim.start + 1, claim.end - claim.start) AS words
                            FROM claim JOIN reading ON reading.number = claim.reading JOIN story ON story.digest = reading.story
                            WHERE claim.source = ? AND NOT claim.repeated
                            """, arguments: [source.key])
                    let entries = rows.map { row in
                        var claim = RecordStore.claim(row, row["digest"], row.day("published"), row["outlet"])
                        claim.sentence = claim.span.isEmpty ? row["headline"] : PlainText.of(row["words"] as Data)
                        return SourceClaims.Entry(claim: claim, incident: row["incident"])
                    }
                    return SourceClaims(
                        source: source, claims: entries.sorted { Reckoning.isBefore($0.claim, $1.claim) })
                }
            }
        }
    }

    private static func sources(
        _ tail: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [SourceSummary] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT source, sum(claims) AS claims, count(DISTINCT incident) AS incidents, sum(stories) AS stories
                FROM sourceIncident \(tail)
                """, arguments: arguments)
        // The name that a speaker goes by most often; of equals the fullest.
        let name = try db.cachedStatement(
            sql: """
                SELECT speaker, kind FROM sourceIncident WHERE source = ? GROUP BY speaker, kind
                ORDER BY sum(claims) DESC, length(speaker) DESC, speaker, kind LIMIT 1
                """)
        return try rows.compactMap { row in
            guard let named = try Row.fetchOne(name, arguments: [row["source"] as String]),
                let kind = Speaker.Kind(rawValue: named["kind"])
            else { return nil }
            return SourceSummary(
                key: row["source"], speaker: named["speaker"], kind: kind, claims: row["claims"],
                incidents: row["incidents"], stories: row["stories"])
        }
    }

    // MARK: Links

    /// Why the stories of an incident are held to tell of one happening: its links, strongest first.
    ///
    /// - Parameter id: the id of the incident or of any of its stories, or how it begins.
    public func links(_ id: String) throws(RecordStoreError) -> [StoryLink] {
        try attempt {
            try database.read { db in
                let digest = try RecordStore.story(id, db)
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT a.story AS first, b.story AS second, link.score, link.likeness, x.item AS here, y.item AS there
                        FROM reading home JOIN reading a ON a.incident = home.incident
                        JOIN link ON link.reading = a.number JOIN reading b ON b.number = link.other
                        JOIN linkItem x ON x.reading = a.number JOIN linkItem y ON y.reading = b.number
                        WHERE home.story = ? AND b.incident = a.incident AND a.story < b.story
                        ORDER BY link.score DESC, first, second
                        """, arguments: [digest])
                return rows.compactMap { row in RecordStore.link(row) }
            }
        }
    }
}
