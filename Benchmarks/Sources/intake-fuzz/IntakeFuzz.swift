import Foundation
import Intake
import Stories

/// Throws damaged samples at each reader for a while: none may crash, hang, or take longer than in proportion.
///
///     swift build -c release --sanitize=address --package-path Benchmarks --product intake-fuzz
///     intake-fuzz --seconds 600
///
/// Inputs are drawn by a seeded generator: the line `now FORMAT NUMBER` in the file of `--state` names the input that was
/// being read when the program died, and `--format FORMAT --only NUMBER --output FILE` writes that input again.
@main
enum IntakeFuzz {
    static func main() throws {
        var options = Options()
        guard options.read(CommandLine.arguments.dropFirst()) else {
            FileHandle.standardError.write(Data(Options.usage.utf8))
            exit(64)
        }
        print("format     inputs   refused   slowest ms   its bytes   slowest ns a byte   its bytes")
        for (format, samples) in Samples.all where options.format == nil || options.format == format {
            try Fuzzer(format: format, samples: samples, options: options).run()
        }
    }
}

struct Options {
    static let usage =
        "usage: intake-fuzz [--seconds N] [--seed N] [--format F] [--state FILE] [--only NUMBER --output FILE]\n"
    var seconds = 10.0
    var seed: UInt64 = 1
    var format: String?
    var state: String?
    var only: UInt64?
    var output: String?

    mutating func read(_ words: ArraySlice<String>) -> Bool {
        var rest = words
        while let word = rest.popFirst() {
            guard let value = rest.popFirst() else { return false }
            switch word {
            case "--seconds": seconds = Double(value) ?? seconds
            case "--seed": seed = UInt64(value) ?? seed
            case "--format": format = value
            case "--state": state = value
            case "--only": only = UInt64(value)
            case "--output": output = value
            default: return false
            }
        }
        return true
    }
}

/// One reader's turn.
struct Fuzzer {
    let format: String
    let samples: [[UInt8]]
    let options: Options

