import CDeflate
import Intake
import Stories

/// Packs what tests unpack.
enum Packing {
    /// One gzip member.
    static func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        unsafe pack(bytes, level) { unsafe libdeflate_gzip_compress($0, $1, $2, $3, $4) }
    }

    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        unsafe pack(bytes, 6) { unsafe libdeflate_zlib_compress($0, $1, $2, $3, $4) }
    }

    static func deflate(_ bytes: [UInt8]) -> [UInt8] {
        unsafe pack(bytes, 6) { unsafe libdeflate_deflate_compress($0, $1, $2, $3, $4) }
    }

    private static func pack(
        _ bytes: [UInt8], _ level: Int32,
        _ compress: (OpaquePointer, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int) -> Int
    ) -> [UInt8] {
        guard let compressor = unsafe libdeflate_alloc_compressor(level) else { return [] }
        defer { unsafe libdeflate_free_compressor(compressor) }
        var out = [UInt8](repeating: 0, count: bytes.count + bytes.count / 8 + 256)
        let room = out.count
        let count = unsafe bytes.withUnsafeBytes { from in
            unsafe out.withUnsafeMutableBytes { to in
                unsafe compress(compressor, from.baseAddress, from.count, to.baseAddress, room)
            }
        }
        return Array(out.prefix(count))
    }

    /// A ZIP archive of entries, deflated or stored.
    static func zip(
        _ entries: [(name: String, bytes: [UInt8])], stored: Bool = false, flags: Int = 0, method: Int? = nil
    ) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let packed = stored ? entry.bytes : deflate(entry.bytes)
            let crc = Int(
                unsafe entry.bytes.withUnsafeBytes { unsafe libdeflate_crc32(0, $0.baseAddress, $0.count) })
            let sizes = number(crc, 4) + number(packed.count, 4) + number(entry.bytes.count, 4)
            let common = number(20, 2) + number(flags, 2) + number(method ?? (stored ? 0 : 8), 2) + number(0, 4) + sizes
            let name = Array(entry.name.utf8)
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + number(name.count, 2) + number(0, 12)
            directory += number(archive.count, 4) + name
            archive += number(0x0403_4B50, 4) + common + number(name.count, 2) + number(0, 2) + name + packed
        }
        let start = archive.count
        archive += directory
        archive += number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2) + number(entries.count, 2)
        return archive + number(directory.count, 4) + number(start, 4) + number(0, 2)
    }

    static func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }

    /// A WARC record.
    static func record(
        _ type: String, address: String? = nil, contentType: String? = nil, _ block: [UInt8], length: Int? = nil
    ) -> [UInt8] {
        var header = "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
        if let address { header += "WARC-Target-URI: \(address)\r\n" }
        if let contentType { header += "Content-Type: \(contentType)\r\n" }
        header += "Content-Length: \(length ?? block.count)\r\n\r\n"
        return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
    }

    /// A WARC record of a fetched page.
    static func response(
        _ address: String, status: String = "200 OK", fields: [String] = ["Content-Type: text/html; charset=utf-8"],
        _ body: [UInt8]
    ) -> [UInt8] {
        let head = "HTTP/1.1 \(status)\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
        return record(
            "response", address: address, contentType: "application/http; msgtype=response", Array(head.utf8) + body)
    }

    /// A body in chunks of `size` bytes.
    static func chunked(_ body: [UInt8], size: Int) -> [UInt8] {
        var out: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: size) {
            let part = body[start..<min(body.count, start + size)]
            out += Array(String(part.count, radix: 16).utf8) + [13, 10] + part + [13, 10]
        }
        return out + Array("0\r\n\r\n".utf8)
    }

    /// A web page with a headline and a sentence.
    static func page(_ headline: String, _ sentence: String) -> [UInt8] {
        Array(
            "<!doctype html><html><head><title>\(headline)</title></head><body><h1>\(headline)</h1><p>\(sentence)</p></body></html>"
                .utf8)
    }
}

/// All that a page in memory gives, on the way that files take.
struct Walked {
    var pages: [Page] = []
    var stories: [Story] = []
    var errors: [String] = []

    init(_ name: String, _ bytes: [UInt8], format: Page.Format = .auto, maximumSize: Int = 64 << 20) {
        let reader = PageReader(maximumSize: maximumSize)
        let walker = PageWalker(Page(name: name, bytes: bytes, format: format), maximumSize: maximumSize)
        while let item = walker.next() {
            switch item {
            case .page(let page):
                pages.append(page)
                do throws(IntakeError) {
                    for result in try reader.read(page) { take(result, page) }
                } catch {
                    errors.append(page.named(error).description)
                }
            case .line(let line, let page): take(reader.result(of: line, page: page), page)
            case .refused(let error): errors.append(error.description)
            }
        }
    }

    private mutating func take(_ result: Result<Story, IntakeError>, _ page: Page) {
        switch result {
        case .success(let story): stories.append(story)
        case .failure(let error): errors.append(page.named(error).description)
        }
    }

    /// The stories' own texts.
    var texts: [String] { stories.map { $0.text($0.span) } }
}
