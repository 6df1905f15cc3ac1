import Language
import Stories
import TestSupport
import Testing

private func tokens(_ text: String) -> [String] {
    let analysis = LanguageReader().read(Story(text: text))
    return analysis.tokens.indices.map { analysis.text(of: $0) }
}

private func sentences(_ text: String) -> [String] {
    let analysis = LanguageReader().read(Story(text: text))
    return analysis.sentences.map { analysis.story.text($0.span) }
}

@Suite("Tokens")
struct TokenTests {
    @Test(
        "follow the conventions of Universal Dependencies",
        arguments: [
            ("It cost $1.2 bln on Feb. 7.", ["It", "cost", "$", "1.2", "bln", "on", "Feb.", "7", "."]),
            ("The AN-148 didn't land.", ["The", "AN-148", "did", "n't", "land", "."]),
            ("He’s in the U.S. at 3 a.m. now.", ["He", "’s", "in", "the", "U.S.", "at", "3", "a.m.", "now", "."]),
            ("“About 10,000,” she said…", ["“", "About", "10,000", ",", "”", "she", "said", "…"]),
            ("a five-year-old girl", ["a", "five", "-", "year", "-", "old", "girl"]),
            ("===== see report.pdf :-) gonna", ["=====", "see", "report.pdf", ":-)", "gon", "na"]),
            ("the ministry's 30% cut", ["the", "ministry", "'s", "30", "%", "cut"]),
        ])
    func table(text: String, expected: [String]) {
        #expect(tokens(text) == expected)
    }

    @Test("cover all that is no white space, in order, on scalar boundaries", arguments: 0..<80)
    func cover(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let story = Story(text: random.text(pieces: 80))
        let analysis = LanguageReader().read(story)
        var last = 0
        for index in analysis.tokens.indices {
            let span = analysis.span(of: index)
            #expect(SpanCheck.holds(span, in: story.bytes))
            #expect(span.start >= last && !span.isEmpty)
            last = span.end
        }
        var next = 0
        for sentence in analysis.sentences {
            #expect(sentence.tokens.lowerBound == next && !sentence.tokens.isEmpty)
            next = sentence.tokens.upperBound
        }
        #expect(next == analysis.tokens.count)
        for name in analysis.names { #expect(analysis.entities.indices.contains(name.entity)) }
    }
}

@Suite("Sentences")
struct SentenceTests {
    @Test(
        "end where they end, and not at abbreviations",
        arguments: [
            ("Gen. Lee met Mr. Roe in the U.S. on Feb. 7. They talked.", 2),
            ("“We left,” he said. “Nobody stayed.” She agreed.", 3),
            ("The firm, Acme Inc., lost $1.5 mln. It closed.", 2),
            ("He asked: why? No answer came…", 2),
        ])
    func count(text: String, expected: Int) {
        #expect(sentences(text).count == expected, "\(sentences(text))")
    }
}

@Suite("Names")
struct NameTests {
    private func names(_ text: String) -> [String] {
        let analysis = LanguageReader().read(Story(text: text))
        return analysis.names.map { "\(analysis.text(of: $0.tokens))/\($0.kind.rawValue)" }
    }

    @Test("are told apart by what stands in and beside them")
    func kinds() {
        #expect(
            names("The deputy, Maria Keller, met Interior Ministry staff in Damascus.").contains("Maria Keller/PERSON"))
        #expect(names("He flew from Warsaw to Berlin.") == ["Warsaw/LOCATION", "Berlin/LOCATION"])
    }

    @Test("of one person share an entity, by the fullest name")
    func entities() throws {
        let analysis = LanguageReader().read(Story(text: "Maria Keller spoke first. Keller then left the hall."))
        #expect(analysis.names.count == 2)
        #expect(Set(analysis.names.map(\.entity)).count == 1)
        #expect(analysis.entities[analysis.names[1].entity].label == "Maria Keller")
    }
}

@Suite("Mentions")
struct MentionTests {
    private func mentions(_ text: String) -> [String] {
        let analysis = LanguageReader().read(Story(text: text))
        return analysis.mentions.map { "\(analysis.text(of: $0.tokens))=\(analysis.entities[$0.entity].label)" }
    }

    @Test("of the only person that fits find her; where two would fit, none")
    func pronouns() {
        #expect(mentions("Maria Keller spoke on Monday. She said the war was over.") == ["She=Maria Keller"])
        #expect(mentions("John Smith and Peter Brown met David Jones in Berlin. The talks with him failed.").isEmpty)
        #expect(
            mentions("Mr. Smith met spokeswoman Maria Keller in Berlin. She said nothing.") == ["She=Maria Keller"])
    }

    @Test("by what somebody is called need one entity that is called so")
    func descriptions() {
        #expect(
            mentions("The Defence Ministry denied it. Later the ministry withdrew its statement.")
                == ["the ministry=Defence Ministry"])
        #expect(
            mentions("The Defence Ministry denied it. The Interior Ministry agreed. Later the ministry left.").isEmpty)
    }
}

@Suite("The lexicon")
struct LexiconTests {
    @Test("is embedded and knows common words")
    func embedded() {
        #expect(Lexicon.shared.count > 10_000)
        #expect(Lexicon.shared.tag(of: Lexicon.shared.word("people")) == .noun)
        #expect(Lexicon.shared.value(of: Lexicon.shared.word("twelve"), in: .numberWord) == 12)
    }

    @Test("cut short or of another make reads as empty, and never crashes", arguments: 0..<40)
    func damaged(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let whole = EmbeddedTable.lexicon()
        #expect(Lexicon(bytes: Array(whole.prefix(random.number(below: whole.count)))).count == 0)
        #expect(Lexicon(bytes: random.bytes(64)).count == 0)
    }
}
