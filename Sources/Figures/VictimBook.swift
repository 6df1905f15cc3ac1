internal import Language

/// The distinct persons of a story whom something befell, however often and by whatever words it comes back to them.
///
/// `A man was found shot to death … the victim, 26-year-old Ken Lee, …` is one. Two mentions are one person where the names
/// are, where a pronoun or description can stand for who was last told of, and where nothing speaks against it: another age,
/// another sex, another side of the law, or a word such as `another`.
struct VictimBook {
    /// One person, with all that was told.
    struct Victim {
        var entity: Int?
        var gender: Person.Gender?
        var age: Int?
        var isAdult = false
        var isChild = false
        var role: Person.Role?
        var kin: Person.Kin?
        var isVictim = false
        /// The noun of the first mention.
        var noun: UInt32 = 0
        var isAnother = false
        var isDead = false
        var isHurt = false
        var isStruck = false
        /// The sentence of the first mention.
        var firstSentence: Int
        /// The sentence of the last mention, and the heads of all.
        var sentence: Int
        var heads: [Int] = []
        /// The first words by which each of the two fates was told.
        var killed: Range<Int>?
        var injured: Range<Int>?
        /// Whether the same hand did it.
        var isSelf = false
        /// Whether all that was told of the person was told as what was before.
        var isEarlier = true
    }

    private(set) var victims: [Victim] = []
    /// Whether the story has said how many died, and as many are known.
    var deadAreKnown = false

    /// Takes in what a sentence tells.
    mutating func add(_ fate: Fate, sentence: Int) {
        let person = fate.person
        var index: Int
        if let known = match(fate, sentence: sentence) {
            index = known
        } else {
            victims.append(Victim(firstSentence: sentence, sentence: sentence))
            index = victims.count - 1
            victims[index].isAnother = person.form == .another && index > 0
        }
        merge(person, into: index)
        victims[index].sentence = sentence
        victims[index].heads.append(person.head)
        if fate.isSelf { victims[index].isSelf = true }
        if !fate.isEarlier { victims[index].isEarlier = false }
        switch fate.kind {
        case .killed:
            if !victims[index].isDead, let known = foretold(index) {
                victims[known].take(victims.remove(at: index))
                index = known
            }
            victims[index].isDead = true
            if victims[index].killed == nil { victims[index].killed = person.tokens }
        case .struck: victims[index].isStruck = true
        case .injured: victims[index].isHurt = true
        }
        if fate.kind != .killed, victims[index].injured == nil { victims[index].injured = person.tokens }
    }

    /// `Police named a man gunned down on Monday. Ann Roe was found wounded … died`: the story comes back to a death that its opening
    /// told of, and the two are one.
    private func foretold(_ index: Int) -> Int? {
        let victim = victims[index]
        guard victim.isHurt || victim.isStruck, !victim.isAnother || victim.entity != nil, !victim.isSelf,
            let known = victims[..<index].firstIndex(where: { $0.isDead })
        else { return nil }
        let first = victims[known]
        guard first.entity == nil, !first.isSelf,
            first.firstSentence < victim.firstSentence,
            first.age == nil || victim.age == nil || first.age == victim.age,
            first.gender == nil || victim.gender == nil || first.gender == victim.gender,
            first.role == nil || victim.role == nil || first.role == victim.role,
            first.kin == nil || victim.kin == nil || first.kin == victim.kin,
            !(first.isChild && victim.isGrown),
            !(victim.isChild && (first.isGrown || first.isAdult && first.age == nil))
        else { return nil }
        return known
    }

    /// Who shot others dead and then himself is dead, too, where nothing says that he lived.
    mutating func closeSelves(othersDead: Bool) {
        guard othersDead || victims.contains(where: { $0.isDead && !$0.isSelf }) else { return }
        for index in victims.indices
        where victims[index].isSelf && victims[index].isStruck && !victims[index].isHurt && !victims[index].isDead {
            victims[index].isDead = true
            victims[index].killed = victims[index].injured
        }
    }

    /// Leaves out those whom the story only remembers, where it tells of others.
    mutating func forgetEarlier(hasOthers: Bool) {
        guard hasOthers || victims.contains(where: { !$0.isEarlier }) else { return }
        victims.removeAll { $0.isEarlier }
    }

    private mutating func merge(_ person: Person, into index: Int) {
        // Whom a pronoun stands for is a guess.
        if victims[index].entity == nil, person.form != .pronoun { victims[index].entity = person.entity }
        if victims[index].gender == nil { victims[index].gender = person.gender }
        if victims[index].age == nil { victims[index].age = person.age }
        if victims[index].role == nil { victims[index].role = person.role }
        if victims[index].kin == nil { victims[index].kin = person.kin }
        if victims[index].noun == 0 { victims[index].noun = person.noun }
        victims[index].isVictim = victims[index].isVictim || person.isVictim
        victims[index].isAdult = victims[index].isAdult || person.isAdult
        victims[index].isChild = victims[index].isChild || person.isChild
    }

