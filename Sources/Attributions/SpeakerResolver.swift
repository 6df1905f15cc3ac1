internal import Language
internal import Stories

/// Tells who a source is: name, role, affiliation and kind, through apposition, pronouns and earlier mention.
///
/// Sources are resolved in the order of the text; what is known of a speaker is kept for later mentions. Two unnamed
/// speakers are one only where the text says so by a definite description or a pronoun.
struct SpeakerResolver {
    let analysis: Analysis
    var tokens: [Token] { analysis.tokens }

    /// A speaker met earlier, and how it can be referred to again.
    private struct Known {
        var speaker: Speaker
        var entity: Int?
        /// Lexicon number of the noun that describes it.
        var noun: UInt32
        var isPlural: Bool
        var isPerson: Bool
    }

    private var known: [Known] = []
    /// How many speakers have been met.
    private var count = 0

    /// The first names of each entity.
    let mentions: [[Analysis.Name]]

    init(analysis: Analysis) {
        self.analysis = analysis
        var mentions = [[Analysis.Name]](repeating: [], count: analysis.entities.count)
        for name in analysis.names where mentions[name.entity].count < 8 { mentions[name.entity].append(name) }
        self.mentions = mentions
    }

    /// The speaker of an attribution. Call in the order of the text.
    mutating func speaker(of draft: Draft) -> Speaker {
        guard let source = draft.source else { return Speaker(kind: .unnamed) }
        // "… Ann Roe, who has denied it": the pronoun stands for what it follows.
        let isRelative = source.count == 1 && analysis.value(of: source.lowerBound, in: .personPronoun) == 8
        let speaker = resolve(isRelative ? antecedent(of: source.lowerBound, draft.cue.head) ?? source : source)
        guard speaker.kind == .unnamed, speaker.anonymity == nil,
            let words = Anonymity(analysis: analysis).words(around: source, draft.cue)
        else { return speaker }
        // What is told of it here holds wherever it speaks.
        var told = speaker
        told.anonymity = words
        for index in known.indices where known[index].speaker.number == told.number {
            known[index].speaker.anonymity = words
        }
        return told
    }

    private mutating func resolve(_ source: Range<Int>) -> Speaker {
        // Nobody is referred back to over hundreds of speakers.
        if known.count > 512 { known.removeFirst(256) }
        let first = source.lowerBound
        if source.count <= 2, tokens[first].isIn(.personPronoun),
            let pronoun = analysis.value(of: first, in: .personPronoun)
        {
            // An "it" that stands for nothing met before is a body or a thing, no person.
            return byPronoun(pronoun)
                ?? remember(
                    Speaker(role: analysis.text(of: source), kind: pronoun == 4 ? .organization : .unnamed),
                    entity: nil,
                    noun: 0, plural: pronoun == 3, person: pronoun != 4)
        }
        let head = headPhrase(of: source)
        let inside = analysis.names(in: source)
        // A person named in the source, at its head or next to its role.
        if let person = inside.first(where: { analysis.names[$0].kind == .person && isHead($0, of: source, head) }) {
            return named(person, source)
        }
        let role = roleNoun(in: head)
        if let media = mediaName(head), role == nil {
            return remember(Speaker(name: media, kind: .media), entity: nil, noun: 0, plural: false, person: false)
        }
        if let role, !headIsOrganization(head) { return described(source, head, role) }
        if let name = inside.last(where: {
            head.contains(analysis.names[$0].tokens.upperBound - 1)
                && analysis.names[$0].tokens.upperBound == head.upperBound
        }) {
            return body(name)
        }
        let last = head.upperBound - 1
        if tokens[last].isIn(.documentNoun), !tokens[last].isIn(.personRole) {
            let owner = possessor(of: head)
            return remember(
                Speaker(name: owner, role: analysis.text(of: withoutArticle(head)), kind: .document), entity: nil,
                noun: tokens[last].lemma, plural: false, person: false)
        }
        if tokens[last].isIn(.organizationNoun) || headIsOrganization(head) {
            // "The ministry": the one that spoke before.
            if isDefinite(head), withoutArticle(head).count == 1,
                let earlier = known.last(where: {
                    $0.speaker.kind == .organization && $0.noun == tokens[last].lemma && $0.noun != 0
                })
            {
                known.append(earlier)
                return earlier.speaker
            }
            let text = analysis.text(of: withoutArticle(head))
            return remember(
                Speaker(name: text, affiliation: possessor(of: head), kind: .organization), entity: nil,
                noun: tokens[last].lemma, plural: false, person: false)
        }
        if let name = inside.first, analysis.names[name].kind != .misc, analysis.names[name].kind != .person {
            return body(name)
        }
        return remember(
            Speaker(role: analysis.text(of: withoutArticle(head)), kind: .unnamed), entity: nil,
            noun: tokens[last].lemma,
            plural: false, person: true)
    }

