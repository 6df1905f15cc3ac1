internal import Foundation
internal import Language

/// How well a model does on gold words: shares of right universal tags, heads, and heads with relations; F1 of names.
struct NetworkScore: CustomStringConvertible {
    private var words = 0
    private var tags = 0
    private var heads = 0
    private var relations = 0
    private var nameWords = (right: 0, found: 0, gold: 0)

    init(_ model: LanguageModel, _ sentences: [GoldSentence]) {
        var parser = NetworkReader(model: model)
        for sentence in sentences {
            let reading = parser.read(sentence.features[0], [0..<sentence.count])
            words += sentence.count
            for index in 0..<sentence.count {
                if Int(reading.universal[index].rawValue) == sentence.universal[index] { tags += 1 }
                if reading.heads[index] == sentence.heads[index] {
                    heads += 1
                    if Int(reading.relations[index]) == sentence.relations[index] { relations += 1 }
                }
                guard !sentence.names.isEmpty, sentence.names[index] >= 0 else { continue }
                func marked(_ label: Int) -> Int {
                    sentence.unmarked.contains { $0 == label || $0 + 1 == label } ? 0 : label
                }
                let found = marked(Int(reading.names[index]))
                let gold = marked(sentence.names[index])
                if found != 0 { nameWords.found += 1 }
                if gold != 0 { nameWords.gold += 1 }
                if found != 0, found == gold { nameWords.right += 1 }
            }
        }
    }

    /// The four figures in words.
    var cells: [String] {
        [
            (tags, words), (heads, words), (relations, words),
            (2 * nameWords.right, nameWords.found + nameWords.gold),
        ].map { (Double($0) / Double(max($1, 1))).formatted(.number.precision(.fractionLength(4))) }
    }

    var description: String { "UPOS \(cells[0]) UAS \(cells[1]) LAS \(cells[2]) names \(cells[3])" }
}
