internal import Stories

/// Makes tolls of claims: accounts, disputes, low, best, high, grade.
///
/// A pure function of the claims and the reviews, after the practice of casualty recorders (UCDP GED's low, best and
/// high; Airwars' grades; the Standards for Casualty Recording), made mechanical:
///
/// - the latest claim of an account is its live one; parts and running totals are shown and not reckoned with;
/// - `low` is the smallest lower bound and `high` the largest upper bound of the live claims, an open bound counting as
///   its number; a party's claim of its enemy's losses counts only where it stands alone;
/// - a denial lowers `low` to what it concedes, never `best`; a refusal to speak moves nothing;
/// - `best` goes by standing, the newest first within one; what a speaker holds for no more than possible, and unnamed
///   sources whom no other bears out, give it only where there is nothing better.
struct Reckoning {
    /// The claims that count, in time order: figures of a part told from those of the whole, and those that add up added.
    let counted: [Claim]
    /// What reviews set by hand, by measure.
    private let corrections: [Figure.Measure: Correction]

    /// A toll set by hand.
    struct Correction {
        var low: Double
        var best: Double
        var high: Double
        var review: Int
    }

    /// - Parameters:
    ///   - claims: the claims, in any order.
    ///   - ignored: ids of claims that make no account: those that prints repeat and those that a review discounts.
    ///   - corrections: what reviews set by hand, by measure.
    init(
        _ claims: [Claim], ignored: Set<String> = [],
        corrections: [Figure.Measure: Correction] = [:]
    ) {
        self.corrections = corrections
        counted = WholesAndParts.told(
            Reckoning.inTime(claims.filter { !ignored.contains($0.id) }))
    }

    /// The measures that tolls are made for, in the order in which they are shown.
    static let measures: [Figure.Measure] = [
        .killed, .injured, .killedOrInjured, .missing, .abducted, .detained, .displaced,
    ]

    /// The footings in the order in which they give `best`.
    static let order: [Standing] = [.authority, .named, .ownLosses, .unnamed, .outlet, .enemyLosses]

    // MARK: Accounts

