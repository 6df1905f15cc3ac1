import Language
import Stories
import TestSupport
import Testing
import Times

@Suite("Expressions of time")
struct TimeTests {
    private func times(_ text: String, published: String? = "2018-02-15") -> [String] {
        let story = Story(text: text, published: published)
        return TimeReader().read(LanguageReader().read(story)).map { "\(story.text($0.span))=\($0.value)" }
    }

    @Test(
        "resolve against the day of publication, a Thursday",
        arguments: [
            ("It burned on Feb. 7.", "Feb. 7=2018-02-07"),
            ("It burned on Wednesday.", "Wednesday=2018-02-14"),
            ("It burned on Thursday.", "Thursday=2018-02-15"),
            ("It burned yesterday.", "yesterday=2018-02-14"),
            ("It burned on December 11, 2017.", "December 11, 2017=2017-12-11"),
            ("It burned in March 2016.", "March 2016=2016-03"),
            ("It burned last week.", "last week=2018-W06"),
            ("It burned in 2014.", "2014=2014"),
            ("It burned last Friday.", "last Friday=2018-02-09"),
        ])
    func resolve(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test("stay open where the day of publication is not known")
    func open() {
        #expect(times("It burned on Wednesday.", published: nil) == ["Wednesday=XXXX-WXX-3"])
    }

    @Test("tell durations from dates")
    func durations() throws {
        let story = Story(text: "The search took three days and 20 minutes.", published: "2018-02-15")
        let found = TimeReader().read(LanguageReader().read(story))
        #expect(found.map(\.type) == [.duration, .duration])
        #expect(found.map(\.value) == ["P3D", "PT20M"])
    }

    @Test("hold their spans in any text", arguments: 0..<60)
    func property(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let story = Story(text: random.text(pieces: 80), published: "2018-02-15")
        let found = TimeReader().read(LanguageReader().read(story))
        #expect(found.allSatisfy { SpanCheck.holds($0.span, in: story.bytes) && !$0.value.isEmpty })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.span.end <= $1.span.start })
    }
}
