/// Finds the tree of the highest score over a sentence's words (Chu and Liu 1965, Edmonds 1967), with one root.
package struct TreeDecoder: Sendable {
    private var heads: [Int] = []

    package init() {}

    /// The head of each word, -1 for the root.
    ///
    /// - Parameters:
    ///   - scores: a row for each of `count` words, of `stride` columns: the root's score first, then those of the words.
    /// - Complexity: O(*n*²) where the best heads make a tree at once, as they mostly do; O(*n*³) at worst.
    package mutating func decode(_ scores: [Float], count: Int, stride: Int) -> [Int] {
        heads = (0..<count).map { word in
            var best = 0
            for head in 1...count where scores[word * stride + head] > scores[word * stride + best] { best = head }
            return best - 1
        }
        let roots = heads.indices.filter { heads[$0] == -1 }
        if roots.count == 1, !hasCycle() { return heads }
        let root = roots.count == 1 ? roots[0] : bestRoot(scores, count: count, stride: stride, among: roots)
        // With the root settled, every other word takes a word as its head.
        var matrix = [[Float]](repeating: [Float](repeating: -.infinity, count: count), count: count)
        for word in 0..<count where word != root {
            for head in 0..<count where head != word { matrix[word][head] = scores[word * stride + 1 + head] }
        }
        heads = TreeDecoder.arborescence(matrix, root: root)
        heads[root] = -1
        return heads
    }

    /// The word that loses least by being the only root.
    private func bestRoot(_ scores: [Float], count: Int, stride: Int, among roots: [Int]) -> Int {
        var best = 0
        var least = Float.infinity
        for word in roots.isEmpty ? Array(0..<count) : roots {
            var other = -Float.infinity
            for head in 1...count { other = max(other, scores[word * stride + head]) }
            let loss = other - scores[word * stride]
            if loss < least {
                least = loss
                best = word
            }
        }
        return best
    }

    private func hasCycle() -> Bool {
        var state = [UInt8](repeating: 0, count: heads.count)
        for start in heads.indices where state[start] == 0 {
            var at = start
            while at >= 0, state[at] == 0 {
                state[at] = 1
                at = heads[at]
            }
            if at >= 0, state[at] == 1 { return true }
            at = start
            while at >= 0, state[at] == 1 {
                state[at] = 2
                at = heads[at]
            }
        }
        return false
    }

    /// Best heads below `root`, cycles contracted one at a time.
    private static func arborescence(_ scores: [[Float]], root: Int) -> [Int] {
        let count = scores.count
        var heads = [Int](repeating: -1, count: count)
        for word in 0..<count where word != root {
            var best = -1
            for head in 0..<count where head != word && (best < 0 || scores[word][head] > scores[word][best]) {
                best = head
            }
            heads[word] = best
        }
        guard let cycle = cycle(in: heads, root: root) else { return heads }
        // The cycle becomes one node, the last; the others keep their order.
        var isInside = [Bool](repeating: false, count: count)
        for word in cycle { isInside[word] = true }
        let outside = (0..<count).filter { !isInside[$0] }
        let node = outside.count
        var smaller = [[Float]](repeating: [Float](repeating: -.infinity, count: node + 1), count: node + 1)
        var entered = [Int](repeating: -1, count: node)
        var left = [Int](repeating: -1, count: node)
        for (new, word) in outside.enumerated() {
            for (newHead, head) in outside.enumerated() where head != word {
                smaller[new][newHead] = scores[word][head]
            }
            for inside in cycle {
                // Leaving the cycle for an outer word.
                if scores[word][inside] > smaller[new][node] {
                    smaller[new][node] = scores[word][inside]
                    left[new] = inside
                }
                // Entering it from an outer head breaks the arc that `inside` has.
                let gain = scores[inside][word] - scores[inside][heads[inside]]
                if gain > smaller[node][new] {
                    smaller[node][new] = gain
                    entered[new] = inside
                }
            }
        }
        let newRoot = outside.firstIndex(of: root) ?? 0
        let solved = arborescence(smaller, root: newRoot)
        for (new, word) in outside.enumerated() where word != root {
            heads[word] = solved[new] == node ? left[new] : outside[solved[new]]
        }
        let entry = solved[node]
        if entry >= 0, entered[entry] >= 0 { heads[entered[entry]] = outside[entry] }
        return heads
    }

    private static func cycle(in heads: [Int], root: Int) -> [Int]? {
        var seen = [Int](repeating: -1, count: heads.count)
        for start in heads.indices where seen[start] < 0 {
            var at = start
            while at != root, at >= 0, seen[at] < 0 {
                seen[at] = start
                at = heads[at]
            }
            if at >= 0, at != root, seen[at] == start {
                var cycle = [at]
                var next = heads[at]
                while next != at {
                    cycle.append(next)
                    next = heads[next]
                }
                return cycle
            }
        }
        return nil
    }
}
