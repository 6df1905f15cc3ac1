internal import Language
internal import Stories

/// Tells what a count measures: by the noun that it counts, the words right behind it, and the verb that it goes with.
struct MeasureFinder {
    let analysis: Analysis
    let sentence: Sentence

    var tokens: [Token] { analysis.tokens }
    var first: Int { sentence.tokens.lowerBound }
    var limit: Int { sentence.tokens.upperBound }

    /// What has befallen people.
    struct Fate: OptionSet {
        let rawValue: Int
        static let killed = Fate(rawValue: 1)
        static let injured = Fate(rawValue: 2)
        static let missing = Fate(rawValue: 4)
        static let detained = Fate(rawValue: 8)
        static let displaced = Fate(rawValue: 16)
        static let abducted = Fate(rawValue: 32)
        static let aboard = Fate(rawValue: 64)
        /// Hit, and so hurt at least.
        static let struck = Fate(rawValue: 128)

        var measure: Figure.Measure? {
            if contains(.killed) && contains(.injured) { return .killedOrInjured }
            if contains(.killed) { return .killed }
            if contains(.injured) { return .injured }
            if contains(.missing) { return .missing }
            if contains(.abducted) { return .abducted }
            if contains(.detained) { return .detained }
            if contains(.displaced) { return .displaced }
            return contains(.aboard) ? .aboard : nil
        }
    }

    /// Fills in the measures and scopes of a sentence's counts.
    func tell(_ counts: inout [Count]) {
        for index in counts.indices where counts[index].measure == nil {
            let stop = index + 1 < counts.count ? counts[index + 1].tokens.lowerBound : limit
            tell(&counts[index], before: stop, behind: index > 0 ? counts[index - 1].tokens.upperBound : first)
        }
        share(&counts)
        for index in counts.indices {
            if counts[index].measure == nil, !isEmpty(counts[index]) {
                if counts[index].isPeople {
                    counts[index].measure = .participants
                } else if counts[index].unit != nil {
                    counts[index].measure = .other
                }
            }
            tellScope(&counts, index)
        }
    }

    /// Whether a number says nothing unless somebody was hurt: `several delegates`, `one piece`, `nobody`.
    func isEmpty(_ count: Count) -> Bool {
        count.number.max == 0 || count.number.min == 2 && count.number.max == nil
            || count.digits.count == 1 && analysis.is(count.digits.lowerBound, "one")
    }

    /// Whether any word of the sentence says what may have befallen somebody.
    var mayTellFates: Bool {
        let telling = WordLists([.killVerb, .killNoun, .injureVerb, .injureNoun, .weapon])
        for index in sentence.tokens {
            if !tokens[index].lists.isDisjoint(with: telling)
                || analysis.is(
                    index, anyOf: "condition", "life", "suicide", "hospital", "center", "hospitals", "passed",
                    "survive", "survived")
            {
                return true
            }
        }
        return false
    }

    func tell(_ count: inout Count, before stop: Int, behind start: Int) {
        if let head = count.unit {
            if let kind = analysis.value(of: head, in: .killNoun), kind == 2 || kind == 1 {
                count.measure = .killed
                count.side = .object
                return
            }
            if analysis.value(of: head, in: .injureNoun) == 2 {
                // "several gunshot wounds" are one man's.
                if analysis.is(head, anyOf: "wounds", "wound") { return }
                count.measure = .injured
                count.side = .object
                return
            }
            // "no casualties"
            if analysis.is(head, anyOf: "casualties", "casualty") {
                count.measure = .killedOrInjured
                count.side = .object
                return
            }
            if !count.isPeople, !count.noun.isEmpty { return }
            // "claimed 100 fighters' lives"
            let behind = count.tokens.upperBound
            if behind + 1 < limit, analysis.is(behind, anyOf: "'", "'s"),
                analysis.is(behind + 1, anyOf: "lives", "deaths")
            {
                count.measure = .killed
                count.side = .object
                return
            }
            // "50 wounded patients"
            for index in count.noun where index < head {
                if let fate = fate(at: index), !fate.isDisjoint(with: [.killed, .injured, .missing]),
                    analysis.value(of: index, in: .killVerb) != 2
                {
                    take(fate, &count, .object)
                    return
                }
            }
        }
        // "the body of a man who had been shot"
        let of = count.tokens.lowerBound - 1
        if of > first, analysis.is(of, "of"),
            analysis.is(of - 1, anyOf: "body", "bodies", "remains", "corpse", "corpses")
        {
            count.measure = .killed
            count.side = .object
            return
        }
        if let fate = fateBehind(&count, before: stop) {
            take(fate, &count, .subject)
            return
        }
        if let fate = fateBefore(count, behind: start) {
            take(fate, &count, .object)
            return
        }
        if let head = count.unit, analysis.value(of: head, in: .victimNoun) == 5,
            !analysis.is(head, anyOf: "case", "cases")
        {
            count.measure = .injured
            count.side = .subject
            return
        }
        if let head = count.unit, tokens[head].isIn(.aboardWord) || analysis.is(head, "crew") {
            count.measure = .aboard
            count.side = .subject
            return
        }
        if let aboard = analysis.phrase(at: min(count.tokens.upperBound, limit - 1), in: .aboardWord, before: limit),
            count.tokens.upperBound < limit, count.isPeople
        {
            count.measure = .aboard
            count.side = .subject
            count.tokens = count.tokens.lowerBound..<count.tokens.upperBound + aboard.count
        }
    }

