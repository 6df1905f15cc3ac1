internal import ArgumentParser
internal import Foundation
internal import Language

/// Trains the network that tags, parses and names.
struct NetworkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network",
        abstract: "Trains the network that tags, parses and names, and writes the model file.",
        discussion: """
            Gives the same file for the same seed and corpora. Documents whose licence forbids commercial use, or that name \
            none, are left out.

            Example:
              onrecord-train network --corpora ../shared/corpora --output Sources/LanguageData/network.bin
            """)

    @Option(help: "The folder that holds the corpora `ud` and `names`.")
    var corpora: String

    @Option(help: "Where to write the model.")
    var output: String

    @Option(help: "Words and their clusters.")
    var clusters = "Data/clusters.tsv"

    @Option(help: "How many times to run over the corpora.")
    var epochs = 30

    @Option(help: "What all random choices depend on.")
    var seed: UInt64 = 1

    @Option(help: "The highest learning rate.")
    var rate: Float = 0.003

    @Option(help: "Share of the layers' values that is dropped.")
    var dropout: Float = 0.3

    @Flag(help: "Read documents of any licence, to learn what they would add. Such a model must not be shipped.")
    var everyLicence = false

    func run() async throws {
        var reader = CorpusReader()
        let training = try reader.read(
            treebanks: ["ewt", "gum"].map { "\(corpora)/ud/\($0)-train.conllu" },
            names: ["\(corpora)/names/train.jsonl"], all: everyLicence)
        let words = training.flatMap { $0.sentences.joined() }
        let labels = NetworkLabels(
            tags: Set(words.map(\.tag)).sorted(), relations: Set(words.map(\.relation)).sorted())
        let vocabulary = try vocabulary(training)
        let encoder = GoldEncoder(labels: labels, features: WordFeatures(vocabulary: vocabulary))
        let sentences = training.flatMap { encoder.encode($0) }
        print(
            "\(training.count) documents, \(sentences.count) sentences, \(words.count) words with trees; "
                + "\(reader.leftOut) treebank documents left out for their licence; "
                + "\(vocabulary.count) words have embeddings.")
        let lemmas = LemmaTrainer.table(training)

        var development: [(String, [GoldSentence])] = []
        for name in ["ewt", "gum"] {
            let documents = try reader.read(
                treebanks: ["\(corpora)/ud/\(name)-dev.conllu"], names: ["\(corpora)/names/dev.jsonl"], all: true
            ).filter { !$0.sentences.isEmpty }
            development.append((name, documents.flatMap { encoder.encode($0) }))
        }

        var settings = NetworkTrainer.Settings()
        settings.epochs = epochs
        settings.seed = seed
        settings.rate = rate
        settings.dropout = dropout
        var trainer = NetworkTrainer(
            labels: labels, rows: vocabulary.count + WordFeatures.fixedRows, settings: settings)
        let last = epochs
        let start = Date.now
        await trainer.train(sentences) { epoch, loss, network, embeddings in
            var line = "epoch \(epoch): loss \(loss.formatted(.number.precision(.fractionLength(3))))"
            line += ", \(Int(Date.now.timeIntervalSince(start))) s"
            if epoch % 5 == 0 || epoch == last || epoch < 3 {
                let model = LanguageModel(network: network, vocabulary: vocabulary, embeddings: embeddings, lemmas: lemmas)
                for (name, sentences) in development { line += "; \(name) \(NetworkScore(model, sentences))" }
            }
            print(line)
            fflush(nil)
        }
        let model = LanguageModel(
            network: trainer.network, vocabulary: vocabulary, embeddings: trainer.embeddings, lemmas: lemmas)
        try Data(model.encoded()).write(to: URL(filePath: output))
    }

    /// Words seen twice or more, the most frequent first, and the clusters.
    private func vocabulary(_ documents: [GoldDocument]) throws -> Vocabulary {
        var counts: [String: Int] = [:]
        for document in documents {
            for word in document.sentences.joined() {
                var key: [UInt8] = []
                Lexicon.fold(document.bytes, word.span.lowerBound, word.span.upperBound, into: &key)
                counts[String(decoding: key, as: UTF8.self), default: 0] += 1
            }
            guard document.sentences.isEmpty else { continue }
            for token in TrainingText.segment(document.bytes).tokens {
                var key: [UInt8] = []
                Lexicon.fold(document.bytes, Int(token.start), Int(token.end), into: &key)
                counts[String(decoding: key, as: UTF8.self), default: 0] += 1
            }
        }
        let words = counts.filter { $0.value >= 2 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        var numbers: [String: UInt16] = [:]
        for line in try String(contentsOfFile: clusters, encoding: .utf8).split(separator: "\n")
        where !line.hasPrefix("# ") {
            let fields = line.split(separator: "\t")
            if fields.count == 2, let number = UInt16(fields[1]) { numbers[String(fields[0])] = number }
        }
        return Vocabulary(words: words, clusters: numbers)
    }
}

