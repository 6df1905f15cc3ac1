internal import ArgumentParser
internal import Foundation
internal import Incidents
internal import Stories

/// Writes what the linker sees of each pair that it compares, for its training.
struct LinkPairsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-pairs",
        abstract: "Writes what the linker sees of each pair of stories, for Tools/train-linking.",
        discussion: """
            Of each file of readings, NAME.jsonl, it writes NAME.pairs (two 32-bit numbers of stories a pair) and NAME.features
            (32-bit floats) into the folder, and NAME.ids, a story's id a line.

            With --dense it writes as many further sets of pairs, NAME.dense1 and so on: each incident, with all its stories and
            days, is moved by whole weeks so that all fall into the same 14 days, as in a record where hundreds of incidents
            share a day. NAME.dense1.kindred holds pairs of random stories of one type within two days, whether or not they
            share keys. What a story's incident is stands in the --gold files, in `id` and `cluster`; stories without a day
            of publication get one.

            Example:
              onrecord read --input jsonl --with-text ../shared/corpora/ecb/train.jsonl > ecb-train.jsonl
              onrecord-train link-pairs --output /tmp/pairs ecb-train.jsonl
            """)

    @Option(help: "The folder to write to; made where there is none.")
    var output: String

    @Option(help: "How many dense sets of pairs to write of each file.")
    var dense = 0

    @Option(help: "A file of a corpus with `id` and `cluster`; may come more than once.")
    var gold: [String] = []

    @Argument(help: "Files of readings with texts.")
    var files: [String]

    func run() throws {
        let folder = URL(filePath: output)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var clusters: [String: String] = [:]
        for file in gold {
            for line in try Data(contentsOf: URL(filePath: file)).split(separator: 10) {
                let story = try JSONDecoder().decode(Gold.self, from: line)
                clusters[story.id] = story.cluster
            }
        }
        for file in files {
            let readings = try Data(contentsOf: URL(filePath: file)).split(separator: 10).map {
                try JSONDecoder().decode(Reading.self, from: $0)
            }
            let clock = ContinuousClock()
            let texts = readings.map { Array(($0.text ?? "").utf8) }
            var items: [LinkItem] = []
            let making = clock.measure { items = zip(readings, texts).map { LinkItem($0, text: $1) } }
            var others: [[Int]] = []
            let looking = clock.measure { others = Linker.candidates(items) }
            let name = URL(filePath: file).deletingPathExtension().lastPathComponent
            let pairs = others.enumerated().flatMap { first, seconds in seconds.map { (first, $0) } }
            let comparing = try clock.measure { try write(pairs, items, folder.appending(path: name)) }
            var sum = 0.0
            let scoring = clock.measure {
                let linker = Linker()
                for (first, seconds) in others.enumerated() {
                    for second in seconds { sum += linker.score(items[first], items[second]) }
                }
            }
            try Data((readings.map(\.id).joined(separator: "\n") + "\n").utf8)
                .write(to: folder.appending(path: name + ".ids"))
            let bytes = items.reduce(0) { $0 + $1.bytes.count }
            print(
                "\(name): \(readings.count) stories, \(pairs.count) pairs; \(making / max(1, readings.count)) an item,",
                "\(bytes / max(1, items.count)) bytes an item,",
                "\(comparing / max(1, pairs.count)) a comparison, \(scoring / max(1, pairs.count)) a score,",
                "\(looking) for candidates; expected \(sum) true")
            guard dense > 0 else { continue }
            let names = readings.map { clusters[$0.id] ?? $0.id }
            for copy in 1...dense {
                let moved = DenseRecord(copy: copy).moved(items, names)
                let pairs = Linker.candidates(moved).enumerated().flatMap { first, seconds in
                    seconds.map { (first, $0) }
                }
                let target = folder.appending(path: "\(name).dense\(copy)")
                try write(pairs, moved, target)
                let kindred = DenseRecord(copy: copy).kindred(moved, names)
                try write(kindred, moved, target.appendingPathExtension("kindred"))
                print("\(name).dense\(copy): \(pairs.count) pairs, \(kindred.count) kindred")
            }
        }
    }

    private struct Gold: Decodable {
        var id: String
        var cluster: String
    }

    private func write(_ pairs: [(Int, Int)], _ items: [LinkItem], _ target: URL) throws {
        var features: [Float] = []
        features.reserveCapacity(pairs.count * LinkFeatures.count)
        for (first, second) in pairs {
            let values = LinkFeatures(items[first], items[second]).values
            for index in values.indices { features.append(values[index]) }
        }
        let numbers = pairs.flatMap { [Int32($0.0), Int32($0.1)] }
        try unsafe numbers.withUnsafeBytes { unsafe Data($0) }.write(to: target.appendingPathExtension("pairs"))
        try unsafe features.withUnsafeBytes { unsafe Data($0) }.write(to: target.appendingPathExtension("features"))
    }
}

/// Moves incidents onto each other's days: the same for the same copy and the same names.
private struct DenseRecord {
    /// Which of many ways to move them.
    let copy: Int
    /// Hundreds of weeks after the first day, so that nothing lies before it.
    private static let window = 2_600
    private static let weeks = 2
    /// How many random stories each story is paired with.
    private static let kindred = 6

    private func number(_ text: String, _ salt: Int) -> Int {
        var x = UInt64(copy * 1_000 + salt) &+ 0x9E37_79B9_7F4A_7C15
        for byte in text.utf8 { x = (x ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((x ^ (x >> 31)) >> 8)
    }

    /// The items of a dense record; `names` says which incident each is of.
    func moved(_ items: [LinkItem], _ names: [String]) -> [LinkItem] {
        var days: [String: [Int]] = [:]
        for (item, name) in zip(items, names) {
            if let day = item.days { days[name, default: []].append(day.upperBound) }
        }
        return zip(items, names).enumerated().map { index, story in
            let (item, name) = story
            // The middle one: a single day may have been misread.
            let known = days[name]?.sorted() ?? []
            let first = known.isEmpty ? number(name, 1) % 7 : known[known.count / 2]
            let week = first >= 0 ? first / 7 : -((6 - first) / 7)
            let target = DenseRecord.window + number(name, 2) % DenseRecord.weeks
            let late = [0, 0, 0, 1, 1, 2][number("\(index)", 3) % 6]
            let day = item.days?.upperBound ?? first
            // Most texts tell their incident's day, once it is known when they were written.
            let happened = number("\(index)", 5) % 10 < 7 ? first - number(name, 6) % 2 : nil
            return item.shifted(weeks: target - week, published: day + late, happened: happened)
        }
    }

    /// Pairs of random stories of one type and of different incidents, at most two days apart.
    func kindred(_ items: [LinkItem], _ names: [String]) -> [(Int, Int)] {
        var found: Set<[Int]> = []
        for index in items.indices {
            var count = 0
            for turn in 0..<200 where count < DenseRecord.kindred {
                let other = number("\(index) \(turn)", 4) % items.count
                guard names[other] != names[index], items[other].isKindred(to: items[index]) else { continue }
                if found.insert([min(index, other), max(index, other)]).inserted { count += 1 }
            }
        }
        return found.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0[0], $0[1]) }
    }
}
