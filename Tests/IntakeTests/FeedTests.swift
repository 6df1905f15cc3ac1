import Intake
import Stories
import TestSupport
import Testing

private func feed(_ text: String) throws -> Feed { try FeedReader().read(Array(text.utf8)) }

private let rss2 = """
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
    <channel>
      <title>Gull Harbour &amp; Coast</title><link>https://gull.example/</link><language>en-gb</language>
      <atom:link rel="self" href="https://gull.example/rss"/>
      <item>
        <title>Blast at &lt;i&gt;grain&lt;/i&gt; port</title>
        <link>https://gull.example/blast</link>
        <guid isPermaLink="false">gull-17</guid>
        <pubDate>Sat, 04 May 2019 23:15:00 -0500</pubDate>
        <dc:creator>By Ann Roe and Bo Ek</dc:creator>
        <media:title>A picture</media:title>
        <description>Nine people died.</description>
        <content:encoded><![CDATA[<p>Nine people were killed at the port on Saturday, police said.</p>
        <p>Two are missing.</p><script>var x = "<p>No</p>"</script>]]></content:encoded>
      </item>
      <item>
        <title>Second</title><description>&lt;p&gt;A fire burnt a mill &amp;amp; a barn.&lt;/p&gt;</description>
        <author>desk@gull.example (Cy Oh)</author><pubDate>5 May 19</pubDate><guid>https://gull.example/2</guid>
      </item>
    </channel></rss>
    """

@Suite("RSS")
struct RSSTests {
    @Test("2.0 gives its entries with content, creator, id and day")
    func rss() throws {
        let feed = try feed(rss2)
        #expect(feed.format == .rss2)
        #expect(feed.title == "Gull Harbour & Coast")
        #expect(feed.url == "https://gull.example/")
        #expect(feed.entries.count == 2)
        let first = feed.entries[0]
        #expect(first.title == "Blast at grain port")
        #expect(first.id == "gull-17")
        #expect(first.url == "https://gull.example/blast")
        #expect(first.published == Day(iso: "2019-05-04"))
        #expect(first.authors == ["Ann Roe", "Bo Ek"])
        #expect(first.content?.isHTML == true)
        let second = feed.entries[1]
        #expect(second.authors == ["Cy Oh"])
        #expect(second.url == "https://gull.example/2")
        #expect(second.published == Day(iso: "2019-05-05"))
    }

