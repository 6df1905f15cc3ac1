import ArgumentParser
import Foundation
import Onrecord
import Stories

struct TimesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "times",
        abstract: "Show every expression of time, with its type and its normalised value.",
        discussion: """
            Values are TIMEX3's: 2018-02-07, 2018-W06, 2017-Q4, P3D, PAST_REF; XXXX stands for what the text leaves open.

            Examples:
              onrecord times page.txt
              onrecord times --published 2018-02-15 page.txt
            """)

    @OptionGroup var input: InputOptions

    func run() async throws {
        let reader = Reader()
        try await input.print { TimesCommand.lines(reader.read($0.story), $0.story.bytes) }
    }

    private static func lines(_ reading: Reading, _ bytes: [UInt8]) -> String {
        func text(_ span: Span) -> String {
            String(decoding: bytes[span.range], as: UTF8.self).split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
        }
        let basis =
            switch reading.publishedBasis {
            case .text: ", worked out from the text"
            case .given, nil: ""
            }
        let day = reading.published.map { "published \($0)" + basis } ?? "day of publication not known"
        var lines = [
            Terminal.bold(Layout.wrap(reading.title ?? reading.anatomy.headline.map(text) ?? reading.id)),
            Terminal.dim(day),
        ]
        for time in reading.times {
            let expression = text(time.span)
            let gap = String(repeating: " ", count: max(1, 32 - expression.count))
            lines.append("  \(expression)\(gap)\(time.type.rawValue)  \(time.value)")
        }
        return lines.joined(separator: "\n") + "\n\n"
    }
}
