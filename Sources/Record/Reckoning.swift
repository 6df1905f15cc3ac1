internal import Stories

/// Makes tolls of claims: accounts, disputes, low, best, high, grade.
///
/// A pure function of the claims and the reviews, after the practice of casualty recorders (UCDP GED's low, best and
/// high; Airwars' grades; the Standards for Casualty Recording), made mechanical:
///
/// - the latest claim of an account is its live one; parts and running totals are shown and not reckoned with;
/// - `low` is the smallest lower bound and `high` the largest upper bound of the live claims, an open bound counting as
///   its number; a party's claim of its enemy's losses counts only where it stands alone;
/// - a denial lowers `low`, never `best`; a refusal to speak moves nothing;
/// - `best` goes by standing, the newest first within one; unnamed sources need a second that agrees, or nothing better.
struct Reckoning {
    let claims: [Claim]
    /// Digests of stories that are another outlet's print of a story: they add no account.
    let reprints: Set<String>
    /// Ids of claims that a review discounts.
    let discounted: Set<String>
    /// What reviews set by hand, by measure.
    let corrections: [Figure.Measure: Correction]

    /// A toll set by hand.
    struct Correction {
        var low: Double
        var best: Double
        var high: Double
        var review: Int
    }

    init(
        _ claims: [Claim], reprints: Set<String> = [], discounted: Set<String> = [],
        corrections: [Figure.Measure: Correction] = [:]
    ) {
        self.claims = claims
        self.reprints = reprints
        self.discounted = discounted
        self.corrections = corrections
    }

    /// The measures that tolls are made for, in the order in which they are shown.
    static let measures: [Figure.Measure] = [
        .killed, .injured, .killedOrInjured, .missing, .abducted, .detained, .displaced,
    ]

    // MARK: Accounts

    /// The accounts of figures, by measure, standing and name.
    func accounts() -> [Account] {
        var accounts: [String: Account] = [:]
        for claim in ordered where claim.isFigure && claim.scope == .incident {
            guard let measure = claim.measure, Reckoning.measures.contains(measure) else { continue }
            let key = SpeakerBook.key(claim)
            accounts[
                measure.rawValue + "|" + key,
                default: Account(key: key, speaker: "", measure: measure, standing: .outlet, claims: [])
            ]
            .claims.append(claim)
        }
        return accounts.values.map { account in
            var account = account
            // A story that says 12 in its lead and "a dozen" below has made one claim: its first.
            var kept: [Claim] = []
            for claim in account.claims where kept.last?.story != claim.story { kept.append(claim) }
            account.claims = kept
            account.speaker = SpeakerBook.label(account.live)
            account.standing = SpeakerBook.standing(account.live)
            return account
        }.sorted { a, b in
            let ranks = (Reckoning.rank(a.measure), Reckoning.rank(b.measure))
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            return (a.standing, a.key) < (b.standing, b.key)
        }
    }

    private static func rank(_ measure: Figure.Measure) -> Int { measures.firstIndex(of: measure) ?? measures.count }

    /// The claims that count, in time order.
    private var ordered: [Claim] {
        Reckoning.inTime(claims.filter { !reprints.contains($0.story) && !discounted.contains($0.id) })
    }

    /// Claims by day of publication, then story, then place in the story.
    static func inTime(_ claims: [Claim]) -> [Claim] {
        claims.sorted(by: isBefore)
    }

    static func isBefore(_ a: Claim, _ b: Claim) -> Bool {
        let days = (a.published?.number ?? .max, b.published?.number ?? .max)
        if days.0 != days.1 { return days.0 < days.1 }
        return (a.story, a.number) < (b.story, b.number)
    }

    // MARK: Disputes

