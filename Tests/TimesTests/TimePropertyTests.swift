import Language
import Stories
import TestSupport
import Testing
import Times

@Suite("Expressions of time, in any text")
struct TimePropertyTests {
    private func check(_ story: Story) {
        let found = TimeReader().read(LanguageReader().read(story))
        #expect(found.allSatisfy { SpanCheck.holds($0.span, in: story.bytes) && !$0.value.isEmpty })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.span.end <= $1.span.start })
    }

    @Test("hold their spans", arguments: 0..<60)
    func random(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        check(Story(text: random.text(pieces: 80), published: "2018-02-15"))
    }

    @Test("hold their spans where the words of the calendar stand in any order", arguments: 0..<60)
    func calendar(seed: Int) {
        let words = [
            "the", "a", "last", "next", "this", "end", "of", "early", "mid", "-", "Feb.", "May", "30", "31", "2018",
            "1988",
            "0", "99999", "first", "quarter", "half", "year", "years", "ago", "earlier", "later", "Monday", "night",
            "noon",
            "p.m.", "3:30", ",", "two", "hundred", "thousand", "few", "past", "every", "fiscal", "Easter", "week",
            "eve",
            "century", "20th", "'s", "day", "before", "after", "yesterday", "now", "'90s", "nineteen", "ninety",
            "summer",
        ]
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        var text = ""
        for _ in 0..<200 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += words[Int(state >> 33) % words.count] + " "
        }
        check(Story(text: text, published: ["2018-02-15", "0001-01-01", "9999-12-31"][seed % 3]))
        check(Story(text: text))
    }
}
