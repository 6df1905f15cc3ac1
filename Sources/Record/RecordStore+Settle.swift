internal import Foundation
internal import GRDB
internal import Incidents
internal import Onrecord
internal import Stories

extension RecordStore {
    /// A story as the settling of incidents sees it.
    private struct Node {
        var number: Int64
        var digest: String
        var published: String?
        var incident: String?
        var hasMention: Bool
        var links: [(other: Int64, score: Double, likeness: Double)]
    }

    /// Makes anew the incidents that changed readings touch: of all that hangs together by links, merges or a present
    /// incident, and of nothing else.
    ///
    /// The outcome depends on the stories and the reviews alone, not on the order in which they came: what hangs together
    /// is grouped as a whole, from nothing.
    static func settle(_ changed: Set<Int64>, _ db: Database) throws {
        var seen: Set<Int64> = []
        let merged = try merges(db)
        for number in changed.sorted() where !seen.contains(number) {
            let nodes = try hanging(together: number, merged, db)
            seen.formUnion(nodes.map(\.number))
            try settle(nodes, changed, db)
        }
    }

    /// All readings that hang together with one, earliest first.
    private static func hanging(
        together start: Int64, _ merged: [String: [String]], _ db: Database
    ) throws -> [Node] {
        let find = try db.cachedStatement(
            sql: "SELECT story, published, incident, type IS NOT NULL AS hasMention FROM reading WHERE number = ?")
        let linked = try db.cachedStatement(sql: "SELECT other, score, likeness FROM link WHERE reading = ?")
        let members = try db.cachedStatement(sql: "SELECT number FROM reading WHERE incident = ?")
        var nodes: [Int64: Node] = [:]
        var incidents: Set<String> = []
        var waiting = [start]
        while let number = waiting.popLast() {
            guard nodes[number] == nil, let row = try Row.fetchOne(find, arguments: [number]) else { continue }
            var node = Node(
                number: number, digest: row["story"], published: row["published"], incident: row["incident"],
                hasMention: row["hasMention"], links: [])
            let rows = try Row.fetchCursor(linked, arguments: [number])
            while let row = try rows.next() { node.links.append((row[0], row[1], row[2])) }
            nodes[number] = node
            // Groups that are joined hold at least one pair that scores so; weaker links only weigh within.
            waiting += node.links.filter { $0.score >= Linker.join || $0.likeness >= Sketch.alike }.map(\.other)
            if let incident = node.incident, incidents.insert(incident).inserted {
                waiting += try Int64.fetchAll(members, arguments: [incident])
            }
            for digest in merged[node.digest] ?? [] {
                waiting += try Int64.fetchAll(
                    db, sql: "SELECT number FROM reading WHERE story = ?", arguments: [digest])
            }
        }
        return nodes.values.sorted { isEarlier(($0.published, $0.digest), ($1.published, $1.digest)) }
    }

