import Foundation
import GRDB
import Intake
@testable import Record
import Stories
import TestSupport
import Testing

@Suite("Links in a record")
struct LinkedRecordTests {
    private static let received = "2025-03-06T08:00:00Z"

    @Test("are the same in whatever order and batches the stories come", arguments: 0..<8)
    func order(seed: UInt64) throws {
        let folder = try Folder()
        let entries = InventedStories(happenings: 14, seed: 7).entries
        let whole = try RecordStore(path: folder.path("whole"))
        _ = try whole.add(entries, received: LinkedRecordTests.received)
        let expected = try derived(whole)
        var random = SeededGenerator(seed: seed)
        let parts = try RecordStore(path: folder.path("parts"))
        var rest = entries.shuffled(using: &random)
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...9, using: &random))
            _ = try parts.add(Array(rest.prefix(count)), received: LinkedRecordTests.received)
            rest.removeFirst(count)
        }
        #expect(try derived(parts) == expected)
        _ = try parts.rebuild()
        #expect(try derived(parts) == expected)
        #expect(try whole.incidents().count > 5)
    }

    @Test("hold with reviews among the stories, whichever came first", arguments: 0..<4)
    func reviewsInOrder(seed: UInt64) throws {
        let folder = try Folder()
        let entries = InventedStories(happenings: 6, seed: 11).entries
        let before = try RecordStore(path: folder.path("before"))
        let after = try RecordStore(path: folder.path("after"))
        var random = SeededGenerator(seed: seed)
        let shuffled = entries.shuffled(using: &random)
        _ = try before.add(shuffled, received: LinkedRecordTests.received)
        // Reviews name stories: the first two must be in before they can be reviewed.
        _ = try after.add(Array(shuffled.prefix(2)), received: LinkedRecordTests.received)
        let ids = shuffled.prefix(2).map { Digest.hex($0.text) }
        for store in [before, after] {
            _ = try store.review(
                .merge, subject: ids[0], value: ids[1], who: "A", why: "one", at: LinkedRecordTests.received)
            _ = try store.review(
                .correct, subject: ids[0], value: "killed=3", who: "A", why: "seen", at: LinkedRecordTests.received)
            _ = try store.review(.split, subject: ids[1], who: "B", why: "two", at: LinkedRecordTests.received)
        }
        _ = try after.add(shuffled, received: LinkedRecordTests.received)
        func incidents(_ store: RecordStore) throws -> [String] {
            try store.database.read {
                try String.fetchAll($0, sql: "SELECT story || ' ' || incident FROM reading ORDER BY story")
            }
        }
        #expect(try incidents(after) == incidents(before))
        #expect(try after.dossier(ids[1]).stories.count == 1)
    }

    @Test("come with their reasons")
    func reasons() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        let links = try store.links(try #require(try store.incidents().first).id)
        #expect(links.count >= 6)
        #expect(links.allSatisfy { $0.first < $0.second && 0...1 ~= $0.score })
        #expect(links.map(\.score) == links.map(\.score).sorted(by: >))
        #expect(links.contains { !$0.reasons.isEmpty })
        #expect(links.contains { $0.likeness != nil })
    }

    @Test("do not run through what a review set apart: a merge after a split joins, one before it does not")
    func mergesAndSplits() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        let incident = try #require(try store.incidents().first)
        let story = try #require(try store.dossier(incident.id).stories.last).digest
        let other = try #require(try store.dossier(story).stories.first).digest
        let at = LinkedRecordTests.received
        _ = try store.review(.merge, subject: story, value: other, who: "A", why: "one", at: at)
        let split = try store.review(.split, subject: story, who: "A", why: "two", at: at)
        #expect(split.before == String(other.prefix(12)))
        #expect(try store.incidents().count == 2)
        _ = try store.review(.merge, subject: other, value: story, who: "A", why: "one after all", at: at)
        #expect(try store.incidents().count == 1)
        _ = try store.review(.undo, subject: "3", who: "A", why: "no", at: at)
        #expect(try store.incidents().count == 2)
        #expect(try store.verify().isEmpty)
    }
}

@Suite("Versions, reprints and origins")
struct CopyTests {
    private let body = """
        The shelling of the town began before dawn and went on for six hours, residents said by telephone. Ambulances could not \
        pass the bridge, and the wounded were carried across the river in boats. The regional hospital asked for blood of all \
        groups. Schools will stay shut until Monday, the district council decided late in the evening after a long session.
        """