    @Test("gives a story an entry, its text without markup")
    func stories() throws {
        let walked = Walked("rss.xml", Array(rss2.utf8))
        #expect(walked.errors == [])
        #expect(
            walked.texts == [
                "Nine people were killed at the port on Saturday, police said.\n\nTwo are missing.",
                "A fire burnt a mill & a barn.",
            ])
        let story = try #require(walked.stories.first)
        #expect(story.id == "gull-17")
        #expect(story.title == "Blast at grain port")
        #expect(story.outlet == "Gull Harbour & Coast")
        #expect(story.published == Day(iso: "2019-05-04"))
        #expect(
            story.provenance
                == Provenance(
                    url: "https://gull.example/blast", guid: "gull-17", authors: ["Ann Roe", "Bo Ek"], language: "en-gb"
                ))
    }

    @Test(
        "0.90, 0.91, 0.92 and 1.0 are read",
        arguments: [
            (
                Feed.Format.rss1,
                """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Gull</title></channel>
                <item rdf:about="http://g.example/1"><title>Flood</title><link>http://g.example/1</link>
                <description>Two drowned.</description><dc:date>2019-05-04T10:00:00Z</dc:date></item></rdf:RDF>
                """
            ),
            (
                .rss090,
                """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Gull</title></channel>
                <item><title>Flood</title><link>http://g.example/1</link></item></rdf:RDF>
                """
            ),
            (
                .rss091,
                """
                <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">
                <rss version="0.91"><channel><title>Gull</title><item><title>Flood</title>
                <link>http://g.example/1</link><description>Two drowned &eacute;.</description></item></channel></rss>
                """
            ),
            (
                .rss092,
                """
                <rss version="0.92"><channel><title>Gull</title>
                <item><title>Flood</title><link>http://g.example/1</link></item></channel></rss>
                """
            ),
        ])
    func older(_ format: Feed.Format, _ text: String) throws {
        let feed = try feed(text)
        #expect(feed.format == format)
        #expect(feed.title == "Gull")
        #expect(feed.entries.map(\.title) == ["Flood"])
        #expect(feed.entries.map(\.url) == ["http://g.example/1"])
        #expect(Walked("f.rss", Array(text.utf8)).texts.count == 1)
    }

    @Test("that is not well-formed is read as far as it goes")
    func malformed() throws {
        let cut = try feed(String(rss2.prefix(rss2.count - 100)))
        #expect(cut.entries.count == 2)
        let loose = try feed(
            """
            junk before <rss version=2.0><channel><title>Q&A: who & what</title>
            <item><title>One < two &nbsp;&copy;</title><description><p>Not <b>escaped<br>at all</p></description></item>
            </wrong><item><title>Two</title><content:encoded>Undeclared prefix</content:encoded>
            </channel></rss> junk behind
            """)
        #expect(loose.title == "Q&A: who & what")
        #expect(loose.entries.count == 2)
        #expect(loose.entries[0].title?.hasPrefix("One < two") == true)
        #expect(loose.entries[1].content?.value == "Undeclared prefix")
        #expect(FeedReader().story(loose.entries[0], of: loose)?.text(Span(0, 3)) == "Not")
        // A byte of Windows-1252 in what calls itself UTF-8.
        let bytes =
            Array("<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>Caf".utf8) + [0xE9]
            + Array("</title></item></channel></rss>".utf8)
        #expect(try FeedReader().read(bytes).entries.first?.title == "Café")
    }

    @Test("that declares entities is refused, and so is what nests without end")
    func bombs() {
        let bomb = """
            <!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
            <rss version="2.0"><channel><item><title>&b;&x;</title></item></channel></rss>
            """
        let walked = Walked("bomb.rss", Array(bomb.utf8))
        #expect(walked.texts == [])
        #expect(walked.errors.first?.hasPrefix("bomb.rss:1:16: not well-formed XML: it declares entities") == true)
        let deep = "<rss><channel>" + String(repeating: "<a>", count: 100_000)
        #expect(Walked("d.rss", Array(deep.utf8)).errors.first?.contains("nest deeper than 256") == true)
        let reference = Walked(
            "r.rss", Array("<rss><channel><item><title>A &undeclared; word</title></item></channel></rss>".utf8))
        #expect(reference.texts == ["A &undeclared; word"])
    }
}

@Suite("Atom")
struct AtomTests {
    @Test("1.0 gives its entries, whatever kind of text they have")
    func atom() throws {
        let text = """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Gull &amp;amp; Co</title>
            <link rel="self" href="https://g.example/atom"/><link href="https://g.example/"/><author><name>Desk</name></author>
            <entry><id>urn:x:1</id><title>Flood</title><link rel="enclosure" href="https://g.example/x.mp3"/>
              <link href="/1"/><published>2019-05-04T10:00:00+02:00</published><updated>2019-05-06T10:00:00Z</updated>
              <author><name>Ann Roe</name></author><author><name>Bo Ek</name></author>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two drowned.</p><p>It rained.</p></div></content></entry>
            <entry><id>urn:x:2</id><title>Fire</title><updated>2019-05-05T10:00:00Z</updated>
              <content type="html">&lt;p&gt;A mill burnt.&lt;/p&gt;</content></entry>
            <entry><id>urn:x:3</id><title>Text</title><updated>2019-05-05T10:00:00Z</updated>
              <summary>Plain &lt;words&gt; here.</summary><content type="image/png" src="x.png"/></entry></feed>
            """
        let feed = try feed(text)
        #expect(feed.format == .atom1)
        #expect(feed.title == "Gull & Co")
        #expect(feed.entries.map(\.id) == ["urn:x:1", "urn:x:2", "urn:x:3"])
        #expect(feed.entries[0].url == "https://g.example/1")
        #expect(feed.entries[0].authors == ["Ann Roe", "Bo Ek"])
        #expect(feed.entries[1].authors == ["Desk"])
        #expect(feed.entries[0].stamp == "2019-05-06T10:00:00Z")
        let walked = Walked("atom.xml", Array(text.utf8))
        #expect(walked.texts == ["Two drowned.\n\nIt rained.", "A mill burnt.", "Plain <words> here."])
        #expect(walked.stories.map(\.published) == ["2019-05-04", "2019-05-05", "2019-05-05"].map { Day(iso: $0) })
        #expect(walked.stories.first?.provenance.modified == Day(iso: "2019-05-06"))
    }

