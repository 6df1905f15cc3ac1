import Intake
import Stories
import Testing

@Suite("The text of an HTML page")
struct HTMLTextTests {
    @Test(
        "leaves out what stands around it",
        arguments: [
            "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>",
            "<div class='breadcrumb'><a href=/>Home</a> / <a href=/w>World</a></div>",
            "<div id='cookie-banner'><p>We use cookies, and so do our partners, to show you what you like. Read our policy to learn more.</p></div>",
            "<div class='c-newsletterSignup'><h3>The morning mail</h3><p>All the news that you need, every morning in your inbox, before the day begins.</p></div>",
            "<aside><p>The tern is a bird of the coast that breeds in colonies, and it flies farther than any other bird.</p></aside>",
            "<div class='related-links'><h3>Related</h3><ul><li><a href=/1>Minister visits flooded valley</a></li><li><a href=/2>Two hurt in a fire</a></li></ul></div>",
            "<ul class='social-share'><li><a href=#>Facebook</a></li><li><a href=#>Twitter</a></li></ul>",
            "<section id='comments'><p>I saw it all from my house above the bay, believe me, it was quite a night for everyone.</p></section>",
            "<footer><p>The Gull is published by Gull Media, Harbour Street 1. All rights reserved, in this world and others.</p></footer>",
            "<script>document.write('<p>It is not so, and it was not so, and it never will be so, she said.</p>')</script>",
            "<noscript><p>Please enable scripts in your browser, so that we may show you how the page was meant.</p></noscript>",
            "<div style='display: none'><p>You have read three articles this month, and you may read two more for free.</p></div>",
            "<p class='tags'>Tags: <a href=/t>ferries</a>, <a href=/u>islands</a></p>",
            "<!-- <p>A comment, no more, no less, of the page's own makers.</p> -->",
            "<p>Read more: <a href=/3>Ferries and their keels</a></p>", "<p>ADVERTISEMENT</p>",
            "<div class='author-bio'><p>Eleni Pappas has written of ships and the sea since 1998, and lives in Chania.</p></div>",
        ])
    func boilerplate(part: String) throws {
        for html in [
            "\(part)<article><h1>Ferry runs aground</h1>\(HTMLPages.body)</article>",
            "<article><h1>Ferry runs aground</h1>\(HTMLPages.body)</article>\(part)",
            "<div class=story>\(HTMLPages.paragraphs.map { "<p>\($0)</p>" }.joined(separator: part))</div>",
        ] {
            #expect(try HTMLPages.text(HTMLPages.page(html)) == HTMLPages.text)
        }
    }

