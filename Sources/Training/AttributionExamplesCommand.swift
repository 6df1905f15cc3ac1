internal import ArgumentParser
internal import Attributions
internal import Foundation
internal import Intake
internal import Language
internal import Stories

/// Writes what the attribution network sees of a corpus, and what it is to say, for its training.
struct AttributionExamplesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribution-examples",
        abstract: "Writes what the attribution network sees of a corpus, for Tools/train-attributions.",
        discussion: """
            Example:
              onrecord-train attribution-examples --output /tmp/polnear-train ../shared/corpora/polnear/train.jsonl
            """)

    @Option(help: "The folder to write to; made where there is none.")
    var output: String

    @Option(help: "Read each story of this many in capitals, too; 0 for none.")
    var capitals = 0

    @Option(help: "Read each story of this many with hearsay and relays put in, too; 0 for none.")
    var hearsay = 0

    @Argument(help: "Stories with gold attributions, as JSON Lines.")
    var corpus: String

    private struct Gold: Decodable {
        struct Item: Decodable {
            var source: [[Int]]
            var cue: [[Int]]
            var content: [[Int]]
        }
        var attributions: [Item]
    }

    func run() throws {
        let reader = LanguageReader()
        var examples = AttributionExamples()
        var numbers = SeededNumbers(seed: 1)
        for (number, line) in try String(contentsOfFile: corpus, encoding: .utf8).split(separator: "\n").enumerated() {
            let story = try JSONLinesReader().story(Array(line.utf8), line: number + 1, page: corpus)
            let gold = try JSONDecoder().decode(Gold.self, from: Data(line.utf8)).attributions.map { item in
                AttributionExamples.Gold(
                    source: item.source.map { $0[0]..<$0[1] }, cue: item.cue.map { $0[0]..<$0[1] },
                    content: item.content.map { $0[0]..<$0[1] })
            }
            let analysis = reader.read(story)
            examples.append(analysis, gold)
            if capitals > 0, number % capitals == 0 {
                // Spans stay where they are: only letters of one byte change.
                let upper = story.bytes.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 ? $0 & 0xDF : $0 }
                examples.append(
                    reader.read(Story(id: story.id, bytes: upper, span: story.span, anatomy: story.anatomy)), gold)
            }
            if hearsay > 0, number % hearsay == hearsay / 2 {
                let variant = StoryVariant(analysis, gold, numbers: &numbers)
                let changed = reader.read(TextPageReader().story(variant.bytes, span: Span(0, variant.bytes.count)))
                examples.append(changed, variant.gold)
                for inner in variant.inner { examples.append(changed, content: inner.content, inner.gold) }
            }
        }
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try examples.write(to: output)
        print("\(examples.passageCount) passages, \(examples.tokenCount) tokens, \(examples.cueCount) attributions")
    }
}

/// Examples side by side, as plain arrays of numbers.
struct AttributionExamples {
    /// A gold attribution, in bytes of its story.
    struct Gold {
        var source: [Range<Int>]
        var cue: [Range<Int>]
        var content: [Range<Int>]
    }

    private var vectors: [UInt8] = []
    private var scales: [Float] = []
    private var rows: [UInt16] = []
    /// 0 outside cues, 1 where one begins, 2 inside.
    private var cueLabels: [UInt8] = []
    /// Of each passage its first token and how many it has.
    private var passages: [Int32] = []
    /// Of each attribution its passage, the cue's first, last and head token in it, the window's first and end.
    private var cues: [Int32] = []
    private var pairRows: [UInt16] = []
    /// 0 outside, 1 and 2 source, 3 and 4 content: beginning and inside.
    private var roleLabels: [UInt8] = []

    var passageCount: Int { passages.count / 2 }
    var tokenCount: Int { scales.count }
    var cueCount: Int { cues.count / 6 }

