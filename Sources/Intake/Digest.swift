internal import Crypto

/// SHA-256 of bytes, in hexadecimal.
public enum Digest {
    /// All 64 digits.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Array(bytes))
        return hash.finalize().reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }

    /// The first 16 digits, as stories without an id of their own are called.
    public static func shortHex(_ bytes: some Sequence<UInt8>) -> String { String(hex(bytes).prefix(16)) }

    private static let digits = Array("0123456789abcdef")
}
