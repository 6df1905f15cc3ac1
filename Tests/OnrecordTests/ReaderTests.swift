import Foundation
import Intake
import Onrecord
import Stories
import TestSupport
import Testing

/// The project's own folder, from where this file stands.
let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private func sample(_ name: String) throws -> [Story] {
    let bytes = Array(try Data(contentsOf: root.appending(path: "Samples/\(name)")))
    return try PageReader().read(Page(name: name, bytes: bytes)).map { try $0.get() }
}

@Suite("A reading")
struct ReadingTests {
    @Test(
        "of the sample is what it was",
        arguments: ["meridian-wire.txt", "balkan-dispatch.txt", "harbour-radio.txt", "coast-herald.jsonl"])
    func golden(name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let readings = try sample(name).map { Reader().read($0) }
        let text = String(decoding: try encoder.encode(readings), as: UTF8.self) + "\n"
        let file = root.appending(path: "Tests/OnrecordTests/Goldens/\(name).json")
        let difference = Golden.difference(text, from: file)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("is written as its own Codable form, the texts and tokens with it")
    func writer() throws {
        for story in try sample("meridian-wire.txt") {
            let reading = Reader(options: .init(withText: true, withTokens: true)).read(story)
            let line = ReadingWriter().line(reading)
            #expect(try JSONDecoder().decode(Reading.self, from: Data(line)) == reading)
            #expect(line.last == 10 && !line.dropLast().contains(10))
        }
    }

    @Test("tells the sample's tolls and who states them")
    func sampleFacts() throws {
        let story = try #require(try sample("meridian-wire.txt").first)
        let reading = Reader().read(story)
        let main = try #require(reading.incidents.first { $0.main })
        #expect(main.type == .explosion)
        #expect(main.from == Day(iso: "2025-03-03"))
        #expect(main.place?.country == "RO")
        #expect(main.killed == .init(min: 9, max: 30, best: 9))
        #expect(main.injured?.best == 27)
        let doctor = try #require(reading.figures.first { $0.max == 30 })
        #expect(doctor.attribution.map { reading.attributions[$0].speaker.kind } == .unnamed)
    }

    /// The reading of a story that came as a line of JSON.
    private func reading(title: String, text: String) throws -> Reading {
        let line = try JSONEncoder().encode(["title": title, "text": text, "published": "2025-03-03"])
        let stories = try PageReader().read(Page(name: "stories.jsonl", bytes: Array(line)))
        return Reader().read(try #require(stories.first).get())
    }

    @Test("takes the figures of a title that came apart, and their toll where the text gives none")
    func titles() throws {
        let silent = try reading(
            title: "Two dead after blast at Hanover mill",
            text: "A blast tore through a mill in Hanover on Monday, police said.\n\nFirefighters worked until noon.")
        #expect(silent.titleFigures?.map(\.min) == [2] && silent.figures.isEmpty)
        #expect(silent.incidents.first?.killed?.best == 2)
        let other = try reading(
            title: "Three killed in Hanover raid",
            text: "Four people were killed in a raid in Hanover on Sunday, police said.\n\nNobody was held.")
        let figure = try #require(other.titleFigures?.first)
        #expect(other.incidents.first?.killed?.best == 4)
        #expect(figure.differs.map { other.figures[$0].min } == 4)
        let same = try reading(
            title: "Four killed in Hanover raid",
            text: "Four people were killed in a raid in Hanover on Sunday, police said.\n\nNobody was held.")
        #expect(same.titleFigures?.first?.repeats == 0)
        let headline = try reading(
            title: "Four killed in Hanover raid",
            text: "Four killed in Hanover raid\n\nFour people were killed in a raid in Hanover on Sunday, police said.")
        #expect(headline.titleFigures == nil)
        #expect(try JSONDecoder().decode(Reading.self, from: Data(ReadingWriter().line(other))) == other)
    }

    @Test("dates a happening by the day of its own verb, not of what was said of it")
    func dates() throws {
        let story = Story(
            text: """
                One was a happy person, and the other a teacher.

                The words came Sunday from a friend of the two men shot to death at a house.

                The shooting occurred about 3 p.m. Saturday, police said.
                """, published: "2018-04-01")
        let main = try #require(Reader().read(story).incidents.first { $0.main })
        #expect(main.from == Day(iso: "2018-03-31"))
        #expect(main.killed?.best == 2)
    }

    @Test("holds for any text: spans inside it, indices that point somewhere", arguments: 0..<150)
    func property(seed: Int) throws {
        var random = RandomText(seed: UInt64(seed))
        let story = Story(text: random.text(pieces: 150), published: "2018-02-15")
        let reading = Reader(options: .init(withText: true, withTokens: true)).read(story)
        let faults = SpanCheck.faults(of: reading, in: story.bytes)
        #expect(faults.isEmpty, "\(faults)")
        #expect(try JSONDecoder().decode(Reading.self, from: Data(ReadingWriter().line(reading))) == reading)
    }

    @Test("takes time in proportion to a text, also one without a full stop")
    func length() {
        let clock = ContinuousClock()
        func seconds(_ count: Int) -> Double {
            let text = String(
                repeating: "officials who said “that five men were killed or hurt in the town, ", count: count)
            return clock.measure { _ = Reader().read(Story(text: text)) } / .seconds(1)
        }
        _ = seconds(10)
        let (short, long) = (seconds(100), seconds(800))
        // Eight times the text; a quadratic reader would take 64 times as long.
        #expect(long < max(short, 0.02) * 30, "\(short) s, then \(long) s")
    }
}

@Suite("A batch")
struct BatchTests {
    private func page(_ lines: Int) -> Page {
        let text = (0..<lines).map { index in
            #"{"id": "\#(index)", "published": "2020-01-02", "text": "Police said \#(index) people were killed in Paris on Monday. Officials denied it."}"#
        }.joined(separator: "\n")
        return Page(name: "batch.jsonl", bytes: Array(text.utf8))
    }

    private func read(_ page: Page, threads: Int) async throws -> [UInt8] {
        var options = BatchReader.Options()
        options.threads = threads
        let reader = Reader()
        var bytes: [UInt8] = []
        try await BatchReader(options: options).read([.page(page)]) {
            ReadingWriter().line(reader.read($0.story))
        } deliver: { result in
            bytes += try result.get()
        }
        return bytes
    }

    @Test("comes in the order of the input, the same at any number of threads")
    func threads() async throws {
        let page = page(700)
        let single = try await read(page, threads: 1)
        #expect(single == (try await read(page, threads: 2)))
        #expect(single == (try await read(page, threads: 7)))
        let ids = try single.split(separator: 10).map { try JSONDecoder().decode(Reading.self, from: Data($0)).id }
        #expect(ids == (0..<700).map(String.init))
    }

    @Test("goes on behind what cannot be read, in its place")
    func failures() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "onrecord-batch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files: [(String, [UInt8])] = [
            ("a.txt", Array("It rained in the valley.".utf8)), ("b.txt", []), ("b.md", Array("# No page".utf8)),
            (".hidden.txt", Array("No page.".utf8)),
            ("c.txt", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0]),
            (
                "d.jsonl",
                Array("{\"text\":\"It rained.\"}\n{\"text\":\"Again.\"}\n{broken\n{\"text\":\"It stopped.\"}\n".utf8)
            ),
        ]
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
        var outcomes: [String] = []
        let inputs: [BatchReader.Input] = [.file(path: folder.path), .file(path: folder.path + "/none.txt")]
        try await BatchReader().read(inputs) {
            $0.page.split(separator: "/").last.map(String.init) ?? ""
        } deliver: { result in
            switch result {
            case .success(let page): outcomes.append(page)
            case .failure(.empty): outcomes.append("empty")
            case .failure(.binary): outcomes.append("binary")
            case .failure(.badLine(_, let line, _)): outcomes.append("line \(line)")
            case .failure(.missing): outcomes.append("missing")
            case .failure(let error): outcomes.append("\(error)")
            }
        }
        #expect(outcomes == ["a.txt", "empty", "binary", "d.jsonl", "d.jsonl", "line 3", "d.jsonl", "missing"])
    }

    @Test("refuses a line beyond the limit without holding it")
    func longLine() async throws {
        var options = BatchReader.Options()
        options.maximumSize = 1 << 20
        let folder = FileManager.default.temporaryDirectory.appending(path: "onrecord-long-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: folder) }
        var bytes = Array("{\"text\":\"It rained.\"}\n{\"text\":\"".utf8)
        bytes += [UInt8](repeating: 97, count: 3 << 20)
        bytes += Array("\"}\n{\"text\":\"It stopped.\"}".utf8)
        try Data(bytes).write(to: folder)
        var outcomes: [String] = []
        try await BatchReader(options: options).read([.file(path: folder.path)]) {
            $0.story.text($0.story.span)
        } deliver: { result in
            switch result {
            case .success(let text): outcomes.append(text)
            case .failure(.longLine(_, let line, _)): outcomes.append("long \(line)")
            case .failure(let error): outcomes.append("\(error)")
            }
        }
        #expect(outcomes == ["It rained.", "long 2", "It stopped."])
    }
}
