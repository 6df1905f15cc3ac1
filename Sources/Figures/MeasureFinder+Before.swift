internal import Language
internal import Stories

/// What stands before a count, and what single words say.
extension MeasureFinder {
    // MARK: Before the count

    /// What the words before a count say of it: `killed`, `killing and wounding`, `the deaths of`, `the death toll rose to`.
    func fateBefore(_ count: Count, behind start: Int) -> Fate? {
        var index = count.tokens.lowerBound - 1
        let near = max(first, max(start, index - 3))
        while index >= near,
            tokens[index].tag == .adverb || tokens[index].tag == .determiner
                || analysis.is(index, anyOf: "of", "another", "also", "and")
        {
            if analysis.is(index, "and"),
                index == near || fate(at: index - 1) == nil || index < count.tokens.lowerBound - 1
            {
                break
            }
            index -= 1
        }
        if index >= near, count.isPeople || count.noun.isEmpty, let fate = fate(at: index) {
            let isOf = analysis.is(count.tokens.lowerBound - 1, "of")
            if tokens[index].isIn(.killNoun), !(endsWith(index, "killing") && !isOf) {
                return isOf || analysis.value(of: index, in: .killNoun) == 1 ? .killed : nil
            }
            if tokens[index].isIn(.killVerb) || tokens[index].isIn(.injureVerb) || tokens[index].isIn(.detainVerb)
                || tokens[index].isIn(.abductVerb) || tokens[index].isIn(.displaceVerb)
            {
                // "was killed two days ago" has no people behind the number; "killed by two men" has a preposition.
                if analysis.value(of: index, in: .killVerb) == 2 { return nil }
                if index > first, tokens[index].isIn(.injureVerb) || tokens[index].isIn(.killVerb), isPassive(index) {
                    return nil
                }
                var whole = fate
                if index >= first + 2, analysis.is(index - 1, anyOf: "and", "or"),
                    tokens[index - 2].isIn(.killVerb) || tokens[index - 2].isIn(.injureVerb),
                    let other = self.fate(at: index - 2)
                {
                    whole = isShot(index - 2) && fate == .killed ? .killed : whole.union(other)
                }
                return whole
            }
        }
        if isOf(count), index >= first, tokens[index].isIn(.killNoun) { return .killed }
        return toll(count)
    }

    func isOf(_ count: Count) -> Bool {
        count.tokens.lowerBound > first && analysis.is(count.tokens.lowerBound - 1, "of")
    }

    func isPassive(_ index: Int) -> Bool {
        for back in 1...3 where index - back >= first {
            if analysis.is(index - back, anyOf: "was", "were", "been", "be", "being", "is", "are") { return true }
            if tokens[index - back].tag != .adverb { return false }
        }
        return false
    }

    /// `the death toll rose to 45`, `putting the toll at 12`.
    func toll(_ count: Count) -> Fate? {
        guard count.noun.isEmpty || count.isPeople, count.tokens.lowerBound > first,
            analysis.is(
                count.tokens.lowerBound - 1, anyOf: "to", "at", "of", "from", "was", "is", "stands", "stood", "reached",
                "hit", "passed")
        else { return nil }
        var index = count.tokens.lowerBound - 1
        let near = max(first, index - 9)
        while index >= near {
            if analysis.is(index, "toll") {
                return index > first && analysis.is(index - 1, anyOf: "injury", "injuries", "injured")
                    ? .injured : .killed
            }
            if tokens[index].isPunctuation, !analysis.is(index, ",") { return nil }
            index -= 1
        }
        return nil
    }

    /// Whether a word is a noun by its tag and by its place in the tree: nobody does it, and to nobody.
    func isNoun(_ index: Int) -> Bool {
        guard tokens[index].tag == .noun else { return false }
        return !sentence.tokens.contains {
            Int(tokens[$0].head) == index && [.subject, .passiveSubject, .object].contains(tokens[$0].relation)
        }
    }

    /// What a word says of people's fate.
    func fate(at index: Int) -> Fate? {
        let token = tokens[index]
        if isShot(index) {
            // "shot dead", "fatally shot", "shot and killed"
            let next = index + 1
            if next < limit, analysis.is(next, "dead") { return .killed }
            if next + 1 < limit, analysis.is(next, "to"), analysis.is(next + 1, "death") { return .killed }
            if next + 1 < limit, analysis.is(next, "and"), tokens[next + 1].isIn(.killVerb) { return .killed }
            if index > first, analysis.is(index - 1, "fatally") { return .killed }
            return isNoun(index) ? nil : [.injured, .struck]
        }
        if token.isIn(.killVerb) {
            return token.tag == .noun && !endsWith(index, "ed") && !endsWith(index, "ing") ? nil : .killed
        }
        if let kind = analysis.value(of: index, in: .killNoun) {
            return kind == 3 || kind == 2 || kind == 1 ? .killed : nil
        }
        if let value = analysis.value(of: index, in: .injureVerb), value != 3 { return .injured }
        if let kind = analysis.value(of: index, in: .injureNoun), kind != 2 { return .injured }
        if analysis.is(index, "in"), let phrase = condition(index) { return phrase }
        if token.isIn(.missingWord) { return .missing }
        if token.isIn(.abductVerb) { return .abducted }
        if token.isIn(.detainVerb) { return token.tag == .noun ? nil : .detained }
        if token.isIn(.displaceVerb) { return .displaced }
        return nil
    }

    /// `in critical condition`
    func condition(_ index: Int) -> Fate? {
        for next in index + 1..<max(index + 1, min(limit, index + 4)) {
            if let phrase = analysis.phrase(at: next, in: .injureNoun, before: limit), phrase.value == 3,
                phrase.count > 1
            {
                return .injured
            }
        }
        return nil
    }
}
