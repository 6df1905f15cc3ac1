import Foundation

/// What was measured, and the seconds it took.
struct Row {
    var name: String
    var seconds: Double

    init(_ name: String, _ seconds: Double) {
        self.name = name
        self.seconds = seconds
    }
}

/// Times work.
enum Clock {
    /// Median seconds of `runs` runs, after one that is not counted.
    static func median(of runs: Int, _ body: () async throws -> Int) async throws -> Double {
        let expected = try await body()
        var seconds: [Double] = []
        for _ in 0..<runs {
            let clock = ContinuousClock()
            let start = clock.now
            let made = try await body()
            seconds.append((clock.now - start) / .seconds(1))
            guard made == expected else { throw Problem(message: "two runs made different things", code: 70) }
        }
        seconds.sort()
        let middle = seconds.count / 2
        return seconds.count % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2
    }
}

/// The memory that the process has used.
enum Memory {
    /// Largest resident size so far, in MB of 10⁶ bytes.
    static var peakMegabytes: Int {
        var usage = rusage()
        #if canImport(Darwin)
            let (who, unit) = (RUSAGE_SELF, 1)
        #else
            let (who, unit) = (__rusage_who_t(RUSAGE_SELF.rawValue), 1024)
        #endif
        guard unsafe getrusage(who, &usage) == 0 else { return 0 }
        return usage.ru_maxrss * unit / 1_000_000
    }
}

/// Rows as a person reads them.
enum Table {
    static func text(_ rows: [Row], _ workload: Workload, withShare: Bool = false) -> String {
        // The steps of a stage are set in; their time is the stage's.
        let total = rows.filter { !$0.name.hasPrefix(" ") }.reduce(0) { $0 + $1.seconds }
        var lines = [["", "ms", "stories/s", "words/s", "MB/s"] + (withShare ? ["share"] : [])]
        for row in rows {
            var cells = [
                row.name, number(row.seconds * 1000, 1), number(Double(workload.stories.count) / row.seconds, 0),
                number(Double(workload.words) / row.seconds, 0), number(Double(workload.bytes) / 1e6 / row.seconds, 2),
            ]
            if withShare { cells.append(number(row.seconds / total * 100, 0) + " %") }
            lines.append(cells)
        }
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { cells in
            cells.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return column == 0 ? cells[column] + space : space + cells[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func number(_ value: Double, _ places: Int) -> String {
        value.formatted(.number.precision(.fractionLength(places)).locale(Locale(identifier: "en_US")))
    }
}
