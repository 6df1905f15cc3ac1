import Foundation
import GRDB
@testable import Record
import Stories
import TestSupport
import Testing

@Suite("Corrections by review")
struct CorrectionTests {
    private let at = "2025-03-07T00:00:00Z"

    private func store(_ folder: Folder) async throws -> (RecordStore, String) {
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        return (store, try #require(try store.incidents().first).id)
    }

    @Test(
        "set an incident's date, place and type, keep what stood there, and can be undone",
        arguments: [
            "date=2025-03-02", "date=2025-03-02..2025-03-03", "place=Galati, RO @45.45,28.05", "type=fire",
            "place=Galati",
        ])
    func incident(value: String) async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        let before = try store.dossier(id).incident
        let review = try store.review(.correct, subject: id, value: value, who: "A", why: "seen", at: at)
        let after = try store.dossier(id).incident
        #expect(after != before && after.status == .corrected)
        let stood = try #require(review.before)
        #expect(stood.split(separator: "=").first == value.split(separator: "=").first)
        if value.hasPrefix("date") { #expect(after.from == Day(iso: "2025-03-02")) }
        if value.hasPrefix("place") { #expect(after.place?.country == "RO" && after.place?.lat != before.place?.lat) }
        if value.hasPrefix("type") { #expect(after.type == .fire) }
        #expect(try store.verify().isEmpty)
        _ = try store.review(.undo, subject: "1", who: "A", why: "no", at: at)
        #expect(try store.dossier(id).incident == before)
    }

    @Test("set a claim's figure and speaker, and move the toll")
    func claims() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        let toll = try #require(try store.dossier(id).incident.tolls.first { $0.measure == .killed })
        let best = try #require(toll.bestClaim)
        let review = try store.review(.correct, subject: best, value: "figure=21..22", who: "A", why: "misread", at: at)
        #expect(review.before == "figure=19" && review.anchor?.contains("|killed|") == true)
        var dossier = try store.dossier(id)
        var claim = try #require(dossier.claims.first { $0.id == best })
        #expect(claim.min == 21 && claim.max == 22 && claim.review == 1)
        // The newest authority of that day that says less gives the best figure now.
        #expect(dossier.incident.tolls.first { $0.measure == .killed }?.bestClaim != best)
        _ = try store.review(.correct, subject: best, value: "speaker=Radu Petcu", who: "A", why: "named below", at: at)
        dossier = try store.dossier(id)
        claim = try #require(dossier.claims.first { $0.id == best })
        #expect(claim.speaker.name == "Radu Petcu" && claim.min == 21 && claim.review == 2)
        #expect(try store.claims(ofSource: "Radu Petcu").first?.claims.contains { $0.claim.id == best } == true)
        #expect(try store.verify().isEmpty)
    }

    @Test("reopen what was confirmed; a note changes nothing")
    func status() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        let stood = try store.dossier(id).incident
        _ = try store.review(.note, subject: id, who: "A", why: "ask the harbour master", at: at)
        #expect(try store.dossier(id).incident == stood)
        _ = try store.review(.confirm, subject: id, who: "A", why: "seen", at: at)
        #expect(try store.dossier(id).incident.status == .confirmed)
        let reopened = try store.review(.reopen, subject: id, who: "B", why: "a list came", at: at)
        #expect(reopened.before == "confirmed")
        #expect(try store.dossier(id).incident.status == .reopened)
        var filter = RecordStore.Filter()
        filter.status = .reopened
        #expect(try store.incidents(filter).count == 1 && store.count(filter) == 1)
    }

    @Test("refuse to overrule what came since the person last looked")
    func meanwhile() async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        _ = try store.review(.confirm, subject: id, who: "A", why: "seen", at: at, after: 0)
        #expect(
            refusal { _ = try store.review(.reopen, subject: id, who: "B", why: "x", at: at, after: 0) }
                == RecordStoreError.changedMeanwhile(by: "A", number: 1))
        _ = try store.review(.reopen, subject: id, who: "B", why: "x", at: at, after: 1)
    }

    @Test(
        "refuse what cannot be set",
        arguments: [
            "date=2025-02-30", "date=yesterday", "place=Nowhereville-upon-Nothing", "type=picnic", "figure=3", "x",
            "killed=5..3",
        ])
    func refused(value: String) async throws {
        let folder = try Folder()
        let (store, id) = try await store(folder)
        #expect(
            refusal { _ = try store.review(.correct, subject: id, value: value, who: "A", why: "x", at: at) } != nil)
        let claim = try #require(try store.dossier(id).claims.first).id
        #expect(
            refusal { _ = try store.review(.correct, subject: claim, value: "killed=3", who: "A", why: "x", at: at) }
                != nil)
        #expect(try store.reviews().isEmpty)
    }
}