    /// What a relative pronoun stands for: the noun that its clause hangs on, with what stands before that.
    private func antecedent(of pronoun: Int, _ verb: Int) -> Range<Int>? {
        var noun = Int(tokens[verb].head)
        if tokens[verb].relation != .relativeClause || noun < 0 || noun >= pronoun {
            noun = pronoun - 1
            while noun >= 0, tokens[noun].isPunctuation, pronoun - noun < 3 { noun -= 1 }
        }
        guard noun >= 0, noun < pronoun else { return nil }
        let sentence = analysis.sentences[analysis.sentence(holding: pronoun)].tokens
        let name = analysis.name(holding: noun).map { analysis.names[$0].tokens }
        var start = name?.lowerBound ?? noun
        let end = max(name?.upperBound ?? 0, noun + 1)
        while start > sentence.lowerBound {
            let head = Int(tokens[start - 1].head)
            guard head >= start, head < end, !tokens[start - 1].isPunctuation || analysis.is(start - 1, "-") else {
                break
            }
            start -= 1
        }
        return sentence.contains(noun) ? start..<end : nil
    }

    // MARK: By form

    private mutating func named(_ name: Int, _ source: Range<Int>) -> Speaker {
        let entity = analysis.names[name].entity
        if source.count <= analysis.names[name].tokens.count + 1,
            let earlier = known.last(where: { $0.entity == entity })
        {
            known.append(earlier)
            return earlier.speaker
        }
        let label = analysis.entities[entity].label
        // What stands before the name, and behind it between commas.
        var (role, affiliation) = description(source, around: analysis.names[name].tokens)
        if let earlier = known.last(where: { $0.entity == entity }) {
            role = role ?? earlier.speaker.role
            affiliation = affiliation ?? earlier.speaker.affiliation
        } else if role == nil {
            (role, affiliation) = elsewhere(entity)
        }
        return remember(
            Speaker(name: label, role: role, affiliation: affiliation, kind: .named), entity: entity,
            noun: 0, plural: false, person: true)
    }

    private mutating func described(_ source: Range<Int>, _ head: Range<Int>, _ role: Int) -> Speaker {
        let lemma = tokens[role].lemma
        // "The doctor", "the source": the one that was described before.
        if isDefinite(head),
            let earlier = known.last(where: { $0.isPerson && refersBack(lemma, to: $0) && agrees(head, with: $0) })
        {
            known.append(earlier)
            return earlier.speaker
        }
        let plural = isPlural(role)
        let affiliation = affiliation(in: source, head, role)
        // What they know or whom they know is part of what they are: "sources familiar with the matter".
        var end = affiliation == nil ? head.upperBound : role + 1
        while end > role + 1, tokens[end - 1].isPunctuation { end -= 1 }
        let text = analysis.text(
            of: withoutCount(withoutArticle(head.lowerBound..<max(end, head.lowerBound + 1)), role))
        return remember(
            Speaker(role: text, affiliation: affiliation, kind: .unnamed, count: people(head, role, plural)),
            entity: nil,
            noun: lemma, plural: plural, person: true)
    }

    /// A description without the number of those it describes: `three sources`.
    private func withoutCount(_ range: Range<Int>, _ role: Int) -> Range<Int> {
        var start = range.lowerBound
        while start < role, tokens[start].tag == .numeral || tokens[start].isIn(.numberWord) { start += 1 }
        return start..<range.upperBound
    }