    /// By day of publication, those without one last, then by digest.
    static func isEarlier(_ a: (published: String?, digest: String), _ b: (published: String?, digest: String)) -> Bool
    {
        switch (a.published, b.published) {
        case (let first?, let second?): (first, a.digest) < (second, b.digest)
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): a.digest < b.digest
        }
    }

    /// The stories that merges name, each with its others.
    private static func merges(_ db: Database) throws -> [String: [String]] {
        let reviews = try reviews(db, where: "action IN ('merge', 'split', 'undo')")
        return Decisions(reviews).merges.reduce(into: [:]) { others, pair in
            others[pair.0, default: []].append(pair.1)
            others[pair.1, default: []].append(pair.0)
        }
    }

    /// Groups what hangs together and writes the incidents that this changes.
    private static func settle(_ nodes: [Node], _ changed: Set<Int64>, _ db: Database) throws {
        let decisions = Decisions(try reviews(ofStories: nodes.map(\.digest), db))
        let groups = groups(nodes, decisions)
        let sizes = nodes.reduce(into: [String: Int]()) { if let id = $1.incident { $0[id, default: 0] += 1 } }
        var fresh: [(id: String?, members: [Node])] = []
        var gone = Set(sizes.keys)
        for group in groups {
            let members = group.map { nodes[$0] }
            guard let first = members.first else { continue }
            let id = members.count > 1 || first.hasMention ? String(first.digest.prefix(12)) : nil
            let isSame =
                id != nil && sizes[id ?? ""] == members.count && members.allSatisfy { $0.incident == id }
                && !members.contains { changed.contains($0.number) }
            if isSame, let id { gone.remove(id) } else { fresh.append((id, members)) }
        }
        let delete = try db.cachedStatement(sql: "DELETE FROM incident WHERE id = ?")
        for id in gone.sorted() { try delete.execute(arguments: [id]) }
        for (id, members) in fresh { try write(id, members, decisions, db) }
    }

    /// The groups of nodes, each by its members' positions, ascending.
    private static func groups(_ nodes: [Node], _ decisions: Decisions) -> [[Int]] {
        guard nodes.count > 1 else { return nodes.isEmpty ? [] : [[0]] }
        let positions = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.number, $0) })
        let digests = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.digest, $0) })
        // A story that a review set apart has no links: it stands alone unless another review merges it.
        let apart = Set(decisions.splits.keys.compactMap { digests[$0] })
        var edges: [Linker.Edge] = []
        var copies: [(Int, Int)] = []
        for (first, node) in nodes.enumerated() where !apart.contains(first) {
            for link in node.links {
                guard let second = positions[link.other], first < second, !apart.contains(second) else { continue }
                edges.append(Linker.Edge(first: first, second: second, score: link.score))
                if link.likeness >= Sketch.alike { copies.append((first, second)) }
            }
        }
        let found = Linker().groups(nodes.map(\.digest), edges: edges, together: copies)
        var sets = DisjointSets(count: nodes.count)
        for group in found { for member in group.dropFirst() { sets.join(group[0], member) } }
        for (a, b) in decisions.merges {
            if let first = digests[a], let second = digests[b] { sets.join(first, second) }
        }
        return sets.groups()
    }

    /// Writes one incident of members that come earliest first; without an id they form none.
    private static func write(_ id: String?, _ members: [Node], _ decisions: Decisions, _ db: Database) throws {
        let update = try db.cachedStatement(
            sql: "UPDATE reading SET incident = ?, copyOf = ?, copyKind = ? WHERE number = ?")
        guard let id else {
            for member in members { try update.execute(arguments: [nil, nil, nil, member.number]) }
            return
        }
        let stories = try members.map { try member($0.number, db) }
        let positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.number, $0) })
        let copies = members.enumerated().flatMap { first, node in
            node.links.compactMap { link in
                positions[link.other].flatMap { first < $0 && link.likeness >= Sketch.alike ? (first, $0) : nil }
            }
        }
        let incident = Incident(id: id, stories: Copies(copies).mark(stories), decisions: decisions)
        let summary = incident.summary
        let killed = summary.tolls.first { $0.measure == .killed }
        try db.cachedStatement(
            sql: """
                INSERT INTO incident (id, type, fromDay, toDay, country, place, lat, lon, headline, killed, injured, grade, stories,
                    disputes, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            id, summary.type.rawValue, summary.from?.description, summary.to?.description, summary.place?.country,
            summary.place?.name, summary.place?.lat, summary.place?.lon, summary.headline, killed?.best,
            summary.tolls.first { $0.measure == .injured }?.best, killed?.grade.rawValue, summary.stories,
            summary.disputes, summary.status.rawValue,
        ])
        try db.cachedStatement(
            sql: "INSERT INTO incidentSummary (number, json) SELECT number, ? FROM incident WHERE id = ?"
        ).execute(arguments: [try encoder().encode(summary), id])
        let mark = try db.cachedStatement(
            sql: "UPDATE claim SET repeated = ? WHERE reading = ? AND number = ? AND repeated <> ?")
        for story in incident.stories {
            try update.execute(arguments: [id, story.copyOf, story.copyKind?.rawValue, story.number])
            for claim in story.claims {
                let isRepeated = incident.repeated.contains(claim.id)
                try mark.execute(arguments: [isRepeated, story.number, claim.number, isRepeated])
            }
        }
        let source = try db.cachedStatement(
            sql:
                "INSERT INTO sourceIncident (source, incident, speaker, kind, claims, stories) VALUES (?, ?, ?, ?, ?, ?)"
        )
        for tally in incident.speakers {
            try source.execute(arguments: [
                tally.key, id, tally.speaker, tally.kind.rawValue, tally.claims, tally.stories,
            ])
        }
    }

    /// The same value gives the same bytes, so that two records can be compared.
    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return encoder
    }

    // MARK: Members

    /// A story of an incident, with its claims.
    static func member(_ number: Int64, _ db: Database) throws -> Incident.Story {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT reading.*, linkItem.sketch AS sketch FROM reading
                        JOIN linkItem ON linkItem.reading = reading.number WHERE number = ?
                        """), arguments: [number])
        else { throw RecordStoreError.noIncident(id: "\(number)") }
        let digest: String = row["story"]
        let (published, outlet) = (row.day("published"), row["outlet"] as String?)
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT * FROM claim WHERE reading = ? ORDER BY number"), arguments: [number])
        var claims: [Claim] = []
        var contents: [String] = []
        while let row = try rows.next() {
            claims.append(claim(row, digest, published, outlet))
            contents.append(row["content"])
        }
        let name = row["place"] as String?
        return Incident.Story(
            number: number, digest: digest, published: published, outlet: outlet, headline: row["headline"],
            type: (row["type"] as String?).flatMap { IncidentType(rawValue: $0) }, from: row.day("fromDay"),
            to: row.day("toDay"),
            place: name.map {
                IncidentPlace(
                    name: $0, country: row["country"], lat: row["lat"], lon: row["lon"],
                    level: (row["level"] as String?).flatMap { PlaceLevel(rawValue: $0) })
            }, sketch: Sketch(bytes: Array(row["sketch"] as Data)), claims: claims,
            contents: contents, guid: row["guid"], version: row["version"],
            usage: (row["usage"] as String?).flatMap { Provenance.Status(rawValue: $0) }, copyOf: row["copyOf"],
            copyKind: (row["copyKind"] as String?).flatMap { CopyKind(rawValue: $0) })
    }

    /// A claim out of its row; its sentence is cut from the story where it is shown.
    static func claim(_ row: Row, _ digest: String, _ published: Day?, _ outlet: String?) -> Claim {
        Claim(
            story: digest, number: row["number"],
            measure: (row["measure"] as String?).flatMap { Figure.Measure(rawValue: $0) }, min: row["min"],
            max: row["max"], approximate: row["approximate"],
            scope: Figure.Scope(rawValue: row["scope"]) ?? .incident, phrase: row["phrase"], who: row["who"],
            population: (row["population"] as String).split(separator: " ").compactMap {
                Figure.Population(rawValue: String($0))
            }, nationality: row["nationality"], stance: Claim.Stance(rawValue: row["stance"]) ?? .assert,
            speaker: Speaker(
                name: row["name"], role: row["role"], affiliation: row["affiliation"],
                kind: Speaker.Kind(rawValue: row["kind"]) ?? .author, number: row["speakerNumber"], count: row["count"],
                anonymity: row["anonymity"]), twin: row["twin"], depth: row["depth"], sentence: "",
            span: Span(row["start"], row["end"]), anchor: Span(row["anchorStart"], row["anchorEnd"]),
            published: published, outlet: outlet, discounted: row["discounted"], review: row["review"],
            certainty: (row["certainty"] as String?).flatMap { Attribution.Certainty(rawValue: $0) }, group: row["sum"],
            relay: (row["relay"] as Data?).flatMap { try? JSONDecoder().decode(Speaker.self, from: $0) },
            responsibility: (row["party"] as String?).flatMap { party in
                Responsibility.Basis(rawValue: row["basis"]).map { Responsibility(party: party, basis: $0) }
            })
    }
}
