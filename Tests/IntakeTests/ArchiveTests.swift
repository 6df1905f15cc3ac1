import Intake
import Stories
import TestSupport
import Testing

private let port = Packing.page("Blast at grain port", "Nine people were killed at the port on Monday, police said.")
private let flood = Packing.page("River floods valley", "Two people drowned in the valley on Sunday, the mayor said.")

@Suite("A gzip file")
struct GzipTests {
    @Test("is the page within it, of one member or many")
    func page() {
        let text = Array("It rained in Lyon.\n\nThe mayor said so on Monday.\n".utf8)
        #expect(Walked("a.txt.gz", Packing.gzip(text)).texts.first?.hasPrefix("It rained") == true)
        let parts = Packing.gzip(Array(text.prefix(10))) + Packing.gzip(Array(text.dropFirst(10)))
        #expect(Walked("a.txt.gz", parts).texts == Walked("a.txt", text).texts)
        #expect(Walked("a.txt.gz", parts + [0, 0, 0, 0]).texts == Walked("a.txt", text).texts)
    }

    @Test("gives lines of JSON Lines one by one, and goes on behind a damaged member")
    func lines() {
        let members = (0..<3).map { Packing.gzip(Array("{\"text\":\"Story \($0) of the day.\"}\n".utf8)) }
        #expect(Walked("a.jsonl.gz", members.flatMap { $0 }).texts.count == 3)
        var damaged = members
        damaged[1][20] ^= 0xFF
        let walked = Walked("a.jsonl.gz", damaged.flatMap { $0 })
        #expect(walked.texts == ["Story 0 of the day.", "Story 2 of the day."])
        #expect(walked.errors.contains { $0.hasPrefix("a.jsonl.gz") && $0.contains("damaged") })
    }

    @Test("that is cut is refused as a page, and named")
    func cut() {
        let walked = Walked("a.txt.gz", Array(Packing.gzip(Array("It rained in Lyon on Monday.\n".utf8)).dropLast(9)))
        #expect(walked.texts.isEmpty)
        #expect(walked.errors.count == 1)
        #expect(walked.errors.first?.contains("cut") == true)
    }

    @Test("larger than the limit once unpacked is refused, and no more of it is unpacked")
    func large() {
        let bomb = Packing.gzip([UInt8](repeating: 32, count: 40 << 20))
        #expect(Walked("a.txt.gz", bomb, maximumSize: 1 << 20).errors.first?.contains("larger than 1 MiB") == true)
        // Three deep, 30 KB stand for 40 MB.
        #expect(Walked("a.gz", Packing.gzip(Packing.gzip(bomb)), maximumSize: 1 << 20).errors.count == 1)
    }

    @Test("packed more times over than the limit is refused by name")
    func deep() {
        var bytes = Array("It rained.".utf8)
        for _ in 0..<5 { bytes = Packing.gzip(bytes) }
        #expect(Walked("a.gz", bytes).errors == ["a.gz: packed more than 4 times over: unpack it first"])
    }

    @Test("of what only looks like members is given up on in good time")
    func lookalikes() {
        let start = Packing.gzip(Array("It rained in Lyon on Monday, the mayor said, and it went on.".utf8))
        let bytes = start + (0..<40_000).flatMap { _ in start.prefix(30) }
        #expect(
            Walked("a.jsonl.gz", bytes, format: .jsonl).errors.contains { $0.contains("too much of it is damaged") })
    }

    @Test("that unpacks as only bombs do is not read on")
    func bomb() {
        // Lines, so that no page's limit stops it.
        let line = Packing.gzip([UInt8](repeating: 97, count: 8 << 20), level: 12)
        let walked = Walked("a.jsonl.gz", (0..<20).flatMap { _ in line }, format: .jsonl, maximumSize: 1 << 20)
        #expect(walked.errors.contains { $0.contains("decompression bomb") })
    }
}

