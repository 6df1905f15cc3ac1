import ArgumentParser
import Foundation
import Intake
import Record

struct AddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add pages to the record.",
        discussion: """
            Each story is kept for ever, with where it came from and when. A story that the record has gets another receipt.
            A page that cannot be read is named, and the rest goes on.

            Examples:
              onrecord add --record war.onrecord wires/
              onrecord add --record war.onrecord --input jsonl stories.jsonl
            """)

    @OptionGroup var record: RecordOptions
    @OptionGroup var input: InputOptions
    @Flag(help: "Write what was done as JSON.")
    var json = false

    private struct Summary: Encodable {
        var added: Int
        var known: Int
        var refused: [String]
    }

    func run() async throws {
        let recorder = Recorder(try record.open(.creating), options: input.options)
        var refusals = Refusals()
        let report = try await recorder.add(try input.inputs) { report in
            for error in report.refused[refusals.count...] { refusals.add(error) }
            Terminal.progress("\(report.added + report.known) stories")
        }
        Terminal.clearProgress()
        for _ in 0..<(report.added + report.known) { refusals.addReading() }
        if json {
            try Output.json(
                Summary(added: report.added, known: report.known, refused: report.refused.map(\.description)))
        } else {
            let known = report.known > 0 ? ", \(report.known) known already" : ""
            print("\(DossierView.count(report.added, "story", "stories")) added to \(record.path)\(known)")
        }
        try refusals.finish()
    }
}
