internal import Language
internal import Stories

/// Tells who acted and who was hit: by what depends on the words that tell the happening, and by who claims it, denies it
/// and is blamed for it.
struct ActorFinder {
    let scene: Scene

    private typealias Actor = IncidentMention.Actor

    private var analysis: Analysis { scene.analysis }
    private var tokens: [Token] { analysis.tokens }

    /// The actors in the order of the text, each once a role.
    ///
    /// - Parameter isMain: whether claims of responsibility, which name no happening, are meant.
    func actors(of triggers: [Trigger], type: IncidentType, isMain: Bool) -> [IncidentMention.Actor] {
        guard type.isViolence || [.arrest, .protest, .explosion, .trial].contains(type) else { return [] }
        var found: [Actor] = []
        for trigger in triggers where trigger.realis == .actual {
            let sentence = near(trigger.head, analysis.sentences[trigger.sentence].tokens)
            if trigger.isNoun {
                ofNoun(trigger, sentence, &found)
            } else {
                ofVerb(trigger.head, trigger.head, sentence, &found)
            }
        }
        if isMain, type.isViolence || type == .explosion { claims(&found) }
        deny(triggers, &found)
        return merged(found)
    }

    /// Marks the actors who deny what the triggers tell: "The army denied that its planes had bombed the camp."
    private func deny(_ triggers: [Trigger], _ found: inout [Actor]) {
        for trigger in triggers {
            let at = Int(tokens[trigger.head].start)
            for attribution in scene.attributions(near: at)
            where attribution.stance == .deny && attribution.content.contains(where: { $0.start <= at && at < $0.end })
            {
                guard let source = attribution.source.first else { continue }
                let words = analysis.story.text(source).lowercased()
                for index in found.indices
                where found[index].role == .acted && found[index].basis != .claimed
                    && (found[index].name.lowercased() == words || found[index].name == attribution.speaker.name)
                {
                    found[index].basis = .denied
                }
            }
        }
    }

    /// The part of a sentence that a word's dependents are looked for in, so that an endless sentence takes no endless time.
    private func near(_ index: Int, _ sentence: Range<Int>) -> Range<Int> {
        max(sentence.lowerBound, index - 80)..<min(sentence.upperBound, index + 80)
    }

    /// Each actor once a role, in the order of the text; a claim or a charge outweighs what is merely told.
    private func merged(_ found: [Actor]) -> [Actor] {
        var merged: [Actor] = []
        for actor in found.sorted(by: { $0.span.start < $1.span.start }) {
            let same = merged.firstIndex {
                $0.role == actor.role && ($0.name == actor.name || $0.entity != nil && $0.entity == actor.entity)
            }
            if let same {
                if actor.basis == .claimed || actor.basis == .denied { merged[same].basis = actor.basis }
            } else if merged.count < 12 {
                merged.append(actor)
            }
        }
        return merged
    }

    // MARK: By the tree

    /// Who does and suffers what a verb tells; `trigger` is the word that the happening is told by.
    private func ofVerb(_ verb: Int, _ trigger: Int, _ sentence: Range<Int>, _ found: inout [Actor]) {
        let isPassive = sentence.contains {
            Int(tokens[$0].head) == verb && [.passiveSubject, .passiveAuxiliary].contains(tokens[$0].relation)
        }
        var hasSubject = false
        for child in sentence where Int(tokens[child].head) == verb {
            switch tokens[child].relation {
            case .subject:
                hasSubject = true
                add(child, isPassive || suffers(verb) ? .hit : .acted, trigger, sentence, &found)
            case .passiveSubject:
                hasSubject = true
                add(child, .hit, trigger, sentence, &found)
            case .object where verb == trigger: add(child, .hit, trigger, sentence, &found)
            case .agent: add(child, .acted, trigger, sentence, &found)
            case .oblique:
                if isPassive, hasCase(child, "by", sentence) { add(child, .acted, trigger, sentence, &found) }
            default: break
            }
        }
        // "shot and killed", "broke in and robbed": the subject stands with the first verb of a row.
        let head = Int(tokens[verb].head)
        if !hasSubject, tokens[verb].relation == .conjunct, sentence.contains(head), tokens[head].tag == .verb {
            for child in sentence where Int(tokens[child].head) == head {
                switch tokens[child].relation {
                case .subject: add(child, suffers(verb) ? .hit : .acted, trigger, sentence, &found)
                case .passiveSubject: add(child, .hit, trigger, sentence, &found)
                default: break
                }
            }
        }
        // "a man shot in the leg", "rebels who attacked", "gunmen attacking a bus"
        if !hasSubject, sentence.contains(head), tokens[head].tag == .noun || tokens[head].tag == .properNoun {
            switch tokens[verb].relation {
            case .adnominalClause:
                let isDoing = endsInING(verb)
                add(head, isDoing ? .acted : .hit, trigger, sentence, &found)
            default: break
            }
        }
    }

    /// Whether a verb's subject is whom it befalls: `died`, `disappeared`.
    private func suffers(_ verb: Int) -> Bool {
        analysis.value(of: verb, in: .killVerb) == 2
            || analysis.is(verb, anyOf: "drowned", "disappeared", "collapsed", "suffered")
    }

