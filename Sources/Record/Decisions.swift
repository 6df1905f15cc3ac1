internal import Stories

/// What the reviews that stand come to.
struct Decisions {
    private(set) var discounted: Set<String> = []
    private(set) var splits: [String] = []
    private(set) var merges: [(String, String)] = []
    private var corrected: [(story: String, measure: Figure.Measure, correction: Reckoning.Correction)] = []
    /// Reviews that a later one took back.
    private(set) var undone: Set<Int> = []

    init(_ reviews: [Review]) {
        for review in reviews.reversed() where review.action == .undo && !undone.contains(review.number) {
            if let number = Int(review.subject) { undone.insert(number) }
        }
        for review in reviews where !undone.contains(review.number) {
            switch review.action {
            case .confirm, .undo: break
            case .discount: discounted.insert(review.subject)
            case .split: splits.append(review.subject)
            case .merge: if let other = review.value { merges.append((review.subject, other)) }
            case .correct:
                guard let (measure, low, best, high) = review.value.flatMap(Decisions.toll) else { break }
                corrected.append(
                    (review.subject, measure, .init(low: low, best: best, high: high, review: review.number)))
            }
        }
    }

    /// What reviews set by hand for an incident of those stories; the last one holds.
    func corrections(of stories: [String]) -> [Figure.Measure: Reckoning.Correction] {
        let members = Set(stories)
        return corrected.reduce(into: [:]) { corrections, entry in
            if members.contains(entry.story) { corrections[entry.measure] = entry.correction }
        }
    }

    /// Reads `killed=23`, `killed=20..25`, `killed=20..23..25`.
    static func toll(_ text: String) -> (measure: Figure.Measure, low: Double, best: Double, high: Double)? {
        let sides = text.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, let measure = Figure.Measure(rawValue: String(sides[0])),
            Reckoning.measures.contains(measure)
        else { return nil }
        let numbers = sides[1].split(separator: ".", omittingEmptySubsequences: true).map { Double($0) }
        guard 1...3 ~= numbers.count, numbers.allSatisfy({ $0 != nil && $0 ?? -1 >= 0 }) else { return nil }
        let values = numbers.compactMap { $0 }
        guard values == values.sorted() else { return nil }
        return (measure, values[0], values[values.count / 2], values[values.count - 1])
    }
}
