/// Bytes on their way through a reader: a buffer whose filled part moves on, and that grows only where it has to.
struct ByteWindow {
    private(set) var bytes: [UInt8] = []
    private(set) var start = 0
    private(set) var end = 0

    /// How many bytes it holds.
    var count: Int { end - start }
    /// How many bytes fit behind those that it holds.
    var room: Int { bytes.count - end }

    /// What it holds.
    var held: ArraySlice<UInt8> { bytes[start..<end] }

    /// The byte at a place behind the start.
    subscript(_ index: Int) -> UInt8 { bytes[start + index] }

    /// Makes room for `count` bytes behind those that it holds.
    mutating func makeRoom(_ count: Int) {
        if room >= count { return }
        if start > 0 {
            let held = self.count
            let from = start
            unsafe bytes.withUnsafeMutableBytes { buffer in
                // copyMemory may overlap, as memmove.
                guard let base = buffer.baseAddress else { return }
                unsafe base.copyMemory(from: base + from, byteCount: held)
            }
            start = 0
            end = held
        }
        if room < count {
            bytes += [UInt8](repeating: 0, count: max(count - room, min(bytes.count, 1 << 20)))
        }
    }

    /// Lets `write` fill the room; it gives how many bytes it wrote.
    mutating func fill(_ write: (UnsafeMutableRawBufferPointer) -> Int) {
        let from = end
        let written = unsafe bytes.withUnsafeMutableBytes { unsafe write(.init(rebasing: $0[from...])) }
        end += min(max(0, written), bytes.count - from)
    }

    /// Lets go of the first bytes.
    mutating func drop(_ count: Int) {
        start += min(count, self.count)
        if start == end {
            start = 0
            end = 0
        }
    }
}
