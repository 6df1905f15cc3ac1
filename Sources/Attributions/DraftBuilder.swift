internal import Language
internal import Stories

/// Ties cues to their sources and contents.
struct DraftBuilder {
    let analysis: Analysis
    private let phrases: PhraseFinder
    private var tokens: [Token] { analysis.tokens }

    init(analysis: Analysis) {
        self.analysis = analysis
        phrases = PhraseFinder(analysis: analysis)
    }

    /// The attributions of one sentence, in the order of their cues.
    func drafts(of cues: [Cue], sentence index: Int) -> [Draft] {
        let range = analysis.sentences[index].tokens
        var drafts: [Draft] = []
        for (position, cue) in cues.enumerated() {
            let later = cues[(position + 1)...]
            switch cue.form {
            case .verb, .quoted, .impersonal:
                if let draft = verb(cue, range, index, earlier: drafts, later: later) { drafts.append(draft) }
            case .participle:
                if let draft = participle(cue, range, index, earlier: drafts, later: later) { drafts.append(draft) }
            case .phrase:
                if let draft = phrase(cue, range, index, later: later) { drafts.append(draft) }
            case .colon:
                if let draft = colon(cue, range, index) { drafts.append(draft) }
            }
        }
        return drafts
    }

    // MARK: Verbs

    private func verb(
        _ cue: Cue, _ range: Range<Int>, _ sentence: Int, earlier: [Draft], later: ArraySlice<Cue>
    ) -> Draft? {
        let clause = clauseStart(before: cue.tokens.lowerBound, in: range)
        var source: Range<Int>?
        var borrowed = false
        let first = cue.tokens.lowerBound
        if cue.form != .impersonal {
            // "…," said the minister.
            if cue.form == .verb, let inverted = inverted(cue, range) {
                guard let content = contentBefore(first, range) else { return nil }
                return Draft(
                    cue: cue, source: inverted, content: content + contentResumed(behind: inverted.upperBound, range),
                    sentence: sentence)
            }
            if first > range.lowerBound, analysis.is(first - 1, anyOf: "who", "which", "that"),
                tokens[first - 1].tag != .determiner
            {
                source = phrases.relative(at: first - 1, from: range.lowerBound)
                if source == nil { return nil }
            } else {
                source = phrases.subject(before: first, from: clause)
            }
            if source == nil, let previous = earlier.last(where: { $0.source != nil }),
                joinsPredicate(first, previous, range)
            {
                // "declined to comment or denied having patients": the subject of the verb before.
                source = previous.source
                borrowed = true
            }
        }
        guard source != nil || cue.form == .impersonal else { return nil }
        if let source, isUnlikelySource(source) { return nil }

        var content: [Range<Int>] = []
        let opening = source?.lowerBound ?? cue.tokens.lowerBound
        let quotedBefore =
            cue.complement.contains(.speech) && source != nil && opening > range.lowerBound
                && tokens[opening - 1].isQuote
            ? contentBefore(opening, range) : nil
        if let quotedBefore {
            // "…," she said in a speech that …; "…," she said, "…".
            content = quotedBefore + contentResumed(behind: end(of: cue), range)
        } else if let after = contentAfter(cue, range, later: later) {
            content = after
        } else if cue.complement.contains(.speech) || cue.form == .quoted, let source,
            let before = contentBefore(source.lowerBound, range)
        {
            content = before + contentResumed(behind: end(of: cue), range)
        } else if endsWithColon(cue, range), let quotation = nextQuotation(after: range.upperBound) {
            content = [quotation]
        }
        guard !content.isEmpty else { return nil }
        return Draft(cue: cue, source: source, content: content, sentence: sentence, borrowed: borrowed)
    }

    private func end(of cue: Cue) -> Int { max(cue.tokens.upperBound, cue.more?.upperBound ?? 0) }

    /// A thing or a time cannot say anything; a pronoun `it` before `be` is no source.
    private func isUnlikelySource(_ source: Range<Int>) -> Bool {
        guard source.count == 1 else { return false }
        return analysis.is(source.lowerBound, anyOf: "there", "this", "that", "what", "to", "as", "you", "one")
            || tokens[source.lowerBound].tag == .numeral
    }

