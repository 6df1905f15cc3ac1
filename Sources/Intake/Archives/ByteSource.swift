internal import Foundation

/// What a read from a source gave.
enum Piece {
    /// More bytes stand in the window.
    case bytes
    /// There are no more.
    case end
    /// What follows does not hang together with what came: a damaged stretch was passed over, or reading ends here.
    case fault(Fault)
}

/// Why bytes cannot be had.
struct Fault: Hashable {
    /// Offset in the stream that is at fault.
    var offset: Int
    var reason: String
    /// Nothing comes after it.
    var isLast = false
}

/// Where bytes come from, piece by piece.
protocol ByteSource: AnyObject {
    /// Puts the next bytes into the window.
    func read(into window: inout ByteWindow) -> Piece
}

/// How much came from outside, and how much was made of it by inflating: what tells a bomb.
final class InflationBudget {
    /// More than this is never made of one byte of real news: deflate's own limit is 1,032.
    static let ratio = 400
    /// Small archives may be as they like.
    static let allowance = 64 << 20

    var taken = 0
    private var made = 0

    /// Counts bytes that inflating made; false where they are too many.
    func allows(_ count: Int) -> Bool {
        made += count
        return made <= InflationBudget.allowance + InflationBudget.ratio * taken
    }

    static let reason =
        "unpacks to more than \(InflationBudget.ratio) times its size, as a decompression bomb does: not read on"
}

/// A file, a pipe, or what else the system reads from.
final class FileSource: ByteSource {
    private let handle: FileHandle
    private let budget: InflationBudget
    private var offset = 0

    init(_ handle: FileHandle, budget: InflationBudget) {
        self.handle = handle
        self.budget = budget
    }

    func read(into window: inout ByteWindow) -> Piece {
        window.makeRoom(1 << 20)
        let descriptor = handle.fileDescriptor
        var count = 0
        var number: Int32 = 0
        repeat {
            unsafe window.fill { buffer in
                count = unsafe Foundation.read(descriptor, buffer.baseAddress, buffer.count)
                number = errno
                return count
            }
        } while count < 0 && number == EINTR
        if count < 0 {
            return .fault(Fault(offset: offset, reason: "cannot be read: \(FileSource.words(number))", isLast: true))
        }
        offset += count
        budget.taken += count
        return count == 0 ? .end : .bytes
    }

    private static func words(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }
}

/// A stretch of something that can be read at any place.
final class RangeSource: ByteSource {
    private let access: any RandomAccess
    private let range: Range<Int>
    private var at: Int

    init(_ access: any RandomAccess, _ range: Range<Int>) {
        self.access = access
        self.range = range
        at = range.lowerBound
    }

    func read(into window: inout ByteWindow) -> Piece {
        guard at < range.upperBound else { return .end }
        let wanted = min(1 << 18, range.upperBound - at)
        let bytes = access.bytes(at: at, count: wanted)
        guard !bytes.isEmpty else {
            return .fault(Fault(offset: at, reason: "the file ends within it", isLast: true))
        }
        at += bytes.count
        window.append(bytes)
        return .bytes
    }
}

/// Something that can be read at any place.
protocol RandomAccess: AnyObject {
    var size: Int { get }
    /// The bytes from a place on, fewer at the end.
    func bytes(at offset: Int, count: Int) -> [UInt8]
}

/// Bytes in memory.
final class MemoryAccess: RandomAccess {
    private let all: [UInt8]
    init(_ bytes: [UInt8]) { all = bytes }
    var size: Int { all.count }
    func bytes(at offset: Int, count: Int) -> [UInt8] {
        guard 0 <= offset, offset < all.count, count > 0 else { return [] }
        return Array(all[offset..<offset + min(count, all.count - offset)])
    }
}

/// A file that can be read at any place.
final class FileAccess: RandomAccess {
    private let handle: FileHandle
    private let budget: InflationBudget
    let size: Int

    /// Nil where the file cannot be: a pipe.
    init?(_ handle: FileHandle, budget: InflationBudget) {
        guard let end = try? handle.seekToEnd(), let size = Int(exactly: end), size > 0 else { return nil }
        self.handle = handle
        self.budget = budget
        self.size = size
    }

    func bytes(at offset: Int, count: Int) -> [UInt8] {
        guard 0 <= offset, offset < size, count > 0, (try? handle.seek(toOffset: UInt64(offset))) != nil,
            let data = try? handle.read(upToCount: min(count, size - offset))
        else { return [] }
        budget.taken += data.count
        return Array(data)
    }
}

extension ByteWindow {
    /// Puts bytes behind those that it holds.
    mutating func append(_ bytes: [UInt8]) {
        makeRoom(bytes.count)
        unsafe fill { buffer in
            unsafe buffer.copyBytes(from: bytes)
            return bytes.count
        }
    }
}
