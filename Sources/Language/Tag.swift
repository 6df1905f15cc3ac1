/// A universal part-of-speech tag (Universal Dependencies 2).
public enum Tag: UInt8, CaseIterable, Sendable {
    case adjective, adposition, adverb, auxiliary, coordinatingConjunction, determiner, interjection, noun, numeral
    case particle, pronoun, properNoun, punctuation, subordinatingConjunction, symbol, verb, other

    /// The tag as Universal Dependencies writes it: `ADJ`, `PROPN`.
    public var name: String { Tag.names[Int(rawValue)] }

    /// The tag of that name, nil where Universal Dependencies has none.
    public init?(name: some StringProtocol) {
        guard let index = Tag.names.firstIndex(where: { $0 == name }) else { return nil }
        self.init(rawValue: UInt8(index))
    }

    private static let names = [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SYM", "VERB", "X",
    ]
}
