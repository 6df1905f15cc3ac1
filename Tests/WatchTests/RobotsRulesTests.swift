import Testing
@testable import Watch

@Suite("Rules for robots")
struct RobotsRulesTests {
    private func rules(_ text: String) -> RobotsRules { RobotsRules(Array(text.utf8), agent: "onrecord") }

    @Test("go by the longest pattern, and by the kinder of two as long")
    func longest() {
        let rules = rules("User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nDisallow: /d\nAllow: /d\n")
        #expect(!rules.allows("/a") && !rules.allows("/ax") && rules.allows("/a/b/x") && !rules.allows("/a/b/c"))
        #expect(rules.allows("/d/e") && rules.allows("/") && rules.allows("/robots.txt"))
    }

    @Test("know stars, and ends of paths")
    func patterns() {
        let rules = rules("User-agent: *\nDisallow: /*.pdf$\nDisallow: /x*y*z\n")
        #expect(!rules.allows("/a/b.pdf") && rules.allows("/a/b.pdf?x") && rules.allows("/b.pdfs"))
        #expect(!rules.allows("/x1y2z3") && rules.allows("/xzy"))
        // A pattern of stars takes no time that grows beyond both lengths.
        let stars = self.rules("User-agent: *\nDisallow: /" + String(repeating: "*a", count: 2000) + "$\n")
        #expect(stars.allows("/" + String(repeating: "a", count: 20_000) + "b"))
    }

    @Test("of a group that names the robot replace those for all, and groups of one name are one")
    func groups() {
        let rules = rules(
            """
            User-agent: *
            Disallow: /

            User-agent: other
            User-Agent: OnRecord
            Disallow: /private # not this
            Crawl-delay: 7

            User-agent: onrecord
            Disallow: /more
            """)
        #expect(rules.allows("/open") && !rules.allows("/private/x") && !rules.allows("/more"))
        #expect(rules.delay == 7)
        #expect(self.rules("User-agent: onrecord\nDisallow:\nUser-agent: *\nDisallow: /\n").allows("/x"))
        #expect(!self.rules("User-agent: *\r\nDisallow: /\r\n").allows("/x"))
    }

    @Test("compare paths whatever is escaped in them")
    func escapes() {
        let rules = rules("User-agent: *\nDisallow: /caf\u{E9}\nDisallow: /%7ejoe\nDisallow: /a%2fb\n")
        #expect(!rules.allows("/caf%C3%A9") && !rules.allows("/caf%c3%a9/x") && !rules.allows("/~joe"))
        #expect(!rules.allows("/a%2Fb") && rules.allows("/a/b"))
    }

    @Test("are none where the file says nothing that is known", arguments: ["", "<html>", "\u{FEFF}", "a: b\n:\n"])
    func nothing(text: String) { #expect(rules(text).allows("/x")) }

    @Test("behind a byte order mark are read all the same")
    func mark() { #expect(!rules("\u{FEFF}User-agent: *\nDisallow: /\n").allows("/x")) }
}
