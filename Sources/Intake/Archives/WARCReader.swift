/// Reads WARC files (ISO 28500, WARC/0.17 to 1.1) record by record. A damaged stretch is passed over up to the next record.
final class WARCReader {
    /// What a record gives.
    enum Record {
        /// A page that was fetched, or stored as a resource.
        case page(WARCPage)
        /// A record, or a stretch, that cannot be read.
        case refused(number: Int, offset: Int, address: String?, reason: String)
        /// A page over the limit.
        case tooLarge(number: Int, offset: Int, address: String)
    }

    /// Header blocks of more bytes are no headers.
    private static let headerLimit = 1 << 16

    private let input: ByteReader
    private let limit: Int
    private var number = 0

    init(_ input: ByteReader, limit: Int) {
        self.input = input
        self.limit = limit
    }

    /// The next record that has a page, or what is wrong; nil at the end.
    func next() -> Record? {
        while true {
            skipLineEnds()
            guard input.fill(1) || input.fault != nil else { return nil }
            if input.count == 0, let fault = input.fault {
                // What was lost stood between records: the fault names it.
                _ = input.resume()
                return .refused(number: number + 1, offset: input.offset, address: nil, reason: fault.reason)
            }
            number += 1
            let offset = input.offset
            guard let header = header() else {
                let reason = input.fault?.reason ?? (input.isAtEnd ? "the file ends within it: it is cut" : nil)
                recover()
                return .refused(
                    number: number, offset: offset, address: nil, reason: reason ?? "no WARC record starts here")
            }
            if let record = block(header, offset) { return record }
        }
    }

    private func skipLineEnds() {
        while input.fill(1), input.window[0] == 13 || input.window[0] == 10 { input.drop(1) }
    }

    /// Goes to where the next record starts.
    private func recover() {
        if input.fault != nil {
            _ = input.resume()
            return
        }
        let mark = Array("\nWARC/".utf8)
        while true {
            guard input.fill(mark.count) else {
                if input.fault != nil { _ = input.resume() } else { input.drop(input.count) }
                return
            }
            let held = input.window.held
            var at = held.startIndex
            while let line = held[at...].firstIndex(of: 10), line + mark.count <= held.endIndex {
                if held[line..<line + mark.count].elementsEqual(mark) {
                    input.drop(line + 1 - held.startIndex)
                    return
                }
                at = line + 1
            }
            // The mark may begin in the last bytes.
            input.drop(max(1, held.count - (mark.count - 1)))
        }
    }

    /// The header block of the record that starts here, let go; nil where there is none.
    private func header() -> FieldBlock? {
        guard input.starts(with: Array("WARC/".utf8)), let end = FieldBlock.end(input, from: 0, WARCReader.headerLimit)
        else { return nil }
        return FieldBlock(input.take(end))
    }

    /// The page in a record's block; nil where the record has none that is read.
    private func block(_ header: FieldBlock, _ offset: Int) -> Record? {
        let address = header.value("warc-target-uri").map(WARCReader.bare)
        guard let length = header.value("content-length").flatMap({ Int($0) }), length >= 0 else {
            recover()
            return .refused(number: number, offset: offset, address: address, reason: "it has no length")
        }
        let end = input.offset.addingReportingOverflow(length)
        guard !end.overflow else {
            recover()
            return .refused(number: number, offset: offset, address: address, reason: "its length is no length")
        }
        let kind = header.value("warc-type")?.lowercased()
        var http: FieldBlock?
        switch kind {
        case "response":
            let type = header.value("content-type")?.lowercased() ?? ""
            guard type.hasPrefix("application/http") else { return pass(length, offset, address) }
            if let size = FieldBlock.end(input, from: 0, min(length, WARCReader.headerLimit)) {
                http = FieldBlock(input.take(size))
            }
            guard let http, http.status == 200 else {
                return pass(end.partialValue - input.offset, offset, address)
            }
        case "resource", "conversion": break
        default: return pass(length, offset, address)
        }
        let body = end.partialValue - input.offset
        let type = MediaType((http ?? header).value("content-type"))
        guard let address, type.mayBeRead, !WARCReader.isForMachines(address) else {
            return pass(body, offset, address)
        }
        guard body <= limit else {
            return pass(body, offset, address) ?? .tooLarge(number: number, offset: offset, address: address)
        }
        guard input.fill(body) else { return cut(offset, address) }
        let bytes = input.take(body)
        switch http.map({ HTTPBody.decode(bytes, $0, limit: limit) }) ?? .bytes(bytes) {
        case .bytes(let bytes):
            return .page(
                WARCPage(bytes: bytes, address: address, type: type, number: number, offset: offset))
        case .refused(let reason):
            return .refused(number: number, offset: offset, address: address, reason: reason)
        case .tooLarge: return .tooLarge(number: number, offset: offset, address: address)
        }
    }

