internal import Kernels
internal import Language

/// The loss of a batch of sentences and its gradient, by backward passes written out by hand.
struct Gradient: Sendable {
    /// The gradient of each block of the network.
    var blocks: [[Float]]
    /// The gradient of each word's embedding, row by row of the batch.
    var words: [Float] = []
    /// Sums over the batch: the loss of each head, and how many words it was taken over.
    var loss: Double = 0

    private var values = Activations()
    private var transposed: [Float] = []
    private var weights: [Float] = []

    init(labels: NetworkLabels) {
        blocks = Network.Block.allCases.map {
            let size = Network.size(of: $0, labels)
            return [Float](repeating: 0, count: size.rows * size.columns)
        }
    }

    /// Fills in the gradient of a batch whose words are embedded in `words`.
    mutating func compute(_ network: Network, _ batch: [GoldSentence], words: [Float], masks: DropoutMasks) {
        for block in blocks.indices {
            for index in blocks[block].indices { blocks[block][index] = 0 }
        }
        loss = 0
        var sentences: [Range<Int>] = []
        var count = 0
        for sentence in batch {
            sentences.append(count..<count + sentence.count)
            count += sentence.count
        }
        values.words = words
        network.encode(&values, sentences, masks: masks)

        let arc = Network.Width.arc
        let context = Network.Width.context
        let relation = Network.Width.relation
        let word = Network.Width.word
        let width = network.labels.width
        let dLabels = labelGradient(network.labels, network[.transition], batch, sentences, count, width)

        var dQuery = [Float](repeating: 0, count: count * arc)
        var dHead = [Float](repeating: 0, count: count * arc)
        var dDistance = [Float](repeating: 0, count: count * Network.Width.distance)
        var dRelationDependent = [Float](repeating: 0, count: count * relation)
        var dRelationHead = [Float](repeating: 0, count: count * relation)
        for (sentence, range) in zip(batch, sentences) where !sentence.heads.isEmpty {
            arcs(network, sentence, range, &dQuery, &dHead, &dDistance)
        }
        relations(network, batch, sentences, &dRelationDependent, &dRelationHead)

        var dDependent = [Float](repeating: 0, count: count * arc)
        backward(network, .arc, .arcBias, values.dependent, dQuery, count, &dDependent)
        backward(network, .distance, .distanceBias, values.dependent, dDistance, count, &dDependent)
        for index in dDependent.indices {
            dDependent[index] *= values.dependent[index] > 0 ? masks.arc[index] : 0
            dHead[index] *= values.head[index] > 0 ? masks.arc[count * arc + index] : 0
        }
        var dContext = [Float](repeating: 0, count: count * context)
        backward(network, .labels, .labelsBias, values.context[1], dLabels, count, &dContext)
        backward(network, .dependent, .dependentBias, values.context[1], dDependent, count, &dContext)
        backward(network, .head, .headBias, values.context[1], dHead, count, &dContext)
        backward(network, .relationDependent, .relationBias, values.context[1], dRelationDependent, count, &dContext)
        backward(network, .relationHead, nil, values.context[1], dRelationHead, count, &dContext)

        for index in dContext.indices { dContext[index] *= masks.second[index] }
        var dFirst = [Float](repeating: 0, count: count * context)
        recurrent(network, 1, .second, .secondBias, values.context[0], dContext, sentences, count, &dFirst)
        for index in dFirst.indices { dFirst[index] *= masks.first[index] }
        var dEntry = [Float](repeating: 0, count: count * word)
        recurrent(network, 0, .first, .firstBias, values.entry, dFirst, sentences, count, &dEntry)

        var dLocal = dEntry
        for index in dLocal.indices where values.local[index] <= 0 { dLocal[index] = 0 }
        var dWindows = [Float](repeating: 0, count: count * 3 * word)
        backward(network, .window, .windowBias, values.windows, dLocal, count, &dWindows)
        for range in sentences {
            for row in range {
                for part in 0..<3 {
                    let to = row + part - 1
                    guard range.contains(to) else { continue }
                    for lane in 0..<word { dEntry[to * word + lane] += dWindows[(row * 3 + part) * word + lane] }
                }
            }
        }
        self.words = dEntry
    }

    /// Softmax and cross-entropy of tags, and the loss of the names as a chain.
    private mutating func labelGradient(
        _ labels: NetworkLabels, _ transition: [Float], _ batch: [GoldSentence], _ sentences: [Range<Int>],
        _ count: Int, _ width: Int
    ) -> [Float] {
        var gradient = [Float](repeating: 0, count: count * width)
        for (sentence, range) in zip(batch, sentences) {
            for index in 0..<sentence.count {
                let row = (range.lowerBound + index) * width
                if !sentence.universal.isEmpty {
                    cross(&gradient, row, 0..<labels.firstTag, sentence.universal[index])
                    cross(&gradient, row, labels.firstTag..<labels.firstName, sentence.tags[index])
                }
            }
            if !sentence.names.isEmpty { chain(transition, sentence, range, labels, &gradient) }
        }
        return gradient
    }

