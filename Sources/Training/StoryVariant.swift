internal import Attributions
internal import Language
internal import Stories

/// A story with gold attributions, changed so as to hold what the corpus seldom does: hearsay and relays.
struct StoryVariant {
    /// Its text.
    private(set) var bytes: [UInt8] = []
    /// Its gold attributions, outermost first of all.
    private(set) var gold: [AttributionExamples.Gold] = []
    /// Stretches that are the content of somebody's words, with the gold attributions inside.
    private(set) var inner: [(content: Range<Int>, gold: [AttributionExamples.Gold])] = []

    /// What makes hearsay of a sentence: what stands before it and behind it, and where source and cue stand in that.
    private struct Wrapper {
        var before: String
        var behind = ""
        var source: String
        var cue: String
    }

    private static let wrappers = [
        Wrapper(before: "The official said that ", source: "The official", cue: "said"),
        Wrapper(before: "A spokeswoman told reporters that ", source: "A spokeswoman", cue: "told"),
        Wrapper(before: "He said ", source: "He", cue: "said"),
        Wrapper(before: "The source added that ", source: "The source", cue: "added"),
        Wrapper(before: "According to the ministry, ", source: "the ministry", cue: "According to"),
        Wrapper(
            before: "Two officials familiar with the matter said ", source: "Two officials familiar with the matter",
            cue: "said"),
        Wrapper(before: "", behind: ", a source said", source: "a source", cue: "said"),
        Wrapper(
            before: "", behind: ", according to three people with knowledge of the matter",
            source: "three people with knowledge of the matter", cue: "according to"),
    ]

    private static let relays = [
        "was quoted as saying", "was cited as saying", "was quoted by Interfax as saying", "is quoted as saying",
        "was cited by the Anadolu news agency as saying", "was quoted by state television as saying",
        "is cited as saying",
    ]

    /// The variant of a story in which every second sentence is told by somebody, and every second `said` is a relay.
    init(_ analysis: Analysis, _ gold: [AttributionExamples.Gold], numbers: inout SeededNumbers) {
        let text = analysis.story.bytes
        var taken: Set<Int> = []
        var copied = analysis.story.span.start
        func within(_ attribution: AttributionExamples.Gold, _ range: Range<Int>) -> Bool {
            (attribution.source + attribution.cue + attribution.content).allSatisfy {
                range.lowerBound <= $0.lowerBound && $0.upperBound <= range.upperBound
            }
        }
        func touches(_ attribution: AttributionExamples.Gold, _ range: Range<Int>) -> Bool {
            (attribution.source + attribution.cue + attribution.content).contains { $0.overlaps(range) }
        }
        for sentence in analysis.sentences where sentence.part == .body {
            let range = sentence.span.range
            guard range.lowerBound >= copied else { continue }
            let touching = gold.indices.filter { touches(gold[$0], range) }
            guard touching.allSatisfy({ within(gold[$0], range) && !taken.contains($0) }) else { continue }
            copy(text, from: &copied, to: range.lowerBound)
            let inside = touching.map { gold[$0] }
            taken.formUnion(touching)
            if numbers.next() % 2 == 0, isPlain(analysis, sentence) {
                wrap(text, range, inside, analysis, sentence, StoryVariant.wrappers[Int(numbers.next() % 8)])
            } else {
                let relay = StoryVariant.relays[Int(numbers.next() % UInt64(StoryVariant.relays.count))]
                self.gold += relayed(text, range, inside, relay)
            }
            copied = range.upperBound
        }
        // What runs over sentences stays as it is; its place has moved.
        let moved = analysis.story.span.end
        copy(text, from: &copied, to: moved)
        for index in gold.indices where !taken.contains(index) {
            if let attribution = shifted(gold[index]) { self.gold.append(attribution) }
        }
    }

    /// Where stretches of the old text now stand: old start, old end, new start.
    private var moves: [(Int, Int, Int)] = []

    private mutating func copy(_ text: [UInt8], from start: inout Int, to end: Int) {
        guard start < end else { return }
        moves.append((start, end, bytes.count))
        bytes += text[start..<end]
        start = end
    }

    private func shifted(_ attribution: AttributionExamples.Gold) -> AttributionExamples.Gold? {
        func place(_ offset: Int, isEnd: Bool) -> Int? {
            moves.first { isEnd ? $0.0 < offset && offset <= $0.1 : $0.0 <= offset && offset < $0.1 }.map {
                $0.2 + offset - $0.0
            }
        }
        func all(_ spans: [Range<Int>]) -> [Range<Int>]? {
            var out: [Range<Int>] = []
            for span in spans {
                guard let first = place(span.lowerBound, isEnd: false), let end = place(span.upperBound, isEnd: true)
                else { return nil }
                out.append(first..<max(first, end))
            }
            return out
        }
        guard let source = all(attribution.source), let cue = all(attribution.cue),
            let content = all(attribution.content)
        else { return nil }
        return AttributionExamples.Gold(source: source, cue: cue, content: content)
    }