@Suite("A review of a claim, when a newer engine reads the story")
struct AttachmentTests {
    private func claim(_ number: Int, _ start: Int, _ phrase: String, _ measure: Figure.Measure = .killed) -> Claim {
        Claim(
            story: String(repeating: "a", count: 64), number: number, measure: measure, min: 5, max: 5,
            approximate: false,
            scope: .incident, phrase: phrase, stance: .assert, speaker: Speaker(kind: .author), depth: 0, sentence: "",
            span: Span(0, 400), anchor: Span(start, start + phrase.utf8.count))
    }

    private func decisions(on claim: Claim, anchor: String?) -> Decisions {
        Decisions([
            Review(
                number: 1, at: "2025-01-01", who: "A", action: .discount, subject: claim.id, anchor: anchor, why: "x",
                previous: "", hash: "")
        ])
    }

    @Test("stays on its words where claims before it come or go")
    func renumbered() {
        let old = claim(2, 100, "five dead")
        let decisions = decisions(on: old, anchor: ClaimAnchor(old).text)
        let now = [claim(0, 10, "six dead"), claim(1, 100, "five dead"), claim(2, 200, "nine hurt", .injured)]
        #expect(decisions.apply(now).map(\.discounted) == [nil, 1, nil])
    }

    @Test("stays where the words are cut otherwise, or stand elsewhere but once")
    func moved() {
        let old = claim(0, 100, "five dead")
        let decisions = decisions(on: old, anchor: ClaimAnchor(old).text)
        #expect(decisions.apply([claim(0, 95, "some five dead")]).map(\.discounted) == [1])
        #expect(decisions.apply([claim(0, 300, "five dead")]).map(\.discounted) == [1])
        #expect(
            decisions.apply([claim(0, 300, "five dead"), claim(1, 350, "five dead")]).map(\.discounted) == [nil, nil])
    }

    @Test("waits for a person where no claim fits any more")
    func unattached() {
        let old = claim(0, 100, "five dead")
        let decisions = decisions(on: old, anchor: ClaimAnchor(old).text)
        let now = [claim(0, 100, "five dead", .injured), claim(1, 300, "seven dead")]
        #expect(decisions.apply(now).allSatisfy { $0.discounted == nil })
        #expect(decisions.attached(to: now).map(\.claim) == [nil])
    }

    @Test("of a first record, which knew the claim by its number, holds by the number")
    func legacy() {
        let decisions = decisions(on: claim(1, 100, "five dead"), anchor: nil)
        #expect(decisions.apply([claim(0, 1, "x"), claim(1, 100, "five dead")]).map(\.discounted) == [nil, 1])
    }

    @Test("is listed where the record no longer holds its claim")
    func listed() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        let id = try #require(try store.incidents().first).id
        let claim = try #require(try store.dossier(id).claims.first)
        _ = try store.review(.discount, subject: claim.id, who: "A", why: "x", at: "2025-03-07T00:00:00Z")
        #expect(try store.unattachedReviews().isEmpty)
        // As if the claim had been another engine's.
        try await store.database.write { db in
            try db.execute(
                sql: """
                    DROP TRIGGER review_no_update;
                    UPDATE review SET anchor = 'text:1-2|missing|no such words'
                    """)
        }
        _ = try store.rebuild()
        #expect(try store.unattachedReviews().map(\.number) == [1])
        #expect(try store.dossier(id).unattached == [1])
        #expect(try store.dossier(id).discounted.isEmpty)
    }

    @Test("is found again by what it writes of itself")
    func anchors() {
        for anchor in [ClaimAnchor(claim(0, 5, "about | 5")), ClaimAnchor(claim(0, 5, ""))] {
            #expect(ClaimAnchor(parsing: anchor.text) == anchor)
        }
        for bad in ["", "text:1-2", "text:2-1|killed|x", "text:a-b|killed|x"] {
            #expect(ClaimAnchor(parsing: bad) == nil)
        }
    }
}
