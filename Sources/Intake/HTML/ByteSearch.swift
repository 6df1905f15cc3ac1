internal import Glibc

/// Finds bytes by the C library's search, which looks at many at a time: pages are scripts for the most part.
enum ByteSearch {
    /// Where `byte` is first found from `start` on, before `end`; `end` where it is not.
    static func first(_ byte: UInt8, in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start < end else { return end }
        return unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), end - start)
            else { return end }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// Where a string of lower-case ASCII, in whatever case, is first found; nil where it is not.
    static func first(_ text: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        let count = text.utf8CodeUnitCount
        let lead = text.withUTF8Buffer { unsafe $0[0] }
        while true {
            at = first(lead, in: bytes, from: at, to: bytes.count)
            if at + count > bytes.count { return nil }
            if matches(text, in: bytes, at: at) { return at }
            at += 1
        }
    }

    /// Whether a string of lower-case ASCII stands at a place, in whatever case.
    static func matches(_ text: StaticString, in bytes: [UInt8], at start: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard start + count <= bytes.count else { return false }
        return text.withUTF8Buffer { expected in
            for index in 0..<count where unsafe fold(bytes[start + index]) != expected[index] { return false }
            return true
        }
    }

    /// Whether a stretch is a string of lower-case ASCII, in whatever case.
    static func equals(_ text: StaticString, _ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        range.count == text.utf8CodeUnitCount && matches(text, in: bytes, at: range.lowerBound)
    }

    /// An ASCII letter in lower case; every other byte as it is.
    static func fold(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
