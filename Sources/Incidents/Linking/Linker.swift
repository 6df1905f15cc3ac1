/// Links the stories of many outlets into incidents.
///
/// Two stories are compared where they share enough `keys` and their days lie near enough. A trained score says how
/// likely both are of one incident; `groups` makes incidents of the scores. All of it depends on the set of stories alone,
/// not on their order, nor on what else was linked before:
///
///     let items = readings.map { LinkItem($0, text: Array(($0.text ?? "").utf8)) }
///     let groups = Linker().link(readings.map(\.id), items)
public struct Linker: Sendable {
    /// How many keys two stories must share to be compared.
    public static let sharedKeys = 2
    /// How many days may lie between the days of two stories that are compared.
    public static let window = 200
    /// Pairs that score below are no edges.
    public static let edge = 0.02
    /// Two stories are of one incident where they score at least this.
    public static let join = 0.16
    /// Two large groups are of one incident where their stories score at least this on average: what one pair leaves open,
    /// many pairs decide.
    static let joinLarge = 0.65

    let model = LinkModel.shared

    /// A linker.
    public init() {}

    /// How likely two stories are of one incident, 0 ... 1; the same both ways round.
    ///
    /// - Complexity: O(1): an item's parts are bounded.
    public func score(_ a: LinkItem, _ b: LinkItem) -> Double {
        LinkModel.probability(model.logit(LinkFeatures(a, b)))
    }

    /// For each item, in the order given, the later ones that it is to be compared with, ascending.
    ///
    /// - Complexity: O(*n*) and the pairs that share a key.
    package static func candidates(_ items: [LinkItem]) -> [[Int]] {
        var postings: [Int64: [Int32]] = [:]
        for (index, item) in items.enumerated() {
            for key in item.keys { postings[key, default: []].append(Int32(index)) }
        }
        let days = items.map(\.days)
        var shared = [UInt8](repeating: 0, count: items.count)
        return items.indices.map { index in
            var found: [Int] = []
            var touched: [Int] = []
            for key in items[index].keys {
                guard let others = postings[key] else { continue }
                for other in others.reversed() {
                    let other = Int(other)
                    if other <= index { break }
                    if shared[other] == 0 { touched.append(other) }
                    shared[other] += 1
                    if shared[other] == sharedKeys, areNear(days[index], days[other]) { found.append(other) }
                }
            }
            for other in touched { shared[other] = 0 }
            return found.sorted()
        }
    }

    /// Whether the days of two stories lie near enough for them to be compared; true where either has none.
    public static func areNear(_ a: ClosedRange<Int>?, _ b: ClosedRange<Int>?) -> Bool {
        guard let a, let b else { return true }
        return a.lowerBound - window <= b.upperBound && b.lowerBound - window <= a.upperBound
    }

    /// The incidents of a whole set: the stories of each, ascending, and the incidents by their first stories.
    ///
    /// - Complexity: O(*n*) and the pairs that share keys.
    public func link(_ ids: [String], _ items: [LinkItem]) -> [[Int]] { groups(ids, edges: edges(items)) }

    /// The pairs of a whole set that score enough to count.
    public func edges(_ items: [LinkItem]) -> [Edge] {
        var edges: [Edge] = []
        for (first, others) in Linker.candidates(items).enumerated() {
            for second in others {
                let score = score(items[first], items[second])
                if score >= Linker.edge { edges.append(Edge(first: first, second: second, score: score)) }
            }
        }
        return edges
    }
}

extension LinkModel {
    /// The probability behind the logarithm of odds, without a mathematics library.
    static func probability(_ logit: Float) -> Double {
        // e^x as the eighth squaring of a short series: exact to 1e-9 in the range that matters.
        let x = Double(max(-20, min(20, -logit)))
        let part = x / 256
        var power = 1 + part * (1 + part / 2 * (1 + part / 3 * (1 + part / 4 * (1 + part / 5))))
        for _ in 0..<8 { power *= power }
        return 1 / (1 + power)
    }
}
