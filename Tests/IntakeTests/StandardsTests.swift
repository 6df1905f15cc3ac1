import Intake
import Stories
import TestSupport
import Testing

private func unpacked(_ name: String, _ text: String, _ format: Page.Format = .auto) -> Walked {
    Walked(name, Array(text.utf8), format: format)
}

private let paragraphs = "A ferry ran aground off Gavdos on Saturday, the coast guard said.\n\nTwo people are missing."

@Suite("NITF")
struct NITFTests {
    private let document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.2/dtd/nitf-3-2.dtd">
        <nitf><head><title>Ferry</title><docdata management-status="usable"><doc-id id-string="gull.77"/>
        <date.issue norm="20190504T101500Z"/><ed-msg info="Adds missing."/><doc.copyright holder="Gull"/></docdata>
        <pubdata name="The Gull" date.publication="20190505"/></head>
        <body><body.head><hedline><hl1>Ferry runs aground off Gavdos</hl1><hl2>Two missing</hl2></hedline>
        <byline>By <person>Eleni Pappas</person><byttl>Northern Wire</byttl></byline>
        <distributor>Northern Wire</distributor>
        <dateline><location>Athens</location>, May 4 (Northern Wire)</dateline></body.head>
        <body.content><block><p>A ferry ran aground off <location>Gavdos</location> on Saturday,
         the coast guard said.</p>
        <media media-type="image"><media-reference source="x.jpg"/><media-caption>The ferry.</media-caption>
        <media-producer>Nikos Dimas</media-producer></media>
        <p>Two people are missing.</p></block></body.content></body></nitf>
        """

    @Test("gives headline, dateline, byline, captions and what its head says")
    func whole() throws {
        let walked = unpacked("ferry.xml", document)
        #expect(walked.errors == [])
        let story = try #require(walked.stories.first)
        #expect(
            walked.texts == [
                "ATHENS, May 4 (Northern Wire) – \(paragraphs)\n\nThe ferry. (Photo: Nikos Dimas)"
            ])
        #expect(story.title == "Ferry runs aground off Gavdos")
        #expect(story.outlet == "The Gull")
        #expect(story.published == Day(iso: "2019-05-04"))
        #expect(story.anatomy.dateline?.place == "ATHENS")
        #expect(story.anatomy.captions.map(story.text) == ["The ferry. (Photo: Nikos Dimas)"])
        #expect(
            story.provenance
                == Provenance(
                    guid: "gull.77", status: .usable, authors: ["Eleni Pappas"], credit: "Northern Wire",
                    editorialNote: "Adds missing."))
    }

    @Test("that takes another back has its note for text, and says so")
    func canceled() throws {
        let walked = unpacked(
            "kill.nitf",
            """
            <nitf><head><docdata management-status="canceled"><doc-id id-string="gull.77"/>
            <ed-msg info="KILL: the ferry did not run aground."/></docdata></head>
            <body><body.head><hedline><hl1>Kill: ferry</hl1></hedline></body.head><body.content/></body></nitf>
            """)
        let story = try #require(walked.stories.first)
        #expect(story.provenance.status == .canceled)
        #expect(story.provenance.guid == "gull.77")
        #expect(walked.texts == ["KILL: the ferry did not run aground."])
    }

    @Test("that is not well-formed is refused with its place")
    func bad() {
        #expect(
            unpacked("a.nitf", "<nitf>\n<body><p>One</body></nitf>").errors
                == [
                    "a.nitf:2:13: not well-formed XML: an end tag that is not that of the open element: have it written anew by what made it"
                ])
        #expect(
            unpacked("a.nitf", "<nitf><body>&undeclared;</body></nitf>").errors.first?.hasPrefix("a.nitf:1:13: ")
                == true)
        #expect(
            unpacked("a.nitf", "<nitf/>").errors == ["a.nitf: a NITF document without words: there is no story in it"])
        let bomb = "<!DOCTYPE nitf [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><nitf><body>&b;</body></nitf>"
        #expect(unpacked("a.nitf", bomb).errors.first?.contains("declares entities") == true)
    }
}

@Suite("NewsML-G2")
struct NewsMLTests {
    private func item(
        guid: String = "urn:newsml:gull:1", version: Int = 1, status: String = "usable", note: String? = nil,
        kind: String = "text", body: String
    ) -> String {
        """
        <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="\(guid)" version="\(version)" standard="NewsML-G2"
          standardversion="2.35" xml:lang="en-GB"><catalogRef href="http://x.example/catalog"/>
        <itemMeta><itemClass qcode="ninat:\(kind)"/><provider qcode="nprov:GULL"><name>Gull Wire</name></provider>
        <versionCreated>2019-05-06T08:00:00Z</versionCreated><pubStatus qcode="stat:\(status)"/>
        \(note.map { "<edNote>\($0)</edNote>" } ?? "")</itemMeta>
        <contentMeta><contentCreated>2019-05-04T10:00:00+03:00</contentCreated>
        <located type="cptype:city" qcode="city:Athens"><name>Athens</name></located>
        <infoSource literal="coastguard"><name>Hellenic Coast Guard</name></infoSource>
        <creator literal="x"><name>Desk</name></creator><language tag="en"/>
        <headline>Ferry runs aground off Gavdos</headline><dateline>ATHENS, May 4 (Gull)</dateline>
        <by>By Eleni Pappas and Karl Brandt</by><creditline>Gull Wire/Northern</creditline></contentMeta>
        <contentSet>\(body)</contentSet></newsItem>
        """
    }

    private let xhtml = """
        <inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>
        <body><p>A ferry ran aground off <b>Gavdos</b> on Saturday, the coast guard said.</p><p>Two people are missing.</p></body></html></inlineXML>
        """

    @Test("a news item gives its text and all that its head says")
    func newsItem() throws {
        let bodies = [
            xhtml,
            "<inlineXML contenttype=\"application/nitf+xml\"><nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><body><body.content><p>A ferry ran aground off Gavdos on Saturday, the coast guard said.</p><p>Two people are missing.</p></body.content></body></nitf></inlineXML>",
            "<remoteContent href=\"x.jpg\"/><inlineData contenttype=\"text/plain\">\(paragraphs)</inlineData>",
        ]
        for body in bodies {
            let walked = unpacked("i.xml", item(version: 3, body: body))
            #expect(walked.errors == [])
            #expect(walked.texts == ["ATHENS, May 4 (Gull) – \(paragraphs)"])
            let story = try #require(walked.stories.first)
            #expect(story.title == "Ferry runs aground off Gavdos")
            #expect(story.outlet == "Gull Wire")
            #expect(story.published == Day(iso: "2019-05-04"))
            #expect(
                story.provenance
                    == Provenance(
                        guid: "urn:newsml:gull:1", version: 3, status: .usable,
                        authors: ["Eleni Pappas", "Karl Brandt"],
                        credit: "Gull Wire/Northern", informationSource: "Hellenic Coast Guard", language: "en",
                        modified: Day(iso: "2019-05-06")))
        }
    }

    @Test("a message gives its news items and passes over packages and knowledge")
    func message() throws {
        let text = """
            <newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2019-05-06T08:00:00Z</sent></header><itemSet>
            <packageItem guid="p" version="1"><groupSet root="r"><group id="r"><itemRef residref="urn:newsml:gull:1"/></group></groupSet></packageItem>
            \(item(body: xhtml))\(item(guid: "urn:newsml:gull:2", status: "canceled", note: "Kill: not so.", body: ""))
            \(item(guid: "urn:newsml:gull:3", status: "withheld", kind: "picture", body: "<remoteContent href='x.jpg'/>"))
            <knowledgeItem guid="k" version="1"/></itemSet></newsMessage>
            """
        let walked = unpacked("m.xml", text)
        #expect(walked.errors == [])
        #expect(walked.stories.map(\.id) == ["urn:newsml:gull:1", "urn:newsml:gull:2", "urn:newsml:gull:3"])
        #expect(walked.stories.map(\.provenance.status) == [.usable, .canceled, .withheld])
        #expect(walked.texts.dropFirst() == ["Kill: not so.", "Ferry runs aground off Gavdos"])
    }

    @Test("what holds no story is refused by its kind")
    func others() {
        #expect(
            unpacked("p.xml", "<packageItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\"/>").errors
                == ["p.xml: NewsML-G2: packageItem: there is no story in it"])
        #expect(unpacked("p.xml", "<NewsML/>", .newsml).errors.first?.contains("NewsML 1") == true)
        #expect(unpacked("p.xml", "<newsItem><a></newsItem>").errors.first?.hasPrefix("p.xml:1:14: ") == true)
    }

    @Test("damaged at random places gives stories or an error", arguments: 0..<60)
    func mutated(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Array(item(body: xhtml).utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            bytes[at] = [60, 62, 38, 34, 39, 0, 0xFF, 93, 47, 32].randomElement(using: &random) ?? 60
        }
        for format in [Page.Format.newsml, .nitf, .feed, .ninjs, .anpa, .auto] {
            let walked = Walked("x", bytes, format: format)
            for story in walked.stories { #expect(story.span.end <= story.bytes.count) }
        }
    }
}

@Suite("ninjs")
struct NinjsTests {
    @Test(
        "of each generation gives the same story",
        arguments: [
            """
            {"uri":"https://g.example/1","type":"text","version":"2","versioncreated":"2019-05-06T08:00:00Z","firstcreated":"2019-05-04T08:00:00Z",
             "pubstatus":"usable","language":"en","headline":"Ferry runs aground","byline":"By Eleni Pappas","located":"Athens",
             "ednote":"Adds missing.","infosource":[{"name":"Coast Guard"}],"body_text":"BODY"}
            """,
            """
            {"uri":"https://g.example/1","standard":{"name":"ninjs","version":"2.1"},"version":"2","versioncreated":"2019-05-06T08:00:00Z",
             "contentcreated":"2019-05-04T08:00:00Z","pubstatus":"usable","language":"en","headlines":[{"role":"short","value":"Ferry"},
             {"role":"main","value":"Ferry runs aground"}],"by":"By Eleni Pappas","ednote":"Adds missing.",
             "infosources":[{"name":"Coast Guard"}],"bodies":[{"role":"main","contenttype":"text/html","value":"<p>A ferry ran aground off Gavdos on Saturday, the coast guard said.</p><p>Two people are missing.</p>"}]}
            """,
            """
            {"uri":"https://g.example/1","standard":{"name":"ninjs","version":"3.0"},"version":"2","versionCreated":"2019-05-06T08:00:00Z",
             "contentCreated":"2019-05-04T08:00:00Z","pubStatus":"usable","language":"en","headlines":[{"value":"Ferry runs aground"}],
             "by":"By Eleni Pappas","edNote":"Adds missing.","infoSources":[{"name":"Coast Guard"}],
             "bodies":[{"contentType":"text/html","value":"<p>x</p>"},{"contentType":"text/plain","value":"BODY"}]}
            """,
        ])
    func generations(_ text: String) throws {
        let text = text.replacing("BODY", with: paragraphs.replacing("\n", with: "\\n"))
        let walked = unpacked("item.json", text)
        #expect(walked.errors == [])
        let story = try #require(walked.stories.first)
        #expect(walked.texts.first?.hasSuffix(paragraphs) == true)
        #expect(story.title == "Ferry runs aground")
        #expect(story.published == Day(iso: "2019-05-04"))
        #expect(
            story.provenance
                == Provenance(
                    url: "https://g.example/1", guid: "https://g.example/1", version: 2, status: .usable,
                    authors: ["Eleni Pappas"], informationSource: "Coast Guard", editorialNote: "Adds missing.",
                    language: "en", modified: Day(iso: "2019-05-06")))
    }

    @Test("comes an object a line, too, and in a list; a bad one is named")
    func many() {
        let one = "{\"uri\":\"urn:x:1\",\"headline\":\"A\",\"body_text\":\"It rained.\"}"
        let kill = "{\"uri\":\"urn:x:2\",\"pubstatus\":\"canceled\",\"ednote\":\"Kill: it did not rain.\"}"
        let lines = unpacked("items.jsonl", "\(one)\n{\"uri\":\n\(kill)\n{\"uri\":\"urn:x:3\"}\n")
        #expect(lines.texts == ["It rained.", "Kill: it did not rain."])
        #expect(lines.stories.map(\.provenance.status) == [nil, .canceled])
        #expect(lines.errors.count == 2)
        #expect(lines.errors.first == "items.jsonl: item 2: it is no JSON object, which a ninjs item is")
        #expect(unpacked("items.json", "[\(one),\(kill)]").texts.count == 2)
    }
}

@Suite("Wire text")
struct ANPATests {
    private func message(_ header: String, _ text: String, _ trailer: String = "041530 MAY 19") -> String {
        "\u{16}\u{16}\u{1}\(header)\r\n\u{2}\(text)\u{3}\r\n\(trailer)\r\n\u{4}"
    }

    @Test("gives its messages with keyword, notes, headline, byline and paragraphs")
    func messages() throws {
        let first = message(
            "a0123 r i",
            "^AM-Ferry, 2nd Ld-Writethru,0250<\r\n^Eds: UPDATES with missing.<\r\n^Ferry runs aground off Gavdos<\r\n^By ELENI PAPPAS<\r\n^Northern Wire Writer<\r\n   ATHENS, Greece (NW) -- A ferry ran aground off Gavdos on\r\nSaturday, the coast guard said.\r\n   ``We heard a bang,'' said a passenger.\r\nNW-ES-05-04-19 1234EDT<\r\n"
        )
        let kill = message("a0124 u i", "AM-Ferry, KILL<\r\n   Kill the ferry story. It did not run aground.\r\n")
        let walked = unpacked("wire.txt", first + kill)
        #expect(walked.errors == [])
        #expect(
            walked.texts.first
                == "ATHENS, Greece (NW) -- A ferry ran aground off Gavdos on Saturday, the coast guard said.\n\n“We heard a bang,” said a passenger."
        )
        let story = try #require(walked.stories.first)
        #expect(story.title == "Ferry runs aground off Gavdos")
        #expect(story.published == Day(iso: "2019-05-04"))
        #expect(story.anatomy.dateline?.agency == "NW")
        #expect(story.provenance.authors == ["ELENI PAPPAS"])
        #expect(story.provenance.version == 3)
        #expect(story.provenance.editorialNote == "Eds: UPDATES with missing.")
        #expect(walked.stories.map(\.provenance.guid) == ["am-ferry/2019-05-04", "am-ferry/2019-05-04"])
        #expect(walked.stories.last?.provenance.status == .canceled)
    }

    @Test("without a text, or cut, is told")
    func bad() {
        let cut = unpacked("w", "\u{1}a0123\r\n\u{1}a0124\r\n\u{2}   It rained in Lyon on Monday.\r\n")
        #expect(cut.texts == ["It rained in Lyon on Monday."])
        #expect(cut.errors == ["w: item 1: the message has a header but no text"])
    }
}
