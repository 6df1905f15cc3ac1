internal import Kernels

/// The network that tags, parses and names: one encoder for all three, with a small head for each.
///
/// A word enters as the sum of the embeddings of its features (`WordFeatures`). A window over its neighbours and two
/// layers of simple recurrent units in both directions (Lei et al. 2018) put it in its sentence. From there, linear heads
/// give tag and name labels, a biaffine head scores each pair of dependent and head (Dozat and Manning 2017) with a term
/// for their distance, and one hidden layer names the relation.
package struct Network: Sendable {
    /// Widths of the layers; all multiples of 16.
    package enum Width {
        /// Of a word's embedding, and of a recurrent layer in each direction.
        package static let word = 192
        /// Of a word in its sentence, both directions side by side.
        package static let context = 2 * word
        /// Of a word as dependent or head.
        package static let arc = 128
        /// Of the hidden layer that names the relation.
        package static let relation = 128
        /// Of the distances that are told apart.
        package static let distance = 32
    }

    /// The weights, each a matrix in rows.
    package enum Block: Int, CaseIterable, Sendable {
        case window, windowBias, first, firstBias, second, secondBias
        case labels, labelsBias, transition
        case dependent, dependentBias, head, headBias, arc, arcBias, distance, distanceBias, rootArc
        case relationDependent, relationBias, relationHead, rootRelation, relation, relationLabelBias
    }

    /// The weights of each block.
    package var blocks: [[Float]]
    /// The large blocks as whole numbers, for reading; empty in training.
    private var quantized: [Block: QuantizedBlock] = [:]
    /// What the heads' columns stand for.
    package let labels: NetworkLabels

    package init(blocks: [[Float]], labels: NetworkLabels) {
        self.blocks = blocks
        self.labels = labels
    }

    /// Rows and columns of a block.
    package static func size(of block: Block, _ labels: NetworkLabels) -> (rows: Int, columns: Int) {
        switch block {
        case .window: (3 * Width.word, Width.word)
        case .windowBias: (1, Width.word)
        case .first: (Width.word, 6 * Width.word)
        case .firstBias, .secondBias: (1, 6 * Width.word)
        case .second: (Width.context, 6 * Width.word)
        case .labels: (Width.context, labels.width)
        case .labelsBias: (1, labels.width)
        case .transition: (NetworkLabels.nameCount + 1, NetworkLabels.nameCount)
        case .dependent, .head: (Width.context, Width.arc)
        case .dependentBias, .headBias, .arcBias, .rootArc: (1, Width.arc)
        case .arc: (Width.arc, Width.arc)
        case .distance: (Width.arc, Width.distance)
        case .distanceBias: (1, Width.distance)
        case .relationDependent, .relationHead: (Width.context, Width.relation)
        case .relationBias, .rootRelation: (1, Width.relation)
        case .relation: (Width.relation, labels.relationWidth)
        case .relationLabelBias: (1, labels.relationWidth)
        }
    }

    /// The blocks that words are multiplied with; they are quantized for reading.
    private static let products: [Block] = [
        .window, .first, .second, .labels, .dependent, .head, .arc, .distance, .relationDependent, .relationHead,
    ]

    /// The network with its products in whole numbers, which are several times as fast as those of floats.
    package func quantizedForReading() -> Network {
        var network = self
        for block in Network.products {
            network.quantized[block] = QuantizedBlock(self[block], Network.size(of: block, labels))
        }
        return network
    }

    package subscript(block: Block) -> [Float] {
        _read { yield blocks[block.rawValue] }
        _modify { yield &blocks[block.rawValue] }
    }
}

/// A matrix of whole numbers, each column with a scale, in panels as the kernel wants them.
package struct QuantizedBlock: Sendable {
    /// The largest number, so that two products with a byte and their sum fit into 16 bits.
    private static let most: Float = 63

    package private(set) var values: [Int8]
    /// 128 times the sum of each column.
    package private(set) var sums: [Int32]
    package private(set) var scales: [Float]

    package init(_ weights: [Float], _ size: (rows: Int, columns: Int)) {
        precondition(size.rows % 4 == 0, "rows come by fours")
        values = [Int8](repeating: 0, count: weights.count)
        sums = [Int32](repeating: 0, count: size.columns)
        scales = [Float](repeating: 0, count: size.columns)
        for column in 0..<size.columns {
            var most: Float = 1e-30
            for row in 0..<size.rows { most = max(most, abs(weights[row * size.columns + column])) }
            scales[column] = most / QuantizedBlock.most
            for row in 0..<size.rows {
                let value = (weights[row * size.columns + column] / most * QuantizedBlock.most).rounded()
                values[QuantizedBlock.index(row, column, of: size)] = Int8(value)
                sums[column] += 128 * Int32(value)
            }
        }
    }

    /// Where a number of a matrix lies: panel by panel of its columns, in each by four rows.
    package static func index(_ row: Int, _ column: Int, of size: (rows: Int, columns: Int)) -> Int {
        let first = column / onrecord_panel * onrecord_panel
        let panel = min(onrecord_panel, size.columns - first)
        return first * size.rows + (row / 4 * panel + column - first) * 4 + row % 4
    }
}

