internal import Language
internal import Stories

/// Finds attributions by the tree: verbs and adjectives whose frame, as `Data/lists/cue-frame.txt` has it, ties a source to
/// what it says, thinks or wants.
///
/// What the rules over words have found already is left to them.
struct FrameFinder {
    let analysis: Analysis
    private var tokens: [Token] { analysis.tokens }

    /// What of the tree holds the content of a cue; the number is that of its bit in the list.
    private enum Frame: Int, CaseIterable {
        case clause, infinitive, object, `for`, about, on, to, against, of, with, `as`, `in`, at, over

        /// The word that leads to the content, of the frames that have one.
        var preposition: StaticString? {
            switch self {
            case .clause, .infinitive, .object: nil
            case .for: "for"
            case .about: "about"
            case .on: "on"
            case .to: "to"
            case .against: "against"
            case .of: "of"
            case .with: "with"
            case .as: "as"
            case .in: "in"
            case .at: "at"
            case .over: "over"
            }
        }
    }

    /// The bit of the list that says that a word is an adjective.
    private static let adjective = 1 << 16

    /// The attributions of a sentence: those that the rules over words found, mended, and those that they lack.
    ///
    /// - Complexity: O(*n* · *c*) in the tokens of the sentence and its cues.
    func drafts(in sentence: Int, found: [Draft]) -> [Draft] {
        let range = analysis.sentences[sentence].tokens
        let candidates = range.filter {
            // What stands in quotation marks are others' words.
            tokens[$0].isIn(.cueFrame) && isPredicate($0) && analysis.quotation(holding: $0) == nil
        }
        guard !candidates.isEmpty || !found.isEmpty else { return [] }
        let tree = SentenceTree(tokens: tokens, range: range)
        var drafts = found.map { mended($0, tree) }
        for head in candidates where !drafts.contains(where: { $0.holds(head) }) {
            if let draft = draft(head, tree, sentence),
                !drafts.prefix(found.count).contains(where: { $0.overlaps(draft) })
            {
                drafts.append(draft)
            }
        }
        return drafts
    }

    /// An attribution of the rules over words with what the tree knows better: who the subject of its verb is, and that its
    /// content is the clause before it: "They will go, he said after the meeting broke up."
    private func mended(_ draft: Draft, _ tree: SentenceTree) -> Draft {
        guard draft.cue.form == .verb else { return draft }
        let head = draft.cue.head
        var mended = draft
        if let source = draft.source, !draft.borrowed, let subject = tree.child(of: head, [.subject]) {
            let own = trimmed(withoutRelative(subject, tree))
            if !own.isEmpty, !own.overlaps(source), !own.contains(head),
                !draft.content.contains(where: { $0.overlaps(own) })
            {
                mended.source = own
            }
        }
        if let clause = tree.child(of: head, [.clausalComplement]), clause < head, draft.content.count == 1,
            let first = draft.content.first, first.lowerBound > head, !tokens[first.lowerBound].isQuote
        {
            let content = trimmed(tree.stretch(of: clause))
            if !content.contains(head), !content.overlaps(draft.cue.tokens),
                mended.source.map({ !$0.overlaps(content) }) ?? true
            {
                mended.content = [content]
            }
        }
        return mended
    }

    private func isPredicate(_ index: Int) -> Bool {
        guard let value = analysis.value(of: index, in: .cueFrame) else { return false }
        return tokens[index].tag == (value & FrameFinder.adjective == 0 ? .verb : .adjective)
    }

