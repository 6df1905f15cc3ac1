internal import Foundation
internal import Language

/// A sentence to learn from: its words' features, and what gold says of them.
struct GoldSentence: Sendable {
    /// The rows of the embedding table of each word: as printed, in capitals, in small letters, then with other names in
    /// place of its own.
    var features: [[UInt32]] = []
    /// How many words it has.
    var count: Int
    /// Universal tags, Penn tags, heads within the sentence (-1 at the root) and relations; empty where gold has none.
    var universal: [Int] = []
    var tags: [Int] = []
    var heads: [Int] = []
    var relations: [Int] = []
    /// Name labels; -1 where gold leaves it open, empty where it has none.
    var names: [Int] = []
    /// The first label of the kinds that gold does not mark: what bears no name by gold may bear one of these.
    var unmarked: [Int] = []
    /// Whether each word has a capital.
    var capitals: [Bool] = []

    /// Whether a name label agrees with gold.
    func allows(_ label: Int, at word: Int) -> Bool {
        names[word] == label || names[word] < 0
            || names[word] == 0 && capitals[word] && unmarked.contains { $0 == label || $0 + 1 == label }
    }

    /// Whether a word is a proper noun or part of a name.
    func isName(_ word: Int) -> Bool {
        !names.isEmpty && names[word] > 0 || !universal.isEmpty && universal[word] == Int(Tag.properNoun.rawValue)
    }
}

/// A document of the corpora: its text, its gold words where it is in a treebank, its names where they are marked.
struct GoldDocument {
    struct Word {
        var span: Range<Int>
        var lemma: String
        var universal: String
        var tag: String
        var head: Int
        var relation: String
    }

    struct Names: Decodable {
        struct Name: Decodable {
            var span: [Int]
            var type: String
        }
        var id: String
        var text: String
        var licence: String?
        var source: String
        var annotated: [String]
        var names: [Name]
        var ignore: [[Int]]
    }

    var id: String
    var bytes: [UInt8]
    var sentences: [[Word]]
    var names: Names?
}

/// Reads the treebanks and the names corpora, and joins what they say of one document.
struct CorpusReader {
    /// How many documents were left out because their licence forbids commercial use or none is named.
    private(set) var leftOut = 0

    mutating func read(treebanks: [String], names: [String], all: Bool = false) throws -> [GoldDocument] {
        var named: [String: GoldDocument.Names] = [:]
        var order: [String] = []
        for path in names {
            for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
                let document = try JSONDecoder().decode(GoldDocument.Names.self, from: Data(line.utf8))
                if !all, Treebank.isNonCommercial(document.licence ?? "none") { continue }
                named[document.id] = document
                order.append(document.id)
            }
        }
        var documents: [GoldDocument] = []
        for path in treebanks {
            struct Raw: Decodable {
                var id: String
                var text: String
            }
            var texts: [String: [UInt8]] = [:]
            for line in try String(contentsOfFile: path.replacing(".conllu", with: ".jsonl"), encoding: .utf8).split(
                separator: "\n")
            {
                let raw = try JSONDecoder().decode(Raw.self, from: Data(line.utf8))
                texts[raw.id] = Array(raw.text.utf8)
            }
            for document in try trees(path, texts, all: all) {
                var document = document
                document.names = named.removeValue(forKey: document.id)
                documents.append(document)
            }
        }
        for id in order {
            guard let names = named[id] else { continue }
            documents.append(GoldDocument(id: id, bytes: Array(names.text.utf8), sentences: [], names: names))
        }
        return documents
    }

    private mutating func trees(_ path: String, _ texts: [String: [UInt8]], all: Bool) throws -> [GoldDocument] {
        var documents: [GoldDocument] = []
        var allowed = true
        var sentence: [GoldDocument.Word] = []
        func close() {
            if !sentence.isEmpty { documents[documents.count - 1].sentences.append(sentence) }
            sentence = []
        }
        for line in try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.isEmpty { if allowed { close() } }
            if line.hasPrefix("# newdoc id = ") {
                allowed = true
                let id = String(line.dropFirst(14))
                documents.append(GoldDocument(id: id, bytes: texts[id] ?? [], sentences: []))
            } else if line.hasPrefix("# licence = "), !all, Treebank.isNonCommercial(line.dropFirst(12)) {
                allowed = false
                documents.removeLast()
                leftOut += 1
            }
            guard allowed, line.first?.isNumber == true else { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 10, let head = Int(columns[6]),
                let span = columns[9].split(separator: "|").first(where: { $0.hasPrefix("Span=") })
            else { continue }
            let ends = span.dropFirst(5).split(separator: ":").compactMap { Int($0) }
            sentence.append(
                GoldDocument.Word(
                    span: ends[0]..<ends[1], lemma: String(columns[2]), universal: String(columns[3]),
                    tag: String(columns[4]), head: head - 1, relation: String(columns[7])))
        }
        return documents
    }
}

