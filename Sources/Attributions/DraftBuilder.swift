internal import Language
internal import Stories

/// Makes attributions of what the network finds, and of quotations that go on where it does not look.
struct DraftBuilder {
    let analysis: Analysis
    private var tokens: [Token] { analysis.tokens }

    /// How deep what is said inside what is said is followed.
    private static let deepest = 3

    init(analysis: Analysis) { self.analysis = analysis }

    /// The attributions that a model finds, and those inside their contents.
    func drafts(_ model: AttributionModel) -> [Draft] { model.reading(analysis) { drafts(&$0) } }

    private func drafts(_ network: inout AttributionNetwork) -> [Draft] {
        // A paragraph without a word that can be a cue, a quotation mark or a colon is not worth reading.
        var passages = Passage.all(of: analysis).filter { passage in
            passage.tokens.contains(where: isPossibleCue)
                && analysis.sentences[analysis.sentence(holding: passage.tokens.lowerBound)].part != .dateline
        }
        var all: [Draft] = []
        for depth in 1...DraftBuilder.deepest {
            let found = network.read(passages).joined().compactMap { draft($0, depth) }
            all += found
            passages = found.flatMap { $0.content.filter { $0.count > 5 }.compactMap(inside) }
            if passages.isEmpty { break }
        }
        return all
    }

    /// The content of an attribution as a passage of its own, from the first sentence with a listed cue to the last; nil where it
    /// has none.
    private func inside(_ content: Range<Int>) -> Passage? {
        guard let first = content.first(where: isListed), let last = content.last(where: isListed) else { return nil }
        let start = analysis.sentences[analysis.sentence(holding: first)].tokens.lowerBound
        let end = analysis.sentences[analysis.sentence(holding: last)].tokens.upperBound
        var tokens = (start..<end).clamped(to: content)
        let opened = analysis.quotation(holding: tokens.lowerBound)
        if let opened, analysis.quotations[opened].tokens.lowerBound == tokens.lowerBound {
            tokens = tokens.lowerBound + 1..<tokens.upperBound
        }
        return Passage(tokens: tokens, opened: opened)
    }

    private func draft(_ found: AttributionNetwork.Found, _ depth: Int) -> Draft? {
        var cueTokens = trimmed(found.cue)
        // A colon that opens speech belongs to its cue.
        if cueTokens.upperBound < found.cue.upperBound, analysis.is(cueTokens.upperBound, ":") {
            cueTokens = cueTokens.lowerBound..<cueTokens.upperBound + 1
        }
        // "denied on Wednesday that": the day stands outside, and so does what leads to it.
        if cueTokens.count > 1, let last = cueTokens.last, tokens[last].tag == .adposition,
            isTime(Int(tokens[last].head))
        {
            cueTokens = cueTokens.lowerBound..<last
        }
        // That a source would not be named says who it is, not what it says.
        guard !Anonymity(analysis: analysis).isTold(in: cueTokens, before: analysis.tokens.count) else { return nil }
        let cue = Cue(cueTokens, head: AttributionFeatures(analysis: analysis).head(of: cueTokens), analysis)
        // One source: where several stretches seem to be it, the longest.
        var source = found.source.map(trimmed).filter { !$0.overlaps(cueTokens) }.max { $0.count < $1.count }.map(
            titled)
        var content = found.content.map(trimmed)
        if source == nil, let subject = content.firstIndex(where: { isSubject($0, of: cue) }) {
            source = content.remove(at: subject)
        }
        if content.isEmpty {
            guard let quotation = quotation(besides: cue) else { return nil }
            content = [quotation]
        }
        let draft = Draft(cue: cue, source: source, content: content, depth: depth)
        return isLikely(draft) ? draft : nil
    }

    /// Whether an attribution is to be believed where the network is on unsure ground.
    private func isLikely(_ draft: Draft) -> Bool {
        let head = draft.cue.head
        // Whom one tells is not what one tells.
        if draft.content.count == 1, draft.content[0].count == 1,
            tokens[draft.content[0].lowerBound].isIn(.personPronoun)
        {
            return false
        }
        switch analysis.sentences[analysis.sentence(holding: head)].part {
        case .caption, .subhead:
            // A caption that "shows" tells what is in the picture.
            return draft.source != nil && tokens[head].isIn(.cueVerb) && draft.cue.isSpeech
                && !analysis.is(head, anyOf: "show", "shows", "showed", "showing", "shown")
        default: break
        }
        // What is said inside what is said must have a source and a listed cue.
        return draft.depth == 1
            || draft.source != nil
                && draft.cue.tokens.contains(where: isListed)
    }

    private func isTime(_ index: Int) -> Bool {
        tokens.indices.contains(index)
            && (tokens[index].isIn(.weekday) || tokens[index].isIn(.month) || tokens[index].isIn(.timeWord))
    }