    private func draft(_ head: Int, _ tree: SentenceTree, _ sentence: Int) -> Draft? {
        guard let value = analysis.value(of: head, in: .cueFrame), let (frame, holder) = frame(of: head, tree),
            value & 1 << frame.rawValue != 0
        else { return nil }
        var cue = group(head, tree)
        var content = tree.stretch(of: holder)
        if let preposition = frame.preposition {
            guard content.lowerBound < content.upperBound,
                let word = content.first(where: { analysis.is($0, preposition) })
            else { return nil }
            // "called for", "is opposed to": the preposition is the cue's.
            if word == cue.upperBound { cue = cue.lowerBound..<word + 1 }
            content = word + 1..<max(word + 1, content.upperBound)
        }
        if frame == .infinitive, let object = tree.child(of: head, [.object]), !takesHearer(head) {
            // "called Trump a liar"
            let whole = tree.stretch(of: object)
            if whole.lowerBound < content.lowerBound { content = whole.lowerBound..<content.upperBound }
        }
        content = trimmed(content)
        guard !content.isEmpty, !content.overlaps(cue) else { return nil }
        let source = source(of: head, tree)
        if let source {
            guard !source.isEmpty, !source.overlaps(content), !source.overlaps(cue), !isThing(source) else {
                return nil
            }
        } else if !tree.hasChild(of: head, [.expletive, .passiveSubject]) {
            return nil
        }
        let listed = analysis.value(of: head, in: .cueVerb).map(Cue.decode)
        return Draft(
            cue: Cue(
                form: source == nil ? .impersonal : .verb, head: head, tokens: cue, stance: listed?.stance ?? .assert,
                complement: listed?.complement ?? .thought), source: source, content: [content], sentence: sentence)
    }

    private func takesHearer(_ head: Int) -> Bool {
        analysis.value(of: head, in: .cueVerb).map { Cue.decode($0).complement.contains(.hearer) } ?? false
    }

    /// The frame that a word stands in, and the head of what holds the content.
    private func frame(of head: Int, _ tree: SentenceTree) -> (Frame, Int)? {
        if let clause = tree.child(of: head, [.clausalComplement]) { return (.clause, clause) }
        if let clause = tree.child(of: head, [.openClausalComplement]) { return (.infinitive, clause) }
        if tree.hasChild(of: head, [.passiveSubject, .passiveAuxiliary]) {
            // "the bill was backed by two senators"
            guard tree.hasChild(of: head, [.agent]), let subject = tree.child(of: head, [.passiveSubject]) else {
                return nil
            }
            return (.object, subject)
        }
        if let object = tree.child(of: head, [.object]) { return (.object, object) }
        for child in tree.children(of: head) where child > head {
            guard tokens[child].relation == .oblique || tokens[child].relation == .adverbialClause else { continue }
            for part in tree.children(of: child)
            where tokens[part].relation == .caseMarker || tokens[part].relation == .clauseMarker {
                let led = Frame.allCases.first { frame in frame.preposition.map { analysis.is(part, $0) } ?? false }
                if let led { return (led, child) }
            }
        }
        return nil
    }

    /// A cue's tokens: the word with the auxiliaries, negations and adverbs before it, and its particle.
    private func group(_ head: Int, _ tree: SentenceTree) -> Range<Int> {
        let own: [Relation] = [.auxiliary, .passiveAuxiliary, .copula, .adverbialModifier]
        var first = head
        while first > tree.range.lowerBound, Int(tokens[first - 1].head) == head,
            own.contains(tokens[first - 1].relation)
        {
            first -= 1
        }
        // A time or a conjunction before the verb stands outside.
        while first < head, tokens[first].relation == .adverbialModifier, tokens[first].isIn(.timeWord) { first += 1 }
        var end = head + 1
        if end < tree.range.upperBound, Int(tokens[end].head) == head, tokens[end].relation == .verbParticle {
            end += 1
        }
        return first..<end
    }

    /// Who says or thinks it: the subject, that of the verb which this one is joined to, or the agent of a passive.
    private func source(of head: Int, _ tree: SentenceTree) -> Range<Int>? {
        if tree.hasChild(of: head, [.passiveSubject, .passiveAuxiliary]) {
            return tree.child(of: head, [.agent]).map { agent in
                let stretch = tree.stretch(of: agent)
                return trimmed(
                    analysis.is(stretch.lowerBound, "by") ? stretch.lowerBound + 1..<stretch.upperBound : stretch)
            }
        }
        var at = head
        for _ in 0..<4 {
            if let subject = tree.child(of: at, [.subject]) { return trimmed(withoutRelative(subject, tree)) }
            let up = Int(tokens[at].head)
            guard up >= 0 else { return nil }
            switch tokens[at].relation {
            case .conjunct, .openClausalComplement, .adverbialClause: at = up
            // "the senator backing the bill"
            case .adnominalClause:
                return trimmed(tree.range.lowerBound <= up ? tree.nominal(of: up, before: head) : up..<up + 1)
            default: return nil
            }
        }
        return nil
    }