    /// The loss of a sentence's names as a conditional random field over a chain (Lafferty et al. 2001): the weight of all
    /// rows of labels against that of the rows that agree with gold, which may leave words open.
    private mutating func chain(
        _ transition: [Float], _ sentence: GoldSentence, _ range: Range<Int>, _ labels: NetworkLabels,
        _ gradient: inout [Float]
    ) {
        let count = NetworkLabels.nameCount
        var steps = [Float](repeating: 0, count: (count + 1) * count)
        for last in 0...count {
            for label in 0..<count where NetworkLabels.canFollow(label, last) {
                steps[last * count + label] = Gradient.exponential(transition[last * count + label])
            }
        }
        for isGold in [true, false] {
            // Weights of a word's labels, of all rows up to it, and of all rows behind it, each word's scaled to a sum of 1.
            var own = [Float](repeating: 0, count: sentence.count * count)
            var forward = own
            var backward = own
            var scales = [Float](repeating: 0, count: sentence.count)
            var total = 0.0
            for word in (0..<sentence.count) {
                let row = (range.lowerBound + word) * labels.width + labels.firstName
                var most = -Float.infinity
                for label in 0..<count where !isGold || sentence.allows(label, at: word) {
                    most = max(most, values.labels[row + label])
                }
                for label in 0..<count where !isGold || sentence.allows(label, at: word) {
                    own[word * count + label] = Gradient.exponential(values.labels[row + label] - most)
                    var sum: Float = word == 0 ? steps[count * count + label] : 0
                    if word > 0 {
                        for last in 0..<count {
                            sum += forward[(word - 1) * count + last] * steps[last * count + label]
                        }
                    }
                    forward[word * count + label] = sum * own[word * count + label]
                    scales[word] += forward[word * count + label]
                }
                // A gold row that no reading can give, a name inside one that did not begin, teaches nothing.
                guard scales[word] > 0 else { return }
                for label in 0..<count { forward[word * count + label] /= scales[word] }
                total += Double(most + scales[word].logarithm)
            }
            for word in (0..<sentence.count).reversed() {
                for label in 0..<count {
                    guard word + 1 < sentence.count else {
                        backward[word * count + label] = 1
                        continue
                    }
                    var sum: Float = 0
                    for next in 0..<count {
                        let at = (word + 1) * count + next
                        sum += steps[label * count + next] * own[at] * backward[at]
                    }
                    backward[word * count + label] = sum / scales[word + 1]
                }
            }
            let sign: Float = isGold ? -1 : 1
            loss += Double(sign) * total
            for word in (0..<sentence.count) {
                let row = (range.lowerBound + word) * labels.width + labels.firstName
                for label in 0..<count {
                    let at = word * count + label
                    gradient[row + label] += sign * forward[at] * backward[at]
                    let weight = sign * own[at] * backward[at] / scales[word]
                    for last in word == 0 ? count..<count + 1 : 0..<count {
                        let before = word == 0 ? 1 : forward[(word - 1) * count + last]
                        blocks[Network.Block.transition.rawValue][last * count + label] +=
                            weight * before * steps[last * count + label]
                    }
                }
            }
        }
    }

    private mutating func cross(_ gradient: inout [Float], _ row: Int, _ columns: Range<Int>, _ gold: Int) {
        guard gold >= 0 else { return }
        loss += Gradient.softmax(values.labels, row + columns.lowerBound, columns.count, gold) {
            gradient[row + columns.lowerBound + $0] = $1
        }
    }

    /// Gives the gradient of each logit; returns the loss.
    private static func softmax(
        _ logits: [Float], _ start: Int, _ count: Int, _ gold: Int, _ put: (Int, Float) -> Void
    ) -> Double {
        var most = -Float.infinity
        for index in start..<start + count { most = max(most, logits[index]) }
        var sum: Float = 0
        for index in start..<start + count { sum += Gradient.exponential(logits[index] - most) }
        for index in 0..<count {
            let probability = Gradient.exponential(logits[start + index] - most) / sum
            put(index, probability - (index == gold ? 1 : 0))
        }
        return Double(sum.logarithm - (logits[start + gold] - most))
    }

    private static func exponential(_ x: Float) -> Float { x < -80 ? 0 : x.exponential }

