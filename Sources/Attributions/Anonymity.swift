internal import Language
internal import Stories

/// Reads what a story says of why a source is not named.
struct Anonymity {
    let analysis: Analysis

    /// Whether a stretch holds such words: `asked not to be named`.
    func isTold(in range: Range<Int>, before end: Int) -> Bool {
        range.contains { analysis.phrase(at: $0, in: .anonymity, before: end) != nil }
    }

    /// The words that say so, with the reason that they give, in a source or between it and its cue, or right behind the cue:
    /// `on condition of anonymity because he is not allowed to disclose information`.
    func words(around source: Range<Int>, _ cue: Cue) -> String? {
        let sentence = analysis.sentences[analysis.sentence(holding: cue.head)].tokens
        let tokens = analysis.tokens
        for index in sentence {
            guard let phrase = analysis.phrase(at: index, in: .anonymity, before: sentence.upperBound) else { continue }
            // Of this source, or of another that stands in the sentence?
            let isOwn =
                source.contains(index)
                || index >= cue.tokens.upperBound && index - cue.tokens.upperBound < 12
                || index >= source.upperBound && index < cue.tokens.lowerBound
            guard isOwn else { continue }
            var end = index + phrase.count
            if end < sentence.upperBound,
                analysis.is(
                    end, anyOf: "because", "since", "as", "due", "for", "to", "given", "citing", "while", "when")
            {
                while end < sentence.upperBound, !analysis.is(end, ","), !tokens[end].shape.contains(.terminal),
                    !tokens[end].shape.contains(.dash), !tokens[end].isQuote,
                    end < max(cue.tokens.lowerBound, index + 1)
                        || index > cue.tokens.lowerBound
                { end += 1 }
            }
            return analysis.text(of: index..<end)
        }
        return nil
    }
}
