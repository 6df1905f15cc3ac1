import Intake
import Stories
import TestSupport
import Testing

@Suite("A hostile HTML page")
struct HTMLHostileTests {
    private static let text =
        "<p>It rained all day in the valley, and the river rose by two metres before night fell.</p>"

    @Test("nested beyond reason is read all the same")
    func nesting() throws {
        for tag in ["div", "article", "span class=caption", "ul><li", "table><tr><td", "blockquote", "x-y"] {
            let html = String(repeating: "<\(tag)>", count: 5_000) + HTMLHostileTests.text
            _ = try? HTMLPages.stories(html)
        }
        let html = String(repeating: "<div>", count: 100_000) + HTMLHostileTests.text
        #expect(try HTMLPages.text(html).hasPrefix("It rained"))
    }

    @Test(
        "is read in time that grows with its size",
        arguments: [
            "<b>x</b>", "<p>x", "<p><td>", "</p></td>", "<li><p><dd><tr>", "<svg>", "<!--", "<", "&", "<script>",
            "<a b='", "<div a=b ",
            "<span itemprop=author>x</span>", "<article><h2>Head of it</h2><p>Text, of it.</p></article>", "<br>",
            "<title>", "&#1;",
        ])
    func linear(part: String) throws {
        func seconds(_ count: Int) -> Double {
            let html = "<html><body>" + String(repeating: part, count: count) + HTMLHostileTests.text
            let clock = ContinuousClock()
            return clock.measure { _ = try? HTMLPages.stories(html) } / .seconds(1)
        }
        let (small, large) = (seconds(500), seconds(4_000))
        // Eight times the size takes a quadratic reader 64 times as long; what is between is left to a busy machine.
        #expect(large < max(small * 24, 1))
    }

    @Test("of a million tags is read", .timeLimit(.minutes(2)))
    func million() throws {
        let html = String(repeating: "<i></i>", count: 500_000) + HTMLHostileTests.text
        #expect(try HTMLPages.text(html).hasPrefix("It rained"))
    }

    @Test("of JSON nested beyond reason, or full of false pointers, is read all the same")
    func json() throws {
        for json in [
            String(repeating: "[", count: 20_000), String(repeating: "{\"a\":", count: 20_000),
            #"{"@type": "NewsArticle", "publisher": ["# + String(repeating: #"{"@id": "x"},"#, count: 2_000),
            "\"" + String(repeating: "\\", count: 10_001), "{\"headline\": \"\\ud800\\u00", "{\"@type\": [[[",
            "]]]}}}",
        ] {
            let html = "<script type=application/ld+json>\(json)</script>" + HTMLHostileTests.text
            #expect(try HTMLPages.text(html).hasPrefix("It rained"))
        }
    }

    @Test("made of another by chance gives stories whose spans hold, or a refusal", arguments: 0..<150)
    func mutated(seed: Int) throws {
        var random = RandomText(seed: UInt64(seed))
        let head = """
            <script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "It &amp; that", "liveBlogUpdate": [{"articleBody": "x"}]}</script>
            <meta property="og:title" content="It &quot;rained&quot;"><title>It rained</title><meta charset="utf-8">
            """
        let body = """
            <div class="live-blog" id=a><article itemscope itemtype="http://schema.org/BlogPosting"><h2>It rained</h2><time datetime="2019-05-04">x</time>\(HTMLPages.body)</article>
            <figure><figcaption class=caption>&#147;x&#x2019; &eacute;</figcaption></figure><ul><li><a href="/x">Link</a><li>Item</ul><table><tr><td>1<td>2</table>
            <article><h3>It blew</h3>\(HTMLPages.body)<br><br><pre>a
            b</pre></article></div><svg><path d="x"/></svg><!-- c --><textarea></p></textarea>
            """
        var bytes = Array(HTMLPages.page(head: head, body).utf8)
        for _ in 0..<random.number(below: 12) + 1 {
            let at = random.number(below: bytes.count)
            let end = min(bytes.count, at + random.number(below: 40))
            switch random.number(below: 5) {
            case 0: bytes.removeSubrange(at..<end)
            case 1: bytes.insert(contentsOf: bytes[at..<end], at: random.number(below: bytes.count))
            case 2: bytes.replaceSubrange(at..<end, with: random.bytes(end - at))
            case 3:
                bytes.insert(
                    contentsOf: Array(
                        ["<", ">", "\"", "'", "&", "</", "<!--", "\\", "{", "]"][random.number(below: 10)].utf8), at: at
                )
            default: bytes.removeSubrange(at...)
            }
            if bytes.isEmpty { bytes = [60] }
        }
        guard let stories = try? HTMLPageReader().read(Page(name: "p", bytes: bytes, format: .html)) else { return }
        #expect(!stories.isEmpty)
        for story in stories {
            #expect(String(validating: story.bytes, as: UTF8.self) != nil)
            #expect(SpanCheck.holds(story.span, in: story.bytes))
            #expect(story.anatomy.paragraphs.allSatisfy { SpanCheck.holds($0, in: story.bytes) })
        }
        let again = try? HTMLPageReader().read(Page(name: "p", bytes: bytes, format: .html))
        #expect(again == stories)
    }
}
