internal import Language
internal import Stories

/// Something that befell one person, as one word of the text tells it.
struct Fate {
    /// How sure it is that the person lives: whoever was shot may be dead.
    enum Kind { case killed, struck, injured }

    var person: Person
    var kind: Kind
    /// The word that tells it.
    var word: Int
    /// Whether it was the same person's doing.
    var isSelf = false
    /// Whether it is brought up as what befell somebody before: `a vigil for a boy killed`, `died in a previous shooting`.
    var isEarlier = false
}

/// What befell people in a sentence.
struct Fates {
    /// Those told of one by one.
    var ofOne: [Fate] = []
    /// The heads of phrases for more than one, to be told by their numbers: `two women`.
    var ofMany: [(head: Int, kind: Fate.Kind, word: Int)] = []
}

/// Finds what befell the persons of a sentence whom it tells of one by one, by its tree: in active and passive verbs, in
/// participles, in nouns (`the death of Ann Roe`, `a man with a gunshot wound`) and adjectives (`was found dead`).
struct FateFinder {
    let analysis: Analysis
    let sentence: Sentence
    let tree: SentenceTree
    let people: PersonReader

    var tokens: [Token] { analysis.tokens }

    init(analysis: Analysis, sentence: Sentence, people: PersonReader) {
        self.analysis = analysis
        self.sentence = sentence
        self.people = people
        tree = SentenceTree(analysis: analysis, sentence: sentence)
    }

    /// The fates, in the order of the words that tell them.
    func find() -> Fates {
        var fates = Fates()
        for index in sentence.tokens {
            let token = tokens[index]
            if isPassingAway(index) {
                guard isReal(index) else { continue }
                add(subjects(of: index), .killed, index, &fates)
            } else if token.tag == .verb, analysis.is(index, anyOf: "survive", "survived"), isNot(index) {
                add(subjects(of: index), .killed, index, &fates)
            } else if token.isIn(.killVerb), let value = analysis.value(of: index, in: .killVerb), isVerbal(index) {
                guard isReal(index) else { continue }
                add(value == 2 ? subjects(of: index) : patients(of: index), .killed, index, &fates)
            } else if token.isIn(.injureVerb), isVerbal(index) {
                guard isReal(index), let kind = kind(of: index) else { continue }
                add(patients(of: index), kind, index, &fates)
            } else if let value = analysis.value(of: index, in: .killNoun) {
                if value == 3, isReal(index), !isDoubted(index) { add(dead(index), .killed, index, &fates) }
                if value == 1 || value == 2 { add(owners(of: index), .killed, index, &fates) }
            } else if let value = analysis.value(of: index, in: .injureNoun) {
                if value == 2 { add(wounded(index), kind(ofWound: index), index, &fates) }
                if value == 1, token.tag == .adjective { add(dead(index), .injured, index, &fates) }
            } else if token.tag == .noun {
                noun(index, &fates)
            }
        }
        return fates
    }

    func add(_ heads: [Int], _ kind: Fate.Kind, _ word: Int, _ fates: inout Fates) {
        for head in heads {
            guard
                var person = people.person(at: head, in: tree) ?? modified(by: head) ?? apposed(to: head)
                    ?? (kind == .killed ? people.mortal(at: head) : nil)
            else {
                fates.ofMany.append((head, kind, word))
                continue
            }
            var fate = Fate(person: person, kind: kind, word: word)
            fate.isEarlier = isRemembered(person) || isEarlier(word)
            if person.form == .reflexive {
                fate.isSelf = true
                // "The man shot himself": he is who did it.
                if let doer = doer(of: head), var found = people.person(at: doer, in: tree) {
                    if found.gender == nil { found.gender = person.gender }
                    fate.person = found
                } else {
                    // "before shooting himself" says of nobody whom the verb before tells of.
                    if !(tree.head(of: head).map(endsInIng) ?? false) { person.form = .pronoun }
                    fate.person = person
                }
            }
            fates.ofOne.append(fate)
        }
    }

    /// `Courtesy photo Ann Roe, 15, was killed`: a caption's first words taken for who it was.
    private func apposed(to head: Int) -> Person? {
        guard tokens[head].tag == .noun, let apposition = tree.child(of: head, .apposition) else { return nil }
        return analysis.name(holding: apposition) == nil ? nil : people.person(at: apposition, in: tree)
    }