    /// Who does and suffers what a noun names.
    private func ofNoun(_ trigger: Trigger, _ sentence: Range<Int>, _ found: inout [Actor]) {
        let head = trigger.head
        for child in sentence where Int(tokens[child].head) == head {
            switch tokens[child].relation {
            case .nominalModifier:
                if hasCase(child, "by", sentence) {
                    add(child, .acted, head, sentence, &found)
                } else if hasCase(child, "on", sentence) || hasCase(child, "against", sentence)
                    || hasCase(child, "of", sentence) && isDoneTo(trigger)
                {
                    add(child, .hit, head, sentence, &found)
                }
            case .possessive: add(child, isDoneTo(trigger) ? .hit : .acted, head, sentence, &found)
            case .compound, .adjectivalModifier:
                // "rebel attack", "police shooting"
                if let kind = analysis.value(of: child, in: .actorNoun), kind <= 3 {
                    add(child, .acted, head, sentence, &found)
                }
            default: break
            }
        }
        // "rebels launched an attack", "responsible for" is told by other words.
        let governor = Int(tokens[head].head)
        if sentence.contains(governor), tokens[governor].tag == .verb, tokens[head].relation == .object,
            analysis.is(
                governor, anyOf: "launched", "staged", "carried", "committed", "conducted", "perpetrated", "made",
                "mounted", "led", "carry", "commit", "launch", "planted", "placed", "hurled", "threw", "detonated",
                "exploded", "dropped")
        {
            ofVerb(governor, head, sentence, &found)
        }
    }

    /// Whether `of` and `'s` behind a noun name the victim: `the murder of`, `the kidnapping of`.
    private func isDoneTo(_ trigger: Trigger) -> Bool {
        switch trigger.type {
        case .abduction, .arrest, .shelling, .bombing, .shooting, .stabbing, .trial: true
        case .attack: trigger.subtype != nil
        default: false
        }
    }

    private func endsInING(_ index: Int) -> Bool {
        let (start, end) = (Int(tokens[index].start), Int(tokens[index].end))
        let bytes = analysis.story.bytes
        return end - start > 4 && bytes[end - 3] | 0x20 == UInt8(ascii: "i")
            && bytes[end - 2] | 0x20 == UInt8(ascii: "n")
            && bytes[end - 1] | 0x20 == UInt8(ascii: "g")
    }

    private func hasCase(_ index: Int, _ word: StaticString, _ sentence: Range<Int>) -> Bool {
        var at = index
        while at > sentence.lowerBound, index - at < 8 {
            at -= 1
            if tokens[at].relation == .caseMarker, Int(tokens[at].head) == index { return analysis.is(at, word) }
        }
        return false
    }

    // MARK: Claims

    /// Who claims a deed, denies it, or is blamed for it.
    private func claims(_ found: inout [Actor]) {
        for sentence in analysis.sentences where sentence.part == .body || sentence.part == .headline {
            for index in sentence.tokens {
                let near = near(index, sentence.tokens)
                if analysis.is(index, "responsibility") {
                    let verb = Int(tokens[index].head)
                    guard near.contains(verb), let basis = claim(verb) else { continue }
                    for child in near where Int(tokens[child].head) == verb {
                        guard [.subject, .agent].contains(tokens[child].relation) else { continue }
                        add(child, .acted, index, near, &found, basis: basis)
                    }
                } else if analysis.is(index, anyOf: "blamed", "accused", "blames", "accuses"),
                    tokens[index].tag == .verb
                {
                    let isPassive = near.contains {
                        Int(tokens[$0].head) == index && tokens[$0].relation == .passiveAuxiliary
                    }
                    for child in near where Int(tokens[child].head) == index {
                        guard tokens[child].relation == (isPassive ? .passiveSubject : .object) else { continue }
                        add(child, .acted, index, near, &found, basis: .alleged)
                    }
                }
            }
        }
    }

    private func claim(_ verb: Int) -> IncidentMention.Actor.Basis? {
        if analysis.is(
            verb, anyOf: "claimed", "claim", "claims", "claiming", "accepted", "took", "assumed", "admitted",
            "acknowledged")
        {
            return .claimed
        }
        return analysis.is(verb, anyOf: "denied", "denies", "disclaimed", "rejected", "deny") ? .denied : nil
    }

    // MARK: The words

