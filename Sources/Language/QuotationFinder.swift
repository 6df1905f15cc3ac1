internal import Stories

/// Pairs quotation marks: curly, straight, guillemets, `''` and ` `` `, single marks where they clearly open.
///
/// A quotation ends at the latest with its paragraph, so that a mark that was never closed swallows no more than that;
/// one that runs on is reopened by the next paragraph and marked as open-ended here.
enum QuotationFinder {
    /// The quotations of a story; sets the `opening` flag of the marks that open.
    static func find(_ tokens: inout [Token], _ sentences: [Sentence], _ bytes: [UInt8]) -> [Quotation] {
        var quotations: [Quotation] = []
        var first = 0
        while first < sentences.count {
            var last = first
            while last + 1 < sentences.count, sentences[last + 1].paragraph == sentences[first].paragraph,
                sentences[last + 1].part == sentences[first].part
            {
                last += 1
            }
            let range = sentences[first].tokens.lowerBound..<sentences[last].tokens.upperBound
            pair(&tokens, range, bytes, into: &quotations)
            first = last + 1
        }
        // A quotation without an end counts as reopened where the next paragraph begins with a mark; else it still
        // ends with its paragraph.
        return quotations
    }

    /// Quotations of more tokens were never closed.
    private static let longest = 512

    private static func pair(
        _ tokens: inout [Token], _ range: Range<Int>, _ bytes: [UInt8], into quotations: inout [Quotation]
    ) {
        var open: (token: Int, single: Bool)?
        for index in range where tokens[index].isQuote {
            let mark = form(tokens[index], bytes)
            let spaceBefore = tokens[index].hasSpaceBefore
            let spaceAfter = index + 1 >= range.upperBound || tokens[index + 1].hasSpaceBefore
            if let start = open, index - start.token > longest {
                // Never closed.
                if !start.single {
                    quotations.append(Quotation(tokens: start.token..<start.token + longest, isOpenEnded: true))
                }
                open = nil
            }
            if let start = open {
                guard start.single == mark.single else { continue }
                let closes =
                    switch mark.side {
                    case .opens: false
                    case .closes: true
                    case .either: !spaceBefore || spaceAfter
                    }
                if closes {
                    quotations.append(Quotation(tokens: start.token..<index + 1, isOpenEnded: false))
                    open = nil
                }
            } else if mark.side != .closes, !spaceAfter, !mark.single || spaceBefore {
                if mark.single, !closesLater(tokens, index, range, bytes) { continue }
                open = (index, mark.single)
                tokens[index].shape.insert(.opening)
            }
        }
        if let start = open, !start.single {
            quotations.append(
                Quotation(
                    tokens: start.token..<min(range.upperBound, start.token + longest), isOpenEnded: true))
        }
    }

    private enum Side { case opens, closes, either }

    private static func form(_ token: Token, _ bytes: [UInt8]) -> (side: Side, single: Bool) {
        let start = Int(token.start)
        let count = Int(token.end) - start
        switch bytes[start] {
        case UInt8(ascii: "\""): return (.either, false)
        case UInt8(ascii: "'"): return (.either, count == 1)
        case UInt8(ascii: "`"): return (.opens, count == 1)
        case 0xC2: return count >= 2 && bytes[start + 1] == 0xAB ? (.opens, false) : (.closes, false)
        case 0xE2 where count >= 3:
            switch bytes[start + 2] {
            case 0x98: return (.opens, count == 3)
            case 0x99: return (.closes, count == 3)
            case 0x9A, 0x9B: return (.opens, count == 3)
            case 0x9C, 0x9E, 0x9F: return (.opens, false)
            case 0x9D: return (.closes, false)
            case 0xB9: return (.opens, true)
            default: return (.closes, true)
            }
        default: return (.either, false)
        }
    }

    /// Whether a single mark that seems to open has one that closes in the same paragraph, as apostrophes have not.
    private static func closesLater(_ tokens: [Token], _ index: Int, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        for later in index + 1..<max(index + 1, min(range.upperBound, index + longest)) {
            let token = tokens[later]
            guard token.isPunctuation, !token.hasSpaceBefore else { continue }
            let byte = bytes[Int(token.start)]
            let isSingle =
                token.end - token.start == 1 && byte == UInt8(ascii: "'")
                || token.end - token.start == 3 && byte == 0xE2 && bytes[Int(token.start) + 2] == 0x99
            if isSingle,
                later + 1 >= range.upperBound || tokens[later + 1].hasSpaceBefore || tokens[later + 1].isPunctuation
            {
                return true
            }
        }
        return false
    }
}
