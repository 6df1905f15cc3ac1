import Foundation
import GRDB
import Intake
import Onrecord
@testable import Record
import Stories
import TestSupport
import Testing

/// Why something is refused; nil where it is not.
func refusal(_ body: () throws -> Void) -> RecordStoreError? {
    do {
        try body()
        return nil
    } catch { return error as? RecordStoreError }
}

let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "Samples").path
let sampleFiles = ["meridian-wire.txt", "balkan-dispatch.txt", "harbour-radio.txt", "coast-herald.jsonl"]

func add(_ names: [String], to store: RecordStore) async throws -> Recorder.Report {
    try await Recorder(store).add(names.map { .file(path: "\(samples)/\($0)") }, received: "2025-03-06T08:00:00Z")
}

/// All derived tables of a record, each as a digest.
func derived(_ store: RecordStore) throws -> [String] {
    try store.dump().map { "\($0.table) \($0.rows) \($0.digest)" }
}

@Suite("A record")
struct RecordStoreTests {
    @Test("holds the sample as one incident with its accounts, disputes and reprint")
    func sample() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        let report = try await add(sampleFiles, to: store)
        #expect(report.added == 7 && report.known == 0 && report.refused.isEmpty)
        let incidents = try store.incidents()
        #expect(incidents.count == 1)
        let dossier = try store.dossier(try #require(incidents.first).id)
        #expect(dossier.stories.count == 7)
        #expect(dossier.stories.compactMap(\.copyKind) == [.reprint])
        let killed = try #require(dossier.incident.tolls.first { $0.measure == .killed })
        #expect(killed.best == 19 && killed.low == 0 && killed.high >= 25)
        #expect(killed.grade == .contested)
        #expect(dossier.disputes.contains { $0.kind == .denial })
        #expect(dossier.claims.contains { $0.stance == .decline })
        for claim in dossier.claims {
            let text = try store.story(claim.story).text
            let sentence = String(decoding: text[claim.span.range], as: UTF8.self)
            #expect(sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ") == claim.sentence)
        }
        for story in dossier.stories { #expect(try store.dossier(story.id).incident.id == dossier.incident.id) }
    }

    @Test("is the same in whatever order and batches the stories came", arguments: 0..<6)
    func order(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let folder = try Folder()
        let whole = try RecordStore(path: folder.path("whole"))
        _ = try await add(sampleFiles, to: whole)
        let parts = try RecordStore(path: folder.path("parts"))
        for file in (sampleFiles + sampleFiles.prefix(2)).shuffled(using: &random) {
            _ = try await add([file], to: parts)
        }
        #expect(try derived(parts) == derived(whole))
        #expect(try parts.rebuild() == 7)
        #expect(try derived(parts) == derived(whole))
    }

    @Test("takes the same story twice as one story with two receipts")
    func twice() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        let report = try await add(["harbour-radio.txt"], to: store)
        #expect(report.added == 0 && report.known == 1)
        #expect(try store.counts().stories == 7)
        #expect(try store.counts().receipts == 8)
    }