    func run() throws {
        if let only = options.only, let output = options.output {
            try Data(input(only)).write(to: URL(filePath: output))
            return
        }
        let state = options.state.map { path -> FileHandle? in
            guard FileManager.default.createFile(atPath: path, contents: nil) else { return nil }
            return FileHandle(forWritingAtPath: path)
        }?.flatMap { $0 }
        var (inputs, refused): (UInt64, Int) = (options.only ?? 0, 0)
        var slowest = (seconds: 0.0, bytes: 0)
        var steepest = (rate: 0.0, bytes: 0)
        let end = ContinuousClock.now + .seconds(options.seconds)
        repeat {
            let bytes = input(inputs)
            if let state {
                try state.seek(toOffset: 0)
                try state.write(contentsOf: Data("now \(format) \(inputs)          \n".utf8))
            }
            let start = clock()
            refused += read(bytes)
            let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
            if seconds > slowest.seconds { slowest = (seconds, bytes.count) }
            // Of short inputs the time is all overhead.
            if bytes.count >= 4096, seconds / Double(bytes.count) > steepest.rate {
                steepest = (seconds / Double(bytes.count), bytes.count)
            }
            inputs += 1
        } while options.only == nil && ContinuousClock.now < end
        func cell(_ value: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - value.count)) + value
        }
        print(
            format.padding(toLength: 9, withPad: " ", startingAt: 0) + cell("\(inputs)", 8) + cell("\(refused)", 10)
                + cell("\((slowest.seconds * 10_000).rounded() / 10)", 13) + cell("\(slowest.bytes)", 12)
                + cell("\(Int(steepest.rate * 1e9))", 20) + cell("\(steepest.bytes)", 12))
    }

    /// The same number gives the same input.
    private func input(_ number: UInt64) -> [UInt8] {
        var random = Random(state: options.seed &* 0x9E37_79B9 &+ number)
        var bytes = samples[Int(random.next() % UInt64(samples.count))]
        for _ in 0..<Int.random(in: 1...8, using: &random) { damage(&bytes, &random) }
        return Array(bytes.prefix(1 << 20))
    }

    /// Reads a page as the program would, archives and all; spans must lie in their stories.
    private func read(_ bytes: [UInt8]) -> Int {
        let reader = PageReader(maximumSize: 8 << 20)
        var refused = 0
        func take(_ page: Page) {
            do throws(IntakeError) {
                for result in try reader.read(page) {
                    guard case .success(let story) = result else {
                        refused += 1
                        continue
                    }
                    precondition(String(validating: story.bytes, as: UTF8.self) != nil, "a story's text is UTF-8")
                    precondition(story.span.end <= story.bytes.count, "a story lies on its page")
                }
            } catch { refused += 1 }
        }
        var page = Page(name: "fuzz.\(format)", bytes: bytes)
        if ["warc", "zip", "gz"].contains(format) {
            let walker = PageWalker(page, maximumSize: 8 << 20)
            var count = 0
            while let item = walker.next(), count < 10_000 {
                count += 1
                switch item {
                case .page(let page): take(page)
                case .line(let line, let page): if case .failure = reader.result(of: line, page: page) { refused += 1 }
                case .refused: refused += 1
                }
            }
        } else {
            page.format = Page.Format(rawValue: format) ?? .auto
            take(page)
        }
        return refused
    }

    private static let words: [[UInt8]] =
        [
            "<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#x",
            "&#1114112;", "&amp;",
            "<p>", "</p>", "<div>", "<br>", "<article>", "<script>", "<title>", "\"", "'", "{", "}", "[", "]", ":", ",",
            "\\u",
            "\\ud800", "null", "1e999", "-", "\0", "\u{FEFF}", "\u{1}", "\u{2}", "\u{3}", "\u{4}", "\r\n", "\r\n\r\n",
            "\t", " ",
            "Content-Length: 99999999999999999999\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n", "WARC/1.0\r\n", "HTTP/1.1 200 OK\r\n", "ffffffffffffffff\r\n",
            "charset=utf-16",
            "encoding=\"utf-16\"", "xml:base=\"//\"", "PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}",
        ].map { Array($0.utf8) } + [
            [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1F, 0x8B, 8], [0xFF], [0x80],
        ]

    private func damage(_ bytes: inout [UInt8], _ random: inout Random) {
        func place() -> Int { Int.random(in: 0...bytes.count, using: &random) }
        func range() -> Range<Int> {
            let start = place()
            return
                start..<min(
                    bytes.count,
                    start + Int.random(in: 0...(1 << Int.random(in: 0...12, using: &random)), using: &random))
        }
        switch Int.random(in: 0..<9, using: &random) {
        case 0:
            guard !bytes.isEmpty else { return }
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place())
        case 2: bytes.removeSubrange(range())
        case 3: bytes.insert(contentsOf: Array(bytes[range()]), at: place())
        case 4: bytes.insert(contentsOf: Fuzzer.words.randomElement(using: &random) ?? [], at: place())
        case 5: bytes = Array(bytes.prefix(place()))
        case 6:
            let other = samples.randomElement(using: &random) ?? []
            bytes =
                Array(bytes.prefix(place())) + Array(other.dropFirst(Int.random(in: 0...other.count, using: &random)))
        case 7:
            // Much of one thing: what is quadratic shows.
            let word =
                Bool.random(using: &random)
                ? Fuzzer.words.randomElement(using: &random) ?? [] : Array(bytes[range()].prefix(64))
            let times = 1 << Int.random(in: 2...15, using: &random)
            guard word.count * times < 1 << 20 else { return }
            bytes.insert(contentsOf: repeatElement(word, count: times).joined(), at: place())
        default:
            guard !bytes.isEmpty else { return }
            for index in range() where index < bytes.count { bytes[index] = UInt8.random(in: 0...255, using: &random) }
        }
    }
}

/// SplitMix64.
struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
