internal import Language
internal import Stories

/// One person as a noun phrase, a name or a pronoun tells of them, without knowing who it is.
struct Person {
    /// How a phrase brings somebody up.
    enum Form { case name, indefinite, another, definite, possessive, pronoun, reflexive }
    enum Gender { case male, female }
    enum Kin { case parent, child }
    /// On which side of the law.
    enum Role { case officer, suspect }

    /// The words, from the first to the head of the phrase.
    var tokens: Range<Int>
    var head: Int
    var form: Form
    var entity: Int?
    var gender: Gender?
    var age: Int?
    /// Whether the words say `man` or `woman`, or `child`, `boy`, `teenager`.
    var isAdult = false
    var isChild = false
    var role: Role?
    /// Whose parent or child the noun says that one is: a mother is no daughter.
    var kin: Kin?
    /// The head's lemma in the lexicon, 0 for names and pronouns: a wife is no daughter.
    var noun: UInt32 = 0
    /// Whether the word says no more than that somebody was a victim.
    var isVictim = false
}

/// Reads who one person is from the words.
struct PersonReader {
    let analysis: Analysis
    /// What the story says anywhere of those it names.
    let known: KnownPeople

    private var tokens: [Token] { analysis.tokens }

    /// The person whom the phrase around a head tells of; nil where it is none, or more than one.
    func person(at head: Int, in tree: SentenceTree) -> Person? {
        let token = tokens[head]
        if let name = analysis.name(holding: head) {
            guard analysis.names[name].kind == .person else {
                return token.isIn(.victimNoun) && token.tag == .noun ? described(head, in: tree) : nil
            }
            return named(name, in: tree)
        }
        if let other = other(head, in: tree) { return other }
        if token.tag == .pronoun { return pronoun(head) }
        guard token.tag == .noun || token.isIn(.victimNoun) || isAgeNoun(head) else { return nil }
        return described(head, in: tree)
    }

    /// Who dies by a name that was not taken for a person's, but is nobody else's for sure: `Makanzee died`.
    func mortal(at head: Int) -> Person? {
        let token = tokens[head]
        guard token.tag == .properNoun, token.isCapitalized, !isPlural(head), token.lemma == 0 || token.isIn(.givenName)
        else { return nil }
        if let name = analysis.name(holding: head) {
            let range = analysis.names[name].tokens
            guard range.count < 3, analysis.names[name].kind != .person,
                !range.contains(where: { index in
                    tokens[index].isIn(.organizationNoun) || tokens[index].isIn(.organizationName)
                        || tokens[index].isIn(.locationName) || tokens[index].isIn(.locationNoun)
                        || tokens[index].isIn(.nationality) || tokens[index].isIn(.mediaName)
                })
            else { return nil }
            return Person(tokens: range, head: range.upperBound - 1, form: .name)
        }
        return Person(tokens: head..<head + 1, head: head, form: .name)
    }

    private func named(_ name: Int, in tree: SentenceTree) -> Person {
        let entity = known.entity(analysis.names[name].entity)
        let range = analysis.names[name].tokens
        var person = Person(tokens: range, head: range.upperBound - 1, form: .name, entity: entity)
        known.fill(&person)
        // "the victim, Ann Roe", "Officer Roe", "his wife Ann Roe"
        if let before = nounBeside(range, in: tree) { tell(before, &person) }
        return person
    }

    /// The noun that says who a name is, right before it.
    private func nounBeside(_ name: Range<Int>, in tree: SentenceTree) -> Int? {
        var index = name.lowerBound - 1
        if index > tree.range.lowerBound, analysis.is(index, ",") { index -= 1 }
        guard index >= tree.range.lowerBound, tokens[index].isIn(.victimNoun), analysis.name(holding: index) == nil
        else { return nil }
        return index
    }

    /// `one`, `another`, `the other`, `a third`, where no noun follows.
    private func other(_ head: Int, in tree: SentenceTree) -> Person? {
        let isOne = analysis.is(head, "one") && !(head > tree.range.lowerBound && analysis.is(head - 1, "no"))
        guard isOne || analysis.is(head, anyOf: "another", "other", "second", "third", "fourth"),
            tree.relation(head) != .determiner, tree.relation(head) != .numericModifier,
            tree.relation(head) != .adjectivalModifier
        else { return nil }
        var person = Person(tokens: head..<head + 1, head: head, form: isOne ? .indefinite : .another)
        if let article = tree.child(of: head, .determiner), article < head {
            person.tokens = article..<head + 1
        }
        // "one of the men": who they are says what he is.
        if let group = tree.child(of: head, .nominalModifier), analysis.is(group, anyOf: "men", "boys") {
            person.gender = .male
        }
        if let group = tree.child(of: head, .nominalModifier), analysis.is(group, anyOf: "women", "girls") {
            person.gender = .female
        }
        return person
    }

