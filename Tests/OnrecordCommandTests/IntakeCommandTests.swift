import Foundation
import Testing

@Suite("onrecord read, with archives and news items")
struct IntakeCommandTests {
    private let program: Program

    init() throws { program = try Program() }

    private let item = """
        {"uri":"urn:x:gull:1","version":"2","versionCreated":"2020-03-03T08:00:00Z","contentCreated":"2020-03-02T08:00:00Z",\
        "pubStatus":"usable","language":"en","by":"Ann Roe","headlines":[{"value":"Blast kills two in Lyon"}],\
        "infoSources":[{"name":"Gull","role":"publisher"}],"edNote":"Adds police.",\
        "bodies":[{"contentType":"text/plain","value":"LYON, France (Gull) - Two people were killed in an explosion in Lyon on Monday, police said.\\n\\nA doctor said five were hurt."}]}
        """
    private let feed =
        "<rss version=\"2.0\"><channel><title>Gull</title><item><title>Fire burns mill</title><guid>g1</guid><description>A mill burnt in Lyon on Monday, the mayor said.</description></item></channel></rss>"

    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test("reads news items and feeds by their content, and from standard input")
    func formats() throws {
        _ = try program.write(item, as: "item.ninjs")
        _ = try program.write(feed, as: "feed.xml")
        let result = try program.run("read", "--with-text", "item.ninjs", "feed.xml")
        #expect(result.code == 0, "\(result.errors)")
        let readings = try objects(result.output)
        #expect(readings.map { $0["id"] as? String } == ["urn:x:gull:1", "g1"])
        #expect(readings.map { $0["outlet"] as? String } == ["Gull", "Gull"])
        #expect(readings.first?["published"] as? String == "2020-03-02")
        let piped = try program.run("read", "--with-text", "-", input: Array(feed.utf8))
        #expect(piped.output.split(separator: "\n").last == result.output.split(separator: "\n").last)
    }

    @Test("takes the archives of a folder, too")
    func folder() throws {
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "in"), withIntermediateDirectories: true)
        let page = "<html><body><h1>River floods valley</h1><p>Two people drowned, the mayor said.</p></body></html>"
        let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\(page)"
        let record =
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://g.example/1\r\nContent-Type: application/http\r\nContent-Length: \(http.utf8.count)\r\n\r\n\(http)\r\n\r\n"
        _ = try program.write(record + record.dropLast(40), as: "in/shard.warc")
        _ = try program.write(feed, as: "in/feed.rss")
        _ = try program.write([0x89, 0x50, 0x4E], as: "in/picture.png")
        let result = try program.run("read", "--with-text", "in")
        #expect(result.code == 1)
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(
            result.errors
                == "onrecord: in/shard.warc: record 2 (byte \(record.utf8.count)): http://g.example/1: the file ends within it: it is cut\n"
        )
    }

    @Test("writes ninjs that reads the same again")
    func ninjs() throws {
        _ = try program.write(item, as: "item.ninjs")
        let written = try program.run("read", "--output", "ninjs", "item.ninjs")
        #expect(written.code == 0)
        let object = try #require(try objects(written.output).first)
        #expect(object["uri"] as? String == "urn:x:gull:1")
        #expect((object["standard"] as? [String: Any])?["version"] as? String == "3.2")
        #expect(object["pubStatus"] as? String == "usable")
        let places = try #require(object["places"] as? [[String: Any]])
        #expect(places.contains { ($0["uri"] as? String)?.hasPrefix("https://sws.geonames.org/") == true })
        #expect((object["events"] as? [[String: Any]])?.first?["rel"] as? String == "main")
        #expect((object["infoSources"] as? [[String: Any]])?.contains { $0["name"] as? String == "police" } == true)
        let descriptions = try #require(object["descriptions"] as? [[String: Any]])
        let reading = try objects(try #require(descriptions.first?["value"] as? String)).first
        #expect((reading?["attributions"] as? [Any])?.count == 2)
        _ = try program.write(written.output, as: "again.jsonl")
        let first = try program.run("read", "--with-text", "item.ninjs")
        let again = try program.run("read", "--with-text", "again.jsonl")
        #expect(first.output == again.output)
    }

    @Test("writes a NewsML-G2 message that reads the same again")
    func newsml() throws {
        _ = try program.write(item, as: "item.ninjs")
        _ = try program.write(feed, as: "feed.xml")
        let written = try program.run("read", "--output", "newsml", "item.ninjs", "feed.xml")
        #expect(written.code == 0)
        #expect(written.output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<newsMessage xmlns="))
        #expect(written.output.hasSuffix("</itemSet>\n</newsMessage>\n"))
        #expect(written.output.contains("<o:attribution speaker=\"speaker-0\" stance=\"assert\""))
        #expect(written.output.contains("qcode=\"medtop:03000000\""))
        _ = try program.write(written.output, as: "message.xml")
        let again = try objects(try program.run("read", "--with-text", "message.xml").output)
        let first = try objects(try program.run("read", "--with-text", "item.ninjs").output)
        #expect(again.count == 2)
        for key in ["id", "published", "title", "outlet", "text"] {
            #expect(again.first?[key] as? String == first.first?[key] as? String, "\(key)")
        }
    }
}