    /// Appends a story, a passage for each paragraph.
    mutating func append(_ analysis: Analysis, _ gold: [Gold]) {
        append(analysis, Passage.all(of: analysis), gold)
    }

    /// Appends a stretch of a story that is the content of somebody's words.
    mutating func append(_ analysis: Analysis, content: Range<Int>, _ gold: [Gold]) {
        for tokens in AttributionExamples.tokens([content], analysis) {
            append(analysis, [Passage(tokens: tokens)], gold)
        }
    }

    private static func tokens(_ spans: [Range<Int>], _ analysis: Analysis) -> [Range<Int>] {
        spans.compactMap { span in
            let first = analysis.tokens.firstIndex { Int($0.end) > span.lowerBound } ?? analysis.tokens.count
            let end = analysis.tokens.firstIndex { Int($0.start) >= span.upperBound } ?? analysis.tokens.count
            return first < end ? first..<end : nil
        }
    }

    private mutating func append(_ analysis: Analysis, _ passages: [Passage], _ gold: [Gold]) {
        let features = AttributionFeatures(analysis: analysis)
        let width = analysis.vectors.values.count / max(1, analysis.tokens.count)
        let attributions = gold.map { item in
            (
                source: AttributionExamples.tokens(item.source, analysis),
                cue: AttributionExamples.tokens(item.cue, analysis),
                content: AttributionExamples.tokens(item.content, analysis)
            )
        }
        for passage in passages {
            let start = passage.tokens.lowerBound
            let first = scales.count
            self.passages += [Int32(first), Int32(passage.tokens.count)]
            vectors += analysis.vectors.values[start * width..<passage.tokens.upperBound * width]
            scales += analysis.vectors.scales[passage.tokens]
            features.append(passage, to: &rows)
            cueLabels += [UInt8](repeating: 0, count: passage.tokens.count)
            let inside = attributions.filter { $0.cue.first.map { passage.tokens.contains($0.lowerBound) } ?? false }
            let all = Set(inside.compactMap { $0.cue.first?.clamped(to: passage.tokens) }).sorted {
                ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
            }
            for attribution in inside {
                guard let cue = attribution.cue.first?.clamped(to: passage.tokens) else { continue }
                for index in cue { cueLabels[first + index - start] = index == cue.lowerBound ? 1 : 2 }
                let window = AttributionFeatures.window(of: cue, in: passage)
                cues += [passageCount - 1, cue.lowerBound - start, cue.upperBound - 1 - start].map { Int32($0) }
                cues += [features.head(of: cue), window.lowerBound, window.upperBound].map { Int32($0 - start) }
                features.append(cue, window, passage, others: all, to: &pairRows)
                roleLabels += AttributionExamples.roles(attribution.source, attribution.content, window)
            }
        }
    }

    /// The label of each token of a window.
    private static func roles(_ source: [Range<Int>], _ content: [Range<Int>], _ window: Range<Int>) -> [UInt8] {
        var labels = [UInt8](repeating: 0, count: window.count)
        for (label, spans) in [(UInt8(3), content), (1, source)] {
            for span in spans {
                for index in span.clamped(to: window) {
                    labels[index - window.lowerBound] = index == span.lowerBound ? label : label + 1
                }
            }
        }
        return labels
    }

    func write(to folder: String) throws {
        func write(_ name: String, _ bytes: Data) throws { try bytes.write(to: URL(filePath: folder + "/" + name)) }
        func data<Number>(_ numbers: [Number]) -> Data { unsafe numbers.withUnsafeBytes { unsafe Data($0) } }
        try write("vectors.u8", Data(vectors))
        try write("scales.f32", data(scales))
        try write("rows.u16", data(rows))
        try write("cue-labels.u8", Data(cueLabels))
        try write("passages.i32", data(passages))
        try write("cues.i32", data(cues))
        try write("pair-rows.u16", data(pairRows))
        try write("role-labels.u8", Data(roleLabels))
    }
}
