internal import Stories

/// Reads ZIP archives by their central directory (APPNOTE 6.3, ZIP64 included), entry by entry, stored or deflated.
///
/// Entries' names are labels: nothing is ever written to where they point.
final class ZIPReader {
    /// An entry, or why it cannot be had.
    enum Entry {
        case file(name: String, ByteReader)
        case refused(name: String, offset: Int, reason: String)
    }

    private let access: any RandomAccess
    private let budget: InflationBudget
    private let directory: ByteReader
    private var left: Int
    /// Bytes that stand before the archive, as before one that unpacks itself.
    private let shift: Int
    /// Bytes of the archive that entries have laid claim to; more than there are only where entries overlap.
    private var claimed = 0

    /// - Throws: where there is no central directory.
    init(_ access: any RandomAccess, budget: InflationBudget) throws(ZIPFault) {
        self.access = access
        self.budget = budget
        let end = try ZIPReader.end(of: access)
        directory = ByteReader(RangeSource(access, end.directory))
        left = end.count
        shift = end.shift
    }

    struct ZIPFault: Error { var reason: String }

    /// The next entry that is a file; nil behind the last.
    func next() -> Entry? {
        while left > 0 {
            left -= 1
            let at = directory.offset
            guard directory.fill(46), ZIPReader.number(directory.window, 0, 4) == 0x0201_4B50 else {
                left = 0
                return .refused(name: "", offset: at, reason: "the list of entries is cut or damaged")
            }
            let field = { (offset: Int, size: Int) in ZIPReader.number(self.directory.window, offset, size) }
            let (flags, method, crc) = (field(8, 2), field(10, 2), UInt32(field(16, 4)))
            var (packed, unpacked, header) = (field(20, 4), field(24, 4), field(42, 4))
            let (nameLength, extraLength, commentLength) = (field(28, 2), field(30, 2), field(32, 2))
            directory.drop(46)
            guard directory.fill(nameLength + extraLength + commentLength) else {
                left = 0
                return .refused(name: "", offset: at, reason: "the list of entries is cut")
            }
            let rest = directory.take(nameLength + extraLength + commentLength)
            let raw = rest[..<nameLength]
            let name = ZIPReader.label(raw)
            ZIPReader.widen(
                rest[nameLength..<nameLength + extraLength], unpacked: &unpacked, packed: &packed, header: &header)
            if raw.last == UInt8(ascii: "/") { continue }
            guard flags & 1 == 0 else {
                return .refused(name: name, offset: header, reason: "is encrypted: decrypt the archive first")
            }
            guard method == 0 || method == 8 else {
                return .refused(
                    name: name, offset: header,
                    reason: "is packed by method \(method): pack the archive anew with deflate")
            }
            return open(name, header: header, packed: packed, unpacked: unpacked, deflated: method == 8, crc: crc)
        }
        return nil
    }

    private func open(
        _ name: String, header: Int, packed: Int, unpacked: Int, deflated: Bool, crc: UInt32
    ) -> Entry {
        let (place, overflow) = header.addingReportingOverflow(shift)
        let local = overflow ? [] : access.bytes(at: place, count: 30)
        guard local.count == 30, ZIPReader.number(local[...], 0, 4) == 0x0403_4B50 else {
            return .refused(name: name, offset: header, reason: "does not stand where the list of entries says")
        }
        let start = place + 30 + ZIPReader.number(local[...], 26, 2) + ZIPReader.number(local[...], 28, 2)
        guard packed <= access.size, start <= access.size - packed else {
            return .refused(name: name, offset: header, reason: "the archive ends within it: it is cut")
        }
        claimed += packed
        guard claimed <= access.size else {
            left = 0
            return .refused(
                name: name, offset: header, reason: "overlaps other entries, as in a decompression bomb: not read on")
        }
        let range: any ByteSource = RangeSource(access, start..<start + packed)
        let source = EntrySource(
            ByteReader(range), deflated: deflated, size: unpacked, crc: crc, budget: budget)
        return .file(name: name, ByteReader(source))
    }

