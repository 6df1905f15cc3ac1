internal import Stories

/// The numbers that a claim allows.
struct FigureRange: Hashable {
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

    func meets(_ other: FigureRange) -> Bool { low <= other.high && other.low <= high }
}

extension Claim {
    /// The bounds as numbers: an open one counts as the number that the text gives.
    var lowNumber: Double { min ?? 0 }
    var highNumber: Double { max ?? min ?? 0 }
    /// The number that a claim is known by: its lower bound where it has one.
    var point: Double { min ?? max ?? 0 }

    /// Whether it says how many at the most: "more than 80" does not.
    var isBounded: Bool { max != nil }
    /// Whether its speaker holds it for no more than possible: "five may have been killed".
    var isPossible: Bool { certainty == .possible }
    /// Whether it says that there were none.
    var isNone: Bool { isFigure && max == 0 }
}
