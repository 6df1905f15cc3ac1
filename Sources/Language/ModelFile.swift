/// The trained network, its vocabulary and its lemmas, as one file of bytes.
///
/// Little-endian: magic, version, checksum (FNV-1a, 64 bits, of all that follows), then tags and relations as lines of
/// text, the vocabulary's slots, the embedding table as signed bytes with a scale for each row, the network's blocks as
/// 32-bit floats, and the lemma table. Each part goes with its length before it.
package struct LanguageModel: Sendable {
    /// First bytes of a model file, `ONRM`.
    static let magic: UInt32 = 0x4D52_4E4F
    /// The layout that this reader knows.
    static let version: UInt32 = 2

    package var network: Network
    package var vocabulary: Vocabulary
    /// Embeddings, a row of `Network.Width.word` numbers after another.
    package var embeddings: [Int8]
    /// What each row's numbers are to be multiplied with.
    package var scales: [Float]
    package var lemmas: LemmaTable

    package init(
        network: Network, vocabulary: Vocabulary, embeddings: [Int8], scales: [Float], lemmas: LemmaTable
    ) {
        self.network = network
        self.vocabulary = vocabulary
        self.embeddings = embeddings
        self.scales = scales
        self.lemmas = lemmas
    }
}

/// Why the bytes of a model cannot be used.
public enum LanguageModelError: Error, Hashable, CustomStringConvertible {
    /// It does not begin as a model does.
    case notAModel
    /// It is of a layout that this version of Onrecord does not know.
    case version(found: Int, known: Int)
    /// It ends too early, or its bytes are not those that were written.
    case damaged

    /// The error in words, with its mend.
    public var description: String {
        switch self {
        case .notAModel: "This is no language model of Onrecord's: give the file that `onrecord-train network` wrote."
        case .version(let found, let known):
            "The language model has layout \(found), and this version of Onrecord reads layout \(known): "
                + (found > known ? "take a newer Onrecord." : "train it again with `onrecord-train network`.")
        case .damaged:
            "The language model is cut or damaged: fetch it again, or train it with `onrecord-train network`."
        }
    }
}

extension LanguageModel {
    /// The model as bytes.
    package func encoded() -> [UInt8] {
        var body: [UInt8] = []
        func append(_ number: UInt32) {
            unsafe withUnsafeBytes(of: number.littleEndian) { unsafe body.append(contentsOf: $0) }
        }
        func append(text: String) {
            append(UInt32(text.utf8.count))
            body += text.utf8
        }
        append(text: network.labels.tags.joined(separator: "\n"))
        append(text: network.labels.relations.joined(separator: "\n"))
        append(UInt32(vocabulary.count))
        append(UInt32(vocabulary.slots.count))
        for slot in vocabulary.slots {
            append(UInt32(truncatingIfNeeded: slot))
            append(UInt32(slot >> 32))
        }
        append(UInt32(scales.count))
        for scale in scales { append(scale.bitPattern) }
        for value in embeddings { body.append(UInt8(bitPattern: value)) }
        for block in network.blocks { for value in block { append(value.bitPattern) } }
        append(text: lemmas.text)
        var file: [UInt8] = []
        for number in [LanguageModel.magic, LanguageModel.version] {
            unsafe withUnsafeBytes(of: number.littleEndian) { unsafe file.append(contentsOf: $0) }
        }
        unsafe withUnsafeBytes(of: ModelBytes.checksum(body[...]).littleEndian) {
            unsafe file.append(contentsOf: $0)
        }
        return file + body
    }

    /// The model in `bytes`.
    ///
    /// - Throws: `LanguageModelError`.
    package init(bytes: [UInt8]) throws(LanguageModelError) {
        var reader = try ModelBytes.open(bytes, magic: LanguageModel.magic, version: LanguageModel.version)
        guard let tags = reader.text(), let relations = reader.text(), let words = reader.number(),
            let slotCount = reader.number(), let slots = reader.numbers(Int(slotCount) * 2), let rows = reader.number(),
            rows == Int(words) + WordFeatures.fixedRows, let scales = reader.floats(Int(rows)),
            let values = reader.bytes(Int(rows) * Network.Width.word)
        else { throw .damaged }
        let labels = NetworkLabels(
            tags: tags.split(separator: "\n").map(String.init),
            relations: relations.split(separator: "\n").map(String.init))
        vocabulary = Vocabulary(
            slots: (0..<Int(slotCount)).map { UInt64(slots[2 * $0]) | UInt64(slots[2 * $0 + 1]) << 32 },
            count: Int(words))
        embeddings = values.map { Int8(bitPattern: $0) }
        self.scales = scales
        var blocks: [[Float]] = []
        for block in Network.Block.allCases {
            let size = Network.size(of: block, labels)
            guard let values = reader.floats(size.rows * size.columns) else { throw .damaged }
            blocks.append(values)
        }
        network = Network(blocks: blocks, labels: labels).quantizedForReading()
        guard let text = reader.text(), reader.isAtEnd else { throw .damaged }
        lemmas = LemmaTable(text: text)
    }
}
