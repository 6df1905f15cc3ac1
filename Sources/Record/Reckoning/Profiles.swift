internal import Stories

/// What each recorder's method makes of the claims on one incident.
///
/// All start from the same accounts: one an origin, its latest claim live, what prints repeat and what reviews discount left out. They
/// part in whom they believe, and in what they do where accounts disagree. None of them is "the" number.
struct Profiles {
    /// The claims that count, parts told from wholes.
    let reckoning: Reckoning
    /// The accounts of whole figures.
    let accounts: [Account]
    /// Their disputes.
    let disputes: [Dispute]
    /// Whether an unknown count stands for ten rather than three, as in a war zone.
    let isHeavy: Bool

    /// Of a reckoning whose accounts and disputes are made already.
    init(_ reckoning: Reckoning, _ accounts: [Account], _ disputes: [Dispute], isHeavy: Bool) {
        self.reckoning = reckoning
        self.accounts = accounts
        self.disputes = disputes
        self.isHeavy = isHeavy
    }

    /// The tolls by profile, measure and population.
    func tolls() -> [ProfileToll] { ucdp() + acled() + airwars() + ecc() }

    // MARK: What the profiles share

    func accounts(of measure: Figure.Measure) -> [Account] { accounts.filter { $0.measure == measure } }

    /// `health ministry 12 [5eb05a800b91.2]`
    static func named(_ account: Account) -> String { named(account.live) }

    static func named(_ claim: Claim) -> String {
        "\(claim.label) \(claim.approximate ? "about " : "")\(Numerals.range(claim.min, claim.max)) [\(claim.id)]"
    }

    /// The accounts in words; of very many the first ones.
    static func listed(_ accounts: [Account]) -> String {
        let more = accounts.count > 12 ? " and \(accounts.count - 12) more" : ""
        return accounts.prefix(12).map(named).joined(separator: ", ") + more
    }

    /// Whether a number stands for words that give none.
    func isImputed(_ claim: Claim) -> Bool { PhraseReading(claim, isHeavy: isHeavy).isImputed }

    /// Ids of the live claims that are meant, ascending.
    static func ids(_ accounts: [Account], where isMeant: (Claim) -> Bool) -> [String] {
        accounts.map(\.live).filter(isMeant).map(\.id).sorted()
    }
}

extension ProfileToll {
    /// A toll that is neither pending nor imputed, of all victims.
    init(_ profile: Profile, _ measure: Figure.Measure, of population: Population = .all, rule: String) {
        self.init(
            profile: profile, measure: measure, population: population, low: nil, best: nil, high: nil, grade: nil,
            pending: false, imputed: false, rule: rule, lowClaims: [], bestClaims: [], highClaims: [])
    }
}
