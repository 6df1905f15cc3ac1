import ArgumentParser
import Foundation
import Onrecord
import Stories

struct QuotesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quotes",
        abstract: "Show who says what: source, cue and content of each attribution.",
        discussion: """
            Examples:
              onrecord quotes page.txt
            """)

    @OptionGroup var input: InputOptions

    func run() async throws {
        let reader = Reader()
        var out = Output()
        var refusals = Refusals()
        try await BatchReader(options: input.options).read(try input.inputs) { arrival in
            QuotesCommand.lines(reader.read(arrival.story), arrival.story.bytes)
        } deliver: { result in
            switch result {
            case .success(let text):
                refusals.addReading()
                try out.write(Array(text.utf8))
            case .failure(let error):
                try out.flush()
                refusals.add(error)
            }
        }
        try out.flush()
        try refusals.finish()
    }

    private static func lines(_ reading: Reading, _ bytes: [UInt8]) -> String {
        func text(_ spans: [Span]) -> String {
            spans.map { String(decoding: bytes[$0.range], as: UTF8.self) }.joined(separator: " … ").split(
                whereSeparator: \.isWhitespace
            )
            .joined(separator: " ")
        }
        var lines = [
            Terminal.bold(Layout.wrap(reading.title ?? reading.anatomy.headline.map { text([$0]) } ?? reading.id))
        ]
        for attribution in reading.attributions {
            let who = attribution.source.isEmpty ? attribution.speaker.name ?? "(no source)" : text(attribution.source)
            let traits = [attribution.speaker.kind.rawValue, attribution.stance.rawValue, attribution.quote.rawValue]
                .joined(separator: ", ")
            lines.append(Layout.wrap("\(who) — \(text(attribution.cue)) — \(traits)", indent: "  "))
            lines.append(Terminal.dim(Layout.wrap(text(attribution.content), indent: "    ")))
        }
        return lines.joined(separator: "\n") + "\n\n"
    }
}
