import Foundation
import Onrecord

/// Measures reading: the whole way on one thread and on all cores, then each stage alone.
@main
struct Bench {
    static func main() async {
        do {
            try await run(try Arguments(Array(CommandLine.arguments.dropFirst())))
        } catch let problem as Problem {
            FileHandle.standardError.write(Data("onrecord-bench: \(problem.message)\n".utf8))
            exit(problem.code)
        } catch {
            FileHandle.standardError.write(Data("onrecord-bench: \(error)\n".utf8))
            exit(70)
        }
    }

    private static func run(_ arguments: Arguments) async throws {
        guard !arguments.wantsHelp else { return print(Arguments.help) }
        let workload = try Workload(path: arguments.file)
        print(workload.summary)
        print("median of \(arguments.runs) runs after one to warm up; MB are 10⁶ bytes of story text\n")

        var whole: [Row] = []
        for threads in arguments.threads {
            let seconds = try await Clock.median(of: arguments.runs) {
                try await readAll(workload, threads: threads)
            }
            whole.append(Row("read, \(threads) \(threads == 1 ? "thread" : "threads")", seconds))
        }
        print(Table.text(whole, workload))

        print("\nthe stages, on one thread, each fed with what the stages before it made\n")
        let stages = try await Stages(workload.stories).measure(pages: workload.pages, runs: arguments.runs)
        print(Table.text(stages, workload, withShare: true))
        print("\n" + LookUps.summary(workload.stories))
        print("\npeak memory of the whole run: \(Memory.peakMegabytes) MB")
    }

    /// What `onrecord read` does, but for writing to standard output: pages to lines of JSON, in the order of the input.
    private static func readAll(_ workload: Workload, threads: Int) async throws -> Int {
        let reader = Reader()
        let writer = ReadingWriter()
        var options = BatchReader.Options()
        options.threads = threads
        options.format = workload.format
        var bytes = 0
        try await BatchReader(options: options).read(workload.inputs) { arrival in
            writer.line(reader.read(arrival.story)).count
        } deliver: { result in
            bytes += try result.get()
        }
        return bytes
    }
}

/// Why the benchmark ends, with its exit code.
struct Problem: Error {
    var message: String
    var code: Int32
}
