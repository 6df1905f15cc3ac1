import Intake
import Stories
import Testing

@Suite("What a page says of itself")
struct HTMLFactsTests {
    private func story(head: String, body: String = HTMLPages.body) throws -> Story {
        try HTMLPages.story(HTMLPages.page(head: head, "<article>\(body)</article>"))
    }

    private func expectFacts(_ story: Story, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(story.title == "Ferry runs aground", sourceLocation: sourceLocation)
        #expect(story.provenance.authors == ["Eleni Pappas", "Karl Brandt"], sourceLocation: sourceLocation)
        #expect(story.published == Day(iso: "2019-05-04"), sourceLocation: sourceLocation)
        #expect(story.publishedBasis == .given, sourceLocation: sourceLocation)
        #expect(story.outlet == "The Gull", sourceLocation: sourceLocation)
        #expect(story.text(story.span) == HTMLPages.text, sourceLocation: sourceLocation)
    }

    private let article = """
        "@type": "NewsArticle", "headline": "Ferry runs aground", "datePublished": "2019-05-04T21:10:00+03:00",
        "dateModified": "2019-05-05", "mainEntityOfPage": {"@id": "https://gull.example/ferry"},
        "publisher": {"@type": "Organization", "name": "The Gull", "logo": {"@type": "ImageObject", "name": "no"}},
        "author": [{"@type": "Person", "name": "Eleni Pappas"}, {"@type": "Person", "name": "Karl Brandt"}]
        """

