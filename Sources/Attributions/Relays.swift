internal import Language
internal import Stories

/// Finds the media that words came through: `was quoted by RIA as saying`, `told Reuters`.
struct Relays {
    let analysis: Analysis

    /// The media that pass on what an attribution says, as printed, in the order of the text.
    func media(of draft: Draft) -> [String] {
        let sentence = analysis.sentences[analysis.sentence(holding: draft.cue.head)].tokens
        var media: [String] = []
        var index = draft.cue.tokens.lowerBound
        // In the cue, or behind it as hearer or agent.
        let end = min(draft.cue.tokens.upperBound + 8, sentence.upperBound)
        while index < end {
            if index >= draft.cue.tokens.upperBound {
                let isContent = draft.content.contains { $0.contains(index) }
                let stops = analysis.tokens[index].isPunctuation && !analysis.is(index, "-")
                if isContent || stops || draft.source?.contains(index) == true { break }
            }
            if analysis.tokens[index].isCapitalized,
                let phrase = analysis.phrase(at: index, in: .mediaName, before: sentence.upperBound)
            {
                media.append(analysis.text(of: index..<index + phrase.count))
                index += phrase.count
            } else {
                index += 1
            }
        }
        return media
    }
}