    @Test(
        "lets nobody change or delete what it keeps",
        arguments: [
            "UPDATE story SET text = x'00'", "DELETE FROM story", "UPDATE page SET bytes = x'00'", "DELETE FROM page",
            "UPDATE receipt SET name = 'x'",
            "DELETE FROM receipt", "UPDATE review SET why = 'x'", "DELETE FROM review",
        ])
    func immutable(sql: String) async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        let id = try #require(try store.incidents().first).id
        _ = try store.review(.confirm, subject: id, who: "A. Roe", why: "seen", at: "2025-03-07T00:00:00Z")
        #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
        #expect(try store.verify().isEmpty)
    }

    @Test("has a story wholly or not at all")
    func atomic() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        let text = Array("Two men were killed in Paris on Monday, police said.".utf8)
        let reading = Reader().read(Story(text: String(decoding: text, as: UTF8.self)))
        let good = RecordStore.Entry(text: text, reading: reading, page: text, span: Span(0, text.count), name: "a")
        // A reading whose table is gone fails behind the story's own row.
        try await store.database.write { try $0.execute(sql: "ALTER TABLE reading RENAME TO elsewhere") }
        #expect(refusal { _ = try store.add([good], received: "2025-01-01T00:00:00Z") } != nil)
        #expect(try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM story") } == 0)
    }

    @Test("finds sentences by their words, whatever is asked")
    func search() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        #expect(try store.search("ministry nineteen").isEmpty == false)
        #expect(try store.search("\"grain terminal\" Wednesday").count >= 1)
        for query in [
            "", "\"", "a OR NOT (", "NEAR(", "*", "col:x", "' ; DROP TABLE story; --", "\u{0}", "“quoted”", "-",
        ] { _ = try store.search(query) }
        #expect(try store.counts().stories == 7)
    }

    @Test("groups claims by speaker: a minister speaks for the ministry, in the order of time")
    func sources() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        let ministry = try #require(try store.claims(ofSource: "HEALTH MINISTRY").first)
        #expect(ministry.source.stories == 3)
        #expect(ministry.source.claims == ministry.claims.count)
        #expect(Set(ministry.claims.map(\.claim.speaker.kind)) == [.organization, .named])
        #expect(
            ministry.claims.map(\.claim.published)
                == ministry.claims.map(\.claim.published).sorted { ($0?.number ?? 0) < ($1?.number ?? 0) })
        #expect(ministry.claims.allSatisfy { $0.incident != nil })
        #expect(try store.sources().first == ministry.source)
        #expect(try store.claims(ofSource: "nobody of this name").isEmpty)
        #expect(try store.claims(ofSource: "%").isEmpty)
    }

    @Test("takes what a title alone says as a claim whose sentence is the title")
    func titles() throws {
        let text = "A blast tore through a mill in Hanover on Monday, police said."
        let story = Story(
            id: "a", bytes: Array(text.utf8), span: Span(0, text.utf8.count), published: Day(iso: "2025-03-03"),
            title: "Two dead after blast at Hanover mill")
        let claims = ClaimReader().claims(of: Reader().read(story), text: story.bytes, digest: "d")
        #expect(claims.map(\.sentence) == ["Two dead after blast at Hanover mill"])
        #expect(claims.map(\.phrase) == ["Two dead"] && claims.map(\.min) == [2])
    }

    @Test("keeps labels with a NUL in them as what they say without it")
    func nul() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        let line =
            #"{"title": "Two \u0000 dead", "outlet": "G\u0000ull", "text": "Two men were killed in Lyon on Monday, police said."}"#
        _ = try await Recorder(store).add([.page(Page(name: "n.jsonl", bytes: Array(line.utf8)))])
        let story = try #require(try store.search("Lyon").first)
        #expect(story.headline == "Two dead" && story.outlet == "Gull")
        #expect(try store.verify().isEmpty)
        #expect(
            refusal {
                _ = try store.review(.note, subject: story.story, who: "A\u{0}", why: "x", at: "2025-01-01T00:00:00Z")
            } != nil)
    }

    @Test("narrows its incidents")
    func filters() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        var filter = RecordStore.Filter()
        filter.type = .explosion
        filter.country = "ro"
        filter.from = Day(iso: "2025-03-01")
        filter.killed = 10
        filter.text = "GRAIN"
        #expect(try store.incidents(filter).count == 1)
        filter.text = "CONSTANŢA"
        #expect(try store.incidents(filter).count == 1)
        filter.near = .init(lat: 44.2, lon: 28.6, kilometres: 10)
        #expect(try store.incidents(filter).count == 1)
        filter.near = .init(lat: 45.2, lon: 28.6, kilometres: 10)
        #expect(try store.incidents(filter).isEmpty)
        filter.near = nil
        filter.killed = 1000
        #expect(try store.incidents(filter).isEmpty)
    }

    @Test("whose making was cut off is made when it is opened next")
    func cutOff() async throws {
        let folder = try Folder()
        let begun = try DatabaseQueue(path: folder.path("begun"))
        try await begun.write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try begun.close()
        #expect(try RecordStore(path: folder.path("begun")).counts().stories == 0)
    }

    @Test("that is none, or is of a newer make, is refused and left alone")
    func refused() async throws {
        let folder = try Folder()
        try Data("no database at all, but text that is long enough to be looked at as a file header".utf8).write(
            to: folder.url.appending(path: "text"))
        #expect(
            refusal { _ = try RecordStore(path: folder.path("text")) }
                == RecordStoreError.notARecord(path: folder.path("text")))
        #expect(
            refusal { _ = try RecordStore(path: folder.path("none"), access: .reading) }
                == RecordStoreError.missing(path: folder.path("none")))
        let other = try DatabaseQueue(path: folder.path("other"))
        try await other.write { try $0.execute(sql: "CREATE TABLE t (a)") }
        try other.close()
        #expect(
            refusal { _ = try RecordStore(path: folder.path("other")) }
                == RecordStoreError.notARecord(path: folder.path("other")))
        do {
            let store = try RecordStore(path: folder.path("newer"))
            try await store.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
        }
        #expect(
            refusal { _ = try RecordStore(path: folder.path("newer")) }
                == RecordStoreError.newer(path: folder.path("newer")))
    }
}

