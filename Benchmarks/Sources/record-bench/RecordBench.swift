import Foundation
import Intake
import Onrecord
import Record
import Stories

/// Measures how long a record takes to answer, and to take one more story in.
///
///     record-bench RECORD [FILE.jsonl]
///
/// Every answer is asked for once, over incidents, words and filters drawn from the record by a seeded generator. With a
/// file, its stories are added one by one: the record is changed.
@main
struct RecordBench {
    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        guard let path = words.first, words.count <= 2, !path.hasPrefix("-") else {
            print("usage: record-bench RECORD [FILE.jsonl]")
            exit(words.first == "--help" ? 0 : 64)
        }
        do {
            try await run(path, words.dropFirst().first)
        } catch {
            FileHandle.standardError.write(Data("record-bench: \(error)\n".utf8))
            exit(74)
        }
    }

    private static func run(_ path: String, _ file: String?) async throws {
        let store = try RecordStore(path: path, access: file == nil ? .reading : .writing)
        let counts = try store.counts()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        print(
            "\(counts.stories) stories, \(counts.incidents) incidents, \(size / 1_000_000) MB, \(size / max(1, counts.stories)) bytes a story\n"
        )
        var random = Generator(state: 1)
        var filter = RecordStore.Filter()
        filter.limit = nil
        let incidents = try store.incidents(filter)
        guard !incidents.isEmpty else { return print("no incidents: nothing to measure") }

        var times = Times()
        for _ in 0..<400 {
            let filter = self.filter(like: incidents.randomElement(using: &random), &random)
            try times.measure("incidents") { try store.incidents(filter).count }
        }
        for _ in 0..<400 {
            let incident = incidents.randomElement(using: &random)?.id ?? ""
            try times.measure("show") { try store.dossier(incident).claims.count }
        }
        // Those with the most stories take the longest.
        for incident in incidents.sorted(by: { ($0.stories, $0.id) > ($1.stories, $1.id) }).prefix(100) {
            try times.measure("show, the 100 largest") { try store.dossier(incident.id).claims.count }
        }
        for scope in Search.Scope.allCases {
            for _ in 0..<200 {
                var search = try Search(parsing: query(like: incidents.randomElement(using: &random), scope, &random))
                search.scope = scope
                try times.measure("search \(scope.rawValue)") { try store.search(search).count }
            }
        }
        for _ in 0..<50 { try times.measure("sources") { try store.sources().count } }
        if let file {
            let lines = try String(contentsOf: URL(filePath: file), encoding: .utf8).split(separator: "\n")
            let recorder = Recorder(store, options: single)
            for line in lines.prefix(200) {
                let page = Page(name: "bench", bytes: Array(line.utf8), format: .jsonl)
                try await times.measure("add one story, reading included") {
                    try await recorder.add([.page(page)]).added
                }
            }
        }
        print(times.table)
    }

    private static var single: BatchReader.Options {
        var options = BatchReader.Options()
        options.threads = 1
        return options
    }

    /// A listing as a person would ask for it.
    private static func filter(like incident: IncidentSummary?, _ random: inout Generator) -> RecordStore.Filter {
        var filter = RecordStore.Filter()
        switch Int.random(in: 0..<8, using: &random) {
        case 0: filter.offset = Int.random(in: 0..<1000, using: &random)
        case 1: filter.type = incident?.type
        case 2: (filter.from, filter.to) = (incident?.from, incident?.from?.adding(7))
        case 3: filter.country = incident?.place?.country
        case 4: filter.text = incident?.headline.split(separator: " ").last.map(String.init)
        case 5: (filter.killed, filter.disputed) = (2, true)
        case 6:
            if let lat = incident?.place?.lat, let lon = incident?.place?.lon {
                filter.near = .init(lat: lat, lon: lon, kilometres: 50)
            }
        default: filter.status = .unreviewed
        }
        return filter
    }

    /// A search as a person would type it: common words, rare ones, phrases, beginnings, fields.
    private static func query(
        like incident: IncidentSummary?, _ scope: Search.Scope, _ random: inout Generator
    ) -> String {
        let words = (incident?.headline ?? "").split { !$0.isLetter }.map(String.init).filter { $0.count > 3 }
        let word = words.randomElement(using: &random) ?? "police"
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return ["police", "killed", "said", "shooting", "hospital"].randomElement(using: &random) ?? ""
        case 1: return "\(word) killed"
        case 2: return "\"\(words.prefix(2).joined(separator: " "))\""
        case 3: return "\(word.prefix(4))* police"
        case 4: return "speaker:police \(word)"
        case 5: return "kind:unnamed stance:deny"
        case 6: return "\(word) OR hospital -fire from:\(incident?.from?.description ?? "2015-01-01")"
        default: return scope == .claims ? "measure:injured kind:organization \(word)" : "\(word) NEAR/8 police"
        }
    }
}

/// Seconds by what was asked.
struct Times {
    private var order: [String] = []
    private var seconds: [String: [Double]] = [:]

    mutating func measure(_ name: String, _ body: () throws -> Int) rethrows {
        let clock = ContinuousClock()
        let start = clock.now
        _ = try body()
        note(name, (clock.now - start) / .seconds(1))
    }

    mutating func measure(_ name: String, _ body: () async throws -> Int) async rethrows {
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await body()
        note(name, (clock.now - start) / .seconds(1))
    }

    private mutating func note(_ name: String, _ time: Double) {
        if seconds[name] == nil { order.append(name) }
        seconds[name, default: []].append(time)
    }

    /// Median, 99th percentile and longest, in milliseconds.
    var table: String {
        func cell(_ value: Double) -> String {
            let text = (value * 1000).formatted(
                .number.precision(.fractionLength(1)).locale(Locale(identifier: "en_US")))
            return String(repeating: " ", count: max(0, 10 - text.count)) + text
        }
        let rows = order.map { name in
            let sorted = (seconds[name] ?? []).sorted()
            func at(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] }
            return name.padding(toLength: 34, withPad: " ", startingAt: 0) + cell(at(0.5)) + cell(at(0.99))
                + cell(sorted[sorted.count - 1])
        }
        return
            (["milliseconds".padding(toLength: 34, withPad: " ", startingAt: 0) + "    median       p99   longest"]
            + rows).joined(separator: "\n")
    }
}

/// SplitMix64, so that every run asks the same.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
