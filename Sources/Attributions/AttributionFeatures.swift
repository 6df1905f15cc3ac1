package import Language
internal import Stories

/// What the attribution network sees of a token beside its vector, and of a token seen from a cue: rows of its tables.
///
/// Words are known by a hash of their letters, so that word lists may change without a new training.
package struct AttributionFeatures: Sendable {
    /// Rows of each token.
    package static let tokenRows = 7
    /// Rows of each token as seen from a cue.
    package static let pairRows = 4
    /// How many rows each token feature has in the table, one feature behind the other.
    package static let tokenSizes = [8192, 4096, 64, 64, 32, 32, 256]
    /// How many rows each pair feature has.
    package static let pairSizes = [32, 224, 32, 16]

    private static let lists: [WordList] = [
        .cueVerb, .cueFrame, .cueNoun, .documentNoun, .personRole, .organizationNoun, .mediaName, .personPronoun,
    ]

    private let analysis: Analysis
    private var tokens: [Token] { analysis.tokens }

    package init(analysis: Analysis) { self.analysis = analysis }

    // MARK: Tokens

    /// Appends the rows of each token of a passage.
    package func append(_ passage: Passage, to rows: inout [UInt16]) {
        var key: [UInt8] = []
        var sentence = analysis.sentence(holding: passage.tokens.lowerBound)
        for index in passage.tokens {
            while sentence + 1 < analysis.sentences.count,
                analysis.sentences[sentence + 1].tokens.lowerBound <= index
            { sentence += 1 }
            let token = tokens[index]
            key.removeAll(keepingCapacity: true)
            Lexicon.fold(analysis.story.bytes, Int(token.start), min(Int(token.end), Int(token.start) + 48), into: &key)
            let surface = AttributionFeatures.hash(key)
            let lemma =
                token.lemma == 0
                ? surface : AttributionFeatures.hash(Array(analysis.lexicon.text(of: token.lemma).utf8))
            rows.append(UInt16(surface % 8192))
            rows.append(UInt16(lemma % 4096))
            rows.append(UInt16(min(token.pennTag, 63)))
            rows.append(UInt16(min(token.relation.rawValue, 63)))
            rows.append(quote(index, passage))
            var form: UInt16 = 0
            if token.isCapitalized { form |= 1 }
            if index == analysis.sentences[sentence].tokens.lowerBound { form |= 2 }
            if index == passage.tokens.lowerBound { form |= 4 }
            if let name = analysis.name(holding: index) {
                form |= analysis.names[name].kind == .person ? 8 : 16
            }
            rows.append(form)
            var lists: UInt16 = 0
            for (bit, list) in AttributionFeatures.lists.enumerated() where token.isIn(list) {
                lists |= 1 << UInt16(bit)
            }
            rows.append(lists)
        }
    }

    /// Where a token stands to quotation marks.
    private func quote(_ index: Int, _ passage: Passage) -> UInt16 {
        var state: UInt16 = tokens[index].isQuote ? 1 : 0
        guard let quotation = analysis.quotation(holding: index), quotation != passage.opened else { return state }
        let stretch = analysis.quotations[quotation].tokens
        state |= 2
        if index == stretch.lowerBound { state |= 4 }
        if index == stretch.upperBound - 1 { state |= 8 }
        if stretch.count > 5 { state |= 16 }
        return state
    }

    /// FNV-1a.
    private static func hash(_ key: [UInt8]) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in key { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash ^ hash >> 15
    }

    // MARK: Tokens from a cue

    /// How far from a cue sources and contents are looked for, in tokens.
    package static let reach = 192

    /// The tokens of a passage that are looked at from a cue.
    package static func window(of cue: Range<Int>, in passage: Passage) -> Range<Int> {
        max(passage.tokens.lowerBound, cue.lowerBound - reach)..<min(passage.tokens.upperBound, cue.upperBound + reach)
    }

    /// The token of a cue that the others hang on.
    package func head(of cue: Range<Int>) -> Int {
        cue.first { !cue.contains(Int(tokens[$0].head)) && tokens[$0].tag == .verb }
            ?? cue.first { !cue.contains(Int(tokens[$0].head)) && !tokens[$0].isPunctuation } ?? cue.lowerBound
    }

    /// Appends the rows of each token of a window as seen from a cue.
    ///
    /// - Parameter others: all cues of the passage, in order.
    /// - Complexity: O(*n*) in the window's tokens, for trees of bounded depth.
    package func append(
        _ cue: Range<Int>, _ window: Range<Int>, _ passage: Passage, others: [Range<Int>], to rows: inout [UInt16]
    ) {
        let head = head(of: cue)
        let own = analysis.sentence(holding: head)
        let sentence = analysis.sentences[own].tokens
        // How far up from the cue a token of its sentence is, one more; 0 where it is not above it.
        var above = [UInt8](repeating: 0, count: sentence.count)
        var at = head
        var steps: UInt8 = 1
        while sentence.contains(at), above[at - sentence.lowerBound] == 0 {
            above[at - sentence.lowerBound] = min(steps, 4)
            steps = min(steps + 1, 4)
            at = Int(tokens[at].head)
        }
        let held = analysis.quotation(holding: head).flatMap { $0 == passage.opened ? nil : $0 }
        var holder = own
        var crossed = others.count { $0.upperBound <= cue.lowerBound && $0.lowerBound >= window.lowerBound }
        var next = others.firstIndex { $0.upperBound > window.lowerBound } ?? others.count
        for index in window {
            while holder > 0, analysis.sentences[holder].tokens.lowerBound > index { holder -= 1 }
            while holder + 1 < analysis.sentences.count, analysis.sentences[holder + 1].tokens.lowerBound <= index {
                holder += 1
            }
            rows.append(AttributionFeatures.distance(index, cue))
            rows.append(
                holder == own ? branch(index, sentence, above) : UInt16(208 + min(max(holder - own, -3), 3) + 3))
            rows.append(quotation(index, cue, held, passage) * 3 + (holder == own ? 0 : holder < own ? 1 : 2))
            // How many other cues stand between, and whether this token is part of one.
            while next < others.count, others[next].upperBound <= index { next += 1 }
            let inside = next < others.count && others[next].contains(index) && others[next] != cue
            if index < cue.lowerBound {
                crossed = others.count { $0.lowerBound > index && $0.upperBound <= cue.lowerBound }
            } else {
                crossed = others.count { $0.lowerBound >= cue.upperBound && $0.upperBound <= index }
            }
            rows.append(UInt16(min(crossed, 3) * 2 + (inside ? 1 : 0)) + (index < cue.lowerBound ? 0 : 8))
        }
    }

    /// By which relation, and how far up, a token of the cue's sentence is tied to the cue.
    private func branch(_ index: Int, _ sentence: Range<Int>, _ above: [UInt8]) -> UInt16 {
        var at = index
        var relation = UInt16(Relation.allCases.count)
        var steps = 0
        while sentence.contains(at), steps < 256 {
            let level = above[at - sentence.lowerBound]
            if level > 0 { return UInt16(level - 1) * 52 + relation }
            relation = UInt16(tokens[at].relation.rawValue)
            at = Int(tokens[at].head)
            steps += 1
        }
        return 214
    }

    private static func distance(_ index: Int, _ cue: Range<Int>) -> UInt16 {
        guard !cue.contains(index) else { return 0 }
        let size = index < cue.lowerBound ? cue.lowerBound - index : index - cue.upperBound + 1
        let step: UInt16 =
            switch size {
            case ...4: UInt16(size)
            case ...6: 5
            case ...9: 6
            case ...14: 7
            case ...20: 8
            case ...30: 9
            case ...45: 10
            case ...70: 11
            case ...110: 12
            default: 13
            }
        return index < cue.lowerBound ? step : 13 + step
    }

    /// Which quotation a token stands in, as seen from the cue: none, the cue's own, the nearest before or behind it, near
    /// by or far, or another.
    private func quotation(_ index: Int, _ cue: Range<Int>, _ held: Int?, _ passage: Passage) -> UInt16 {
        guard let quotation = analysis.quotation(holding: index), quotation != passage.opened else { return 0 }
        if quotation == held { return 1 }
        let stretch = analysis.quotations[quotation].tokens
        if stretch.upperBound <= cue.lowerBound {
            let isNearest =
                quotation + 1 >= analysis.quotations.count
                || analysis.quotations[quotation + 1].tokens.upperBound > cue.lowerBound
            return isNearest ? (cue.lowerBound - stretch.upperBound <= 12 ? 2 : 3) : 4
        }
        let isNearest = quotation == 0 || analysis.quotations[quotation - 1].tokens.lowerBound < cue.upperBound
        return isNearest ? (stretch.lowerBound - cue.upperBound <= 12 ? 5 : 6) : 7
    }
}
