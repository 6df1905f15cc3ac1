public import Language
public import Stories

/// Finds who is said to say what: direct and indirect speech, thought and intention, as source–cue–content.
///
/// A first reader by rules over tags and noun phrases, after the guidelines of PolNeAR; nesting is kept. It never throws.
public struct AttributionReader: Sendable {
    private let words: CueWords

    /// A reader over the word knowledge that ships with Onrecord.
    public init() { words = CueWords(.shared) }

    private func isAnonymity(_ cue: Cue, _ analysis: Analysis, _ sentence: Sentence) -> Bool {
        cue.tokens.contains { analysis.phrase(at: $0, in: .anonymity, before: sentence.tokens.upperBound) != nil }
    }

    /// The attributions of a story, in the order of their cues.
    ///
    /// - Complexity: O(*n*) in the number of tokens, for sentences of bounded length.
    public func read(_ analysis: Analysis) -> [Attribution] {
        let finder = CueFinder(analysis: analysis, words: words)
        var drafts: [Draft] = []
        let builder = DraftBuilder(analysis: analysis)
        let frames = FrameFinder(analysis: analysis)
        for (index, sentence) in analysis.sentences.enumerated()
        where sentence.part == .body || sentence.part == .headline {
            // That a source would not be named says who it is, not what it says.
            let found = builder.drafts(of: finder.cues(in: sentence), sentence: index)
            drafts += frames.drafts(in: index, found: found)
                .filter { !isAnonymity($0.cue, analysis, sentence) }.compactMap { $0.withinQuotation(analysis) }
        }
        drafts += builder.signedQuotations(besides: drafts)
        builder.resumeQuotations(&drafts)
        drafts.sort { $0.cue.tokens.lowerBound < $1.cue.tokens.lowerBound }
        var resolver = SpeakerResolver(analysis: analysis)
        let speakers = drafts.map { resolver.speaker(of: $0) }
        let parents = DraftBuilder.parents(of: drafts)
        return drafts.indices.map { index in
            let draft = drafts[index]
            return Attribution(
                source: draft.source.map { [analysis.span(of: $0)] } ?? [],
                cue: ([draft.cue.tokens] + (draft.cue.more.map { [$0] } ?? [])).map { analysis.span(of: $0) },
                content: draft.content.map { analysis.span(of: $0) }, speaker: speakers[index],
                stance: Stances(analysis: analysis).stance(of: draft), quote: builder.quote(of: draft.content),
                parent: parents[index])
        }
    }
}

/// An attribution as runs of tokens, before its speaker is known.
struct Draft {
    var cue: Cue
    var source: Range<Int>?
    var content: [Range<Int>]
    var sentence: Int
    /// Index, among the drafts of its sentence, of the attribution that lends it its source.
    var borrowed = false

    /// The attribution with its content cut where the quotation that holds its cue ends: "I think it is fair," she said;
    /// nil where nothing is left.
    func withinQuotation(_ analysis: Analysis) -> Draft? {
        guard let index = analysis.quotation(holding: cue.head) else { return self }
        let quoted = analysis.quotations[index].tokens
        var end = quoted.upperBound
        while end > quoted.lowerBound, analysis.tokens[end - 1].isPunctuation { end -= 1 }
        var draft = self
        draft.content = content.compactMap { range in
            let (first, last) = (max(range.lowerBound, quoted.lowerBound), min(range.upperBound, end))
            return first < last ? first..<last : nil
        }
        return draft.content.isEmpty ? nil : draft
    }
}
