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
                text: "Hugh Hill, a doctor, said ten men had drowned.", source: "Hugh Hill, a doctor", cue: "said",
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

    @Test(
        "are found where other readers fail",
        arguments: [
            Case(
                text: "The old bridge burned.\n\n“The bridge must be closed this year.” – Commissioner Smith",
                source: "Commissioner Smith", cue: "–", content: "“The bridge must be closed this year.”"),
            Case(
                text: "“The bridge must be closed this year,”\n\nsaid Ann Roe, the mayor.",
                source: "Ann Roe, the mayor",
                cue: "said", content: "“The bridge must be closed this year,”"),
            Case(
                text: "From Chairwoman Lee: “The bridge must be closed this year.”", source: "Chairwoman Lee", cue: ":",
                content: "“The bridge must be closed this year.”"),
            Case(
                text: "Ann Roe said: «The bridge must be closed this year.»", source: "Ann Roe", cue: "said:",
                content: "«The bridge must be closed this year.»"),
            Case(
                text: "``The bridge must be closed,'' Ann Roe said.", source: "Ann Roe", cue: "said",
                content: "``The bridge must be closed,''"),
            Case(
                text: "''The bridge must be closed,'' Ann Roe said.", source: "Ann Roe", cue: "said",
                content: "''The bridge must be closed,''"),
            Case(
                text: "“The bridge must be closed, Ann Roe said. “It is old,” she added.", source: "Ann Roe",
                cue: "said",
                content: "“The bridge must be closed"),
            Case(
                text: "Bridge closed after fire: sources\n\nHARBOUR (Wire) - The old bridge over the river was closed.",
                source: "sources", cue: ":", content: "Bridge closed after fire", kind: .unnamed),
        ])
    func hard(_ expected: Case) throws { try table(expected) }

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
        let (story, found) = read(
            "The military doctor said that a fellow doctor told him that around 100 people had been killed.")
        let inner = try #require(found.first { $0.depth == 2 })
        let outer = found[try #require(inner.parent)]
        #expect(outer.source.map(story.text) == ["The military doctor"])
        #expect(outer.depth == 1)
        #expect(inner.source.map(story.text) == ["a fellow doctor"])
        #expect(inner.cue.map(story.text) == ["told"])
        #expect(inner.content.map(story.text) == ["that around 100 people had been killed"])
        #expect(inner.speaker.number != outer.speaker.number)
    }

    @Test("name the speaker and the medium that passes on the words")
    func relay() throws {
        let found = read("The bridge must be closed, Ann Roe was quoted by RIA as saying on Monday.").found
        let attribution = try #require(found.first)
        #expect(attribution.speaker.name == "Ann Roe")
        #expect(attribution.via == ["RIA"])
        #expect(
            try #require(read("Ann Roe told Reuters that the bridge must be closed.").found.first).via == ["Reuters"])
    }

    @Test("count unnamed sources and keep why they are not named")
    func unnamed() throws {
        let text = """
            Three sources familiar with the matter said ten men had died. A doctor said that two more were missing.

            The doctor, who spoke on condition of anonymity because he is not allowed to disclose information, said the ward \
            was full.

            A doctor at another hospital said it had no patients.
            """
        let found = read(text).found
        #expect(found.map(\.speaker.kind) == [.unnamed, .unnamed, .unnamed, .unnamed])
        #expect(found.map(\.speaker.count) == [3, 1, 1, 1])
        #expect(
            found[2].speaker.anonymity
                == "on condition of anonymity because he is not allowed to disclose information")
        #expect(found[1].speaker.number == found[2].speaker.number)
        #expect(found[3].speaker.number != found[1].speaker.number)
        #expect(Set(found.map(\.speaker.number)).count == 3)
    }

    struct Modality: Sendable, CustomTestStringConvertible {
        var text: String
        var stance = Attribution.Stance.assert
        var certainty = Attribution.Certainty.certain
        var polarity = Attribution.Polarity.positive
        var testDescription: String { text }
    }

    @Test(
        "tell what a source does, how sure it is, and whether it says that something is not so",
        arguments: [
            Modality(text: "Officials said five men may have been killed.", certainty: .possible),
            Modality(text: "Officials said five men were probably killed.", certainty: .probable),
            Modality(
                text: "The army denied that its troops had crossed the river.", stance: .deny, polarity: .negative),
            Modality(text: "Officials said that no one had died.", polarity: .negative),
            Modality(text: "Officials said the men were not soldiers.", polarity: .negative),
            Modality(
                text: "The army could not confirm that five men had been killed.", stance: .decline,
                certainty: .unspecified),
            Modality(
                text: "The army did not respond to questions about the raid.", stance: .decline, certainty: .unspecified
            ),
            Modality(
                text: "The army said it had nothing to add to its statement.", stance: .decline, certainty: .unspecified
            ),
            Modality(text: "The minister vowed to close the bridge.", stance: .intend, certainty: .unspecified),
            Modality(text: "The minister acknowledged that five men had been killed.", stance: .confirm),
        ])
    func modality(_ expected: Modality) throws {
        let attribution = try #require(read(expected.text).found.first)
        #expect(attribution.stance == expected.stance)
        #expect(attribution.certainty == expected.certainty)
        #expect(attribution.polarity == expected.polarity)
    }

    @Test("leave alone quotation marks that quote nobody")
    func scareQuotes() {
        #expect(read("The “bridge of sighs” was closed on Monday after a fire.").found.isEmpty)
    }

    @Test("come from a model that is whole, or a clear error says what is wrong with it")
    func model() {
        let bytes = EmbeddedTable.attributions()
        #expect(throws: LanguageModelError.notAModel) { try AttributionReader(model: Array("no model".utf8)) }
        #expect(throws: LanguageModelError.damaged) { try AttributionReader(model: Array(bytes.dropLast(40))) }
        var changed = bytes
        changed[bytes.count / 2] ^= 1
        #expect(throws: LanguageModelError.damaged) { try AttributionReader(model: changed) }
        var newer = bytes
        newer[4] = 99
        #expect(throws: LanguageModelError.version(found: 99, known: 1)) { try AttributionReader(model: newer) }
        #expect(throws: Never.self) { try AttributionReader(model: bytes) }
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
