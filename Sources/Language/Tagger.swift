/// Gives each token its universal part of speech: the likeliest by the lexicon, else by its spelling, then put right by
/// what stands beside it.
struct Tagger {
    let lexicon: Lexicon

    /// Tags all tokens.
    ///
    /// - Complexity: O(*n*) in the number of tokens.
    func tag(_ tokens: inout [Token], _ sentences: [Sentence], _ bytes: [UInt8]) {
        for sentence in sentences {
            var isFirst = true
            let shouting = isUpperCase(tokens, sentence)
            for index in sentence.tokens {
                tokens[index].tag = guess(tokens[index], isFirst: isFirst, shouting: shouting, bytes)
                if !tokens[index].isPunctuation { isFirst = false }
            }
            correct(&tokens, sentence.tokens, bytes)
        }
    }

    /// Whether a sentence is printed in capitals, as subheads and old wire copy are.
    private func isUpperCase(_ tokens: [Token], _ sentence: Sentence) -> Bool {
        var words = 0
        var upper = 0
        for index in sentence.tokens where !tokens[index].isPunctuation && !tokens[index].shape.contains(.digit) {
            words += 1
            if tokens[index].shape.contains(.allCapitals) { upper += 1 }
        }
        return words > 1 && upper * 4 >= words * 3
    }

