extension Linker {
    /// A pair of stories that may be of one incident.
    public struct Edge: Sendable, Hashable {
        /// The one story, by its place in the list that the edge belongs to.
        public var first: Int
        /// The other.
        public var second: Int
        /// How likely both are of one incident.
        public var score: Double

        /// An edge from its parts.
        public init(first: Int, second: Int, score: Double) {
            self.first = first
            self.second = second
            self.score = score
        }
    }

    /// The incidents that edges make: average linkage, where a pair without an edge counts as 0.
    ///
    /// The two groups whose stories score highest on average are joined, again and again, down to a threshold that rises
    /// with the size of the smaller one: that two large groups score middling in all their pairs speaks against them, where
    /// a single pair would leave it open. Stories of different components never meet, so a record may ask for each
    /// component alone and gets what it would get of all.
    ///
    /// - Parameters:
    ///   - ids: what the stories are called: of equal scores those of smaller ids are joined first.
    ///   - edges: pairs and their scores; of a pair that comes twice the higher counts.
    ///   - together: pairs that are of one incident whatever they score.
    ///   - apart: pairs that are of two, whatever they score; they win over `together`.
    /// - Returns: the stories of each incident, ascending, and the incidents by their first stories.
    /// - Complexity: about O(*e* log *e*) in the number of edges.
    public func groups(
        _ ids: [String], edges: [Edge], together: [(Int, Int)] = [], apart: [(Int, Int)] = []
    ) -> [[Int]] {
        let order = ids.indices.sorted { (ids[$0], $0) < (ids[$1], $1) }
        var ranks = [Int](repeating: 0, count: ids.count)
        for (rank, index) in order.enumerated() { ranks[index] = rank }
        var groups = Agglomeration(count: ids.count)
        for (a, b) in apart where a != b { groups.forbid(ranks[a], ranks[b]) }
        for (a, b) in Linker.ascending(together.map { (ranks[$0.0], ranks[$0.1]) }) { groups.join(a, b) }
        for edge in edges where edge.score >= Linker.edge && edge.first != edge.second {
            groups.add(ranks[edge.first], ranks[edge.second], edge.score)
        }
        groups.run()
        var members: [Int: [Int]] = [:]
        for index in ids.indices { members[groups.root(ranks[index]), default: []].append(index) }
        return members.values.sorted { $0[0] < $1[0] }
    }

    private static func ascending(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
        pairs.map { (min($0.0, $0.1), max($0.0, $0.1)) }.sorted { $0 < $1 }
    }
}

/// Groups that grow: disjoint sets with the sum of scores between each two that have any.
private struct Agglomeration {
    /// Two groups that may be joined, as they were when it was noted: what they score can only have fallen since.
    private struct Chance: Comparable {
        var score: Double
        var first: Int
        var second: Int

        /// Orders by score, and of equal ones the smaller numbers last.
        static func < (a: Chance, b: Chance) -> Bool {
            (a.score, b.first, b.second) < (b.score, a.first, a.second)
        }
    }

    private var sets: DisjointSets
    private var sizes: [Int]
    private var sums: [[Int: Double]]
    private var forbidden: [Set<Int>]
    private var heap = MaxHeap<Chance>()

    init(count: Int) {
        sets = DisjointSets(count: count)
        sizes = [Int](repeating: 1, count: count)
        sums = [[Int: Double]](repeating: [:], count: count)
        forbidden = [Set<Int>](repeating: [], count: count)
    }

    /// The smallest member of an item's group.
    mutating func root(_ item: Int) -> Int { sets.root(item) }

    mutating func forbid(_ a: Int, _ b: Int) {
        forbidden[a].insert(b)
        forbidden[b].insert(a)
    }

    mutating func add(_ a: Int, _ b: Int, _ score: Double) {
        singles[Pair(min(a, b), max(a, b)), default: 0] = max(score, singles[Pair(min(a, b), max(a, b))] ?? 0)
    }

    private struct Pair: Hashable {
        var first: Int
        var second: Int
        init(_ first: Int, _ second: Int) { (self.first, self.second) = (first, second) }
    }
    /// The scores of single pairs, until `run` sums them up.
    private var singles: [Pair: Double] = [:]

    /// Joins two groups unless they are the same or to be kept apart.
    @discardableResult
    mutating func join(_ a: Int, _ b: Int) -> Bool {
        let (one, other) = (root(a), root(b))
        guard one != other, !forbidden[one].contains(other) else { return false }
        let (kept, gone) = (min(one, other), max(one, other))
        sets.join(kept, gone)
        sizes[kept] += sizes[gone]
        // The shorter list goes into the longer; which of both it was does not show in the sums.
        var moved = sums[gone]
        sums[gone] = [:]
        if moved.count > sums[kept].count { swap(&moved, &sums[kept]) }
        for (group, sum) in moved where group != kept && group != gone { sums[kept][group, default: 0] += sum }
        sums[kept][kept] = nil
        sums[kept][gone] = nil
        for group in sums[kept].keys where sums[group][gone] != nil || moved[group] != nil {
            sums[group][gone] = nil
            sums[group][kept] = sums[kept][group]
        }
        for group in forbidden[gone] {
            forbidden[group].remove(gone)
            forbidden[group].insert(kept)
            forbidden[kept].insert(group)
        }
        forbidden[gone] = []
        return true
    }

    mutating func run() {
        // In the order of the pairs, so that the sums are the same to the last bit.
        for (pair, score) in singles.sorted(by: { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }) {
            let (a, b) = (root(pair.first), root(pair.second))
            guard a != b else { continue }
            sums[a][b, default: 0] += score
            sums[b][a, default: 0] += score
        }
        singles = [:]
        for (a, others) in sums.enumerated() { for b in others.keys where a < b { note(a, b) } }
        while let chance = heap.pop() {
            let (a, b) = (root(chance.first), root(chance.second))
            guard a != b, !forbidden[a].contains(b) else { continue }
            let now = average(a, b)
            if now == chance.score, min(a, b) == chance.first, max(a, b) == chance.second {
                // Both may have grown and still score the same: the threshold has risen all the same.
                if isEnough(now, a, b) { join(a, b) }
            } else {
                note(a, b)
            }
        }
    }

    private func average(_ a: Int, _ b: Int) -> Double { (sums[a][b] ?? 0) / Double(sizes[a] * sizes[b]) }

    /// Notes that two groups may be joined, unless what they score is too little, as it will then stay: averages fall and
    /// the threshold rises as groups grow.
    private mutating func note(_ a: Int, _ b: Int) {
        let score = average(a, b)
        if isEnough(score, a, b) { heap.push(Chance(score: score, first: min(a, b), second: max(a, b))) }
    }

    private func isEnough(_ score: Double, _ a: Int, _ b: Int) -> Bool {
        score >= Linker.joinLarge - (Linker.joinLarge - Linker.join) / Double(min(sizes[a], sizes[b]))
    }
}

/// A binary heap whose greatest element comes first.
private struct MaxHeap<Element: Comparable> {
    private var elements: [Element] = []

    mutating func push(_ element: Element) {
        elements.append(element)
        var at = elements.count - 1
        while at > 0, elements[(at - 1) / 2] < elements[at] {
            elements.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let first = elements.first else { return last }
        elements[0] = last
        var at = 0
        while 2 * at + 1 < elements.count {
            var child = 2 * at + 1
            if child + 1 < elements.count, elements[child] < elements[child + 1] { child += 1 }
            guard elements[at] < elements[child] else { break }
            elements.swapAt(at, child)
            at = child
        }
        return first
    }
}