    /// The accounts of figures, by measure, standing and name.
    func accounts() -> [Account] {
        var accounts: [String: Account] = [:]
        for claim in counted where claim.isFigure && claim.scope == .incident {
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

    /// Claims by day of publication, then story, then place in the story.
    static func inTime(_ claims: [Claim]) -> [Claim] { claims.sorted(by: isBefore) }

    static func isBefore(_ a: Claim, _ b: Claim) -> Bool {
        let days = (a.published?.number ?? .max, b.published?.number ?? .max)
        if days.0 != days.1 { return days.0 < days.1 }
        return (a.story, a.number) < (b.story, b.number)
    }

    // MARK: Tolls

    /// The tolls, in the order of `measures`; a measure without accounts has none.
    func tolls(_ accounts: [Account], _ disputes: [Dispute]) -> [Toll] {
        let tolls = Reckoning.measures.compactMap { measure in
            toll(measure, accounts.filter { $0.measure == measure }, disputes.filter { $0.measure == measure })
        }
        return bounded(tolls).map(corrected)
            + Reckoning.measures.filter { measure in !tolls.contains { $0.measure == measure } }.compactMap(setByHand)
    }

    private func toll(_ measure: Figure.Measure, _ accounts: [Account], _ disputes: [Dispute]) -> Toll? {
        let standing = Reckoning.standing(accounts)
        guard let (chosen, rule) = choose(standing, all: accounts) else { return nil }
        let live = standing.map(\.live)
        let lowest = live.min { $0.lowNumber < $1.lowNumber } ?? chosen.live
        let highest = live.max { $0.highNumber < $1.highNumber } ?? chosen.live
        var low = lowest.lowNumber
        var lowClaim = lowest.id
        for dispute in disputes where dispute.kind == .denial && !WholesAndParts.isOfSome(dispute.second) {
            let conceded = conceded(by: dispute.second, measure)
            guard conceded?.low ?? 0 < low else { continue }
            low = conceded?.low ?? 0
            lowClaim = conceded?.claim ?? dispute.second.id
        }
        let best = chosen.live.point
        return Toll(
            measure: measure, low: min(low, best), best: best, high: max(highest.highNumber, best),
            grade: grade(standing, disputes), state: state(measure, standing, chosen, disputes), rule: rule,
            lowClaim: lowClaim, bestClaim: chosen.live.id, highClaim: highest.id, review: nil)
    }

    /// The accounts that count: a party's of its enemy's losses only where there is no other.
    static func standing(_ accounts: [Account]) -> [Account] {
        let better = accounts.filter { $0.standing != .enemyLosses }
        return better.isEmpty ? accounts : better
    }

    /// The tolls, that of the killed or injured no lower than the killed and the injured come to.
    private func bounded(_ tolls: [Toll]) -> [Toll] {
        guard let both = tolls.firstIndex(where: { $0.measure == .killedOrInjured }) else { return tolls }
        let parts = tolls.filter { $0.measure == .killed || $0.measure == .injured }
        guard !parts.isEmpty else { return tolls }
        var tolls = tolls
        let least = parts.map(\.low).reduce(0, +)
        let lowest = parts.max { $0.low < $1.low }
        if least > tolls[both].low, least <= tolls[both].best {
            tolls[both].low = least
            tolls[both].lowClaim = lowest?.lowClaim
        }
        let sum = parts.map(\.best).reduce(0, +)
        let names = parts.map { $0.measure == .killed ? "killed" : "injured" }.joined(separator: " and ")
        // What is about as much, or less, bears the toll out; more than it allows is said, and left to people.
        if sum > tolls[both].high * 1.1 {
            tolls[both].rule += "; \(names) come to \(Numerals.text(sum)), which is more"
        } else if parts.count == 2 {
            tolls[both].rule += "; \(names) come to \(Numerals.text(sum))"
        }
        return tolls
    }

    private func corrected(_ toll: Toll) -> Toll {
        guard let correction = corrections[toll.measure] else { return toll }
        var corrected = toll
        (corrected.low, corrected.best, corrected.high) = (correction.low, correction.best, correction.high)
        corrected.rule = "set by review \(correction.review)"
        corrected.review = correction.review
        return corrected
    }

    private func setByHand(_ measure: Figure.Measure) -> Toll? {
        guard corrections[measure] != nil else { return nil }
        return corrected(Toll(measure: measure, low: 0, best: 0, high: 0, grade: .weak, state: .single, rule: ""))
    }

    // MARK: Best

    /// The account that gives `best`, and the rule in words.
    func choose(_ accounts: [Account], all: [Account]) -> (Account, String)? {
        // Who says that nobody was killed denies, and lowers `low` alone, where others count.
        let counting = accounts.filter { !$0.live.isNone }
        let accounts = counting.isEmpty ? accounts : counting
        let sure = accounts.filter { !$0.live.isPossible }
        return chooseBorneOut(sure, all: all)
            ?? chooseBorneOut(accounts.filter(\.live.isPossible), all: all).map { account, rule in
                (account, rule + ", who holds it for possible; nothing surer")
            }
            ?? (sure.isEmpty ? accounts : sure).filter { $0.standing == .unnamed }.min { isBetter($0.live, $1.live) }
            .map { ($0, "unnamed source, not borne out: nothing better") }
    }

    private func chooseBorneOut(_ accounts: [Account], all: [Account]) -> (Account, String)? {
        for standing in Reckoning.order {
            var peers = accounts.filter { $0.standing == standing }
            if standing == .unnamed { peers = peers.filter { Reckoning.isBorneOut($0, by: all) } }
            peers.sort { isBetter($0.live, $1.live) }
            guard let first = peers.first else { continue }
            var rule = standing.label
            if let day = first.live.published {
                rule += ", \(peers.count > 1 ? "newest of \(peers.count), " : "")\(day)"
            }
            if standing == .unnamed { rule += ", borne out by another account" }
            if first.live.phrase.contains(" + ") { rule += ", added up: \(first.live.phrase)" }
            return (first, rule)
        }
        return nil
    }

    /// Whether an account that does not depend on this one allows the same number.
    static func isBorneOut(_ account: Account, by others: [Account]) -> Bool {
        others.contains { agree($0.live, account.live) }
    }

    /// Whether two claims allow one number, and neither speaker has it from the other.
    static func agree(_ a: Claim, _ b: Claim) -> Bool {
        FigureRange(a).meets(FigureRange(b)) && SpeakerBook.areIndependent(a, b)
    }

    /// Newest first; of one day what is told at first hand, then a number rather than a bound that it keeps, then the
    /// lower, for want of a better reason.
    private func isBetter(_ a: Claim, _ b: Claim) -> Bool {
        let days = (a.published?.number ?? .min, b.published?.number ?? .min)
        if days.0 != days.1 { return days.0 > days.1 }
        let hands = (max(a.depth, 1), max(b.depth, 1))
        if hands.0 != hands.1 { return hands.0 < hands.1 }
        if a.isBounded != b.isBounded { return a.isBounded }
        if a.point != b.point { return a.point < b.point }
        return Reckoning.isBefore(a, b)
    }

    private func grade(_ accounts: [Account], _ disputes: [Dispute]) -> Grade {
        if !disputes.isEmpty { return .contested }
        for account in accounts where account.standing == .authority {
            if Reckoning.isBorneOut(account, by: accounts) { return .confirmed }
        }
        return accounts.contains { Reckoning.isBorneOut($0, by: accounts) } ? .fair : .weak
    }
}

/// Numbers in words of rules.
enum Numerals {
    /// A number as people write it: whole where it is whole.
    static func text(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
    }

    /// `5–100`, `12`, `open`.
    static func range(_ low: Double?, _ high: Double?) -> String {
        switch (low, high) {
        case (let low?, let high?): low == high ? text(low) : "\(text(low))–\(text(high))"
        case (let low?, nil): "\(text(low)) or more"
        case (nil, let high?): "up to \(text(high))"
        case (nil, nil): "open"
        }
    }
}