    private func pronoun(_ head: Int) -> Person? {
        var person = Person(tokens: head..<head + 1, head: head, form: .pronoun)
        if analysis.is(head, anyOf: "himself", "herself") {
            person.form = .reflexive
        } else if !analysis.is(head, anyOf: "he", "him", "she", "her") {
            return nil
        }
        person.gender = analysis.is(head, anyOf: "he", "him", "himself") ? .male : .female
        person.entity = analysis.entity(in: person.tokens).map(known.entity)
        if let entity = person.entity { person.age = known.ages[entity] }
        return person
    }

    private func described(_ head: Int, in tree: SentenceTree) -> Person? {
        guard
            tokens[head].isIn(.victimNoun) || tokens[head].isIn(.suspectNoun) || tokens[head].isIn(.personRole)
                || isAgeNoun(head), !isPlural(head)
        else { return nil }
        var person = Person(tokens: head..<head + 1, head: head, form: .indefinite, noun: tokens[head].lemma)
        var first = head
        var hasDeterminer = false
        for child in tree.children(of: head) where child < head {
            let relation = tree.relation(child)
            switch relation {
            case .determiner, .possessive:
                hasDeterminer = true
                first = min(first, child)
                if relation == .possessive {
                    person.form = .possessive
                    for part in tree.children(of: child) { first = min(first, part) }
                } else if analysis.is(child, anyOf: "the", "this", "that") {
                    person.form = .definite
                } else if analysis.is(child, anyOf: "another") {
                    person.form = .another
                } else if analysis.is(child, anyOf: "no", "any", "every", "each", "all", "some") {
                    return nil
                }
            case .numericModifier:
                // "a 4-month old baby" counts months.
                let isAge = child + 1 < head && (analysis.is(child + 1, "-") || tokens[child + 1].isIn(.timeUnit))
                if !isAge, !analysis.is(child, "one") { return nil }
                first = min(first, child)
            case .adjectivalModifier, .compound, .nominalModifier, .unmarkedNominalModifier, .nominalDescription:
                first = min(first, child)
                if analysis.is(child, "unborn") { return nil }
                if analysis.is(child, anyOf: "second", "third", "fourth", "fifth", "other") { person.form = .another }
                if tokens[child].isIn(.suspectNoun) || analysis.is(child, anyOf: "suspected", "alleged") {
                    person.role = .suspect
                }
                if tokens[child].isIn(.personRole) || analysis.is(child, anyOf: "police", "off-duty") {
                    if person.role == nil, isOfficer(child) { person.role = .officer }
                }
            default: break
            }
        }
        if isAgeNoun(head) {
            for back in 1...4 where head - back >= tree.range.lowerBound && tokens[head - back].shape.contains(.number)
            {
                first = min(first, head - back)
            }
        }
        if !hasDeterminer, person.form == .indefinite, tokens[head].isIn(.functionWord) { return nil }
        person.tokens = first..<head + 1
        tell(head, &person)
        if person.age == nil {
            person.age = age(before: head, from: tree.range.lowerBound) ?? age(behind: head, tree.range.upperBound)
        }
        // "the victim, Ann Roe, 23": one and the same.
        if let apposition = tree.child(of: head, .apposition), let name = analysis.name(holding: apposition),
            analysis.names[name].kind == .person
        {
            person.entity = known.entity(analysis.names[name].entity)
            known.fill(&person)
        } else if person.form != .another, let entity = analysis.entity(in: person.tokens), person.form == .definite {
            person.entity = analysis.entities[entity].kind == .person ? known.entity(entity) : nil
        }
        return person
    }