    /// `a vigil for a boy`, `honoring a man`: whoever the noun or verb commemorates.
    private func isRemembered(_ person: Person) -> Bool {
        let before = person.tokens.lowerBound - 1
        if before > sentence.tokens.lowerBound, analysis.is(before, anyOf: "for", "of"),
            analysis.is(before - 1, anyOf: "vigil", "memorial", "tribute", "funeral", "march", "rally", "prayers")
        {
            return true
        }
        guard tree.relation(person.head) == .object, let verb = tree.head(of: person.head) else { return false }
        return analysis.is(
            verb, anyOf: "honoring", "mourning", "remembering", "honored", "mourned", "memorializing", "grieving")
    }

    /// `killed in a previous shooting`, `killed in a separate incident`
    private func isEarlier(_ word: Int) -> Bool {
        for child in tree.children(of: word) where tree.relation(child) == .oblique {
            for part in tree.children(of: child)
            where analysis.is(part, anyOf: "previous", "earlier", "separate", "unrelated", "similar", "prior") {
                return true
            }
        }
        return false
    }

    /// `did not survive`
    private func isNot(_ verb: Int) -> Bool {
        tree.children(of: verb).contains { child in
            tokens[child].isIn(.negation) && tree.relation(child) == .adverbialModifier
        } && !tree.children(of: verb).contains { analysis.is($0, anyOf: "might", "may", "would", "could") }
    }

    /// `passed away`
    private func isPassingAway(_ verb: Int) -> Bool {
        verb + 1 < sentence.tokens.upperBound && analysis.is(verb + 1, "away")
            && analysis.is(verb, anyOf: "passed", "passes", "passing")
    }

    /// The person whom a participle taken for a noun is about: `a boy shot in Gary has died`.
    private func modified(by participle: Int) -> Person? {
        guard isHarm(participle) || tokens[participle].isIn(.killNoun) else { return nil }
        for child in tree.children(of: participle) where child < participle {
            switch tree.relation(child) {
            case .compound, .adjectivalModifier, .subject:
                if let person = people.person(at: child, in: tree) { return person }
            default: break
            }
        }
        return nil
    }

    /// Whom a reflexive pronoun stands for: the subject of its verb.
    func doer(of reflexive: Int) -> Int? {
        var verb = tree.head(of: reflexive)
        while let at = verb, tokens[at].tag != .verb { verb = tree.head(of: at) }
        return verb.flatMap { subjects(of: $0).first }
    }

    /// `dead or alive`, `should be dead`
    private func isDoubted(_ word: Int) -> Bool {
        if word + 2 < sentence.tokens.upperBound, analysis.is(word + 1, "or"), analysis.is(word + 2, "alive") {
            return true
        }
        return word - 2 >= sentence.tokens.lowerBound && analysis.is(word - 1, "be")
            && analysis.is(word - 2, anyOf: "should", "would", "could", "wo", "will")
    }

    // MARK: Verbs

    func isVerbal(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.tag == .verb { return true }
        // "The man shot and killed his wife": taken for a noun by its looks.
        guard token.tag == .noun || token.tag == .adjective || token.tag == .properNoun else { return false }
        let (bytes, end) = (analysis.story.bytes, Int(token.end))
        let isPast =
            end - Int(token.start) > 3 && bytes[end - 1] | 0x20 == UInt8(ascii: "d")
            && bytes[end - 2] | 0x20 == UInt8(ascii: "e")
        return isPast || analysis.is(index, anyOf: "shot", "slain", "hurt") && !hasArticle(index)
    }

    /// `a shot`, `the shot`: a noun after all.
    func hasArticle(_ index: Int) -> Bool {
        for child in tree.children(of: index) {
            switch tree.relation(child) {
            case .determiner, .numericModifier: return true
            default: break
            }
        }
        return false
    }

    /// Whether something has happened, not merely might, would or did not.
    func isReal(_ verb: Int) -> Bool {
        var isInfinitive = false
        var hasHave = false
        for child in tree.children(of: verb) {
            switch tree.relation(child) {
            case .auxiliary:
                if analysis.is(
                    child, anyOf: "would", "could", "might", "should", "will", "can", "ca", "wo", "may", "must")
                {
                    // "may have been shot" is likely so.
                    if !analysis.is(child, anyOf: "may", "must", "might") { return false }
                }
                if analysis.is(child, "have") { hasHave = true }
            case .adverbialModifier:
                if tokens[child].isIn(.negation) || analysis.is(child, anyOf: "almost", "nearly") { return false }
            case .clauseMarker:
                if tokens[child].tag == .particle { isInfinitive = true }
                if analysis.is(child, anyOf: "if", "from", "without") { return false }
            default: break
            }
        }
        // "don't let my baby die"
        if let head = tree.head(of: verb), analysis.is(head, anyOf: "let", "letting", "lets") { return false }
        // "will stand trial on charges he shot and killed a man": joined to what has happened.
        let isJoinedToHarm = verb > sentence.tokens.lowerBound && analysis.is(verb - 1, "and") && isHarm(verb - 2)
        if tree.relation(verb) == .conjunct, let head = tree.head(of: verb), tokens[head].tag == .verb,
            tree.child(of: verb, .subject, .passiveSubject) == nil, !isJoinedToHarm || head == verb - 2,
            isInfinitiveOrModal(head)
        {
            return false
        }
        return !isInfinitive || hasHave || isLeading(verb)
    }

