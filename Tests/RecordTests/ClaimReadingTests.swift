import Foundation
import Onrecord
@testable import Record
import Stories
import TestSupport
import Testing

/// An invented report, in the manner of those where everybody contradicts everybody.
private let report = """
    Scores of contractors killed in battle near Deir al-Zor, sources say

    By Ann Roe

    MOSCOW, Feb 15, 2018 (Meridian Wire) - A military doctor said around 100 people had been killed in a battle near the \
    Syrian city of Deir al-Zor on Feb. 7, and a source who knows the fighters said more than 80 men had died.

    Vera Belova, a spokeswoman for the foreign ministry, said five citizens may have been killed in the battle. She said \
    reports of tens or hundreds of casualties were disinformation.

    The Kremlin said it had no information on any casualties.

    The military doctor said that a fellow doctor told him that around 100 people had been killed and 200 injured.

    Islamic State claimed responsibility for the attack.
    """

@Suite("Claims of a story")
struct ClaimReadingTests {
    private func dossier() async throws -> Dossier {
        let folder = try Folder()
        let path = folder.path("page.txt")
        try Data(report.utf8).write(to: URL(filePath: path))
        let store = try RecordStore(path: folder.path("r"))
        _ = try await Recorder(store).add([.file(path: path)], received: "2018-02-16T00:00:00Z")
        return try store.dossier(try #require(try store.incidents().first).id)
    }

    @Test("keep who is sure, who passes it on, who denies and who declines")
    func contradiction() async throws {
        let dossier = try await dossier()
        let killed = dossier.claims.filter { $0.measure == .killed && $0.isFigure }
        #expect(killed.contains { $0.label.contains("doctor") && $0.point == 100 && $0.depth == 1 })
        #expect(killed.contains { $0.point == 80 && $0.max == nil && $0.speaker.kind == .unnamed })
        let ministry = try #require(killed.first { $0.point == 5 })
        #expect(ministry.certainty == .possible && ministry.speaker.name == "Vera Belova")
        let hearsay = try #require(killed.first { $0.depth == 2 && $0.label.contains("fellow") })
        #expect(hearsay.relay?.role?.contains("doctor") == true && hearsay.point == 100)
        #expect(dossier.claims.contains { $0.stance == .decline && $0.label.contains("Kremlin") })
        #expect(!dossier.disputes.contains { $0.second.stance == .decline || $0.first.stance == .decline })
        let denial = try #require(dossier.disputes.first { $0.measure == .killed && $0.kind == .denial })
        #expect(denial.second.speaker.name == "Vera Belova")
        let toll = try #require(dossier.incident.tolls.first { $0.measure == .killed })
        #expect((toll.low, toll.best, toll.high) == (5, 100, 100) && toll.grade == .contested)
    }

    @Test("tell who did it, behind the figures")
    func responsibility() async throws {
        let claims = try await dossier().claims
        let admission = try #require(claims.first { $0.responsibility != nil })
        #expect(admission.responsibility == Responsibility(party: "Islamic State", basis: .claimed))
        #expect(admission.sentence == "Islamic State claimed responsibility for the attack.")
        #expect(admission.number == claims.count - 1 && !admission.isFigure)
        #expect(try await dossier().profiles.contains { $0.profile == .airwars && $0.grade == "confirmed" })
    }

    @Test("that a review discounts count no more, and count again when it is undone")
    func undone() async throws {
        let folder = try Folder()
        let path = folder.path("page.txt")
        try Data(report.utf8).write(to: URL(filePath: path))
        let store = try RecordStore(path: folder.path("r"))
        _ = try await Recorder(store).add([.file(path: path)], received: "2018-02-16T00:00:00Z")
        let id = try #require(try store.incidents().first).id
        let before = try store.dossier(id)
        let claim = try #require(before.claims.first { $0.measure == .killed && $0.point == 5 })
        let review = try store.review(
            .discount, subject: claim.id, who: "A. Roe", why: "not of this battle", at: "2018-02-17T00:00:00Z")
        let during = try store.dossier(id)
        #expect(during.profiles != before.profiles && during.timeline != before.timeline)
        #expect(!during.profiles.contains { ($0.lowClaims + $0.bestClaims).contains(claim.id) })
        _ = try store.review(
            .undo, subject: "\(review.number)", who: "A. Roe", why: "it is", at: "2018-02-18T00:00:00Z")
        let after = try store.dossier(id)
        #expect(after.profiles == before.profiles && after.timeline == before.timeline)
        #expect(after.incident.tolls == before.incident.tolls && after.disputes == before.disputes)
    }
}
