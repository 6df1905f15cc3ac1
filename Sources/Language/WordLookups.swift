internal import Stories

extension Analysis {
    /// The whole number that a token writes in digits: `10,000`; nil where it is none, or beyond 15 digits.
    public func wholeNumber(at token: Int) -> Int? {
        guard tokens[token].shape.contains(.number) else { return nil }
        var value = 0
        var digits = 0
        for byte in story.bytes[Int(tokens[token].start)..<Int(tokens[token].end)] {
            if byte == UInt8(ascii: ",") { continue }
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, digits < 15 else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
        }
        return digits > 0 ? value : nil
    }

    /// How many bytes a token has.
    public func length(of token: Int) -> Int { Int(tokens[token].end - tokens[token].start) }
}
