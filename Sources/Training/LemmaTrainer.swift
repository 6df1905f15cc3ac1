internal import Language

/// Learns dictionary forms from gold.
enum LemmaTrainer {
    static func table(_ documents: [GoldDocument]) -> LemmaTable {
        var counts: [String: [String: Int]] = [:]
        var rules: [String: [String: Int]] = [:]
        for document in documents {
            for word in document.sentences.joined() where word.lemma != "_" {
                var key: [UInt8] = []
                Lexicon.fold(document.bytes, word.span.lowerBound, word.span.upperBound, into: &key)
                let folded = String(decoding: key, as: UTF8.self)
                counts["\(folded)\t\(word.tag)", default: [:]][word.lemma, default: 0] += 1
                // What is cut from the end, and what is put in its place.
                let lemma = Array((word.tag == "NNPS" ? word.lemma.lowercased() : word.lemma).utf8)
                var common = 0
                while common < min(key.count, lemma.count), key[common] == lemma[common] { common += 1 }
                guard common > 0, key.count - common <= 5, key.count > 1 else { continue }
                let rule = "\(key.count - common)\t\(String(decoding: lemma[common...], as: UTF8.self))"
                for count in 0...min(5, key.count - 1) {
                    let ending = "-" + String(decoding: key[(key.count - count)...], as: UTF8.self)
                    rules["\(ending)\t\(word.tag)", default: [:]][rule, default: 0] += 1
                }
            }
        }
        func best(_ choices: [String: Int]) -> (key: String, value: Int) {
            choices.max { ($0.value, $1.key) < ($1.value, $0.key) } ?? ("", 0)
        }
        var endings: [String: String] = [:]
        for (key, choices) in rules where choices.values.reduce(0, +) >= 2 || key.hasPrefix("-\t") {
            endings[key] = best(choices).key
        }
        // An ending that says what the shorter one says is not needed.
        let kept = endings.filter { key, rule in
            guard let tab = key.firstIndex(of: "\t"), key.distance(from: key.startIndex, to: tab) > 1 else {
                return true
            }
            let shorter = "-" + key.dropFirst(2)
            return endings[shorter] != rule
        }
        let byRule = LemmaTable(text: kept.map { "\($0.key)\t\($0.value)" }.sorted().joined(separator: "\n"))
        var lines = kept.map { "\($0.key)\t\($0.value)" }
        for (key, choices) in counts {
            let parts = key.split(separator: "\t", omittingEmptySubsequences: false)
            let lemma = best(choices)
            let folded = Array(parts[0].utf8)
            guard !parts[0].isEmpty, !lemma.key.contains("\t"), !lemma.key.contains("\n") else { continue }
            let isName = parts[1].hasPrefix("NNP")
            if isName, lemma.value < 3 { continue }
            if byRule.lemma(printed: folded[...], folded: folded, tag: String(parts[1])) != lemma.key {
                if isName, lemma.key.lowercased() == parts[0] { continue }
                lines.append("\(key)\t\(lemma.key)")
            }
        }
        return LemmaTable(text: lines.sorted().joined(separator: "\n"))
    }
}