    func isInfinitiveOrModal(_ verb: Int) -> Bool {
        for child in tree.children(of: verb) {
            let relation = tree.relation(child)
            if relation == .clauseMarker, tokens[child].tag == .particle { return true }
            if relation == .auxiliary, analysis.is(child, anyOf: "would", "could", "will") { return true }
        }
        return false
    }

    /// `appeared to be shot`, `is believed to have shot`, `the first to die`, `went on to kill`
    func isLeading(_ verb: Int) -> Bool {
        guard let head = tree.head(of: verb) else { return false }
        return analysis.is(
            head, anyOf: "appears", "appeared", "believed", "thought", "alleged", "said", "seems", "reported", "went",
            "first", "second", "latest", "proceeded")
    }

    /// What came of a blow: `shot dead`, `stabbed to death`, `fatally shot`; nil where nobody need have been hit.
    func kind(of verb: Int) -> Fate.Kind? {
        let value = analysis.value(of: verb, in: .injureVerb) ?? 1
        for child in tree.children(of: verb) {
            if analysis.is(child, anyOf: "dead", "fatally", "mortally") { return .killed }
            if analysis.is(child, "death"), let to = tree.preposition(of: child), analysis.is(to, "to") {
                return .killed
            }
        }
        if verb > sentence.tokens.lowerBound, analysis.is(verb - 1, anyOf: "fatally", "mortally") { return .killed }
        if verb + 2 < sentence.tokens.upperBound, analysis.is(verb + 1, "to"), analysis.is(verb + 2, "death") {
            return .killed
        }
        if verb + 1 < sentence.tokens.upperBound, analysis.is(verb + 1, "dead") { return .killed }
        if value == 3 { return isStrike(verb) ? .struck : nil }
        // "was shot at": nobody need have been hit.
        if verb + 1 < sentence.tokens.upperBound, analysis.is(verb + 1, "at"), tree.relation(verb + 1) != .caseMarker {
            return nil
        }
        return value == 2 ? .struck : .injured
    }

    /// `a bullet struck`, `was hit by gunfire`, `was hit in the leg`
    func isStrike(_ verb: Int) -> Bool {
        // "seven people were hit": by nothing else that is named.
        if isPassive(verb), tree.child(of: verb, .agent) == nil {
            let others = tree.children(of: verb).contains { child in
                tree.relation(child) == .oblique
                    && (tree.preposition(of: child).map { analysis.is($0, anyOf: "by", "with") } ?? false)
            }
            if !others { return true }
        }
        for child in tree.children(of: verb) {
            switch tree.relation(child) {
            case .subject, .agent, .oblique, .object, .indirectObject:
                if isShot(child) || isBodyPart(child) { return true }
            default: break
            }
        }
        // "a bullet went through the door, striking a man"
        if tree.relation(verb) == .adverbialClause || tree.relation(verb) == .conjunct, let head = tree.head(of: verb) {
            if let subject = tree.child(of: head, .subject), isShot(subject) { return true }
            if tokens[head].isIn(.injureVerb) || analysis.is(head, anyOf: "fired", "opened", "firing", "opening") {
                return true
            }
        }
        return false
    }

    func isShot(_ noun: Int) -> Bool {
        analysis.is(
            noun, anyOf: "bullet", "bullets", "gunfire", "shot", "shots", "round", "rounds", "shrapnel", "gunshot",
            "gunshots", "fragments", "times", "pellets", "crossfire", "knife")
    }

    func isBodyPart(_ noun: Int) -> Bool {
        analysis.is(
            noun, anyOf: "leg", "legs", "arm", "arms", "head", "chest", "back", "neck", "face", "hand", "foot", "feet",
            "shoulder", "stomach", "abdomen", "torso", "thigh", "buttocks", "hip", "knee", "ankle", "wrist", "elbow",
            "side", "eye", "finger", "groin", "body", "calf", "temple", "cheek", "forearm", "hands")
    }

    func isPassive(_ verb: Int) -> Bool {
        tree.child(of: verb, .passiveAuxiliary, .passiveSubject) != nil
    }

