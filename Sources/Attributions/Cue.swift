internal import Language
internal import Stories

/// A cue: the words that tie a source to what it says, thinks or means to do.
struct Cue {
    enum Form {
        /// A verb with its subject before it, or behind it where it is inverted.
        case verb
        /// A verb without subject of its own, tied to the main clause: `, adding that`.
        case participle
        /// `according to`, `in the view of`.
        case phrase
        /// A colon in a headline.
        case colon
        /// `was quoted as saying`.
        case quoted
        /// `it is believed that`: nobody is named.
        case impersonal
    }

    /// What may stand as content of a verb, and what else the lists say of it.
    struct Complement: OptionSet {
        let rawValue: Int
        static let speech = Complement(rawValue: 1)
        static let thought = Complement(rawValue: 2)
        static let weak = Complement(rawValue: 4)
        static let infinitive = Complement(rawValue: 8)
        static let nounPhrase = Complement(rawValue: 16)
        static let hearer = Complement(rawValue: 32)
    }

    var form: Form
    /// The verb or preposition that the cue turns on.
    var head: Int
    /// The cue's tokens, with auxiliaries, negation, adverbs, and the preposition that leads to the content.
    var tokens: Range<Int>
    /// Further tokens of the cue, apart from the first run: `was quoted` … `as saying`.
    var more: Range<Int>?
    var stance: Attribution.Stance
    var complement: Complement
    var isNegated = false

    /// The stance and complement that `Data/lists/cue-verb.txt` writes as one number.
    static func decode(_ value: Int) -> (stance: Attribution.Stance, complement: Complement) {
        let stances: [Attribution.Stance] = [.assert, .deny, .confirm, .decline, .question, .intend]
        var complement: Complement =
            switch value / 10 % 10 {
            case 1: .speech
            case 2: .thought
            case 3: .weak
            case 4: .infinitive
            case 5: .nounPhrase
            default: .weak
            }
        if value >= 100 { complement.insert(.hearer) }
        return (stances[min(value % 10, stances.count - 1)], complement)
    }
}
