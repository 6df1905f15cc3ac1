internal import Stories

/// Finds pronouns and descriptions that stand for a named entity of the story: "she", "the spokeswoman", "the ministry".
///
/// Only where the evidence is good: a pronoun needs one person that fits nearby, or one that was the subject; a
/// description needs one entity that is called so, in its name or beside it. All else is left alone.
struct MentionFinder {
    let analysis: Analysis

    private enum Gender { case male, female }

    /// The mentions in order.
    ///
    /// - Complexity: O(*n*) in tokens and names for sentences of bounded length.
    func find() -> [Analysis.Mention] {
        let roles = roles()
        var genders = genders(roles)
        var called: [UInt32: [Int]] = [:]
        for (entity, words) in roles.enumerated() { for word in words { called[word, default: []].append(entity) } }
        var mentions: [Analysis.Mention] = []
        for (number, sentence) in analysis.sentences.enumerated() where sentence.part == .body {
            for index in sentence.tokens where analysis.name(holding: index) == nil {
                if let gender = pronoun(index) {
                    guard let entity = person(index, gender, sentence: number, genders, mentions) else { continue }
                    if genders[entity] == nil { genders[entity] = gender }
                    mentions.append(Analysis.Mention(tokens: index..<index + 1, entity: entity, form: .pronoun))
                } else if let description = description(index, in: sentence),
                    let entity = described(description.noun, before: index, called)
                {
                    mentions.append(Analysis.Mention(tokens: description.range, entity: entity, form: .description))
                }
            }
        }
        return mentions
    }

    private func pronoun(_ index: Int) -> Gender? {
        guard analysis.tokens[index].tag == .pronoun else { return nil }
        if analysis.is(index, anyOf: "he", "him", "his", "himself") { return .male }
        if analysis.is(index, anyOf: "she", "her", "hers", "herself") { return .female }
        return nil
    }

    /// Words that say what an entity is, by number in the lexicon: of its name, its title, its apposition.
    private func roles() -> [Set<UInt32>] {
        var roles = [Set<UInt32>](repeating: [], count: analysis.entities.count)
        for name in analysis.names where name.entity >= 0 {
            if name.kind != .person {
                for index in name.tokens where analysis.tokens[index].tag != .adposition {
                    roles[name.entity].insert(analysis.tokens[index].lemma)
                }
                continue
            }
            let head = head(of: name.tokens)
            let sentence = analysis.sentences[analysis.sentence(holding: head)].tokens
            for index in sentence where !name.tokens.contains(index) && isNoun(index) {
                let token = analysis.tokens[index]
                let hangsHere = name.tokens.contains(Int(token.head))
                let holdsName = Int(analysis.tokens[head].head) == index
                let beside: Set<Relation> = [.apposition, .compound, .flatName, .nominalDescription]
                if hangsHere && beside.contains(token.relation)
                    || holdsName && beside.contains(analysis.tokens[head].relation)
                {
                    roles[name.entity].insert(token.lemma)
                }
            }
        }
        for index in roles.indices { roles[index].remove(0) }
        return roles
    }

    private func isNoun(_ index: Int) -> Bool {
        analysis.tokens[index].tag == .noun || analysis.tokens[index].tag == .properNoun
    }

    /// The word of a name that the others hang on.
    private func head(of name: Range<Int>) -> Int {
        name.first { !name.contains(Int(analysis.tokens[$0].head)) } ?? name.lowerBound
    }

    private static let maleWords: [String] = [
        "spokesman", "chairman", "king", "prince", "father", "son", "brother", "husband", "man",
    ]
    private static let femaleWords: [String] = [
        "spokeswoman", "chairwoman", "queen", "princess", "mother", "daughter", "sister", "wife", "woman",
    ]

    private func genders(_ roles: [Set<UInt32>]) -> [Gender?] {
        let male = Set(MentionFinder.maleWords.map { analysis.lexicon.word($0) })
        let female = Set(MentionFinder.femaleWords.map { analysis.lexicon.word($0) })
        var genders: [Gender?] = roles.map {
            let (isMale, isFemale) = (!$0.isDisjoint(with: male), !$0.isDisjoint(with: female))
            return isMale == isFemale ? nil : isMale ? .male : .female
        }
        for name in analysis.names where name.kind == .person && name.entity >= 0 && name.tokens.lowerBound > 0 {
            let before = name.tokens.lowerBound - 1
            if analysis.is(before, anyOf: "mr", "mr.", "sir") { genders[name.entity] = .male }
            if analysis.is(before, anyOf: "mrs", "mrs.", "ms", "ms.", "miss") { genders[name.entity] = .female }
        }
        return genders
    }

