internal import Stories
internal import Synchronization

/// Gives each token its tags, its head and its relation, and finds the names: all by one run of the network.
///
/// Safe to call from several threads: each takes a reader with its own scratch memory from a shared stock.
final class Parser: Sendable {
    /// Words are read in batches of about this many, so that scratch memory stays small and near.
    private static let batch = 256

    let lemmas: LemmaTable
    let pennTags: [String]
    private let features: WordFeatures
    private let relations: [Relation]
    private let model: LanguageModel
    private let stock = Mutex<[NetworkReader]>([])

    /// A parser over a model.
    init(model: LanguageModel, lexicon: Lexicon) {
        self.model = model
        lemmas = model.lemmas
        pennTags = model.network.labels.tags
        features = WordFeatures(vocabulary: model.vocabulary, lexicon: lexicon)
        relations = model.network.labels.relations.map { Relation(name: $0) ?? .unspecified }
    }

    /// The parser over the model that ships with Onrecord.
    ///
    /// The model is part of the program; where it could not be read, the program was built wrongly.
    static let shared: Parser = {
        do throws(LanguageModelError) {
            return Parser(model: try LanguageModel(bytes: EmbeddedTable.network()), lexicon: .shared)
        } catch {
            preconditionFailure("The language model in this program cannot be read. \(error)")
        }
    }()

    /// Tags and parses all tokens, and gives the names, each a run of tokens with its kind, and the tokens' vectors.
    ///
    /// - Complexity: O(*n*) in the number of tokens; sentences are at most 256 tokens long.
    func parse(_ tokens: inout [Token], _ sentences: [Sentence], _ bytes: [UInt8])
        -> (names: [Analysis.Name], vectors: WholeRows)
    {
        var names: [Analysis.Name] = []
        var vectors = WholeRows()
        guard !sentences.isEmpty else { return (names, vectors) }
        vectors.values.reserveCapacity(tokens.count * Network.Width.context)
        var reader = stock.withLock { $0.popLast() } ?? NetworkReader(model: model)
        let uses = features.uses(tokens, sentences.map(\.tokens), bytes)
        var rows: [UInt32] = []
        var first = 0
        while first < sentences.count {
            var last = first
            var count = 0
            var ranges: [Range<Int>] = []
            rows.removeAll(keepingCapacity: true)
            while last < sentences.count, count == 0 || count + sentences[last].tokens.count <= Parser.batch {
                ranges.append(count..<count + sentences[last].tokens.count)
                features.append(tokens, sentences[last].tokens, bytes, elsewhere: uses, to: &rows)
                count += sentences[last].tokens.count
                last += 1
            }
            let result = reader.read(rows, ranges)
            reader.appendVectors(count, to: &vectors)
            for (index, range) in ranges.enumerated() {
                put(result, range, sentences[first + index].tokens.lowerBound, &tokens, &names)
            }
            first = last
        }
        stock.withLock { $0.append(reader) }
        return (names, vectors)
    }

    private func put(
        _ result: NetworkReader.Result, _ range: Range<Int>, _ start: Int, _ tokens: inout [Token],
        _ names: inout [Analysis.Name]
    ) {
        var open: (start: Int, kind: Int)?
        for word in range {
            let index = start + word - range.lowerBound
            tokens[index].tag = result.universal[word]
            tokens[index].pennTag = result.tags[word]
            tokens[index].relation = relations[Int(result.relations[word])]
            tokens[index].head = result.heads[word] < 0 ? -1 : Int32(start + result.heads[word])
            let label = Int(result.names[word])
            if let name = open, label == 0 || label % 2 == 1 {
                names.append(Parser.name(name.start..<index, name.kind))
                open = nil
            }
            if label % 2 == 1 { open = (index, (label - 1) / 2) }
        }
        if let open { names.append(Parser.name(open.start..<start + range.count, open.kind)) }
    }

    private static func name(_ tokens: Range<Int>, _ kind: Int) -> Analysis.Name {
        Analysis.Name(tokens: tokens, kind: NameMention.Kind.allCases[kind], entity: -1)
    }
}
