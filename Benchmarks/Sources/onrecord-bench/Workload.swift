import Foundation
import Intake
import Onrecord
import Stories

/// The stories that are read: those of a file, or the samples over and over.
struct Workload {
    /// The pages as they come from disk, all in memory.
    let pages: [Page]
    /// The same as the batch reader takes them: a file is streamed line by line, so that its lines go to many threads.
    let inputs: [BatchReader.Input]
    /// Their format.
    let format: Page.Format
    /// Their stories.
    let stories: [Story]
    /// What was read, in words.
    let summary: String
    /// Bytes of all stories' text.
    let bytes: Int
    /// Runs without white space in all stories' text.
    let words: Int

    /// - Parameter path: a file of JSON Lines; nil for the samples.
    init(path: String?) throws {
        let source: String
        if let path {
            source = path
            pages = [Page(name: path, bytes: try Workload.read(path), format: .jsonl)]
            inputs = [.file(path: path)]
            format = .jsonl
        } else {
            (pages, source) = try Workload.samples()
            inputs = pages.map { .page($0) }
            format = .auto
        }
        let reader = PageReader(maximumSize: .max)
        stories = try pages.flatMap { try reader.read($0).map { try $0.get() } }
        guard !stories.isEmpty else { throw Problem(message: "\(source): no stories", code: 66) }
        bytes = stories.reduce(0) { $0 + $1.span.count }
        words = stories.reduce(0) { $0 + Workload.words($1) }
        let size = (Double(bytes) / 1e6).formatted(.number.precision(.fractionLength(2)))
        summary = "\(source): \(stories.count) stories, \(words) words, \(size) MB"
    }

    /// The files of Samples/, so often that there are 2 MB to read.
    private static func samples() throws -> ([Page], String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "Samples")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
            .filter { $0.hasSuffix(".txt") || $0.hasSuffix(".jsonl") }
        let once = try names.map { name in
            Page(name: name, bytes: try read(folder.appending(path: name).path))
        }
        let size = once.reduce(0) { $0 + $1.bytes.count }
        guard size > 0 else {
            throw Problem(message: "\(folder.path): no samples: name a file of JSON Lines", code: 66)
        }
        let times = max(1, 2_000_000 / size)
        return ((0..<times).flatMap { _ in once }, "Samples, \(times) times")
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(message: "\(path): no such file: check the path", code: 66)
        }
        return Array(data)
    }

    private static func words(_ story: Story) -> Int {
        var words = 0
        var inWord = false
        for byte in story.bytes[story.span.range] {
            if byte > 32, !inWord { words += 1 }
            inWord = byte > 32
        }
        return words
    }
}
