internal import Language
internal import Stories

/// A word that names or tells a happening.
struct Trigger {
    var tokens: Range<Int>
    var type: IncidentType
    var subtype: IncidentSubtype?
    /// A noun says more surely what a happening was than a verb.
    var isNoun: Bool
    var sentence: Int
    /// Where the words that tell it end; behind `tokens` where others stand between them.
    var end: Int
    /// Whether it happened.
    var realis: Realis = .actual
    /// Whether a noun merely modifies another that is no happening: `bomb squad`, `murder suspect`.
    var isModifier = false

    init(
        tokens: Range<Int>, type: IncidentType, subtype: IncidentSubtype? = nil, isNoun: Bool, sentence: Int,
        end: Int? = nil
    ) {
        self.tokens = tokens
        self.type = type
        self.subtype = subtype
        self.isNoun = isNoun
        self.sentence = sentence
        self.end = end ?? tokens.upperBound
    }

    /// The word that the tree hangs the others on.
    var head: Int { isNoun ? tokens.upperBound - 1 : tokens.lowerBound }

    /// Whether it names the weapon rather than the deed: bombs are found, too.
    var isWeapon = false
    /// Whether it speaks of many at once: `bombings`, `violence`.
    var isMass = false

    /// How surely it tells of a happening of its own.
    var weight: Double {
        if isModifier || isWeapon { return 0.4 }
        if isMass { return 0.5 }
        if isNoun { return isGeneric ? 0.7 : 1 }
        return isGeneric ? 0.5 : 0.8
    }

    /// Whether it says only that people were attacked or killed, and so fits any kind of violence.
    var isGeneric: Bool { type == .attack && subtype == nil }
}

/// Finds the words of a story that name or tell happenings.
struct TriggerFinder {
    let analysis: Analysis

    /// The triggers in order.
    func find() -> [Trigger] {
        var triggers: [Trigger] = []
        let realis = RealisFinder(analysis: analysis)
        for (number, sentence) in analysis.sentences.enumerated() where sentence.part != .dateline {
            var index = sentence.tokens.lowerBound
            let limit = sentence.tokens.upperBound
            while index < limit {
                guard var trigger = trigger(at: index, before: limit, sentence: number) else {
                    index += 1
                    continue
                }
                trigger.realis = realis.realis(of: trigger, in: sentence.tokens)
                if trigger.isNoun {
                    trigger.isModifier = isModifier(trigger.head, before: limit)
                    trigger.isWeapon =
                        analysis.phrase(at: index, in: .weapon, before: limit)?.count == trigger.tokens.count
                    trigger.isMass = isPlural(trigger.head) || analysis.is(trigger.head, anyOf: "violence", "unrest")
                }
                triggers.append(trigger)
                index = trigger.end
            }
        }
        return triggers
    }

    private func trigger(at index: Int, before limit: Int, sentence: Int) -> Trigger? {
        guard var trigger = listed(at: index, before: limit, sentence: sentence) else { return nil }
        // "The blast set fire to a store": nobody did.
        if trigger.type == .arson, !trigger.isNoun, isAccident(index, before: limit) { trigger.type = .fire }
        return trigger
    }

    /// Whether what a verb tells was done by an accident or by nature.
    private func isAccident(_ index: Int, before limit: Int) -> Bool {
        var verbs = [index]
        let head = Int(analysis.tokens[index].head)
        if head >= 0, analysis.tokens[head].tag == .verb { verbs.append(head) }
        for child in max(0, index - 40)..<min(limit, index + 10)
        where analysis.tokens[child].relation == .subject && verbs.contains(Int(analysis.tokens[child].head)) {
            return isMishap(child)
        }
        // Where the tree gives no subject, the foremost noun of the sentence that can be one.
        let sentence = analysis.sentences[analysis.sentence(holding: index)].tokens
        let first = (max(sentence.lowerBound, index - 40)..<index).first {
            isMishap($0) || analysis.tokens[$0].isIn(.actorNoun)
        }
        return first.map(isMishap) ?? false
    }

    private func isMishap(_ index: Int) -> Bool {
        guard let value = analysis.value(of: index, in: .triggerNoun), let type = IncidentType.listed(value)?.type
        else {
            return false
        }
        return [.crash, .fire, .explosion, .disaster].contains(type)
    }

    /// The trigger that the lists have at a token.
    private func listed(at index: Int, before limit: Int, sentence: Int) -> Trigger? {
        let token = analysis.tokens[index]
        let starts = analysis.lexicon.longestPhrase(from: token.word) > 0
        if let split = split(at: index, before: limit, sentence: sentence) { return split }
        guard starts || token.isIn(.triggerNoun) || token.isIn(.triggerVerb) || token.isIn(.killVerb) else {
            return nil
        }
        if token.shape.contains(.capitalized), token.isIn(.month), isDated(index, before: limit) { return nil }
        let verb = analysis.phrase(at: index, in: .triggerVerb, before: limit)
        if let noun = analysis.phrase(at: index, in: .triggerNoun, before: limit), noun.count >= verb?.count ?? 0,
            let (type, subtype) = IncidentType.listed(noun.value),
            noun.count > 1 || token.tag == .noun || token.tag == .properNoun && !isInName(index)
                || verb == nil && !(token.tag == .verb && token.isIn(.killVerb))
        {
            return Trigger(
                tokens: index..<index + noun.count, type: type, subtype: subtype, isNoun: true, sentence: sentence)
        }
        if isInName(index) { return nil }
        if let verb, let (type, subtype) = IncidentType.listed(verb.value) {
            // "kg of dynamite", "a test"
            if verb.count == 1, token.tag == .noun || token.tag == .properNoun, !isParticiple(index) { return nil }
            if type == .fire, burns(index, before: limit) {
                return Trigger(tokens: index..<index + 1, type: .arson, isNoun: false, sentence: sentence)
            }
            return Trigger(
                tokens: index..<index + verb.count, type: type, subtype: subtype, isNoun: false, sentence: sentence)
        }
        if token.isIn(.killVerb), !isDuty(index, before: limit) {
            return Trigger(tokens: index..<index + 1, type: .attack, isNoun: false, sentence: sentence)
        }
        return nil
    }

