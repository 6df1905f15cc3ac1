internal import CDeflate

/// Inflates what comes in pieces, through zlib (RFC 1950, 1951, 1952). A value with an end: zlib's state goes with it.
@safe final class Inflater {
    /// What stands around the deflated bytes.
    enum Wrapper: Int32 {
        case gzip = 31
        case zlib = 15
        case bare = -15
    }

    enum Outcome { case goesOn, ended, broken }

    private let stream: UnsafeMutablePointer<z_stream>

    init?(_ wrapper: Wrapper) {
        guard let stream = unsafe onrecord_inflate_new(wrapper.rawValue) else { return nil }
        unsafe self.stream = stream
    }

    deinit { unsafe onrecord_inflate_free(stream) }

    /// Inflates as much of `input` as `room` bytes hold, behind what the window holds.
    ///
    /// - Returns: how many bytes of the input were taken, how many made, and whether the stream goes on.
    func inflate(
        _ input: ArraySlice<UInt8>, into window: inout ByteWindow, room: Int
    ) -> (taken: Int, made: Int, Outcome) {
        window.makeRoom(room)
        var (taken, made): (UInt32, UInt32) = (0, 0)
        var result: Int32 = 0
        unsafe input.withUnsafeBytes { from in
            unsafe window.fill { to in
                result = unsafe onrecord_inflate(
                    stream, from.baseAddress, UInt32(clamping: from.count), to.baseAddress,
                    UInt32(clamping: min(room, to.count)), &taken, &made)
                return Int(made)
            }
        }
        let outcome: Outcome =
            switch result {
            case Z_STREAM_END: .ended
            case Z_OK, Z_BUF_ERROR: .goesOn
            default: .broken
            }
        return (Int(taken), Int(made), outcome)
    }
}

/// Inflates gzip members that are whole in memory, through libdeflate; checks their length and CRC-32.
@safe final class WholeInflater {
    enum Outcome {
        case done(taken: Int, made: Int)
        /// The member is larger than the room.
        case tooLarge
        /// It is cut or damaged.
        case bad
    }

    private let decompressor: OpaquePointer

    init?() {
        guard let decompressor = unsafe libdeflate_alloc_decompressor() else { return nil }
        unsafe self.decompressor = decompressor
    }

    deinit { unsafe libdeflate_free_decompressor(decompressor) }

    /// Inflates the member at the start of `input` behind what the window holds, into no more than `room` bytes.
    func inflateGzip(_ input: ArraySlice<UInt8>, into window: inout ByteWindow, room: Int) -> Outcome {
        window.makeRoom(room)
        var (taken, made) = (0, 0)
        var result = LIBDEFLATE_BAD_DATA
        unsafe input.withUnsafeBytes { from in
            unsafe window.fill { to in
                unsafe result = libdeflate_gzip_decompress_ex(
                    decompressor, from.baseAddress, from.count, to.baseAddress, min(room, to.count), &taken, &made)
                return result == LIBDEFLATE_SUCCESS ? made : 0
            }
        }
        switch result {
        case LIBDEFLATE_SUCCESS: return .done(taken: taken, made: made)
        case LIBDEFLATE_INSUFFICIENT_SPACE: return .tooLarge
        default: return .bad
        }
    }
}

/// CRC-32 as gzip and ZIP have it.
enum Checksum {
    static func crc32(_ bytes: ArraySlice<UInt8>, after value: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(value, $0.baseAddress, $0.count) }
    }
}
