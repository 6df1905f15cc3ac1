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

    @Option(help: "Where to write the model card.")
    var card = "Documentation/ModelCard.md"

    @Option(help: "Words and their clusters.")
    var clusters = "Data/clusters.tsv"

    @Option(help: "Words and the names that they are part of.")
    var nameWords = "Data/name-words.tsv"

    @Option(help: "Names of companies and other bodies, to put in place of others.")
    var bodies = "Data/bodies.txt"

    @Option(help: "How many times to run over the corpora.")
    var epochs = 22

    @Option(help: "What all random choices depend on.")
    var seed: UInt64 = 1

    @Option(help: "The highest learning rate.")
    var rate: Float = 0.003

    @Option(help: "Share of the layers' values that is dropped.")
    var dropout: Float = 0.3

    @Option(help: "Share of sentences with names that are read with other names.")
    var changed: Float = 0.4

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
        var numbers = SeededNumbers(seed: seed)
        let pool = NamePool(
            training, lists: try NetworkCommand.table(nameWords), bodies: try NetworkCommand.lines(bodies),
            numbers: &numbers)
        var sentences: [GoldSentence] = []
        for document in training { sentences += encoder.encode(document, pool: pool, numbers: &numbers) }
        let leftOut = reader.leftOut
        print(
            "\(training.count) documents, \(sentences.count) sentences, \(words.count) words with trees; "
                + "\(leftOut) treebank documents left out for their licence; "
                + "\(vocabulary.count) words have embeddings.")
        let lemmas = LemmaTrainer.table(training)

        var development: [(String, [GoldSentence])] = []
        for name in ["ewt", "gum"] {
            let documents = try reader.read(
                treebanks: ["\(corpora)/ud/\(name)-dev.conllu"], names: ["\(corpora)/names/dev.jsonl"], all: true
            ).filter { !$0.sentences.isEmpty }
            var sentences: [GoldSentence] = []
            for document in documents { sentences += encoder.encode(document, numbers: &numbers) }
            development.append((name, sentences))
        }

        var settings = NetworkTrainer.Settings()
        settings.epochs = epochs
        settings.seed = seed
        settings.rate = rate
        settings.dropout = dropout
        settings.changed = changed
        var trainer = NetworkTrainer(
            labels: labels, rows: vocabulary.count + WordFeatures.fixedRows, settings: settings)
        let last = epochs
        let start = Date.now
        await trainer.train(sentences) { epoch, loss, network, embeddings in
            var line = "epoch \(epoch): loss \(loss.formatted(.number.precision(.fractionLength(3))))"
            line += ", \(Int(Date.now.timeIntervalSince(start))) s"
            if epoch % 5 == 0 || epoch == last || epoch < 3 {
                let model = LanguageModel(
                    network: network, vocabulary: vocabulary, embeddings: embeddings, lemmas: lemmas)
                for (name, sentences) in development { line += "; \(name) \(NetworkScore(model, sentences))" }
            }
            print(line)
            fflush(nil)
        }
        let model = LanguageModel(
            network: trainer.network, vocabulary: vocabulary, embeddings: trainer.embeddings, lemmas: lemmas)
        let bytes = model.encoded()
        try Data(bytes).write(to: URL(filePath: output))
        let scores = development.map { ($0.0, NetworkScore(model, $0.1)) }
        let card = ModelCard(
            bytes: bytes.count, settings: settings, documents: training.count, leftOut: leftOut,
            sentences: sentences.count, words: words.count, scores: scores)
        try card.text.write(toFile: self.card, atomically: true, encoding: .utf8)
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
        return Vocabulary(
            words: Array(words.prefix(Vocabulary.most)), clusters: try NetworkCommand.table(clusters),
            names: try NetworkCommand.table(nameWords))
    }

    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("# ") }
            .map(String.init)
    }

    /// Words and their numbers.
    private static func table(_ path: String) throws -> [String: UInt32] {
        var numbers: [String: UInt32] = [:]
        for line in try lines(path) {
            let fields = line.split(separator: "\t")
            if fields.count == 2, let number = UInt32(fields[1]) { numbers[String(fields[0])] = number }
        }
        return numbers
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
