internal import Kernels
internal import Language

/// Runs the attribution model: finds the cues of passages, and for each the tokens of its source and its content.
///
/// A token enters as its vector in the language network and the rows of its features. Two layers of simple recurrent units in
/// both directions (Lei et al. 2018) put it in its passage. A linear head tells cues. For each cue, every token near it is
/// labelled by a hidden layer over token, cue and what lies between them, and a chain over neighbouring labels.
struct AttributionNetwork {
    /// What the network says of one cue.
    struct Found: Hashable {
        var cue: Range<Int>
        /// Runs of tokens, in order.
        var source: [Range<Int>]
        var content: [Range<Int>]
    }

    private typealias Width = AttributionModel.Width

    private unowned let model: AttributionModel
    private var analysis: Analysis
    private var features: AttributionFeatures
    private var rows: [UInt16] = []
    private var numbers: [UInt32] = []
    private var vectors = WholeRows()
    private var whole = WholeRows()
    private var entry: [Float] = []
    private var alone: [Float] = []
    private var layers = [RecurrentLayer(), RecurrentLayer()]
    private var cueScores: [Float] = []
    private var tokenPart: [Float] = []
    private var headParts: [Float] = []
    private var cueParts: [Float] = []
    private var pairs: [Float] = []
    private var roleScores: [Float] = []

    /// A network for a story. Its scratch memory is worth keeping for the next one.
    init(model: AttributionModel, analysis: Analysis) {
        self.model = model
        self.analysis = analysis
        features = AttributionFeatures(analysis: analysis)
    }

    /// Turns to another story.
    mutating func turn(to analysis: Analysis) {
        self.analysis = analysis
        features = AttributionFeatures(analysis: analysis)
    }

    /// How much a token must be likelier to be part of a cue than not, as a difference of scores.
    private static let caution: Float = -0.3

    /// The attributions of each passage, in the order of their cues.
    ///
    /// - Complexity: O(*n* + *c* · *w*) in tokens, cues and the tokens near a cue.
    mutating func read(_ passages: [Passage]) -> [[Found]] {
        var all: [[Found]] = []
        all.reserveCapacity(passages.count)
        var start = 0
        while start < passages.count {
            // As many passages at a time as keep scratch memory small and near.
            var end = start
            var count = 0
            while end < passages.count, end == start || count + passages[end].tokens.count <= Passage.longest {
                count += passages[end].tokens.count
                end += 1
            }
            let group = passages[start..<end]
            encode(group, count)
            var row = 0
            for passage in group {
                let cues = cues(passage, row)
                all.append(cues.isEmpty ? [] : roles(passage, cues, row))
                row += passage.tokens.count
            }
            start = end
        }
        return all
    }

    private mutating func encode(_ passages: ArraySlice<Passage>, _ count: Int) {
        let width = Network.Width.context
        rows.removeAll(keepingCapacity: true)
        vectors.values.removeAll(keepingCapacity: true)
        vectors.scales.removeAll(keepingCapacity: true)
        for passage in passages {
            features.append(passage, to: &rows)
            vectors.values +=
                analysis.vectors.values[passage.tokens.lowerBound * width..<passage.tokens.upperBound * width]
            vectors.scales += analysis.vectors.scales[passage.tokens]
        }
        number(model.tokens)
        alone.reserve(count * Width.word)
        unsafe onrecord_embed(
            &alone, model.tokens.values, model.tokens.scales, numbers, count, AttributionFeatures.tokenRows, Width.word)
        entry.reserve(count * Width.word)
        multiply(&entry, model[.entryBias], vectors, model.entry, count, width, Width.word)
        unsafe onrecord_join(&alone, entry, 0, AttributionNetwork.nothing, count, Width.word)
        let lengths = passages.map(\.tokens.count)
        layers[0].run(alone, Width.word, model.firstGates, model[.firstBias], lengths)
        layers[1].run(layers[0].context, Width.context, model.secondGates, model[.secondBias], lengths)
        whole.reserve(count, Width.context)
        unsafe onrecord_quantize(&whole.values, &whole.scales, layers[1].context, count, Width.context)
        tokenPart.reserve(count * Width.pair)
        multiply(&tokenPart, model[.pairBias], whole, model.token, count, Width.context, Width.pair)
        cueScores.reserve(count * Width.labels)
        multiply(&cueScores, model[.cueBias], whole, model.cue, count, Width.context, Width.labels)
        unsafe onrecord_multiply(&cueScores, alone, model[.cueAlone], count, Width.word, Width.labels, 1)
    }

    /// A row of zeros.
    private static let nothing = [Float](repeating: 0, count: Width.word)

    /// to = start + from · weights, in whole numbers; `start` is one row, or rows `step` numbers apart.
    private func multiply(
        _ to: inout [Float], _ start: [Float], step: Int = 0, _ from: WholeRows, _ weights: QuantizedBlock,
        _ count: Int, _ rows: Int, _ columns: Int
    ) {
        unsafe onrecord_multiply_quantized(
            &to, start, step, from.values, from.scales, weights.values, weights.sums, weights.scales, count, rows,
            columns)
    }

    /// Makes rows of a table of the rows of its features.
    private mutating func number(_ table: AttributionModel.Table) {
        numbers.removeAll(keepingCapacity: true)
        numbers.reserveCapacity(rows.count)
        let features = table.starts.count
        for (at, row) in rows.enumerated() { numbers.append(table.starts[at % features] + UInt32(row)) }
    }

    // MARK: Cues

