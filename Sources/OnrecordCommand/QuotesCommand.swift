import ArgumentParser
import Foundation
import Onrecord
import Stories

struct QuotesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quotes",
        abstract: "Show who says what: source, cue and content of each attribution.",
        discussion: """
            What is said inside somebody's words stands indented below them.

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
            let indent = String(repeating: "  ", count: min(attribution.depth, 6))
            let who = attribution.source.isEmpty ? "(no source)" : text(attribution.source)
            let traits = traits(of: attribution).joined(separator: ", ")
            lines.append(Layout.wrap("\(who) — \(text(attribution.cue)) — \(traits)", indent: indent))
            if let words = attribution.speaker.anonymity {
                lines.append(Layout.wrap("not named: \(words)", indent: indent + "  "))
            }
            lines.append(Terminal.dim(Layout.wrap(text(attribution.content), indent: indent + "  ")))
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// What is told of an attribution beside its words: who speaks, what they do, how sure they are, how far it came.
    private static func traits(of attribution: Attribution) -> [String] {
        let speaker = attribution.speaker
        var traits: [String] = []
        let name = [speaker.name, speaker.role, speaker.affiliation].compactMap { $0 }.joined(separator: ", ")
        traits.append(name.isEmpty ? speaker.kind.rawValue : "\(name) (\(speaker.kind.rawValue))")
        if let count = speaker.count, count > 1 { traits.append("\(count) people") }
        traits.append(attribution.stance.rawValue)
        if attribution.certainty == .possible || attribution.certainty == .probable {
            traits.append(attribution.certainty.rawValue)
        }
        if attribution.polarity == .negative, attribution.stance != .deny { traits.append("negative") }
        traits.append(attribution.quote.rawValue)
        if attribution.depth > 1 { traits.append("hearsay") }
        if !attribution.via.isEmpty { traits.append("through " + attribution.via.joined(separator: " and ")) }
        return traits
    }
}
