/// What the files of all models share.
package enum ModelBytes {
    /// FNV-1a over words of eight bytes, the rest byte by byte.
    package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        return unsafe bytes.withUnsafeBytes { bytes in
            var at = 0
            while at + 8 <= bytes.count {
                hash =
                    unsafe (hash ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
                    &* 1_099_511_628_211
                at += 8
            }
            while at < bytes.count {
                hash = unsafe (hash ^ UInt64(bytes[at])) &* 1_099_511_628_211
                at += 1
            }
            return hash
        }
    }

    /// The reader of a model file behind its first bytes, which are checked: magic, version, checksum of all that follows.
    ///
    /// - Throws: `LanguageModelError`.
    package static func open(_ bytes: [UInt8], magic: UInt32, version known: UInt32) throws(LanguageModelError)
        -> ModelReader
    {
        var reader = ModelReader(bytes)
        guard reader.number() == magic else { throw .notAModel }
        guard let version = reader.number() else { throw .damaged }
        guard version == known else { throw .version(found: Int(version), known: Int(known)) }
        guard let low = reader.number(), let high = reader.number(),
            checksum(bytes[16...]) == UInt64(high) << 32 | UInt64(low)
        else { throw .damaged }
        return reader
    }
}

/// Reads numbers and stretches from bytes, nil where they end too early.
package struct ModelReader {
    private let source: [UInt8]
    private var at = 0

    package init(_ source: [UInt8]) { self.source = source }

    package var isAtEnd: Bool { at == source.count }

    package mutating func number() -> UInt32? { numbers(1)?[0] }

    package mutating func numbers(_ count: Int) -> [UInt32]? {
        guard count >= 0, count <= (source.count - at) / 4 else { return nil }
        defer { at += 4 * count }
        return unsafe source.withUnsafeBytes { bytes in
            (0..<count).map {
                unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 4 * $0, as: UInt32.self))
            }
        }
    }

    package mutating func floats(_ count: Int) -> [Float]? { numbers(count)?.map { Float(bitPattern: $0) } }

    package mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= source.count - at else { return nil }
        defer { at += count }
        return source[at..<at + count]
    }

    package mutating func text() -> String? {
        guard let count = number(), let bytes = bytes(Int(count)) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
