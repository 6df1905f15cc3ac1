internal import Language
internal import Stories

/// A name of places in the text, with all places that bear it.
struct Toponym {
    /// What kind of name it is.
    enum Kind {
        /// A name of the gazetteer.
        case name
        /// A street or road, which no gazetteer has.
        case street
        /// A building, park or other site that the gazetteer lacks.
        case site
        /// A place by its grammar, which the gazetteer lacks.
        case unknown
    }

    /// How the words around it speak for a place.
    enum Strength {
        /// Only where the story names it as a place elsewhere.
        case weak
        /// Also where it is a country, a province or a large town.
        case fair
        case strong
    }

    var kind = Kind.name
    /// Its tokens.
    var tokens: Range<Int>
    /// Its normalised name.
    var key: UInt64
    /// The places of that name, as positions of the gazetteer.
    var candidates: Range<Int>
    /// Index of the toponym in which this one lies: the one behind the comma.
    var container: Int?
    /// The level that the words beside it ask for: `Helmand province`.
    var level: PlaceLevel?
    /// Whether it opens the story: `MOSCOW (Reuters)`.
    var isDateline = false
    var strength = Strength.strong
    /// Whether a preposition of place stands before it.
    var isBehindPreposition = false
    /// Whether the gazetteer has it in another spelling only.
    var isRespelled = false
}

extension Token {
    /// Whether the token is the clitic of a possessive.
    func isPossessive(in analysis: Analysis, at index: Int) -> Bool {
        analysis.is(index, "'s") || analysis.is(index, "'")
    }
}
