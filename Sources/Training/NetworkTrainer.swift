internal import Foundation
internal import Kernels
internal import Language

extension Float {
    var exponential: Float { exp(self) }
    var logarithm: Float { log(self) }
}

/// A stream of numbers that depends on its seed alone (SplitMix64).
struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// Between 0 and 1.
    mutating func unit() -> Float { Float(next() >> 40) / Float(1 << 24) }
}

/// Trains the network with Adam over shuffled batches, each cut in two halves that are worked on side by side.
struct NetworkTrainer {
    struct Settings: Sendable {
        var epochs = 22
        var batch = 1200
        var rate: Float = 0.003
        var seed: UInt64 = 1
        /// Shares that are dropped: of embeddings, of the recurrent layers' values, of the arc layers'.
        var embeddingDropout: Float = 0.2
        var dropout: Float = 0.3
        /// Shares of words that are read as unknown: of names, since those of tomorrow's news are, and of others.
        var unknownName: Float = 0.5
        var unknown: Float = 0.15
        /// Shares of sentences that are read in capitals and in small letters.
        var capitals: Float = 0.06
        var small: Float = 0.03
        /// Share of sentences with names that are read with other names in place of their own.
        var changed: Float = 0.4
    }

    let settings: Settings
    private(set) var network: Network
    /// Embeddings, row after row.
    private(set) var embeddings: [Float]
    private var numbers: SeededNumbers
    private var firstMoments: [[Float]]
    private var secondMoments: [[Float]]
    private var embeddingFirst: [Float]
    private var embeddingSecond: [Float]
    private var embeddingGradient: [Float]
    private var step = 0
    private var shards: [Gradient]

    init(labels: NetworkLabels, rows: Int, settings: Settings) {
        self.settings = settings
        var numbers = SeededNumbers(seed: settings.seed)
        var blocks: [[Float]] = []
        for block in Network.Block.allCases {
            let size = Network.size(of: block, labels)
            let count = size.rows * size.columns
            if size.rows == 1 {
                let isVector = block == .rootArc || block == .rootRelation
                blocks.append((0..<count).map { _ in isVector ? (numbers.unit() - 0.5) * 0.2 : 0 })
            } else {
                let columns = block == .first || block == .second ? size.columns / 6 : size.columns
                let bound = (6 / Float(size.rows + columns)).squareRoot()
                blocks.append((0..<count).map { _ in (numbers.unit() * 2 - 1) * bound })
            }
        }
        network = Network(blocks: blocks, labels: labels)
        let count = rows * Network.Width.word
        embeddings = (0..<count).map { _ in (numbers.unit() * 2 - 1) * 0.12 }
        firstMoments = blocks.map { [Float](repeating: 0, count: $0.count) }
        secondMoments = firstMoments
        embeddingFirst = [Float](repeating: 0, count: count)
        embeddingSecond = embeddingFirst
        embeddingGradient = embeddingFirst
        shards = [Gradient(labels: labels), Gradient(labels: labels)]
        self.numbers = numbers
    }

    /// Runs over all sentences once for each epoch, telling `report` the epoch and the mean loss of a word.
    mutating func train(_ sentences: [GoldSentence], report: (Int, Double, Network, [Float]) -> Void) async {
        let words = sentences.reduce(0) { $0 + $1.count }
        let steps = max(1, words / settings.batch) * settings.epochs
        for epoch in 1...settings.epochs {
            var order = Array(sentences.indices)
            order.shuffle(using: &numbers)
            var loss = 0.0
            var at = 0
            while at < order.count {
                var halves: [[GoldSentence]] = [[], []]
                var counts = [0, 0]
                while at < order.count, counts[0] + counts[1] < settings.batch {
                    let half = counts[0] <= counts[1] ? 0 : 1
                    halves[half].append(sentences[order[at]])
                    counts[half] += sentences[order[at]].count
                    at += 1
                }
                let progress = min(1, Float(step) / Float(steps))
                let rate = settings.rate * min(1, Float(step + 1) / 200) * max(0.01, 1 - progress)
                loss += await update(halves, rate: rate)
            }
            report(epoch, loss / Double(words), network, embeddings)
        }
    }