/// Turns documents into sentences to learn from.
struct GoldEncoder {
    let labels: NetworkLabels
    let features: WordFeatures
    private let tagNumbers: [String: Int]
    private let relationNumbers: [String: Int]

    init(labels: NetworkLabels, features: WordFeatures) {
        self.labels = labels
        self.features = features
        tagNumbers = Dictionary(uniqueKeysWithValues: labels.tags.enumerated().map { ($1, $0) })
        relationNumbers = Dictionary(uniqueKeysWithValues: labels.relations.enumerated().map { ($1, $0) })
    }

    /// The sentences of a document, each also with its names changed for others of `pool`.
    func encode(_ document: GoldDocument, pool: NamePool? = nil, numbers: inout SeededNumbers) -> [GoldSentence] {
        var spans: [[Range<Int>]] = document.sentences.map { $0.map(\.span) }
        if spans.isEmpty {
            let (tokens, ranges) = TrainingText.segment(document.bytes)
            spans = ranges.map { tokens[$0].map { Int($0.start)..<Int($0.end) } }
        }
        let tokens = spans.joined().map { TrainingText.token(document.bytes, $0) }
        var ranges: [Range<Int>] = []
        for sentence in spans {
            let start = ranges.last?.upperBound ?? 0
            ranges.append(start..<start + sentence.count)
        }
        let uses = features.uses(tokens, ranges, document.bytes)
        let variants = [document.bytes.map(GoldEncoder.upper), document.bytes.map(GoldEncoder.lower)]
        var sentences: [GoldSentence] = []
        for (index, range) in ranges.enumerated() {
            var sentence = GoldSentence(count: range.count)
            var rows: [UInt32] = []
            features.append(tokens, range, document.bytes, elsewhere: uses, to: &rows)
            sentence.features.append(rows)
            // A line in capitals stands in a story of mixed letters, or of nothing else.
            let own = Array(uses[range])
            let elsewhere = index % 2 == 0 ? own : own.map { _ in [] }
            for bytes in variants { sentence.features.append(self.rows(bytes, spans[index], elsewhere)) }
            label(&sentence, spans[index], document)
            if let pool, sentence.names.contains(where: { $0 > 0 }) {
                for _ in 0..<NamePool.variants {
                    let (bytes, changed) = pool.change(document.bytes, spans[index], sentence.names, &numbers)
                    sentence.features.append(self.rows(bytes, changed, own))
                }
            }
            for word in document.sentences.isEmpty ? [] : document.sentences[index] {
                sentence.universal.append(Int(Tag(name: word.universal)?.rawValue ?? Tag.other.rawValue))
                sentence.tags.append(tagNumbers[word.tag] ?? -1)
                sentence.heads.append(word.head)
                sentence.relations.append(relationNumbers[word.relation] ?? -1)
            }
            sentences.append(sentence)
        }
        return sentences
    }

    private func rows(_ bytes: [UInt8], _ spans: [Range<Int>], _ elsewhere: [WordUse]) -> [UInt32] {
        let tokens = spans.map { TrainingText.token(bytes, $0) }
        var rows: [UInt32] = []
        features.append(tokens, tokens.indices, bytes, elsewhere: elsewhere, to: &rows)
        return rows
    }

    private func label(_ sentence: inout GoldSentence, _ spans: [Range<Int>], _ document: GoldDocument) {
        guard let names = document.names else { return }
        sentence.names = [Int](repeating: 0, count: spans.count)
        sentence.unmarked = NamePool.kinds.indices.filter { !names.annotated.contains(NamePool.kinds[$0]) }.map {
            1 + 2 * $0
        }
        sentence.capitals = spans.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= document.bytes[$0.lowerBound] }
        for (index, span) in spans.enumerated() {
            for ignored in names.ignore where ignored[0] < span.upperBound && span.lowerBound < ignored[1] {
                sentence.names[index] = -1
            }
            for name in names.names where name.span[0] < span.upperBound && span.lowerBound < name.span[1] {
                guard let kind = NamePool.kinds.firstIndex(of: name.type) else { continue }
                let begins = index == 0 || spans[index - 1].upperBound <= name.span[0]
                sentence.names[index] = 1 + 2 * kind + (begins ? 0 : 1)
            }
        }
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte & 0xDF : byte
    }
    private static func lower(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
