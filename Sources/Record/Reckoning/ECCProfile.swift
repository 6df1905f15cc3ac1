internal import Stories

extension Profiles {
    /// Nothing lost, after the Standards for Casualty Recording: the range of all live claims, to the letter of their words;
    /// pending where they disagree, with what each permitted move would come to.
    func ecc() -> [ProfileToll] {
        Reckoning.measures.compactMap { measure in
            let all = accounts(of: measure)
            let against = disputes.filter { $0.measure == measure }
            guard let (chosen, _) = reckoning.choose(Reckoning.standing(all), all: all) else { return nil }
            let readings = all.map { ($0, PhraseReading($0.live, isHeavy: isHeavy)) }
            var toll = ProfileToll(.ecc, measure, rule: "")
            var least = readings.map { $0.1.low ?? $0.1.point }.min() ?? 0
            let most = readings.map { $0.1.high ?? max($0.1.point, $0.1.low ?? 0) }.max() ?? 0
            toll.lowClaims = readings.filter { ($0.1.low ?? $0.1.point) == least }.map(\.0.live.id).sorted()
            toll.highClaims = readings.filter { ($0.1.high ?? max($0.1.point, $0.1.low ?? 0)) == most }
                .map(\.0.live.id).sorted()
            for denial in against where denial.kind == .denial && !WholesAndParts.isOfSome(denial.second) {
                let conceded = reckoning.conceded(by: denial.second, measure)
                guard conceded?.low ?? 0 < least else { continue }
                least = conceded?.low ?? 0
                toll.lowClaims = [conceded?.claim ?? denial.second.id]
            }
            (toll.low, toll.high) = (least, most)
            toll.imputed = readings.contains {
                $0.1.isImputed && (toll.lowClaims + toll.highClaims).contains($0.0.live.id)
            }
            toll.pending = !against.isEmpty
            toll.grade = eccOutcome(all, isPending: toll.pending)
            var moves: [String] = []
            if toll.pending {
                moves.append("pending: \(against.count == 1 ? "a dispute" : "\(against.count) disputes")")
            } else {
                // No lower than the letter of the least, no higher than the most.
                toll.best = min(max(chosen.live.point, least), most)
                toll.bestClaims = [chosen.live.id]
                moves.append("no dispute: \(Profiles.named(chosen))")
            }
            moves.append("range of \(all.count == 1 ? "one origin" : "\(all.count) origins")")
            if toll.pending { moves += permitted(all) }
            let open = readings.filter { $0.1.high == nil && $0.0.live.max == nil }.map(\.0.live.id).sorted()
            if !open.isEmpty { moves.append("open upward: \(open.joined(separator: ", "))") }
            toll.rule = moves.joined(separator: "; ")
            return toll
        }
    }

    /// What the named source and the majority would give.
    private func permitted(_ all: [Account]) -> [String] {
        var moves: [String] = []
        let named = all.filter { $0.standing == .authority || $0.standing == .named || $0.standing == .ownLosses }
        if let first = named.first(where: { !$0.live.isPossible }) ?? named.first {
            moves.append("by the named source: \(Profiles.named(first))")
        }
        // The account that most independent ones bear out; of equals the first.
        let support = all.map { account in all.count { Reckoning.agree($0.live, account.live) } + 1 }
        if let most = support.max(), most * 2 > all.count, most > 1, let index = support.firstIndex(of: most) {
            moves.append("by the majority, \(most) of \(all.count): \(Profiles.named(all[index]))")
        }
        return moves + ["or back to the sources"]
    }

    /// Whether independent origins bear each other out; that a figure is rejected, people say.
    private func eccOutcome(_ all: [Account], isPending: Bool) -> String {
        if isPending { return "undecidable" }
        return all.contains { Reckoning.isBorneOut($0, by: all) } ? "corroborated" : "uncorroborated"
    }
}
