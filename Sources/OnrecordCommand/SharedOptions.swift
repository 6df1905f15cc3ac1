public import ArgumentParser
import Foundation
public import Intake
import Onrecord
public import Record
public import Stories

extension Day: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`.
    public init?(argument: String) { self.init(iso: argument) }
}

extension Page.Format: ExpressibleByArgument {}
extension IncidentType: ExpressibleByArgument {}
extension ReviewStatus: ExpressibleByArgument {}

/// Which pages to read, and how.
struct InputOptions: ParsableArguments {
    @Argument(
        help: "Pages: files, folders, archives of them (gzip, ZIP, WARC), or - for standard input.",
        completion: .file())
    var files: [String] = []

    @Option(help: "Format of the pages, those in archives too.")
    var input: Page.Format = .auto

    @Option(help: ArgumentHelp("Day of publication of pages that give none.", valueName: "YYYY-MM-DD"))
    var published: Day?

    @Option(help: "How many threads read side by side (a thread a core by default).")
    var threads: Int?

    @Option(help: ArgumentHelp("Refuse pages, and lines of JSON Lines, larger than this.", valueName: "MiB"))
    var maxSize: Int = 64

    func validate() throws {
        guard threads ?? 1 >= 1 else { throw ValidationError("--threads is a number from 1 on.") }
        guard 1...2048 ~= maxSize else { throw ValidationError("--max-size is a number of MiB from 1 to 2048.") }
    }

    var options: BatchReader.Options {
        var options = BatchReader.Options()
        options.format = input
        options.published = published
        if let threads { options.threads = threads }
        options.maximumSize = maxSize << 20
        return options
    }

    /// The inputs; standard input where none is named and no person sits at it.
    var inputs: [BatchReader.Input] {
        get throws {
            if files.isEmpty {
                guard isatty(STDIN_FILENO) == 0 else {
                    throw ValidationError("Name the pages to read, or - for standard input.")
                }
                return [.standardInput]
            }
            return files.map { $0 == "-" ? .standardInput : .file(path: $0) }
        }
    }
}

extension InputOptions {
    /// Prints what `text` makes of each story, and ends with the exit code for what could not be read.
    func print(_ text: @escaping @Sendable (BatchReader.Arrival) -> String) async throws {
        var out = Output()
        var refusals = Refusals()
        try await BatchReader(options: options).read(try inputs, transform: text) { result in
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
}

/// Counts what could not be read, and gives the exit code for it.
struct Refusals {
    private(set) var count = 0
    private var missing = 0
    /// How many stories were read.
    private(set) var read = 0

    mutating func add(_ error: IntakeError) {
        count += 1
        if case .missing = error { missing += 1 }
        Terminal.complain(error.description)
    }

    mutating func addReading() { read += 1 }

    /// Ends with 66 where no input was there at all, with 1 where some failed.
    func finish() throws {
        guard count > 0 else { return }
        throw ExitCode(missing == count && read == 0 ? 66 : 1)
    }
}

/// Which record.
struct RecordOptions: ParsableArguments {
    @Option(help: "The record's file (else ONRECORD_RECORD, else onrecord.sqlite).", completion: .file())
    var record: String?

    var path: String {
        let named = ProcessInfo.processInfo.environment["ONRECORD_RECORD"] ?? ""
        return record ?? (named.isEmpty ? "onrecord.sqlite" : named)
    }

    /// The record; one that an older engine made is read anew first.
    func open(_ access: RecordStore.Access = .reading) throws -> RecordStore {
        let store = try RecordStore(path: path, access: access)
        if try store.needsRebuild() {
            guard !store.isReadOnly else { throw RecordStoreError.older(path: path) }
            Terminal.complain("\(path): made by another Onrecord: reading its stories anew")
            _ = try store.rebuild { Terminal.progress("\($0) stories") }
            Terminal.clearProgress()
        }
        return store
    }
}
