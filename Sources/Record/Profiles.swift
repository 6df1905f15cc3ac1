internal import Stories

/// What each recorder's method makes of the claims on one incident.
struct Profiles {
    /// The claims, in time order.
    let claims: [Claim]
    /// Digests of stories that are another outlet's print of a story: they add no account.
    let reprints: Set<String>
    /// Ids of claims that a review discounts.
    let discounted: Set<String>

    init(_ claims: [Claim], reprints: Set<String> = [], discounted: Set<String> = []) {
        self.claims = claims
        self.reprints = reprints
        self.discounted = discounted
    }

    /// The tolls by profile, measure and population.
    func tolls() -> [ProfileToll] { [] }
}
