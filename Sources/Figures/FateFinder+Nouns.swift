internal import Language
internal import Stories

/// Fates that adjectives and nouns tell: `was found dead`, `the death of Ann Roe`, `a man with a gunshot wound`.
extension FateFinder {
    // MARK: Adjectives

    /// Who is dead or wounded by an adjective: `was found dead`, `left her dead`, `the dead man`, `is dead`.
    func dead(_ word: Int) -> [Int] {
        let found = boundDead(word)
        if found.contains(where: { people.person(at: $0, in: tree) != nil }) { return found }
        if let person = pronounced(word) { return [person] }
        return found.isEmpty ? besides(word).map { [$0] } ?? [] : found
    }

    /// `pronounced Ann Roe of Hanover dead`, where the tree ties the adjective to something else.
    private func pronounced(_ word: Int) -> Int? {
        var person: Int?
        for index in (max(sentence.tokens.lowerBound, word - 14)..<word).reversed() {
            // "18-year-old Ann Roe": the name says more than the age.
            if person.map({ analysis.name(holding: $0) == nil }) ?? true, people.person(at: index, in: tree) != nil {
                person = index
            }
            guard tokens[index].tag == .verb else { continue }
            return analysis.is(index, anyOf: "pronounced", "declared", "found", "discovered", "left", "leaving")
                ? person : nil
        }
        return nil
    }

    private func boundDead(_ word: Int) -> [Int] {
        guard let head = tree.head(of: word) else {
            return tree.child(of: word, .copula) == nil ? [] : subjects(of: word)
        }
        switch tree.relation(word) {
        case .adjectivalModifier, .compound:
            if tokens[head].isIn(.injureVerb) || tokens[head].isIn(.killVerb) { return patients(of: head) }
            return tokens[head].tag == .verb ? complement(of: head) : siblings(head, word)
        case .openClausalComplement, .object, .adverbialModifier, .oblique, .adverbialClause, .clausalComplement:
            if tree.child(of: word, .copula) != nil { return subjects(of: word) }
            if tokens[head].isIn(.injureVerb) || tokens[head].isIn(.killVerb) { return patients(of: head) }
            return complement(of: head)
        case .adverbialModifier where tokens[head].isIn(.injureVerb): return patients(of: head)
        case .conjunct, .parataxis:
            if tree.child(of: word, .copula, .subject, .passiveSubject) != nil { return subjects(of: word) }
            return tokens[head].tag == .adjective ? dead(head) : []
        default: return tree.child(of: word, .copula) == nil ? [] : subjects(of: word)
        }
    }

    /// A noun and those joined to it before, where an adjective stands behind them all: `left a woman and her son dead`.
    func siblings(_ noun: Int, _ adjective: Int) -> [Int] {
        guard adjective > noun, tree.relation(noun) == .conjunct, let first = tree.head(of: noun) else { return [noun] }
        return tree.joined(first).filter { $0 <= noun }
    }

    /// Of whom an adjective behind a verb speaks: of its object, else of its subject.
    func complement(of verb: Int) -> [Int] {
        guard tokens[verb].tag == .verb, isReal(verb) else { return [] }
        if let object = tree.child(of: verb, .object), !isPassive(verb) { return tree.joined(object) }
        return subjects(of: verb)
    }

    // MARK: Nouns

    /// Whose death or body a noun is: `the death of Ann Roe`, `her killing`, `the shooting death of a man`.
    func owners(of noun: Int) -> [Int] {
        if isNegated(noun) { return [] }
        let isBody = analysis.value(of: noun, in: .killNoun) == 1
        for child in tree.children(of: noun) {
            switch tree.relation(child) {
            case .possessive:
                // "shot in her lower body"
                if isBody, !isFound(noun) { return [] }
                return analysis.is(child, "whose") ? antecedent(of: noun) : [child]
            case .nominalModifier:
                if let of = tree.preposition(of: child), analysis.is(of, "of") { return tree.joined(child) }
            default: break
            }
        }
        return []
    }

