/// The words of a treebank in CoNLL-U, document by document.
struct Treebank {
    struct Word: Hashable {
        var form: String
        var lemma: String
        var tag: String
    }

    /// The words of the documents that may be used.
    var words: [Word] = []
    /// How many documents were read, and how many were left out for their licence.
    var documents = (read: 0, leftOut: 0)

    /// Reads CoNLL-U, adding to what is there. Documents with a `licence` comment that names NC are left out.
    mutating func read(_ text: String) {
        var allowed = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            if line.hasPrefix("# newdoc id") {
                allowed = true
                documents.read += 1
            } else if line.hasPrefix("# licence = "), Treebank.isNonCommercial(line.dropFirst(12)) {
                allowed = false
                documents.read -= 1
                documents.leftOut += 1
            }
            guard allowed, line.first?.isNumber == true else { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count >= 4, !columns[0].contains("-"), !columns[0].contains(".") else { continue }
            words.append(Word(form: String(columns[1]), lemma: String(columns[2]), tag: String(columns[3])))
        }
    }

    /// Whether a licence forbids commercial use, or none is named.
    static func isNonCommercial(_ licence: some StringProtocol) -> Bool {
        let upper = licence.uppercased()
        return upper.contains("NC") || upper.contains("NOT STATED") || upper.contains("NONE")
    }
}
