/// Dictionary forms: of known words by their tag, of others by their ending.
///
/// As text, one entry a line: `form TAB tag TAB lemma` for words, `-ending TAB tag TAB cut TAB added` for endings, of which
/// the longest holds. Tags are Penn's.
package struct LemmaTable: Sendable {
    package let text: String
    private let words: [UInt64: String]
    private let endings: [UInt64: (cut: Int, added: [UInt8])]

    package init(text: String) {
        self.text = text
        var words: [UInt64: String] = [:]
        var endings: [UInt64: (cut: Int, added: [UInt8])] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            if fields.count == 3 {
                words[LemmaTable.hash(Array(fields[0].utf8)[...], String(fields[1]))] = String(fields[2])
            } else if fields.count == 4, let cut = Int(fields[2]) {
                endings[LemmaTable.hash(Array(fields[0].utf8)[...], String(fields[1]))] = (cut, Array(fields[3].utf8))
            }
        }
        self.words = words
        self.endings = endings
    }

    /// The dictionary form of a word.
    ///
    /// - Parameters:
    ///   - printed: the word as printed.
    ///   - folded: the word with letter case folded.
    ///   - tag: its Penn tag.
    package func lemma(printed: ArraySlice<UInt8>, folded: [UInt8], tag: String) -> String {
        let isName = tag == "NNP" || tag == "NNPS"
        if let known = words[LemmaTable.hash(folded[...], tag)] { return known }
        if tag == "NNP" || tag == "FW" || tag == "CD" || tag == "ADD" || tag == "NFP" {
            return String(decoding: printed, as: UTF8.self)
        }
        let base = isName ? Array(printed) : folded
        for count in stride(from: min(5, folded.count - 1), through: 0, by: -1) {
            let key = [UInt8(ascii: "-")] + folded[(folded.count - count)...]
            if let rule = endings[LemmaTable.hash(key[...], tag)], rule.cut < base.count {
                return String(decoding: base.dropLast(rule.cut) + rule.added, as: UTF8.self)
            }
        }
        return String(decoding: base, as: UTF8.self)
    }

    private static func hash(_ key: ArraySlice<UInt8>, _ tag: String) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in key { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        for byte in tag.utf8 { hash = (hash ^ UInt64(byte) ^ 0x100) &* 1_099_511_628_211 }
        return hash
    }
}
