import ArgumentParser
import Record

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that what the record keeps is what came: digests, the chain of reviews, the file itself.",
        discussion: """
            Examples:
              onrecord verify --record war.onrecord
            """)

    @OptionGroup var record: RecordOptions

    func run() throws {
        let store = try record.open()
        let problems = try store.verify()
        guard problems.isEmpty else {
            for problem in problems { Terminal.complain("\(record.path): \(problem)") }
            throw ExitCode(1)
        }
        let counts = try store.counts()
        print(
            "\(record.path): sound: \(counts.stories) stories, \(counts.receipts) receipts, \(counts.incidents) incidents, \(counts.reviews) reviews"
        )
    }
}

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make readings, incidents, tolls and the search index anew from the kept stories and reviews.",
        discussion: """
            For after an upgrade of Onrecord, or for proof: the stories and reviews alone make the record.

            Examples:
              onrecord rebuild --record war.onrecord
            """)

    @OptionGroup var record: RecordOptions

    func run() throws {
        let count = try Recorder(try record.open()).rebuild()
        print("\(DossierView.count(count, "story", "stories")) read anew")
    }
}
