import Foundation
import Record
import Testing

/// The program as it was built, run as a person runs it.
struct Program {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "onrecord-command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    struct Result: Sendable {
        var code: Int32
        var output: String
        var errors: String
    }

    /// The program stands beside the tests' own.
    static let path: String = {
        // Another build than the tests' own: `ONRECORD_PROGRAM=.build/release/onrecord`.
        if let named = ProcessInfo.processInfo.environment["ONRECORD_PROGRAM"] { return URL(filePath: named).path }
        var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "onrecord").path
            if FileManager.default.isExecutableFile(atPath: candidate),
                !FileManager.default.fileExists(atPath: candidate + "/Package.swift")
            {
                return candidate
            }
            folder = folder.deletingLastPathComponent()
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/debug/onrecord").path
    }()

    func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: Program.path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["ONRECORD_RECORD": folder.appending(path: "r.sqlite").path, "PATH": "/usr/bin:/bin"]
        return process
    }

    /// Runs the program; its outputs go to files, so that no pipe fills up.
    func run(_ arguments: String..., input: [UInt8]? = nil) throws -> Result {
        let process = process(arguments)
        let (out, err) = (
            folder.appending(path: "out-\(UUID().uuidString)"), folder.appending(path: "err-\(UUID().uuidString)")
        )
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        let stdin = folder.appending(path: "in-\(UUID().uuidString)")
        try Data(input ?? []).write(to: stdin)
        process.standardInput = try FileHandle(forReadingFrom: stdin)
        try process.run()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: err), as: UTF8.self))
    }

    func write(_ bytes: [UInt8], as name: String) throws -> String {
        try Data(bytes).write(to: folder.appending(path: name))
        return name
    }

    func write(_ text: String, as name: String) throws -> String { try write(Array(text.utf8), as: name) }
}

@Suite("The command onrecord")
struct CommandTests {
    private let program: Program

    init() throws { program = try Program() }

    private let story =
        "Blast kills two in Lyon\n\nBy Ann Roe\n\nLYON, France, March 2, 2020 (Gull) - Two people were killed in an explosion in Lyon on Monday, police said.\n"

    @Test("says its version, its help, and what is wrong with a wrong command")
    func usage() throws {
        #expect(try program.run("--version").output == "0.1.0\n")
        let help = try program.run("--help")
        #expect(help.code == 0)
        for name in [
            "read", "quotes", "figures", "times", "places", "parse", "link", "add", "incidents", "show", "search",
            "sources",
            "review", "export", "serve", "verify", "rebuild",
        ] {
            let own = try program.run("help", name)
            #expect(own.code == 0 && own.output.contains("Examples:") && help.output.contains("  \(name)"), "\(name)")
        }
        #expect(try program.run("read", "--threads", "0", "x").code == 64)
        #expect(try program.run("frobnicate").code == 64)
        #expect(try program.run("--generate-completion-script", "bash").output.contains("onrecord"))
    }

    @Test("reads bad pages' neighbours, names what is wrong, and ends with 1")
    func badPages() throws {
        _ = try program.write(story, as: "good.txt")
        _ = try program.write("", as: "empty.txt")
        _ = try program.write([0x50, 0x4B, 3, 4, 0, 0, 0, 0, 8, 0], as: "zip.txt")
        _ = try program.write(
            [UInt8]("Two people died in a caf\u{0}".utf8.dropLast()) + [0xE9] + Array(" fire, the mayor said.".utf8),
            as: "latin.txt")
        _ = try program.write(
            "{\"text\":\"It rained.\"}\n{\"text\":\"Again.\"}\n{\"text\":\n{\"text\":\"It stopped.\"}\n",
            as: "lines.jsonl")
        let result = try program.run(
            "read", "good.txt", "empty.txt", "zip.txt", "missing.txt", "latin.txt", "lines.jsonl", "--with-text")
        #expect(result.code == 1)
        #expect(result.output.split(separator: "\n").count == 5)
        #expect(result.output.contains("café fire"))
        let errors = result.errors.split(separator: "\n")
        #expect(errors.count == 4)
        #expect(errors[0].hasPrefix("onrecord: empty.txt: empty"))
        #expect(errors[1].hasPrefix("onrecord: zip.txt: the ZIP archive has no list of entries"))
        #expect(errors[2].hasPrefix("onrecord: missing.txt: no such file"))
        #expect(errors[3].hasPrefix("onrecord: lines.jsonl:3: "))
        #expect(try program.run("read", "missing.txt").code == 66)
    }