    /// Those whom a verb of harm befalls.
    func patients(of verb: Int) -> [Int] {
        let found = boundPatients(of: verb)
        guard found.isEmpty, !isPassive(verb), tree.child(of: verb, .object, .indirectObject) == nil else {
            return found
        }
        // "The man killed on Monday was named" may be read as active; "he shot" is.
        let isActive = tree.child(of: verb, .subject).map { tokens[$0].tag == .pronoun } ?? false
        return (ahead(of: verb) ?? (isActive || endsInIng(verb) ? nil : besides(verb))).map { [$0] } ?? []
    }

    /// The person whose phrase begins right behind a verb that the tree gives no object: `killed a Huntingdon man`.
    func ahead(of verb: Int) -> Int? {
        var found: Int?
        for index in verb + 1..<max(verb + 1, min(verb + 9, sentence.tokens.upperBound)) {
            switch tokens[index].tag {
            case .determiner, .adjective, .numeral, .noun, .properNoun: break
            default: if !analysis.is(index, anyOf: "-", "his", "her", "their") { return found }
            }
            if people.person(at: index, in: tree) != nil { found = index }
        }
        return found
    }

    /// A verb's object: of two, the one that is no relative pronoun.
    private func object(of verb: Int) -> Int? {
        var found: Int?
        for child in tree.children(of: verb)
        where tree.relation(child) == .object || tree.relation(child) == .indirectObject {
            if found == nil || found.map(isRelative) == true { found = child }
        }
        return found
    }

    private func boundPatients(of verb: Int) -> [Int] {
        if let object = object(of: verb) {
            // "grazed his leg", "struck the arm of a man"
            if isBodyPart(object) {
                if let owner = tree.child(of: object, .possessive) { return [owner] }
                if let owner = tree.child(of: object, .nominalModifier), let of = tree.preposition(of: owner),
                    analysis.is(of, "of")
                {
                    return [owner]
                }
            }
            // "shot himself in the foot", "shot her two times"
            let found = analysis.is(object, anyOf: "himself", "herself") ? [object] : tree.joined(object)
            return found.filter { !isShot($0) }
        }
        // "shot and killed her"
        for child in tree.children(of: verb) where tree.relation(child) == .conjunct {
            if tokens[child].isIn(.killVerb) || tokens[child].isIn(.injureVerb),
                let object = tree.child(of: child, .object), !isPassive(child)
            {
                return tree.joined(object)
            }
        }
        let relation = tree.relation(verb)
        let isGerund = endsInIng(verb)
        if isPassive(verb) { return subjects(of: verb) }
        if relation == .conjunct, let head = tree.head(of: verb), !isGerund, tree.child(of: verb, .subject) == nil {
            if isPassive(head) { return subjects(of: head) }
            if tree.relation(head) == .adnominalClause, !endsInIng(head), let noun = tree.head(of: head) {
                return tree.joined(noun)
            }
        }
        if relation == .adnominalClause, !isGerund, let noun = tree.head(of: verb) {
            return isFoundTogether(noun) ? siblings(noun, verb) : [noun]
        }
        // "Man shot in Lansing", "left him wounded"
        if !isGerund, relation == .openClausalComplement, let head = tree.head(of: verb) {
            if let object = tree.child(of: head, .object) { return tree.joined(object) }
            return subjects(of: head)
        }
        if !isGerund, isBare(verb), tree.child(of: verb, .auxiliary) == nil,
            let subject = tree.child(of: verb, .subject, .compound)
        {
            let hasArticle = tree.child(of: subject, .determiner, .possessive) != nil
            if sentence.part == .headline || !hasArticle && tokens[subject].tag != .pronoun && isOpening(subject) {
                return tree.joined(subject)
            }
        }
        return []
    }

    /// `found Ann Roe and her brother shot`: what is told behind a list of those found is told of all.
    private func isFoundTogether(_ last: Int) -> Bool {
        guard tree.relation(last) == .conjunct, let first = tree.head(of: last), tree.relation(first) == .object,
            let verb = tree.head(of: first)
        else { return false }
        return analysis.is(verb, anyOf: "found", "discovered", "find", "located")
    }

    func isOpening(_ token: Int) -> Bool { token - sentence.tokens.lowerBound < 4 }

    /// Whether nothing behind a verb says what it is aimed at.
    func isBare(_ verb: Int) -> Bool {
        for child in tree.children(of: verb) where child > verb {
            if let preposition = tree.preposition(of: child),
                analysis.is(preposition, anyOf: "at", "through", "into", "from")
            {
                return false
            }
            if tree.relation(child) == .clausalComplement { return false }
        }
        return true
    }

