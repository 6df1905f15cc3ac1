internal import Foundation
internal import Language

/// Names to put in place of a sentence's own in training, so that the network learns what stands around a name rather than
/// the name (mention replacement; Dai and Adel 2020).
///
/// A name is changed for one of its kind with as many words, capitals at the same ones, so that the tree over it still
/// holds.
struct NamePool: Sendable {
    static let kinds = ["PERSON", "ORGANIZATION", "LOCATION", "MISC"]
    /// How many times each sentence with names is written anew.
    static let variants = 2

    private var names: [String: [[[UInt8]]]] = [:]

    /// A pool of the documents' names, and of the lists': given names, surnames, places, bodies.
    ///
    /// - Parameter lists: words and what they are, as in `Data/name-words.tsv`.
    /// - Parameter bodies: names of organizations.
    init(_ documents: [GoldDocument], lists: [String: UInt32], bodies: [String], numbers: inout SeededNumbers) {
        for document in documents {
            guard let gold = document.names else { continue }
            for name in gold.names {
                guard let kind = NamePool.kinds.firstIndex(of: name.type) else { continue }
                add(kind, Array(document.bytes[name.span[0]..<name.span[1]]))
            }
        }
        for body in bodies { add(1, Array(body.utf8)) }
        let sorted = lists.sorted { $0.key < $1.key }
        func words(_ bit: UInt32) -> [[UInt8]] {
            sorted.filter { $0.value & bit != 0 && $0.key.utf8.allSatisfy { $0 > 96 } }.map {
                Array($0.key.capitalized.utf8)
            }
        }
        let (given, surnames, places) = (words(3), words(4), words(8))
        guard !given.isEmpty, !surnames.isEmpty, !places.isEmpty else { return }
        for _ in 0..<4000 {
            let first = given[Int.random(in: given.indices, using: &numbers)]
            let last = surnames[Int.random(in: surnames.indices, using: &numbers)]
            let place = places[Int.random(in: places.indices, using: &numbers)]
            for (kind, name) in [(0, [first]), (0, [last]), (0, [first, last]), (2, [place])] {
                names[NamePool.key(kind, name), default: []].append(name)
            }
        }
    }

    private mutating func add(_ kind: Int, _ name: [UInt8]) {
        let words = TrainingText.segment(name).tokens.map { Array(name[Int($0.start)..<Int($0.end)]) }
        names[NamePool.key(kind, words), default: []].append(words)
    }

    /// A sentence with its names changed: its bytes, and where its words are in them.
    func change(
        _ bytes: [UInt8], _ spans: [Range<Int>], _ labels: [Int], _ numbers: inout SeededNumbers
    ) -> ([UInt8], [Range<Int>]) {
        var words = spans.map { Array(bytes[$0]) }
        var index = 0
        while index < words.count {
            let label = labels[index]
            var end = index + 1
            if label > 0, label % 2 == 1 {
                while end < words.count, labels[end] == label + 1 { end += 1 }
                let own = Array(words[index..<end])
                if let others = names[NamePool.key((label - 1) / 2, own)] {
                    words.replaceSubrange(index..<end, with: others[Int.random(in: others.indices, using: &numbers)])
                }
            }
            index = end
        }
        var changed: [UInt8] = []
        var places: [Range<Int>] = []
        for (index, word) in words.enumerated() {
            if index > 0, spans[index].lowerBound > spans[index - 1].upperBound {
                changed += bytes[spans[index - 1].upperBound..<spans[index].lowerBound]
            }
            places.append(changed.count..<changed.count + word.count)
            changed += word
        }
        return (changed, places)
    }

    /// The kind, and for each word whether it has a capital, is small or neither.
    private static func key(_ kind: Int, _ words: [[UInt8]]) -> String {
        var key = String(kind)
        for word in words {
            key += " "
            switch word.first ?? 0 {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: key += "A"
            case UInt8(ascii: "a")...UInt8(ascii: "z"): key += String(decoding: word, as: UTF8.self)
            default: key += "."
            }
        }
        return key
    }
}