@Suite("A ZIP archive")
struct ZIPTests {
    @Test("gives the pages within it under its name, deflated or stored, and the archives within")
    func pages() {
        let inner = Packing.zip([("deep/flood.html", flood)])
        for stored in [false, true] {
            let walked = Walked(
                "week.zip",
                Packing.zip(
                    [
                        ("port.html", port), ("picture.png", [0x89, 0x50]), (".hidden.html", port), ("sub/", []),
                        ("flood.html.gz", Packing.gzip(flood)), ("inner.zip", inner),
                    ], stored: stored))
            #expect(walked.errors == [])
            #expect(
                walked.pages.map(\.name) == [
                    "week.zip/port.html", "week.zip/flood.html.gz", "week.zip/inner.zip/deep/flood.html",
                ])
            #expect(walked.texts.count == 3)
        }
    }

    @Test("goes on behind an entry that is damaged, encrypted or packed otherwise, and names each")
    func badEntries() {
        var archive = Packing.zip([("a.html", port), ("b.html", flood)])
        archive[60] ^= 0xFF
        let walked = Walked("w.zip", archive)
        #expect(walked.texts.count == 1)
        #expect(walked.errors.count == 1)
        #expect(walked.errors.first?.hasPrefix("w.zip/a.html: ") == true)
        let locked = Walked("w.zip", Packing.zip([("a.html", port)], flags: 1))
        #expect(locked.errors.first?.contains("w.zip/a.html: entry at byte 0: is encrypted") == true)
        let other = Walked("w.zip", Packing.zip([("a.html", port)], method: 14))
        #expect(other.errors.first?.contains("packed by method 14") == true)
    }

    @Test("whose entries' names lead out of it has them led back")
    func slip() {
        let walked = Walked(
            "w.zip",
            Packing.zip([("../../etc/port.html", port), ("/root/flood.html", flood), ("C:\\x\\a.html", flood)]))
        #expect(
            walked.pages.map(\.name) == ["w.zip/etc/port.html", "w.zip/root/flood.html", "w.zip/x/a.html"])
    }

    @Test("that is cut, no archive, or an office document is refused by name")
    func refused() {
        let archive = Packing.zip([("a.html", port)])
        #expect(
            Walked("w.zip", Array(archive.dropLast(30))).errors == [
                "w.zip: the ZIP archive has no list of entries at its end: it is cut or damaged"
            ])
        let document = Packing.zip([("[Content_Types].xml", Array("<Types/>".utf8)), ("word/document.xml", [])])
        #expect(Walked("w.docx", document).errors.first?.contains("office document") == true)
    }

    @Test("whose entries overlap, as in a bomb, is not read on")
    func overlap() {
        // A list of many entries that all point at the same bytes.
        let one = Packing.zip([("a.html", port)])
        let end = one.count - 22
        let start = Int(one[end + 16]) | Int(one[end + 17]) << 8
        let entry = one[start..<end]
        var bomb = Array(one[..<start])
        for _ in 0..<50 { bomb += entry }
        bomb += Packing.number(0x0605_4B50, 4) + Packing.number(0, 4) + Packing.number(50, 2) + Packing.number(50, 2)
        bomb += Packing.number(50 * entry.count, 4) + Packing.number(start, 4) + Packing.number(0, 2)
        let walked = Walked("w.zip", bomb)
        #expect(walked.errors.contains { $0.contains("overlaps other entries") })
        #expect(walked.texts.count < 50)
    }
}

@Suite("A WARC file")
struct WARCTests {
    private let info = Packing.record(
        "warcinfo", contentType: "application/warc-fields", Array("software: test\r\n".utf8))

