internal import Language
internal import Stories

/// Brings the figures of a story's sentences together: those that add up, those that are parts of others, and the persons
/// told of one by one where the story gives no number of them.
struct StoryFigures {
    private let analysis: Analysis
    private var entries: [Entry] = []
    private var book = VictimBook()
    private var groups = 0

    /// How many sentences behind the first victim others are still taken to be of the same happening.
    private static let reach = 2
    /// How many sentences behind the first who was hurt.
    private static let far = 5

    private struct Entry {
        var count: Count?
        var figure: Figure
        var sentence: Int
        var tokens: Range<Int>

        /// Whether it counts people of the whole happening who were hurt, or hurt and killed.
        var isOfHurt: Bool {
            (figure.measure == .injured || figure.measure == .killedOrInjured) && figure.max != 0
                && figure.scope == .incident
        }
    }

    init(analysis: Analysis) { self.analysis = analysis }

    // MARK: Sentence by sentence

    /// Takes in the counts of a sentence, with their figures, and what befell the persons of whom it tells one by one.
    mutating func add(_ counts: [(count: Count, figure: Figure)], _ fates: Fates, sentence: Int) {
        let first = entries.count
        for (count, figure) in counts {
            var entry = Entry(count: count, figure: figure, sentence: sentence, tokens: count.tokens)
            // "the deaths of a woman and her two sons": what the tree says of those who are but counted so far.
            if count.isPeople, let fate = fates.ofMany.first(where: { count.tokens.contains($0.head) }),
                figure.measure == .participants
                    || figure.measure == .injured && count.isStruck && analysis.tokens[fate.word].isIn(.killNoun)
            {
                entry.figure.measure = fate.kind == .killed ? .killed : .injured
                entry.count?.isStruck = fate.kind == .struck
            }
            entries.append(entry)
        }
        let alone = fates.ofOne.filter { fate in
            !counts.contains { $0.count.tokens.contains(fate.person.head) && $0.figure.min ?? 0 != 1 }
        }
        for fate in alone {
            let dead = book.victims.count { $0.isDead }
            book.deadAreKnown =
                dead > 0
                && entries.contains {
                    $0.figure.measure == .killed && $0.figure.scope == .incident && $0.figure.min == Double(dead)
                }
            book.add(fate, sentence: sentence)
        }
        join(from: first, alone, sentence)
        for index in first..<entries.count
        where entries[index].count?.isAddition == true && entries[index].figure.group == nil {
            // What comes on top of a figure is but a part of what there is.
            if entries[..<index].contains(where: { $0.figure.measure == entries[index].figure.measure }) {
                entries[index].figure.scope = .part
            }
        }
    }

    /// Joins the figures of a sentence that add up: `killed three soldiers and five civilians`, `his wife and two others`.
    private mutating func join(from first: Int, _ fates: [Fate], _ sentence: Int) {
        for measure in [Figure.Measure.killed, .injured, .killedOrInjured] {
            var members: [Entry] = entries[first...].filter {
                $0.figure.measure == measure && $0.figure.scope == .incident && $0.figure.max != 0
            }
            guard !members.isEmpty else { continue }
            for fate in fates where measure != .killedOrInjured {
                // "killed two men before shooting himself"
                let isDead = fate.kind == .killed || fate.isSelf && fate.kind == .struck && measure == .killed
                guard isDead == (measure == .killed) else { continue }
                let tokens = fate.person.tokens
                guard !members.contains(where: { $0.tokens.overlaps(tokens) }) else { continue }
                let isBeside = members.contains {
                    $0.count != nil && (isJoined($0.tokens, tokens) || isJoined(tokens, $0.tokens))
                }
                let isBefore = members.contains {
                    $0.count?.isAddition == true && tokens.upperBound <= $0.tokens.lowerBound
                }
                let isLast = fate.isSelf && isDead
                guard isBeside || isBefore || isLast else { continue }
                members.append(
                    Entry(
                        count: nil,
                        figure: Figure(
                            span: analysis.span(of: tokens), measure: measure, min: 1, max: 1,
                            who: analysis.text(of: tokens),
                            population: PopulationFinder(analysis: analysis).populations(of: tokens)),
                        sentence: sentence, tokens: tokens))
            }
            members.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
            var run: [Entry] = []
            for member in members {
                if let last = run.last,
                    isJoined(last.tokens, member.tokens) || member.count?.isAddition == true
                        || member.count == nil || last.count == nil
                {
                    run.append(member)
                } else {
                    close(run)
                    run = [member]
                }
            }
            close(run)
        }
    }

