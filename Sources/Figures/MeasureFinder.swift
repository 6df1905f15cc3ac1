internal import Language
internal import Stories

/// Tells what a count measures: by the noun that it counts, the words right behind it, and the verb that it goes with.
struct MeasureFinder {
    let analysis: Analysis
    let sentence: Sentence

    private var tokens: [Token] { analysis.tokens }
    private var first: Int { sentence.tokens.lowerBound }
    private var limit: Int { sentence.tokens.upperBound }

    /// What has befallen people.
    private struct Fate: OptionSet {
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
    private func isEmpty(_ count: Count) -> Bool {
        count.number.max == 0 || count.number.min == 2 && count.number.max == nil
            || count.digits.count == 1 && analysis.is(count.digits.lowerBound, "one")
    }

    /// Whether any word of the sentence says what may have befallen somebody.
    var mayTellFates: Bool {
        let telling = WordLists([.killVerb, .killNoun, .injureVerb, .injureNoun, .weapon])
        for index in sentence.tokens {
            if !tokens[index].lists.isDisjoint(with: telling)
                || analysis.is(index, anyOf: "condition", "life", "suicide")
            {
                return true
            }
        }
        return false
    }

    private func tell(_ count: inout Count, before stop: Int, behind start: Int) {
        if let head = count.unit {
            if let kind = analysis.value(of: head, in: .killNoun), kind == 2 || kind == 1 {
                count.measure = .killed
                count.side = .object
                return
            }
            if analysis.value(of: head, in: .injureNoun) == 2 {
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

    private func take(_ fate: Fate, _ count: inout Count, _ side: Count.Side) {
        count.measure = fate.measure
        count.isStruck = fate.contains(.struck) && !fate.contains(.killed)
        count.side = side
    }

    // MARK: Behind the count

    /// What the words behind a count say of it: `were killed or injured`, `dead`, `died`, `on board were killed`.
    private func fateBehind(_ count: inout Count, before stop: Int) -> Fate? {
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
                    "suspected")
            {
                return nil
            }
            // "who are not dead or wounded"
            if analysis.is(index, anyOf: "not", "n't", "never") { return nil }
            if let fate = fate(at: index) {
                guard accepts(index, count: count, isDirect: isDirect, hasPassive: hasPassive),
                    !isAnothers(index, behind: count.tokens.upperBound)
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
                !analysis.is(index, anyOf: "either", "both", "also", "all", "people")
            {
                isDirect = false
            }
            index += 1
        }
        return nil
    }

    /// Whether a verb has an object, or a subject of its own that stands nearer: `two officers shot and killed a man`, `two
    /// friends were walking when he was shot`.
    private func isAnothers(_ verb: Int, behind end: Int) -> Bool {
        guard tokens[verb].tag == .verb else { return false }
        let isActive = analysis.value(of: verb, in: .killVerb) != 2
        for index in end..<min(limit, verb + 12) where index != verb {
            let head = Int(tokens[index].head)
            let isOfVerb =
                head == verb || head > verb && head < limit && Int(tokens[head].head) == verb
                && tokens[head].relation == .conjunct && tokens[head].isIn(.killVerb)
            guard isOfVerb else { continue }
            switch tokens[index].relation {
            case .object where index > verb && isActive:
                if tokens[index].isIn(.victimNoun) || tokens[index].tag == .properNoun || tokens[index].tag == .pronoun {
                    return true
                }
            case .subject, .passiveSubject:
                if index < verb, head == verb, !analysis.is(index, anyOf: "who", "that", "which", "both", "all") { return true }
            default: break
            }
        }
        return false
    }

    /// Whether the count can be the one that the word at `index` befell.
    private func accepts(_ index: Int, count: Count, isDirect: Bool, hasPassive: Bool) -> Bool {
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
    private func joined(_ index: Int, before far: Int) -> Fate {
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

    private func isShot(_ index: Int) -> Bool {
        analysis.is(index, anyOf: "shot", "stabbed", "beaten", "burned", "shoot", "shooting", "stabbing")
    }

    private func suffered(_ index: Int, before far: Int) -> Fate? {
        for next in index + 1..<max(index + 1, min(far, index + 8)) where tokens[next].isIn(.injureNoun) {
            let isFatal = (index + 1..<next).contains { analysis.is($0, anyOf: "fatal", "deadly", "mortal") }
            return isFatal ? .killed : .injured
        }
        return nil
    }

    /// Behind the second comma of an aside; nil where there is none near.
    private func behindAside(_ comma: Int, before far: Int) -> Int? {
        var index = comma + 1
        while index < min(far, comma + 10) {
            if analysis.is(index, ",") { return index + 1 }
            if tokens[index].isPunctuation, !analysis.is(index, "-") { return nil }
            index += 1
        }
        return nil
    }

    private func isReporting(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "believed", "thought", "reported", "feared", "confirmed", "known", "said", "understood",
            "presumed", "estimated", "taken", "rushed", "left", "found")
    }

    private func isAuxiliary(_ index: Int) -> Bool {
        tokens[index].tag == .auxiliary
            || analysis.is(
                index, anyOf: "has", "have", "had", "been", "be", "were", "was", "are", "is", "being", "may", "might",
                "could")
    }

    private func isParticiple(_ index: Int) -> Bool {
        endsWith(index, "ing") || isPastParticiple(index) && index > first && tokens[index - 1].tag != .pronoun
    }

    private func isPastParticiple(_ index: Int) -> Bool {
        endsWith(index, "ed")
            || analysis.is(
                index, anyOf: "shot", "hurt", "slain", "drowned", "beaten", "burnt", "held", "taken", "sent", "seen",
                "known", "made", "given")
    }

    private func endsWith(_ index: Int, _ ending: StaticString) -> Bool {
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

    // MARK: Before the count

    /// What the words before a count say of it: `killed`, `killing and wounding`, `the deaths of`, `the death toll rose to`.
    private func fateBefore(_ count: Count, behind start: Int) -> Fate? {
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

    private func isOf(_ count: Count) -> Bool {
        count.tokens.lowerBound > first && analysis.is(count.tokens.lowerBound - 1, "of")
    }

    private func isPassive(_ index: Int) -> Bool {
        for back in 1...3 where index - back >= first {
            if analysis.is(index - back, anyOf: "was", "were", "been", "be", "being", "is", "are") { return true }
            if tokens[index - back].tag != .adverb { return false }
        }
        return false
    }

    /// `the death toll rose to 45`, `putting the toll at 12`.
    private func toll(_ count: Count) -> Fate? {
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
    private func isNoun(_ index: Int) -> Bool {
        guard tokens[index].tag == .noun else { return false }
        return !sentence.tokens.contains {
            Int(tokens[$0].head) == index && [.subject, .passiveSubject, .object].contains(tokens[$0].relation)
        }
    }

    /// What a word says of people's fate.
    private func fate(at index: Int) -> Fate? {
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
    private func condition(_ index: Int) -> Fate? {
        for next in index + 1..<max(index + 1, min(limit, index + 4)) {
            if let phrase = analysis.phrase(at: next, in: .injureNoun, before: limit), phrase.value == 3,
                phrase.count > 1
            {
                return .injured
            }
        }
        return nil
    }

    // MARK: Lists and parts

    /// `three soldiers and two civilians were killed`: the items of a list share what befell the last, or the first.
    private func share(_ counts: inout [Count]) {
        for index in counts.indices.dropLast().reversed()
        where counts[index].measure == nil && counts[index].isPeople && isJoined(counts[index], counts[index + 1])
            && counts[index + 1].side == .subject
        {
            counts[index].measure = counts[index + 1].measure
            counts[index].side = .subject
        }
        for index in counts.indices.dropFirst()
        where counts[index].measure == nil && counts[index].isPeople
            && (isJoined(counts[index - 1], counts[index]) && counts[index - 1].side == .object
                || isIncluded(counts[index - 1], counts[index]))
        {
            counts[index].measure = counts[index - 1].measure
            counts[index].side = .object
        }
    }

    /// `killed ten people, including three children`
    private func isIncluded(_ left: Count, _ right: Count) -> Bool {
        let between = left.tokens.upperBound..<max(left.tokens.upperBound, right.tokens.lowerBound)
        return between.count <= 3 && between.contains { analysis.is($0, anyOf: "including", "among") }
    }

    /// Whether nothing but "and", "or" or a comma parts two counts.
    private func isJoined(_ left: Count, _ right: Count) -> Bool {
        let between = left.tokens.upperBound..<max(left.tokens.upperBound, right.tokens.lowerBound)
        guard !between.isEmpty, between.count <= 2 else { return false }
        return between.allSatisfy { analysis.is($0, anyOf: "and", "or", ",", "as", "well") }
    }

    private func tellScope(_ counts: inout [Count], _ index: Int) {
        let start = counts[index].tokens.lowerBound
        let behind = counts[index].digits.upperBound
        // "seven more bodies", "another two"
        counts[index].isAddition =
            behind < limit && analysis.is(behind, anyOf: "more", "others", "other", "further", "additional")
            || counts[index].tokens.contains {
                $0 < behind && analysis.is($0, anyOf: "another", "further", "additional")
            }
        // What one hospital or doctor has seen is a part of what there is.
        if let head = counts[index].unit, counts[index].isPeople, analysis.value(of: head, in: .victimNoun) == 5 {
            counts[index].scope = .part
        }
        for back in 1...3 where start - back >= first {
            if analysis.is(start - back, anyOf: "including", "include", "included", "includes", "among") {
                counts[index].scope = .part
            }
        }
        // "no other injuries": apart from those that were told.
        if counts[index].number.max == 0, counts[index].tokens.contains(where: { analysis.is($0, anyOf: "other", "further", "additional") })
            || behind < limit && analysis.is(behind, "else") || counts[index].tokens.upperBound < limit && analysis.is(counts[index].tokens.upperBound, "else")
        {
            counts[index].scope = .part
        }
        if start - 3 >= first, analysis.is(start - 1, ":") == false, analysis.is(start - 3, "of"),
            analysis.is(start - 2, anyOf: "them", "whom", "those", "these")
        {
            counts[index].scope = .part
        }
        // What follows a part in a list is a part, too.
        if index > 0, counts[index - 1].scope == .part, isJoined(counts[index - 1], counts[index]) {
            counts[index].scope = .part
        }
        let end = counts[index].tokens.upperBound
        if end + 1 < limit, analysis.is(end, "of"), analysis.is(end + 1, anyOf: "them", "whom", "those", "these") {
            counts[index].scope = .part
        }
        guard
            counts[index].measure == .killed || counts[index].measure == .injured
                || counts[index].measure == .killedOrInjured
        else { return }
        for index2 in sentence.tokens where isRunningTotal(index2) { counts[index].scope = .total }
    }

    /// `so far this year`, `since January`, `in 2017`: a total over many incidents.
    private func isRunningTotal(_ index: Int) -> Bool {
        guard index + 1 < limit else { return false }
        if analysis.is(index, anyOf: "since", "annually", "yearly") { return true }
        return analysis.is(index, anyOf: "this", "last", "past", "per", "each", "every")
            && analysis.is(index + 1, anyOf: "year", "years", "decade")
    }
}