    /// Where the clause that holds `index` begins: behind a conjunction with a comma, a quotation, a semicolon, a
    /// subordinator.
    private func clauseStart(before index: Int, in range: Range<Int>) -> Int {
        var at = index - 1
        while at >= range.lowerBound {
            if analysis.is(at, anyOf: ";", ":") || tokens[at].isQuote { return at + 1 }
            if analysis.is(
                at, anyOf: "that", "because", "although", "though", "while", "whereas", "if", "whether", "when", "but",
                "after", "before", "since", "until", "as"),
                tokens[at].tag == .subordinatingConjunction || tokens[at].tag == .coordinatingConjunction
                    || analysis.is(at, anyOf: "but", "while", "because", "although")
            {
                return at + 1
            }
            if analysis.is(at, "and"), at > range.lowerBound, analysis.is(at - 1, ",") { return at + 1 }
            at -= 1
        }
        return range.lowerBound
    }

    /// The source behind an inverted verb: `said Naumkin`, `said a source who …`; nil where the verb is not inverted.
    private func inverted(_ cue: Cue, _ range: Range<Int>) -> Range<Int>? {
        guard
            cue.complement.contains(.speech)
                || analysis.is(cue.head, anyOf: "added", "told", "wrote", "asked", "shouted")
        else { return nil }
        guard cue.tokens.count == 1, cue.head > range.lowerBound, cue.head + 1 < range.upperBound else { return nil }
        let before = cue.head - 1
        guard analysis.is(before, ",") || tokens[before].isQuote || tokens[before].shape.contains(.dash) else {
            return nil
        }
        let next = cue.head + 1
        guard !analysis.is(next, anyOf: "that", "it", "they", "he", "she", "there", "in", "on", ",", ":"),
            !tokens[next].isQuote
        else { return nil }
        guard let source = phrases.phrase(startingAt: next, before: range.upperBound) else { return nil }
        // The source must end the clause: "said officials would" is no inversion.
        let end = source.upperBound
        guard
            end >= range.upperBound || tokens[end].isPunctuation || tokens[end].tag == .adposition
                || tokens[end].isIn(.weekday) || tokens[end].tag == .adverb
                || tokens[end].tag == .coordinatingConjunction || tokens[end].isIn(.timeWord)
        else { return nil }
        return source
    }

    private func joinsPredicate(_ first: Int, _ previous: Draft, _ range: Range<Int>) -> Bool {
        guard first > range.lowerBound else { return false }
        return analysis.is(first - 1, anyOf: "and", "or", "but", ",")
            || first - 2 >= range.lowerBound && analysis.is(first - 1, anyOf: "either", "then", "also")
    }

    // MARK: Participles

    private func participle(
        _ cue: Cue, _ range: Range<Int>, _ sentence: Int, earlier: [Draft], later: ArraySlice<Cue>
    ) -> Draft? {
        if analysis.is(cue.head, "citing") {
            // The source is what is cited; what it says is the content of the attribution before, else the clause.
            guard let source = phrases.phrase(startingAt: cue.tokens.upperBound, before: range.upperBound) else {
                return nil
            }
            guard let content = earlier.last?.content ?? clauseBefore(cue.tokens.lowerBound, range).map({ [$0] }) else {
                return nil
            }
            return Draft(cue: cue, source: source, content: content, sentence: sentence)
        }
        guard let content = contentAfter(cue, range, later: later) else { return nil }
        if let source = earlier.last(where: { $0.source != nil })?.source {
            return Draft(cue: cue, source: source, content: content, sentence: sentence, borrowed: true)
        }
        guard let subject = mainSubject(in: range, before: cue.tokens.lowerBound) else { return nil }
        return Draft(cue: cue, source: subject, content: content, sentence: sentence)
    }

    /// The subject of a sentence's main clause: the noun phrase before its first verb.
    private func mainSubject(in range: Range<Int>, before end: Int) -> Range<Int>? {
        for index in range.lowerBound..<end
        where (tokens[index].tag == .verb || tokens[index].tag == .auxiliary) && index > range.lowerBound {
            if let subject = phrases.subject(before: index, from: range.lowerBound) { return subject }
        }
        return nil
    }