/// Rows of whole numbers, each with a scale.
package struct WholeRows: Sendable {
    package var values: [UInt8] = []
    package var scales: [Float] = []

    package init() {}

    package mutating func reserve(_ count: Int, _ width: Int) {
        if values.count < count * width { values = Array(repeating: 0, count: count * width) }
        if scales.count < count { scales = Array(repeating: 0, count: count) }
    }
}

/// What stands in the columns of the network's heads.
package struct NetworkLabels: Hashable, Sendable {
    /// Language-specific tags (Penn Treebank).
    package var tags: [String]
    /// Dependency relations with their subtypes.
    package var relations: [String]

    package init(tags: [String], relations: [String]) {
        self.tags = tags
        self.relations = relations
    }

    /// First column of the Penn tags, behind the universal ones.
    package var firstTag: Int { Tag.allCases.count }
    /// First column of the name labels: outside, then begin and inside for each kind.
    package var firstName: Int { firstTag + tags.count }
    /// How many name labels there are.
    package static let nameCount = 9
    /// Whether a name label can stand behind another, `nameCount` for a sentence's beginning: nothing is inside a name
    /// that did not begin.
    package static func canFollow(_ label: Int, _ last: Int) -> Bool {
        label == 0 || label % 2 == 1 || last == label || last == label - 1
    }
    package var width: Int { (firstName + NetworkLabels.nameCount + 15) / 16 * 16 }
    package var relationWidth: Int { (relations.count + 15) / 16 * 16 }
}

/// What a network makes of a batch of sentences, layer by layer. Kept from call to call so that nothing is allocated anew.
package struct Activations: Sendable {
    package var words: [Float] = []
    package var windows: [Float] = []
    package var local: [Float] = []
    package var entry: [Float] = []
    package var gates: [[Float]] = [[], []]
    package var cells: [[Float]] = [[], []]
    package var context: [[Float]] = [[], []]
    package var labels: [Float] = []
    package var dependent: [Float] = []
    package var head: [Float] = []
    package var query: [Float] = []
    package var distance: [Float] = []
    package var relationDependent: [Float] = []
    package var relationHead: [Float] = []
    package var keys: [Float] = []
    package var columns: [Float] = []
    package var scores: [Float] = []
    /// What is multiplied next, as whole numbers, and the scale of each row.
    var whole = WholeRows()
    /// The words in their sentences, as whole numbers: what the heads read, and models of later stages too.
    var vectors = WholeRows()

    package init() {}
}

/// Masks that training lays on the layers: 0 where a value is dropped, else what makes up for it.
package struct DropoutMasks: Sendable {
    package var first: [Float]
    package var second: [Float]
    package var arc: [Float]

    package init(first: [Float], second: [Float], arc: [Float]) {
        self.first = first
        self.second = second
        self.arc = arc
    }
}

extension Array where Element == Float {
    /// Makes room for `count` numbers, whatever they are.
    package mutating func reserve(_ count: Int) {
        if self.count < count { self = Array(repeating: 0, count: count) }
    }

    fileprivate mutating func mask(_ mask: [Float]) {
        for index in mask.indices { self[index] *= mask[index] }
    }
}

extension Network {
    /// Runs the encoder and all heads but the biaffine one over the words in `values.words`.
    ///
    /// - Parameter sentences: ranges of rows, side by side from 0.
    package func encode(_ values: inout Activations, _ sentences: [Range<Int>], masks: DropoutMasks? = nil) {
        let count = sentences.last?.upperBound ?? 0
        let word = Width.word
        values.windows.reserve(count * 3 * word)
        for sentence in sentences {
            unsafe onrecord_window(&values.windows, values.words, sentence.lowerBound, sentence.count, word)
        }
        quantize(&values.whole, values.windows, count, .window)
        linear(&values.local, values.windows, values.whole, .window, .windowBias, count)
        values.entry.reserve(count * word)
        unsafe onrecord_rectify(&values.local, count * word)
        for index in 0..<count * word { values.entry[index] = values.words[index] + values.local[index] }
        quantize(&values.whole, values.entry, count, .first)
        linear(&values.gates[0], values.entry, values.whole, .first, .firstBias, count)
        scan(&values, layer: 0, from: \.entry, width: word, sentences, count)
        if let masks { values.context[0].mask(masks.first) }
        quantize(&values.whole, values.context[0], count, .second)
        linear(&values.gates[1], values.context[0], values.whole, .second, .secondBias, count)
        scan(&values, layer: 1, from: \.context[0], width: 2 * word, sentences, count)
        if let masks { values.context[1].mask(masks.second) }

        let context = values.context[1]
        quantize(&values.vectors, context, count, .labels)
        linear(&values.labels, context, values.vectors, .labels, .labelsBias, count)
        linear(&values.dependent, context, values.vectors, .dependent, .dependentBias, count)
        linear(&values.head, context, values.vectors, .head, .headBias, count)
        linear(&values.relationDependent, context, values.vectors, .relationDependent, .relationBias, count)
        linear(&values.relationHead, context, values.vectors, .relationHead, nil, count)
        unsafe onrecord_rectify(&values.dependent, count * Width.arc)
        unsafe onrecord_rectify(&values.head, count * Width.arc)
        if let masks {
            for index in 0..<count * Width.arc {
                values.dependent[index] *= masks.arc[index]
                values.head[index] *= masks.arc[count * Width.arc + index]
            }
        }
        quantize(&values.whole, values.dependent, count, .arc)
        linear(&values.query, values.dependent, values.whole, .arc, .arcBias, count)
        linear(&values.distance, values.dependent, values.whole, .distance, .distanceBias, count)
    }