@Suite("Reviews")
struct ReviewTests {
    private func store(_ folder: Folder) async throws -> (RecordStore, String) {
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        return (store, try #require(try store.incidents().first).id)
    }

    private func killed(_ store: RecordStore, _ id: String) throws -> Toll {
        try #require(try store.dossier(id).incident.tolls.first { $0.measure == .killed })
    }

    @Test("overrule a toll, show it, and can be undone")
    func correct() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        let before = try killed(store, id)
        let review = try store.review(
            .correct, subject: id, value: "killed=20..23..25", who: "A. Roe", why: "list seen",
            at: "2025-03-07T00:00:00Z")
        let set = try killed(store, id)
        #expect((set.low, set.best, set.high, set.review) == (20, 23, 25, review.number))
        #expect(try store.dossier(id).reviews == [review])
        _ = try store.rebuild()
        #expect(try killed(store, id) == set)
        _ = try store.review(
            .undo, subject: "\(review.number)", who: "A. Roe", why: "mistaken", at: "2025-03-07T01:00:00Z")
        #expect(try killed(store, id) == before)
        #expect(try store.reviews().count == 2)
    }

    @Test("discount a claim, split a story off and merge it back")
    func others() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        let highest = try #require(try killed(store, id).highClaim)
        let high = try killed(store, id).high
        _ = try store.review(
            .discount, subject: highest, who: "A. Roe", why: "another blast", at: "2025-03-07T00:00:00Z")
        #expect(try killed(store, id).high < high)
        let last = try #require(try store.dossier(id).stories.last)
        _ = try store.review(
            .split, subject: last.id, who: "A. Roe", why: "about the mourning", at: "2025-03-07T00:00:00Z")
        #expect(try store.incidents().count == 2)
        _ = try store.review(.undo, subject: "2", who: "A. Roe", why: "it is one", at: "2025-03-07T00:00:00Z")
        #expect(try store.incidents().count == 1)
    }

    @Test("name who and why, and something that is there")
    func refused() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        let at = "2025-03-07T00:00:00Z"
        #expect(refusal { _ = try store.review(.confirm, subject: id, who: "", why: "x", at: at) } != nil)
        #expect(refusal { _ = try store.review(.confirm, subject: id, who: "x", why: "", at: at) } != nil)
        #expect(
            refusal { _ = try store.review(.confirm, subject: "ffffffffffff", who: "x", why: "x", at: at) }
                == RecordStoreError.noIncident(id: "ffffffffffff"))
        #expect(
            refusal { _ = try store.review(.undo, subject: "9", who: "x", why: "x", at: at) }
                == RecordStoreError.noReview(number: "9"))
        #expect(
            refusal { _ = try store.review(.correct, subject: id, value: "many", who: "x", why: "x", at: at) } != nil)
        #expect(
            refusal { _ = try store.review(.discount, subject: "\(id).999", who: "x", why: "x", at: at) }
                == RecordStoreError.noClaim(id: "\(id).999"))
        #expect(try store.reviews().isEmpty)
    }

    @Test("are a chain that shows when one was changed")
    func chain() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        for number in 1...3 {
            _ = try store.review(
                .confirm, subject: id, who: "A. Roe", why: "look \(number)", at: "2025-03-07T00:00:00Z")
        }
        #expect(try store.verify().isEmpty)
        try await store.database.write { db in
            try db.execute(sql: "DROP TRIGGER review_no_update; UPDATE review SET why = 'forged' WHERE number = 2")
        }
        let problems = try store.verify()
        #expect(problems.count == 1 && problems[0].contains("review 2"))
        try await store.database.write { db in
            try db.execute(sql: "DROP TRIGGER story_no_update; UPDATE story SET text = text || x'20' WHERE rowid = 1")
        }
        #expect(try store.verify().contains { $0.hasPrefix("story") })
    }
}
