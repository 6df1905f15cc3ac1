import Intake
import Stories
import Testing

@Suite("The stories of an HTML page")
struct HTMLStoriesTests {
    private let posts = [
        (
            "Search called off", "2019-05-05",
            "The coast guard called off its search on Sunday, after both passengers were found alive on a beach."
        ),
        (
            "Two missing", "2019-05-04",
            "Two passengers were missing by nightfall, the coast guard said, and four boats were looking for them."
        ),
        (
            "Ferry aground", "2019-05-04",
            "A ferry ran aground off the island of Gavdos on Saturday, the port authority of Chania said."
        ),
    ]

    private func expectPosts(_ stories: [Story], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(stories.map(\.title) == posts.map(\.0), sourceLocation: sourceLocation)
        #expect(stories.map { $0.text($0.span) } == posts.map(\.2), sourceLocation: sourceLocation)
        #expect(stories.map { $0.published?.description } == posts.map(\.1), sourceLocation: sourceLocation)
        #expect(Set(stories.map(\.id)).count == 3, sourceLocation: sourceLocation)
    }

    @Test("are a live blog's posts, in the order of the page")
    func liveBlog() throws {
        let articles = posts.enumerated().map { index, post in
            "<article id=post-\(index)><time datetime='\(post.1)T10:0\(index)Z'>10:0\(index)</time><h2>\(post.0)</h2><p>\(post.2)</p></article>"
        }.joined()
        let html = HTMLPages.page("<h1>Ferry: the latest</h1><div class=live-blog>\(articles)</div>")
        let stories = try HTMLPages.stories(html)
        expectPosts(stories)
        #expect(stories.map(\.id) == ["gull.html#post-0", "gull.html#post-1", "gull.html#post-2"])
    }

    @Test("are the posts of divs that are called so")
    func divs() throws {
        let divs = posts.map {
            "<div class='liveblog-entry'><time datetime='\($0.1)'>now</time><h3>\($0.0)</h3><p>\($0.2)</p></div>"
        }.joined()
        expectPosts(try HTMLPages.stories(HTMLPages.page("<h1>Ferry: the latest</h1><main>\(divs)</main>")))
    }

    @Test("are the updates that schema.org lists, where the page shows none")
    func updates() throws {
        let updates = posts.map {
            #"{"@type": "BlogPosting", "headline": "\#($0.0)", "datePublished": "\#($0.1)", "articleBody": "<p>\#($0.2)</p>"}"#
        }.joined(separator: ",")
        let head =
            #"<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Ferry: the latest", "liveBlogUpdate": [\#(updates)]}</script>"#
        expectPosts(try HTMLPages.stories(HTMLPages.page(head: head, "<div id=app></div>")))
    }

    @Test("are a page's reports, where each has its headline and text")
    func reports() throws {
        let reports = (1...3).map {
            "<article><h2>Report number \($0)</h2>\(HTMLPages.body)<p>\(HTMLPages.paragraphs[$0 - 1])</p></article>"
        }.joined()
        let stories = try HTMLPages.stories(HTMLPages.page(head: "<title>The Gull</title>", "<main>\(reports)</main>"))
        #expect(stories.map(\.title) == ["Report number 1", "Report number 2", "Report number 3"])
        #expect(stories.allSatisfy { $0.anatomy.paragraphs.count == 4 })
    }

    @Test("are one where others only begin below it, or follow it whole")
    func teasers() throws {
        let teaser =
            "<article><h3>Minister visits flooded valley</h3><p>The minister visited the valley on Sunday, and promised help to all.</p></article>"
        let other = "<article><h2>Minister visits flooded valley</h2>\(HTMLPages.body)\(HTMLPages.body)</article>"
        for more in [teaser + teaser + teaser, other + other] {
            let html = HTMLPages.page(
                head: "<title>Ferry runs aground | The Gull</title>",
                "<main><article><h1>Ferry runs aground</h1>\(HTMLPages.body)</article><div class=list>\(more)</div></main>"
            )
            #expect(try HTMLPages.text(html) == HTMLPages.text)
        }
    }

    @Test("are one where the page calls itself an article, of things that each have a heading")
    func list() throws {
        let things = (1...3).map { "<article><h2>Thing number \($0)</h2>\(HTMLPages.body)\(HTMLPages.body)</article>" }
        let html = HTMLPages.page(
            head: "<meta property=og:type content=article>", "<main><h1>Three things</h1>\(things.joined())</main>")
        #expect(try HTMLPages.text(html).hasPrefix("Thing number 1"))
    }
}