    private func store(_ folder: Folder, _ entries: [RecordStore.Entry]) throws -> RecordStore {
        let store = try RecordStore(path: folder.path("r"))
        _ = try store.add(entries, received: "2025-03-06T08:00:00Z")
        return store
    }

    private func story(
        _ lead: String, _ day: String, _ outlet: String?, title: String? = nil
    ) -> RecordStore.Entry {
        InventedStories.entry("\(lead)\n\n\(body)", Day(iso: day), outlet, title: title)
    }

    @Test("one text in many papers is one account: reports, texts and origins are counted apart")
    func coverage() throws {
        let folder = try Folder()
        let lead = "Nine people were killed in shelling in Gdansk on Monday, the health ministry said."
        let store = try store(
            folder,
            [
                story(lead, "2025-03-03", "Meridian Wire"), story(lead + " ", "2025-03-04", "Coast Herald"),
                story(lead + "  ", "2025-03-04", "Harbour Radio"),
            ])
        let dossier = try store.dossier(try #require(try store.incidents().first).id)
        #expect(dossier.incident.coverage.reports == 3)
        #expect(dossier.incident.coverage.texts == 1)
        #expect(dossier.incident.coverage.origins == 1)
        #expect(dossier.stories.map(\.copyKind) == [nil, .reprint, .reprint])
        #expect(dossier.accounts.count { $0.measure == .killed } == 1)
    }

    @Test("an agency's update is a version of its story, and says which figures it changed")
    func revisions() throws {
        let folder = try Folder()
        let store = try store(
            folder,
            [
                story(
                    "Nine people were killed in shelling in Gdansk on Monday, the health ministry said.", "2025-03-03",
                    "Meridian Wire"),
                story(
                    "Fourteen people were killed in shelling in Gdansk on Monday, the health ministry said.",
                    "2025-03-04", "Meridian Wire", title: "UPDATE 1-Toll in Gdansk shelling rises to 14"),
            ])
        let dossier = try store.dossier(try #require(try store.incidents().first).id)
        #expect(dossier.stories.map(\.copyKind) == [nil, .version])
        let change = try #require(dossier.revisions.first?.changes.first { $0.before?.measure == .killed })
        #expect(change.before?.min == 9 && change.after?.min == 14)
        #expect(dossier.accounts.first { $0.measure == .killed && $0.claims.count == 2 }?.live.min == 14)
    }

    @Test("one text months apart is two texts, whichever came first", arguments: [false, true])
    func farApart(isReversed: Bool) throws {
        let folder = try Folder()
        let lead = "Nine people were killed in shelling in Gdansk on Monday, the health ministry said."
        let entries = [story(lead, "2025-03-03", "Meridian Wire"), story(lead + " ", "2025-07-07", "Coast Herald")]
        let store = try RecordStore(path: folder.path("r"))
        for entry in isReversed ? entries.reversed() : entries {
            _ = try store.add([entry], received: "2025-08-01T08:00:00Z")
        }
        #expect(try store.incidents().map(\.coverage.texts).reduce(0, +) == 2)
        #expect(try store.verify().isEmpty)
    }

    @Test("a correction of the original holds for its prints: they make no second source")
    func correctedOriginal() throws {
        let folder = try Folder()
        let lead = "At least 12 people were killed in shelling in Gdansk on Monday, police said."
        let store = try store(
            folder, [story(lead, "2025-03-03", "Meridian Wire"), story(lead + " ", "2025-03-04", "Coast Herald")])
        let id = try #require(try store.incidents().first).id
        let before = try store.dossier(id)
        let claim = try #require(before.claims.first { $0.story.hasPrefix(id) && $0.speaker.kind != .author }).id
        _ = try store.review(
            .correct, subject: claim, value: "speaker=Health Ministry", who: "A", why: "named below",
            at: "2025-03-07T00:00:00Z")
        let after = try store.dossier(id)
        #expect(after.incident.coverage == before.incident.coverage)
        #expect(after.incident.tolls.map(\.grade) == before.incident.tolls.map(\.grade))
        #expect(try store.claims(ofSource: "Health Ministry").first?.claims.count == 1)
        #expect(try store.verify().isEmpty)
    }

    @Test(
        "are told by the marks of agencies, too",
        arguments: [
            ("UPDATE 3-Dozens killed in blast", 4), ("WRAPUP 2: Blast kills", 3), ("Blast kills dozens", 1),
            ("2nd lead: Blast kills dozens", 3), ("URGENT Blast kills dozens", 1), ("CORRECTED-Blast kills dozens", 2),
            ("", 1), ("Updates on blast", 1),
        ])
    func marks(headline: String, version: Int) { #expect(WireMark(headline).version == version) }
}
