internal import Language
internal import Stories

/// Whether a clause tells what was or what is to come.
enum Direction {
    case past, future, unknown
    /// The simple present, which is of the future where a day stands right beside it: `He meets them on Monday`.
    case present
}

extension TimeParser {
    /// Where a time lies, by the verb that it hangs on: `was shot Friday`, `will meet on Friday`, `is due to resume Monday`.
    ///
    /// - Complexity: O(*n*) in the length of the sentence.
    func direction(_ index: Int) -> Direction {
        // "as early as Tuesday", "as soon as Tuesday".
        if index - 2 > sentence.lowerBound, analysis.is(index - 1, "as"),
            analysis.is(index - 2, anyOf: "early", "soon", "late")
        {
            return .future
        }
        let isUntil = isPrevious(index, anyOf: "until", "till", "by")
        var at = index
        var steps = 0
        while steps < 40 {
            steps += 1
            let head = Int(tokens[at].head)
            if tokens[at].tag == .verb || at != index && tokens[at].tag == .auxiliary {
                switch tense(at) {
                case .past: return isUntil && !hasPerfect(at) && !isPrevious(index, "by") ? .future : .past
                case .future: return .future
                case .present where at == index || Int(tokens[index].head) == at: return .future
                case .present, .unknown: break
                }
            } else if isProspective(at), at != index {
                return .future
            } else if at != index, hasCopula(at) {
                // "will be payable Jan. 3", "was dead by Friday".
                let tense = self.tense(at)
                return tense == .future ? .future : isUntil ? .future : .past
            }
            guard sentence.contains(head), head != at else { break }
            at = head
        }
        return isUntil ? .future : .unknown
    }

    /// The tense of a verb with its auxiliaries; unknown where a verb above it has to tell.
    private func tense(_ verb: Int) -> Direction {
        let penn = analysis.pennTag(of: verb)
        var hasHave = false
        var hasPast = false
        var hasBe = false
        var isInfinitive = false
        for at in max(sentence.lowerBound, verb - 12)..<verb where Int(tokens[at].head) == verb {
            switch tokens[at].tag {
            case .auxiliary:
                if analysis.is(
                    at, anyOf: "will", "'ll", "wo", "shall", "can", "may", "might", "must", "should", "would", "could")
                {
                    return .future
                }
                if analysis.is(at, anyOf: "have", "has", "'ve", "having") { hasHave = true }
                if analysis.is(at, anyOf: "had", "was", "were", "did", "'d") { hasPast = true }
                if analysis.is(at, anyOf: "is", "are", "am", "'re", "be", "'m") { hasBe = true }
            case .particle where analysis.is(at, "to"): isInfinitive = true
            default: break
            }
        }
        if isInfinitive {
            let head = Int(tokens[verb].head)
            guard sentence.contains(head) else { return .unknown }
            if isProspective(head) { return hasPerfect(head) ? .past : .future }
            // "an agreement to acquire", "agreed to meet"; "managed to leave" happened.
            switch tokens[verb].relation {
            case .adnominalClause: return .future
            case .openClausalComplement: return isCommissive(head) ? .future : .unknown
            default: return .unknown
            }
        }
        if isProspective(verb), penn != "VBD" { return hasPast && hasPerfect(verb) ? .past : .future }
        if hasHave || hasPast { return .past }
        switch penn {
        case "VBD": return .past
        // "is heard in May", but "are questioning a man in the Tuesday shooting".
        case "VBN": return hasBe ? .present : .past
        case "VBG": return .unknown
        case "VBZ", "VBP":
            // Headlines tell in the present what was; "says" and "is" are of the day of publication.
            if part == .headline || tokens[verb].isIn(.cueVerb) { return .past }
            return tokens[verb].tag == .auxiliary ? .unknown : .present
        case "VB", "MD": return penn == "MD" ? .future : .unknown
        default: return .unknown
        }
    }

    private func hasPerfect(_ verb: Int) -> Bool {
        for at in max(sentence.lowerBound, verb - 12)..<verb
        where Int(tokens[at].head) == verb && analysis.is(at, "had") { return true }
        return false
    }

    private func hasCopula(_ index: Int) -> Bool {
        (max(sentence.lowerBound, index - 12)..<index).contains {
            Int(tokens[$0].head) == index && tokens[$0].relation == .copula
        }
    }

    /// Whether what a verb's infinitive tells of is to come: `agreed to meet`, `asked them to leave`, not `tried to`.
    private func isCommissive(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "agreed", "agree", "agrees", "promised", "pledged", "decided", "ordered", "asked", "urged",
            "invited", "wants", "want", "wanted", "intended", "going", "supposed", "prepared", "preparing", "told",
            "required",
            "arranged", "offered", "begin", "begins", "needs", "need", "voted", "willing", "free", "eligible")
    }

    /// Whether a word says that something is to come.
    private func isProspective(_ index: Int) -> Bool {
        if analysis.is(index, "set") { return isNext(index, "to") || isNext(index, "for") }
        return analysis.is(
            index, anyOf: "due", "scheduled", "expected", "plans", "plan", "planned", "planning", "hopes", "hope",
            "hoped", "likely", "ready", "upcoming", "intends", "expects", "slated", "deadline", "until", "postponed",
            "vowed")
    }
}