    /// A subject's stretch; a relative clause behind it stands outside.
    private func withoutRelative(_ subject: Int, _ tree: SentenceTree) -> Range<Int> {
        let whole = tree.stretch(of: subject)
        guard let clause = tree.child(of: subject, [.relativeClause]), clause > subject else { return whole }
        let start = tree.stretch(of: clause).lowerBound
        return start > subject ? whole.lowerBound..<start : whole
    }

    /// A thing cannot say anything: "this", "there", "which".
    private func isThing(_ source: Range<Int>) -> Bool {
        source.count == 1
            && analysis.is(source.lowerBound, anyOf: "there", "this", "that", "which", "what", "you", "one")
    }

    /// Without punctuation at the edges, quotation marks excepted.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (first, end) = (range.lowerBound, range.upperBound)
        while first < end, tokens[first].isPunctuation, !tokens[first].isQuote { first += 1 }
        while first < end, tokens[end - 1].isPunctuation, !tokens[end - 1].isQuote { end -= 1 }
        return first..<end
    }
}

extension Draft {
    /// Whether a token is part of the attribution's cue or content.
    fileprivate func holds(_ index: Int) -> Bool {
        cue.tokens.contains(index) || cue.more?.contains(index) == true || content.contains { $0.contains(index) }
    }

    fileprivate func overlaps(_ other: Draft) -> Bool {
        cue.tokens.overlaps(other.cue.tokens) || source.map { $0.overlaps(other.cue.tokens) } == true
    }
}

/// The tree of one sentence, downwards.
struct SentenceTree {
    let range: Range<Int>
    private let tokens: [Token]
    private var first: [Int32]
    private var next: [Int32]
    private var stretches: [Range<Int>]

    /// The tree over the tokens in `range`.
    ///
    /// - Complexity: O(*n* · *d*) in tokens and the tree's depth.
    init(tokens: [Token], range: Range<Int>) {
        self.tokens = tokens
        self.range = range
        first = [Int32](repeating: -1, count: range.count)
        next = first
        stretches = range.map { $0..<$0 + 1 }
        for index in range.reversed() {
            let head = Int(tokens[index].head)
            guard range.contains(head) else { continue }
            next[index - range.lowerBound] = first[head - range.lowerBound]
            first[head - range.lowerBound] = Int32(index)
        }
        for index in range {
            var at = Int(tokens[index].head)
            var steps = 0
            while range.contains(at), steps < range.count {
                let own = stretches[at - range.lowerBound]
                stretches[at - range.lowerBound] = min(own.lowerBound, index)..<max(own.upperBound, index + 1)
                at = Int(tokens[at].head)
                steps += 1
            }
        }
    }

    /// A token's dependents, from left to right.
    func children(of head: Int) -> [Int] {
        var children: [Int] = []
        var at = first[head - range.lowerBound]
        while at >= 0 {
            children.append(Int(at))
            at = next[Int(at) - range.lowerBound]
        }
        return children
    }

    /// The first dependent of one of these relations.
    func child(of head: Int, _ relations: [Relation]) -> Int? {
        children(of: head).first { relations.contains(tokens[$0].relation) }
    }

    /// Whether a token has a dependent of one of these relations.
    func hasChild(of head: Int, _ relations: [Relation]) -> Bool { child(of: head, relations) != nil }

    /// From the first to the last token that hang on a token, itself one of them.
    func stretch(of index: Int) -> Range<Int> { stretches[index - range.lowerBound] }

    /// The part of a noun's stretch that stands before `end`.
    func nominal(of index: Int, before end: Int) -> Range<Int> {
        let whole = stretch(of: index)
        return whole.lowerBound..<max(index + 1, min(whole.upperBound, end))
    }
}