    // MARK: Phrases and colons

    private func phrase(_ cue: Cue, _ range: Range<Int>, _ sentence: Int, later: ArraySlice<Cue>) -> Draft? {
        guard let source = phrases.phrase(startingAt: cue.tokens.upperBound, before: range.upperBound) else {
            return nil
        }
        let before = clauseBefore(cue.tokens.lowerBound, range)
        if let before, before.contains(where: { tokens[$0].tag == .verb || tokens[$0].tag == .auxiliary }) {
            // "…, where, according to X, …": a clause opens before the phrase, and the content follows it.
            let opens = cue.tokens.lowerBound - 1
            if analysis.is(opens, ","), opens - 1 > range.lowerBound,
                analysis.is(opens - 1, anyOf: "where", "that", "which", "and", "but", "because", "when", "who")
            {
                return behind(source, cue, range, sentence, later: later)
            }
            return Draft(cue: cue, source: source, content: [before], sentence: sentence)
        }
        return behind(source, cue, range, sentence, later: later)
    }

    private func behind(_ source: Range<Int>, _ cue: Cue, _ range: Range<Int>, _ sentence: Int, later: ArraySlice<Cue>)
        -> Draft?
    {
        var start = source.upperBound
        while start < range.upperBound, tokens[start].isPunctuation, !tokens[start].isQuote { start += 1 }
        let end = contentEnd(from: start, range, later: later)
        guard start < end else { return nil }
        return Draft(cue: cue, source: source, content: [start..<end], sentence: sentence)
    }

    private func colon(_ cue: Cue, _ range: Range<Int>, _ sentence: Int) -> Draft? {
        let before = range.lowerBound..<cue.head
        let behind = cue.head + 1..<range.upperBound
        guard !before.isEmpty, !behind.isEmpty else { return nil }
        let (source, content) = behind.count <= 5 && behind.count < before.count ? (behind, before) : (before, behind)
        return Draft(cue: cue, source: source, content: [content], sentence: sentence)
    }

    /// The stretch from the start of the sentence, or of the quotation it goes back to, up to the comma before `index`.
    private func clauseBefore(_ index: Int, _ range: Range<Int>) -> Range<Int>? {
        var end = index
        while end > range.lowerBound, tokens[end - 1].isPunctuation, !tokens[end - 1].isQuote,
            !analysis.is(end - 1, ")")
        { end -= 1 }
        var start = range.lowerBound
        // "But …", "Meanwhile, …" stand outside.
        if start < end, analysis.is(start, anyOf: "but", "and", "yet", "however", "meanwhile"), end - start > 3 {
            start += 1
            if start < end, analysis.is(start, ",") { start += 1 }
        }
        return start < end ? start..<end : nil
    }

    // MARK: Contents

    /// What stands before a source or an inverted verb, from the start of the sentence or of its quotation.
    private func contentBefore(_ index: Int, _ range: Range<Int>) -> [Range<Int>]? {
        guard index > range.lowerBound else { return nil }
        let last = index - 1
        guard
            analysis.is(last, ",") || tokens[last].isQuote || tokens[last].shape.contains(.dash)
                || tokens[last].shape.contains(.terminal)
        else { return nil }
        var end = last
        if tokens[last].isQuote { end = last + 1 }
        if let quotation = analysis.quotation(holding: end - 1), tokens[end - 1].isQuote {
            let quoted = analysis.quotations[quotation].tokens
            guard quoted.lowerBound < end else { return nil }
            let start = quoted.lowerBound <= range.lowerBound ? quoted.lowerBound : sentenceStartKeeping(quoted, range)
            return [start..<end]
        }
        guard let clause = clauseBefore(index, range), clause.count >= 2 else { return nil }
        guard clause.contains(where: { tokens[$0].tag == .verb || tokens[$0].tag == .auxiliary || tokens[$0].isQuote })
        else { return nil }
        return [clause]
    }

    /// Where the content starts when its quotation begins amid the sentence: at the sentence's start if the words before
    /// the quotation are part of the clause.
    private func sentenceStartKeeping(_ quoted: Range<Int>, _ range: Range<Int>) -> Int {
        let before = quoted.lowerBound - 1
        return tokens[before].isPunctuation ? quoted.lowerBound : range.lowerBound
    }