    @Test("gives the pages that were fetched, and no other records")
    func pages() {
        let file =
            info
            + Packing.record("request", address: "http://a.org/1", contentType: "application/http", Array("GET".utf8))
            + Packing.response("http://a.org/1", port)
            + Packing.response("http://a.org/2", status: "404 Not Found", flood)
            + Packing.response("http://a.org/3", fields: ["Content-Type: image/png"], [1, 2, 3])
            + Packing.response(
                "http://a.org/robots.txt", fields: ["Content-Type: text/plain"], Array("User-agent: *".utf8))
            + Packing.record("resource", address: "http://a.org/4", contentType: "text/html", flood)
            + Packing.record(
                "conversion", address: "http://a.org/5", contentType: "text/plain", Array("It rained in Lyon.".utf8))
        for bytes in [file, Packing.gzip(file)] {
            let walked = Walked("s.warc.gz", bytes)
            #expect(walked.errors == [])
            #expect(walked.pages.map(\.name) == ["http://a.org/1", "http://a.org/4", "http://a.org/5"])
            #expect(walked.stories.map(\.provenance.url) == ["http://a.org/1", "http://a.org/4", "http://a.org/5"])
            // The day of the crawl is not the day of publication.
            #expect(walked.stories.map(\.published) == [nil, nil, nil])
        }
    }

    @Test(
        "undoes chunks and compression, whichever of them is there",
        arguments: [false, true], ["", "gzip", "deflate", "x-gzip"])
    func coding(isChunked: Bool, coding: String) {
        var body = port
        switch coding {
        case "gzip", "x-gzip": body = Packing.gzip(body)
        case "deflate": body = Packing.zlib(body)
        default: break
        }
        if isChunked { body = Packing.chunked(body, size: 50) }
        var fields = ["Content-Type: text/html"]
        if isChunked { fields.append("Transfer-Encoding: chunked") }
        if !coding.isEmpty { fields.append("content-encoding:  \(coding)") }
        let walked = Walked("s.warc", Packing.response("http://a.org/1", fields: fields, body))
        #expect(walked.texts == Walked("a.html", port).texts)
        #expect(walked.errors == [])
        // Crawlers that decode a body may leave the fields as they were.
        let decoded = Walked("s.warc", Packing.response("http://a.org/1", fields: fields, port))
        #expect(decoded.texts == walked.texts)
    }

    @Test("takes the character set that came with a page")
    func charset() {
        let body = Array("<html><body><h1>A headline of words</h1><p>Ein Caf".utf8) + [0xE9, 0x2E] + Array("</p>".utf8)
        let walked = Walked(
            "s.warc",
            Packing.response("http://a.org/1", fields: ["Content-Type: text/html; charset=\"ISO-8859-1\""], body))
        #expect(walked.texts.first?.hasSuffix("Ein Café.") == true)
    }