    @Test("0.3 has other names for the same")
    func old() throws {
        let feed = try feed(
            """
            <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Gull</title>
            <entry><id>tag:1</id><title>Flood</title><link rel="alternate" type="text/html" href="http://g.example/1"/>
            <issued>2004-05-04T10:00:00Z</issued><modified>2004-05-05T10:00:00Z</modified>
            <content type="text/html" mode="escaped">&lt;p&gt;Two drowned.&lt;/p&gt;</content></entry></feed>
            """)
        #expect(feed.format == .atom03)
        #expect(feed.entries.first?.published == Day(iso: "2004-05-04"))
        #expect(feed.entries.first?.updated == Day(iso: "2004-05-05"))
        #expect(feed.entries.first?.content == Feed.Content(isHTML: true, value: "<p>Two drowned.</p>"))
    }
}

@Suite("JSON Feed")
struct JSONFeedTests {
    @Test("1.0 and 1.1 are read", arguments: ["1", "1.1"])
    func json(version: String) throws {
        let author = version == "1" ? "\"author\":{\"name\":\"Ann Roe\"}" : "\"authors\":[{\"name\":\"Ann Roe\"}]"
        let text = """
            {"version":"https://jsonfeed.org/version/\(version)","title":"Gull","home_page_url":"https://g.example/",\(author),
             "items":[{"id":17,"url":"/1","title":"Flood","content_html":"<p>Two drowned.</p>","date_published":"2019-05-04T10:00:00Z"},
                      {"id":"b","content_text":"A mill burnt.\\n\\nNobody died.","date_modified":"2019-05-05"},{"id":"c"}]}
            """
        let feed = try feed(text)
        #expect(feed.format == (version == "1" ? .json1 : .json11))
        #expect(feed.entries.map(\.id) == ["17", "b", "c"])
        #expect(feed.entries[0].url == "https://g.example/1")
        #expect(feed.entries[1].authors == ["Ann Roe"])
        let walked = Walked("feed.json", Array(text.utf8))
        #expect(walked.texts == ["Two drowned.", "A mill burnt.\n\nNobody died."])
        #expect(walked.errors == ["feed.json: item 3: the entry has neither text nor title"])
    }

    @Test("that is cut or something else is refused")
    func cut() {
        #expect(throws: IntakeError.noStory(page: "feed", kind: "JSON that is cut or not well-formed")) {
            try feed("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[")
        }
        #expect(throws: IntakeError.self) { try feed("{\"a\":1}") }
        #expect(throws: IntakeError.noStory(page: "feed", kind: "neither RSS, Atom nor JSON Feed")) { try feed("<a/>") }
    }
}

@Suite("A day in a feed")
struct NewsDateTests {
    @Test(
        "is read as publishers print it",
        arguments: [
            "2019-05-04T10:15:00Z", "2019-05-04", "20190504T101500Z", "Sat, 04 May 2019 10:15:00 +0200",
            "4 May 2019 10:15 GMT", "Sat, 4 May 19 10:15:00 EST", "May 4, 2019", "Sat May  4 10:15:00 2019",
            "Saturday, May 4, 2019 10:15 AM", "04-May-2019",
        ])
    func days(_ text: String) throws {
        let feed = try feed("<rss><channel><item><title>A</title><pubDate>\(text)</pubDate></item></channel></rss>")
        #expect(feed.entries.first?.published == Day(iso: "2019-05-04"), "\(text)")
    }
}

@Suite("Any feed")
struct FeedPropertyTests {
    @Test("damaged at random places gives a feed or an error", arguments: 0..<100)
    func mutated(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Array(rss2.utf8)
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[at] = [60, 62, 38, 34, 39, 0, 0xFF, 93, 47].randomElement(using: &random) ?? 60
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...60, using: &random)))
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 30)], at: at)
            }
        }
        let walked = Walked("x.rss", bytes)
        for story in walked.stories { #expect(story.span.end <= story.bytes.count) }
    }
}
