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
            is no terminal. Nothing is kept. Pages are wire text, HTML, feeds, ninjs, NewsML-G2, NITF or JSON Lines, and
            gzip, ZIP and WARC archives of them. With --output ninjs or newsml the readings come back as news items: ninjs
            3.2, an object a line, or one NewsML-G2 message.

            Examples:
              onrecord read page.txt
              onrecord read --input jsonl --output jsonl stories.jsonl > readings.jsonl
              onrecord read --output ninjs shard.warc.gz > items.ninjs
              curl -s https://example.org/story.html | onrecord read --input html -
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case jsonl, text, ninjs, newsml }

    @OptionGroup var input: InputOptions
    @Option(help: "Form of the readings: jsonl, text, ninjs or newsml (text on a terminal, else jsonl).")
    var output: Form?
    @Flag(help: "Write each story's text, too.")
    var withText = false
    @Flag(help: "Write the tokens, with tags and lemmas, too.")
    var withTokens = false

    func run() async throws {
        let form = output ?? (Terminal.isInteractive ? .text : .jsonl)
        let reader = Reader(options: .init(withText: withText, withTokens: withTokens))
        let writer = ReadingWriter()
        let ninjs = NinjsWriter()
        let newsml = NewsMLWriter()
        let batch = BatchReader(options: input.options)
        var out = Output()
        var refusals = Refusals()
        if form == .newsml { try out.write(newsml.head) }
        try await batch.read(try input.inputs) { arrival in
            let reading = reader.read(arrival.story)
            switch form {
            case .jsonl: return writer.line(reading)
            case .ninjs: return ninjs.line(arrival.story, reading)
            case .newsml: return newsml.item(arrival.story, reading)
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
        if form == .newsml { try out.write(newsml.tail) }
        try out.flush()
        if form == .text { Terminal.remark(DossierView.count(refusals.read, "story read", "stories read")) }
        try refusals.finish()
    }
}
