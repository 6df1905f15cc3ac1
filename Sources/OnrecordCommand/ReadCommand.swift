import ArgumentParser
import Foundation
import Intake
import Onrecord
import Stories

struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Read pages: what each story says, and on whose authority.",
        discussion: """
            A pure filter: pages in, one reading a story out, in the order of the input, as JSON Lines where standard output
            is no terminal. Nothing is kept.

            Examples:
              onrecord read page.txt
              onrecord read --input jsonl --output jsonl stories.jsonl > readings.jsonl
              curl -s https://example.org/story.html | onrecord read --input html -
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case jsonl, text }

    @OptionGroup var input: InputOptions
    @Option(help: "Form of the readings (text on a terminal, else jsonl).")
    var output: Form?
    @Flag(help: "Write each story's text, too.")
    var withText = false
    @Flag(help: "Write the tokens, with tags and lemmas, too.")
    var withTokens = false

    func run() async throws {
        let form = output ?? (Terminal.isInteractive ? .text : .jsonl)
        let reader = Reader(options: .init(withText: withText, withTokens: withTokens))
        let writer = ReadingWriter()
        let batch = BatchReader(options: input.options)
        var out = Output()
        var refusals = Refusals()
        try await batch.read(try input.inputs) { arrival in
            let reading = reader.read(arrival.story)
            switch form {
            case .jsonl: return writer.line(reading)
            case .text: return Array(ReadingView(reading, text: arrival.story.bytes).text.utf8)
            }
        } deliver: { result in
            switch result {
            case .success(let bytes):
                refusals.addReading()
                try out.write(bytes)
            case .failure(let error):
                try out.flush()
                refusals.add(error)
            }
        }
        try out.flush()
        if form == .text { Terminal.remark(DossierView.count(refusals.read, "story read", "stories read")) }
        try refusals.finish()
    }
}
