import ArgumentParser
import Foundation
import Record

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that what the record keeps is what came, and that the rest follows from it.",
        discussion: """
            Checks the digests of pages and stories, the chain of reviews, the file and its search indexes. Where these are sound it makes all that is derived anew in a copy, in the folder for temporary files, and compares; --quick leaves this part out, which takes as long as reading all stories.

            Examples:
              onrecord verify --record war.onrecord
              onrecord verify --quick
            """)

    @OptionGroup var record: RecordOptions
    @Flag(help: "Leave out the comparison with a rebuild.")
    var quick = false

    func run() throws {
        let store = try record.open()
        let problems = try store.verify(whole: !quick) { Terminal.progress("\($0) stories") }
        Terminal.clearProgress()
        guard problems.isEmpty else {
            for problem in problems { Terminal.complain("\(record.path): \(problem)") }
            throw ExitCode(1)
        }
        let counts = try store.counts()
        print(
            "\(record.path): sound: "
                + [
                    DossierView.count(counts.stories, "story", "stories"),
                    DossierView.count(counts.receipts, "receipt", "receipts"),
                    DossierView.count(counts.incidents, "incident", "incidents"),
                    DossierView.count(counts.reviews, "review", "reviews"),
                ].joined(separator: ", ")
        )
    }
}

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make readings, incidents, tolls and the search index anew from the kept stories and reviews.",
        discussion: """
            Mends whatever `onrecord verify` finds wrong in what is derived. After an upgrade of Onrecord the first command that uses a record does it by itself.

            Examples:
              onrecord rebuild --record war.onrecord
            """)

    @OptionGroup var record: RecordOptions

    func run() throws {
        let store = try RecordStore(path: record.path, access: .writing)
        let count = try store.rebuild { Terminal.progress("\($0) stories") }
        Terminal.clearProgress()
        print("\(DossierView.count(count, "story", "stories")) read anew")
    }
}

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a record of what `onrecord export record` wrote.",
        discussion: """
            Takes pages, stories, receipts and reviews into a new or empty record, checks their digests and the chain of reviews, and derives the rest: the record that was exported. A file with a fault is refused as a whole, its line named.

            Examples:
              onrecord export record > war.jsonl
              onrecord import war.jsonl --record copy.onrecord
            """)

    @OptionGroup var record: RecordOptions
    @Argument(help: "The file, or - for standard input.", completion: .file())
    var file: String

    func run() throws {
        let handle: FileHandle
        let isNew = !FileManager.default.fileExists(atPath: record.path)
        if file == "-" {
            handle = .standardInput
        } else {
            guard FileManager.default.fileExists(atPath: file) else {
                throw Failure(message: "\(file): no such file: check the path", code: 66)
            }
            handle = try FileHandle(forReadingFrom: URL(filePath: file))
        }
        var lines = Lines(handle)
        do throws(RecordStoreError) {
            let store = try RecordStore(path: record.path)
            let count = try store.importArchive({ try lines.next() }) { Terminal.progress("\($0) stories") }
            Terminal.clearProgress()
            print("\(DossierView.count(count, "story", "stories")) taken into \(record.path)")
        } catch {
            Terminal.clearProgress()
            // Nothing came in: a file that was made for it is not left behind.
            if isNew {
                for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: record.path + end) }
            }
            if case .badArchive(let line, let reason) = error {
                throw Failure(message: "\(file):\(line): \(reason); nothing was taken in", code: 74)
            }
            throw error
        }
    }

    /// The lines of a stream, one after the other.
    private struct Lines {
        private let handle: FileHandle
        private var waiting: [UInt8] = []
        private var at = 0
        private var isOver = false

        init(_ handle: FileHandle) { self.handle = handle }

        mutating func next() throws -> [UInt8]? {
            var searched = at
            while true {
                if let end = waiting[searched...].firstIndex(of: 10) {
                    defer { at = end + 1 }
                    return Array(waiting[at..<end])
                }
                if isOver {
                    defer { at = waiting.count }
                    return at < waiting.count ? Array(waiting[at...]) : nil
                }
                waiting.removeFirst(at)
                at = 0
                searched = waiting.count
                let more = try handle.read(upToCount: 1 << 20) ?? Data()
                isOver = more.isEmpty
                waiting.append(contentsOf: more)
            }
        }
    }
}