    /// The person that a pronoun stands for: the only one that fits in this sentence and the one before, else the only
    /// one of them that is a subject where the pronoun is one, too.
    private func person(
        _ index: Int, _ gender: Gender, sentence: Int, _ genders: [Gender?], _ mentions: [Analysis.Mention]
    ) -> Int? {
        let first = analysis.sentences[max(0, sentence - 1)]
        guard first.part == .body else { return nil }
        var seen: [Int] = []
        var subjects: [Int] = []
        func add(_ entity: Int, _ head: Int) {
            guard analysis.entities[entity].kind == .person, genders[entity] == nil || genders[entity] == gender else {
                return
            }
            if !seen.contains(entity) { seen.append(entity) }
            if isSubject(head), !subjects.contains(entity) {
                subjects.append(entity)
            }
        }
        for at in names(from: first.tokens.lowerBound, before: index) {
            add(analysis.names[at].entity, head(of: analysis.names[at].tokens))
        }
        for mention in mentions.reversed() {
            guard mention.tokens.lowerBound >= first.tokens.lowerBound else { break }
            add(mention.entity, mention.tokens.upperBound - 1)
        }
        if seen.count == 1 { return seen[0] }
        // One whose gender is known goes before those of whom nothing is known.
        let sure = seen.filter { genders[$0] == gender }
        if sure.count == 1 { return sure[0] }
        return sure.isEmpty && subjects.count == 1 && isSubject(index) ? subjects[0] : nil
    }

    /// Whether a word is a subject, or joined to one by "and".
    private func isSubject(_ index: Int) -> Bool {
        let token = analysis.tokens[index]
        let joined = token.relation == .conjunct && token.head >= 0 ? analysis.tokens[Int(token.head)] : token
        return joined.relation == .subject || joined.relation == .passiveSubject
    }

    /// Indices of the names that begin in a stretch of tokens.
    private func names(from start: Int, before end: Int) -> Range<Int> {
        var low = 0
        var high = analysis.names.count
        while low < high {
            let middle = (low + high) / 2
            if analysis.names[middle].tokens.lowerBound < start { low = middle + 1 } else { high = middle }
        }
        var last = low
        while last < analysis.names.count, analysis.names[last].tokens.lowerBound < end { last += 1 }
        return low..<last
    }

    /// "the ministry" at `index`: an article and a noun with nothing else hung on it.
    private func description(_ index: Int, in sentence: Sentence) -> (range: Range<Int>, noun: Int)? {
        guard analysis.is(index, "the"), index + 1 < sentence.tokens.upperBound else { return nil }
        let noun = index + 1
        let token = analysis.tokens[noun]
        guard token.tag == .noun, analysis.pennTag(of: noun) == "NN", analysis.tokens[index].head == Int32(noun),
            token.isIn(.organizationNoun) || token.isIn(.personRole) || token.isIn(.locationNoun) || token.isIn(.title)
        else { return nil }
        for other in sentence.tokens where other != index && analysis.tokens[other].head == Int32(noun) {
            switch analysis.tokens[other].relation {
            case .caseMarker, .punctuation, .coordinator, .clauseMarker, .copula, .auxiliary, .subject: continue
            default: return nil
            }
        }
        return (index..<noun + 1, noun)
    }

    /// The only entity named before `index` that is called what the noun says.
    private func described(_ noun: Int, before index: Int, _ called: [UInt32: [Int]]) -> Int? {
        let word = analysis.tokens[noun].lemma
        guard word != 0, let entities = called[word] else { return nil }
        var found: Int?
        // Entities are numbered by first mention.
        for entity in entities {
            guard analysis.names[analysis.entities[entity].first].tokens.upperBound <= index else { break }
            if found != nil { return nil }
            found = entity
        }
        return found
    }
}