    /// Those who are a verb's subject, however far up it stands; where the tree has none, whoever stands before it.
    func subjects(of verb: Int) -> [Int] {
        let found = boundSubjects(of: verb)
        return found.isEmpty && !endsInIng(verb) ? besides(verb).map { [$0] } ?? [] : found
    }

    /// The person right before a verb or adjective that the tree ties to nobody, over auxiliaries and what stands between commas:
    /// `Roe, 27, later died`, `the victim, who was not named, died`.
    func besides(_ word: Int) -> Int? {
        let first = sentence.tokens.lowerBound
        var at = word - 1
        while at > first,
            tokens[at].tag == .auxiliary || tokens[at].tag == .adverb || analysis.is(at, "and") && isHarm(at - 1)
        {
            at -= analysis.is(at, "and") ? 2 : 1
        }
        for _ in 0..<3 {
            guard at > first, analysis.is(at, ",") else { break }
            let end = at
            at -= 1
            while at > first, end - at < 25, !analysis.is(at, ",") { at -= 1 }
            guard at > first, analysis.is(at, ","), isInserted(at + 1) else { return nil }
            at -= 1
        }
        guard at >= first, people.person(at: at, in: tree) != nil else { return nil }
        // "a dog that attacked an officer is dead": the officer is another verb's object.
        if tree.relation(at) == .object, let verb = tree.head(of: at), !tokens[verb].isIn(.cueVerb) { return nil }
        return at
    }

    private func isHarm(_ index: Int) -> Bool {
        index >= sentence.tokens.lowerBound && (tokens[index].isIn(.injureVerb) || tokens[index].isIn(.killVerb))
    }

    /// Whether a phrase behind a comma says more of whom stands before it.
    private func isInserted(_ index: Int) -> Bool {
        tokens[index].shape.contains(.number) || isRelative(index) || tokens[index].tag == .determiner
            || analysis.is(index, anyOf: "whose", "of", "from", "also")
    }

    private func boundSubjects(of verb: Int) -> [Int] {
        var at = verb
        for _ in 0..<5 {
            if tokens[at].tag == .noun, isHarm(at), let person = modified(by: at) { return [person.head] }
            if let subject = subject(of: at) {
                // "who", "that": whom the clause hangs on.
                if isRelative(subject) {
                    guard
                        tree.relation(at) == .relativeClause || tree.relation(at) == .adnominalClause
                            || tree.relation(at) == .conjunct
                    else { return [] }
                    var clause = at
                    while tree.relation(clause) == .conjunct, let head = tree.head(of: clause) { clause = head }
                    guard let noun = tree.head(of: clause), tree.relation(clause) != .root else { return [] }
                    // "a girl and mother who were killed"
                    if let auxiliary = tree.child(of: at, .passiveAuxiliary, .auxiliary, .copula),
                        analysis.is(auxiliary, anyOf: "were", "are", "have")
                    {
                        return tree.joined(noun)
                    }
                    return siblings(noun, at)
                }
                return tree.joined(subject)
            }
            switch tree.relation(at) {
            case .conjunct, .openClausalComplement, .adverbialClause, .copula:
                guard let head = tree.head(of: at) else { return [] }
                // "found the man suffering": the object is who suffers.
                if tree.relation(at) == .openClausalComplement, let object = tree.child(of: head, .object) {
                    return tree.joined(object)
                }
                at = head
            case .adnominalClause, .relativeClause:
                guard let noun = tree.head(of: at) else { return [] }
                return [noun]
            default: return []
            }
        }
        return []
    }

    /// The subject that stands nearest before a verb, else behind it: a dateline that was taken for one stands farther off. A
    /// person goes before a name that may be a place's.
    func subject(of verb: Int) -> Int? {
        var found: Int?
        for child in tree.children(of: verb) {
            switch tree.relation(child) {
            case .passiveSubject, .subject:
                guard child < verb || found == nil else { continue }
                if let found, tokens[child].tag == .properNoun, tokens[found].tag == .noun,
                    people.person(at: child, in: tree) == nil, people.person(at: found, in: tree) != nil
                {
                    continue
                }
                found = child
            default: break
            }
        }
        return found
    }

    func isRelative(_ token: Int) -> Bool { analysis.is(token, anyOf: "who", "that", "which", "whom") }

    func endsInIng(_ index: Int) -> Bool {
        let end = Int(tokens[index].end)
        let bytes = analysis.story.bytes
        return end - Int(tokens[index].start) > 4 && bytes[end - 1] | 0x20 == UInt8(ascii: "g")
            && bytes[end - 2] | 0x20 == UInt8(ascii: "n") && bytes[end - 3] | 0x20 == UInt8(ascii: "i")
    }
}