    private func isPossibleCue(_ index: Int) -> Bool {
        tokens[index].isIn(.cueVerb) || tokens[index].isIn(.cueNoun) || tokens[index].isIn(.cueFrame)
            || tokens[index].isIn(.cueAdjective) || tokens[index].isQuote || analysis.is(index, ":")
            || analysis.phrase(at: index, in: .cuePhrase, before: tokens.count) != nil
    }

    /// Whether a word is a noun or verb of speech or thought: one that can be the cue of what is said inside what is said.
    private func isListed(_ index: Int) -> Bool {
        if tokens[index].isIn(.cueNoun) { return true }
        guard let value = analysis.value(of: index, in: .cueVerb) else { return false }
        return value >= 100 || value / 10 % 10 == 1 || value / 10 % 10 == 2
    }

    /// Whether a stretch before a cue is no more than the subject of its verb, and so who says it.
    private func isSubject(_ range: Range<Int>, of cue: Cue) -> Bool {
        guard range.upperBound <= cue.tokens.lowerBound,
            let top = range.first(where: { Int(tokens[$0].head) == cue.head && tokens[$0].relation == .subject })
        else { return false }
        return range.allSatisfy { index in
            var at = index
            var steps = 0
            while at != top, range.contains(Int(tokens[at].head)), steps < range.count {
                at = Int(tokens[at].head)
                steps += 1
            }
            return at == top || tokens[index].isPunctuation
        }
    }

    /// A source that begins amid a name, or behind a title that belongs to it, with all of it: `Chairwoman Lee`.
    private func titled(_ source: Range<Int>) -> Range<Int> {
        var first = source.lowerBound
        if let name = analysis.name(holding: first) { first = analysis.names[name].tokens.lowerBound }
        while first > 0, tokens[first - 1].isIn(.title), tokens[first - 1].isCapitalized,
            source.contains(Int(tokens[first - 1].head)) || first < source.lowerBound
        { first -= 1 }
        return first..<source.upperBound
    }