    /// Fills `values.scores` with the score of each head for each word of a sentence: *n* rows of `stride` columns, the
    /// root first, then the words.
    ///
    /// - Returns: the stride.
    /// - Complexity: O(*n*²).
    package func scoreArcs(_ values: inout Activations, _ sentence: Range<Int>) -> Int {
        let count = sentence.count
        let arc = Width.arc
        let stride = (count + 1 + 15) / 16 * 16
        values.keys.reserve((count + 1) * arc)
        values.columns.reserve(arc * stride)
        values.scores.reserve(count * stride)
        for index in 0..<arc { values.keys[index] = self[.rootArc][index] }
        for index in 0..<count * arc { values.keys[arc + index] = values.head[sentence.lowerBound * arc + index] }
        unsafe onrecord_transpose(&values.columns, values.keys, count + 1, arc, stride)
        unsafe onrecord_multiply_from(
            &values.scores, values.query, sentence.lowerBound, values.columns, count, arc, stride, 0)
        for dependent in 0..<count {
            let distances = (sentence.lowerBound + dependent) * Width.distance
            let row = dependent * stride
            values.scores[row] += values.distance[distances + Network.rootDistance]
            for head in 0..<count where head != dependent {
                values.scores[row + 1 + head] += values.distance[distances + Network.distance(head - dependent)]
            }
            values.scores[row + 1 + dependent] = -.greatestFiniteMagnitude
        }
        return stride
    }

    /// The column of the distance from a word to the root.
    package static let rootDistance = 20

    /// The column of a distance in words, to the right or the left.
    package static func distance(_ words: Int) -> Int {
        let size = abs(words)
        let step =
            switch size {
            case ...4: size - 1
            case ...6: 4
            case ...9: 5
            case ...14: 6
            case ...24: 7
            case ...44: 8
            default: 9
            }
        return words > 0 ? step : 10 + step
    }

    /// Makes whole numbers of what `block`, and blocks of the same height, are multiplied with next, where the network is
    /// quantized.
    private func quantize(_ to: inout WholeRows, _ from: [Float], _ count: Int, _ block: Block) {
        guard !quantized.isEmpty else { return }
        let width = Network.size(of: block, labels).rows
        to.reserve(count, width)
        unsafe onrecord_quantize(&to.values, &to.scales, from, count, width)
    }

    /// to = from · block + bias, row by row; `whole` is `from` as whole numbers.
    private func linear(
        _ to: inout [Float], _ from: [Float], _ whole: WholeRows, _ block: Block, _ bias: Block?, _ count: Int
    ) {
        let (rows, columns) = Network.size(of: block, labels)
        to.reserve(count * columns)
        let start = bias.map { self[$0] } ?? [Float](repeating: 0, count: columns)
        if let quantized = quantized[block] {
            unsafe onrecord_multiply_quantized(
                &to, start, 0, whole.values, whole.scales, quantized.values, quantized.sums, quantized.scales, count,
                rows, columns)
        } else {
            unsafe onrecord_fill_rows(&to, start, count, columns)
            unsafe onrecord_multiply(&to, from, self[block], count, rows, columns, 1)
        }
    }

    private func scan(
        _ values: inout Activations, layer: Int, from: KeyPath<Activations, [Float]>, width: Int,
        _ sentences: [Range<Int>], _ count: Int
    ) {
        let word = Width.word
        let input = values[keyPath: from]
        values.context[layer].reserve(count * 2 * word)
        values.cells[layer].reserve(count * 2 * word)
        for sentence in sentences {
            for direction: Int32 in 0...1 {
                unsafe onrecord_scan(
                    &values.context[layer], &values.cells[layer], &values.gates[layer], input, sentence.lowerBound,
                    sentence.count, word, width, direction)
            }
        }
    }
}
