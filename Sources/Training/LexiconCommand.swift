internal import ArgumentParser
internal import Foundation

/// Counts how often each word form has which tag and lemma in treebanks.
struct LexiconCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon",
        abstract: "Writes Data/lexicon.tsv: word forms with their lemma and tags, likeliest first.")

    @Option(help: "Where to write the table.")
    var output: String

    @Option(help: "Leave out forms seen less often than this.")
    var minimum = 2

    @Argument(help: "Treebanks in CoNLL-U.")
    var treebanks: [String]

    func run() throws {
        var treebank = Treebank()
        for path in treebanks { treebank.read(try String(contentsOfFile: path, encoding: .utf8)) }
        var counts: [String: [Treebank.Word: Int]] = [:]
        for word in treebank.words where word.form.contains(where: \.isLetter) && word.form.utf8.count <= 40 {
            // A common word at a sentence's start counts as the same word; a name keeps its tag.
            counts[word.form.lowercased().replacing("’", with: "'"), default: [:]][
                .init(form: "", lemma: word.lemma.lowercased(), tag: word.tag), default: 0] += 1
        }
        var lines = [
            "# Word forms with their lemma and universal tags, likeliest first: form, lemma, tags.",
            "# Counted by `onrecord-train lexicon` over Universal Dependencies English EWT (CC BY-SA 4.0) and those documents of",
            "# GUM whose licence allows commercial use (annotation CC BY 4.0). This file is CC BY-SA 4.0.",
        ]
        for (form, kinds) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let total = kinds.values.reduce(0, +)
            guard total >= minimum else { continue }
            var tags: [String: Int] = [:]
            for (kind, count) in kinds { tags[kind.tag, default: 0] += count }
            let ranked = tags.filter { $0.value * 20 >= total }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            guard let likeliest = ranked.first else { continue }
            let lemma = kinds.filter { $0.key.tag == likeliest.key }.max {
                ($0.value, $1.key.lemma) < ($1.value, $0.key.lemma)
            }
            lines.append("\(form)\t\(lemma?.key.lemma ?? form)\t\(ranked.map(\.key).joined(separator: ","))")
        }
        try (lines.joined(separator: "\n") + "\n").write(toFile: output, atomically: true, encoding: .utf8)
        print(
            "\(lines.count - 3) forms from \(treebank.words.count) words of \(treebank.documents.read) documents"
                + " (\(treebank.documents.leftOut) left out for their licence)")
    }
}