    /// The live disputes: accounts that cannot hold with the one that gives `best`, and denials of accounts.
    func disputes(_ accounts: [Account]) -> [Dispute] {
        var disputes: [Dispute] = []
        for measure in Reckoning.measures {
            let peers = accounts.filter { $0.measure == measure }
            // Held against the account that gives `best`: pairs among the rest would say the same many times over.
            guard let chosen = choose(standing(peers), all: peers)?.0 else { continue }
            for other in peers where other.key != chosen.key && isContradiction(chosen.live, other.live) {
                disputes.append(Dispute(measure: measure, kind: .contradiction, first: chosen.live, second: other.live))
            }
        }
        for denial in denials {
            guard let measure = denial.measure else { continue }
            let key = SpeakerBook.key(denial)
            // One who denies cannot be said to deny what they say themselves.
            guard
                let denied = accounts.first(where: {
                    $0.measure == measure && $0.key != key && !isWithin($0.live, denial)
                })
            else { continue }
            disputes.append(Dispute(measure: measure, kind: .denial, first: denied.live, second: denial))
        }
        return disputes
    }

    /// Denials that stand: the speaker has given no figure since.
    private var denials: [Claim] {
        let all = ordered
        return all.filter { denial in
            denial.stance == .deny && denial.measure != nil
                && !all.contains {
                    $0.isFigure && $0.measure == denial.measure && SpeakerBook.key($0) == SpeakerBook.key(denial)
                        && Reckoning.isAfter($0, denial)
                }
        }
    }

    private static func isAfter(_ a: Claim, _ b: Claim) -> Bool {
        guard let first = a.published, let second = b.published else { return false }
        return first > second
    }

    /// Whether what is asserted lies within what the denial concedes.
    private func isWithin(_ claim: Claim, _ denial: Claim) -> Bool {
        (claim.max ?? .infinity) <= 0 && denial.min == nil
    }

    /// Whether two live claims cannot both hold: ranges that do not meet, and no rise that time explains.
    private func isContradiction(_ a: Claim, _ b: Claim) -> Bool {
        guard !Range(a).meets(Range(b)) else { return false }
        return !isGrowth(a, b) && !isGrowth(b, a)
    }

    /// Whether the later of two claims is the higher, as counts rise while the dead are being found.
    private func isGrowth(_ earlier: Claim, _ later: Claim) -> Bool {
        guard let first = earlier.published, let second = later.published, second > first,
            second.number - first.number <= 14
        else { return false }
        // The missing are found, and found to be more.
        if earlier.measure == .missing { return true }
        return Range(earlier).high < Range(later).low
    }

    /// The numbers that a claim allows.
    private struct Range {
        var low: Double
        var high: Double

        init(_ claim: Claim) {
            low = claim.min ?? 0
            high = claim.max ?? .infinity
            if claim.approximate, low == high {
                // "About 300" leaves a tenth either way, for comparing alone.
                low *= 0.9
                high *= 1.1
            }
        }

        func meets(_ other: Range) -> Bool { low <= other.high && other.low <= high }
    }

    // MARK: Tolls

    /// The tolls, in the order of `measures`; a measure without accounts has none.
    func tolls(_ accounts: [Account], _ disputes: [Dispute]) -> [Toll] {
        Reckoning.measures.compactMap { measure in
            toll(measure, accounts.filter { $0.measure == measure }, disputes.filter { $0.measure == measure })
        }
    }

    private func toll(_ measure: Figure.Measure, _ accounts: [Account], _ disputes: [Dispute]) -> Toll? {
        let standing = standing(accounts)
        guard let (chosen, rule) = choose(standing, all: accounts) else { return corrected(measure, nil) }
        let live = standing.map(\.live)
        let lowest = live.min { Reckoning.low($0) < Reckoning.low($1) } ?? chosen.live
        let highest = live.max { Reckoning.high($0) < Reckoning.high($1) } ?? chosen.live
        var low = Reckoning.low(lowest)
        var lowClaim = lowest.id
        if let denial = denials.first(where: { $0.measure == measure }),
            disputes.contains(where: { $0.kind == .denial })
        {
            low = 0
            lowClaim = denial.id
        }
        let best = Reckoning.point(chosen.live)
        let toll = Toll(
            measure: measure, low: min(low, best), best: best, high: max(Reckoning.high(highest), best),
            grade: grade(standing, disputes), state: state(standing, disputes), rule: rule, lowClaim: lowClaim,
            bestClaim: chosen.live.id,
            highClaim: highest.id, review: nil)
        return corrected(measure, toll)
    }

