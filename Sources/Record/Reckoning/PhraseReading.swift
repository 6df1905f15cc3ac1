internal import Stories

/// What the words of a figure say by themselves, apart from what any method makes of them.
///
/// "Dozens" is 24 or more to the letter and 12 in ACLED's table: both stand here side by side, and every profile says which
/// of them it takes.
struct PhraseReading: Hashable {
    /// The least that the words allow; nil where they set no bound.
    var low: Double?
    /// The most; nil where they set none.
    var high: Double?
    /// The number that the words point at.
    var point: Double
    /// The value by the table after ACLED.
    var acled: Double
    /// Whether `acled` stands for words that give no number, or none that bounds the count from below.
    var isImputed: Bool

    /// - Parameter isHeavy: whether it was an attack in which an unknown count stands for ten rather than three.
    init(_ claim: Claim, isHeavy: Bool = false) {
        let phrase = claim.phrase.lowercased()
        let words = phrase.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        func says(_ texts: String...) -> Bool { texts.contains { (" " + phrase + " ").contains(" " + $0 + " ") } }
        (low, high, point, acled) = (claim.min, claim.max, claim.point, claim.lowNumber)
        isImputed = false
        let isCounted = claim.max != nil && claim.min == claim.max
        if isCounted, says("nearly", "almost", "close to", "just under") {
            // The number is not reached: it hints at the count and bounds it from above.
            (low, high) = (0, max(0, point - 1))
            isImputed = true
        } else if isCounted, claim.approximate {
            (low, high) = (nil, nil)
        } else if claim.max == nil, let value = PhraseReading.unit(words, claim) {
            acled = value
            isImputed = true
        } else if claim.max == nil, claim.min == 2, !words.contains(where: { $0 == "two" || $0 == "2" }) {
            // "Several", "many", "a number of".
            acled = PhraseReading.unknown(isHeavy)
            isImputed = true
        } else if claim.max == nil, let min = claim.min,
            says("more than", "over", "in excess of", "above", "upwards of", "upward of", "exceeded", "exceeding")
        {
            low = min + 1
        } else if claim.min == nil, let max = claim.max, max > 0 {
            // "Up to 50" gives no number that the count reaches.
            low = 0
            acled = Swift.min(max, PhraseReading.unknown(isHeavy))
            isImputed = true
        }
    }

    /// What stands for a count that nobody gives: ten where an attack is heavy, else three.
    static func unknown(_ isHeavy: Bool) -> Double { isHeavy ? 10 : 3 }

    /// "Dozens", "several hundred": one of the unit. Dozens, tens and hundreds are of ACLED's table; scores and thousands
    /// are made after them.
    private static func unit(_ words: [String], _ claim: Claim) -> Double? {
        let units: [String: Double] = ["dozens": 12, "tens": 10, "hundreds": 100, "scores": 20, "thousands": 1000]
        if let value = words.compactMap({ units[$0] }).first { return value }
        guard words.contains("several") else { return nil }
        let singular: [String: Double] = ["dozen": 12, "hundred": 100, "thousand": 1000]
        return words.compactMap { singular[$0] }.first
    }
}
