internal import Language
internal import Stories

/// What a source does with its content, by cue and content together.
struct Stances {
    let analysis: Analysis

    func stance(of draft: Draft) -> Attribution.Stance {
        guard draft.cue.stance == .assert, let content = draft.content.first else { return draft.cue.stance }
        return byContent(content) ?? .assert
    }

    /// `reports … were disinformation` denies, `… was broadly correct` confirms, `he had nothing to add` declines.
    private func byContent(_ content: Range<Int>) -> Attribution.Stance? {
        let end = min(content.upperBound, content.lowerBound + 60)
        for index in content.lowerBound..<end {
            if analysis.is(
                index, anyOf: "disinformation", "untrue", "baseless", "unfounded", "fabricated", "nonsense", "false"),
                hasBe(before: index, from: content.lowerBound) || analysis.is(index, "disinformation")
            {
                return .deny
            }
            if analysis.is(index, anyOf: "correct", "true", "accurate"), hasBe(before: index, from: content.lowerBound)
            {
                return isNegated(before: index, from: content.lowerBound) ? .deny : .confirm
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
        for at in max(start, index - 4)..<index
        where analysis.is(at, anyOf: "is", "was", "were", "are", "be", "been", "'s", "being") { return true }
        return false
    }

    private func isNegated(before index: Int, from start: Int) -> Bool {
        for at in max(start, index - 4)..<index where analysis.tokens[at].isIn(.negation) { return true }
        return false
    }
}
