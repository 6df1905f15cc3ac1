import Intake
import Stories
import TestSupport
import Testing

private func stories(_ text: String) throws -> [Story] {
    try PageReader().read(Page(name: "page", bytes: Array(text.utf8), format: .text)).map { try $0.get() }
}

private let wirePage = """
    Ferry runs aground off Gavdos, two missing

    Passengers wait on the deck of the ferry Kallisti off Gavdos, Greece, May 4, 2019. NEWSFOTO/Nikos Dimas

    Ferry runs aground off Gavdos, two missing

    By Eleni Pappas and Karl Brandt

    ATHENS (Northern Wire) – A ferry ran aground off the island of Gavdos on Saturday.

    “We heard a bang,” said Maria Dima, a passenger.

    LIFE JACKETS

    The coast guard said two people were missing.

    (Reporting by Eleni Pappas; Additional reporting by Karl Brandt in BERLIN, Ann Roe in ROME; Writing by Tom Hale; Editing by Clara Whitby)

    Minister visits flooded valley

    By Ivo Petrov

    SOFIA (Northern Wire) – The minister visited the valley on Sunday.

    (Reporting by Ivo Petrov)

    """

@Suite("A page of wire stories")
struct WirePageTests {
    @Test("is cut into its stories")
    func segments() throws {
        let found = try stories(wirePage)
        #expect(found.count == 2)
        #expect(found.map { $0.text($0.span).prefix(12) } == ["Ferry runs a", "Minister vis"])
        #expect(found[0].text(found[0].span).hasSuffix("Editing by Clara Whitby)"))
    }

    @Test("gives each story its anatomy, captions and credits apart from the body")
    func anatomy() throws {
        let story = try #require(try stories(wirePage).first)
        let anatomy = story.anatomy
        #expect(anatomy.headline.map(story.text) == "Ferry runs aground off Gavdos, two missing")
        #expect(anatomy.captions.map(story.text).map { $0.suffix(10) } == ["ikos Dimas"])
        #expect(anatomy.bylines.map(\.names) == [["Eleni Pappas", "Karl Brandt"]])
        #expect(anatomy.dateline.map { story.text($0.span) } == "ATHENS (Northern Wire)")
        #expect(anatomy.dateline?.agency == "Northern Wire")
        #expect(anatomy.subheads.map(story.text) == ["LIFE JACKETS"])
        #expect(anatomy.paragraphs.count == 3)
        #expect(
            anatomy.credits.map(\.role) == [.reporting, .additionalReporting, .additionalReporting, .writing, .editing])
        #expect(anatomy.credits.map(\.place) == [nil, "BERLIN", "ROME", nil, nil])
        #expect(
            anatomy.credits.map(\.names) == [
                ["Eleni Pappas"], ["Karl Brandt"], ["Ann Roe"], ["Tom Hale"], ["Clara Whitby"],
            ])
        for paragraph in anatomy.paragraphs {
            #expect(!(anatomy.captions + anatomy.credits.map(\.span)).contains { $0.overlaps(paragraph) })
        }
    }

    @Test("takes the day from a dated caption whose weekday the first paragraph names")
    func published() throws {
        let found = try stories(wirePage)
        #expect(found[0].published == Day(iso: "2019-05-04"))
        #expect(found[0].publishedBasis == .text)
        #expect(found[1].published == nil)
    }

    @Test("reads the same, cut out and read alone")
    func alone() throws {
        for story in try stories(wirePage) {
            let bytes = Array(story.bytes[story.span.range])
            let own = TextPageReader().story(bytes, span: Span(0, bytes.count))
            #expect(own.anatomy.paragraphs.map { $0.shifted(by: story.span.start) } == story.anatomy.paragraphs)
            #expect(own.anatomy.captions.map { $0.shifted(by: story.span.start) } == story.anatomy.captions)
        }
    }

    @Test("two place credits with nothing between stand side by side")
    func placesOnly() throws {
        let story = try #require(
            try stories(
                "A headline of four words\n\nBy Ann Lee\n\nROME (Wire) - It rained.\n\n(Additional reporting by Ann Lee in BONN, Bo Ek in OSLO, Cy Oh in LIMA; Editing by Di Ro)\n"
            ).first)
        #expect(story.anatomy.credits.map(\.place) == ["BONN", "OSLO", "LIMA", nil])
    }
}

@Suite("The bytes of a page")
struct DecodingTests {
    private func text(_ bytes: [UInt8], charset: String? = nil) throws -> String {
        let story = try #require(
            try PageReader().read(Page(name: "page", bytes: bytes, format: .text, charset: charset)).first
        ).get()
        return story.text(story.span)
    }

    @Test("are UTF-8, with or without its mark")
    func utf8() throws {
        #expect(try text(Array("Zażółć — “gęślą”".utf8)) == "Zażółć — “gęślą”")
        #expect(try text([0xEF, 0xBB, 0xBF] + Array("Zażółć".utf8)) == "Zażółć")
    }

    @Test("are UTF-16 where the mark says so")
    func utf16() throws {
        let units = Array("Čas “now” 👍".utf16)
        #expect(try text([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == "Čas “now” 👍")
        #expect(try text([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == "Čas “now” 👍")
    }

    @Test("are Windows-1252 where they are no UTF-8")
    func windows() throws {
        #expect(try text([0x93] + Array("caf".utf8) + [0xE9, 0x94, 0x20, 0x80]) == "“café” €")
    }

    @Test("of a declared character set are held to it, the byte named")
    func declared() {
        let page = Page(name: "page.txt", bytes: Array("caf".utf8) + [0xE9, 0x21], format: .text, charset: "utf-8")
        #expect(throws: IntakeError.undecodable(page: "page.txt", charset: "UTF-8", offset: 3)) {
            try PageReader().read(page)
        }
    }
}

