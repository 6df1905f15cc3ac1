import Foundation
import GRDB
@testable import Record
import Stories
import TestSupport
import Testing

@Suite("A record in trouble")
struct FaultTests {
    private let received = "2025-03-06T08:00:00Z"

    @Test("whose derived tables were changed says which, and is mended by a rebuild")
    func changedTables() async throws {
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        for (sql, word) in [
            ("UPDATE claim SET min = 99 WHERE number = 0", "claim"), ("UPDATE incident SET killed = 1", "incident"),
            ("DELETE FROM link", "link"), ("UPDATE statement SET speaker = 'nobody'", "statement"),
            ("DELETE FROM sentenceText WHERE rowid = 1", "sentenceText"),
        ] {
            try await store.database.write { try $0.execute(sql: sql) }
            let problems = try store.verify()
            #expect(
                problems.contains { $0.hasPrefix(word) || $0.contains("search index \(word)") }, "\(sql): \(problems)")
            _ = try store.rebuild()
            #expect(try store.verify().isEmpty)
        }
    }

    @Test("that runs out of room keeps all that was in, says so, and goes on when there is room")
    func full() throws {
        let folder = try Folder()
        let entries = InventedStories(happenings: 60, seed: 3).entries
        let store = try RecordStore(path: folder.path("r"))
        _ = try store.add(Array(entries.prefix(10)), received: received)
        let before = try derived(store)
        try store.database.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
        }
        #expect(
            refusal { _ = try store.add(entries, received: received) } == RecordStoreError.full(path: folder.path("r")))
        #expect(try store.counts().stories == 10 && derived(store) == before)
        #expect(try store.verify().isEmpty)
        try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        _ = try store.add(entries, received: received)
        let whole = try RecordStore(path: folder.path("whole"))
        _ = try whole.add(entries, received: received)
        for (a, b) in zip(try derived(store), try derived(whole)) { #expect(a == b) }
        #expect(try derived(store) == derived(whole))
    }

    @Test("that two write to at once has all that both added")
    func twoWriters() async throws {
        let folder = try Folder()
        let entries = InventedStories(happenings: 24, seed: 5).entries
        _ = try RecordStore(path: folder.path("r"))
        let (path, received) = (folder.path("r"), received)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<2 {
                group.addTask {
                    let store = try RecordStore(path: path, access: .writing)
                    for (number, entry) in entries.enumerated() where number % 2 == part {
                        _ = try store.add([entry], received: received)
                    }
                }
            }
            try await group.waitForAll()
        }
        let whole = try RecordStore(path: folder.path("whole"))
        _ = try whole.add(entries, received: received)
        #expect(try derived(RecordStore(path: path)) == derived(whole))
    }

    @Test("that is cut off or overwritten is refused by name", arguments: [0, 1, 50, 100, 3000, 4096, 20_000])
    func cut(bytes: Int) async throws {
        let folder = try Folder()
        do {
            let store = try RecordStore(path: folder.path("r"))
            _ = try await add(sampleFiles, to: store)
            try await store.database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try store.database.close()
        }
        let whole = try Data(contentsOf: folder.url.appending(path: "r"))
        #expect(whole.count > 100_000)
        try whole.prefix(bytes).write(to: folder.url.appending(path: "cut"))
        let error = refusal {
            let store = try RecordStore(path: folder.path("cut"), access: .writing)
            _ = try store.incidents()
            let problems = try store.verify()
            // An empty file is a record that was never begun.
            if bytes > 1, problems.isEmpty { return }
            if bytes > 1 { throw RecordStoreError.damaged(path: "", reason: problems[0]) }
        }
        if bytes > 1 { #expect(error != nil) }
        if let error { #expect(error.description.contains(": ")) }
        #expect(
            try Data(contentsOf: folder.url.appending(path: "cut")).prefix(16) == whole.prefix(min(16, bytes))
                || bytes <= 1)
    }

    @Test("where nothing can be written is read all the same, and refuses to be added to")
    func readOnly() async throws {
        let folder = try Folder()
        do {
            let store = try RecordStore(path: folder.path("r"))
            _ = try await add(sampleFiles, to: store)
            try await store.database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try store.database.close()
        }
        let mounted = folder.url.appending(path: "mounted")
        try FileManager.default.createDirectory(at: mounted, withIntermediateDirectories: true)
        guard let isUnwritable = Unwritable(folder.url, at: mounted) else {
            print("SKIPPED: this user can write everywhere and may not mount: a read-only record is not tested")
            return
        }
        defer { isUnwritable.end() }
        let path = isUnwritable.folder.appending(path: "r").path
        let store = try RecordStore(path: path, access: .reading)
        #expect(store.isReadOnly)
        #expect(try store.incidents().count == 1)
        #expect(try store.search("hospital").isEmpty == false)
        #expect(try store.verify().isEmpty)
        #expect(refusal { _ = try RecordStore(path: path, access: .writing) } == RecordStoreError.readOnly(path: path))
    }

    /// A folder that cannot be written to: by its permissions, or for the superuser by a mount.
    private struct Unwritable {
        let folder: URL
        private let isMounted: Bool

        init?(_ folder: URL, at mount: URL) {
            if geteuid() != 0 {
                self.folder = folder
                isMounted = false
                for (name, mode) in [("r", 0o444), ("", 0o555)] {
                    let path = folder.appending(path: name).path
                    try? FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
                }
            } else {
                guard Unwritable.run(["mount", "--bind", folder.path, mount.path]) else { return nil }
                guard Unwritable.run(["mount", "-o", "remount,ro,bind", mount.path]) else {
                    _ = Unwritable.run(["umount", mount.path])
                    return nil
                }
                self.folder = mount
                isMounted = true
            }
        }

        func end() {
            if isMounted {
                _ = Unwritable.run(["umount", folder.path])
            } else {
                try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
            }
        }

        private static func run(_ words: [String]) -> Bool {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = words
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }
}

@Suite("A record of an older make")
struct MigrationTests {
    @Test("is brought up to date with all its stories and reviews", arguments: ["1", "2", "3"])
    func migrates(version: String) async throws {
        let folder = try Folder()
        let new = try RecordStore(path: folder.path("new"))
        _ = try await add(sampleFiles, to: new)
        let id = try #require(try new.incidents().first).id
        let review = try new.review(.confirm, subject: id, who: "A", why: "seen", at: "2025-03-07T00:00:00Z")
        do {
            let old = try DatabaseQueue(path: folder.path("old"))
            try Schema.migrator.migrate(old, upTo: version)
            // As the first records chained their reviews: without what stood before.
            var plain = review
            (plain.before, plain.anchor) = (nil, nil)
            let hash = RecordStore.hash(plain)
            try await old.write { db in
                try db.execute(sql: "ATTACH ? AS new", arguments: [folder.path("new")])
                for table in ["page", "story", "receipt"] {
                    let columns = try db.columns(in: table).map(\.name).joined(separator: ", ")
                    try db.execute(sql: "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM new.\(table)")
                }
                try db.execute(
                    sql: """
                        INSERT INTO review (number, at, who, action, subject, value, why, previous, hash)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        review.number, review.at, review.who, review.action.rawValue, review.subject, nil, review.why,
                        "",
                        hash,
                    ])
            }
            try old.close()
        }
        let store = try RecordStore(path: folder.path("old"), access: .writing)
        #expect(try store.needsRebuild())
        #expect(try store.rebuild() == 7)
        #expect(try !store.needsRebuild())
        #expect(try store.verify().isEmpty)
        #expect(try store.dossier(id).incident.status == .confirmed)
        #expect(
            try derived(store).filter { !$0.hasPrefix("linkItem") } == derived(new).filter { !$0.hasPrefix("linkItem") }
        )
    }
}
