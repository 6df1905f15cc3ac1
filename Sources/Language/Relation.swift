/// What a word is to its head: the relations of Universal Dependencies 2, with the subtypes that English has.
public enum Relation: UInt8, CaseIterable, Sendable {
    case adnominalClause, relativeClause, adverbialClause, sententialRelativeClause, adverbialModifier
    case adjectivalModifier, apposition, auxiliary, passiveAuxiliary, caseMarker, coordinator, preconjunction
    case clausalComplement, compound, verbParticle, conjunct, copula, clausalSubject, outerClausalSubject
    case passiveClausalSubject, unspecified, determiner, predeterminer, discourse, dislocated, expletive
    case fixedExpression, flatName, goesWith, indirectObject, listItem, clauseMarker, nominalModifier
    case nominalDescription, possessive, unmarkedNominalModifier, subject, outerSubject, passiveSubject
    case numericModifier, object, oblique, agent, unmarkedOblique, orphan, parataxis, punctuation, reparandum, root
    case vocative, openClausalComplement

    /// The relation as Universal Dependencies writes it: `nsubj:pass`.
    public var name: String { Relation.names[Int(rawValue)] }

    /// The relation of that name, nil where Universal Dependencies has none.
    public init?(name: some StringProtocol) {
        guard let index = Relation.names.firstIndex(where: { $0 == name }) else { return nil }
        self.init(rawValue: UInt8(index))
    }

    private static let names = [
        "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
        "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass",
        "dep", "det", "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list",
        "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod",
        "obj", "obl", "obl:agent", "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "root", "vocative",
        "xcomp",
    ]
}