    private func cues(_ passage: Passage, _ row: Int) -> [Range<Int>] {
        var cues: [Range<Int>] = []
        var open: Int?
        for index in passage.tokens {
            let at = (row + index - passage.tokens.lowerBound) * Width.labels
            let (none, begin, inside) = (cueScores[at], cueScores[at + 1], cueScores[at + 2])
            let isNone = none + AttributionNetwork.caution >= max(begin, inside)
            if let start = open, isNone || begin > inside {
                cues.append(start..<index)
                open = nil
            }
            if !isNone, open == nil { open = index }
        }
        if let open { cues.append(open..<passage.tokens.upperBound) }
        return cues
    }

    // MARK: Roles

    private mutating func roles(_ passage: Passage, _ cues: [Range<Int>], _ row: Int) -> [Found] {
        let width = Width.pair
        let start = passage.tokens.lowerBound
        let heads = cues.map { features.head(of: $0) }
        cueParts.reserve(cues.count * width)
        headParts.reserve(cues.count * width)
        let (head, last) = (
            wholeRows(of: heads.map { row + $0 - start }), wholeRows(of: cues.map { row + $0.upperBound - 1 - start })
        )
        multiply(&headParts, AttributionNetwork.nothing, head, model.head, cues.count, Width.context, width)
        multiply(&cueParts, headParts, step: width, last, model.last, cues.count, Width.context, width)
        var found: [Found] = []
        for (number, cue) in cues.enumerated() {
            let window = AttributionFeatures.window(of: cue, in: passage)
            rows.removeAll(keepingCapacity: true)
            features.append(cue, window, passage, others: cues, to: &rows)
            self.number(model.pairs)
            pairs.reserve(window.count * width)
            unsafe onrecord_embed(
                &pairs, model.pairs.values, model.pairs.scales, numbers, window.count, AttributionFeatures.pairRows,
                width)
            let own = Array(cueParts[number * width..<(number + 1) * width])
            unsafe onrecord_join(&pairs, tokenPart, row + window.lowerBound - start, own, window.count, width)
            roleScores.reserve(window.count * Width.labels)
            unsafe onrecord_fill_rows(&roleScores, model[.roleBias], window.count, Width.labels)
            unsafe onrecord_multiply(&roleScores, pairs, model[.role], window.count, width, Width.labels, 1)
            found.append(decode(cue, window))
        }
        return found
    }

    /// Some of the encoded tokens, side by side.
    private func wholeRows(of tokens: [Int]) -> WholeRows {
        var rows = WholeRows()
        for token in tokens {
            rows.values += whole.values[token * Width.context..<(token + 1) * Width.context]
            rows.scales.append(whole.scales[token])
        }
        return rows
    }

    /// The best row of labels (Viterbi 1967): nothing is inside a role that did not begin.
    private func decode(_ cue: Range<Int>, _ window: Range<Int>) -> Found {
        let count = Width.roles
        let transition = model[.transition]
        func follows(_ label: Int, _ last: Int) -> Bool {
            label == 0 || label % 2 == 1 || last == label || last == label - 1
        }
        var scores = [Float](repeating: -.infinity, count: count)
        var next = scores
        var back: [UInt8] = []
        back.reserveCapacity(window.count * count)
        for step in 0..<window.count {
            for label in 0..<count {
                var best = -Float.infinity
                var from = 0
                if step == 0 {
                    best = follows(label, 0) ? 0 : best
                } else {
                    for last in 0..<count where follows(label, last) {
                        let score = scores[last] + transition[last * count + label]
                        if score > best { (best, from) = (score, last) }
                    }
                }
                next[label] = best + roleScores[step * Width.labels + label]
                back.append(UInt8(from))
            }
            swap(&scores, &next)
        }
        var label = 0
        for other in 1..<count where scores[other] > scores[label] { label = other }
        var labels = [Int](repeating: 0, count: window.count)
        for step in stride(from: window.count - 1, through: 0, by: -1) {
            labels[step] = label
            label = Int(back[step * count + label])
        }
        func runs(_ begin: Int) -> [Range<Int>] {
            var runs: [Range<Int>] = []
            for (step, label) in labels.enumerated() {
                let index = window.lowerBound + step
                if label == begin {
                    runs.append(index..<index + 1)
                } else if label == begin + 1, let last = runs.last {
                    runs[runs.count - 1] = last.lowerBound..<index + 1
                }
            }
            return runs
        }
        return Found(cue: cue, source: runs(1), content: runs(3))
    }
}

/// A recurrent layer in both directions, with its scratch memory.
private struct RecurrentLayer {
    /// What it makes of each token, both directions side by side.
    private(set) var context: [Float] = []
    private var whole = WholeRows()
    private var gates: [Float] = []
    private var cells: [Float] = []

    /// Runs over passages of these lengths side by side; `from` has `input` numbers a token.
    mutating func run(_ from: [Float], _ input: Int, _ weights: QuantizedBlock, _ bias: [Float], _ lengths: [Int]) {
        let word = AttributionModel.Width.word
        let count = lengths.reduce(0, +)
        whole.reserve(count, input)
        unsafe onrecord_quantize(&whole.values, &whole.scales, from, count, input)
        gates.reserve(count * 6 * word)
        unsafe onrecord_multiply_quantized(
            &gates, bias, 0, whole.values, whole.scales, weights.values, weights.sums, weights.scales, count, input,
            6 * word)
        context.reserve(count * 2 * word)
        cells.reserve(count * 2 * word)
        var row = 0
        for length in lengths {
            for direction: Int32 in 0...1 {
                unsafe onrecord_scan(&context, &cells, &gates, from, row, length, word, input, direction)
            }
            row += length
        }
    }
}