    private func add(
        _ head: Int, _ role: IncidentMention.Actor.Role, _ trigger: Int, _ sentence: Range<Int>,
        _ found: inout [Actor], basis: IncidentMention.Actor.Basis? = nil
    ) {
        var head = head
        // "rebels who attacked": the pronoun's noun.
        if tokens[head].tag == .pronoun, analysis.is(head, anyOf: "who", "that", "which", "whom") {
            var at = head
            for _ in 0..<3 where tokens[at].relation != .relativeClause {
                let next = Int(tokens[at].head)
                guard sentence.contains(next) else { return }
                at = next
            }
            let noun = Int(tokens[at].head)
            guard tokens[at].relation == .relativeClause, sentence.contains(noun) else { return }
            head = noun
        }
        let range = phrase(head, sentence)
        let entity = analysis.entity(in: head..<head + 1)
        let kind = ActorFinder.kind(listed(range, head))
        // Whoever claims a deed or is blamed for it is somebody, whatever the name looks like.
        guard kind != nil || isSomebody(entity) || basis != nil && tokens[head].isCapitalized else { return }
        var isDoubted = false
        for index in max(sentence.lowerBound, range.lowerBound - 1)..<range.upperBound where isDoubt(index) {
            isDoubted = true
        }
        for index in max(sentence.lowerBound, trigger - 3)..<trigger where isDoubt(index) { isDoubted = true }
        // "It denied that any of its workers had been killed" tells of no one who was.
        if role == .hit, isDenied(trigger) { return }
        found.append(
            Actor(
                span: analysis.span(of: range),
                name: entity.map { analysis.entities[$0].label } ?? analysis.text(of: range),
                role: role, kind: kind,
                basis: basis ?? self.basis(role, trigger: trigger, entity: entity, isDoubted: isDoubted), entity: entity
            ))
    }

    private func isDenied(_ index: Int) -> Bool {
        let at = Int(tokens[index].start)
        return scene.attributions(near: at).contains {
            $0.stance == .deny && $0.content.contains { $0.start <= at && at < $0.end }
        }
    }

    /// On whose word: what stands inside an attribution is alleged, and denied where the actor itself denies it.
    private func basis(
        _ role: IncidentMention.Actor.Role, trigger: Int, entity: Int?, isDoubted: Bool
    ) -> IncidentMention.Actor.Basis {
        let at = Int(tokens[trigger].start)
        for attribution in scene.attributions(near: at)
        where attribution.content.contains(where: { $0.start <= at && at < $0.end }) {
            if attribution.stance == .deny, role == .acted { return .denied }
            if role == .acted { return .alleged }
        }
        return isDoubted ? .alleged : .stated
    }

    private func isDoubt(_ index: Int) -> Bool {
        analysis.is(
            index, anyOf: "suspected", "alleged", "allegedly", "presumed", "presumably", "reportedly", "apparently",
            "believed", "purported", "accused")
    }

    /// The number in `actor-noun` of the noun phrase's head, else of a noun inside it: `members of a rebel group`.
    private func listed(_ range: Range<Int>, _ head: Int) -> Int? {
        var other: Int?
        for index in range {
            guard let entry = analysis.phrase(at: index, in: .actorNoun, before: range.upperBound) else { continue }
            // "armed men" are no mere men.
            if entry.count > 1, (index..<index + entry.count).contains(head) { return entry.value }
            if other == nil { other = entry.value }
        }
        return analysis.value(of: head, in: .actorNoun) ?? other
    }

    /// What kind of actor words tell by the number of their noun.
    private static func kind(_ listed: Int?) -> IncidentMention.Actor.Kind? {
        switch listed {
        case 1: .state
        case 2: .armedGroup
        case 3: .attackers
        case 4: .crowd
        case 5: .civilians
        default: nil
        }
    }

    /// Whether a name is somebody's: a thing acts not, and a place stands for no one.
    private func isSomebody(_ entity: Int?) -> Bool {
        guard let entity else { return false }
        return switch analysis.entities[entity].kind {
        case .person, .organization: true
        case .location, .misc: false
        }
    }

    /// The noun phrase of a head, with what stands before it, the rest of its name, and one `of`.
    private func phrase(_ head: Int, _ sentence: Range<Int>) -> Range<Int> {
        var start = head
        while start > sentence.lowerBound, head - start < 10 {
            // "a 13-year-old boy" is hyphened within.
            let isHyphen = analysis.is(start - 1, "-") && !tokens[start].hasSpaceBefore
            guard
                isHyphen || hangs(start - 1, on: start...head) && !tokens[start - 1].isPunctuation
                    || !tokens[start].hasSpaceBefore && analysis.is(start, "-")
            else { break }
            start -= 1
        }
        if tokens[start].relation == .caseMarker { start += 1 }
        var end = head + 1
        while end < sentence.upperBound, [.flatName, .compound, .goesWith].contains(tokens[end].relation),
            Int(tokens[end].head) == head
        {
            end += 1
        }
        if end + 1 < sentence.upperBound, analysis.is(end, "of") {
            let other = Int(tokens[end].head)
            if other > end, sentence.contains(other), other - end < 8, (start..<end).contains(Int(tokens[other].head)) {
                end = other + 1
                while end < sentence.upperBound, [.flatName, .compound].contains(tokens[end].relation),
                    Int(tokens[end].head) == other
                {
                    end += 1
                }
            }
        }
        return min(start, head)..<max(end, head + 1)
    }

    private func hangs(_ index: Int, on range: ClosedRange<Int>) -> Bool {
        switch tokens[index].relation {
        case .determiner, .adjectivalModifier, .compound, .numericModifier, .possessive, .adverbialModifier, .flatName,
            .predeterminer, .nominalDescription:
            range.contains(Int(tokens[index].head))
        case .caseMarker: analysis.is(index, anyOf: "'s", "'")
        default: false
        }
    }
}
