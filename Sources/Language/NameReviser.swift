internal import Stories

/// Lets a story's names agree: one name is one kind of thing throughout, and what is a name here is one there.
///
/// The network reads sentence by sentence; a story says the same name many times, now with more to tell it by, now with
/// less.
struct NameReviser {
    let tokens: [Token]
    let bytes: [UInt8]
    let lexicon: Lexicon

    /// The names, in order.
    ///
    /// - Complexity: O(*n*) in tokens and names.
    func revise(_ read: [Analysis.Name]) -> [Analysis.Name] {
        let found = withBodies(withKnown(withoutTitles(read)))
        var counts: [[UInt8]: [Int]] = [:]
        for name in found { counts[key(name.tokens), default: [0, 0, 0, 0]][NameReviser.number(name.kind)] += 1 }
        var names: [Analysis.Name] = []
        names.reserveCapacity(found.count)
        var at = 0
        for name in found + [Analysis.Name(tokens: tokens.count..<tokens.count, kind: .misc, entity: -1)] {
            while at < name.tokens.lowerBound {
                if let kind = missed(at, counts) {
                    names.append(Analysis.Name(tokens: at..<at + 1, kind: kind, entity: -1))
                }
                at += 1
            }
            guard !name.tokens.isEmpty else { break }
            var name = name
            if let seen = counts[key(name.tokens)] {
                let most = seen.max() ?? 0
                if seen[NameReviser.number(name.kind)] * 2 < most {
                    name.kind = NameMention.Kind.allCases[seen.firstIndex(of: most) ?? 3]
                }
            }
            names.append(name)
            at = name.tokens.upperBound
        }
        return names
    }

    /// Names without lone words that say an office, "Prefect", unless somebody of the story is called so: "King" of
    /// "Martin Luther King".
    private func withoutTitles(_ names: [Analysis.Name]) -> [Analysis.Name] {
        func isTitle(_ name: Analysis.Name) -> Bool {
            let word = tokens[name.tokens.lowerBound]
            return name.tokens.count == 1 && name.kind == .person && (word.isIn(.title) || word.isIn(.personRole))
        }
        guard names.contains(where: isTitle) else { return names }
        let surnames = Set(names.filter { $0.tokens.count > 1 }.map { tokens[$0.tokens.upperBound - 1].word })
        return names.filter { !isTitle($0) || surnames.contains(tokens[$0.tokens.lowerBound].word) }
    }

    /// Names with those of several words that the lists know, where the network made no longer name: "Black Sea".
    private func withKnown(_ names: [Analysis.Name]) -> [Analysis.Name] {
        var known: [Analysis.Name] = []
        var next = 0
        var index = 0
        while index < tokens.count {
            while next < names.count, names[next].tokens.upperBound <= index { next += 1 }
            let token = tokens[index]
            var end = index + 1
            if token.isCapitalized, lexicon.longestPhrase(from: token.word) > 1 {
                for (list, kind) in NameReviser.lists {
                    guard
                        let phrase = lexicon.phrase(
                            at: index, in: list, tokens: tokens, bytes: bytes, before: tokens.count),
                        phrase.count > 1
                    else { continue }
                    let range = index..<index + phrase.count
                    guard tokens[range.upperBound - 1].isCapitalized, !isInLonger(range, names, from: next) else {
                        break
                    }
                    known.append(Analysis.Name(tokens: range, kind: kind, entity: -1))
                    end = range.upperBound
                    break
                }
            }
            index = end
        }
        guard !known.isEmpty else { return names }
        var taken = 0
        let rest = names.filter { name in
            while taken < known.count, known[taken].tokens.upperBound <= name.tokens.lowerBound { taken += 1 }
            return taken == known.count || !known[taken].tokens.overlaps(name.tokens)
        }
        return (rest + known).sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    private static let lists: [(WordList, NameMention.Kind)] = [
        (.locationName, .location), (.organizationName, .organization),
    ]

    /// Whether a name takes more than a stretch, or part of it and more beside.
    private func isInLonger(_ range: Range<Int>, _ names: [Analysis.Name], from first: Int) -> Bool {
        var at = first
        while at < names.count, names[at].tokens.lowerBound < range.upperBound {
            let name = names[at].tokens
            if name.overlaps(range), name.lowerBound < range.lowerBound || name.upperBound > range.upperBound {
                return true
            }
            at += 1
        }
        return false
    }

    /// Names with the bodies that the network passed over: capitalised words that hang on a word for a body, such as
    /// "Defence Ministry".
    private func withBodies(_ names: [Analysis.Name]) -> [Analysis.Name] {
        var isNamed = [Bool](repeating: false, count: tokens.count)
        for name in names { for index in name.tokens { isNamed[index] = true } }
        var bodies: [Analysis.Name] = []
        for (index, token) in tokens.enumerated()
        where token.isIn(.organizationNoun) && isPart(index) && !isNamed[index] && token.tag == .properNoun {
            var first = index
            while first > 0, isPart(first - 1), !isNamed[first - 1], Int(tokens[first - 1].head) == index,
                tokens[first - 1].relation == .compound || tokens[first - 1].relation == .adjectivalModifier
            {
                first -= 1
            }
            if first < index {
                bodies.append(Analysis.Name(tokens: first..<index + 1, kind: .organization, entity: -1))
            }
        }
        guard !bodies.isEmpty else { return names }
        return (names + bodies).sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    /// Whether a token can be part of a body's name.
    private func isPart(_ index: Int) -> Bool {
        let token = tokens[index]
        return token.isCapitalized && !token.isPunctuation && !token.isIn(.functionWord) && !token.isIn(.title)
            && !token.isIn(.nationality)
    }

    /// The kind of a capitalised word that is a name elsewhere, twice or more.
    private func missed(_ index: Int, _ counts: [[UInt8]: [Int]]) -> NameMention.Kind? {
        let token = tokens[index]
        guard token.isCapitalized, token.tag == .properNoun, !token.isIn(.functionWord), !token.isIn(.month),
            !token.isIn(.weekday), !token.isIn(.title), let seen = counts[key(index..<index + 1)]
        else { return nil }
        let total = seen.reduce(0, +)
        guard total >= 2, let most = seen.max() else { return nil }
        return NameMention.Kind.allCases[seen.firstIndex(of: most) ?? 3]
    }

    private func key(_ range: Range<Int>) -> [UInt8] {
        var key: [UInt8] = []
        for index in range {
            Lexicon.fold(bytes, Int(tokens[index].start), Int(tokens[index].end), into: &key)
            key.append(UInt8(ascii: " "))
        }
        return key
    }

    private static func number(_ kind: NameMention.Kind) -> Int { NameMention.Kind.allCases.firstIndex(of: kind) ?? 3 }
}
