/// A word, number or punctuation mark of a story, with what the lexicon knows of it.
public struct Token: Hashable, Sendable {
    /// What can be seen of a token's spelling.
    public struct Shape: OptionSet, Hashable, Sendable {
        /// The flags as bits.
        public let rawValue: UInt16
        /// A shape with those bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// The first letter is upper case.
        public static let capitalized = Shape(rawValue: 1 << 0)
        /// It has two letters or more, and all are upper case.
        public static let allCapitals = Shape(rawValue: 1 << 1)
        /// It begins with a digit.
        public static let number = Shape(rawValue: 1 << 2)
        /// It holds a digit.
        public static let digit = Shape(rawValue: 1 << 3)
        /// It is punctuation or a symbol.
        public static let punctuation = Shape(rawValue: 1 << 4)
        /// White space stands before it.
        public static let spaceBefore = Shape(rawValue: 1 << 5)
        /// It is a quotation mark.
        public static let quote = Shape(rawValue: 1 << 6)
        /// It is a quotation mark that opens, by its form or its neighbours.
        public static let opening = Shape(rawValue: 1 << 7)
        /// It is a dash that parts words, not one inside a word.
        public static let dash = Shape(rawValue: 1 << 8)
        /// It is an abbreviation that keeps its full stop.
        public static let abbreviation = Shape(rawValue: 1 << 9)
        /// It ends a sentence: a full stop, a question mark, an exclamation mark.
        public static let terminal = Shape(rawValue: 1 << 10)
        /// It is a web or mail address.
        public static let address = Shape(rawValue: 1 << 11)
    }

    /// Offset of the first byte in the story's `bytes`.
    public var start: UInt32
    /// Offset behind the last byte.
    public var end: UInt32
    /// Number of the word in the lexicon, letter case folded; 0 where it has none.
    public var word: UInt32
    /// Number of its dictionary form in the lexicon; 0 where it has none.
    public var lemma: UInt32
    /// The word lists that the word is in.
    public var lists: WordLists
    /// Its spelling.
    public var shape: Shape
    /// Its part of speech.
    public var tag: Tag
    /// Its Penn Treebank tag, as a number of the language model's; `Analysis.pennTag(of:)` names it.
    public var pennTag: UInt8 = 0
    /// What it is to its head.
    public var relation: Relation = .unspecified
    /// Index, in the story, of the token that it depends on; -1 at the root of its sentence.
    public var head: Int32 = -1

    /// A token from its parts.
    public init(
        start: Int, end: Int, word: UInt32 = 0, lemma: UInt32 = 0, lists: WordLists = [], shape: Shape = [],
        tag: Tag = .other
    ) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.word = word
        self.lemma = lemma
        self.lists = lists
        self.shape = shape
        self.tag = tag
    }

    /// Whether the word is in `list`.
    public func isIn(_ list: WordList) -> Bool { lists.contains(list) }
    /// Whether it is punctuation or a symbol.
    public var isPunctuation: Bool { shape.contains(.punctuation) }
    /// Whether it is a quotation mark.
    public var isQuote: Bool { shape.contains(.quote) }
    /// Whether its first letter is upper case.
    public var isCapitalized: Bool { shape.contains(.capitalized) }
    /// Whether white space stands before it.
    public var hasSpaceBefore: Bool { shape.contains(.spaceBefore) }
}
