internal import Stories

extension Reckoning {
    /// The live disputes: accounts that cannot hold with the one that gives `best`, denials, and dead whom some call
    /// civilians and others combatants. A refusal to speak is none.
    func disputes(_ accounts: [Account]) -> [Dispute] {
        var disputes: [Dispute] = []
        for measure in Reckoning.measures { disputes += contradictions(accounts.filter { $0.measure == measure }) }
        for denial in denials { disputes += denied(by: denial, accounts) }
        for measure in Reckoning.measures { if let dispute = contestedStatus(measure) { disputes.append(dispute) } }
        return disputes
    }

    /// Held against the account that gives `best`: pairs among the rest would say the same many times over. Where all hold
    /// with that one, the two that lie farthest apart.
    private func contradictions(_ peers: [Account]) -> [Dispute] {
        guard let chosen = choose(Reckoning.standing(peers), all: peers)?.0 else { return [] }
        let against = peers.filter { $0.key != chosen.key && isContradiction(chosen.live, $0.live) }
        if !against.isEmpty { return against.map { dispute(chosen.live, $0.live) } }
        let counting = Reckoning.standing(peers).map(\.live)
        guard let lowest = counting.min(by: { FigureRange($0).high < FigureRange($1).high }),
            let highest = counting.max(by: { FigureRange($0).low < FigureRange($1).low }),
            isContradiction(lowest, highest)
        else { return [] }
        return [dispute(highest, lowest)]
    }

    /// One who says that there were none denies what another counts.
    private func dispute(_ first: Claim, _ second: Claim) -> Dispute {
        let measure = first.measure ?? .killed
        if first.isNone { return Dispute(measure: measure, kind: .denial, first: second, second: first) }
        return Dispute(measure: measure, kind: second.isNone ? .denial : .contradiction, first: first, second: second)
    }

    // MARK: Denials

    /// Denials that stand: the speaker has given no figure since. Among them those who say that there were none where that
    /// is no account of the whole: of civilians, or of the killed and the injured in one.
    private var denials: [Claim] {
        let figures = Dictionary(grouping: counted.filter(\.isFigure), by: SpeakerBook.key)
        return counted.filter { denial in
            guard let measure = denial.measure else { return false }
            if denial.isNone { return denial.scope == .part || measure == .killedOrInjured }
            guard denial.stance == .deny else { return false }
            return !(figures[SpeakerBook.key(denial)] ?? []).contains {
                $0.measure == denial.measure && Reckoning.isAfter($0, denial)
            }
        }
    }

    private static func isAfter(_ a: Claim, _ b: Claim) -> Bool {
        guard let first = a.published, let second = b.published else { return false }
        return first > second
    }

    /// What a denial is held against, a measure: the account that gives `best` where it is denied, else the first that is.
    private func denied(by denial: Claim, _ accounts: [Account]) -> [Dispute] {
        guard let measure = denial.measure else { return [] }
        // Who denies that there were casualties denies that any were killed.
        let denied: [Figure.Measure] =
            measure != .killedOrInjured
            ? [measure] : denial.isNone ? [.killed, .injured] : [.killed, .injured, .killedOrInjured]
        return denied.compactMap { measure in
            var peers = accounts.filter { $0.measure == measure }
            if let chosen = choose(Reckoning.standing(peers), all: peers)?.0 {
                peers = [chosen] + peers.filter { $0.key != chosen.key }
            }
            let claims =
                denial.scope == .part
                ? counted.filter { $0.measure == measure && $0.isFigure && $0.scope == .part } : peers.map(\.live)
            return claims.first { isDenied($0, by: denial) }
                .map { Dispute(measure: measure, kind: .denial, first: $0, second: denial) }
        }
    }

    private func isDenied(_ claim: Claim, by denial: Claim) -> Bool {
        // One who denies cannot be said to deny what they say themselves.
        guard SpeakerBook.key(claim) != SpeakerBook.key(denial), !claim.isNone else { return false }
        let sides = (WholesAndParts.side(claim), WholesAndParts.side(denial))
        if let own = sides.0, let other = sides.1, own != other { return false }
        if denial.isNone { return !Reckoning.isAfter(claim, denial) && (claim.max ?? 1) > 0 && claim.point > 0 }
        guard denial.min != nil || denial.max != nil else { return claim.point > 0 }
        return FigureRange(claim).meets(FigureRange(denial))
    }