    /// Whether a sentence can be told by another as it is: no quotation marks, not short, not long, an end.
    private func isPlain(_ analysis: Analysis, _ sentence: Sentence) -> Bool {
        (5...60).contains(sentence.tokens.count) && !sentence.tokens.contains { analysis.tokens[$0].isQuote }
            && analysis.tokens[sentence.tokens.upperBound - 1].shape.contains(.terminal)
    }

    private mutating func wrap(
        _ text: [UInt8], _ range: Range<Int>, _ inside: [AttributionExamples.Gold], _ analysis: Analysis,
        _ sentence: Sentence, _ wrapper: Wrapper
    ) {
        let start = bytes.count
        bytes += wrapper.before.utf8
        let body = bytes.count
        let full = analysis.tokens[sentence.tokens.upperBound - 1]
        bytes += text[range.lowerBound..<Int(full.start)]
        let content = body..<bytes.count
        let first = analysis.tokens[sentence.tokens.lowerBound]
        if !wrapper.before.isEmpty, first.tag != .properNoun, first.tag != .pronoun,
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[body]
        {
            bytes[body] |= 0x20
        }
        let tail = bytes.count
        bytes += wrapper.behind.utf8
        bytes += text[Int(full.start)..<range.upperBound]
        func find(_ part: String) -> Range<Int> {
            let part = Array(part.utf8)
            let where_ = wrapper.before.isEmpty ? tail : start
            let at = (where_...bytes.count - part.count).first { bytes[$0..<$0 + part.count].elementsEqual(part) }
            return (at ?? where_)..<(at ?? where_) + part.count
        }
        gold.append(
            AttributionExamples.Gold(source: [find(wrapper.source)], cue: [find(wrapper.cue)], content: [content]))
        let distance = body - range.lowerBound
        func move(_ spans: [Range<Int>]) -> [Range<Int>] {
            spans.map { $0.lowerBound + distance..<min($0.upperBound + distance, content.upperBound) }.filter {
                !$0.isEmpty
            }
        }
        inner.append(
            (
                content,
                inside.map {
                    AttributionExamples.Gold(source: move($0.source), cue: move($0.cue), content: move($0.content))
                }
            ))
    }

    /// Copies a sentence; where a source stands right before its `said`, the words now come by way of somebody else.
    private mutating func relayed(
        _ text: [UInt8], _ range: Range<Int>, _ inside: [AttributionExamples.Gold], _ relay: String
    ) -> [AttributionExamples.Gold] {
        let said = inside.firstIndex { attribution in
            guard let cue = attribution.cue.first, let source = attribution.source.first else { return false }
            return source.upperBound + 1 == cue.lowerBound
                && ["said", "says"].contains(String(decoding: text[cue], as: UTF8.self))
        }
        let start = bytes.count
        guard let said, let cue = inside[said].cue.first else {
            bytes += text[range]
            return inside.map { moved($0, start - range.lowerBound) }
        }
        bytes += text[range.lowerBound..<cue.lowerBound]
        let first = bytes.count
        bytes += relay.utf8
        let own = first..<bytes.count
        bytes += text[cue.upperBound..<range.upperBound]
        let growth = relay.utf8.count - cue.count
        func move(_ spans: [Range<Int>]) -> [Range<Int>] {
            spans.map { span in
                let distance = start - range.lowerBound
                let (a, b) = (span.lowerBound + distance, span.upperBound + distance)
                return
                    (span.lowerBound >= cue.upperBound ? a + growth : a)..<(span.upperBound > cue.lowerBound
                    ? b + growth : b)
            }
        }
        return inside.enumerated().map { index, attribution in
            AttributionExamples.Gold(
                source: move(attribution.source), cue: index == said ? [own] : move(attribution.cue),
                content: move(attribution.content))
        }
    }

    private func moved(_ attribution: AttributionExamples.Gold, _ distance: Int) -> AttributionExamples.Gold {
        func move(_ spans: [Range<Int>]) -> [Range<Int>] {
            spans.map { $0.lowerBound + distance..<$0.upperBound + distance }
        }
        return AttributionExamples.Gold(
            source: move(attribution.source), cue: move(attribution.cue), content: move(attribution.content))
    }
}
