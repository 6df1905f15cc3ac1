internal import Language
internal import Stories

/// Finds colons that part a source from its content where nothing else says so: in a headline (`…: sources`, `Kremlin: …`), and
/// behind a speaker's name that opens a paragraph, as transcripts have it (`ROE: It must go.`).
struct SpeakerLabels {
    let analysis: Analysis
    private var tokens: [Token] { analysis.tokens }

    /// The attributions of the headlines and paragraphs that nobody is found to say the greater part of.
    ///
    /// - Parameter drafts: in the order of their cues.
    func drafts(besides drafts: [Draft]) -> [Draft] {
        var found: [Draft] = []
        var next = 0
        for passage in Passage.all(of: analysis) {
            let range = passage.tokens
            var said = 0
            while next < drafts.count, drafts[next].cue.head < range.upperBound {
                if drafts[next].depth == 1 {
                    said = max(said, drafts[next].content.reduce(0) { $0 + $1.clamped(to: range).count })
                }
                next += 1
            }
            guard said * 2 < range.count else { continue }
            let part = analysis.sentences[analysis.sentence(holding: range.lowerBound)].part
            if let draft = part == .headline ? headline(range) : part == .body ? label(range) : nil {
                found.append(draft)
            }
        }
        return found
    }

    /// A paragraph that its speaker's name opens, a person's or one in capitals.
    private func label(_ range: Range<Int>) -> Draft? {
        let first = tokens[range.lowerBound].isQuote ? range.lowerBound + 1 : range.lowerBound
        guard let colon = (first..<min(first + 6, range.upperBound)).first(where: { analysis.is($0, ":") }),
            colon > first,
            colon + 3 < range.upperBound, !tokens[colon].hasSpaceBefore
        else { return nil }
        let name = first..<colon
        let isPerson = analysis.name(holding: colon - 1).map {
            analysis.names[$0].kind == .person && analysis.names[$0].tokens.upperBound == colon
        }
        guard
            name.allSatisfy({ tokens[$0].shape.contains(.allCapitals) && !tokens[$0].shape.contains(.digit) })
                || isPerson == true && name.allSatisfy({ tokens[$0].isCapitalized || tokens[$0].isPunctuation })
        else { return nil }
        return Draft(
            cue: Cue(tokens: colon..<colon + 1, head: colon), source: name, content: [colon + 1..<range.upperBound])
    }

    private func headline(_ range: Range<Int>) -> Draft? {
        for index in range where analysis.is(index, ":") && index > range.lowerBound && index + 1 < range.upperBound {
            var end = range.upperBound
            while end > index + 2, tokens[end - 1].isPunctuation { end -= 1 }
            let (before, behind) = (range.lowerBound..<index, index + 1..<end)
            let cue = Cue(tokens: index..<index + 1, head: index)
            if behind.count <= 5, behind.count < before.count, speaks(behind) {
                return Draft(cue: cue, source: behind, content: [before])
            }
            if before.count <= 4, speaks(before), !before.contains(where: { tokens[$0].tag == .adposition }) {
                return Draft(cue: cue, source: before, content: [behind])
            }
        }
        return nil
    }

    /// Whether a short run of tokens can be a speaker.
    private func speaks(_ range: Range<Int>) -> Bool {
        if range.contains(where: { tokens[$0].tag == .verb && !tokens[$0].isIn(.personRole) }) { return false }
        let last = range.upperBound - 1
        if tokens[last].isIn(.personRole) || tokens[last].isIn(.documentNoun) || tokens[last].isIn(.mediaName)
            || tokens[last].isIn(.organizationNoun)
        {
            return true
        }
        return analysis.name(holding: last).map {
            let name = analysis.names[$0].tokens
            return name.upperBound == range.upperBound && range.contains(name.lowerBound)
                && name.lowerBound <= range.lowerBound + 1
        } ?? false
    }
}
