import Foundation
import Logging
import Record
import ServiceLifecycle
import Stories
import Synchronization
import TestSupport
import Testing
@testable import Watch

@Suite("Watching")
struct WatcherTests {
    private static let story = """
        The harbour master of Porto said that nine people were killed on Wednesday when a crane fell on the quay. \
        A doctor at the city's hospital said that thirty were injured. The fire brigade searched the water until nightfall.
        """

    private func html(_ text: String) -> String {
        "<html><head><title>Crane falls in Porto</title></head><body><article><h1>Crane falls in Porto</h1>"
            + text.split(separator: ". ").map { "<p>\($0).</p>" }.joined() + "</article></body></html>"
    }

    private func feed(_ base: String, _ entries: [(id: String, stamp: String)]) -> String {
        "<rss version=\"2.0\"><channel><title>Meridian Wire</title>"
            + entries.map { entry in
                """
                <item><guid>\(base)/\(entry.id)</guid><link>\(base)/\(entry.id)</link><title>Crane falls \(entry.id)</title>\
                <pubDate>\(entry.stamp)</pubDate><description>In short: \(entry.id).</description></item>
                """
            }.joined() + "</channel></rss>"
    }

    private static let noon = "Thu, 06 Mar 2025 12:00:00 GMT"
    private static let one = "Thu, 06 Mar 2025 13:00:00 GMT"

    private func watch<Result: Sendable>(
        _ store: RecordStore, _ addresses: [String], _ change: (inout Watcher.Options) -> Void = { _ in },
        _ body: (Watcher) async throws -> Result
    ) async throws -> (Result, [Watcher.Event]) {
        var options = Fetcher.Options()
        (options.pause, options.timeout) = (.zero, .seconds(5))
        var watching = Watcher.Options()
        change(&watching)
        let events = Events()
        let result = try await Fetcher.with(options) { [watching] fetcher in
            try await body(
                Watcher(store, fetcher: fetcher, addresses: addresses, options: watching) { events.add($0) })
        }
        return (result, events.all)
    }

    private final class Events: Sendable {
        private let kept = Mutex<[Watcher.Event]>([])
        var all: [Watcher.Event] { kept.withLock { $0 } }
        func add(_ event: Watcher.Event) { kept.withLock { $0.append(event) } }
    }

    @Test("adds the pages of new entries, once, with their day and outlet; an entry that changed is fetched again")
    func feeds() async throws {
        let folder = try Folder()
        try await UnrulyHost.with { host, base in
            host.on("/feed", .page(feed(base, [("a", Self.noon), ("b", Self.noon)]), "200 OK", ["ETag: \"1\""]))
            host.on("/a", .page(html(Self.story)))
            host.on("/b", .page(html(Self.story.replacing("Porto", with: "Leeds").replacing("nine", with: "four"))))
            let store = try RecordStore(path: folder.path("record"))
            _ = try await watch(store, [base + "/feed"]) { try await $0.round() }
            #expect(try store.counts().stories == 2)
            let stories = try store.incidents().flatMap { try store.dossier($0.id).stories }
            #expect(stories.allSatisfy { $0.published?.description == "2025-03-06" && $0.page.hasPrefix(base) })
            #expect(Set(stories.map(\.outlet)) == ["Meridian Wire"])
            // Another run goes on where this one was: nothing is due, and what has not changed is not fetched.
            host.on("/feed") { asked in
                asked.head.contains("If-None-Match: \"1\"") ? .page("", "304 Not Modified", []) : .page("never")
            }
            let (_, events) = try await watch(store, [base + "/feed"]) { watcher in
                try await watcher.round()
                try await watcher.round(all: true)
            }
            #expect(events == [.unchanged(address: base + "/feed")])
            #expect(host.times("/a") == 1 && host.times("/feed") == 2)
            host.on("/feed", .page(feed(base, [("a", Self.one), ("b", Self.noon)]), "200 OK", ["ETag: \"2\""]))
            host.on("/a", .page(html(Self.story.replacing("nine", with: "ten"))))
            _ = try await watch(store, [base + "/feed"]) { try await $0.round(all: true) }
            #expect(host.times("/a") == 2 && host.times("/b") == 1)
            #expect(try store.counts().stories == 3)
        }
    }

