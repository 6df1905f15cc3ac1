import Foundation
import Testing
@testable import Watch

@Suite("Fetching")
struct FetcherTests {
    /// Options for a host that stands beside us.
    private func options(_ change: (inout Fetcher.Options) -> Void = { _ in }) -> Fetcher.Options {
        var options = Fetcher.Options()
        options.pause = .zero
        options.timeout = .seconds(5)
        change(&options)
        return options
    }

    private func fetch(
        _ address: String, _ options: Fetcher.Options, unless validators: Fetcher.Validators = .init()
    ) async throws -> Fetcher.Fetched? {
        try await Fetcher.with(options) { try await $0.fetch(address, unless: validators) }
    }

    @Test("gives a page with its type, character set and validators, and says who asks")
    func page() async throws {
        try await UnrulyHost.with { host, base in
            host.on(
                "/a",
                .page(
                    "caf\u{E9}", "200 OK",
                    [
                        "Content-Type: Text/HTML; charset=\"utf-8\"", "ETag: \"v1\"",
                        "Last-Modified: Thu, 06 Mar 2025 08:00:00 GMT",
                    ]))
            let page = try #require(try await fetch(base + "/a", options { $0.userAgent = "Onrecord/test" }))
            #expect(page.bytes == Array("caf\u{E9}".utf8) && page.type == "text/html" && page.charset == "utf-8")
            #expect(page.validators == .init(etag: "\"v1\"", modified: "Thu, 06 Mar 2025 08:00:00 GMT"))
            #expect(host.asked.allSatisfy { $0.head.contains("User-Agent: Onrecord/test") })
        }
    }