    /// Without punctuation at the edges, quotation marks and brackets excepted.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        func isEdge(_ index: Int) -> Bool {
            tokens[index].isPunctuation && !tokens[index].isQuote
                && !analysis.is(index, anyOf: "(", ")", "[", "]", "$", "#")
        }
        var (first, end) = (range.lowerBound, range.upperBound)
        while first < end, isEdge(first) { first += 1 }
        while first < end, isEdge(end - 1) { end -= 1 }
        return first < end ? first..<end : range
    }

    // MARK: Quotations over sentences and paragraphs

    /// The quotation that a cue without content of its own belongs to, over the end of its paragraph: `Ann Roe continued:` and the
    /// next one, `said Ann Roe.` and the one before.
    private func quotation(besides cue: Cue) -> Range<Int>? {
        let index = analysis.sentence(holding: cue.head)
        let sentence = analysis.sentences[index].tokens
        func whole(_ token: Int, startsAt start: Int? = nil, endsAt end: Int? = nil) -> Range<Int>? {
            guard tokens.indices.contains(token), tokens[token].isQuote, let number = analysis.quotation(holding: token)
            else {
                return nil
            }
            let range = analysis.quotations[number].tokens
            return range.lowerBound == start || range.upperBound == end ? range : nil
        }
        if analysis.is(sentence.upperBound - 1, ":"), sentence.upperBound - 1 - cue.head < 30 {
            return whole(sentence.upperBound, startsAt: sentence.upperBound)
        }
        guard index > 0, analysis.sentences[index - 1].paragraph != analysis.sentences[index].paragraph,
            cue.head - sentence.lowerBound < 12
        else { return nil }
        return whole(sentence.lowerBound - 1, endsAt: sentence.lowerBound)
    }

    /// Whether each token is part of the content of an attribution.
    private func claimed(by drafts: [Draft]) -> [Bool] {
        var claimed = [Bool](repeating: false, count: tokens.count)
        for range in drafts.flatMap(\.content) { for index in range { claimed[index] = true } }
        return claimed
    }

    /// Gives quotations that nobody is said to say, right behind an attribution, to its speaker: the rest of a quotation
    /// behind `he said.`, and paragraphs that are all quotation.
    ///
    /// - Complexity: O(*n* + *d* log *d*) in tokens and attributions.
    func resumeQuotations(_ drafts: inout [Draft]) {
        // What is said inside a quotation, or inside another's words, has no say in what follows.
        let outer = drafts.indices.filter {
            drafts[$0].depth == 1 && analysis.quotation(holding: drafts[$0].cue.head) == nil
        }
        let claimed = claimed(by: outer.map { drafts[$0] })
        func end(_ draft: Int) -> Int { max(drafts[draft].cue.head + 1, drafts[draft].content.last?.upperBound ?? 0) }
        let order = outer.map { (end: end($0), draft: $0) }.sorted { ($0.end, $0.draft) < ($1.end, $1.draft) }
        var next = 0
        var last: Int?
        for quotation in analysis.quotations {
            while next < order.count, order[next].end <= quotation.tokens.lowerBound {
                last = order[next].draft
                next += 1
            }
            guard let draft = last, quotation.tokens.count > 4, !quotation.tokens.contains(where: { claimed[$0] }),
                goesOn(quotation.tokens, behind: drafts[draft])
            else { continue }
            drafts[draft].content.append(quotation.tokens)
        }
    }

    /// Whether a quotation that stands as sentences of its own goes on with the words of an attribution before it.
    private func goesOn(_ quotation: Range<Int>, behind draft: Draft) -> Bool {
        let index = analysis.sentence(holding: quotation.lowerBound)
        let sentence = analysis.sentences[index]
        guard sentence.part == .body, sentence.tokens.lowerBound == quotation.lowerBound, index > 0 else {
            return false
        }
        let last = analysis.sentences[analysis.sentence(holding: quotation.upperBound - 1)]
        guard last.tokens.upperBound - quotation.upperBound <= 1 else { return false }
        let reach = max(
            analysis.sentence(holding: draft.cue.head),
            analysis.sentence(holding: (draft.content.last?.upperBound ?? 1) - 1))
        let isQuoted = quote(of: draft.content) != .indirect
        guard index - reach <= 1, isQuoted || draft.cue.isSpeech else { return false }
        return isQuoted || sentence.paragraph == analysis.sentences[reach].paragraph
            || analysis.is(analysis.sentences[index - 1].tokens.upperBound - 1, ":")
    }

    /// Quotations with their speaker's name behind a dash: “She is our best hope.” ― Martha Aguilar
    func signedQuotations(besides drafts: [Draft]) -> [Draft] {
        // What is said inside a quotation claims none.
        let claimed = claimed(by: drafts.filter { analysis.quotation(holding: $0.cue.head) == nil })
        return analysis.quotations.compactMap { quotation in
            let dash = quotation.tokens.upperBound
            guard dash + 1 < tokens.count, quotation.tokens.count > 3,
                tokens[dash].shape.contains(.dash) || analysis.is(dash, anyOf: "-", "--"),
                !quotation.tokens.contains(where: { claimed[$0] })
            else { return nil }
            // The name ends with its line, or where the next quotation opens.
            var end = dash + 2
            while end < tokens.count, end - dash < 20, !tokens[end].isQuote, !startsLine(end) { end += 1 }
            guard end == tokens.count || tokens[end].isQuote || startsLine(end) else { return nil }
            while end > dash + 1, tokens[end - 1].isPunctuation { end -= 1 }
            let name = dash + 1..<end
            guard !name.isEmpty, name.count <= 16, tokens[name.lowerBound].isCapitalized,
                !name.contains(where: { tokens[$0].tag == .verb })
            else { return nil }
            return Draft(cue: Cue(tokens: dash..<dash + 1, head: dash), source: name, content: [quotation.tokens])
        }
    }

    /// Whether a line breaks before a token.
    private func startsLine(_ index: Int) -> Bool {
        analysis.story.bytes[Int(tokens[index - 1].end)..<Int(tokens[index].start)].contains(UInt8(ascii: "\n"))
    }

    /// How much of the content stands in quotation marks.
    func quote(of content: [Range<Int>]) -> Attribution.Quote {
        var quoted = 0
        var all = 0
        for range in content {
            for index in range where !tokens[index].isPunctuation {
                all += 1
                if analysis.quotation(holding: index) != nil { quoted += 1 }
            }
        }
        return quoted == 0 ? .indirect : quoted == all ? .direct : .mixed
    }

    /// The attribution whose content most closely holds each one's cue.
    static func parents(of drafts: [Draft]) -> [Int?] {
        drafts.indices.map { child in
            let cue = drafts[child].cue.head
            var best: Int?
            var size = Int.max
            // What holds a cue stands near it: no need to look through the whole story.
            for other in max(0, child - 64)..<min(drafts.count, child + 65) where other != child {
                for range in drafts[other].content where range.contains(cue) && range.count < size {
                    best = other
                    size = range.count
                }
            }
            return best
        }
    }

    /// How many attributions stand between the story and a content.
    static func depth(of index: Int, _ parents: [Int?]) -> Int {
        var depth = 1
        var at = parents[index]
        while let parent = at, depth < 8 {
            depth += 1
            at = parents[parent]
        }
        return depth
    }
}
