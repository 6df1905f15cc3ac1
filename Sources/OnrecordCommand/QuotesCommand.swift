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
        try await input.print { QuotesCommand.lines(reader.read($0.story), $0.story.bytes) }
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