extension LanguageModel {
    /// A model whose embeddings are rounded to signed bytes, each row to its own scale.
    init(network: Network, vocabulary: Vocabulary, embeddings: [Float], lemmas: LemmaTable) {
        let width = Network.Width.word
        var values: [Int8] = []
        var scales: [Float] = []
        values.reserveCapacity(embeddings.count)
        for start in stride(from: 0, to: embeddings.count, by: width) {
            var most: Float = 1e-6
            for value in embeddings[start..<start + width] { most = max(most, abs(value)) }
            scales.append(most / 127)
            for value in embeddings[start..<start + width] { values.append(Int8((value / most * 127).rounded())) }
        }
        self.init(network: network, vocabulary: vocabulary, embeddings: values, scales: scales, lemmas: lemmas)
    }
}

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
                let found = Int(reading.names[index])
                if found != 0 { nameWords.found += 1 }
                if sentence.names[index] != 0 { nameWords.gold += 1 }
                if found != 0, found == sentence.names[index] { nameWords.right += 1 }
            }
        }
    }

    var description: String {
        func share(_ part: Int, _ whole: Int) -> String {
            (Double(part) / Double(max(whole, 1))).formatted(.number.precision(.fractionLength(4)))
        }
        return "UPOS \(share(tags, words)) UAS \(share(heads, words)) LAS \(share(relations, words)) "
            + "names \(share(2 * nameWords.right, nameWords.found + nameWords.gold))"
    }
}

/// Learns dictionary forms from gold.
enum LemmaTrainer {
    static func table(_ documents: [GoldDocument]) -> LemmaTable {
        var counts: [String: [String: Int]] = [:]
        var rules: [String: [String: Int]] = [:]
        for document in documents {
            for word in document.sentences.joined() where word.lemma != "_" {
                var key: [UInt8] = []
                Lexicon.fold(document.bytes, word.span.lowerBound, word.span.upperBound, into: &key)
                let folded = String(decoding: key, as: UTF8.self)
                counts["\(folded)\t\(word.tag)", default: [:]][word.lemma, default: 0] += 1
                // What is cut from the end, and what is put in its place.
                let lemma = Array((word.tag == "NNPS" ? word.lemma.lowercased() : word.lemma).utf8)
                var common = 0
                while common < min(key.count, lemma.count), key[common] == lemma[common] { common += 1 }
                guard common > 0, key.count - common <= 5, key.count > 1 else { continue }
                let rule = "\(key.count - common)\t\(String(decoding: lemma[common...], as: UTF8.self))"
                for count in 0...min(5, key.count - 1) {
                    let ending = "-" + String(decoding: key[(key.count - count)...], as: UTF8.self)
                    rules["\(ending)\t\(word.tag)", default: [:]][rule, default: 0] += 1
                }
            }
        }
        func best(_ choices: [String: Int]) -> (key: String, value: Int) {
            choices.max { ($0.value, $1.key) < ($1.value, $0.key) } ?? ("", 0)
        }
        var endings: [String: String] = [:]
        for (key, choices) in rules where choices.values.reduce(0, +) >= 2 || key.hasPrefix("-\t") {
            endings[key] = best(choices).key
        }
        // An ending that says what the shorter one says is not needed.
        let kept = endings.filter { key, rule in
            guard let tab = key.firstIndex(of: "\t"), key.distance(from: key.startIndex, to: tab) > 1 else { return true }
            let shorter = "-" + key.dropFirst(2)
            return endings[shorter] != rule
        }
        let byRule = LemmaTable(text: kept.map { "\($0.key)\t\($0.value)" }.sorted().joined(separator: "\n"))
        var lines = kept.map { "\($0.key)\t\($0.value)" }
        for (key, choices) in counts {
            let parts = key.split(separator: "\t", omittingEmptySubsequences: false)
            let lemma = best(choices)
            let folded = Array(parts[0].utf8)
            guard !parts[0].isEmpty, !lemma.key.contains("\t"), !lemma.key.contains("\n") else { continue }
            let isName = parts[1].hasPrefix("NNP")
            if isName, lemma.value < 3 { continue }
            if byRule.lemma(printed: folded[...], folded: folded, tag: String(parts[1])) != lemma.key {
                if isName, lemma.key.lowercased() == parts[0] { continue }
                lines.append("\(key)\t\(lemma.key)")
            }
        }
        return LemmaTable(text: lines.sorted().joined(separator: "\n"))
    }
}