    /// `her body was found`, not `her body froze`.
    func isFound(_ body: Int) -> Bool {
        guard let verb = tree.head(of: body) else { return true }
        switch tree.relation(body) {
        case .passiveSubject, .object, .subject, .conjunct:
            return analysis.is(
                verb, anyOf: "found", "discovered", "recovered", "located", "identified", "pulled", "removed", "dumped",
                "lay", "lying", "spotted", "find", "discover", "recover", "identify", "buried")
        default: return false
        }
    }

    /// `a man whose body was found`: the noun that the clause hangs on.
    func antecedent(of noun: Int) -> [Int] {
        var at = noun
        for _ in 0..<4 {
            guard let head = tree.head(of: at) else { return [] }
            if tree.relation(at) == .relativeClause || tree.relation(at) == .adnominalClause { return [head] }
            at = head
        }
        return []
    }

    func isNegated(_ noun: Int) -> Bool {
        for back in 1...4 where noun - back >= sentence.tokens.lowerBound {
            if analysis.is(
                noun - back, anyOf: "no", "attempted", "attempt", "without", "threatened", "threats", "conspiracy")
            {
                return true
            }
        }
        return false
    }

    /// Who has a wound: `suffered a gunshot wound`, `a man with wounds`, `was treated for a gunshot wound`.
    func wounded(_ noun: Int) -> [Int] {
        if isNegated(noun) { return [] }
        var at = noun
        while tree.relation(at) == .conjunct || tree.relation(at) == .compound, let head = tree.head(of: at),
            tokens[head].tag == .noun
        {
            at = head
        }
        for child in tree.children(of: at) where tree.relation(child) == .possessive { return [child] }
        for child in tree.children(of: at) where tree.relation(child) == .nominalModifier {
            // "gunshot wounds to the leg of Ann Roe" is rare; "injuries of two" is none of one person.
            if let of = tree.preposition(of: child), analysis.is(of, "of") { return [child] }
        }
        guard let head = tree.head(of: at) else { return [] }
        switch tree.relation(at) {
        case .object:
            guard isReal(head) else { return [] }
            return analysis.is(
                head, anyOf: "suffered", "sustained", "received", "suffering", "had", "has", "suffer", "sustain",
                "receiving", "sustaining", "having", "got", "have", "treated") ? subjects(of: head) : []
        case .nominalModifier:
            guard let preposition = tree.preposition(of: at),
                analysis.is(preposition, anyOf: "with", "from", "of", "for")
            else { return [] }
            // "taken to a hospital with wounds"
            if people.person(at: head, in: tree) == nil, let verb = tree.head(of: head), tokens[verb].tag == .verb {
                return complement(of: verb)
            }
            return [head]
        case .oblique:
            guard let preposition = tree.preposition(of: at),
                analysis.is(preposition, anyOf: "with", "from", "for", "of", "by")
            else { return [] }
            return complement(of: head)
        default: return []
        }
    }

    /// Who was brought to a hospital: `sent four people to the hospital`, `was taken to University Hospital`.
    func hospitalized(_ hospital: Int) -> [Int] {
        guard tree.relation(hospital) == .oblique || tree.relation(hospital) == .nominalModifier,
            let to = tree.preposition(of: hospital), analysis.is(to, "to"), let verb = tree.head(of: hospital),
            tokens[verb].tag == .verb,
            analysis.is(
                verb, anyOf: "taken", "rushed", "transported", "airlifted", "flown", "sent", "brought", "sends",
                "sending", "driven", "carried"), isReal(verb)
        else { return [] }
        if analysis.is(hospital, "center"), hospital > sentence.tokens.lowerBound,
            !analysis.is(hospital - 1, anyOf: "medical", "trauma")
        {
            return []
        }
        // "for an evaluation", "as a precaution"
        for index in hospital..<min(sentence.tokens.upperBound, hospital + 8) {
            if analysis.is(
                index, anyOf: "evaluation", "evaluated", "observation", "precaution", "precautionary", "psychiatric")
            {
                return []
            }
        }
        return isPassive(verb) || tree.child(of: verb, .object) != nil ? complement(of: verb) : []
    }