    /// Content that goes on behind the source: `…,” he said, “…`, or in the next sentence, wholly in quotation marks.
    private func contentResumed(behind index: Int, _ range: Range<Int>) -> [Range<Int>] {
        var at = index
        while at < range.upperBound, at - index < 24 {
            if tokens[at].isQuote, let quotation = analysis.quotation(holding: at),
                analysis.quotations[quotation].tokens.lowerBound == at
            {
                return [analysis.quotations[quotation].tokens]
            }
            at += 1
        }
        return []
    }

    /// What stands behind a cue.
    private func contentAfter(_ cue: Cue, _ range: Range<Int>, later: ArraySlice<Cue>) -> [Range<Int>]? {
        var start = end(of: cue)
        guard start < range.upperBound else { return nil }
        if cue.complement.contains(.hearer) { start = skipHearer(from: start, range) }
        start = skipCircumstance(from: start, range)
        guard start < range.upperBound else { return nil }
        // A comma or colon before the content.
        var punctuated = false
        if analysis.is(start, anyOf: ",", ":"), start + 1 < range.upperBound {
            let isColon = analysis.is(start, ":")
            if !isColon, !tokens[start + 1].isQuote { return nil }
            start += 1
            punctuated = true
        }
        let end = contentEnd(from: start, range, later: later)
        guard start < end else { return nil }
        let first = tokens[start]
        if first.isQuote, let quotation = analysis.quotation(holding: start) {
            let quoted = analysis.quotations[quotation].tokens
            if quoted.upperBound >= end || quoted.upperBound >= range.upperBound
                || tokens[quoted.upperBound].isPunctuation
            {
                return [start..<max(quoted.upperBound, start + 1)]
            }
            return [start..<end]
        }
        if punctuated { return [start..<end] }
        let isThat = analysis.is(start, anyOf: "that", "whether", "if", "how", "why", "what", "who", "where", "when")
        if isThat, !cue.complement.isDisjoint(with: [.speech, .thought, .weak, .hearer]) || cue.form == .impersonal {
            return [start..<end]
        }
        if cue.complement.contains(.infinitive) || cue.stance == .decline || cue.stance == .intend
            || cue.form == .impersonal
        {
            if analysis.is(start, "to"),
                tokens[start].tag == .particle || start + 1 < end && tokens[start + 1].tag == .verb
            {
                return [start..<end]
            }
            // "urged Moscow to": the hearer, then the infinitive.
            if cue.complement.contains(.hearer),
                let to = (start..<min(start + 8, end)).first(where: {
                    analysis.is($0, "to") && tokens[$0].tag == .particle
                })
            {
                return [to..<end]
            }
        }
        if !cue.complement.isDisjoint(with: [.speech, .thought]) || cue.form == .quoted {
            return hasVerb(start..<end)
                ? [start..<end] : cue.form == .quoted || first.tag == .verb ? [start..<end] : nil
        }
        if cue.complement.contains(.nounPhrase) {
            return first.tag != .adposition && !first.isPunctuation && end - start >= 1 ? [start..<end] : nil
        }
        if cue.complement.contains(.weak),
            analysis.is(start, "there") || first.tag == .pronoun && hasVerb(start + 1..<min(start + 3, end))
        {
            return [start..<end]
        }
        return nil
    }

    private func hasVerb(_ range: Range<Int>) -> Bool {
        range.contains { tokens[$0].tag == .verb || tokens[$0].tag == .auxiliary }
    }

    /// Skips whom the cue speaks to: `told Reuters`, `told a news conference`, `told him`.
    private func skipHearer(from start: Int, _ range: Range<Int>) -> Int {
        guard start < range.upperBound, !tokens[start].isPunctuation, !analysis.is(start, "that") else { return start }
        for index in start..<min(start + 14, range.upperBound) {
            if analysis.is(index, "that"), tokens[index].tag != .determiner || index > start { return index }
            if tokens[index].isPunctuation, !analysis.is(index, "-") { break }
        }
        guard let hearer = phrases.phrase(startingAt: start, before: range.upperBound) else { return start }
        // A hearer is one name, one pronoun, or a short phrase; what follows must still hold a clause.
        let isSimple =
            tokens[start].isIn(.personPronoun)
            || analysis.is(start, anyOf: "him", "her", "them", "me", "us", "reporters", "journalists")
            || analysis.name(holding: start) != nil
        var end = hearer.upperBound
        if isSimple {
            if let name = analysis.name(holding: start) {
                end = analysis.names[name].tokens.upperBound
            } else {
                end = start + 1
            }
        }
        return end < range.upperBound ? end : start
    }