    /// Whether a month that is a verb, too, stands in a date: `March 5`.
    private func isDated(_ index: Int, before limit: Int) -> Bool {
        index + 1 < limit && analysis.tokens[index + 1].shape.contains(.number)
            || index > 0
                && (analysis.tokens[index - 1].shape.contains(.number) || analysis.is(index - 1, anyOf: "in", "of"))
    }

    /// Whether what is carried out is no sentence of death: `executed a search warrant`.
    private func isDuty(_ index: Int, before limit: Int) -> Bool {
        guard analysis.is(index, anyOf: "executed", "execute", "executing", "executes") else { return false }
        return (max(0, index - 12)..<min(limit, index + 10)).contains {
            analysis.is($0, anyOf: "warrant", "warrants", "search", "plan", "order", "orders", "raid", "operation")
        }
    }

    /// Words that tell a happening together, with others between them: `set two buses on fire`, `held them hostage`.
    private func split(at index: Int, before limit: Int, sentence: Int) -> Trigger? {
        let token = analysis.tokens[index]
        guard token.tag == .verb else { return nil }
        let isSet = analysis.is(index, anyOf: "set", "setting", "sets")
        guard
            isSet
                || analysis.is(
                    index, anyOf: "take", "took", "taken", "taking", "held", "hold", "holding", "seized", "seize")
        else { return nil }
        for other in index + 1..<max(index + 1, min(limit, index + 11)) {
            if isSet {
                let isAblaze = analysis.is(other, anyOf: "ablaze", "afire", "alight")
                if isAblaze || analysis.is(other, "on") && other + 1 < limit && analysis.is(other + 1, "fire") {
                    return Trigger(
                        tokens: index..<index + 1, type: .arson, isNoun: false, sentence: sentence,
                        end: other + (isAblaze ? 1 : 2))
                }
            } else if analysis.is(other, anyOf: "hostage", "hostages", "captive") {
                return Trigger(
                    tokens: index..<index + 1, type: .abduction, subtype: .hostageTaking, isNoun: false,
                    sentence: sentence)
            }
            if analysis.tokens[other].shape.contains(.terminal) { return nil }
        }
        return nil
    }

    /// Whether somebody burns something, as against a fire that does.
    private func burns(_ index: Int, before limit: Int) -> Bool {
        guard analysis.is(index, anyOf: "burned", "burnt", "burn", "burning") else { return false }
        var hasObject = false
        var hasActor = false
        for child in max(0, index - 20)..<min(limit, index + 12) where Int(analysis.tokens[child].head) == index {
            switch analysis.tokens[child].relation {
            case .object: hasObject = true
            case .subject, .agent:
                hasActor =
                    analysis.tokens[child].isIn(.actorNoun) || analysis.tokens[child].isIn(.personPronoun)
                    || analysis.tokens[child].tag == .pronoun || isInName(child)
            default: break
            }
        }
        return hasActor || hasObject && analysis.tokens[index].relation == .conjunct
    }

    /// Whether a word ends as participles do, whatever its tag: words in capitals are often tagged wrongly.
    private func isParticiple(_ index: Int) -> Bool {
        let bytes = analysis.story.bytes[Int(analysis.tokens[index].start)..<Int(analysis.tokens[index].end)]
        return bytes.suffix(2).elementsEqual("ed".utf8) { $0 | 0x20 == $1 }
            || bytes.suffix(3).elementsEqual("ing".utf8) { $0 | 0x20 == $1 }
    }

    private func isPlural(_ index: Int) -> Bool {
        let token = analysis.tokens[index]
        return token.lemma != token.word && analysis.story.bytes[Int(token.end) - 1] | 0x20 == UInt8(ascii: "s")
    }

    private func isInName(_ index: Int) -> Bool {
        guard let name = analysis.name(holding: index) else { return false }
        return analysis.names[name].kind != .location
    }

    /// Whether the next noun, which is no trigger, has this one as its modifier.
    private func isModifier(_ index: Int, before limit: Int) -> Bool {
        let next = index + 1
        guard next < limit, analysis.tokens[index].relation == .compound else { return false }
        let head = Int(analysis.tokens[index].head)
        return head > index && head < limit && !analysis.tokens[head].isIn(.triggerNoun)
    }
}

extension IncidentType {
    /// Whether people are hurt by it or things destroyed, unlike talks and elections.
    var isPhysical: Bool {
        switch self {
        case .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .abduction, .robbery, .arson,
            .crash, .fire, .explosion, .disaster:
            true
        case .arrest, .protest, .talks, .statement, .sanctions, .election, .trial, .militaryActivity, .other: false
        }
    }

    /// Whether people do it to people.
    var isViolence: Bool {
        switch self {
        case .battle, .shelling, .bombing, .attack, .airstrike, .shooting, .stabbing, .abduction, .robbery, .arson:
            true
        default: false
        }
    }
}