    func kind(ofWound noun: Int) -> Fate.Kind {
        for back in 1...4 where noun - back >= sentence.tokens.lowerBound {
            if analysis.is(noun - back, anyOf: "fatal", "mortal") { return .killed }
            if analysis.is(noun - back, anyOf: "non", "serious", "minor", "critical", "nonlife", "threatening", "life")
            {
                return .injured
            }
        }
        return .struck
    }

    /// `turned the gun on himself`, `in critical condition`, `a gunshot victim`, `lost her life`.
    func noun(_ index: Int, _ fates: inout Fates) {
        if analysis.is(index, anyOf: "hospital", "hospitals", "center", "clinic") {
            add(hospitalized(index), .struck, index, &fates)
            return
        }
        guard
            tokens[index].isIn(.weapon)
                || analysis.is(index, anyOf: "condition", "life", "shooting", "stabbing", "victim", "suicide")
        else { return }
        if tokens[index].isIn(.weapon) {
            guard let verb = tree.head(of: index), tree.relation(index) == .object,
                analysis.is(verb, anyOf: "turned", "turning", "turn", "turns"),
                let himself = tree.child(of: verb, .oblique, .nominalModifier)
                    ?? tree.child(of: index, .nominalModifier),
                analysis.is(himself, anyOf: "himself", "herself")
            else { return }
            add([himself], .killed, index, &fates)
        } else if analysis.is(index, "condition") {
            guard let head = tree.head(of: index), let preposition = tree.preposition(of: index),
                analysis.is(preposition, "in"),
                let kind = tree.child(of: index, .adjectivalModifier, .compound),
                analysis.is(kind, anyOf: "critical", "stable", "serious", "fair", "good", "grave")
            else {
                return
            }
            if tokens[head].tag == .verb {
                add(complement(of: head), .injured, index, &fates)
            } else if tree.relation(index) == .root || tree.child(of: index, .copula) != nil {
                add(subjects(of: index), .injured, index, &fates)
            } else {
                add([head], .injured, index, &fates)
            }
        } else if analysis.is(index, "life") {
            guard tree.relation(index) == .object, let verb = tree.head(of: index), isReal(verb) else { return }
            if analysis.is(verb, anyOf: "lost", "losing") {
                add(subjects(of: verb), .killed, index, &fates)
            } else if analysis.is(verb, anyOf: "claimed", "took", "taken", "claiming", "taking"),
                let owner = tree.child(of: index, .nominalModifier, .possessive)
            {
                add([owner], .killed, index, &fates)
            } else if analysis.is(verb, anyOf: "claimed", "claiming", "took", "taking"),
                let article = tree.child(of: index, .determiner), analysis.is(article, anyOf: "a", "one")
            {
                fates.ofOne.append(
                    Fate(
                        person: Person(
                            tokens: article..<index + 1, head: index, form: .indefinite, isVictim: true), kind: .killed,
                        word: index))
            }
        } else if analysis.is(index, "suicide") {
            guard tree.relation(index) == .object || tree.relation(index) == .oblique, let verb = tree.head(of: index),
                isReal(verb), analysis.is(verb, anyOf: "committed", "died", "committing")
            else { return }
            add(subjects(of: verb), .killed, index, &fates)
        } else if analysis.is(index, anyOf: "shooting", "stabbing") {
            // "the shooting of Ann Roe"
            for child in tree.children(of: index) where tree.relation(child) == .nominalModifier {
                if let of = tree.preposition(of: child), analysis.is(of, "of") {
                    let isFatal =
                        tree.child(of: index, .adjectivalModifier).map { analysis.is($0, anyOf: "fatal", "deadly") }
                        ?? false
                    add(tree.joined(child), isFatal ? .killed : .struck, index, &fates)
                }
            }
        } else if analysis.is(index, "victim") {
            for child in tree.children(of: index) where tree.relation(child) == .compound {
                if analysis.is(child, anyOf: "shooting", "gunshot", "stabbing") { add([index], .struck, index, &fates) }
                if analysis.is(child, anyOf: "murder", "homicide") { add([index], .killed, index, &fates) }
            }
        }
    }
}