    @Test("takes what the feed has of a story whose page it may not have")
    func forbidden() async throws {
        let folder = try Folder()
        try await UnrulyHost.with { host, base in
            host.on("/robots.txt", .page("User-agent: onrecord\nDisallow: /a\n"))
            host.on("/feed", .page(feed(base, [("a", Self.noon)])))
            let store = try RecordStore(path: folder.path("record"))
            let (_, events) = try await watch(store, [base + "/feed"]) { try await $0.round() }
            #expect(try store.counts().stories == 1)
            #expect(events.contains(.read(address: base + "/feed", added: 1)) && events.count == 2)
        }
    }

    @Test("asks again for a page that did not come, though the feed has not changed since")
    func failing() async throws {
        let folder = try Folder()
        try await UnrulyHost.with { host, base in
            host.on("/feed") { asked in
                asked.head.contains("If-None-Match")
                    ? .page("", "304 Not Modified", [])
                    : .page(feed(base, [("a", Self.noon)]), "200 OK", ["ETag: \"1\""])
            }
            host.on("/a", .page("", "500 Internal Server Error", []))
            let store = try RecordStore(path: folder.path("record"))
            _ = try await watch(store, [base + "/feed"]) { try await $0.round() }
            #expect(try store.counts().stories == 0)
            host.on("/a", .page(html(Self.story)))
            _ = try await watch(store, [base + "/feed"]) { try await $0.round(all: true) }
            #expect(try store.counts().stories == 1)
        }
    }

    @Test("backs off from a feed that cannot be read, keeps why, and goes on with the others")
    func backOff() async throws {
        let folder = try Folder()
        try await UnrulyHost.with { host, base in
            host.on("/bad", .page("this is no feed"))
            host.on("/good", .page(feed(base, [("a", Self.noon)])))
            host.on("/a", .page(html(Self.story)))
            let store = try RecordStore(path: folder.path("record"))
            for _ in 0..<2 {
                _ = try await watch(store, [base + "/bad", base + "/good"]) { try await $0.round(all: true) }
            }
            let state = try store.watched(base + "/bad")
            #expect(state.failures == 2 && state.problem?.contains("neither RSS, Atom nor JSON Feed") == true)
            #expect(state.due > Date.now.timeIntervalSince1970 + 2 * 15 * 60)
            #expect(try store.counts().stories == 1)
        }
    }

    @Test("reads the files of a folder, once, and those that changed again")
    func folders() async throws {
        let folder = try Folder()
        let wires = folder.path("wires")
        try FileManager.default.createDirectory(atPath: wires, withIntermediateDirectories: true)
        func put(_ name: String, _ text: String, old: Bool = true) throws {
            let url = URL(filePath: wires + "/" + name)
            try Data(text.utf8).write(to: url)
            // What is being written was changed this very moment, however long the test takes.
            try FileManager.default.setAttributes(
                [.modificationDate: Date.now.addingTimeInterval(old ? -60 : 600)], ofItemAtPath: url.path)
        }
        try put("a.txt", Self.story)
        try put("half.txt", "This is still being writ", old: false)
        let store = try RecordStore(path: folder.path("record"))
        _ = try await watch(store, [wires]) { try await $0.round(all: true) }
        #expect(try store.counts().receipts == 1)
        _ = try await watch(store, [wires]) { try await $0.round(all: true) }
        #expect(try store.counts().receipts == 1)
        try put("a.txt", Self.story + " The quay was closed.")
        try put("half.txt", "This was still being written, and now it is whole.")
        let (_, events) = try await watch(store, [wires]) { try await $0.round(all: true) }
        #expect(try store.counts().stories == 3 && events == [.read(address: wires, added: 2)])
        let (_, missing) = try await watch(store, [wires + "-not"]) { try await $0.round(all: true) }
        #expect(missing.count == 1)
        #expect(try store.verify().isEmpty)
    }

    @Test("runs as a service until it is told to stop, and stops at once while it waits")
    func service() async throws {
        let folder = try Folder()
        try await UnrulyHost.with { host, base in
            host.on("/feed", .page(feed(base, [("a", Self.noon)])))
            host.on("/a", .page(html(Self.story)))
            let store = try RecordStore(path: folder.path("record"))
            _ = try await watch(store, [base + "/feed"]) { watcher in
                let group = ServiceGroup(
                    services: [watcher], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
                async let running: Void = group.run()
                while try store.counts().stories == 0 { try await Task.sleep(for: .milliseconds(20)) }
                await group.triggerGracefulShutdown()
                try await running
            }
            #expect(host.times("/feed") == 1)
        }
    }
}