    @Test("keeps lists, quotations and subheads in their place")
    func order() throws {
        let parts = HTMLPages.paragraphs
        let text = try HTMLPages.text(
            HTMLPages.page(
                """
                <article><p>\(parts[0])</p><h2>The search</h2><p>\(parts[1])</p>
                <ul><li>Four boats and a helicopter were sent.</li><li>Divers stood by.</li></ul>
                <blockquote>We do not give up hope.</blockquote><p>\(parts[2])</p></article>
                """))
        #expect(
            text == """
                \(parts[0])

                The search

                \(parts[1])

                Four boats and a helicopter were sent.

                Divers stood by.

                We do not give up hope.

                \(parts[2])
                """)
    }

    @Test("is parted by two line breaks, with one it goes on")
    func breaks() throws {
        let parts = HTMLPages.paragraphs
        let text = try HTMLPages.text(
            HTMLPages.page("<div>\(parts[0])<br>\n<br/>\(parts[1])<br><br><br>\(parts[2])<br>The End.</div>"))
        #expect(text == HTMLPages.text + "\nThe End.")
    }

    @Test("may stand right in a div, with links and emphasis amid it")
    func bare() throws {
        let parts = HTMLPages.paragraphs
        let text = try HTMLPages.text(
            HTMLPages.page(
                "<div><div><b>\(parts[0].prefix(7))</b>\(parts[0].dropFirst(7))</div><div>\(parts[1])</div><div><a href=/c>\(parts[2].prefix(15))</a>\(parts[2].dropFirst(15))</div></div>"
            ))
        #expect(text == HTMLPages.text)
    }

    @Test("may come in parts that something else keeps asunder")
    func parts() throws {
        let parts = HTMLPages.paragraphs
        let advert = "<div class=ad-slot><a href=/ad>Buy boats at half the price</a></div>"
        for name in ["article-body", "x1"] {
            let text = try HTMLPages.text(
                HTMLPages.page(
                    "<div><div class=\(name)><p>\(parts[0])</p><p>\(parts[0])</p></div>\(advert)<div class=\(name)><p>\(parts[1])</p><p>\(parts[2])</p></div></div>"
                ))
            #expect(text == "\(parts[0])\n\n\(HTMLPages.text)")
        }
    }

    @Test("is not told twice by the headline, nor by the captions, which stand apart")
    func captions() throws {
        let story = try HTMLPages.story(
            HTMLPages.page(
                """
                <article><h1>Ferry runs aground</h1><figure><img src=f.jpg><figcaption>The ferry Kallisti off Gavdos. NEWSFOTO</figcaption></figure>
                \(HTMLPages.body)<p class="wp-caption-text">Two boats of the coast guard on Sunday.</p></article>
                """))
        #expect(story.text(story.span) == HTMLPages.text)
        #expect(
            story.provenance.captions == [
                "The ferry Kallisti off Gavdos. NEWSFOTO", "Two boats of the coast guard on Sunday.",
            ])
    }

    @Test("keeps the credits at its end, as anatomy")
    func credits() throws {
        let story = try HTMLPages.story(
            HTMLPages.page(
                "<article>\(HTMLPages.body)<p>(Reporting by Eleni Pappas; Editing by Clara Whitby)</p></article>"))
        #expect(story.anatomy.credits.map(\.names) == [["Eleni Pappas"], ["Clara Whitby"]])
        #expect(story.anatomy.paragraphs.count == 3)
    }

    @Test("is not misled by names of classes that tell of something else")
    func names() throws {
        for name in ["has-sidebar", "with-comments", "page newsletter-page", "layout-nav-footer"] {
            let html = HTMLPages.page("<div class='\(name)'><article>\(HTMLPages.body)</article></div>")
            #expect(try HTMLPages.text(html) == HTMLPages.text)
        }
    }

    @Test("has its character references resolved, those of Windows and of HTML 5, too")
    func references() throws {
        let text = try HTMLPages.text(
            HTMLPages.page(
                "<article><p>It rained &amp; blew in Br&uuml;gge&period; &#147;No&#148;, said Ann&#x2019;s son &ndash; &lt;twice&gt;&comma; AT&T says&hellip; and &#0;more&#12345678;.</p>\(HTMLPages.body)</article>"
            ))
        #expect(text.hasPrefix("It rained & blew in Brügge. “No”, said Ann’s son – <twice>, AT&T says… and more."))
    }

    @Test("is read to its end where tags are left open, and where they are closed twice")
    func unclosed() throws {
        let parts = HTMLPages.paragraphs
        let html = "<html><body><div><article><p>\(parts[0])<p>\(parts[1])</b></div></p></i><p>\(parts[2])"
        #expect(try HTMLPages.text(html) == HTMLPages.text)
        #expect(
            try HTMLPages.text("<article><section><p>\(parts[0])<section><p>\(parts[1])<ul><li>\(parts[2])")
                == HTMLPages.text)
    }

    @Test("of a page without any is refused", arguments: ["<html></html>", "<p> </p>", "<script>x</script>", "<!--"])
    func empty(html: String) {
        #expect(throws: IntakeError.empty(page: "folder/gull.html")) { try HTMLPages.stories(html) }
    }

    @Test("may be a sentence")
    func short() throws {
        #expect(try HTMLPages.text("<html><body><div>It rained.</div></body></html>") == "It rained.")
    }
}