    @Test("refuses a page over the limit in bounded memory")
    func large() throws {
        _ = try program.write([UInt8](repeating: 97, count: 5 << 20), as: "long.txt")
        let result = try program.run("read", "--max-size", "2", "long.txt")
        #expect(result.code == 1)
        #expect(result.errors.contains("larger than 2 MiB"))
    }

    @Test("is a pure filter, the same at any number of threads")
    func filter() throws {
        let lines = (0..<300).map {
            "{\"id\":\"\($0)\",\"text\":\"Police said \($0) people were killed in Lyon on Monday.\"}\n"
        }.joined()
        _ = try program.write(lines, as: "many.jsonl")
        let single = try program.run("read", "--threads", "1", "many.jsonl")
        let many = try program.run("read", "--threads", "5", "many.jsonl")
        #expect(single.code == 0 && single.output == many.output)
        #expect(single.output.split(separator: "\n").count == 300)
        let piped = try program.run("read", "--input", "jsonl", "-", input: Array(lines.utf8))
        #expect(piped.output == single.output)
    }

    @Test("draws the trees of sentences, and writes them in the treebanks' form")
    func parses() throws {
        let text = Array("The blast killed five people, a doctor said.".utf8)
        let drawn = try program.run("parse", "-", input: text)
        #expect(drawn.code == 0)
        #expect(drawn.output.contains("│  ├─ blast  NOUN nsubj\n"))
        let rows = try program.run("parse", "--output", "conllu", "-", input: text).output.split(separator: "\n")
        #expect(rows.filter { $0.first?.isNumber == true }.count == 10)
        #expect(rows.contains { $0.hasPrefix("3\tkilled\tkill\tVERB\t_\t_\t") })
    }

