/// Which items have been joined, directly or by way of others (union by the smaller position, with path halving).
package struct DisjointSets {
    private var parents: [Int]

    /// Items of their own, 0 up to `count`.
    package init(count: Int) { parents = Array(0..<count) }

    /// The smallest item that one is joined with.
    package mutating func root(_ item: Int) -> Int {
        var item = item
        while parents[item] != item {
            parents[item] = parents[parents[item]]
            item = parents[item]
        }
        return item
    }

    /// Joins two items, and all that are joined with either.
    package mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(a), root(b))
        parents[max(first, second)] = min(first, second)
    }

    /// The sets, each ascending, in the order of their first items.
    package mutating func groups() -> [[Int]] {
        var groups: [Int: [Int]] = [:]
        for item in parents.indices { groups[root(item), default: []].append(item) }
        return groups.values.sorted { $0[0] < $1[0] }
    }
}
