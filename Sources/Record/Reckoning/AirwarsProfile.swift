internal import Stories

extension Profiles {
    /// A range for civilians and one for combatants, killed and injured, and a grade, after Airwars.
    ///
    /// Those of whom nobody says more are taken for civilians, unless those who call some of the dead combatants, and are
    /// no party to the fight, are the only ones who say what they were.
    func airwars() -> [ProfileToll] {
        let (grade, reason) = airwarsGrade()
        return ([.killed, .injured] as [Figure.Measure]).flatMap { measure in
            airwars(measure).map { toll in
                var toll = toll
                toll.grade = grade
                toll.rule += ". \(grade.prefix(1).uppercased() + grade.dropFirst()): \(reason)"
                return toll
            }
        }
    }

    /// What one origin says of one population.
    private struct Said {
        var low: Double
        var high: Double
        var claim: Claim
    }

    private func airwars(_ measure: Figure.Measure) -> [ProfileToll] {
        let accounts = accounts(of: measure)
        let sided = reckoning.sided(measure)
        // A side's word that those it hit were militants is context, not evidence.
        let evidence = sided.filter { $0.standing != .enemyLosses }
        let context = sided.filter { $0.standing == .enemyLosses }
        let isDisputed =
            disputes.contains { $0.measure == measure && $0.kind == .status }
            && evidence.contains { $0.side == .civilian } && evidence.contains { $0.side == .combatant }
        // The hurt are of those who were hit, whichever measure tells what they were.
        let told = ([.killed, .injured, .killedOrInjured] as [Figure.Measure]).flatMap(reckoning.sided)
            .filter { $0.standing != .enemyLosses }
        let assumed: WholesAndParts.Side =
            told.contains { $0.side == .combatant } && !told.contains { $0.side == .civilian } ? .combatant : .civilian
        var said: [WholesAndParts.Side: [Said]] = [:]
        for sided in evidence {
            said[sided.side, default: []].append(
                Said(low: sided.claim.lowNumber, high: sided.claim.highNumber, claim: sided.claim))
        }
        for account in accounts
        where account.standing != .enemyLosses && WholesAndParts.side(account.live) == nil
            && !evidence.contains(where: { $0.key == account.key && $0.side == assumed })
        {
            // Of whom an origin counts the other side, the rest are these.
            let other = evidence.first { $0.key == account.key && $0.side != assumed }?.claim
            said[assumed, default: []].append(
                Said(
                    low: max(0, account.live.lowNumber - (other?.highNumber ?? 0)),
                    high: max(0, account.live.highNumber - (other?.lowNumber ?? 0)), claim: account.live))
        }
        return WholesAndParts.Side.allCases.compactMap { side in
            guard let all = said[side], let least = all.map(\.low).min(), let most = all.map(\.high).max() else {
                return nil
            }
            var toll = ProfileToll(.airwars, measure, of: side == .civilian ? .civilian : .combatant, rule: "")
            (toll.low, toll.high) = (isDisputed ? 0 : least, most)
            toll.lowClaims = isDisputed ? all.map(\.claim.id).sorted() : all.filter { $0.low == least }.map(\.claim.id)
            toll.highClaims = all.filter { $0.high == most }.map(\.claim.id)
            toll.imputed = all.contains { [least, most].contains($0.claim.point) && isImputed($0.claim) }
            toll.rule =
                isDisputed
                ? "whether they bore arms is disputed, so the least is 0 for both"
                : "least and most of \(all.count == 1 ? "one origin" : "\(all.count) origins")"
            if side == assumed, !isDisputed, all.contains(where: { WholesAndParts.side($0.claim) == nil }) {
                toll.rule +=
                    side == .civilian
                    ? "; taken for civilians where nobody says more" : "; all who say what they were say combatants"
            }
            if !context.isEmpty {
                toll.rule +=
                    "; context, not evidence: \(context.map { Profiles.named($0.claim) }.joined(separator: ", "))"
            }
            return toll
        }
    }

    // MARK: The grade

    /// How well it is supported that a party did it: not which number is right.
    private func airwarsGrade() -> (grade: String, reason: String) {
        let claims = reckoning.counted.filter { $0.responsibility != nil }
        func parties(_ basis: Responsibility.Basis) -> [(name: String, claim: Claim)] {
            claims.compactMap { claim in
                guard let responsibility = claim.responsibility, responsibility.basis == basis else { return nil }
                return (responsibility.party, claim)
            }
        }
        let (admitted, disowned) = (parties(.claimed), parties(.denied))
        // A later denial of the party's own takes its word back.
        let standing = admitted.filter { admission in
            !disowned.contains {
                Profiles.isSame($0.name, admission.name) && Reckoning.isBefore(admission.claim, $0.claim)
                    && $0.claim.published != admission.claim.published
            }
        }
        if let admission = standing.first {
            return ("confirmed", "\(admission.name) says that it did it [\(admission.claim.id)]")
        }
        let blamed = Profiles.distinct((parties(.stated) + parties(.alleged) + admitted))
        if blamed.count > 1 {
            let names = blamed.map { "\($0.name) [\($0.claim.id)]" }.joined(separator: ", ")
            return ("contested", "several parties are said to have done it: \(names)")
        }
        let origins = Set(accounts.filter { $0.measure == .killed || $0.measure == .injured }.map(\.key)).count
        let corroborated = accounts.contains { account in
            accounts.contains { SpeakerBook.areIndependent(account.live, $0.live) }
        }
        var suggestion = ""
        let sided = reckoning.sided(.killed)
        if !sided.isEmpty, sided.allSatisfy({ $0.side == .combatant }) {
            suggestion = "; all who say what the dead were say combatants: a person may discount it"
        }
        guard corroborated else {
            return ("weak", (origins > 1 ? "no two origins are independent" : "one origin") + suggestion)
        }
        guard let party = blamed.first else {
            return ("weak", "\(origins) origins, but nobody says who did it" + suggestion)
        }
        return ("fair", "\(origins) origins, one party named: \(party.name) [\(party.claim.id)]" + suggestion)
    }

    /// Each party once, by the first claim that names it.
    private static func distinct(_ parties: [(name: String, claim: Claim)]) -> [(name: String, claim: Claim)] {
        parties.reduce(into: []) { distinct, party in
            if !distinct.contains(where: { isSame($0.name, party.name) }) { distinct.append(party) }
        }
    }

    /// "The coalition" is "the U.S.-led coalition", as far as one incident goes.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (first, second) = (nameWords(a), nameWords(b))
        guard !first.isEmpty, !second.isEmpty else { return true }
        return first.isSubset(of: second) || second.isSubset(of: first)
    }

    private static func nameWords(_ name: String) -> Set<String> {
        SpeakerBook.words([name]).subtracting(["the", "a", "an", "suspected", "alleged"])
    }
}
