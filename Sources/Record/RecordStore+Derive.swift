internal import Foundation
internal import GRDB
internal import Incidents
internal import Onrecord
internal import Stories

extension RecordStore {
    /// Makes copies, incidents and tolls anew from the readings and the reviews, in one transaction.
    ///
    /// - Complexity: O(*n* log *n*) in the number of stories, plus the pairs that `Linker` compares.
    public func derive() throws(RecordStoreError) {
        try attempt { try pool.write { db in try RecordStore.derive(db) } }
    }

    /// Derives only where something came in since the last time.
    func deriveIfStale() throws(RecordStoreError) {
        let stale = try attempt { try pool.read { db in try isStale(db) } }
        if stale { try derive() }
    }

    /// A story as the derivation sees it.
    struct Known: Sendable {
        var digest: String
        var published: Day?
        var outlet: String?
        var headline: String
        var mention: IncidentMention?
        /// What linking looks at; nil where an earlier engine kept something else.
        var item: LinkItem?
        var sketch: Sketch
        var claims: [Claim]
        var copyOf: String?
        var copyKind: CopyKind?
    }

    static func derive(_ db: Database) throws {
        var stories = try known(db)
        let decisions = Decisions(try reviews(db))
        copies(&stories)
        let groups = link(stories, decisions)
        try db.execute(sql: "DELETE FROM incident; DELETE FROM sourceClaim; DELETE FROM source;")
        for (id, members) in groups {
            let made = Incident(id: id, stories: members.map { stories[$0] }, decisions: decisions)
            let summary = made.summary
            try db.execute(
                sql: """
                    INSERT INTO incident (id, type, fromDay, toDay, country, place, headline, killed, stories, summary)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, summary.type.rawValue, summary.from?.description, summary.to?.description,
                    summary.place?.country,
                    summary.place?.name, summary.headline, summary.tolls.first { $0.measure == .killed }?.best,
                    summary.stories,
                    try encoder().encode(summary),
                ])
        }
        var incidents: [Int: String] = [:]
        for (id, members) in groups { for member in members { incidents[member] = id } }
        let update = try db.makeStatement(
            sql: "UPDATE reading SET copyOf = ?, copyKind = ?, incident = ? WHERE story = ?")
        for (index, story) in stories.enumerated() {
            try update.execute(arguments: [story.copyOf, story.copyKind?.rawValue, incidents[index], story.digest])
        }
        try writeSources(stories, incidents, db)
        try db.execute(
            sql:
                "INSERT INTO state (name, value) VALUES ('derived', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [Engine.version])
    }

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return encoder
    }

    /// All stories, earliest first.
    static func known(_ db: Database) throws -> [Known] {
        let decoder = JSONDecoder()
        return try Row.fetchAll(db, sql: "SELECT * FROM reading ORDER BY published IS NULL, published, story").map {
            row in
            let mention: Data? = row["mention"]
            return Known(
                digest: row["story"], published: (row["published"] as String?).flatMap { Day(iso: $0) },
                outlet: row["outlet"],
                headline: row["headline"],
                mention: try mention.map { try decoder.decode(IncidentMention.self, from: $0) },
                item: LinkItem(bytes: Array(row["words"] as Data)),
                sketch: Sketch(bytes: Array(row["sketch"] as Data)),
                claims: try decoder.decode([Claim].self, from: row["claims"]))
        }
    }

    /// Marks near copies: of stories of the same days that share most of their words, the earliest is the original.
    private static func copies(_ stories: inout [Known]) {
        var seen: [UInt64: [Int]] = [:]
        for index in stories.indices {
            let hashes = stories[index].sketch.hashes.prefix(8)
            var found: Int?
            for hash in hashes {
                for other in seen[hash] ?? [] where found == nil || other < found ?? 0 {
                    guard isNear(stories[other].published, stories[index].published),
                        stories[other].sketch.likeness(to: stories[index].sketch) >= Sketch.alike
                    else { continue }
                    found = other
                }
            }
            if let found {
                stories[index].copyOf = stories[found].copyOf ?? stories[found].digest
                let isSame =
                    stories[found].outlet?.lowercased() == stories[index].outlet?.lowercased()
                    && stories[index].outlet != nil
                stories[index].copyKind = isSame ? .version : .reprint
            }
            for hash in hashes { seen[hash, default: []].append(index) }
        }
    }

    private static func isNear(_ a: Day?, _ b: Day?) -> Bool {
        guard let a, let b else { return true }
        return abs(a.number - b.number) <= 7
    }

    /// The incidents: id and members, each member list and the whole in the order of the stories.
    private static func link(_ stories: [Known], _ decisions: Decisions) -> [(id: String, members: [Int])] {
        let indices = stories.indices.filter { stories[$0].mention != nil }
        let linked = indices.filter { stories[$0].item != nil }
        let ids = linked.map { stories[$0].digest }
        var groups: [Int: [Int]] = [:]
        let positions = Dictionary(uniqueKeysWithValues: stories.enumerated().map { ($1.digest, $0) })
        for (number, members) in Linker().link(ids, linked.compactMap { stories[$0].item }).enumerated() {
            groups[number] = members.map { linked[$0] }
        }
        for index in indices where stories[index].item == nil { groups[stories.count + index] = [index] }
        var lists = groups.values.map { $0 }
        // A copy tells of what its original tells of.
        for index in indices {
            guard let original = stories[index].copyOf.flatMap({ positions[$0] }),
                let own = lists.firstIndex(where: { $0.contains(index) }),
                let other = lists.firstIndex(where: { $0.contains(original) }), own != other
            else { continue }
            lists[other] += [index]
            lists[own].removeAll { $0 == index }
        }
        for pair in decisions.merges {
            guard let a = positions[pair.0], let b = positions[pair.1],
                let first = lists.firstIndex(where: { $0.contains(a) }),
                let second = lists.firstIndex(where: { $0.contains(b) }), first != second
            else { continue }
            lists[first] += lists[second]
            lists[second] = []
        }
        for digest in decisions.splits {
            guard let index = positions[digest],
                let list = lists.firstIndex(where: { $0.contains(index) && $0.count > 1 })
            else { continue }
            lists[list].removeAll { $0 == index }
            lists.append([index])
        }
        return lists.filter { !$0.isEmpty }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
            .map { (String(stories[$0[0]].digest.prefix(12)), $0) }
    }

    /// Groups all claims by speaker; a reprint makes none.
    private static func writeSources(_ stories: [Known], _ incidents: [Int: String], _ db: Database) throws {
        struct Tally {
            var names: [Name: Int] = [:]
            var incidents: Set<String> = []
            var claims: [(story: String, number: Int)] = []
        }
        struct Name: Hashable {
            var label: String
            var kind: Speaker.Kind
        }
        var tallies: [String: Tally] = [:]
        for (index, story) in stories.enumerated() where story.copyKind != .reprint {
            for claim in story.claims where claim.speaker.kind != .author {
                var tally = tallies[SpeakerBook.key(claim)] ?? Tally()
                tally.names[Name(label: SpeakerBook.label(claim), kind: claim.speaker.kind), default: 0] += 1
                if let incident = incidents[index] { tally.incidents.insert(incident) }
                tally.claims.append((story.digest, claim.number))
                tallies[SpeakerBook.key(claim)] = tally
            }
        }
        let source = try db.makeStatement(
            sql: "INSERT INTO source (key, speaker, kind, claims, incidents, stories) VALUES (?, ?, ?, ?, ?, ?)")
        let member = try db.makeStatement(sql: "INSERT INTO sourceClaim (source, story, number) VALUES (?, ?, ?)")
        for (key, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            // The name it goes by most often; of equals the fullest.
            let name = tally.names.max { a, b in
                (a.value, a.key.label.count, b.key.label, a.key.kind.rawValue)
                    < (b.value, b.key.label.count, a.key.label, b.key.kind.rawValue)
            }
            guard let name = name?.key else { continue }
            try source.execute(arguments: [
                key, name.label, name.kind.rawValue, tally.claims.count, tally.incidents.count,
                Set(tally.claims.map(\.story)).count,
            ])
            for claim in tally.claims { try member.execute(arguments: [key, claim.story, claim.number]) }
        }
    }
}
