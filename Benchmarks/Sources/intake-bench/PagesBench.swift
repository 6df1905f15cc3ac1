import Foundation
import Intake
import Stories

/// Measures intake: the pages of a folder, from their bytes in memory to stories, on one thread; prints JSON.
enum PagesBench {
    static let help = """
        Measures how fast pages become stories, on one thread, without reading them from disk.

        usage: intake-bench pages [--runs N] [--stories FILE] FOLDER

        FOLDER          pages of any format; those below it count, too
        --runs N        how many measured runs the median is taken of (5)
        --stories FILE  write what was read: one object a line, with "id", "title" and "text"
        """

    static func run(words: [String]) {
        do {
            try run(words)
        } catch let problem as Problem {
            FileHandle.standardError.write(Data("intake-bench: \(problem.message)\n".utf8))
            exit(problem.code)
        } catch {
            FileHandle.standardError.write(Data("intake-bench: \(error)\n".utf8))
            exit(70)
        }
    }

    private static func run(_ words: [String]) throws {
        var folder: String?
        var runs = 5
        var output: String?
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h": return print(help)
            case "--runs":
                guard let number = rest.popFirst().flatMap({ Int($0) }), 1...1000 ~= number else {
                    throw Problem(message: "--runs takes a number from 1 to 1000", code: 64)
                }
                runs = number
            case "--stories":
                guard let path = rest.popFirst() else { throw Problem(message: "--stories takes a file", code: 64) }
                output = path
            case _ where word.hasPrefix("-") || folder != nil:
                throw Problem(message: "\(word): not understood\n\n\(help)", code: 64)
            default: folder = word
            }
        }
        guard let folder else { throw Problem(message: "name a folder\n\n\(help)", code: 64) }
        let pages = try pages(in: folder)
        let reader = PageReader(maximumSize: .max)
        let read = pages.map { stories(of: $0, reader) }
        let expected = read.reduce(0) { $0 + $1.reduce(0) { $0 + $1.span.count } }
        var seconds: [Double] = []
        for _ in 0..<runs {
            let clock = ContinuousClock()
            let start = clock.now
            var made = 0
            for page in pages { for story in stories(of: page, reader) { made += story.span.count } }
            seconds.append((clock.now - start) / .seconds(1))
            guard made == expected else { throw Problem(message: "two runs made different things", code: 70) }
        }
        if let output { try write(read.flatMap { $0 }, to: output) }
        seconds.sort()
        let result: [String: Any] = [
            "pages": pages.count, "bytes": pages.reduce(0) { $0 + $1.bytes.count },
            "stories": read.reduce(0) { $0 + $1.count }, "seconds": seconds[seconds.count / 2],
            "best_seconds": seconds[0], "pages_per_second": Double(pages.count) / seconds[seconds.count / 2],
        ]
        print(
            String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
    }

    /// What a page gives; one that is refused gives nothing.
    private static func stories(of page: Page, _ reader: PageReader) -> [Story] {
        ((try? reader.read(page)) ?? []).compactMap { try? $0.get() }
    }

    private static func pages(in folder: String) throws -> [Page] {
        let names = ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).sorted()
        let pages = names.compactMap { name -> Page? in
            var isFolder: ObjCBool = false
            let path = folder + "/" + name
            guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
            else {
                return nil
            }
            return FileManager.default.contents(atPath: path).map { Page(name: name, bytes: Array($0)) }
        }
        guard !pages.isEmpty else { throw Problem(message: "\(folder): no pages", code: 66) }
        return pages
    }

    private static func write(_ stories: [Story], to path: String) throws {
        var lines = Data()
        for story in stories {
            let object = ["id": story.id, "title": story.title ?? "", "text": story.text(story.span)]
            lines.append(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]))
            lines.append(UInt8(ascii: "\n"))
        }
        try lines.write(to: URL(filePath: path))
    }
}

/// Why the benchmark ends, with its exit code.
struct Problem: Error {
    var message: String
    var code: Int32
}