    /// Skips when and where a thing was said: `on Wednesday`, `last week`, `in a statement on Monday`, `earlier`.
    private func skipCircumstance(from start: Int, _ range: Range<Int>) -> Int {
        var at = start
        while at < range.upperBound {
            if tokens[at].isIn(.weekday)
                || analysis.is(
                    at, anyOf: "earlier", "later", "yesterday", "today", "separately", "repeatedly", "publicly",
                    "afterwards", "afterward")
            {
                at += 1
                if at < range.upperBound, tokens[at].isIn(.dayPart) { at += 1 }
                continue
            }
            if analysis.is(at, anyOf: "last", "this", "late", "early", "next"), at + 1 < range.upperBound,
                tokens[at + 1].isIn(.timeUnit) || tokens[at + 1].isIn(.weekday) || tokens[at + 1].isIn(.month)
            {
                at += 2
                continue
            }
            if tokens[at].tag == .adposition,
                analysis.is(
                    at, anyOf: "on", "in", "at", "during", "after", "before", "from", "via", "through", "to", "by",
                    "of", "about")
            {
                guard let phrase = phrases.phrase(startingAt: at + 1, before: range.upperBound), phrase.count <= 9,
                    phrase.upperBound < range.upperBound
                else { return at }
                // Only where a clause still follows.
                let next = phrase.upperBound
                guard
                    analysis.is(
                        next, anyOf: "that", ":", ",", "he", "she", "it", "they", "there", "his", "her", "its", "their",
                        "the", "a") || tokens[next].isQuote || tokens[next].isCapitalized
                        || tokens[next].tag == .adposition || tokens[next].tag == .determiner
                else { return at }
                at = next
                continue
            }
            return at
        }
        return at
    }

    /// Where content that begins at `start` ends: with the sentence, or before the next clause that speaks for itself.
    private func contentEnd(from start: Int, _ range: Range<Int>, later: ArraySlice<Cue>) -> Int {
        var end = range.upperBound
        while end > start,
            tokens[end - 1].shape.contains(.terminal) || analysis.is(end - 1, ":") || analysis.is(end - 1, ",")
        { end -= 1 }
        for cue in later where cue.tokens.lowerBound > start {
            let first = cue.tokens.lowerBound
            var cut: Int?
            switch cue.form {
            case .participle where analysis.is(first - 1, ","): cut = first - 1
            case .phrase where analysis.is(first - 1, ","):
                // ", according to X" ends what X says, and that holds for what is nested in it too.
                cut = first - 1
            case .verb:
                guard let source = phrases.subject(before: first, from: clauseStart(before: first, in: range)) else {
                    break
                }
                let before = source.lowerBound - 1
                guard before > start else { break }
                if analysis.is(before, anyOf: "and", "but", "while", "although", "though"), before - 1 > start,
                    analysis.is(before - 1, ",") || analysis.is(before, "while")
                {
                    // A pronoun goes on with the same speaker's words as often as not: it stays.
                    if !tokens[source.lowerBound].isIn(.personPronoun) {
                        cut = analysis.is(before - 1, ",") ? before - 1 : before
                    }
                } else if analysis.is(before, anyOf: ",", ";"),
                    !hasVerb(first + 1..<min(first + 3, range.upperBound)) || first + 1 >= range.upperBound
                {
                    // ", officials in Washington said."
                    cut = before
                }
            default: break
            }
            if let cut, cut > start, cut < end { end = cut }
        }
        return max(end, start)
    }

    // MARK: Quotations over sentences and paragraphs

    private func endsWithColon(_ cue: Cue, _ range: Range<Int>) -> Bool {
        analysis.is(range.upperBound - 1, ":") && range.upperBound - 1 - cue.head < 30
    }