    private mutating func close(_ run: [Entry]) {
        guard run.count > 1 else { return }
        // "nine people, three women and six men": the whole and its parts.
        let rest = run.dropFirst().compactMap(\.figure.min).reduce(0, +)
        if let whole = run[0].figure.min, whole == rest, run.count > 2 || run[0].figure.who != nil && whole > 1 {
            for member in run.dropFirst() {
                if let index = entries.lastIndex(where: { $0.tokens == member.tokens }) {
                    entries[index].figure.scope = .part
                }
            }
            return
        }
        groups += 1
        for member in run {
            if let index = entries.lastIndex(where: {
                $0.tokens == member.tokens && $0.figure.measure == member.figure.measure
            }) {
                entries[index].figure.group = groups
            } else {
                var member = member
                member.figure.group = groups
                entries.append(member)
            }
        }
    }

    /// Whether nothing but "and", a comma or the like parts two stretches.
    private func isJoined(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.upperBound < right.lowerBound, right.lowerBound - left.upperBound <= 3 else { return false }
        return (left.upperBound..<right.lowerBound).allSatisfy {
            analysis.is($0, anyOf: "and", ",", "as", "well", "along", "with", "plus", "his", "her", "their", "the")
        }
    }

    // MARK: The whole story

    /// All figures, in the order of the text.
    mutating func finish() -> [Figure] {
        book.forgetEarlier(hasOthers: entries.contains(where: \.isOfHurt))
        book.closeSelves(othersDead: entries.contains { $0.figure.measure == .killed && $0.figure.max != 0 })
        tellStruck()
        for measure in [Figure.Measure.killed, .injured] { addPersons(measure) }
        return entries.map(\.figure).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    }

    /// `Five people were shot. Two of them died.`: who was shot was killed or hurt, once the story tells of dead.
    private mutating func tellStruck() {
        let hasDead =
            book.victims.contains { $0.killed != nil }
            || entries.contains { $0.figure.measure == .killed && $0.figure.max != 0 }
        guard hasDead else { return }
        for index in entries.indices where entries[index].figure.measure == .injured {
            guard let count = entries[index].count, count.isStruck, !count.isAddition,
                entries[index].figure.group == nil,
                entries[index].figure.min ?? 0 > 1
            else { continue }
            // "a man was killed and three people were shot": these are others.
            let isAfterDead = entries.contains {
                $0.sentence == entries[index].sentence && $0.figure.measure == .killed
                    && $0.tokens.upperBound <= entries[index].tokens.lowerBound
            }
            let isAfterDeadPerson = book.victims.contains { victim in
                guard let words = victim.killed else { return false }
                return words.upperBound <= entries[index].tokens.lowerBound
                    && analysis.sentences[entries[index].sentence].tokens.contains(words.lowerBound)
            }
            if !isAfterDead, !isAfterDeadPerson { entries[index].figure.measure = .killedOrInjured }
        }
    }

    /// The first crime near the top whose name says how many died of it.
    private func crime() -> (tokens: Range<Int>, count: Int)? {
        var sentences = 0
        for sentence in analysis.sentences where sentence.part != .dateline && sentences < 8 {
            sentences += 1
            for index in sentence.tokens where analysis.lexicon.longestPhrase(from: analysis.tokens[index].word) > 1 {
                guard let entry = analysis.phrase(at: index, in: .killNoun, before: sentence.tokens.upperBound),
                    5...7 ~= entry.value,
                    index == sentence.tokens.lowerBound
                        || !analysis.is(index - 1, anyOf: "attempted", "alleged", "failed", "no")
                else { continue }
                return (index..<index + entry.count, entry.value - 3)
            }
        }
        return nil
    }