    private mutating func update(_ halves: [[GoldSentence]], rate: Float) async -> Double {
        step += 1
        let word = Network.Width.word
        var prepared: [(batch: [GoldSentence], rows: [UInt32], keep: [Float], words: [Float], masks: DropoutMasks)] = []
        for batch in halves { prepared.append(prepare(batch)) }
        let network = network
        let inputs = prepared
        let taken = shards
        shards = []
        let done = await withTaskGroup(of: (Int, Gradient).self) { group in
            for half in inputs.indices {
                var gradient = taken[half]
                group.addTask {
                    gradient.compute(
                        network, inputs[half].batch, words: inputs[half].words, masks: inputs[half].masks)
                    return (half, gradient)
                }
            }
            var done: [(Int, Gradient)] = []
            for await result in group { done.append(result) }
            return done.sorted { $0.0 < $1.0 }.map(\.1)
        }
        shards = done
        let count = inputs.reduce(0) { $0 + $1.batch.reduce(0) { $0 + $1.count } }
        // The gradient is a mean over words; its norm is held below 5.
        var squares = 0.0
        for block in self.network.blocks.indices {
            for index in shards[0].blocks[block].indices {
                shards[0].blocks[block][index] += shards[1].blocks[block][index]
            }
            for value in shards[0].blocks[block] { squares += Double(value * value) }
        }
        let norm = squares.squareRoot() / Double(count)
        let scale = Float(1 / Double(count) * min(1, 2 / max(norm, 1e-9)))
        let beta1: Float = 0.9
        let beta2: Float = 0.98
        let corrected =
            rate * (1 - Float(pow(Double(beta2), Double(step)))).squareRoot()
            / (1 - Float(pow(Double(beta1), Double(step))))
        for block in self.network.blocks.indices {
            unsafe onrecord_adam(
                &self.network.blocks[block], &firstMoments[block], &secondMoments[block], shards[0].blocks[block],
                0, shards[0].blocks[block].count, corrected, beta1, beta2, 1e-8, scale)
        }
        var touched: [UInt32] = []
        var isTouched: Set<UInt32> = []
        for (half, input) in inputs.enumerated() {
            for (row, start) in stride(from: 0, to: input.rows.count, by: WordFeatures.count).enumerated() {
                for number in input.rows[start..<start + WordFeatures.count] {
                    if isTouched.insert(number).inserted { touched.append(number) }
                    let base = Int(number) * word
                    for lane in 0..<word {
                        embeddingGradient[base + lane] +=
                            shards[half].words[row * word + lane] * input.keep[row * word + lane]
                    }
                }
            }
        }
        for number in touched {
            let base = Int(number) * word
            unsafe onrecord_adam(
                &embeddings, &embeddingFirst, &embeddingSecond, embeddingGradient, base, word, corrected, beta1, beta2,
                1e-8, scale)
            for lane in base..<base + word { embeddingGradient[lane] = 0 }
        }
        return shards[0].loss + shards[1].loss
    }

    /// A half batch with its letter case chosen, words hidden, embeddings summed and masks drawn.
    private mutating func prepare(_ batch: [GoldSentence])
        -> (batch: [GoldSentence], rows: [UInt32], keep: [Float], words: [Float], masks: DropoutMasks)
    {
        let word = Network.Width.word
        let context = Network.Width.context
        let arc = Network.Width.arc
        let count = batch.reduce(0) { $0 + $1.count }
        var rows: [UInt32] = []
        rows.reserveCapacity(count * WordFeatures.count)
        var keep: [Float] = []
        var first: [Float] = []
        var second: [Float] = []
        var dependents: [Float] = []
        var heads: [Float] = []
        for sentence in batch {
            let draw = numbers.unit()
            var variant = draw < settings.capitals ? 1 : draw < settings.capitals + settings.small ? 2 : 0
            if variant == 0, sentence.features.count > 3, numbers.unit() < settings.changed {
                variant = 3 + Int(numbers.next() % UInt64(NamePool.variants))
            }
            let start = rows.count
            rows += sentence.features[variant]
            for word in 0..<sentence.count
            where numbers.unit() < (sentence.isName(word) ? settings.unknownName : settings.unknown) {
                rows[start + word * WordFeatures.count] = 0
            }
            // One mask for all words of a sentence (Gal and Ghahramani 2016).
            repeatMask(&keep, word, settings.embeddingDropout, sentence.count)
            repeatMask(&first, context, settings.dropout, sentence.count)
            repeatMask(&second, context, settings.dropout, sentence.count)
            repeatMask(&dependents, arc, settings.dropout, sentence.count)
            repeatMask(&heads, arc, settings.dropout, sentence.count)
        }
        var words = [Float](repeating: 0, count: count * word)
        for row in 0..<count {
            for number in rows[row * WordFeatures.count..<(row + 1) * WordFeatures.count] {
                let base = Int(number) * word
                for lane in 0..<word { words[row * word + lane] += embeddings[base + lane] }
            }
            for lane in 0..<word { words[row * word + lane] *= keep[row * word + lane] }
        }
        return (batch, rows, keep, words, DropoutMasks(first: first, second: second, arc: dependents + heads))
    }

    private mutating func repeatMask(_ masks: inout [Float], _ width: Int, _ share: Float, _ count: Int) {
        let kept = 1 / (1 - share)
        let mask = (0..<width).map { _ in numbers.unit() < share ? 0 : kept }
        for _ in 0..<count { masks += mask }
    }
}