    /// The accounts that count: a party's of its enemy's losses only where there is no other.
    private func standing(_ accounts: [Account]) -> [Account] {
        let better = accounts.filter { $0.standing != .enemyLosses }
        return better.isEmpty ? accounts : better
    }

    private func corrected(_ measure: Figure.Measure, _ toll: Toll?) -> Toll? {
        guard let correction = corrections[measure] else { return toll }
        var corrected = toll ?? Toll(measure: measure, low: 0, best: 0, high: 0, grade: .weak, state: .single, rule: "")
        (corrected.low, corrected.best, corrected.high) = (correction.low, correction.best, correction.high)
        corrected.rule = "set by review \(correction.review)"
        corrected.review = correction.review
        return corrected
    }

    /// The account that gives `best`, and the rule in words.
    private func choose(_ accounts: [Account], all: [Account]) -> (Account, String)? {
        let order: [Standing] = [.authority, .named, .ownLosses, .unnamed, .outlet, .enemyLosses]
        var lone: Account?
        for standing in order {
            let peers = accounts.filter { $0.standing == standing }.sorted { isBetter($0.live, $1.live) }
            guard let first = peers.first else { continue }
            if standing == .unnamed,
                !all.contains(where: { $0.key != first.key && Range($0.live).meets(Range(first.live)) })
            {
                lone = first
                continue
            }
            var rule = standing.label
            if let day = first.live.published {
                rule += ", \(peers.count > 1 ? "newest of \(peers.count), " : "")\(day)"
            }
            if standing == .unnamed { rule += ", borne out by another account" }
            return (first, rule)
        }
        return lone.map { ($0, "unnamed source, not borne out: nothing better") }
    }

    /// Newest first; of one day the lower, for want of a better reason.
    private func isBetter(_ a: Claim, _ b: Claim) -> Bool {
        let days = (a.published?.number ?? .min, b.published?.number ?? .min)
        if days.0 != days.1 { return days.0 > days.1 }
        let points = (Reckoning.point(a), Reckoning.point(b))
        if points.0 != points.1 { return points.0 < points.1 }
        return a.id < b.id
    }

    private func grade(_ accounts: [Account], _ disputes: [Dispute]) -> Grade {
        if !disputes.isEmpty { return .contested }
        var grade = Grade.weak
        for (position, account) in accounts.enumerated() {
            for other in accounts[(position + 1)...] where Range(account.live).meets(Range(other.live)) {
                if account.standing == .authority || other.standing == .authority { return .confirmed }
                grade = .fair
            }
        }
        return grade
    }

    private func state(_ accounts: [Account], _ disputes: [Dispute]) -> Toll.State {
        if disputes.contains(where: { $0.kind == .contradiction }) { return .contradictory }
        if !disputes.isEmpty { return .denied }
        if accounts.count == 1 { return .single }
        let ranges = accounts.map { Range($0.live) }
        let meet = ranges.indices.allSatisfy { a in ranges.indices.allSatisfy { ranges[a].meets(ranges[$0]) } }
        return meet ? .agreeing : .growing
    }

    private static func low(_ claim: Claim) -> Double { claim.min ?? 0 }
    private static func high(_ claim: Claim) -> Double { claim.max ?? claim.min ?? 0 }
    /// The number that a claim is known by: its lower bound where it has one.
    private static func point(_ claim: Claim) -> Double { claim.min ?? claim.max ?? 0 }
}
