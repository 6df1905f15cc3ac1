internal import ArgumentParser
internal import Foundation
internal import Incidents
internal import Stories

/// Writes what the linker sees of each pair that it compares, for its training.
struct LinkPairsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-pairs",
        abstract: "Writes what the linker sees of each pair of stories, for Tools/train-linking.",
        discussion: """
            Of each file of readings, NAME.jsonl, it writes NAME.pairs (two 32-bit numbers of stories a pair) and NAME.features
            (32-bit floats) into the folder, and NAME.ids, a story's id a line.

            Example:
              onrecord read --input jsonl --with-text ../shared/corpora/ecb/train.jsonl > ecb-train.jsonl
              onrecord-train link-pairs --output /tmp/pairs ecb-train.jsonl
            """)

    @Option(help: "The folder to write to; made where there is none.")
    var output: String

    @Argument(help: "Files of readings with texts.")
    var files: [String]

    func run() throws {
        let folder = URL(filePath: output)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files {
            let readings = try Data(contentsOf: URL(filePath: file)).split(separator: 10).map {
                try JSONDecoder().decode(Reading.self, from: $0)
            }
            let clock = ContinuousClock()
            let texts = readings.map { Array(($0.text ?? "").utf8) }
            var items: [LinkItem] = []
            let making = clock.measure { items = zip(readings, texts).map { LinkItem($0, text: $1) } }
            var others: [[Int]] = []
            let looking = clock.measure { others = Linker.candidates(items) }
            var pairs: [Int32] = []
            var features: [Float] = []
            let comparing = clock.measure {
                for (first, seconds) in others.enumerated() {
                    for second in seconds {
                        pairs += [Int32(first), Int32(second)]
                        let values = LinkFeatures(items[first], items[second]).values
                        for index in values.indices { features.append(values[index]) }
                    }
                }
            }
            var sum = 0.0
            let scoring = clock.measure {
                let linker = Linker()
                for (first, seconds) in others.enumerated() {
                    for second in seconds { sum += linker.score(items[first], items[second]) }
                }
            }
            let name = URL(filePath: file).deletingPathExtension().lastPathComponent
            try unsafe pairs.withUnsafeBytes { unsafe Data($0) }.write(to: folder.appending(path: name + ".pairs"))
            try unsafe features.withUnsafeBytes { unsafe Data($0) }.write(
                to: folder.appending(path: name + ".features"))
            try Data((readings.map(\.id).joined(separator: "\n") + "\n").utf8)
                .write(to: folder.appending(path: name + ".ids"))
            let bytes = items.reduce(0) { $0 + $1.bytes.count }
            print(
                "\(name): \(readings.count) stories, \(pairs.count / 2) pairs; \(making / max(1, readings.count)) an item,",
                "\(bytes / max(1, items.count)) bytes an item,",
                "\(comparing / max(1, pairs.count / 2)) a comparison, \(scoring / max(1, pairs.count / 2)) a score,",
                "\(looking) for candidates; expected \(sum) true")
        }
    }
}
