internal import Language
internal import Stories

/// What a source does with its content, by cue and content together; how sure it is, and whether it says that something is
/// not so.
struct Stances {
    let analysis: Analysis
    private var tokens: [Token] { analysis.tokens }

    /// The axes of what is said.
    struct Modality {
        var stance: Attribution.Stance
        var certainty: Attribution.Certainty
        var polarity: Attribution.Polarity
    }

    func modality(of draft: Draft) -> Modality {
        let stance = stance(of: draft)
        guard let content = draft.content.first else {
            return Modality(stance: stance, certainty: .certain, polarity: .positive)
        }
        let root = root(of: content)
        let isSaid = stance == .assert || stance == .confirm
        let isNot = stance == .deny || isSaid && isNegated(root, in: content)
        return Modality(
            stance: stance, certainty: certainty(of: draft, stance, root, content),
            polarity: isNot ? .negative : .positive)
    }

    private func stance(of draft: Draft) -> Attribution.Stance {
        guard draft.cue.stance == .assert, let content = draft.content.first else { return draft.cue.stance }
        if let stance = byContent(content) { return stance }
        // "told him to leave", "plans to run"; what one claims or seems to do is asserted.
        if content.count > 1, analysis.is(content.lowerBound, "to"), tokens[content.lowerBound + 1].tag == .verb,
            !analysis.is(
                draft.cue.head, anyOf: "claim", "claims", "claimed", "claiming", "believed", "said", "reported",
                "thought",
                "known", "alleged", "appears", "appeared", "seems", "seemed", "expected")
        {
            return .intend
        }
        return .assert
    }

    /// `reports … were disinformation` denies, `… was broadly correct` confirms, `he had nothing to add` declines.
    private func byContent(_ content: Range<Int>) -> Attribution.Stance? {
        let root = root(of: content)
        if analysis.is(
            root, anyOf: "denied", "denies", "deny", "rejected", "rejects", "reject", "dismissed", "dismisses",
            "refuted")
        {
            return isNegated(root, in: content) ? nil : .deny
        }
        let end = min(content.upperBound, content.lowerBound + 60)
        for index in content.lowerBound..<end {
            if analysis.is(
                index, anyOf: "disinformation", "untrue", "baseless", "unfounded", "fabricated", "nonsense", "false",
                "groundless", "unsubstantiated"),
                hasBe(before: index, from: content.lowerBound) || analysis.is(index, "disinformation")
            {
                return .deny
            }
            if analysis.is(index, anyOf: "correct", "true", "accurate"), hasBe(before: index, from: content.lowerBound)
            {
                return hasNegation(before: index, from: content.lowerBound) ? .deny : .confirm
            }
            let isNothing = analysis.is(index, anyOf: "nothing", "no")
            if isNothing, index + 1 < end {
                if analysis.is(index + 1, "to"), index + 2 < end, analysis.is(index + 2, anyOf: "add", "say") {
                    return .decline
                }
                if analysis.is(index + 1, anyOf: "comment", "information", "knowledge") { return .decline }
                if analysis.is(index + 1, anyOf: "evidence", "truth", "basis", "involvement") { return .deny }
            }
            if analysis.is(index, anyOf: "declined", "refused"), index - content.lowerBound < 4 { return .decline }
        }
        return nil
    }

    private func hasBe(before index: Int, from start: Int) -> Bool {
        (max(start, index - 4)..<index).contains {
            analysis.is(
                $0, anyOf: "is", "was", "were", "are", "be", "been", "'s", "being", "remain", "remained", "remains")
        }
    }

    private func hasNegation(before index: Int, from start: Int) -> Bool {
        (max(start, index - 4)..<index).contains { tokens[$0].isIn(.negation) }
    }

    // MARK: The main word of what is said

    /// The word that the rest of the content hangs on, verbs first.
    private func root(of content: Range<Int>) -> Int {
        let tops = content.filter { !content.contains(Int(tokens[$0].head)) && !tokens[$0].isPunctuation }
        return tops.first { tokens[$0].tag == .verb || tokens[$0].tag == .auxiliary } ?? tops.first
            ?? content.lowerBound
    }

    /// Whether the main word is negated itself, or by the `no one` that is its subject or object.
    private func isNegated(_ root: Int, in content: Range<Int>) -> Bool {
        content.contains { index in
            guard tokens[index].isIn(.negation) else { return false }
            let head = Int(tokens[index].head)
            if head == root { return true }
            // "no one had died", "none of them had died", "found no evidence"
            guard content.contains(head), Int(tokens[head].head) == root else { return false }
            return [.subject, .passiveSubject, .object, .clausalSubject].contains(tokens[head].relation)
                && tokens[index].relation == .determiner
        }
    }

    private func certainty(
        of draft: Draft, _ stance: Attribution.Stance, _ root: Int, _ content: Range<Int>
    ) -> Attribution.Certainty {
        if stance == .decline || stance == .question || stance == .intend { return .unspecified }
        var certainty = Attribution.Certainty.certain
        for index in content where index == root || Int(tokens[index].head) == root {
            if analysis.is(index, anyOf: "may", "might", "could", "possibly", "perhaps", "maybe", "possible") {
                return .possible
            }
            if analysis.is(
                index, anyOf: "probably", "likely", "presumably", "believed", "thought", "presumed", "feared",
                "suspected",
                "apparently", "expected", "estimated", "should")
            {
                certainty = .probable
            }
        }
        if draft.cue.tokens.contains(where: { analysis.is($0, anyOf: "may", "might", "could") }) { return .possible }
        let head = draft.cue.head
        if certainty == .certain,
            analysis.is(
                head, anyOf: "believe", "believes", "believed", "think", "thinks", "thought", "suspect", "suspects",
                "suspected",
                "fear", "fears", "feared", "estimate", "estimates", "estimated", "assume", "assumes", "assumed",
                "guess",
                "expect", "expects", "expected", "suggest", "suggests", "suggested")
        {
            return .probable
        }
        return certainty
    }
}