    func take(_ fate: Fate, _ count: inout Count, _ side: Count.Side) {
        count.measure = fate.measure
        count.isStruck = fate.contains(.struck) && !fate.contains(.killed)
        count.side = side
    }

    // MARK: Behind the count

    /// What the words behind a count say of it: `were killed or injured`, `dead`, `died`, `on board were killed`.
    func fateBehind(_ count: inout Count, before stop: Int) -> Fate? {
        var index = count.tokens.upperBound
        let far = min(stop, index + 22)
        var hasPassive = false
        var isDirect = true
        var verbs = 0
        if index < far, count.isPeople, let aboard = analysis.phrase(at: index, in: .aboardWord, before: far) {
            index += aboard.count
            count.tokens = count.tokens.lowerBound..<index
            if index >= far { return nil }
        }
        while index < far {
            let token = tokens[index]
            if token.isPunctuation {
                // ", 24, was killed": what stands between two commas is passed over.
                if analysis.is(index, ","), let behind = behindAside(index, before: far) {
                    index = behind
                    isDirect = false
                    continue
                }
                if token.isQuote || analysis.is(index, "-") {
                    index += 1
                    continue
                }
                return nil
            }
            // "two brothers are charged in a shooting that left a boy in critical condition"
            if token.tag == .verb,
                analysis.is(
                    index, anyOf: "charged", "accused", "wanted", "sought", "convicted", "sentenced", "indicted",
                    "suspected", "gather", "gathered", "mourn", "mourned", "attended", "marched", "rallied", "protested"
                )
            {
                return nil
            }
            // "arrested two men in connection with a shooting that left a woman dead"
            if analysis.is(index, "connection") { return nil }
            // "who are not dead or wounded"
            if analysis.is(index, anyOf: "not", "n't", "never") { return nil }
            if let fate = fate(at: index) {
                guard accepts(index, count: count, isDirect: isDirect, hasPassive: hasPassive),
                    !isAnothers(index, count)
                else { return nil }
                let whole = fate.union(joined(index, before: far))
                if isDirect, !hasPassive, analysis.value(of: index, in: .killVerb) != 2 {
                    // "300 killed and wounded": the words belong to the figure.
                    let end =
                        analysis.is(index + 1 < limit ? index + 1 : index, anyOf: "and", "or") && whole != fate
                        ? index + 3 : index + 1
                    if count.noun.isEmpty { count.tokens = count.tokens.lowerBound..<min(end, far) }
                }
                return whole
            }
            if analysis.is(index, anyOf: "suffer", "suffered", "sustained", "received", "suffering", "sustaining"),
                let fate = suffered(index, before: far)
            {
                return fate
            }
            if analysis.is(index, anyOf: "lost"), index + 2 < far, analysis.is(index + 2, anyOf: "lives", "life") {
                return .killed
            }
            if analysis.is(index, "pronounced"), index + 1 < far, analysis.is(index + 1, "dead") { return .killed }
            if analysis.is(index, anyOf: "was", "were", "been", "be", "being", "is", "are", "got", "get", "left") {
                hasPassive = true
            }
            if token.tag == .verb, !isReporting(index), !isAuxiliary(index) {
                verbs += 1
                // "working for the firm were killed": a participle behind the noun is passed over, a finite verb is not.
                if !isParticiple(index) { return nil }
            }
            if token.isIn(.cueVerb), !hasPassive, token.tag == .verb { return nil }
            if token.tag != .adverb, !isAuxiliary(index),
                !analysis.is(index, anyOf: "either", "both", "also", "all", "people", "others", "other", "more")
            {
                isDirect = false
            }
            index += 1
        }
        return nil
    }

    /// Whether a verb has an object, or a subject of its own that stands nearer: `two officers shot and killed a man`, `two
    /// friends were walking when he was shot`.
    func isAnothers(_ verb: Int, _ count: Count) -> Bool {
        let end = count.tokens.upperBound
        guard tokens[verb].isIn(.killVerb) || tokens[verb].isIn(.injureVerb) || tokens[verb].tag == .verb else {
            return false
        }
        let isActive = analysis.value(of: verb, in: .killVerb) != 2
        let second =
            verb + 2 < limit && analysis.is(verb + 1, "and") && tokens[verb + 2].isIn(.killVerb) ? verb + 2 : verb
        for index in end..<min(limit, verb + 12) where index != verb {
            let head = Int(tokens[index].head)
            let isOfVerb = head == verb || head == second
            guard isOfVerb else { continue }
            switch tokens[index].relation {
            case .object where index > verb && isActive:
                if tokens[index].isIn(.victimNoun) || tokens[index].tag == .properNoun || tokens[index].tag == .pronoun
                {
                    return true
                }
            case .subject, .passiveSubject:
                // "six others were injured": the noun of the number itself.
                if index < verb, head == verb, Int(tokens[count.digits.upperBound - 1].head) != index,
                    !analysis.is(index, anyOf: "who", "that", "which", "both", "all", "others")
                {
                    return true
                }
            default: break
            }
        }
        return false
    }