    /// What a noun says of whoever is called so.
    private func tell(_ noun: Int, _ person: inout Person) {
        if analysis.is(noun, anyOf: "victim", "person", "patient", "individual", "decedent") { person.isVictim = true }
        if person.gender == nil { person.gender = gender(noun) }
        if analysis.value(of: noun, in: .victimNoun) == 3 { person.isChild = true }
        if analysis.is(noun, anyOf: "man", "woman") { person.isAdult = true }
        if person.kin == nil { person.kin = kin(noun) }
        if person.role == nil {
            if tokens[noun].isIn(.suspectNoun) {
                person.role = .suspect
            } else if isOfficer(noun) {
                person.role = .officer
            }
        }
    }

    private func kin(_ noun: Int) -> Person.Kin? {
        if analysis.is(
            noun, anyOf: "mother", "father", "mom", "dad", "parent", "wife", "husband", "grandmother", "grandfather")
        {
            return .parent
        }
        return analysis.is(noun, anyOf: "son", "daughter", "child", "baby", "toddler", "infant", "girl", "boy")
            ? .child : nil
    }

    private func isOfficer(_ noun: Int) -> Bool {
        analysis.is(
            noun, anyOf: "officer", "deputy", "trooper", "cop", "policeman", "policewoman", "sergeant", "sgt.",
            "detective", "police", "agent", "marshal")
    }

    private func gender(_ noun: Int) -> Person.Gender? {
        if analysis.is(
            noun, anyOf: "man", "boy", "father", "son", "brother", "husband", "male", "boyfriend", "grandfather",
            "uncle", "nephew", "grandson", "stepfather", "stepson", "businessman", "policeman", "schoolboy")
        {
            return .male
        }
        if analysis.is(
            noun, anyOf: "woman", "girl", "mother", "daughter", "sister", "wife", "female", "girlfriend",
            "grandmother", "aunt", "niece", "granddaughter", "stepmother", "stepdaughter", "policewoman", "schoolgirl")
        {
            return .female
        }
        return nil
    }

    /// `the 23-year-old`
    private func isAgeNoun(_ head: Int) -> Bool { analysis.is(head, "old") }

    private func isPlural(_ head: Int) -> Bool {
        if analysis.is(
            head, anyOf: "people", "men", "women", "children", "police", "policemen", "gunmen", "family", "couple",
            "staff", "crew", "families")
        {
            return true
        }
        let bytes = analysis.story.bytes
        let (start, end) = (Int(tokens[head].start), Int(tokens[head].end))
        return end - start > 3 && bytes[end - 1] | 0x20 == UInt8(ascii: "s")
            && bytes[end - 2] | 0x20 != UInt8(ascii: "s")
            && tokens[head].lemma != tokens[head].word
    }

    /// `a 23-year-old man`
    private func age(before head: Int, from first: Int) -> Int? {
        var index = head
        while index >= max(first, head - 7) {
            if let age = KnownPeople.age(at: index, analysis) { return age }
            index -= 1
        }
        return nil
    }

    /// `The man, 23,`
    private func age(behind head: Int, _ limit: Int) -> Int? {
        guard head + 2 < limit, analysis.is(head + 1, ","), let age = analysis.wholeNumber(at: head + 2), age < 110,
            head + 3 >= limit || tokens[head + 3].isPunctuation
        else { return nil }
        return age
    }
}

/// What a story says of those whom it names, wherever it says it.
struct KnownPeople {
    /// The age of each entity, as printed beside its name.
    let ages: [Int: Int]
    let suspects: Set<Int>
    /// The gender of those for whom pronouns stand, and all the same.
    private let genders: [Int: Person.Gender]
    /// The entity that a part of its name stands for: `Timea` for `Timea Batts`, `Rodriguez Porth` for `Antonio Rodriguez Porth`.
    private let aliases: [Int: Int]