    @Test("asks whether a page has changed, and takes no for an answer")
    func unchanged() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/a") { asked in
                asked.head.contains("If-None-Match: \"v1\"") ? .page("", "304 Not Modified", []) : .page("new")
            }
            let same = try await fetch(base + "/a", options(), unless: .init(etag: "\"v1\""))
            let changed = try await fetch(base + "/a", options(), unless: .init(etag: "\"v0\""))
            #expect(same == nil && changed != nil)
        }
    }

    @Test("follows where it is sent, and not in circles")
    func redirects() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/a", .moved("/b"))
            host.on("/b", .moved("c?d=1"))
            host.on("/c?d=1", .page("there"))
            let page = try await fetch(base + "/a", options())
            #expect(page?.url == base + "/c?d=1")
            host.on("/loop", .moved("/pool"))
            host.on("/pool", .moved("/loop"))
            await #expect(throws: FetchError.redirects(url: base + "/loop")) {
                try await fetch(base + "/loop", options())
            }
            host.on("/out", .moved("file:///etc/passwd"))
            await #expect(throws: FetchError.badAddress("file:///etc/passwd")) {
                try await fetch(base + "/out", options())
            }
            for step in 0..<9 { host.on("/s\(step)", .moved("/s\(step + 1)")) }
            await #expect(throws: FetchError.redirects(url: base + "/s0")) { try await fetch(base + "/s0", options()) }
        }
    }

    @Test("does not wait without end", arguments: ["/drip", "/silence"])
    func slow(path: String) async throws {
        try await UnrulyHost.with { host, base in
            host.on("/drip", .drip(.milliseconds(50)))
            host.on("/silence", .silence)
            await #expect(throws: FetchError.slow(url: base + path, seconds: 1)) {
                try await fetch(
                    base + path,
                    options {
                        $0.timeout = .seconds(1); $0.obeysRobots = false
                    })
            }
        }
    }

    @Test("tells an answer that was cut off from a whole one")
    func cut() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/cut", .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf".utf8)))
            host.on("/chunk", .bytes(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf".utf8)))
            host.on("/noise", .bytes(Array("\u{1}\u{2}SSH-2.0".utf8)))
            for path in ["/cut", "/chunk", "/noise"] {
                let error = await #expect(throws: FetchError.self) { try await fetch(base + path, options()) }
                guard case .connection? = error else {
                    Issue.record("\(path): \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test("leaves a host alone that asks for it")
    func later() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/busy", .page("", "429 Too Many Requests", ["Retry-After: 1"]))
            host.on("/a", .page("here"))
            try await Fetcher.with(options()) { fetcher in
                let start = ContinuousClock.now
                await #expect(throws: FetchError.later(url: base + "/busy", code: 429, seconds: 1)) {
                    try await fetcher.fetch(base + "/busy")
                }
                _ = try await fetcher.fetch(base + "/a")
                #expect(ContinuousClock.now - start >= .seconds(1))
            }
            // For an hour nobody waits: the next is told at once, without asking.
            host.on("/closed", .page("", "503 Service Unavailable", ["Retry-After: 3600"]))
            try await Fetcher.with(options()) { fetcher in
                _ = try? await fetcher.fetch(base + "/closed")
                let before = host.asked.count
                let error = await #expect(throws: FetchError.self) { try await fetcher.fetch(base + "/a") }
                guard case .later(_, 503, let seconds)? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(3000...3600 ~= seconds && host.asked.count == before)
            }
            let date = Date(timeIntervalSince1970: 1_741_248_000)
            #expect(Fetcher.seconds("Thu, 06 Mar 2025 08:02:00 GMT", now: date) == 120)
            #expect(Fetcher.seconds("soon", now: date) == 60 && Fetcher.seconds("999999999", now: date) == 86_400)
        }
    }

    @Test("keeps its distance between two requests to one host")
    func pause() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/a", .page("a"))
            host.on("/b", .page("b"))
            let start = ContinuousClock.now
            try await Fetcher.with(
                options {
                    $0.pause = .milliseconds(300); $0.obeysRobots = false
                }
            ) { fetcher in
                async let one = fetcher.fetch(base + "/a")
                async let other = fetcher.fetch(base + "/b")
                _ = try await (one, other)
            }
            #expect(ContinuousClock.now - start >= .milliseconds(300))
        }
    }

    @Test("refuses what unpacks to more than it may, and what is too long as it stands")
    func bombs() async throws {
        try await UnrulyHost.with { host, base in
            // 64 MiB of zeros in 64 KiB.
            let bomb = try gzip(zeros: 64 << 20)
            #expect(bomb.count < 100_000)
            host.on("/bomb", .raw(bomb, "200 OK", ["Content-Encoding: gzip"]))
            host.on("/long", .raw([UInt8](repeating: 65, count: 3 << 20)))
            for path in ["/bomb", "/long"] {
                await #expect(throws: FetchError.tooLarge(url: base + path, limit: 1 << 20)) {
                    try await fetch(base + path, options { $0.maximumSize = 1 << 20 })
                }
            }
        }
    }

    @Test("asks for no page that robots.txt forbids, and for robots.txt once")
    func robots() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/robots.txt", .page("User-agent: *\nDisallow: /private\n"))
            host.on("/open", .page("o"))
            host.on("/in", .moved("/private/x"))
            try await Fetcher.with(options()) { fetcher in
                _ = try await fetcher.fetch(base + "/open")
                for path in ["/private/x", "/in"] {
                    await #expect(throws: FetchError.forbiddenToRobots(url: base + "/private/x")) {
                        try await fetcher.fetch(base + path)
                    }
                }
            }
            #expect(host.times("/robots.txt") == 1 && host.times("/private/x") == 0)
        }
    }

    @Test("takes a host without robots.txt for open, and one that cannot say for closed")
    func noRobots() async throws {
        try await UnrulyHost.with { host, base in
            host.on("/a", .page("a"))
            let page = try await fetch(base + "/a", options())
            #expect(page != nil)
            host.on("/robots.txt", .page("", "500 Internal Server Error", []))
            await #expect(throws: FetchError.status(url: base + "/robots.txt", code: 500)) {
                try await fetch(base + "/a", options())
            }
        }
    }

    @Test("says what is no address, and which host does not answer")
    func bad() async throws {
        for address in ["", "example.org", "ftp://example.org/", "http://", "javascript:alert(1)"] {
            await #expect(throws: FetchError.badAddress(address)) { try await fetch(address, options()) }
        }
        let error = await #expect(throws: FetchError.self) { try await fetch("http://127.0.0.1:1/", options()) }
        #expect(error?.isPassing == true && error?.description.contains("cannot be reached") == true)
    }

    private func gzip(zeros: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "head -c \(zeros) /dev/zero | gzip -9"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}