    /// The quotation that begins right at `index`.
    private func nextQuotation(after index: Int) -> Range<Int>? {
        guard index < tokens.count, tokens[index].isQuote, let quotation = analysis.quotation(holding: index) else {
            return nil
        }
        return analysis.quotations[quotation].tokens
    }

    /// Gives quotations that nobody is said to say, right behind an attribution, to its speaker: the rest of a quotation
    /// behind `he said.`, and paragraphs that are all quotation.
    func resumeQuotations(_ drafts: inout [Draft]) {
        // What is said inside a quotation claims none, and has no say in what follows it.
        let isInner = drafts.map { analysis.quotation(holding: $0.cue.head) != nil }
        let claimed = drafts.indices.filter { !isInner[$0] }.flatMap { drafts[$0].content }
        for quotation in analysis.quotations {
            guard quotation.tokens.count > 4, !claimed.contains(where: { $0.overlaps(quotation.tokens) }) else {
                continue
            }
            let index = analysis.sentence(holding: quotation.tokens.lowerBound)
            let sentence = analysis.sentences[index]
            guard sentence.part == .body, sentence.tokens.lowerBound == quotation.tokens.lowerBound, index > 0 else {
                continue
            }
            let last = analysis.sentences[analysis.sentence(holding: quotation.tokens.upperBound - 1)]
            guard last.tokens.upperBound - quotation.tokens.upperBound <= 1 else { continue }
            // The speaker of the sentence before, in this paragraph or as the last of the one before.
            guard
                let draft = drafts.indices.last(where: {
                    !isInner[$0] && drafts[$0].cue.head < quotation.tokens.lowerBound
                        && drafts[$0].content.last.map { $0.upperBound <= quotation.tokens.lowerBound } == true
                })
            else { continue }
            let reach = max(
                analysis.sentence(holding: drafts[draft].cue.head),
                analysis.sentence(holding: (drafts[draft].content.last?.upperBound ?? 1) - 1))
            guard index - reach <= 1,
                quote(of: drafts[draft].content) != .indirect
                    || sentence.paragraph == analysis.sentences[reach].paragraph
                    || analysis.is(analysis.sentences[index - 1].tokens.upperBound - 1, ":")
            else { continue }
            guard drafts[draft].cue.complement.contains(.speech) || quote(of: drafts[draft].content) != .indirect else {
                continue
            }
            drafts[draft].content.append(quotation.tokens)
        }
    }

    /// Quotations with their speaker's name behind a dash: “She is our best hope.” ― Martha Aguilar
    func signedQuotations(besides drafts: [Draft]) -> [Draft] {
        var signed: [Draft] = []
        for quotation in analysis.quotations where quotation.tokens.upperBound + 1 < tokens.count {
            let dash = quotation.tokens.upperBound
            guard tokens[dash].shape.contains(.dash) || analysis.is(dash, anyOf: "-", "--"), quotation.tokens.count > 3,
                !drafts.contains(where: { draft in draft.content.contains { $0.overlaps(quotation.tokens) } })
            else { continue }
            let index = analysis.sentence(holding: dash + 1)
            var end = analysis.sentences[index].tokens.upperBound
            let next = index + 1
            guard
                next == analysis.sentences.count || tokens[end].isQuote
                    || analysis.sentences[next].paragraph != analysis.sentences[index].paragraph
            else { continue }
            while end > dash + 1, tokens[end - 1].isPunctuation { end -= 1 }
            let name = dash + 1..<end
            guard !name.isEmpty, name.count <= 16, tokens[name.lowerBound].isCapitalized,
                !name.contains(where: { tokens[$0].tag == .verb })
            else { continue }
            let cue = Cue(form: .colon, head: dash, tokens: dash..<dash + 1, stance: .assert, complement: .speech)
            signed.append(Draft(cue: cue, source: name, content: [quotation.tokens], sentence: index))
        }
        return signed
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
                // What is cited inside another's words stands below them.
                if drafts[other].content == drafts[child].content, other < child, drafts[child].cue.form == .participle,
                    best == nil
                {
                    best = other
                }
            }
            return best
        }
    }
}