    /// Passes over the rest of a block.
    private func pass(_ count: Int, _ offset: Int, _ address: String?) -> Record? {
        input.skip(count) ? nil : cut(offset, address)
    }

    private func cut(_ offset: Int, _ address: String?) -> Record {
        let reason = input.fault?.reason ?? "the file ends within it: it is cut"
        if input.fault == nil { input.drop(input.count) } else { _ = input.resume() }
        return .refused(number: number, offset: offset, address: address, reason: reason)
    }

    /// An address without the brackets that early writers put around it.
    private static func bare(_ address: String) -> String {
        address.hasPrefix("<") && address.hasSuffix(">") ? String(address.dropFirst().dropLast()) : address
    }

    /// Files that sites keep for robots and sellers.
    private static func isForMachines(_ address: String) -> Bool {
        address.hasSuffix("/robots.txt") || address.hasSuffix("/ads.txt") || address.hasSuffix("/app-ads.txt")
            || address.hasSuffix("/security.txt")
    }
}

/// A page out of a WARC file.
struct WARCPage {
    var bytes: [UInt8]
    /// The address that it was fetched from.
    var address: String
    var type: MediaType
    /// The record's number in the file, from 1.
    var number: Int
    /// Where the record starts, in bytes of the unpacked file.
    var offset: Int
}

/// A first line and the fields under it, as WARC and HTTP have them: looked up in the bytes, so that nothing is made of
/// the many that nobody asks for.
struct FieldBlock {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Where the block that starts `from` bytes into the window ends, its empty line included; nil where none ends within
    /// `limit` bytes.
    static func end(_ input: ByteReader, from start: Int, _ limit: Int) -> Int? {
        var at = start
        var wanted = min(limit, 2048)
        while true {
            let isFull = input.fill(start + wanted)
            let held = input.window.held
            let base = held.startIndex
            let stop = min(held.count, limit)
            while at < stop {
                guard let line = held[(base + at)..<(base + stop)].firstIndex(of: 10) else {
                    at = stop
                    break
                }
                let next = line - base + 1
                if next < stop, held[base + next] == 10 { return next + 1 }
                if next + 1 < stop, held[base + next] == 13, held[base + next + 1] == 10 { return next + 2 }
                if next + 2 > stop {
                    at = line - base
                    break
                }
                at = next
            }
            guard isFull, wanted < limit else { return nil }
            wanted = min(limit, wanted * 4)
        }
    }

    /// The number behind the first word of the first line, as in `HTTP/1.1 200 OK`.
    var status: Int? {
        let line = bytes.prefix { $0 != 10 && $0 != 13 }
        guard line.starts(with: Array("HTTP/".utf8)) else { return nil }
        let word = line.drop { $0 != 32 }.drop { $0 == 32 }.prefix { $0 > 32 }
        return word.count == 3 ? Int(String(decoding: word, as: UTF8.self)) : nil
    }

    /// The value of the first field of that name, which is in lower case; nil where there is none.
    func value(_ name: StaticString) -> String? {
        let count = name.utf8CodeUnitCount
        var at = (bytes.firstIndex(of: 10) ?? bytes.count) + 1
        while at < bytes.count {
            let end = bytes[at...].firstIndex(of: 10) ?? bytes.count
            if at + count < end, bytes[at + count] == UInt8(ascii: ":"), isNamed(name, at) {
                return String(decoding: Blocks.trimmed(bytes[(at + count + 1)..<end]), as: UTF8.self)
            }
            at = end + 1
        }
        return nil
    }

    private func isNamed(_ name: StaticString, _ at: Int) -> Bool {
        name.withUTF8Buffer { expected in
            for index in 0..<expected.count {
                let byte = bytes[at + index]
                let folded = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
                if unsafe folded != expected[index] { return false }
            }
            return true
        }
    }
}