    /// How many people a description counts: 3 for `three sources`, 1 for `a doctor`; nil for `officials`.
    private func people(_ head: Range<Int>, _ role: Int, _ plural: Bool) -> Int? {
        for index in head.lowerBound..<role {
            if let number = analysis.value(of: index, in: .numberWord) ?? analysis.wholeNumber(at: index) {
                return number > 0 ? number : nil
            }
        }
        return plural ? nil : 1
    }

    private mutating func body(_ name: Int) -> Speaker {
        let entity = analysis.names[name].entity
        let label = analysis.entities[entity].label
        let isMedia =
            analysis.phrase(
                at: analysis.names[name].tokens.lowerBound, in: .mediaName,
                before: analysis.names[name].tokens.upperBound) != nil
        let kind: Speaker.Kind =
            switch analysis.names[name].kind {
            case .person: .named
            case _ where isMedia: .media
            default: .organization
            }
        return remember(
            Speaker(name: label, kind: kind), entity: entity,
            noun: tokens[analysis.names[name].tokens.upperBound - 1].lemma, plural: false, person: kind == .named)
    }

    private mutating func byPronoun(_ pronoun: Int) -> Speaker? {
        let match: Known? =
            switch pronoun {
            case 1, 2: known.last { $0.isPerson && !$0.isPlural } ?? lastPerson()
            case 3: known.last { $0.isPlural } ?? known.last { !$0.isPerson } ?? known.last
            case 4: known.last { !$0.isPerson }
            default: known.last
            }
        if let match { known.append(match) }
        return match?.speaker
    }

    /// A person named in the story before anything was attributed to anyone.
    private func lastPerson() -> Known? {
        guard let entity = analysis.entities.firstIndex(where: { $0.kind == .person }) else {
            return nil
        }
        return Known(
            speaker: Speaker(name: analysis.entities[entity].label, kind: .named), entity: entity, noun: 0,
            isPlural: false, isPerson: true)
    }

    private mutating func remember(_ speaker: Speaker, entity: Int?, noun: UInt32, plural: Bool, person: Bool)
        -> Speaker
    {
        var speaker = speaker
        // A name is the same speaker's wherever it stands; a description is one more's, unless it was found to refer back.
        let earlier = known.last {
            entity != nil && $0.entity == entity
                || speaker.kind != .unnamed && speaker.name != nil && $0.speaker.name == speaker.name
                    && $0.speaker.kind == speaker.kind
        }
        speaker.number = earlier?.speaker.number ?? count
        if earlier == nil { count += 1 }
        known.append(Known(speaker: speaker, entity: entity, noun: noun, isPlural: plural, isPerson: person))
        return speaker
    }

    // MARK: Reference

    private func isDefinite(_ head: Range<Int>) -> Bool { analysis.is(head.lowerBound, anyOf: "the", "that", "this") }

    private func refersBack(_ lemma: UInt32, to earlier: Known) -> Bool {
        if lemma != 0, earlier.noun == lemma { return true }
        // "the spokeswoman" for a named spokeswoman.
        guard let role = earlier.speaker.role, earlier.entity != nil, lemma != 0 else { return false }
        return role.lowercased().hasSuffix(analysis.lexicon.text(of: lemma))
    }

    /// A definite description with modifiers of its own refers back only where the earlier one has them too.
    private func agrees(_ head: Range<Int>, with earlier: Known) -> Bool {
        guard let role = earlier.speaker.role else { return false }
        let words = role.lowercased()
        for index in withoutArticle(head) where tokens[index].tag == .adjective || tokens[index].isIn(.nationality) {
            let word = analysis.text(of: index).lowercased()
            if !words.contains(word), earlier.speaker.affiliation?.lowercased().contains(word) != true { return false }
        }
        return true
    }

    private func isPlural(_ noun: Int) -> Bool {
        let token = tokens[noun]
        if analysis.is(
            noun, anyOf: "people", "police", "authorities", "staff", "men", "women", "children", "some", "others",
            "many", "several")
        {
            return true
        }
        return token.lemma != token.word && analysis.story.bytes[Int(token.end) - 1] == UInt8(ascii: "s")
    }
}
