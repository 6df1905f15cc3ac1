import Attributions
import Language
import Stories
import TestSupport
import Testing

@Suite("Attributions")
struct AttributionTests {
    private func read(_ text: String) -> (story: Story, found: [Attribution]) {
        let story = Story(text: text)
        return (story, AttributionReader().read(LanguageReader().read(story)))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var source: String
        var cue: String
        var content: String
        var stance = Attribution.Stance.assert
        var kind = Speaker.Kind.named
        var testDescription: String { text }
    }

    @Test(
        "are source, cue and content",
        arguments: [
            Case(
                text: "The bridge was closed, Mayor Ann Roe said.", source: "Mayor Ann Roe", cue: "said",
                content: "The bridge was closed"),
            Case(
                text: "Ann Roe said that the bridge was closed.", source: "Ann Roe", cue: "said",
                content: "that the bridge was closed"),
            Case(text: "“We are leaving,” said Ann Roe.", source: "Ann Roe", cue: "said", content: "“We are leaving,”"),
            Case(
                text: "Ten men drowned, according to the coast guard.", source: "the coast guard", cue: "according to",
                content: "Ten men drowned",
                kind: .organization),
            Case(
                text: "The defense ministry denied that troops had crossed the river.", source: "The defense ministry",
                cue: "denied",
                content: "that troops had crossed the river", stance: .deny, kind: .organization),
            Case(
                text: "A doctor who saw the bodies said ten men had drowned.", source: "A doctor who saw the bodies",
                cue: "said",
                content: "ten men had drowned", kind: .unnamed),
            Case(
                text: "Hugh Hill, a doctor, said ten men had drowned.", source: "Hugh Hill, a doctor,", cue: "said",
                content: "ten men had drowned"),
            Case(
                text: "«We are leaving», said Ann Roe.", source: "Ann Roe", cue: "said", content: "«We are leaving»"),
            Case(
                text: "“The bridge must be closed.” – Commissioner Ann Smith", source: "Commissioner Ann Smith",
                cue: "–",
                content: "“The bridge must be closed.”"),
            Case(
                text: "The two senators endorsed the plan for a new bridge.", source: "The two senators",
                cue: "endorsed",
                content: "the plan for a new bridge", kind: .unnamed),
            Case(
                text: "The plan was criticized by Ann Roe.", source: "Ann Roe", cue: "was criticized",
                content: "The plan"),
            Case(
                text: "Ann Roe was concerned about the state of the bridge.", source: "Ann Roe",
                cue: "was concerned about", content: "the state of the bridge"),
            Case(
                text: "Officials confirmed that two people had died.", source: "Officials", cue: "confirmed",
                content: "that two people had died",
                stance: .confirm, kind: .unnamed),
        ])
    func table(_ expected: Case) throws {
        let (story, found) = read(expected.text)
        let attribution = try #require(found.first)
        func text(_ spans: [Span]) -> String { spans.map(story.text).joined(separator: " … ") }
        #expect(text(attribution.source) == expected.source)
        #expect(text(attribution.cue) == expected.cue)
        #expect(text(attribution.content) == expected.content)
        #expect(attribution.stance == expected.stance)
        #expect(attribution.speaker.kind == expected.kind)
    }

    @Test("gather what a speaker says before and behind the cue, in this paragraph and the next")
    func resumes() throws {
        let (story, found) = read(
            """
            “I think that the bridge is old,” Ann Roe said. “It must go.”

            Ann Roe continued:

            “We will build another one next year.”
            """)
        let outer = found.filter { $0.parent == nil }
        #expect(
            outer.map { $0.content.map(story.text).joined(separator: " … ") } == [
                "“I think that the bridge is old,” … “It must go.”", "“We will build another one next year.”",
            ])
        #expect(outer.allSatisfy { $0.source.map(story.text) == ["Ann Roe"] })
        let inner = try #require(found.first { $0.parent != nil })
        #expect(inner.content.map(story.text) == ["that the bridge is old"])
    }

    @Test("tell a refusal to speak")
    func decline() throws {
        #expect(try #require(read("The army declined to comment on the raid.").found.first).stance == .decline)
    }

    @Test("follow a pronoun and a bare description to whoever spoke before")
    func coreference() throws {
        let found = read("Mayor Ann Roe said the bridge was closed. She said it would open on Monday.").found
        #expect(found.count == 2)
        #expect(found.map(\.speaker.name) == ["Ann Roe", "Ann Roe"])
        let ministry = read("The health ministry said ten men had died. The ministry said two were missing.").found
        #expect(ministry.map(\.speaker.name) == ["health ministry", "health ministry"])
    }

    @Test("do not take a source's wish not to be named for what it says")
    func anonymity() {
        let (story, found) = read("A doctor, who asked not to be named, said ten men had died.")
        #expect(found.map { $0.cue.map(story.text) } == [["said"]])
        #expect(found.first?.parent == nil)
    }

    @Test("know hearsay: what is said inside what is said")
    func hearsay() throws {
        let found = read("The doctor said a colleague told him that ten men had died.").found
        #expect(found.contains { $0.parent != nil })
    }

    @Test("hold their spans in any text, unclosed quotation marks and all", arguments: 0..<120)
    func property(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let (story, found) = read(random.text(pieces: 90))
        for attribution in found {
            #expect(
                (attribution.source + attribution.cue + attribution.content).allSatisfy {
                    SpanCheck.holds($0, in: story.bytes)
                })
            if let parent = attribution.parent { #expect(found.indices.contains(parent)) }
        }
    }
}
