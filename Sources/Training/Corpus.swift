internal import Foundation
internal import Language

/// A sentence to learn from: its words' features, and what gold says of them.
struct GoldSentence: Sendable {
    /// The rows of the embedding table of each word: as printed, in capitals, in small letters.
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
    private static let kinds = ["PERSON", "ORGANIZATION", "LOCATION", "MISC"]

    init(labels: NetworkLabels, features: WordFeatures) {
        self.labels = labels
        self.features = features
        tagNumbers = Dictionary(uniqueKeysWithValues: labels.tags.enumerated().map { ($1, $0) })
        relationNumbers = Dictionary(uniqueKeysWithValues: labels.relations.enumerated().map { ($1, $0) })
    }

    func encode(_ document: GoldDocument) -> [GoldSentence] {
        var sentences: [GoldSentence] = []
        let variants = [document.bytes, document.bytes.map(GoldEncoder.upper), document.bytes.map(GoldEncoder.lower)]
        if document.sentences.isEmpty {
            let (tokens, ranges) = TrainingText.segment(document.bytes)
            for range in ranges {
                let spans = tokens[range].map { Int($0.start)..<Int($0.end) }
                sentences.append(sentence(spans, document, variants))
            }
        } else {
            for words in document.sentences {
                var sentence = self.sentence(words.map(\.span), document, variants)
                for word in words {
                    sentence.universal.append(Int(Tag(name: word.universal)?.rawValue ?? Tag.other.rawValue))
                    sentence.tags.append(tagNumbers[word.tag] ?? -1)
                    sentence.heads.append(word.head)
                    sentence.relations.append(relationNumbers[word.relation] ?? -1)
                }
                sentences.append(sentence)
            }
        }
        return sentences
    }

    private func sentence(_ spans: [Range<Int>], _ document: GoldDocument, _ variants: [[UInt8]]) -> GoldSentence {
        var sentence = GoldSentence(count: spans.count)
        for bytes in variants {
            let tokens = spans.map { TrainingText.token(bytes, $0) }
            var rows: [UInt32] = []
            features.append(tokens, tokens.indices, bytes, to: &rows)
            sentence.features.append(rows)
        }
        guard let names = document.names else { return sentence }
        sentence.names = [Int](repeating: 0, count: spans.count)
        for (index, span) in spans.enumerated() {
            for ignored in names.ignore where ignored[0] < span.upperBound && span.lowerBound < ignored[1] {
                sentence.names[index] = -1
            }
            for name in names.names where name.span[0] < span.upperBound && span.lowerBound < name.span[1] {
                guard let kind = GoldEncoder.kinds.firstIndex(of: name.type) else { continue }
                let begins = index == 0 || spans[index - 1].upperBound <= name.span[0]
                sentence.names[index] = 1 + 2 * kind + (begins ? 0 : 1)
            }
        }
        return sentence
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte & 0xDF : byte
    }
    private static func lower(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