    /// Where the central directory stands.
    private static func end(
        of access: any RandomAccess
    ) throws(ZIPFault) -> (directory: Range<Int>, count: Int, shift: Int) {
        let span = min(access.size, 22 + 65_535)
        let tail = access.bytes(at: access.size - span, count: span)
        guard tail.count >= 22,
            let at = (0...tail.count - 22).last(where: { number(tail[...], $0, 4) == 0x0605_4B50 })
        else { throw ZIPFault(reason: "has no list of entries at its end: it is cut or damaged") }
        var (count, size, offset) = (
            number(tail[...], at + 10, 2), number(tail[...], at + 12, 4), number(tail[...], at + 16, 4)
        )
        let end = access.size - span + at
        var directoryEnd = end
        if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, at >= 20,
            number(tail[...], at - 20, 4) == 0x0706_4B50
        {
            let place = number(tail[...], at - 12, 8)
            let record = access.bytes(at: place, count: 56)
            guard record.count == 56, number(record[...], 0, 4) == 0x0606_4B50 else {
                throw ZIPFault(reason: "has a list of entries for large archives that is damaged")
            }
            count = number(record[...], 32, 8)
            size = number(record[...], 40, 8)
            offset = number(record[...], 48, 8)
            directoryEnd = place
        }
        // What stands before the archive moves all offsets alike.
        guard size <= directoryEnd, offset <= directoryEnd - size, count <= size / 46 else {
            throw ZIPFault(reason: "has a list of entries that points out of it: it is cut or damaged")
        }
        return (directoryEnd - size..<directoryEnd, count, directoryEnd - size - offset)
    }

    /// Takes the sizes of ZIP64's extra field where the entry's own have no room.
    private static func widen(
        _ extra: ArraySlice<UInt8>, unpacked: inout Int, packed: inout Int, header: inout Int
    ) {
        var at = 0
        while at + 4 <= extra.count {
            let (kind, size) = (number(extra, at, 2), number(extra, at + 2, 2))
            at += 4
            guard at + size <= extra.count else { return }
            if kind == 1 {
                var field = at
                func wide(_ value: inout Int) {
                    guard value == 0xFFFF_FFFF, field + 8 <= at + size else { return }
                    value = number(extra, field, 8)
                    field += 8
                }
                wide(&unpacked)
                wide(&packed)
                wide(&header)
            }
            at += size
        }
    }

    /// A little-endian number; one too large for `Int` is the largest.
    private static func number(_ bytes: ArraySlice<UInt8>, _ at: Int, _ size: Int) -> Int {
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(bytes[bytes.startIndex + at + index]) << (8 * UInt64(index)) }
        return Int(clamping: value)
    }

    private static func number(_ window: ByteWindow, _ at: Int, _ size: Int) -> Int {
        number(window.held, at, size)
    }

    /// A name as a label: without steps up, roots and control characters.
    static func label(_ raw: ArraySlice<UInt8>) -> String {
        let text = String(decoding: raw.filter { $0 >= 32 }, as: UTF8.self)
        return text.split { $0 == "/" || $0 == "\\" }.filter { $0 != ".." && $0 != "." && !$0.hasSuffix(":") }
            .joined(separator: "/")
    }
}

/// The bytes of an entry, inflated and checked against their length and CRC-32.
final class EntrySource: ByteSource {
    private let input: ByteReader
    private let inflater: Inflater?
    private let deflated: Bool
    private let size: Int
    private let crc: UInt32
    private let budget: InflationBudget
    private var sum: UInt32 = 0
    private var made = 0
    private var isOver = false

    init(_ input: ByteReader, deflated: Bool, size: Int, crc: UInt32, budget: InflationBudget) {
        self.input = input
        self.deflated = deflated
        self.size = size
        self.crc = crc
        self.budget = budget
        inflater = deflated ? Inflater(.bare) : nil
    }

    func read(into window: inout ByteWindow) -> Piece {
        while !isOver {
            let before = window.count
            guard input.fill(1) else {
                if !deflated, input.fault == nil { return finish(nil) }
                return finish(input.fault?.reason ?? "the archive ends within it: it is cut")
            }
            if let inflater {
                let (taken, count, outcome) = inflater.inflate(input.window.held, into: &window, room: 1 << 18)
                input.drop(taken)
                note(window.held.suffix(count))
                guard budget.allows(count) else { return finish(InflationBudget.reason) }
                switch outcome {
                case .goesOn: if taken == 0, count == 0 { return finish("it is damaged") }
                case .ended: return count > 0 && isWhole ? ended() : finish(nil)
                case .broken: return finish("it is damaged")
                }
            } else if deflated {
                return finish("there is no memory to inflate it")
            } else {
                let bytes = input.take(min(input.count, 1 << 18))
                note(bytes[...])
                window.append(bytes)
            }
            if window.count > before { return .bytes }
        }
        return .end
    }

    private var isWhole: Bool { made == size && sum == crc }

    private func note(_ bytes: ArraySlice<UInt8>) {
        made += bytes.count
        sum = Checksum.crc32(bytes, after: sum)
    }

    private func ended() -> Piece {
        isOver = true
        return .bytes
    }

    private func finish(_ reason: String?) -> Piece {
        isOver = true
        if let reason { return .fault(Fault(offset: input.offset, reason: reason, isLast: true)) }
        if isWhole { return .end }
        return .fault(Fault(offset: input.offset, reason: "it is damaged: its checksum is another", isLast: true))
    }
}
