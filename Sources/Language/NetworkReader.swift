internal import Kernels

/// Runs a model over sentences and takes the best labels, trees and names.
package struct NetworkReader: Sendable {
    /// What a model says of words, side by side over all sentences.
    package struct Result: Sendable {
        package var universal: [Tag] = []
        /// Penn tags, as numbers of `NetworkLabels.tags`.
        package var tags: [UInt8] = []
        /// Heads within the sentence, -1 at its root.
        package var heads: [Int] = []
        /// Numbers of `NetworkLabels.relations`.
        package var relations: [UInt8] = []
        /// 0 outside; 1 + 2 · kind where a name of that kind begins, 2 + 2 · kind inside it.
        package var names: [UInt8] = []
    }

    package let model: LanguageModel
    private var values = Activations()
    private var decoder = TreeDecoder()
    private var hidden: [Float] = []
    private var logits: [Float] = []

    package init(model: LanguageModel) { self.model = model }

    /// Reads sentences whose words' features are given, `WordFeatures.count` rows a word.
    ///
    /// - Parameter sentences: ranges of words, side by side from 0.
    /// - Complexity: O(*n*) in words for sentences of bounded length.
    package mutating func read(_ features: [UInt32], _ sentences: [Range<Int>]) -> Result {
        let count = sentences.last?.upperBound ?? 0
        let network = model.network
        var result = Result()
        guard count > 0 else { return result }
        values.words.reserve(count * Network.Width.word)
        unsafe onrecord_embed(
            &values.words, model.embeddings, model.scales, features, count, WordFeatures.count, Network.Width.word)
        network.encode(&values, sentences)
        let labels = network.labels
        for word in 0..<count {
            let row = word * labels.width
            result.universal.append(Tag(rawValue: UInt8(best(row, labels.firstTag))) ?? .other)
            result.tags.append(UInt8(best(row + labels.firstTag, labels.tags.count)))
        }
        for sentence in sentences {
            let stride = network.scoreArcs(&values, sentence)
            result.heads += decoder.decode(values.scores, count: sentence.count, stride: stride)
            names(sentence, labels, into: &result.names)
        }
        relations(network, sentences, &result)
        return result
    }

    private func best(_ start: Int, _ count: Int) -> Int {
        var best = 0
        for index in 1..<count where values.labels[start + index] > values.labels[start + best] { best = index }
        return best
    }

    /// Appends the vectors of the words read last, `Network.Width.context` numbers a word.
    func appendVectors(_ count: Int, to vectors: inout WholeRows) {
        vectors.values += values.vectors.values[..<(count * Network.Width.context)]
        vectors.scales += values.vectors.scales[..<count]
    }

    private mutating func relations(_ network: Network, _ sentences: [Range<Int>], _ result: inout Result) {
        let width = Network.Width.relation
        let columns = network.labels.relationWidth
        let count = result.heads.count
        hidden.reserve(count * width)
        logits.reserve(count * columns)
        let root = network[.rootRelation]
        for sentence in sentences {
            for word in sentence {
                let head = result.heads[word]
                let from = (sentence.lowerBound + head) * width
                for lane in 0..<width {
                    let sum =
                        values.relationDependent[word * width + lane]
                        + (head < 0 ? root[lane] : values.relationHead[from + lane])
                    hidden[word * width + lane] = sum > 0 ? sum : 0
                }
            }
        }
        unsafe onrecord_fill_rows(&logits, network[.relationLabelBias], count, columns)
        unsafe onrecord_multiply(&logits, hidden, network[.relation], count, width, columns, 1)
        for word in 0..<count {
            var best = 0
            for index in 1..<network.labels.relations.count
            where logits[word * columns + index] > logits[word * columns + best] {
                best = index
            }
            result.relations.append(UInt8(best))
        }
    }

    /// The best row of name labels by the words' scores and those of neighbouring labels (Viterbi 1967).
    private mutating func names(_ sentence: Range<Int>, _ labels: NetworkLabels, into names: inout [UInt8]) {
        let count = NetworkLabels.nameCount
        let transition = model.network[.transition]
        var scores = [Float](repeating: -.infinity, count: count)
        var back: [UInt8] = []
        back.reserveCapacity(sentence.count * count)
        for word in sentence {
            let row = word * labels.width + labels.firstName
            var next = scores
            for label in 0..<count {
                var best = -Float.infinity
                var from = 0
                if word == sentence.lowerBound {
                    if NetworkLabels.canFollow(label, count) { best = transition[count * count + label] }
                } else {
                    for last in 0..<count where NetworkLabels.canFollow(label, last) {
                        let score = scores[last] + transition[last * count + label]
                        if score > best { (best, from) = (score, last) }
                    }
                }
                next[label] = best + values.labels[row + label]
                back.append(UInt8(from))
            }
            scores = next
        }
        var label = 0
        for other in 1..<count where scores[other] > scores[label] { label = other }
        let start = names.count
        names += [UInt8](repeating: 0, count: sentence.count)
        for word in stride(from: sentence.count - 1, through: 0, by: -1) {
            names[start + word] = UInt8(label)
            label = Int(back[word * count + label])
        }
    }
}