    init(analysis: Analysis) {
        var ages: [Int: Int] = [:]
        var suspects: Set<Int> = []
        let tokens = analysis.tokens
        for name in analysis.names where name.kind == .person {
            let end = name.tokens.upperBound
            // "Ann Roe, 23,", "Ann Roe (23)"
            if end + 1 < tokens.count, analysis.is(end, ",") || analysis.is(end, "("),
                let age = analysis.wholeNumber(at: end + 1), age < 110, ages[name.entity] == nil,
                end + 2 >= tokens.count || tokens[end + 2].isPunctuation || tokens[end + 2].tag != .noun
            {
                ages[name.entity] = age
            }
            let start = name.tokens.lowerBound
            for back in 1...5 where start - back >= 0 {
                if tokens[start - back].isPunctuation, !analysis.is(start - back, "-"), !analysis.is(start - back, ",")
                {
                    break
                }
                if ages[name.entity] == nil, let age = KnownPeople.age(at: start - back, analysis) {
                    ages[name.entity] = age
                }
                if back <= 2, tokens[start - back].isIn(.suspectNoun) { suspects.insert(name.entity) }
            }
        }
        self.ages = ages
        self.suspects = suspects
        var genders: [Int: Person.Gender] = [:]
        var doubted: Set<Int> = []
        for mention in analysis.mentions where mention.form == .pronoun {
            let gender: Person.Gender =
                analysis.is(mention.tokens.lowerBound, anyOf: "he", "him", "his", "himself") ? .male : .female
            if let known = genders[mention.entity], known != gender { doubted.insert(mention.entity) }
            genders[mention.entity] = gender
        }
        for entity in doubted { genders[entity] = nil }
        self.genders = genders
        aliases = KnownPeople.aliases(analysis)
    }

    /// The entity that stands for another, itself where none does.
    func entity(_ entity: Int) -> Int { aliases[entity] ?? entity }

    private static func aliases(_ analysis: Analysis) -> [Int: Int] {
        var byWord: [UInt64: Int] = [:]
        var aliases: [Int: Int] = [:]
        for name in analysis.names where name.kind == .person && name.tokens.count > 1 {
            for token in name.tokens {
                let key = hash(token, analysis)
                if byWord[key] == nil { byWord[key] = name.entity }
            }
        }
        for name in analysis.names where name.kind == .person && aliases[name.entity] == nil {
            let words = analysis.names[analysis.entities[name.entity].fullest].tokens
            guard words.count < 4, let full = byWord[hash(words.lowerBound, analysis)], full != name.entity,
                aliases[full] == nil
            else { continue }
            // "Ann Roe", "Ann T. Roe" and "Ann Tara Roe": no more than the middle differs.
            if isSameButMiddle(words, analysis.names[analysis.entities[full].fullest].tokens, analysis) {
                aliases[name.entity] = full
                continue
            }
            // All its words are the other's, in their order.
            let other = analysis.names[analysis.entities[full].fullest].tokens
            guard other.count > words.count,
                let first = other.first(where: { hash($0, analysis) == hash(words.lowerBound, analysis) }),
                first + words.count <= other.upperBound,
                words.allSatisfy({ hash(first + $0 - words.lowerBound, analysis) == hash($0, analysis) })
            else { continue }
            aliases[name.entity] = full
        }
        return aliases
    }

    private static func isSameButMiddle(_ one: Range<Int>, _ other: Range<Int>, _ analysis: Analysis) -> Bool {
        one.count > 1 && other.count > 1 && hash(one.lowerBound, analysis) == hash(other.lowerBound, analysis)
            && hash(one.upperBound - 1, analysis) == hash(other.upperBound - 1, analysis)
    }

    private static func hash(_ token: Int, _ analysis: Analysis) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        let token = analysis.tokens[token]
        for byte in analysis.story.bytes[Int(token.start)..<Int(token.end)] {
            hash = (hash ^ UInt64(byte | 0x20)) &* 1_099_511_628_211
        }
        return hash
    }

    /// Adds to a person what is known of the name.
    func fill(_ person: inout Person) {
        guard let entity = person.entity else { return }
        if person.age == nil { person.age = ages[entity] }
        if person.gender == nil { person.gender = genders[entity] }
        if person.role == nil, suspects.contains(entity) { person.role = .suspect }
    }

    /// The age that stands at a token: `23-year-old`, `four-year old`.
    static func age(at index: Int, _ analysis: Analysis) -> Int? {
        let token = analysis.tokens[index]
        guard let value = analysis.wholeNumber(at: index) ?? analysis.value(of: index, in: .numberWord), value < 110,
            token.shape.contains(.number) || token.isIn(.numberWord)
        else { return nil }
        for next in index + 1...index + 2 where next < analysis.tokens.count {
            if analysis.is(next, anyOf: "year", "years", "yr") {
                return next + 1 < analysis.tokens.count && analysis.is(next + 1, anyOf: "-", "old") ? value : nil
            }
            if !analysis.is(next, "-") { return nil }
        }
        return nil
    }
}
