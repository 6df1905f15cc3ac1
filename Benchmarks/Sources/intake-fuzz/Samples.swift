import Foundation

/// Small, whole, invented inputs of each format, for damage.
enum Samples {
    private static let text =
        "PORTO (Meridian Wire) - Nine people were killed on Wednesday when a crane fell on the quay, the fire brigade said. “We found them at noon,” a doctor said.\n\nThirty were injured. The harbour stayed shut."
    private static let html =
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Crane falls</title><link rel="canonical" href="https://m.example/1">
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Crane falls","datePublished":"2025-03-05T10:00:00Z","author":[{"name":"A. Roe"}],"publisher":{"name":"Meridian"}}]}</script>
        <meta property="og:title" content="Crane falls"></head><body><nav><a href="/">Home</a></nav><article itemscope><h1>Crane falls in Porto</h1>
        <figure><img src="a.jpg"><figcaption>The quay.</figcaption></figure><p>Nine people were killed on Wednesday when a crane fell on the quay, the fire brigade said &amp; a doctor confirmed.</p>
        <p>Thirty were <b>injured</b>.<br><br>The harbour stayed shut; ships waited outside until the evening.</p><ul><li>One</li><li>Two</li></ul></article>
        <div class="related"><a href="/2">More</a></div><footer>© Meridian</footer></body></html>
        """
    private static let rss =
        """
        <?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Meridian</title><link>https://m.example/</link>
        <item><guid isPermaLink="false">1</guid><title>Crane &amp; quay</title><link>https://m.example/1</link><pubDate>Wed, 05 Mar 2025 10:00:00 GMT</pubDate><dc:creator>A. Roe</dc:creator><description>Short &lt;b&gt;text&lt;/b&gt;</description><content:encoded><![CDATA[<p>Nine people were killed.</p><p>Thirty were injured.</p>]]></content:encoded></item></channel></rss>
        """
    private static let atom =
        """
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Meridian</title><entry><id>tag:m.example,2025:1</id><title type="html">Crane &amp;lt;b&amp;gt;</title><link href="https://m.example/1"/><updated>2025-03-05T10:00:00Z</updated><author><name>A. Roe</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Nine were killed.</p></div></content></entry></feed>
        """
    private static let jsonFeed =
        #"{"version":"https://jsonfeed.org/version/1.1","title":"Meridian","items":[{"id":"1","url":"https://m.example/1","title":"Crane","content_html":"<p>Nine were killed.</p>","date_published":"2025-03-05T10:00:00Z","authors":[{"name":"A. Roe"}]}]}"#
    private static let ninjs =
        #"{"uri":"urn:newsml:m.example:1","standard":{"name":"ninjs","version":"3.0"},"version":"2","pubStatus":"usable","language":"en","headlines":[{"value":"Crane falls"}],"by":"By A. Roe","contentCreated":"2025-03-05T10:00:00Z","bodies":[{"contentType":"text/html","value":"<p>PORTO - Nine were killed, a doctor said.</p>"}],"infoSources":[{"name":"Fire brigade"}]}"#
    private static let newsml =
        """
        <?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:m.example:1" version="2" standard="NewsML-G2" standardversion="2.35" conformance="power"><itemMeta><itemClass qcode="ninat:text"/><provider><name>Meridian</name></provider><versionCreated>2025-03-05T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/><edNote>Adds doctor.</edNote></itemMeta><contentMeta><contentCreated>2025-03-05</contentCreated><creditline>Meridian</creditline><by>By A. Roe</by><dateline>PORTO, March 5</dateline><headline>Crane falls</headline></contentMeta><contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>Nine were killed, a doctor said.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
        """
    private static let nitf =
        """
        <?xml version="1.0"?><nitf><head><title>Crane</title><docdata><doc-id id-string="m1"/><date.issue norm="20250305T100000Z"/></docdata></head><body><body.head><hedline><hl1>Crane falls</hl1></hedline><byline>By A. Roe</byline><dateline><location>PORTO</location></dateline></body.head><body.content><block><p>Nine were killed.</p><p>Thirty were injured.</p></block></body.content></body></nitf>
        """
    private static let anpa =
        "\u{16}\u{16}\u{1}a0123 \u{1F}\r\nr i bc-crane-1stld 03-05 0120\u{1D}\r\n^Crane falls<\r\n^By A. ROE=\r\n\u{2}   PORTO (Meridian) _ Nine people were killed, a doctor said.\r\n   Thirty were injured.\r\n\u{3}\r\nMW-CET-03-05-25 1000EST\u{4}"

    private static func bytes(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    private static func record(_ type: String, _ uri: String, _ body: String) -> [UInt8] {
        Array(
            "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Target-URI: \(uri)\r\nWARC-Date: 2025-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)\r\n\r\n"
                .utf8)
    }

    private static let warc: [UInt8] = {
        let plain =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(html.utf8.count)\r\n\r\n\(html)"
        let chunked =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nNine \r\n11\r\nwere killed, he s\r\n3\r\naid\r\n0\r\n\r\n"
        return record("warcinfo", "", "software: none\r\n") + record("response", "https://m.example/1", plain)
            + record("response", "https://m.example/2", chunked)
    }()

    /// What a tool makes of bytes, for the packed formats.
    private static func packed(_ command: String, _ bytes: [UInt8]) -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "intake-fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? Data(bytes).write(to: folder.appending(path: "a.html"))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "cd '\(folder.path)' && \(command)"]
        try? process.run()
        process.waitUntilExit()
        return (try? Data(contentsOf: folder.appending(path: "out"))).map { Array($0) } ?? []
    }

    private static let gzipped = packed("gzip -c a.html > out", Array(html.utf8))
    private static let zipped = packed(
        "python3 -c \"import zipfile; z=zipfile.ZipFile('out','w',zipfile.ZIP_DEFLATED); z.write('a.html'); z.writestr('b/c.txt','Nine were killed.')\"",
        Array(html.utf8))

    static let all: [(format: String, samples: [[UInt8]])] = [
        ("text", bytes(text, text + "\n\n" + text)), ("html", bytes(html)),
        ("jsonl", bytes(#"{"id":"1","text":"Nine were killed.","published":"2025-03-05","title":"Crane"}"# + "\n")),
        ("feed", bytes(rss, atom, jsonFeed)), ("ninjs", bytes(ninjs)), ("newsml", bytes(newsml)), ("nitf", bytes(nitf)),
        ("anpa", bytes(anpa)), ("warc", [warc, packed("gzip -c a.html > out", warc)]), ("zip", [zipped]),
        ("gz", [gzipped, gzipped + gzipped]),
    ]
}
