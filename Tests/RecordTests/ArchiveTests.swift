import Foundation
import GRDB
import Onrecord
@testable import Record
import Stories
import TestSupport
import Testing

@Suite("A record written out")
struct ArchiveTests {
    private let at = "2025-03-07T00:00:00Z"

    private func lines(_ store: RecordStore) throws -> [[UInt8]] {
        var bytes: [UInt8] = []
        try store.exportArchive { bytes += $0 }
        return bytes.split(separator: 10).map(Array.init)
    }

    private func take(_ lines: [[UInt8]], _ store: RecordStore) throws -> Int {
        var rest = lines[...]
        return try store.importArchive { rest.popFirst() }
    }

    private func store(_ folder: Folder) async throws -> RecordStore {
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles + ["harbour-radio.txt"], to: store)
        let bytes: [UInt8] =
            Array("Two men were killed in Caf".utf8) + [0xE9] + Array(" Central in Lyon, police said.".utf8)
        try Data(bytes).write(to: folder.url.appending(path: "latin.txt"))
        _ = try await Recorder(store).add([.file(path: folder.path("latin.txt"))], received: at)
        let id = try store.dossier("5eb0").incident.id
        _ = try store.review(.correct, subject: id, value: "killed=20", who: "Ä. Roe", why: "\"list\"\nseen", at: at)
        _ = try store.review(.discount, subject: "\(id).2", who: "B", why: "other", at: at)
        return store
    }

    @Test("and taken in again is the same record, and is written out as the same bytes")
    func roundTrip() async throws {
        let folder = try Folder()
        let store = try await store(folder)
        let written = try lines(store)
        let copy = try RecordStore(path: folder.path("copy"))
        #expect(try take(written, copy) == 8)
        #expect(try lines(copy) == written)
        #expect(try derived(copy) == derived(store))
        #expect(try copy.verify().isEmpty)
        _ = try copy.rebuild()
        #expect(try lines(copy) == written)
    }

    @Test("is refused as a whole where a line was changed, is missing or is none")
    func changed() async throws {
        let folder = try Folder()
        let written = try lines(try await store(folder))
        func refused(_ number: Int, _ change: (inout [[UInt8]]) -> Void) throws -> Int? {
            var lines = written
            change(&lines)
            let copy = try RecordStore(path: folder.path("copy\(number)"))
            let error = refusal { _ = try take(lines, copy) }
            #expect(try copy.counts().stories == 0)
            guard case .badArchive(let line, _) = error else { return nil }
            return line
        }
        let story = try #require(written.firstIndex { $0.starts(with: Array("{\"story\"".utf8)) })
        #expect(try refused(1) { $0[story][$0[story].count - 3] ^= 1 } == story + 1)
        #expect(try refused(2) { $0.removeFirst() } == 1)
        #expect(try refused(3) { $0.remove(at: story) } != nil)
        #expect(try refused(4) { $0.remove(at: $0.count - 3) } == written.count - 2)
        #expect(try refused(8) { $0.removeLast() } == written.count - 1)
        #expect(try refused(9) { $0.removeLast(2) } == written.count - 2)
        #expect(try refused(5) { $0.append(Array("{}".utf8)) } == written.count + 1)
        #expect(try refused(6) { $0 = [] } == 1)
        #expect(try refused(7) { $0.insert($0[story], at: story) } == story + 2)
    }

    @Test("goes into an empty record alone")
    func notEmpty() async throws {
        let folder = try Folder()
        let store = try await store(folder)
        let written = try lines(store)
        #expect(refusal { _ = try take(written, store) } == RecordStoreError.notEmpty(path: folder.path("r")))
    }
}