    @Test("is read from JSON-LD: one object, an array, a graph, one of several scripts")
    func jsonLD() throws {
        func script(_ json: String) -> String { "<script type=\"application/ld+json\">\(json)</script>" }
        let crumbs = #"{"@type": "BreadcrumbList", "name": "Home"}"#
        for head in [
            script("{\(article)}"), script("[\(crumbs), {\(article)}]"),
            script(#"{"@graph": [\#(crumbs), {\#(article)}]}"#),
            script(crumbs) + script("<!-- {\(article)} -->"),
            script("{\"@type\": \"WebPage\", \"mainEntity\": {\(article)}}"),
        ] {
            let story = try story(head: head)
            expectFacts(story)
            #expect(story.provenance.modified == Day(iso: "2019-05-05"))
            #expect(story.provenance.url == "https://gull.example/ferry")
            #expect(story.provenance.language == "en")
        }
    }

    @Test("in a graph may point to its publisher and authors by id")
    func references() throws {
        let story = try story(
            head: """
                <script type='application/ld+json'>{"@graph": [
                {"@type": "Article", "headline": "Ferry runs aground", "datePublished": "2019-05-04",
                 "author": [{"@id": "#e"}, {"@id": "#k"}], "publisher": {"@id": "#g"}},
                {"@id": "#g", "@type": "Organization", "name": "The Gull"},
                {"@id": "#e", "@type": "Person", "name": "Eleni Pappas"},
                {"@id": "#k", "@type": "Person", "name": "Karl Brandt"}]}</script>
                """)
        expectFacts(story)
    }

    @Test(
        "is read from broken JSON, too, as far as it goes",
        arguments: [
            "", ",", "}", "} trailing", ", \"articleSection\": \"Wor", ", \"description\": \"one\ntwo\tthree\"}",
        ])
    func broken(ending: String) throws {
        expectFacts(try story(head: "<script type=application/ld+json>;{\(article),\(ending)</script>"))
    }

    @Test("of another article is not taken for its own")
    func others() throws {
        let story = try story(
            head: """
                <script type="application/ld+json">{"@type": "ClaimReview", "itemReviewed": {"@type": "Article",
                "headline": "What was claimed", "author": "Somebody"}}</script>
                <script type="application/ld+json">{\(article)}</script>
                """)
        expectFacts(story)
    }

    @Test("is read from microdata, whatever items stand inside of one another")
    func microdata() throws {
        let html = HTMLPages.page(
            """
            <div itemscope itemtype="https://schema.org/NewsArticle">
            <h1 itemprop="headline">Ferry runs aground</h1>
            <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Eleni Pappas</span></span>
            <span itemprop="author">Karl Brandt</span>
            <meta itemprop="datePublished" content="2019-05-04T09:00Z">
            <div itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="The Gull"></div>
            <div itemprop="articleBody">\(HTMLPages.body)</div>
            <div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Gull1234</span>
            <time itemprop="datePublished" datetime="2019-06-01">1 June</time> <p>I saw it all from my house above the bay, believe me, it was quite a night.</p></div>
            </div>
            """)
        expectFacts(try HTMLPages.story(html))
    }

    @Test("is read from Open Graph and meta elements")
    func openGraph() throws {
        let story = try story(
            head: """
                <meta property="og:title" content="Ferry runs aground | The Gull">
                <meta property="og:site_name" content="The Gull">
                <meta property="article:published_time" content="2019-05-04T18:10:00Z">
                <meta name="author" content="By Eleni Pappas"><link rel="canonical" href="https://gull.example/ferry">
                """)
        #expect(story.title == "Ferry runs aground")
        #expect(story.outlet == "The Gull")
        #expect(story.published == Day(iso: "2019-05-04"))
        #expect(story.provenance.authors == ["Eleni Pappas"])
        #expect(story.provenance.url == "https://gull.example/ferry")
    }

    @Test(
        "gives its day in words, too",
        arguments: ["May 4, 2019", "Sat, 04 May 2019 18:10:00 GMT", "20190504", "2019/05/04"])
    func days(text: String) throws {
        #expect(try story(head: "<meta name=date content='\(text)'>").published == Day(iso: "2019-05-04"))
    }

    @Test("is never a day before newspapers")
    func impossibleDay() throws {
        #expect(try story(head: "<meta name=date content='0001-01-01T00:00:00'>").published == nil)
    }

    @Test("where it says nothing is what it shows: its heading, its byline, its time")
    func shown() throws {
        let story = try HTMLPages.story(
            HTMLPages.page(
                head: "<title>Ferry runs aground &#8211; The Gull</title>",
                """
                <h1>The Gull</h1><article><h1>Ferry runs aground</h1><p class="byline">By Eleni Pappas and Karl Brandt</p>
                <time datetime="2019-05-04T18:00">Saturday</time>\(HTMLPages.body)</article>
                """))
        #expect(story.title == "Ferry runs aground")
        #expect(story.provenance.authors == ["Eleni Pappas", "Karl Brandt"])
        #expect(story.published == Day(iso: "2019-05-04"))
        #expect(story.text(story.span) == HTMLPages.text)
    }

    @Test("gives way to what came with the page")
    func given() throws {
        let html = HTMLPages.page(head: "<meta name=date content=2019-05-04>", "<article>\(HTMLPages.body)</article>")
        let page = Page(
            name: "p", bytes: Array(html.utf8), format: .html, published: Day(iso: "2020-01-01"), outlet: "The Tern")
        let story = try #require(try HTMLPageReader().read(page).first)
        #expect(story.published == Day(iso: "2020-01-01"))
        #expect(story.outlet == "The Tern")
    }

    @Test("is the text where the page shows next to nothing")
    func hiddenText() throws {
        let long = (HTMLPages.paragraphs + HTMLPages.paragraphs).joined(separator: "\\n\\n")
        let story = try HTMLPages.story(
            HTMLPages.page(
                head:
                    #"<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "\#(long)"}</script>"#,
                "<p>\(HTMLPages.paragraphs[0])</p>"))
        #expect(story.text(story.span).hasSuffix(HTMLPages.paragraphs[2]))
    }

    @Test("names the story after the page's file")
    func name() throws {
        #expect(try story(head: "").id == "gull.html")
    }
}
