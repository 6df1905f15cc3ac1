import Foundation

/// What the command line asks for.
struct Arguments {
    /// A file of JSON Lines; nil for the samples.
    private(set) var file: String?
    /// How many measured runs the median is taken of.
    private(set) var runs = 5
    /// With how many threads the whole way is measured, one after another.
    private(set) var threads: [Int]
    private(set) var wantsHelp = false

    static let help = """
        Measures how fast Onrecord reads.

        usage: onrecord-bench [--runs N] [--threads N] [FILE.jsonl]

        FILE.jsonl  one object a line, with "text"; without it the samples, over and over, to 2 MB
        --runs N    how many runs the median is taken of (5)
        --threads N measure with 1 and with N threads (N: the cores of the machine)
        """

    init(_ words: [String]) throws {
        var cores = ProcessInfo.processInfo.activeProcessorCount
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h": wantsHelp = true
            case "--runs": runs = try Arguments.number(after: word, &rest)
            case "--threads": cores = try Arguments.number(after: word, &rest)
            case _ where word.hasPrefix("-"):
                throw Problem(message: "\(word): no such option\n\n\(Arguments.help)", code: 64)
            case _ where file != nil: throw Problem(message: "\(word): one file at a time", code: 64)
            default: file = word
            }
        }
        threads = cores > 1 ? [1, cores] : [1]
    }

    private static func number(after option: String, _ rest: inout ArraySlice<String>) throws -> Int {
        guard let number = rest.popFirst().flatMap({ Int($0) }), 1...1000 ~= number else {
            throw Problem(message: "\(option) takes a number from 1 to 1000", code: 64)
        }
        return number
    }
}
