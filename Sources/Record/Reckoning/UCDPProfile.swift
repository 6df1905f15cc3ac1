internal import Stories

extension Profiles {
    /// Low, best and high, fatalities only, after UCDP GED.
    ///
    /// - `low` is the smallest figure of a credible origin: any but a side on its enemy's losses.
    /// - `high` is the largest of a reliable one: a body or a person that the story names and that holds it for sure, or
    ///   any that an independent one bears out. A side on its enemy's losses raises it only as far as others make plausible.
    /// - `best` is that of the best standing; where standing does not tell, the lower.
    func ucdp() -> [ProfileToll] {
        let all = accounts(of: .killed)
        guard !all.isEmpty else { return ucdpOfParts() }
        let credible = Reckoning.standing(all)
        let reliable = credible.filter { isReliable($0, among: all) }
        // Who says that nobody was killed lowers `low` alone, where others count.
        let believed = reliable.isEmpty ? credible : reliable
        let counting = believed.filter { !$0.live.isNone }
        let ranked = (counting.isEmpty ? believed : counting).sorted(by: isPreferred)
        let chosen = ranked[0]
        let peers = ranked.filter { rank($0) == rank(chosen) && max($0.live.depth, 1) == max(chosen.live.depth, 1) }
        let plausible = all.filter { account in
            account.standing == .enemyLosses && !credible.contains { $0.key == account.key }
                && Reckoning.isBorneOut(account, by: credible)
        }
        let upper = ranked + plausible

        var toll = ProfileToll(.ucdp, .killed, rule: "")
        let best = chosen.live.point
        let low = min(credible.map(\.live.lowNumber).min() ?? best, best)
        let high = max(upper.map(\.live.highNumber).max() ?? best, best)
        (toll.low, toll.best, toll.high) = (low, best, high)
        toll.lowClaims = Profiles.ids(credible) { $0.lowNumber == low }
        toll.bestClaims = [chosen.live.id]
        toll.highClaims = Profiles.ids(upper) { $0.highNumber == high }
        toll.imputed = ([chosen] + credible + upper).contains {
            isImputed($0.live) && [low, best, high].contains($0.live.point)
        }
        var rule = "best by \(chosen.standing.label), \(Profiles.named(chosen))"
        if peers.count > 1 { rule += ", the lower of \(peers.count)" }
        if chosen.live.isPossible { rule += ", held for possible: nothing surer" }
        if reliable.isEmpty { rule += "; no account is reliable, so all that are credible count" }
        if all.count == credible.count, credible[0].standing == .enemyLosses {
            rule += "; only a side on its enemy's losses counts them"
        }
        let unreliable = all.filter { account in
            account.live.highNumber > high && !upper.contains { $0.key == account.key }
        }
        if !unreliable.isEmpty {
            rule += "; shown and not computed for high: \(Profiles.listed(unreliable))"
        }
        toll.rule = rule + ". Low to high is no confidence interval"
        return [toll] + ucdpParts(best, chosen)
    }

    /// A named source that is sure, or one that an independent source bears out.
    private func isReliable(_ account: Account, among others: [Account]) -> Bool {
        let isNamed = account.standing == .authority || account.standing == .named || account.standing == .ownLosses
        return isNamed && !account.live.isPossible || Reckoning.isBorneOut(account, by: others)
    }

    private func rank(_ account: Account) -> Int {
        let place = Reckoning.order.firstIndex(of: account.standing) ?? Reckoning.order.count
        return account.live.isPossible ? place + Reckoning.order.count : place
    }

    private func isPreferred(_ a: Account, _ b: Account) -> Bool {
        // What is told at second hand is less reliable; where nothing tells, the lower.
        (rank(a), max(a.live.depth, 1), a.live.point, a.key) < (rank(b), max(b.live.depth, 1), b.live.point, b.key)
    }

    /// Figures of a part alone bound the whole from below.
    private func ucdpOfParts() -> [ProfileToll] {
        let parts = reckoning.counted.filter {
            $0.measure == .killed && $0.isFigure && $0.scope == .part && $0.lowNumber > 0
                && SpeakerBook.standing($0) != .enemyLosses
        }
        guard let largest = parts.max(by: { ($0.lowNumber, $1.id) < ($1.lowNumber, $0.id) }) else { return [] }
        var toll = ProfileToll(
            .ucdp, .killed,
            rule: "only parts are counted, so the largest bounds the whole from below: \(Profiles.named(largest))")
        (toll.low, toll.best) = (largest.lowNumber, largest.lowNumber)
        (toll.lowClaims, toll.bestClaims) = ([largest.id], [largest.id])
        toll.imputed = isImputed(largest)
        return [toll]
    }

    /// Best by whom it counts: civilians and combatants as far as the claims say, the rest unknown.
    private func ucdpParts(_ best: Double, _ chosen: Account) -> [ProfileToll] {
        let sided = reckoning.sided(.killed).filter { $0.claim.point > 0 }
        var known: [WholesAndParts.Side: (count: Double, claim: Claim)] = [:]
        var isContested = false
        if disputes.contains(where: { $0.measure == .killed && $0.kind == .status }) {
            isContested = true
        } else if let side = WholesAndParts.side(chosen.live) {
            known[side] = (best, chosen.live)
        } else {
            // The account that gives best knows its own dead; others only fill in what it leaves open.
            let own = sided.filter { $0.key == chosen.key }
            let others = sided.filter { $0.key != chosen.key && $0.standing != .enemyLosses }
            var left = best
            for sided in own + others where known[sided.side] == nil && left > 0 {
                let count = min(sided.claim.point, left)
                known[sided.side] = (count, sided.claim)
                left -= count
            }
        }
        let counts = known.mapValues(\.count)
        let parts: [(ProfileToll.Population, Double, Claim?)] = [
            (.civilian, counts[.civilian] ?? 0, known[.civilian]?.claim),
            (.combatant, counts[.combatant] ?? 0, known[.combatant]?.claim),
            (.unknown, best - counts.values.reduce(0, +), nil),
        ]
        return parts.map { population, count, claim in
            var rule = claim.map { "of best, as \(Profiles.named($0)) says" } ?? "none that a claim tells of"
            if population == .unknown { rule = "what is left of best" }
            if isContested { rule = "their status is contested, so all stay unknown" }
            var toll = ProfileToll(.ucdp, .killed, of: population, rule: rule)
            toll.best = count
            toll.bestClaims = claim.map { [$0.id] } ?? []
            return toll
        }
    }
}