    /// Which of the known persons a mention is; nil where it is a new one.
    private func match(_ fate: Fate, sentence: Int) -> Int? {
        var person = fate.person
        if let entity = person.entity,
            let known = victims.lastIndex(where: {
                $0.entity == entity && ($0.gender == nil || person.gender == nil || $0.gender == person.gender)
            })
        {
            return known
        }
        // A pronoun that is taken for somebody who is no victim so far may well be taken wrongly.
        if person.form == .pronoun || person.form == .definite {
            if person.form == .pronoun, person.entity != nil { person.age = nil }
            person.entity = nil
        }
        // The same words again: "was shot and died".
        if let known = victims.lastIndex(where: { $0.sentence == sentence && $0.heads.contains(person.head) }) {
            return known
        }
        // Only one hand is its own victim.
        if fate.isSelf, let known = victims.lastIndex(where: { $0.isSelf }),
            fits(person, victims[known], fate.kind, sentence: nil)
        {
            return known
        }
        var best: (index: Int, likeness: Int)?
        for index in victims.indices.reversed() where fits(person, victims[index], fate.kind, sentence: sentence) {
            let likeness = likeness(person, victims[index], fate.kind)
            if likeness > best?.likeness ?? -1 { best = (index, likeness) }
        }
        return best?.index
    }

    /// How much speaks for two being one, where nothing speaks against it; of those alike, whoever was told of last is meant.
    private func likeness(_ person: Person, _ victim: Victim, _ kind: Fate.Kind) -> Int {
        var likeness = 0
        // One of the same age is surely meant.
        if let age = person.age, victim.age == age { likeness += 8 }
        if person.noun != 0, person.noun == victim.noun { likeness += 1 }
        if let gender = person.gender, victim.gender == gender { likeness += 1 }
        // Where as many are known to be dead as the story says, another death is one of theirs.
        if kind == .killed, victim.isDead { likeness += deadAreKnown ? 4 : 1 }
        if kind != .killed, !victim.isDead { likeness += 1 }
        return likeness
    }

    /// Whether nothing speaks against two being one; `sentence` is the mention's, nil where it does not matter.
    private func fits(_ person: Person, _ victim: Victim, _ kind: Fate.Kind, sentence: Int?) -> Bool {
        if let one = person.entity, let other = victim.entity, one != other { return false }
        if let one = person.age, let other = victim.age, one != other { return false }
        if let one = person.gender, let other = victim.gender, one != other { return false }
        if person.isChild, victim.isGrown || victim.isAdult && victim.age == nil { return false }
        if victim.isChild, person.age ?? 0 >= 20 || person.isAdult && person.age == nil { return false }
        if let one = person.role, let other = victim.role, one != other { return false }
        if let one = person.kin, let other = victim.kin, one != other { return false }
        // Who did it and died is not "the victim".
        if victim.isSelf, person.isVictim || person.form == .name && person.role == nil,
            person.age == nil || person.age != victim.age, victims.contains(where: { !$0.isSelf })
        {
            return false
        }
        if person.role == .suspect, victim.role == nil, person.form != .name, victim.isVictim { return false }
        switch person.form {
        // "before shooting himself", where nobody tells who.
        case .reflexive: return victim.isSelf || victim.sentence != sentence
        case .pronoun: return true
        case .another: return victim.isAnother && victim.sentence != sentence
        case .name, .indefinite, .possessive:
            // Two phrases of one sentence are two persons, unless a caption has run into the text and says the same.
            if victim.sentence == sentence {
                guard person.noun != 0, victim.noun == person.noun else { return false }
            }
            // Nobody who died is in critical condition further down: that is another.
            if kind == .injured, victim.isDead, person.age == nil || person.age != victim.age { return false }
            // "Officer Roe … his wife"
            if person.form == .possessive, victim.role == .officer { return false }
        case .definite:
            // "shot and wounded Ann Roe, whose father fired, killing the teen": that is somebody else.
            if victim.sentence == sentence, victim.entity != nil, !person.isVictim, !victim.isDead { return false }
        }
        return true
    }

}

extension VictimBook.Victim {
    /// Takes in what was told of the same person elsewhere.
    fileprivate mutating func take(_ other: VictimBook.Victim) {
        entity = entity ?? other.entity
        gender = gender ?? other.gender
        age = age ?? other.age
        role = role ?? other.role
        kin = kin ?? other.kin
        isAdult = isAdult || other.isAdult
        isChild = isChild || other.isChild
        isVictim = isVictim || other.isVictim
        isHurt = isHurt || other.isHurt
        isStruck = isStruck || other.isStruck
        isEarlier = isEarlier && other.isEarlier
        sentence = max(sentence, other.sentence)
        heads += other.heads
        injured = injured ?? other.injured
    }

    /// Whether the person is no child for sure.
    fileprivate var isGrown: Bool { age ?? 0 >= 20 }
}
