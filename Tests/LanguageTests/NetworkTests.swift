import Kernels
import Stories
import TestSupport
import Testing

@testable import Language

@Suite("Kernels")
struct KernelTests {
    @Test("multiply as the sum over rows and columns, at every edge of their tiles")
    func multiplies() {
        var numbers = SeededGenerator(seed: 7)
        for (n, k, m) in [(1, 1, 16), (7, 5, 32), (8, 33, 48), (17, 64, 80)] {
            let a = (0..<n * k).map { _ in Float.random(in: -1...1, using: &numbers) }
            let b = (0..<k * m).map { _ in Float.random(in: -1...1, using: &numbers) }
            var c = (0..<n * m).map { _ in Float.random(in: -1...1, using: &numbers) }
            var expected = c
            for row in 0..<n {
                for column in 0..<m {
                    // In the very order of the kernel, so that not a bit may differ.
                    for at in 0..<k { expected[row * m + column] += b[at * m + column] * a[row * k + at] }
                }
            }
            unsafe onrecord_multiply(&c, a, b, n, k, m, 1)
            #expect(c == expected)
        }
    }

    @Test("add rows and one more, and leave nothing below zero")
    func join() {
        let (n, width) = (3, 16)
        var c = (0..<n * width).map { Float($0) - 20 }
        let a = (0..<(n + 1) * width).map { Float($0 % 7) }
        let b = (0..<width).map { Float($0) - 8 }
        let expected = c.indices.map { max(0, c[$0] + a[width + $0] + b[$0 % width]) }
        unsafe onrecord_join(&c, a, 1, b, n, width)
        #expect(c == expected)
        #expect(c.contains(0) && c.contains { $0 > 0 })
    }

    @Test("multiply whole numbers exactly, and bring floats to them and back", arguments: [(1, 4, 16), (13, 192, 80)])
    func multipliesWholeNumbers(_ n: Int, _ k: Int, _ m: Int) {
        var numbers = SeededGenerator(seed: UInt64(n))
        let x = (0..<n * k).map { _ in Float.random(in: -3...3, using: &numbers) }
        var a = [UInt8](repeating: 0, count: n * k)
        var aScales = [Float](repeating: 0, count: n)
        unsafe onrecord_quantize(&a, &aScales, x, n, k)
        for (index, value) in x.enumerated() {
            let back = (Float(a[index]) - 128) * aScales[index / k]
            #expect(abs(back - value) <= aScales[index / k] * 0.501)
        }
        let b = (0..<k * m).map { _ in Int8.random(in: -63...63, using: &numbers) }
        let bScales = (0..<m).map { _ in Float.random(in: 0...1, using: &numbers) }
        func weight(_ row: Int, _ column: Int) -> Int32 { Int32(b[QuantizedBlock.index(row, column, of: (k, m))]) }
        let sums = (0..<m).map { column in (0..<k).reduce(0) { $0 + 128 * weight($1, column) } }
        let start = (0..<n * m).map { _ in Float.random(in: -1...1, using: &numbers) }
        var c = [Float](repeating: .nan, count: n * m)
        unsafe onrecord_multiply_quantized(&c, start, m, a, aScales, b, sums, bScales, n, k, m)
        for row in 0..<n {
            for column in 0..<m {
                let sum = (0..<k).reduce(Int32(0)) { $0 + (Int32(a[row * k + $1]) - 128) * weight($1, column) }
                #expect(c[row * m + column] == start[row * m + column] + Float(sum) * (aScales[row] * bScales[column]))
            }
        }
        var d = c
        unsafe onrecord_multiply_quantized(&d, start, 0, a, aScales, b, sums, bScales, n, k, m)
        #expect(d[..<m] == c[..<m] && (n == 1 || d[m...] != c[m...]))
    }

    @Test("a recurrent layer runs the same way from both ends")
    func scansBothWays() {
        var numbers = SeededGenerator(seed: 3)
        let (n, width) = (5, 16)
        let x = (0..<n * width).map { _ in Float.random(in: -1...1, using: &numbers) }
        let half = (0..<n * 3 * width).map { _ in Float.random(in: -2...2, using: &numbers) }
        var gates = [Float](repeating: 0, count: n * 6 * width)
        for row in 0..<n {
            for lane in 0..<3 * width {
                gates[row * 6 * width + lane] = half[row * 3 * width + lane]
                gates[(n - 1 - row) * 6 * width + 3 * width + lane] = half[row * 3 * width + lane]
            }
        }
        let reversed = (0..<n).reversed().flatMap { x[$0 * width..<($0 + 1) * width] }
        var forward = [Float](repeating: 0, count: n * 2 * width)
        var backward = forward
        var cells = forward
        unsafe onrecord_scan(&forward, &cells, &gates, x, 0, n, width, width, 0)
        unsafe onrecord_scan(&backward, &cells, &gates, reversed, 0, n, width, width, 1)
        for row in 0..<n {
            for lane in 0..<width {
                #expect(forward[row * 2 * width + lane] == backward[(n - 1 - row) * 2 * width + width + lane])
            }
        }
    }
}