    @Test("keeps a record from first page to dossier, search, export and review")
    func record() throws {
        #expect(try program.run("incidents").code == 66)
        _ = try program.write(story, as: "a.txt")
        #expect(try program.run("add", "a.txt").output.hasPrefix("1 story added"))
        #expect(try program.run("add", "a.txt").output.contains("1 known already"))
        let incidents = try JSONDecoder().decode(
            [IncidentSummary].self, from: Data(try program.run("incidents", "--json").output.utf8))
        let id = try #require(incidents.first).id
        let dossier = try program.run("show", id)
        #expect(dossier.code == 0)
        for part in ["TOLL", "CLAIMS", "TIMELINE", "STORIES", "Two people were killed in an explosion"] {
            #expect(dossier.output.contains(part))
        }
        #expect(
            try JSONDecoder().decode(Dossier.self, from: Data(try program.run("show", id, "--json").output.utf8))
                .stories.count == 1)
        #expect(try program.run("search", "explosion", "Lyon").output.contains("[explosion]"))
        #expect(try program.run("sources").output.contains("police"))
        #expect(try program.run("sources", "police").output.contains("killed: Two people"))
        #expect(try program.run("export", "incidents").output.contains(id))
        #expect(try program.run("export", "claims").output.contains("killed,2,2"))
        #expect(try program.run("review", "correct", id, "killed=3", "--by", "A. Roe", "--why", "list seen").code == 0)
        #expect(try program.run("show", id).output.contains("set by review 1"))
        #expect(try program.run("verify").output.contains("sound"))
        #expect(try program.run("rebuild").output.hasPrefix("1 story read anew"))
        #expect(try program.run("show", "ffffffff").code == 66)
        _ = try program.write("this is no database, and long enough to be looked at as one", as: "other.db")
        #expect(try program.run("incidents", "--record", "other.db").code == 74)
    }

    @Test("exports the record in each format, and a file wholly or not at all")
    func export() throws {
        _ = try program.write(story, as: "a.txt")
        _ = try program.run("add", "a.txt")
        let kinds: [(String, String)] = [
            ("incidents", "id,type,from"), ("claims", "incident,claim,"), ("ucdp", "id,relid,year"),
            ("acled", "event_id_cnty,"), ("airwars", "date,country"), ("geojson", "{\"type\":\"FeatureCollection\""),
            ("annotations", "{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\""),
            ("prov", "{\"@context\":{\"prov\":"),
            ("ftm", "{\"id\":"), ("dossier", "<!doctype html>"),
        ]
        let help = try program.run("help", "export").output
        for (kind, start) in kinds {
            let result = try program.run("export", kind)
            #expect(result.code == 0 && result.output.hasPrefix(start), "\(kind)")
            #expect(help.contains("\n  \(kind) "))
            #expect(try program.run("export", kind, "--output", kind).output.isEmpty)
            let file = program.folder.appending(path: kind)
            #expect(try String(contentsOf: file, encoding: .utf8) == result.output)
        }
        #expect(try program.run("export", "incidents", "--country", "DE").output.split(separator: "\n").count == 1)
        #expect(try program.run("export", "incidents", "--hxl").output.contains("\n#event+id,"))
        #expect(try program.run("export", "ucdp", "--format", "html").code == 64)
        #expect(try program.run("export", "claims", "--hxl").code == 64)
        #expect(try program.run("export", "dossier", "ffffffff", "--output", "none").code == 66)
        #expect(try program.run("export", "incidents", "--output", "no/such/folder").code == 74)
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
        #expect(!left.contains("none") && !left.contains { $0.hasSuffix(".part") })
    }

    @Test("prints the dossier that the README shows")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let samples = ["meridian-wire.txt", "balkan-dispatch.txt", "harbour-radio.txt", "coast-herald.jsonl"]
        for name in samples { #expect(try program.run("add", root.appending(path: "Samples/\(name)").path).code == 0) }
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let excerpt = try #require(
            readme.components(separatedBy: "<!-- excerpt -->").last?.components(separatedBy: "```").dropFirst().first)
        func plain(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let dossier = plain(try program.run("show", "5eb0").output)
        let parts = excerpt.components(separatedBy: "…").map(plain).filter { !$0.isEmpty }
        #expect(parts.count > 3)
        var rest = dossier[...]
        for part in parts {
            let found = try #require(rest.range(of: part), "the dossier has no “\(part)” there")
            rest = rest[found.upperBound...]
        }
    }

    @Test("lays the record beside a coded file, and names the rows that it cannot read")
    func compare() throws {
        _ = try program.write(
            "Two people were killed in an explosion in Lyon, France, on Monday, police said.\n", as: "lyon.txt")
        #expect(try program.run("add", "--published", "2020-03-03", "lyon.txt").code == 0)
        _ = try program.write(
            "\u{FEFF}fatalities,event_date,country,location,latitude,longitude,event_id_cnty\r\n"
                + "3,2020-03-02,France,\"Lyon, 3e\",45.75,4.85,FRA1\r\nx,2020-03-02,France,Lyon,45.75,4.85,FRA2\r\n",
            as: "coded.csv")
        let table = try program.run("compare", "coded.csv")
        #expect(table.code == 1)
        #expect(table.errors.contains("coded.csv: line 3, column fatalities"))
        #expect(table.output.contains("1 matched") && table.output.contains("stories-below"))
        let csv = try program.run("compare", "coded.csv", "--csv").output.split(separator: "\r\n").first ?? ""
        #expect(csv.contains("matched,2,FRA1,2020-03-02,2020-03-02,France,\"Lyon, 3e\",,3,,"))
        #expect(try program.run("compare", "nowhere.csv").code == 66)
        #expect(try program.run("compare", "coded.csv", "--csv", "--json").code == 64)
    }

    @Test("lets no page steer the terminal")
    func control() throws {
        _ = try program.write("Blast \u{1B}[2J\u{1B}]0;owned\u{07} kills two in Lyon, police said.\n", as: "c.txt")
        let text = try program.run("read", "--output", "text", "c.txt")
        #expect(!text.output.contains("\u{1B}") && !text.output.contains("\u{07}"))
    }

    @Test("links readings that tell of one happening")
    func link() throws {
        _ = try program.write(
            "{\"id\":\"a\",\"published\":\"2020-03-02\",\"text\":\"Two people were killed in an explosion in Lyon on Monday, police said.\"}\n"
                + "{\"id\":\"b\",\"published\":\"2020-03-03\",\"text\":\"An explosion killed three people in Lyon on Monday, the mayor said.\"}\n"
                + "{\"id\":\"c\",\"published\":\"2020-03-03\",\"text\":\"Voters in Peru go to the polls.\"}\n",
            as: "l.jsonl")
        _ = try program.write(try program.run("read", "--with-text", "l.jsonl").output, as: "readings.jsonl")
        let lines = try program.run("link", "readings.jsonl").output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines[0].contains("\"incident\":\"a\"") && lines[1].contains("\"incident\":\"a\"")
                && !lines[2].contains("\"incident\":\"a\""))
    }

    /// Stories as unlike as a day's news.
    private func news(_ count: Int) -> String {
        let cities = ["Lyon", "Turin", "Leeds", "Gdansk", "Porto", "Graz", "Ghent", "Malmo", "Bergen", "Cork", "Brno"]
        let kinds = ["explosion", "shooting", "bus crash", "flood", "fire"]
        return (0..<count).map { number in
            let day = "2020-\(String(101 + number % 12).dropFirst())-\(String(101 + number % 28).dropFirst())"
            return """
                {"id":"\(number)","published":"\(day)","text":"Officer Kovac\(number) said \(number + 2) people were killed in a \
                \(kinds[number % 5]) in \(cities[number % 11]). The Tolvik\(number) brigade denied it."}

                """
        }.joined()
    }

    @Test("killed at random moments while adding loses no story that was in, and leaves none by half")
    func kill() throws {
        // A few in every run; ONRECORD_KILLS=200 for a long one.
        let kills = Int(ProcessInfo.processInfo.environment["ONRECORD_KILLS"] ?? "") ?? 4
        // More than are read before the latest kill: an optimised program reads ten times as fast.
        let count = kills > 10 ? 2000 : 200
        _ = try program.write(news(count), as: "many.jsonl")
        let path = program.folder.appending(path: "r.sqlite").path
        var random = SystemRandomNumberGenerator()
        var stood = 0
        var cut = 0
        for _ in 0..<kills {
            // Begun anew once it is whole, so that there is always something to lose.
            if stood == count {
                for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
                stood = 0
            }
            let process = program.process(["add", "many.jsonl"])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            Thread.sleep(forTimeInterval: Double.random(in: 0.05...4, using: &random))
            if process.isRunning { cut += 1 }
            _ = Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let verified = try program.run("verify", "--quick")
            #expect(verified.code == 0, "\(verified.errors)")
            let stories = try RecordStore(path: path).counts().stories
            #expect(stories >= stood)
            // What came in is in whole transactions of 64 stories, or all of it.
            #expect(stories % 64 == 0 || stories == count)
            stood = stories
        }
        print("killed \(cut) of \(kills) while they were adding")
        #expect(try program.run("add", "many.jsonl").code == 0)
        #expect(try RecordStore(path: path).counts().stories == count)
        #expect(try program.run("verify").output.contains("sound"))
    }

    @Test("that runs out of disk loses no story that was in, says so, and goes on when there is room")
    func full() throws {
        let mount = program.folder.appending(path: "small")
        try FileManager.default.createDirectory(at: mount, withIntermediateDirectories: true)
        func run(_ words: String...) -> Bool {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = words
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
        guard run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.path) else {
            print("SKIPPED: this user may not mount: a full disk is not tested")
            return
        }
        defer { _ = run("umount", "-l", mount.path) }
        _ = try program.write(news(200), as: "many.jsonl")
        let record = mount.appending(path: "r.sqlite").path
        let result = try program.run("add", "--record", record, "many.jsonl")
        #expect(result.code == 74 && result.errors.contains("the disk is full"), "\(result)")
        let verified = try program.run("verify", "--quick", "--record", record)
        #expect(verified.code == 0, "\(verified.errors)")
        let stood = try RecordStore(path: record).counts().stories
        #expect(stood % 64 == 0 && stood < 200)
        #expect(run("mount", "-o", "remount,size=64m", mount.path))
        #expect(try program.run("add", "--record", record, "many.jsonl").code == 0)
        #expect(try RecordStore(path: record).counts().stories == 200)
        #expect(try program.run("verify", "--record", record).output.contains("sound"))
    }
}
