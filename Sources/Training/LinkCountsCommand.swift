internal import ArgumentParser
internal import Foundation
internal import Incidents

/// Counts how rare words are, for the linker.
struct LinkCountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-counts",
        abstract: "Counts how rare words are, for the linking of stories.",
        discussion: """
            Reads corpora as JSON Lines. Stories of one `cluster` count once together: a word that all reports of one happening
            share is no common word.

            Example:
              onrecord-train link-counts --output Sources/LanguageData/link-counts.bin ../shared/corpora/*/train.jsonl
            """)

    @Option(help: "The file to write.")
    var output: String

    @Argument(help: "Corpora, one story a line with `text`.")
    var corpora: [String]

    private struct Line: Decodable {
        var text: String
        var title: String?
        var cluster: String?
        var topic: Int?
    }

    /// Words of fewer texts weigh what unknown words weigh, or nearly.
    private static let least = 2

    func run() throws {
        var counts: [UInt32: Int] = [:]
        var total = 0
        for corpus in corpora {
            var texts: [String: Set<UInt32>] = [:]
            for (number, line) in try Data(contentsOf: URL(filePath: corpus)).split(separator: 10).enumerated() {
                let line = try JSONDecoder().decode(Line.self, from: line)
                var words: Set<UInt32> = []
                for text in [line.text, line.title ?? ""] {
                    LinkWords.each(in: Array(text.utf8)[...]) { hash, _ in words.insert(hash) }
                }
                texts[line.topic.map { "topic \($0)" } ?? line.cluster ?? "#\(number)", default: []].formUnion(words)
            }
            total += texts.count
            for words in texts.values { for word in words { counts[word, default: 0] += 1 } }
        }
        let kept = counts.filter { $0.value >= LinkCountsCommand.least }.sorted { $0.key < $1.key }
        var bytes = LinkCountsCommand.bytes(UInt32(kept.count))
        for (word, _) in kept { bytes += LinkCountsCommand.bytes(word) }
        for (_, count) in kept {
            let level = (log(Double(total + 2) / Double(count + 2)) * 32).rounded()
            bytes.append(UInt8(max(0, min(255, level))))
        }
        try Data(bytes).write(to: URL(filePath: output))
        print("\(total) texts, \(counts.count) words, \(kept.count) kept, \(bytes.count) bytes")
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
