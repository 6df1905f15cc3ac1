import Foundation
import Intake

/// How fast pages come in: archives opened and split, feeds parsed. Prints one line of JSON a file, for the scripts that
/// measure others beside it.
///
///     intake-bench warc shard.warc.gz
///     intake-bench feed feed.xml
///     intake-bench pages FOLDER
@main
enum IntakeBench {
    private static let usage = """
        usage: intake-bench warc|feed FILE… [--runs N]
               intake-bench pages [--runs N] [--stories FILE] FOLDER

        """

    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.dropFirst().first == "pages" { return PagesBench.run(words: Array(arguments[2...])) }
        guard arguments.count >= 3 else {
            try FileHandle.standardError.write(
                contentsOf: Data(usage.utf8))
            exit(64)
        }
        var files = Array(arguments[2...])
        var runs = 5
        if let at = files.firstIndex(of: "--runs"), at + 1 < files.count {
            runs = Int(files[at + 1]) ?? runs
            files.removeSubrange(at...at + 1)
        }
        for file in files {
            switch arguments[1] {
            case "warc": try archive(file, runs)
            default: try feed(file, runs)
            }
        }
    }

    /// Opens an archive and takes every page out of it.
    private static func archive(_ path: String, _ runs: Int) throws {
        var (pages, bytes, refused) = (0, 0, 0)
        let seconds = try median(runs) {
            (pages, bytes, refused) = (0, 0, 0)
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            let walker = PageWalker(
                reading: handle, as: Page(name: path, bytes: []), maximumSize: 64 << 20)
            while let item = walker.next() {
                switch item {
                case .page(let page):
                    pages += 1
                    bytes += page.bytes.count
                case .line(.whole(_, let line), _): bytes += line.count
                case .line(.tooLong, _), .refused: refused += 1
                }
            }
            try handle.close()
        }
        report(path, "pages", pages, bytes, seconds, refused)
    }

    /// Parses a feed into its entries.
    private static func feed(_ path: String, _ runs: Int) throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let reader = FeedReader()
        var entries = 0
        let seconds = try median(runs) { entries = try reader.read(bytes, name: path).entries.count }
        report(path, "entries", entries, bytes.count, seconds, 0)
    }

    /// The median processor seconds of several runs after one to warm up: what other programs do beside it counts less so.
    private static func median(_ runs: Int, _ work: () throws -> Void) throws -> Double {
        try work()
        var times: [Double] = []
        for _ in 0..<runs {
            let start = clock()
            try work()
            times.append(Double(clock() - start) / Double(CLOCKS_PER_SEC))
        }
        return times.sorted()[times.count / 2]
    }

    private static func report(
        _ path: String, _ what: String, _ count: Int, _ bytes: Int, _ seconds: Double, _ refused: Int
    ) {
        print(
            """
            {"file":"\(path)","\(what)":\(count),"bytes":\(bytes),"refused":\(refused),"seconds":\(seconds),\
            "per_second":\(Int(Double(count) / seconds)),"mb_per_second":\(Int(Double(bytes) / seconds / 1e6))}
            """)
    }
}
