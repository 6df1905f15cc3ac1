internal import Stories

/// Links the names of one person, organization or place within a story: full names and surnames, names and acronyms.
struct EntityLinker {
    let analysis: Analysis

    /// The names with their entity numbers, and the entities.
    ///
    /// A surname alone takes the kind of the person that it belongs to. Pronouns and descriptions are left alone.
    /// - Complexity: O(*n* log *n*) in the number of names.
    func link(_ found: [Analysis.Name]) -> (names: [Analysis.Name], entities: [Analysis.Entity]) {
        var names = found
        var entities: [Entity] = []
        // Entities by the last word of each form that they were seen in, and by their initial.
        var byLastWord: [UInt64: [Int]] = [:]
        var byInitial: [UInt8: [Int]] = [:]
        // Longer names first, so that a surname in the headline finds the full name of the body.
        let order = names.indices.sorted {
            let (a, b) = (names[$0].tokens, names[$1].tokens)
            return a.count != b.count ? a.count > b.count : a.lowerBound < b.lowerBound
        }
        for index in order {
            let words = self.words(of: names[index].tokens)
            let last = words.last ?? 0
            let initial = analysis.story.bytes[Int(analysis.tokens[names[index].tokens.lowerBound].start)]
            var candidates = byLastWord[last, default: []]
            if words.count == 1, analysis.tokens[names[index].tokens.lowerBound].shape.contains(.allCapitals) {
                candidates += byInitial[initial, default: []]
            }
            let found = candidates.first { matches(words, names[index], entities[$0], names) }
            let entity = found ?? entities.count
            if found != nil {
                names[index].kind = entities[entity].kind
                if !entities[entity].seen.contains(words) { entities[entity].seen.append(words) }
            } else {
                entities.append(Entity(kind: names[index].kind, fullest: index, seen: [words]))
                if words.count > 1, names[index].kind == .organization {
                    byInitial[initial, default: []].append(entity)
                }
            }
            names[index].entity = entity
            if byLastWord[last, default: []].last != entity { byLastWord[last, default: []].append(entity) }
        }
        // Number the entities by first mention.
        var number = [Int](repeating: -1, count: entities.count)
        var ordered: [Analysis.Entity] = []
        for index in names.indices {
            let entity = names[index].entity
            if number[entity] < 0 {
                number[entity] = ordered.count
                let fullest = entities[entity].fullest
                ordered.append(
                    Analysis.Entity(
                        label: analysis.text(of: names[fullest].tokens), kind: entities[entity].kind, fullest: fullest,
                        first: index))
            }
            names[index].entity = number[entity]
        }
        return (names, ordered)
    }

    private struct Entity {
        var kind: NameMention.Kind
        var fullest: Int
        var seen: [[UInt64]]
    }

    /// A word as a number that is the same for the same folded bytes.
    private func words(of range: Range<Int>) -> [UInt64] {
        var key: [UInt8] = []
        return range.map { index in
            key.removeAll(keepingCapacity: true)
            Lexicon.fold(
                analysis.story.bytes, Int(analysis.tokens[index].start), Int(analysis.tokens[index].end), into: &key)
            var hash: UInt64 = 14_695_981_039_346_656_037
            for byte in key where byte != UInt8(ascii: ".") { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            return hash
        }
    }

    private func matches(_ words: [UInt64], _ name: Analysis.Name, _ entity: Entity, _ names: [Analysis.Name]) -> Bool {
        if entity.seen.contains(words) {
            return name.kind == entity.kind || name.tokens.count > 1 || entity.kind != .location
        }
        let full = entity.seen[0]
        guard let last = words.last, let fullLast = full.last else { return false }
        switch entity.kind {
        case .person where full.count > words.count:
            // "Shabayev" for "Yevgeny Shabayev"; "Vladimir Putin" for "Vladimir Vladimirovich Putin".
            guard last == fullLast, name.kind == .person || words.count == 1 && name.kind != .location else {
                return false
            }
            return words.count == 1 || words.first == full.first
        case .organization where words.count == 1 && full.count > 1:
            return isAcronym(name.tokens.lowerBound, of: names[entity.fullest].tokens)
        default:
            return false
        }
    }

    /// Whether a token is the initials of a name's capitalised words: `JCCC`, `OSCE`.
    private func isAcronym(_ token: Int, of name: Range<Int>) -> Bool {
        let bytes = analysis.story.bytes
        let start = Int(analysis.tokens[token].start)
        let end = Int(analysis.tokens[token].end)
        guard analysis.tokens[token].shape.contains(.allCapitals) else { return false }
        var at = start
        for index in name where analysis.tokens[index].isCapitalized {
            while at < end, bytes[at] == UInt8(ascii: ".") { at += 1 }
            guard at < end, bytes[at] == bytes[Int(analysis.tokens[index].start)] else { return false }
            at += 1
        }
        while at < end, bytes[at] == UInt8(ascii: ".") { at += 1 }
        return at == end
    }
}
