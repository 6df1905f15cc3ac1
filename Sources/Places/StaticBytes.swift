internal import LanguageData

/// Bytes that sit in the executable for as long as it runs: read in place, never copied.
@safe
struct StaticBytes: Sendable {
    // The bytes are constant data of the program: nobody writes or frees them.
    nonisolated(unsafe) private let start: UnsafePointer<UInt8>
    let count: Int

    /// The compiled gazetteer.
    static var gazetteer: StaticBytes {
        unsafe StaticBytes(start: onrecord_gazetteer(), count: onrecord_gazetteer_count())
    }

    private init(start: UnsafePointer<UInt8>, count: Int) {
        unsafe self.start = start
        self.count = count
    }

    /// The first bytes, as a table that was cut would have them.
    func prefix(_ length: Int) -> StaticBytes {
        unsafe StaticBytes(start: start, count: min(max(0, length), count))
    }

    subscript(_ at: Int) -> UInt8 {
        precondition(0 <= at && at < count, "The table is shorter than its head says.")
        return unsafe start[at]
    }

    /// The little-endian number of four bytes.
    func word(_ at: Int) -> UInt32 {
        precondition(0 <= at && at + 4 <= count, "The table is shorter than its head says.")
        return unsafe UInt32(
            littleEndian: UnsafeRawPointer(start + at).loadUnaligned(as: UInt32.self))
    }

    /// A stretch of text.
    func text(_ range: Range<Int>) -> String {
        guard 0 <= range.lowerBound, range.upperBound <= count else { return "" }
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start + range.lowerBound, count: range.count), as: UTF8.self)
    }
}
