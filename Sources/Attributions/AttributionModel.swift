internal import Language
internal import Synchronization

/// The weights of the attribution network, as Tools/train-attributions writes them.
///
/// Little-endian: magic, version, checksum (`ModelBytes`), the tables of token and pair features as signed bytes with a scale
/// for each row, then the blocks as 32-bit floats. Rows of each part are given by the code: a file of another shape is damaged.
/// A class, so that readers share it without a copy.
final class AttributionModel: Sendable {
    /// First bytes of a model file, `ONRA`.
    static let magic: UInt32 = 0x4152_4E4F
    /// The layout that this reader knows.
    static let version: UInt32 = 1

    /// Widths of the layers.
    enum Width {
        /// Of a token on its own, and of a recurrent layer in each direction.
        static let word = 128
        /// Of a token in its passage.
        static let context = 2 * word
        /// Of the hidden layer that sees a token from a cue.
        static let pair = 96
        /// Columns of the label scores.
        static let labels = 16
        /// Kinds of labels of roles: neither, source and content with beginning and inside.
        static let roles = 5
    }

    enum Block: Int, CaseIterable {
        case entry, entryBias, firstGates, firstBias, secondGates, secondBias
        case cue, cueAlone, cueBias, token, head, last, pairBias, role, roleBias, transition
    }

    /// A table of embeddings, a row of bytes and its scale for each feature.
    struct Table: Sendable {
        var values: [Int8]
        var scales: [Float]
        /// The first row of each feature.
        var starts: [UInt32]
    }

    let tokens: Table
    let pairs: Table
    private let blocks: [[Float]]
    /// Networks that are at rest, with their scratch memory.
    private let stock = Mutex<[AttributionNetwork]>([])
    let entry, firstGates, secondGates, cue, token, head, last: QuantizedBlock

    subscript(block: Block) -> [Float] { blocks[block.rawValue] }

    /// What `body` makes of a network over this model that has turned to a story. Safe to call from several threads.
    func reading<Result>(_ analysis: Analysis, _ body: (inout AttributionNetwork) -> Result) -> Result {
        var network = stock.withLock { $0.popLast() } ?? AttributionNetwork(model: self, analysis: analysis)
        network.turn(to: analysis)
        let result = body(&network)
        stock.withLock { $0.append(network) }
        return result
    }

    static func size(of block: Block) -> (rows: Int, columns: Int) {
        switch block {
        case .entry: (Network.Width.context, Width.word)
        case .entryBias: (1, Width.word)
        case .firstGates: (Width.word, 6 * Width.word)
        case .firstBias, .secondBias: (1, 6 * Width.word)
        case .secondGates: (Width.context, 6 * Width.word)
        case .cue: (Width.context, Width.labels)
        case .cueAlone: (Width.word, Width.labels)
        case .cueBias, .roleBias: (1, Width.labels)
        case .token, .head, .last: (Width.context, Width.pair)
        case .pairBias: (1, Width.pair)
        case .role: (Width.pair, Width.labels)
        case .transition: (Width.roles, Width.roles)
        }
    }

    /// The model in `bytes`.
    ///
    /// - Throws: `LanguageModelError`.
    init(bytes: [UInt8]) throws(LanguageModelError) {
        var reader = try ModelBytes.open(bytes, magic: AttributionModel.magic, version: AttributionModel.version)
        tokens = try AttributionModel.table(&reader, AttributionFeatures.tokenSizes, Width.word)
        pairs = try AttributionModel.table(&reader, AttributionFeatures.pairSizes, Width.pair)
        var blocks: [[Float]] = []
        for block in Block.allCases {
            let (rows, columns) = AttributionModel.size(of: block)
            guard let values = reader.floats(rows * columns) else { throw .damaged }
            blocks.append(values)
        }
        guard reader.isAtEnd else { throw .damaged }
        self.blocks = blocks
        func quantized(_ block: Block) -> QuantizedBlock {
            QuantizedBlock(blocks[block.rawValue], AttributionModel.size(of: block))
        }
        entry = quantized(.entry)
        firstGates = quantized(.firstGates)
        secondGates = quantized(.secondGates)
        cue = quantized(.cue)
        token = quantized(.token)
        head = quantized(.head)
        last = quantized(.last)
    }

    private static func table(_ reader: inout ModelReader, _ sizes: [Int], _ width: Int) throws(LanguageModelError)
        -> Table
    {
        let rows = sizes.reduce(0, +)
        guard let scales = reader.floats(rows), let values = reader.bytes(rows * width) else { throw .damaged }
        var starts: [UInt32] = []
        var start = 0
        for size in sizes {
            starts.append(UInt32(start))
            start += size
        }
        return Table(values: values.map { Int8(bitPattern: $0) }, scales: scales, starts: starts)
    }

    /// The model that ships with Onrecord.
    ///
    /// It is part of the program; where it could not be read, the program was built wrongly.
    static let shared: AttributionModel = {
        do throws(LanguageModelError) {
            return try AttributionModel(bytes: EmbeddedTable.attributions())
        } catch {
            preconditionFailure("The attribution model in this program cannot be read. \(error)")
        }
    }()
}
