internal import LanguageData

/// The compiled tables that sit in the executable, as bytes.
public enum EmbeddedTable {
    /// The word table, for `Lexicon`.
    public static func lexicon() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: onrecord_lexicon(), count: onrecord_lexicon_count()))
    }

    /// The trained network, for `LanguageModel`.
    static func network() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: onrecord_network(), count: onrecord_network_count()))
    }

    /// The trained network that finds attributions.
    public static func attributions() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: onrecord_attributions(), count: onrecord_attributions_count()))
    }

    /// How rare words are, for the linking of stories.
    public static func linkCounts() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: onrecord_link_counts(), count: onrecord_link_counts_count()))
    }

    /// The trained trees that tell whether two stories are of one incident.
    public static func linking() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: onrecord_linking(), count: onrecord_linking_count()))
    }

    /// The table of places.
    public static func gazetteer() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: onrecord_gazetteer(), count: onrecord_gazetteer_count()))
    }
}

/// Reads little-endian 32-bit numbers of a compiled table, one behind the other.
public struct TableReader {
    private let bytes: [UInt8]
    /// Offset of the next number.
    public private(set) var at = 0

    /// A reader at the start of `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next number, nil at the end.
    public mutating func next() -> UInt32? {
        guard at + 4 <= bytes.count else { return nil }
        return take()
    }

    /// The next number.
    ///
    /// - Precondition: four bytes are left.
    public mutating func take() -> UInt32 {
        defer { at += 4 }
        return UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
            | UInt32(bytes[at + 3]) << 24
    }
}
