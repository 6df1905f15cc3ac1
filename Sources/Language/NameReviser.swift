internal import Stories

/// Lets a story's names agree: one name is one kind of thing throughout, and what is a name here is one there.
///
/// The network reads sentence by sentence; a story says the same name many times, now with more to tell it by, now with
/// less.
struct NameReviser {
    let tokens: [Token]
    let bytes: [UInt8]

    /// The names, in order.
    ///
    /// - Complexity: O(*n*) in tokens and names.
    func revise(_ found: [Analysis.Name]) -> [Analysis.Name] {
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