    @Test("names archive, record and page of what cannot be read, and goes on")
    func badRecords() {
        let good = Packing.response("http://a.org/1", port)
        let brotli = Packing.response(
            "http://a.org/b", fields: ["Content-Type: text/html", "Content-Encoding: br"], [0x1B, 0x2A, 0, 3])
        let cutChunk = Packing.response(
            "http://a.org/c", fields: ["Content-Type: text/html", "Transfer-Encoding: chunked"], Array("ff\r\nabc".utf8)
        )
        let noLength = Array("WARC/1.0\r\nWARC-Type: response\r\n\r\n".utf8)
        let walked = Walked(
            "s.warc",
            good + brotli + cutChunk + noLength + Array("rubbish of some kind\r\n\r\n".utf8)
                + Packing.response("http://a.org/2", flood))
        #expect(walked.pages.map(\.name) == ["http://a.org/1", "http://a.org/2"])
        #expect(walked.errors.count >= 3)
        #expect(
            walked.errors.first
                == "s.warc: record 2 (byte \(good.count)): http://a.org/b: its body is compressed with br, which is not read: fetch it with gzip or without compression"
        )
        #expect(walked.errors.dropFirst().first?.contains("its chunks are damaged") != nil)
        let empty = Walked("s.warc", Packing.response("http://a.org/e", Array("<html></html>".utf8)))
        #expect(empty.errors == ["s.warc: record 1 (byte 0): http://a.org/e: empty: there is no text to read"])
    }

    @Test("whose middle member is damaged gives the records before and behind it")
    func damagedMember() {
        var members = (0..<5).map { Packing.gzip(Packing.response("http://a.org/\($0)", port)) }
        members[2][members[2].count / 2] ^= 0x55
        let walked = Walked("s.warc.gz", members.flatMap { $0 })
        #expect(walked.pages.map(\.name) == [0, 1, 3, 4].map { "http://a.org/\($0)" })
        #expect(walked.errors.count == 1)
        #expect(walked.errors.first?.contains("a gzip member is damaged") == true)
    }

    @Test("that is cut gives all that came before", arguments: [false, true])
    func cut(isPacked: Bool) {
        let records = (0..<3).map { Packing.response("http://a.org/\($0)", port) }
        let bytes = records.flatMap { isPacked ? Packing.gzip($0) : $0 }
        for drop in [5, 60, 120] {
            let walked = Walked("s.warc", Array(bytes.dropLast(drop)))
            #expect(walked.pages.map(\.name).starts(with: ["http://a.org/0", "http://a.org/1"]), "\(drop)")
            if drop > 5 {
                #expect(walked.pages.count == 2, "\(drop)")
                #expect(walked.errors.count == 1 && walked.errors[0].contains("cut"), "\(drop) \(walked.errors)")
            }
        }
    }

    @Test("with a page over the limit tells so, and goes on")
    func large() {
        let big = Packing.page("Big", String(repeating: "It rained all day. ", count: 100_000))
        let file = Packing.response("http://a.org/big", big) + Packing.response("http://a.org/1", port)
        let walked = Walked("s.warc", file, maximumSize: 1 << 20)
        #expect(walked.pages.map(\.name) == ["http://a.org/1"])
        #expect(walked.errors.first?.contains("http://a.org/big: larger than 1 MiB") == true)
        let packed = Packing.response(
            "http://a.org/big", fields: ["Content-Type: text/html", "Content-Encoding: gzip"], Packing.gzip(big))
        #expect(Walked("s.warc", packed, maximumSize: 1 << 20).errors.first?.contains("larger than 1 MiB") == true)
    }

    @Test("in a ZIP archive, in gzip, is read as it is alone")
    func nested() {
        let warc = Packing.gzip(info) + Packing.gzip(Packing.response("http://a.org/1", port))
        let walked = Walked("all.zip", Packing.zip([("day/s.warc.gz", warc)], stored: true))
        #expect(walked.pages.map(\.name) == ["http://a.org/1"])
        #expect(walked.pages.first?.archive == "all.zip/day/s.warc.gz: record 2 (byte \(info.count))")
    }

    @Test("with feeds and news items gives their stories, and passes over scripts")
    func otherTypes() {
        let feed = Array(
            "<rss version=\"2.0\"><channel><item><title>Blast at port</title><description>Nine died.</description></item></channel></rss>"
                .utf8)
        let file =
            Packing.response("http://a.org/rss", fields: ["Content-Type: application/rss+xml"], feed)
            + Packing.response("http://a.org/map", fields: ["Content-Type: text/xml"], Array("<urlset/>".utf8))
            + Packing.response("http://a.org/api", fields: ["Content-Type: application/json"], Array("{\"a\":1}".utf8))
        let walked = Walked("s.warc", file)
        #expect(walked.texts == ["Nine died."])
        #expect(walked.errors == [])
    }
}

@Suite("Any archive")
struct ArchivePropertyTests {
    @Test("damaged at random places gives stories or errors, and never more than it should", arguments: 0..<120)
    func mutated(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let warc = (0..<4).flatMap { Packing.gzip(Packing.response("http://a.org/\($0)", port)) }
        let zip = Packing.zip([("a.html", port), ("b.warc.gz", warc), ("c.html.gz", Packing.gzip(flood))])
        let bare = (0..<4).flatMap {
            Packing.response(
                "http://a.org/\($0)", fields: ["Content-Type: text/html", "Transfer-Encoding: chunked"],
                Packing.chunked(port, size: 64))
        }
        var bytes = [warc, zip, bare][seed % 3]
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
            default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...80, using: &random)))
            }
            if bytes.isEmpty { bytes = [0x1F] }
        }
        let walked = Walked("x", bytes)
        #expect(walked.pages.count <= 8)
        for story in walked.stories { #expect(story.span.end <= story.bytes.count) }
    }
}