@Suite("Tree decoder")
struct TreeDecoderTests {
    @Test("finds the best tree with one root, as trying all of them does", arguments: 1...5)
    func findsBest(count: Int) {
        var numbers = SeededGenerator(seed: UInt64(count))
        for _ in 0..<200 {
            let stride = 16
            var scores = [Float](repeating: 0, count: count * stride)
            for index in scores.indices { scores[index] = Float.random(in: -1...1, using: &numbers) }
            for word in 0..<count { scores[word * stride + 1 + word] = -.greatestFiniteMagnitude }
            var decoder = TreeDecoder()
            let heads = decoder.decode(scores, count: count, stride: stride)
            #expect(TreeDecoderTests.isTree(heads))
            // With the same root: which word may be the root is settled before the tree is.
            let root = heads.firstIndex(of: -1) ?? 0
            func total(_ heads: [Int]) -> Float {
                heads.indices.reduce(0) { $0 + ($1 == root ? 0 : scores[$1 * stride + 1 + heads[$1]]) }
            }
            var best = -Float.infinity
            var candidate = [Int](repeating: -1, count: count)
            func search(_ word: Int) {
                guard word < count else {
                    if TreeDecoderTests.isTree(candidate) { best = max(best, total(candidate)) }
                    return
                }
                guard word != root else { return search(word + 1) }
                for head in 0..<count where head != word {
                    candidate[word] = head
                    search(word + 1)
                }
            }
            search(0)
            #expect(abs(total(heads) - best) < 1e-5)
        }
    }

    static func isTree(_ heads: [Int]) -> Bool {
        heads.count(where: { $0 == -1 }) == 1
            && heads.indices.allSatisfy { word in
                var at = word
                for _ in 0...heads.count where at >= 0 { at = heads[at] }
                return at == -1
            }
    }
}

@Suite("The rest of a story")
struct WordUseTests {
    @Test("tells how a word stands at its other places, not at its own")
    func tells() throws {
        let text = """
            Bath was hit on Monday. The town of Bath is near Coron, and a bath was found in Coron. President Coron left the \
            town today.
            """
        let (tokens, sentences) = TrainingText.segment(Array(text.utf8))
        let uses = WordUse.find(
            tokens, sentences, Array(text.utf8), Vocabulary(words: [], clusters: [:], names: [:]))
        func use(_ word: String, _ number: Int) throws -> WordUse {
            let places = tokens.indices.filter {
                String(decoding: Array(text.utf8)[Int(tokens[$0].start)..<Int(tokens[$0].end)], as: UTF8.self) == word
            }
            return uses[try #require(places.dropFirst(number).first)]
        }
        #expect(try use("Bath", 0) == [.small, .capital])
        #expect(try use("Bath", 1) == [.small])
        #expect(try use("bath", 0) == [.capital])
        #expect(try use("Coron", 0) == [.capital, .person, .place])
        #expect(try use("Coron", 2) == [.capital, .place])
        #expect(try use("today", 0) == [])
    }
}

@Suite("The language model's file")
struct LanguageModelTests {
    private static let bytes = EmbeddedTable.network()

    @Test("that is none, is cut, is changed or is newer is told so")
    func refusesBroken() throws {
        #expect(throws: LanguageModelError.notAModel) { try LanguageReader(model: []) }
        #expect(throws: LanguageModelError.notAModel) { try LanguageReader(model: Array("no model".utf8)) }
        var newer = LanguageModelTests.bytes
        newer[4] += 1
        #expect(throws: LanguageModelError.version(found: 3, known: 2)) { try LanguageReader(model: newer) }
        for count in [4, 12, 16, 100, LanguageModelTests.bytes.count - 1] {
            #expect(throws: LanguageModelError.damaged) {
                try LanguageReader(model: Array(LanguageModelTests.bytes[..<count]))
            }
        }
        var changed = LanguageModelTests.bytes
        changed[changed.count / 2] ^= 1
        #expect(throws: LanguageModelError.damaged) { try LanguageReader(model: changed) }
    }

    @Test("reads to what was written")
    func roundTrips() throws {
        let model = try LanguageModel(bytes: LanguageModelTests.bytes)
        #expect(model.encoded() == LanguageModelTests.bytes)
    }
}

@Suite("The parser")
struct ParserTests {
    private func analysis(_ text: String) -> Analysis { LanguageReader().read(Story(text: text)) }

    @Test("tags, hangs and names the words of a plain sentence")
    func parses() throws {
        let analysis = analysis("Russian forces killed five civilians near Kherson on Monday, the governor said.")
        let killed = try #require(analysis.tokens.indices.first { analysis.is($0, "killed") })
        let said = try #require(analysis.tokens.indices.first { analysis.is($0, "said") })
        #expect(analysis.tokens[killed].tag == .verb)
        #expect(analysis.pennTag(of: killed) == "VBD")
        #expect(analysis.lemma(of: killed) == "kill")
        #expect([analysis.tokens[killed].head, analysis.tokens[said].head].contains(-1))
        let subjects = analysis.tokens.indices.filter { analysis.tokens[$0].relation == .subject }
        #expect(subjects.map { analysis.text(of: $0) } == ["forces", "governor"])
        #expect(analysis.names.map { analysis.text(of: $0.tokens) } == ["Russian", "Kherson"])
    }

    @Test("reads capitals as it reads small letters")
    func readsCapitals() throws {
        let analysis = analysis("REBELS KILLED TWO SOLDIERS IN THE CAPITAL, THE ARMY SAID.")
        let tags = analysis.tokens.map(\.tag)
        #expect(tags.prefix(4) == [.noun, .verb, .numeral, .noun])
        #expect(tags.suffix(3) == [.noun, .verb, .punctuation])
    }

    @Test("gives every sentence of any text one root, and heads within it")
    func givesTrees() {
        var texts = RandomText(seed: 11)
        for _ in 0..<40 {
            let analysis = analysis(texts.text(pieces: 60))
            for sentence in analysis.sentences {
                let heads = sentence.tokens.map {
                    analysis.tokens[$0].head < 0 ? -1 : Int(analysis.tokens[$0].head) - sentence.tokens.lowerBound
                }
                #expect(heads.allSatisfy { $0 < sentence.tokens.count })
                #expect(TreeDecoderTests.isTree(heads))
            }
        }
    }
}
