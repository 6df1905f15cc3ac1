internal import Stories

/// Adds up figures that are meant to be added, and tells figures of all victims from figures of some of them.
///
/// "Three soldiers and five civilians" are eight. "Five civilians", where others count nine people, are a part of the nine;
/// where nobody counts more, they are all that is known of.
struct WholesAndParts {
    /// Which side of the fight those counted are said to be of.
    enum Side: String, CaseIterable { case civilian, combatant }

    /// What one speaker says of one measure in one story.
    private struct Statement: Hashable {
        var story: String
        var speaker: String
        var measure: Figure.Measure
    }

    /// The claims, figures of a part marked as such and each sum before its members, in the order of `claims`.
    static func told(_ claims: [Claim]) -> [Claim] {
        var statements: [Statement: [Int]] = [:]
        for (index, claim) in claims.enumerated() where claim.isFigure && claim.scope == .incident {
            guard let measure = claim.measure else { continue }
            statements[Statement(story: claim.story, speaker: SpeakerBook.key(claim), measure: measure), default: []]
                .append(index)
        }
        var told = claims
        var sums: [Int: Claim] = [:]
        for members in statements.values {
            for addends in addends(of: members.map { claims[$0] }) where addends.count > 1 {
                let indices = addends.map { members[$0] }
                sums[indices[0]] = sum(indices.map { claims[$0] })
                for index in indices { told[index].scope = .part }
            }
        }
        var floors: [Figure.Measure: Double] = [:]
        for claim in told + sums.values
        where claim.isFigure && claim.scope == .incident && !isOfSome(claim) {
            guard let measure = claim.measure else { continue }
            floors[measure] = max(floors[measure] ?? 0, FigureRange(claim).low)
        }
        for index in told.indices where told[index].isFigure && told[index].scope == .incident {
            guard let measure = told[index].measure, isOfSome(told[index]),
                isClearlyBelow(told[index], floors[measure] ?? 0)
            else { continue }
            told[index].scope = .part
        }
        return told.enumerated().flatMap { index, claim in (sums[index].map { [$0] } ?? []) + [claim] }
    }

    /// Whether those counted are told apart from others who may have been hit, too.
    static func isOfSome(_ claim: Claim) -> Bool { claim.population.contains(where: some.contains) }

    private static let some: Set<Figure.Population> = [
        .civilian, .combatant, .securityForce, .child, .woman, .crew, .passenger,
    ]

    /// Which side those counted are said to be of; nil where the words do not tell, or name both.
    static func side(_ claim: Claim) -> Side? {
        let isCivilian = claim.population.contains { $0 == .civilian || $0 == .child }
        let isCombatant = claim.population.contains { $0 == .combatant || $0 == .securityForce }
        return isCivilian == isCombatant ? nil : isCivilian ? .civilian : .combatant
    }

    /// "At least five" may be nine; so an open bound is a part only where it falls short of the whole by a quarter.
    private static func isClearlyBelow(_ claim: Claim, _ floor: Double) -> Bool {
        claim.max.map { $0 < floor } ?? (claim.lowNumber < 0.75 * floor)
    }

    /// Positions of the claims that add up: those of one group; of a speaker who counts civilians and combatants, and
    /// nowhere in the story all of them, one of each.
    private static func addends(of claims: [Claim]) -> [[Int]] {
        let groups = Dictionary(grouping: claims.indices.filter { claims[$0].group != nil }) { claims[$0].group ?? 0 }
            .values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
        guard groups.isEmpty, claims.allSatisfy(isOfSome),
            let civilian = claims.firstIndex(where: { side($0) == .civilian }),
            let combatant = claims.firstIndex(where: { side($0) == .combatant })
        else { return groups }
        return [[civilian, combatant].sorted()]
    }

    private static func sum(_ claims: [Claim]) -> Claim {
        var sum = claims[0]
        sum.min = claims.map { $0.min ?? 0 }.reduce(0, +)
        sum.max = claims.contains { $0.max == nil } ? nil : claims.map { $0.max ?? 0 }.reduce(0, +)
        sum.approximate = claims.contains(where: \.approximate)
        sum.phrase = claims.map(\.phrase).filter { !$0.isEmpty }.joined(separator: " + ")
        let sides = Set(claims.map(side))
        if sides.count != 1 || sides.first == .some(nil) {
            sum.population = []
            sum.who = nil
        }
        return sum
    }
}
