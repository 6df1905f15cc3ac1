internal import Language
internal import Stories

/// Tells of whom a figure is, as the words for those counted say it: `Russian servicemen` are combatants and of a
/// nationality, `three schoolgirls` are children.
struct PopulationFinder {
    let analysis: Analysis

    /// The populations that a noun phrase names, each once, in the order of the cases.
    func populations(of phrase: Range<Int>) -> [Figure.Population] {
        var found: Set<Figure.Population> = []
        for index in phrase {
            let token = analysis.tokens[index]
            switch analysis.value(of: index, in: .victimNoun) {
            case 2: found.insert(.combatant)
            case 3: found.insert(.child)
            case 6: found.insert(.securityForce)
            case 7: found.insert(.civilian)
            case 8: found.insert(.woman)
            case 9: found.insert(.passenger)
            case 10: found.insert(.crew)
            case 11: found.insert(.man)
            default:
                if analysis.is(index, anyOf: "police", "gendarmes", "paramilitary") { found.insert(.securityForce) }
                if analysis.is(index, anyOf: "rebel", "militant", "guerrilla", "army", "military", "insurgent") {
                    found.insert(.combatant)
                }
                if analysis.is(index, anyOf: "civilian", "unarmed") { found.insert(.civilian) }
            }
            if token.isIn(.nationality), token.isCapitalized || token.shape.contains(.allCapitals) {
                found.insert(.nationality)
            }
        }
        // "police officers", "crew members": the first word says which members.
        return Figure.Population.allCases.filter(found.contains)
    }

    /// The first word of a phrase that names a people: `Russian`.
    func nationality(of phrase: Range<Int>) -> String? {
        phrase.first { analysis.tokens[$0].isIn(.nationality) && analysis.tokens[$0].isCapitalized }.map {
            analysis.text(of: $0)
        }
    }
}