    /// The likeliest tag of a token by itself.
    private func guess(_ token: Token, isFirst: Bool, shouting: Bool, _ bytes: [UInt8]) -> Tag {
        if token.isPunctuation {
            switch bytes[Int(token.start)] {
            case UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "&"),
                0xC2 where token.end - token.start == 2 && !token.isQuote:
                return bytes[Int(token.start)] == UInt8(ascii: "&") ? .coordinatingConjunction : .symbol
            default: return .punctuation
            }
        }
        if token.shape.contains(.address) { return .other }
        if token.shape.contains(.number) || token.isIn(.numberWord) && !token.isIn(.ordinal) { return .numeral }
        let known = lexicon.tag(of: token.word)
        if token.isCapitalized, !shouting {
            if token.isIn(.nationality) {
                return lexicon.canBe(token.word, .properNoun) && known == .properNoun ? .properNoun : .adjective
            }
            if token.isIn(.month) || token.isIn(.weekday) { return .properNoun }
            if !isFirst, !token.isIn(.functionWord) { return known == .pronoun ? .pronoun : .properNoun }
            guard let known else { return .properNoun }
            return known
        }
        if let known {
            // A word that the treebanks know as a name alone, here in lower case.
            return known == .properNoun && !shouting ? .noun : known
        }
        return spelling(bytes, Int(token.start), Int(token.end))
    }

    /// The tag of an unknown word by its ending.
    private func spelling(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Tag {
        func ends(_ suffix: StaticString) -> Bool {
            let count = suffix.utf8CodeUnitCount
            guard end - start > count + 2 else { return false }
            return suffix.withUTF8Buffer { expected in
                for index in 0..<count where unsafe bytes[end - count + index] != expected[index] { return false }
                return true
            }
        }
        if ends("ly") { return .adverb }
        if ends("ing") || ends("ed") || ends("ize") || ends("ise") || ends("ified") { return .verb }
        if ends("ous") || ends("ful") || ends("less") || ends("able") || ends("ible") || ends("ive") || ends("ish")
            || ends("ical") || ends("ian") || ends("ic")
        {
            return .adjective
        }
        return .noun
    }

    /// Puts right what the neighbours forbid.
    private func correct(_ tokens: inout [Token], _ range: Range<Int>, _ bytes: [UInt8]) {
        for index in range {
            let previous = index > range.lowerBound ? tokens[index - 1] : nil
            let next = index + 1 < range.upperBound ? tokens[index + 1] : nil
            let token = tokens[index]
            guard !token.isPunctuation, token.word != 0 else { continue }
            switch token.tag {
            case .noun, .adjective, .adverb:
                guard lexicon.canBe(token.word, .verb), !token.isCapitalized || index > range.lowerBound else { break }
                // "to strike", "will attack", "did n't fire", "they fled".
                if previous?.tag == .particle || previous?.tag == .auxiliary && token.tag != .adverb {
                    tokens[index].tag = .verb
                } else if previous?.tag == .pronoun, token.tag != .adverb,
                    !(previous.map { isPossessive($0, bytes) } ?? false),
                    next?.tag == .determiner || next?.tag == .pronoun || next?.tag == .adposition
                        || next?.tag == .properNoun
                {
                    tokens[index].tag = .verb
                }
            case .verb:
                guard let previous else { break }
                // "the strike", "an attack", "Moscow 's claim".
                let takesNoun =
                    previous.tag == .determiner || previous.tag == .adjective || previous.tag == .numeral
                    || isPossessive(previous, bytes)
                if takesNoun, lexicon.canBe(token.word, .noun), next?.tag != .determiner, next?.tag != .pronoun {
                    tokens[index].tag = .noun
                } else if previous.tag == .determiner || isPossessive(previous, bytes),
                    next?.tag == .noun || next?.tag == .properNoun,
                    ends(token, bytes, "ed") || ends(token, bytes, "ing")
                {
                    // "the wounded men", "a retired colonel".
                    tokens[index].tag = .adjective
                }
            case .auxiliary:
                // "has 12 men", "had been killed" stays; "do" before a noun phrase is a verb.
                if let next, next.tag == .determiner || next.tag == .numeral,
                    lexicon.canBe(token.word, .verb),
                    spells(token, bytes, "has") || spells(token, bytes, "had") || spells(token, bytes, "have")
                {
                    tokens[index].tag = .verb
                }
            case .adposition:
                // "to" before a verb is a particle; "that" before a clause is a conjunction, by the lexicon's own order.
                if spells(token, bytes, "to"), let next, lexicon.canBe(next.word, .verb),
                    lexicon.tag(of: next.word) == .verb, !next.isCapitalized
                {
                    tokens[index].tag = .particle
                }
            case .particle:
                if spells(token, bytes, "to"), let next,
                    next.tag == .determiner || next.tag == .properNoun || next.tag == .numeral || next.tag == .pronoun
                        || next.tag == .adjective && !lexicon.canBe(next.word, .verb)
                        || next.tag == .noun && !lexicon.canBe(next.word, .verb)
                {
                    tokens[index].tag = .adposition
                }
            default: break
            }
        }
    }

    private func isPossessive(_ token: Token, _ bytes: [UInt8]) -> Bool {
        spells(token, bytes, "'s") || spells(token, bytes, "his") || spells(token, bytes, "its")
            || spells(token, bytes, "their")
            || spells(token, bytes, "her") || spells(token, bytes, "our") || spells(token, bytes, "my")
    }

    private func ends(_ token: Token, _ bytes: [UInt8], _ suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        let end = Int(token.end)
        guard end - Int(token.start) > count else { return false }
        return suffix.withUTF8Buffer { expected in
            for index in 0..<count where unsafe bytes[end - count + index] != expected[index] { return false }
            return true
        }
    }

    private func spells(_ token: Token, _ bytes: [UInt8], _ word: StaticString) -> Bool {
        let start = Int(token.start)
        let count = Int(token.end) - start
        if count == word.utf8CodeUnitCount {
            return word.withUTF8Buffer { expected in
                for index in 0..<count {
                    let byte = bytes[start + index]
                    let folded = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
                    if unsafe folded != expected[index] { return false }
                }
                return true
            }
        }
        // ’s
        return count == 4 && word.utf8CodeUnitCount == 2 && bytes[start] == 0xE2
            && bytes[start + 3] == UInt8(ascii: "s")
            && word.withUTF8Buffer { unsafe $0[0] == UInt8(ascii: "'") }
    }
}