    /// How many more dead the story's own number has than it tells of one by one.
    private var unaccountedDead: Int {
        let leading = entries.filter { $0.figure.measure == .killed && $0.figure.scope == .incident && $0.count != nil }
            .min { $0.tokens.lowerBound < $1.tokens.lowerBound }
        guard let number = leading?.figure.min, number < 1000 else { return 0 }
        return max(0, Int(number) - book.victims.count { $0.isDead })
    }

    /// Persons told of one by one are figures where the story gives no number of them, or none but of one at a time.
    private mutating func addPersons(_ measure: Figure.Measure) {
        let own = entries.filter { $0.figure.measure == measure && $0.figure.scope == .incident }
        let hasWhole = entries.contains {
            $0.figure.measure == .killedOrInjured && $0.count?.isStruck == true && $0.figure.scope == .incident
        }
        if own.contains(where: {
            $0.figure.group != nil || !($0.figure.min == 1 && $0.figure.max == 1) && $0.figure.max != 0
        }) {
            return
        }
        if measure == .injured, hasWhole { return }
        var persons: [Range<Int>] = []
        // Of those who were shot, and of whom no more is told, as many may be dead as the dead that no person accounts for.
        var unaccounted = measure == .injured ? unaccountedDead : 0
        let first =
            book.victims.lazy.filter { measure == .killed ? $0.isDead : !$0.isDead }.map(\.firstSentence).min() ?? 0
        // Where the story first tells of somebody hurt and not dead; it may not.
        let hurt =
            book.victims.filter { !$0.isDead }.map(\.firstSentence) + entries.filter(\.isOfHurt).map(\.sentence)
        let opening = hurt.min()
        for victim in book.victims {
            // Whoever is brought up far behind the first is most often told of as background.
            if victim.firstSentence > first + StoryFigures.reach { continue }
            // So is the one death of a story that opened with those who were only hurt.
            if measure == .killed, !victim.isHurt, !victim.isStruck, let opening,
                victim.firstSentence > opening + StoryFigures.far
            {
                continue
            }
            let words = measure == .killed ? victim.killed : victim.isDead ? nil : victim.injured
            guard let words else { continue }
            if !victim.isHurt, unaccounted > 0, measure == .injured {
                unaccounted -= 1
            } else {
                persons.append(words)
            }
        }
        // "a double homicide", "a murder-suicide" say how many, where fewer are told of.
        if measure == .killed, let crime = crime(), crime.count > persons.count {
            entries.append(
                Entry(
                    count: nil,
                    figure: Figure(
                        span: analysis.span(of: crime.tokens), measure: .killed, min: Double(crime.count),
                        max: Double(crime.count)), sentence: analysis.sentence(holding: crime.tokens.lowerBound),
                    tokens: crime.tokens))
            for index in entries.indices.dropLast()
            where entries[index].figure.measure == .killed && entries[index].figure.scope == .incident {
                entries[index].figure.scope = .part
            }
            return
        }
        guard persons.count > own.filter({ $0.figure.max != 0 }).count || own.isEmpty else { return }
        groups += 1
        for words in persons {
            if let index = entries.firstIndex(where: {
                $0.figure.measure == measure && $0.tokens.overlaps(words) && $0.figure.scope == .incident
            }) {
                entries[index].figure.group = groups
            } else {
                entries.append(
                    Entry(
                        count: nil,
                        figure: Figure(
                            span: analysis.span(of: words), measure: measure, min: 1, max: 1,
                            who: analysis.text(of: words),
                            population: PopulationFinder(analysis: analysis).populations(of: words), group: groups),
                        sentence: analysis.sentence(holding: words.lowerBound), tokens: words))
            }
        }
        // "One person was killed" says no more than the persons do.
        for index in entries.indices
        where entries[index].figure.measure == measure && entries[index].figure.group == nil
            && entries[index].figure.scope == .incident && !persons.isEmpty
        {
            entries[index].figure.scope = entries[index].figure.max == 0 ? .incident : .part
        }
    }
}