    /// What one who denies grants all the same: the least that they say themselves.
    func conceded(by denial: Claim, _ measure: Figure.Measure) -> (low: Double, claim: String)? {
        let key = SpeakerBook.key(denial)
        let parts: Set<Figure.Measure> = measure == .killedOrInjured ? [measure, .killed, .injured] : [measure]
        let own = counted.last { claim in
            claim.isFigure && claim.measure.map(parts.contains) == true && SpeakerBook.key(claim) == key
        }
        return own.map { ($0.lowNumber, $0.id) }
    }

    // MARK: Status

    /// What one speaker says of one side, as it last stood.
    struct Sided {
        var key: String
        var side: WholesAndParts.Side
        var claim: Claim
        var standing: Standing
    }

    /// The latest figure of each speaker for each side, best standing first.
    func sided(_ measure: Figure.Measure) -> [Sided] {
        var sided: [String: Sided] = [:]
        for claim in counted where claim.measure == measure && claim.isFigure && claim.scope != .total {
            guard let side = WholesAndParts.side(claim) else { continue }
            let key = SpeakerBook.key(claim)
            if let known = sided[side.rawValue + key], known.claim.story == claim.story { continue }
            sided[side.rawValue + key] = Sided(
                key: key, side: side, claim: claim, standing: SpeakerBook.standing(claim))
        }
        return sided.values.sorted { ($0.standing, $0.key, $0.side.rawValue) < ($1.standing, $1.key, $1.side.rawValue) }
    }

    /// The same dead, whom one calls civilians and another combatants; one who speaks of both tells them apart.
    private func contestedStatus(_ measure: Figure.Measure) -> Dispute? {
        let all = sided(measure).filter { $0.claim.point > 0 }
        let both = Set(all.filter { $0.side == .civilian }.map(\.key))
            .intersection(all.filter { $0.side == .combatant }.map(\.key))
        let lone = all.filter { !both.contains($0.key) }
        for civilian in lone where civilian.side == .civilian {
            for combatant in lone where combatant.side == .combatant {
                guard FigureRange(civilian.claim).meets(FigureRange(combatant.claim)) else { continue }
                return Dispute(measure: measure, kind: .status, first: civilian.claim, second: combatant.claim)
            }
        }
        return nil
    }

    // MARK: States

    /// Whether two live claims cannot both hold: ranges that do not meet, and no rise that time explains.
    func isContradiction(_ a: Claim, _ b: Claim) -> Bool {
        guard !FigureRange(a).meets(FigureRange(b)) else { return false }
        return !Reckoning.isGrowth(a, b) && !Reckoning.isGrowth(b, a)
    }

    /// Whether the later of two claims is the higher, as counts rise while the dead are being found.
    static func isGrowth(_ earlier: Claim, _ later: Claim) -> Bool {
        guard let first = earlier.published, let second = later.published, second > first,
            second.number - first.number <= 14
        else { return false }
        // The missing are found, and found to be more.
        if earlier.measure == .missing { return true }
        return FigureRange(earlier).high < FigureRange(later).low
    }

    /// How the accounts of a measure stand to each other.
    func state(
        _ measure: Figure.Measure, _ accounts: [Account], _ chosen: Account, _ disputes: [Dispute]
    ) -> Toll.State {
        if disputes.contains(where: { $0.kind == .contradiction }) { return .contradictory }
        if disputes.contains(where: { $0.kind == .denial }) { return .denied }
        if disputes.contains(where: { $0.kind == .status }) { return .contestedStatus }
        let ranges = accounts.map { FigureRange($0.live) }
        // Ranges that meet two by two have a number in common.
        guard (ranges.map(\.low).max() ?? 0) <= (ranges.map(\.high).min() ?? .infinity) else { return .growing }
        guard accounts.count == 1 else { return .agreeing }
        if isMismatched(measure, chosen.live) { return .scopeMismatch }
        let figures = Set(chosen.claims.map { FigureRange($0) })
        return figures.count > 1 ? .superseded : .single
    }

    /// Whether one who has no figure for the whole has another for a part of it, or for more than it.
    private func isMismatched(_ measure: Figure.Measure, _ best: Claim) -> Bool {
        let figures = counted.filter { $0.measure == measure && $0.isFigure }
        let whole = Set(figures.filter { $0.scope == .incident }.map(SpeakerBook.key))
        return figures.contains {
            $0.scope != .incident && !FigureRange($0).meets(FigureRange(best)) && !whole.contains(SpeakerBook.key($0))
        }
    }
}
