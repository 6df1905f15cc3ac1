import Foundation
import Intake
import TestSupport
import Testing

@Suite("A large archive")
struct StreamingTests {
    @Test("is read in bounded memory, whatever its size")
    func memory() throws {
        var random = SeededGenerator(seed: 7)
        let noise = (0..<16 << 10).map { _ in UInt8.random(in: 0...255, using: &random) }
        let picture = Packing.gzip(
            Packing.response(
                "http://a.org/p", fields: ["Content-Type: image/png"], Array((0..<64).map { _ in noise }.joined())))
        let page = Packing.gzip(Packing.response("http://a.org/1", Packing.page("Blast at grain port", "Nine died.")))
        let path = FileManager.default.temporaryDirectory.appending(path: "onrecord-\(UUID().uuidString).warc.gz")
        defer { try? FileManager.default.removeItem(at: path) }
        // 600 MB unpacked, a page every 30.
        var file = Data()
        for _ in 0..<20 {
            for _ in 0..<30 { file.append(contentsOf: picture) }
            file.append(contentsOf: page)
        }
        try file.write(to: path)
        file = Data()
        let before = try StreamingTests.residentPages()
        var (peak, pages) = (before, 0)
        let handle = try FileHandle(forReadingFrom: path)
        let walker = PageWalker(reading: handle, as: Page(name: "big.warc.gz", bytes: []), maximumSize: 64 << 20)
        while let item = walker.next() {
            guard case .page = item else {
                Issue.record("\(item)")
                continue
            }
            pages += 1
            peak = max(peak, try StreamingTests.residentPages())
        }
        #expect(pages == 20)
        // Other tests run beside this one.
        #expect((peak - before) * 4096 < 250 << 20)
    }

    private static func residentPages() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(fields.dropFirst().first.flatMap { Int($0) })
    }
}
