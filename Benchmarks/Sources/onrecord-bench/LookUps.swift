import Language
import Places
import Stories

/// How fast the gazetteer opens, and finds a name.
enum LookUps {
    /// A line for a person.
    static func summary(_ stories: [Story]) -> String {
        let clock = ContinuousClock()
        var opened: [Double] = []
        for _ in 0..<101 {
            let start = clock.now
            let lookup = PlaceLookup()
            opened.append((clock.now - start) / .microseconds(1))
            precondition(lookup.count(of: []) == 0)
        }
        let lookup = PlaceLookup()
        let names = names(in: stories)
        var times: [Double] = []
        var found = 0
        for name in names {
            let start = clock.now
            let count = lookup.count(of: name)
            times.append((clock.now - start) / .microseconds(1))
            if count > 0 { found += 1 }
        }
        opened.sort()
        times.sort()
        guard !times.isEmpty else { return "gazetteer: the stories hold no capitalised words" }
        return
            "gazetteer: opened in \(text(opened[50])) µs; a name looked up in \(text(times[times.count / 2])) µs at the "
            + "median, \(text(times[times.count * 99 / 100])) µs at the 99th percentile (\(names.count) names, \(found) found)"
    }

    /// The runs of capitalised words, as the stories have them.
    private static func names(in stories: [Story]) -> [[UInt8]] {
        var names: [[UInt8]] = []
        for story in stories {
            var name: [UInt8] = []
            for word in story.bytes.split(whereSeparator: { $0 <= 32 }) {
                if let first = word.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first {
                    if !name.isEmpty { name.append(UInt8(ascii: " ")) }
                    name += word.filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ".") }
                } else if !name.isEmpty {
                    names.append(name)
                    name = []
                }
            }
            if !name.isEmpty { names.append(name) }
        }
        return names
    }

    private static func text(_ value: Double) -> String {
        String((value * 100).rounded() / 100)
    }
}