@Suite("A page that cannot be read")
struct RefusalTests {
    @Test("is refused for what it is")
    func kinds() {
        func refusal(_ bytes: [UInt8], limit: Int = 1 << 20) -> IntakeError? {
            do {
                _ = try PageReader(maximumSize: limit).read(Page(name: "p", bytes: bytes, format: .text))
                return nil
            } catch { return error }
        }
        #expect(refusal([]) == .empty(page: "p"))
        #expect(refusal(Array(" \n\t ".utf8)) == .empty(page: "p"))
        #expect(refusal(Array("some text".utf8), limit: 4) == .tooLarge(page: "p", limit: 4))
        guard case .binary(_, let kind, _) = refusal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13])
        else {
            Issue.record("a PNG was not refused as binary")
            return
        }
        #expect(kind.contains("PNG"))
        guard case .binary = refusal(Array("text".utf8) + [0, 0, 0, 1, 2]) else {
            Issue.record("zero bytes were not refused")
            return
        }
    }

    @Test("says the page, the place and the mend")
    func wording() {
        #expect(
            IntakeError.badLine(page: "a.jsonl", line: 3, reason: "no JSON object").description.hasPrefix(
                "a.jsonl:3: no JSON object"))
        #expect(IntakeError.missing(page: "x").description.contains("check the path"))
        #expect(IntakeError.tooLarge(page: "x", limit: 64 << 20).description.contains("64 MiB"))
    }
}

@Suite("JSON Lines")
struct JSONLinesTests {
    @Test("give a story a line, and an error for a line that is none")
    func lines() throws {
        let page = """
            {"id": "a", "text": "It rained.", "published": "2019-05-04", "title": "Rain", "outlet": "The Gull", "more": [1]}
            {"text": "It rained again."}

            {"id": "c", "text": 5}
            nonsense
            {"id": "e", "text": "It stopped.", "published": "soon"}
            """
        let results = try PageReader().read(Page(name: "p.jsonl", bytes: Array(page.utf8)))
        let first = try results[0].get()
        #expect(first.id == "a")
        #expect(first.published == Day(iso: "2019-05-04"))
        #expect(first.publishedBasis == .given)
        #expect(first.title == "Rain")
        #expect(first.outlet == "The Gull")
        #expect(try results[1].get().id.utf8.count == 16)
        let lines = results.compactMap { result -> Int? in
            if case .failure(.badLine(_, let line, _)) = result { line } else { nil }
        }
        #expect(lines == [4, 5, 6])
    }
}

@Suite("HTML")
struct HTMLTests {
    private func story(_ html: String) throws -> Story {
        try #require(try PageReader().read(Page(name: "p.html", bytes: Array(html.utf8))).first).get()
    }

    @Test("gives its text without scripts, styles and markup")
    func text() throws {
        let story = try story(
            """
            <!doctype html><html><head><title>Rain &amp; wind</title><style>p{}</style><script>var x = "<p>no</p>";</script></head>
            <body><article><h1>Rain and wind</h1><p>It <b>rained</b> in Br&ucirc;gge.</p><p>“No one was hurt,” said&nbsp;Ann Lee.</p></article></body></html>
            """)
        let text = story.text(story.span)
        #expect(text.contains("It rained in Brûgge."))
        #expect(text.contains("“No one was hurt,”"))
        #expect(!text.contains("var x"))
        #expect(!text.contains("<"))
    }

    @Test("nested beyond reason neither crashes nor hangs")
    func nesting() throws {
        let deep = String(repeating: "<div>", count: 20_000) + "<p>It rained all day in the valley.</p>"
        _ = try? story("<html><body>" + deep + "</body></html>")
        _ = try? story("<html>" + String(repeating: "<a b='&x;", count: 5000))
    }
}

@Suite("Any bytes")
struct AnyBytesTests {
    @Test(
        "that ends in a dash is read to its end",
        arguments: ["LYON -", "LYON --", "LYON - ", "PORTO (Wire) -", "LYON \u{2014}"])
    func endsInDash(text: String) throws {
        let stories = try TextPageReader().read(Page(name: "p", bytes: Array(text.utf8), format: .text))
        #expect(stories.count == 1 && stories[0].bytes == Array(text.utf8))
    }

    @Test("give stories whose spans hold, or a refusal", arguments: 0..<60)
    func anyBytes(seed: Int) throws {
        var random = RandomText(seed: UInt64(seed))
        let noise = random.bytes(random.number(below: 400))
        let text = Array(random.text(pieces: 120).utf8)
        for bytes in [noise, text, text + noise, Array(text.dropLast(random.number(below: 5)))] {
            for format in [Page.Format.text, .html, .jsonl] {
                guard let results = try? PageReader().read(Page(name: "p", bytes: bytes, format: format)) else {
                    continue
                }
                for case .success(let story) in results {
                    #expect(String(validating: story.bytes, as: UTF8.self) != nil)
                    let anatomy = story.anatomy
                    let spans =
                        anatomy.captions + anatomy.paragraphs + anatomy.subheads + anatomy.credits.map(\.span) + [
                            story.span
                        ]
                    #expect(spans.allSatisfy { SpanCheck.holds($0, in: story.bytes) && story.span.contains($0) })
                }
            }
        }
    }
}