    /// Whether the count can be the one that the word at `index` befell.
    func accepts(_ index: Int, count: Count, isDirect: Bool, hasPassive: Bool) -> Bool {
        let token = tokens[index]
        if analysis.value(of: index, in: .killVerb) == 2 { return true }
        if endsWith(index, "ing"), token.isIn(.killVerb) || token.isIn(.injureVerb) { return false }
        if hasPassive { return true }
        if analysis.value(of: index, in: .displaceVerb) == 2 { return count.isPeople }
        let isVerb =
            token.isIn(.killVerb) || token.isIn(.injureVerb) || token.isIn(.detainVerb) || token.isIn(.abductVerb)
            || token.isIn(.displaceVerb)
        guard isVerb else { return isDirect }
        guard isDirect, isPastParticiple(index) else { return false }
        // "two men killed a guard" is active, "two men killed in clashes" and "two killed" are not.
        let next = index + 1
        guard next < limit else { return true }
        if tokens[next].isPunctuation || tokens[next].tag == .adposition || tokens[next].tag == .coordinatingConjunction
        {
            return true
        }
        return tokens[next].tag == .adverb
            || analysis.is(
                next, anyOf: "when", "while", "after", "as", "since", "last", "this", "dead", "before", "during")
            || tokens[next].isIn(.weekday) || count.noun.isEmpty && !tokens[next].isIn(.functionWord)
    }

    /// `and 200 injured` is another count; `or injured`, `and wounded` join this one.
    func joined(_ index: Int, before far: Int) -> Fate {
        var result = Fate()
        var next = index + 1
        if next < far, analysis.is(next, anyOf: "or", "and", "/") {
            next += 1
            while next < far, tokens[next].tag == .adverb { next += 1 }
            if next < far, let other = fate(at: next) { result.formUnion(other) }
        }
        // "shot and killed", "shot dead", "shot to death": the second word says what came of the first.
        if isShot(index) {
            let behind = index + 1
            if behind < far, analysis.is(behind, anyOf: "dead", "fatally") { return [.killed] }
            if behind + 1 < far, analysis.is(behind, "to"), analysis.is(behind + 1, "death") { return [.killed] }
        }
        return result
    }

    func isShot(_ index: Int) -> Bool {
        analysis.is(index, anyOf: "shot", "stabbed", "beaten", "burned", "shoot", "shooting", "stabbing")
    }

    func suffered(_ index: Int, before far: Int) -> Fate? {
        for next in index + 1..<max(index + 1, min(far, index + 8)) where tokens[next].isIn(.injureNoun) {
            let isFatal = (index + 1..<next).contains { analysis.is($0, anyOf: "fatal", "deadly", "mortal") }
            let isShot = (index + 1...next).contains { analysis.is($0, anyOf: "gunshot", "bullet", "stab", "shrapnel") }
            return isFatal ? .killed : isShot ? [.injured, .struck] : .injured
        }
        return nil
    }

    /// Behind the second comma of an aside; nil where there is none near.
    func behindAside(_ comma: Int, before far: Int) -> Int? {
        var index = comma + 1
        while index < min(far, comma + 10) {
            if analysis.is(index, ",") { return index + 1 }
            if tokens[index].isPunctuation, !analysis.is(index, "-") { return nil }
            index += 1
        }
        return nil
    }

    func isReporting(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "believed", "thought", "reported", "feared", "confirmed", "known", "said", "understood",
            "presumed", "estimated", "taken", "rushed", "left", "found")
    }

    func isAuxiliary(_ index: Int) -> Bool {
        tokens[index].tag == .auxiliary
            || analysis.is(
                index, anyOf: "has", "have", "had", "been", "be", "were", "was", "are", "is", "being", "may", "might",
                "could")
    }

    func isParticiple(_ index: Int) -> Bool {
        endsWith(index, "ing") || isPastParticiple(index) && index > first && tokens[index - 1].tag != .pronoun
    }

    func isPastParticiple(_ index: Int) -> Bool {
        endsWith(index, "ed")
            || analysis.is(
                index, anyOf: "shot", "hurt", "slain", "drowned", "beaten", "burnt", "held", "taken", "sent", "seen",
                "known", "made", "given")
    }

    func endsWith(_ index: Int, _ ending: StaticString) -> Bool {
        let end = Int(tokens[index].end)
        guard end - Int(tokens[index].start) >= ending.utf8CodeUnitCount else { return false }
        let from = end - ending.utf8CodeUnitCount
        let bytes = analysis.story.bytes
        return ending.withUTF8Buffer { expected in
            for offset in 0..<expected.count {
                guard unsafe bytes[from + offset] | 0x20 == expected[offset] else { return false }
            }
            return true
        }
    }
}
