internal import Stories

extension Profiles {
    /// One conservative number, fatalities only, after ACLED: the smallest credible figure, vague words by a table.
    ///
    /// What a newer account of no worse standing has outgrown is no longer the smallest: codings are revised, in either
    /// direction, when better information comes.
    func acled() -> [ProfileToll] {
        let all = accounts(of: .killed)
        // One who says that there were none does not count the dead that others count.
        let counting = all.filter { !$0.live.isNone }
        let credible = Reckoning.standing(counting.isEmpty ? all : counting)
        guard !credible.isEmpty else { return [] }
        let outgrown = credible.filter { account in
            credible.contains {
                $0.standing <= account.standing && $0.key != account.key && Reckoning.isGrowth(account.live, $0.live)
            }
        }
        let sure = credible.filter { account in !outgrown.contains { $0.key == account.key } && !account.live.isPossible
        }
        let left = sure.isEmpty ? credible : sure
        // Words without a number give way to numbers.
        let readings = left.map { ($0, PhraseReading($0.live, isHeavy: isHeavy)) }.sorted { a, b in
            (a.1.isImputed ? 1 : 0, a.1.acled, a.0.standing, a.0.key)
                < (b.1.isImputed ? 1 : 0, b.1.acled, b.0.standing, b.0.key)
        }
        let (account, reading) = readings[0]
        var toll = ProfileToll(.acled, .killed, rule: "")
        toll.best = reading.acled
        toll.bestClaims = readings.filter { $0.1.acled == reading.acled }.map(\.0.live.id).sorted()
        toll.imputed = reading.isImputed
        toll.rule = "Fatalities: \(Profiles.listed(all)); coded \(Numerals.text(reading.acled))"
        if reading.isImputed { toll.rule += ", imputed for “\(account.live.phrase)”" }
        if !outgrown.isEmpty { toll.rule += "; outgrown: \(outgrown.map(\.live.id).joined(separator: ", "))" }
        let possible = credible.filter(\.live.isPossible)
        if !possible.isEmpty, !sure.isEmpty {
            toll.rule += "; held for possible alone: \(possible.map(\.live.id).joined(separator: ", "))"
        }
        return [toll]
    }
}
