import Foundation
import Intake
@testable import Record
import Stories
import TestSupport
import Testing

@Suite("Versions of a publisher's item")
struct VersionedItemTests {
    private static let received = "2025-03-06T08:00:00Z"
    private static let guid = "urn:newsml:meridian.example:20250305:port-blast"

    private static func entry(
        _ text: String, _ day: String, version: Int?, _ status: Provenance.Status? = .usable,
        guid: String? = VersionedItemTests.guid, outlet: String = "Meridian Wire"
    ) -> RecordStore.Entry {
        var entry = InventedStories.entry(text, Day(iso: day), outlet)
        entry.provenance = Provenance(guid: guid, version: version, status: status)
        return entry
    }

    private static let first = entry(
        "PORTO - An explosion at the port of Porto killed 12 people on Wednesday, the fire brigade said. A hospital doctor said 30 were injured.",
        "2025-03-05", version: 1)
    private static let second = entry(
        "PORTO - Nine people died in the blast at the port of Porto on Wednesday, the fire brigade said, correcting its count. Cranes stood still.",
        "2025-03-06", version: 2)
    private static let kill = entry(
        "EDITORS: please kill the story on the port of Porto. It was published in error.", "2025-03-06", version: 3,
        .canceled)

    @Test("are one text, the later a version of the earlier, however much was rewritten")
    func versions() throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("record"))
        _ = try store.add([Self.second, Self.first], received: Self.received)
        let dossier = try store.dossier(Digest.hex(Self.first.text))
        #expect(dossier.incident.coverage.reports == 2 && dossier.incident.coverage.texts == 1)
        #expect(dossier.stories.map(\.copyKind) == [nil, .version])
        #expect(dossier.incident.tolls.first { $0.measure == .killed }?.best == 9)
        #expect(dossier.revisions.count == 1)
    }

    @Test("make no account once the latest is canceled, in whatever order they came")
    func canceled() throws {
        var seen: Set<[String]> = []
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let folder = try Folder()
            let store = try RecordStore(path: folder.path("record"))
            let entries = [Self.first, Self.second, Self.kill]
            for index in order { _ = try store.add([entries[index]], received: Self.received) }
            let dossier = try store.dossier(Digest.hex(Self.first.text))
            #expect(dossier.stories.count == 3 && dossier.stories.allSatisfy(\.withdrawn))
            #expect(dossier.accounts.isEmpty)
            #expect(dossier.incident.tolls.isEmpty)
            // What was said is kept, and shown as taken back.
            #expect(!dossier.claims.isEmpty && dossier.discounted.count == dossier.claims.count)
            #expect(try store.verify().isEmpty)
            seen.insert(try derived(store))
        }
        #expect(seen.count == 1)
    }

    @Test("stand where a cancellation was of an earlier version, and other outlets' prints stand in any case")
    func standing() throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("record"))
        var early = Self.kill
        early.provenance.version = 1
        let other = Self.entry(
            String(decoding: Self.first.text, as: UTF8.self) + " Reported by our correspondent.", "2025-03-06",
            version: nil,
            nil, guid: nil, outlet: "Coast Herald")
        _ = try store.add([early, Self.second, other], received: Self.received)
        #expect(try store.dossier(Digest.hex(Self.second.text)).stories.allSatisfy { !$0.withdrawn })
        _ = try store.add([Self.kill], received: Self.received)
        let dossier = try store.dossier(Digest.hex(other.text))
        #expect(dossier.stories.first { $0.outlet == "Coast Herald" }?.withdrawn == false)
        #expect(dossier.incident.tolls.first { $0.measure == .killed }?.best == 12)
    }

    @Test("with bare numbers for ids are of one newsroom alone")
    func numbers() throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("record"))
        let one = Self.entry(
            "LEEDS - A fire in Leeds killed two people, police said.", "2025-03-05", version: 1, guid: "17")
        let other = Self.entry(
            "GRAZ - A bus crash near Graz injured six, police said.", "2025-03-05", version: 2, .canceled, guid: "17",
            outlet: "Coast Herald")
        _ = try store.add([one, other], received: Self.received)
        #expect(try store.dossier(Digest.hex(one.text)).stories.map(\.withdrawn) == [false])
    }

    @Test("keep what came with them through an export and an import")
    func archive() throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("record"))
        _ = try store.add([Self.first, Self.kill], received: Self.received)
        var lines: [[UInt8]] = []
        try store.exportArchive { lines.append($0) }
        let copy = try RecordStore(path: folder.path("copy"))
        var next = lines.makeIterator()
        _ = try copy.importArchive { next.next().map { Array($0.split(separator: 10)[0]) } }
        #expect(try copy.dossier(Digest.hex(Self.first.text)).stories.allSatisfy(\.withdrawn))
        var again: [[UInt8]] = []
        try copy.exportArchive { again.append($0) }
        #expect(again == lines)
    }
}