    private mutating func arcs(
        _ network: Network, _ sentence: GoldSentence, _ range: Range<Int>, _ dQuery: inout [Float],
        _ dHead: inout [Float], _ dDistance: inout [Float]
    ) {
        let count = sentence.count
        let arc = Network.Width.arc
        let stride = network.scoreArcs(&values, range)
        var dScores = [Float](repeating: 0, count: count * stride)
        for dependent in 0..<count {
            let head = sentence.heads[dependent]
            loss += Gradient.softmax(values.scores, dependent * stride, count + 1, head + 1) {
                dScores[dependent * stride + $0] = $1
            }
            let distances = (range.lowerBound + dependent) * Network.Width.distance
            dDistance[distances + Network.rootDistance] += dScores[dependent * stride]
            for other in 0..<count where other != dependent {
                dDistance[distances + Network.distance(other - dependent)] += dScores[dependent * stride + 1 + other]
            }
        }
        var keys = network[.rootArc]
        keys += values.head[range.lowerBound * arc..<range.upperBound * arc]
        keys += [Float](repeating: 0, count: (stride - count - 1) * arc)
        var queries = [Float](repeating: 0, count: count * arc)
        unsafe onrecord_multiply(&queries, dScores, keys, count, stride, arc, 0)
        for index in queries.indices { dQuery[range.lowerBound * arc + index] += queries[index] }
        transposed.reserve(stride * count)
        unsafe onrecord_transpose(&transposed, dScores, count, stride, count)
        var dKeys = [Float](repeating: 0, count: stride * arc)
        let query = Array(values.query[range.lowerBound * arc..<range.upperBound * arc])
        unsafe onrecord_multiply(&dKeys, transposed, query, stride, count, arc, 0)
        for lane in 0..<arc { blocks[Network.Block.rootArc.rawValue][lane] += dKeys[lane] }
        for index in 0..<count * arc { dHead[range.lowerBound * arc + index] += dKeys[arc + index] }
    }

    private mutating func relations(
        _ network: Network, _ batch: [GoldSentence], _ sentences: [Range<Int>], _ dDependent: inout [Float],
        _ dHead: inout [Float]
    ) {
        let width = Network.Width.relation
        let columns = network.labels.relationWidth
        var pairs: [(dependent: Int, head: Int, gold: Int)] = []
        for (sentence, range) in zip(batch, sentences) where !sentence.heads.isEmpty {
            for index in 0..<sentence.count where sentence.relations[index] >= 0 {
                let head = sentence.heads[index]
                pairs.append(
                    (range.lowerBound + index, head < 0 ? -1 : range.lowerBound + head, sentence.relations[index]))
            }
        }
        guard !pairs.isEmpty else { return }
        var hidden = [Float](repeating: 0, count: pairs.count * width)
        for (row, pair) in pairs.enumerated() {
            for lane in 0..<width {
                let head =
                    pair.head < 0 ? network[.rootRelation][lane] : values.relationHead[pair.head * width + lane]
                hidden[row * width + lane] = max(0, values.relationDependent[pair.dependent * width + lane] + head)
            }
        }
        var logits = [Float](repeating: 0, count: pairs.count * columns)
        unsafe onrecord_fill_rows(&logits, network[.relationLabelBias], pairs.count, columns)
        unsafe onrecord_multiply(&logits, hidden, network[.relation], pairs.count, width, columns, 1)
        var dLogits = [Float](repeating: 0, count: pairs.count * columns)
        for (row, pair) in pairs.enumerated() {
            loss += Gradient.softmax(logits, row * columns, network.labels.relations.count, pair.gold) {
                dLogits[row * columns + $0] = $1
            }
        }
        var dHidden = [Float](repeating: 0, count: pairs.count * width)
        backward(network, .relation, .relationLabelBias, hidden, dLogits, pairs.count, &dHidden)
        for (row, pair) in pairs.enumerated() {
            for lane in 0..<width where hidden[row * width + lane] > 0 {
                let d = dHidden[row * width + lane]
                dDependent[pair.dependent * width + lane] += d
                if pair.head < 0 {
                    blocks[Network.Block.rootRelation.rawValue][lane] += d
                } else {
                    dHead[pair.head * width + lane] += d
                }
            }
        }
    }

    private mutating func recurrent(
        _ network: Network, _ layer: Int, _ block: Network.Block, _ bias: Network.Block, _ input: [Float],
        _ dOut: [Float], _ sentences: [Range<Int>], _ count: Int, _ dInput: inout [Float]
    ) {
        let word = Network.Width.word
        let width = dInput.count / max(count, 1)
        var dGates = [Float](repeating: 0, count: count * 6 * word)
        for sentence in sentences {
            for direction: Int32 in 0...1 {
                unsafe onrecord_scan_gradient(
                    &dGates, &dInput, dOut, values.cells[layer], values.gates[layer], input, sentence.lowerBound,
                    sentence.count, word, width, direction)
            }
        }
        backward(network, block, bias, input, dGates, count, &dInput)
    }

    /// The gradient of a linear layer: of its weights from `input` and `dOut`, and added to `dInput`.
    private mutating func backward(
        _ network: Network, _ block: Network.Block, _ bias: Network.Block?, _ input: [Float], _ dOut: [Float],
        _ count: Int, _ dInput: inout [Float]
    ) {
        let (rows, columns) = Network.size(of: block, network.labels)
        transposed.reserve(rows * count)
        unsafe onrecord_transpose(&transposed, input, count, rows, count)
        unsafe onrecord_multiply(&blocks[block.rawValue], transposed, dOut, rows, count, columns, 1)
        weights.reserve(rows * columns)
        unsafe onrecord_transpose(&weights, network[block], rows, columns, rows)
        unsafe onrecord_multiply(&dInput, dOut, weights, count, columns, rows, 1)
        guard let bias else { return }
        for row in 0..<count {
            for column in 0..<columns { blocks[bias.rawValue][column] += dOut[row * columns + column] }
        }
    }
}
