/// Splits text into tokens by the conventions of the English Universal Dependencies treebanks.
///
/// Clitics are tokens of their own (`did` `n't`, `Moscow` `’s`), hyphenated words are split (`five` `-` `year` `-`
/// `old`) unless the first part is a prefix or a part holds a digit (`AN-148`), abbreviations keep their full stop
/// (`U.S.`, `Feb.`), numbers their points and commas (`1.2`, `10,000`), currency and percent signs stand alone.
struct Tokenizer {
    let lexicon: Lexicon

    /// Appends the tokens of `bytes[start..<end]`.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    func tokenize(_ bytes: [UInt8], _ start: Int, _ end: Int, into tokens: inout [Token]) {
        var at = start
        var spaceBefore = true
        var key: [UInt8] = []
        key.reserveCapacity(64)
        while at < end {
            let (kind, count) = ByteClass.at(at, in: bytes, before: end)
            let next = min(at + count, end)
            switch kind {
            case .space:
                at = next
                spaceBefore = true
                continue
            case .letter, .digit:
                at = word(bytes, at, end, spaceBefore, &key, &tokens)
            case .stop:
                // A point before a digit begins a number (.38), else a run of the same mark is one token.
                if bytes[at] == UInt8(ascii: "."), next < end, ByteClass.ascii[Int(bytes[next] & 0x7F)] == .digit,
                    bytes[next] < 0x80, spaceBefore
                {
                    at = word(bytes, at, end, spaceBefore, &key, &tokens)
                } else {
                    var stop = next
                    while stop < end,
                        bytes[stop] == bytes[at] || (bytes[at] != UInt8(ascii: ".") && isMark(bytes[stop]))
                    {
                        stop += 1
                    }
                    let isEllipsis = stop - at > 1 && bytes[at] == UInt8(ascii: ".")
                    emit(
                        bytes, at, stop, isEllipsis ? .punctuation : [.punctuation, .terminal], spaceBefore, &key,
                        &tokens)
                    at = stop
                }
            case .apostrophe:
                at = apostrophe(bytes, at, next, end, spaceBefore, &key, &tokens)
            case .quote:
                emit(bytes, at, next, [.punctuation, .quote], spaceBefore, &key, &tokens)
                at = next
            case .hyphen, .dash:
                var stop = next
                while stop < end, bytes[stop] == UInt8(ascii: "-") { stop += 1 }
                let afterSpace = stop >= end || ByteClass.at(stop, in: bytes, before: end).class == .space
                let isDash = kind == .dash || stop - at > 1 || (spaceBefore && afterSpace)
                emit(bytes, at, stop, isDash ? [.punctuation, .dash] : .punctuation, spaceBefore, &key, &tokens)
                at = stop
            case .ellipsis, .openBracket, .closeBracket, .comma, .slash, .currency, .percent, .symbol:
                let stop = endOfMark(bytes, at, next, end, kind)
                emit(bytes, at, stop, .punctuation, spaceBefore, &key, &tokens)
                at = stop
            }
            spaceBefore = false
        }
    }

    /// Where a mark that begins at `at` ends: rules of one sign (`=====`, `***`) and faces (`:-)`) are one token.
    private func endOfMark(_ bytes: [UInt8], _ at: Int, _ next: Int, _ end: Int, _ kind: ByteClass) -> Int {
        let byte = bytes[at]
        if kind == .symbol || kind == .currency || kind == .slash, byte < 0x80 {
            var stop = next
            while stop < end, bytes[stop] == byte { stop += 1 }
            return stop
        }
        guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") else { return next }
        var stop = next
        if stop < end, bytes[stop] == UInt8(ascii: "-") { stop += 1 }
        guard stop < end, Tokenizer.mouths.contains(bytes[stop]) else { return next }
        let after = stop + 1
        guard after >= end || ![.letter, .digit].contains(ByteClass.at(after, in: bytes, before: end).class) else {
            return next
        }
        return after
    }

    private static let mouths: [UInt8] = [
        UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "D"), UInt8(ascii: "P"), UInt8(ascii: "p"),
    ]

    private func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") }

    /// A token that begins with a letter or digit; gives where it ends.
    private func word(
        _ bytes: [UInt8], _ start: Int, _ end: Int, _ spaceBefore: Bool, _ key: inout [UInt8], _ tokens: inout [Token]
    ) -> Int {
        if let stop = address(bytes, start, end) {
            emit(bytes, start, stop, .address, spaceBefore, &key, &tokens)
            return stop
        }
        let startsWithDigit = bytes[start] < 0x80 && ByteClass.ascii[Int(bytes[start])] != .letter
        var at = start
        var hasDigit = false
        var spaceBefore = spaceBefore
        var from = start
        scan: while at < end {
            let (kind, count) = ByteClass.at(at, in: bytes, before: end)
            switch kind {
            case .letter: at = min(at + count, end)
            case .digit:
                hasDigit = true
                at += 1
            case .stop where bytes[at] == UInt8(ascii: "."):
                guard keepsPoint(bytes, from, at, end, hasDigit, startsWithDigit && from == start, &key) else {
                    break scan
                }
                at += 1
            case .comma where bytes[at] == UInt8(ascii: ",") || bytes[at] == UInt8(ascii: ":"):
                // 10,000 and 3:30, but not "1, 2".
                guard hasDigit, at > from, isDigit(bytes, at - 1, end), isDigit(bytes, at + 1, end) else { break scan }
                if bytes[at] == UInt8(ascii: ","),
                    !(isDigit(bytes, at + 2, end) && isDigit(bytes, at + 3, end) && !isDigit(bytes, at + 4, end))
                {
                    break scan
                }
                at += 1
            case .symbol where bytes[at] == UInt8(ascii: "_"):
                // File names: Lisa_resume.doc.
                guard at > from, isLetter(bytes, at + 1, end) || isDigit(bytes, at + 1, end) else { break scan }
                at += 1
            case .slash:
                // Dates and fractions stay whole: 2018/02/07, 1/2.
                guard hasDigit, isDigit(bytes, at - 1, end), isDigit(bytes, at + 1, end) else { break scan }
                at += 1
            case .apostrophe:
                if let clitic = clitic(bytes, from, at, end) {
                    if clitic > from {
                        emit(
                            bytes, from, clitic, shape(hasDigit, startsWithDigit && from == start), spaceBefore, &key,
                            &tokens)
                        spaceBefore = false
                    }
                    from = clitic
                    let stop = wordEnd(bytes, at, end)
                    emit(bytes, from, stop, [], spaceBefore, &key, &tokens)
                    return stop
                }
                // Inside a word (O'Neill, Sana'a) it belongs to it.
                let after = min(at + count, end)
                guard after < end, ByteClass.at(after, in: bytes, before: end).class == .letter else { break scan }
                at = after
            case .hyphen:
                let after = min(at + count, end)
                guard after < end else { break scan }
                let next = ByteClass.at(after, in: bytes, before: end).class
                guard next == .letter || next == .digit else { break scan }
                if joins(bytes, from, at, after, end, hasDigit, &key) {
                    at = after
                } else {
                    emit(bytes, from, at, shape(hasDigit, startsWithDigit && from == start), spaceBefore, &key, &tokens)
                    emit(bytes, at, after, .punctuation, false, &key, &tokens)
                    spaceBefore = false
                    from = after
                    at = after
                    hasDigit = false
                }
            default: break scan
            }
        }
        if at == from { at = min(from + 1, end) }
        // "cannot", "gonna" and "dont" are two words.
        if let split = Tokenizer.fused.first(where: { at - from == $0.length && matches(bytes, from, $0.word) }) {
            emit(bytes, from, from + split.first, [], spaceBefore, &key, &tokens)
            emit(bytes, from + split.first, at, [], false, &key, &tokens)
            return at
        }
        var extra = shape(hasDigit, startsWithDigit && from == start)
        if bytes[at - 1] == UInt8(ascii: ".") { extra.insert(.abbreviation) }
        emit(bytes, from, at, extra, spaceBefore, &key, &tokens)
        return at
    }

    /// Words that the treebanks split though no apostrophe parts them, and how long their first part is.
    private static let fused: [(word: StaticString, length: Int, first: Int)] = [
        ("cannot", 6, 3), ("gonna", 5, 3), ("wanna", 5, 3), ("gotta", 5, 3), ("dont", 4, 2), ("cant", 4, 2),
        ("didnt", 5, 3), ("doesnt", 6, 4), ("isnt", 4, 2), ("wasnt", 5, 3), ("havent", 6, 4), ("thats", 5, 4),
    ]

    private func shape(_ hasDigit: Bool, _ startsWithDigit: Bool) -> Token.Shape {
        hasDigit ? (startsWithDigit ? [.digit, .number] : .digit) : []
    }

    private func isDigit(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
        at >= 0 && at < end && UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at]
    }

    private func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }
    private func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

    private func isLetter(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
        at >= 0 && at < end && ByteClass.at(at, in: bytes, before: end).class == .letter
    }

    private func matches(_ bytes: [UInt8], _ at: Int, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { expected in
            for index in 0..<expected.count {
                guard at + index < bytes.count, unsafe bytes[at + index] | 0x20 == expected[index] else { return false }
            }
            return true
        }
    }

    /// Whether the point at `at` belongs to the token that began at `from`.
    private func keepsPoint(
        _ bytes: [UInt8], _ from: Int, _ at: Int, _ end: Int, _ hasDigit: Bool, _ isNumber: Bool, _ key: inout [UInt8]
    ) -> Bool {
        if hasDigit || at == from { return isDigit(bytes, at + 1, end) }
        let letters = at - from
        // Single letters with points between: U.S., a.m., J.
        let isInitial = letters == 1 || (letters >= 3 && bytes[at - 2] == UInt8(ascii: "."))
        if isInitial {
            if isLetter(bytes, at + 1, end) { return true }
            if letters >= 3 { return true }
            let byte = bytes[at - 1]
            // "I." ends a sentence; "J. Smith" does not.
            return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte && byte != UInt8(ascii: "I")
        }
        // Web names and files: alt.animals.cat, report.pdf; a new sentence would begin with a capital.
        if letters >= 2, at + 2 < end, isLower(bytes[at - 1]) || isUpper(bytes[at - 1]), isLower(bytes[at + 1]),
            isLower(bytes[at + 2])
        {
            return true
        }
        if letters > 12 { return false }
        key.removeAll(keepingCapacity: true)
        Lexicon.fold(bytes, from, at, into: &key)
        key.append(UInt8(ascii: "."))
        let word = lexicon.word(key)
        guard word != 0, let kind = lexicon.value(of: word, in: .abbreviation) else { return false }
        // Kind 2 is an abbreviation only before a digit (No. 5) or upper case.
        if kind == 2 {
            var next = at + 1
            while next < end, bytes[next] == UInt8(ascii: " ") { next += 1 }
            return next > at + 1 && isDigit(bytes, next, end)
        }
        // Kind 3 is an abbreviation only where it is written with a capital: Gen., Col., Sun.
        if kind == 3 { return bytes[from] < UInt8(ascii: "a") }
        return true
    }

    /// Where the clitic starts whose apostrophe is at `at`, nil where there is none.
    private func clitic(_ bytes: [UInt8], _ from: Int, _ at: Int, _ end: Int) -> Int? {
        let stop = wordEnd(bytes, at, end)
        let after = at + ByteClass.at(at, in: bytes, before: end).count
        let length = stop - after
        guard at > from else { return nil }
        switch length {
        case 1:
            switch bytes[after] | 0x20 {
            case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "d"): return at
            case UInt8(ascii: "t") where bytes[at - 1] | 0x20 == UInt8(ascii: "n") && at - 1 > from: return at - 1
            default: return nil
            }
        case 2:
            return matches(bytes, after, "re") || matches(bytes, after, "ve") || matches(bytes, after, "ll") ? at : nil
        default: return nil
        }
    }

    /// Where the letters behind the apostrophe at `at` end.
    private func wordEnd(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Int {
        var stop = at + ByteClass.at(at, in: bytes, before: end).count
        while stop < end {
            let (kind, count) = ByteClass.at(stop, in: bytes, before: end)
            guard kind == .letter || kind == .digit else { break }
            stop = min(stop + count, end)
        }
        return min(stop, end)
    }

    /// Whether the hyphen at `hyphen` joins one word: the first part is a prefix or a part holds a digit.
    private func joins(
        _ bytes: [UInt8], _ from: Int, _ hyphen: Int, _ after: Int, _ end: Int, _ hasDigit: Bool, _ key: inout [UInt8]
    ) -> Bool {
        let stop = wordEnd(bytes, hyphen, end)
        var digitBehind = false
        for index in after..<stop where isDigit(bytes, index, end) { digitBehind = true }
        if hasDigit, digitBehind { return true }
        // AN-148 and B-52, but 5-year and March-2018 are split.
        if digitBehind { return hyphen - from <= 4 && bytes[from] < UInt8(ascii: "a") }
        if hasDigit { return false }
        guard hyphen - from <= 12 else { return false }
        key.removeAll(keepingCapacity: true)
        Lexicon.fold(bytes, from, hyphen, into: &key)
        return lexicon.lists(of: lexicon.word(key)).contains(.prefix)
    }

    /// A mark that stands apart from a word: an apostrophe that opens or closes a quotation, `''`, or a bare clitic.
    private func apostrophe(
        _ bytes: [UInt8], _ at: Int, _ next: Int, _ end: Int, _ spaceBefore: Bool, _ key: inout [UInt8],
        _ tokens: inout [Token]
    ) -> Int {
        // Two of a kind are one quotation mark.
        if next < end {
            let (kind, count) = ByteClass.at(next, in: bytes, before: end)
            if kind == .apostrophe, bytes[next] == bytes[at] {
                let stop = min(next + count, end)
                emit(bytes, at, stop, [.punctuation, .quote], spaceBefore, &key, &tokens)
                return stop
            }
        }
        // ’s behind a closing bracket or quotation mark; '90s and 'em after a space.
        let stop = wordEnd(bytes, at, end)
        if !spaceBefore, stop - next == 1, bytes[next] | 0x20 == UInt8(ascii: "s") {
            emit(bytes, at, stop, [], spaceBefore, &key, &tokens)
            return stop
        }
        if spaceBefore, stop - next == 3, isDigit(bytes, next, end) {
            emit(bytes, at, stop, .digit, spaceBefore, &key, &tokens)
            return stop
        }
        // The possessive of a plural: the players' union.
        let behindLetter = !spaceBefore && at > 0 && tokens.last.map { Int($0.end) == at && !$0.isPunctuation } == true
        let closes = bytes[at] != UInt8(ascii: "`") && behindLetter
        emit(bytes, at, next, closes ? .punctuation : [.punctuation, .quote], spaceBefore, &key, &tokens)
        return next
    }

    /// Where the web or mail address that begins at `start` ends, nil where none does.
    private func address(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        let isWeb = matches(bytes, start, "http") || matches(bytes, start, "www.")
        if !isWeb {
            // A mail address has an @ before the next space.
            var at = start
            while at < end, at - start < 64, bytes[at] > 32, bytes[at] != UInt8(ascii: "@"), bytes[at] < 0x80 {
                at += 1
            }
            guard at < end, bytes[at] == UInt8(ascii: "@"), at > start, isLetter(bytes, at + 1, end) else { return nil }
        } else if matches(bytes, start, "http"),
            !(start + 6 < end && (bytes[start + 4] == UInt8(ascii: ":") || bytes[start + 5] == UInt8(ascii: ":")))
        {
            return nil
        }
        var at = start
        while at < end, bytes[at] > 32, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: ")"),
            bytes[at] != UInt8(ascii: "<"), bytes[at] != UInt8(ascii: ">"), bytes[at] < 0x80
        {
            at += 1
        }
        while at > start + 1,
            ByteClass.ascii[Int(bytes[at - 1])] == .stop || ByteClass.ascii[Int(bytes[at - 1])] == .comma
        {
            at -= 1
        }
        return at
    }

    private func emit(
        _ bytes: [UInt8], _ start: Int, _ end: Int, _ given: Token.Shape, _ spaceBefore: Bool, _ key: inout [UInt8],
        _ tokens: inout [Token]
    ) {
        tokens.append(token(bytes, start, end, given, spaceBefore, &key))
    }

    /// The token that stands on a stretch.
    ///
    /// - Parameter given: what is known of its shape but for its letters' case and the space before it.
    func token(
        _ bytes: [UInt8], _ start: Int, _ end: Int, _ given: Token.Shape, _ spaceBefore: Bool, _ key: inout [UInt8]
    ) -> Token {
        var shape = given
        if spaceBefore { shape.insert(.spaceBefore) }
        key.removeAll(keepingCapacity: true)
        if !given.contains(.punctuation) {
            if end - start > 64 { return Token(start: start, end: end, shape: shape) }
            let (first, all) = Tokenizer.letterCase(bytes, start, end)
            if first { shape.insert(.capitalized) }
            if all { shape.insert(.allCapitals) }
        }
        Lexicon.fold(bytes, start, end, into: &key)
        let word = lexicon.word(key)
        return Token(
            start: start, end: end, word: word, lemma: lexicon.lemma(of: word), lists: lexicon.lists(of: word),
            shape: shape)
    }

    /// Whether the first letter is upper case, and whether all letters are, of two or more.
    static func letterCase(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (first: Bool, all: Bool) {
        func isUpper(_ at: Int) -> Bool {
            let byte = bytes[at]
            if UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte { return true }
            guard at + 1 < end else { return false }
            if byte == 0xC3 { return 0x80...0x9E ~= bytes[at + 1] }
            if byte == 0xC4 || byte == 0xC5 { return bytes[at + 1] & 1 == 0 }
            return byte == 0xD0 && 0x81...0xAF ~= bytes[at + 1]
        }
        let first = isUpper(start)
        guard first else { return (false, false) }
        var letters = 0
        var at = start
        while at < end {
            let byte = bytes[at]
            if byte & 0xC0 != 0x80 {
                if UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte { return (true, false) }
                if byte >= 0xC3, !isUpper(at) { return (true, false) }
                if byte >= UInt8(ascii: "A") { letters += 1 }
            }
            at += 1
        }
        return (true, letters >= 2)
    }
}
