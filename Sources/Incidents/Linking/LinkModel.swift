internal import Language

/// Boosted trees that tell from `LinkFeatures` whether two stories are of one incident.
///
/// Each tree asks a few questions of the features and ends in a number; the numbers' sum is the logarithm of the odds. What
/// a question changed in the sum is what its feature is worth for that pair.
struct LinkModel: Sendable {
    private struct Node {
        /// The feature that is asked for; 255 at a leaf.
        var feature: UInt8
        /// Whether a value that cannot be told goes left.
        var missingLeft: Bool
        /// Where the right side stands; the left follows at once.
        var right: UInt16
        var threshold: Float
        /// What the tree says of all pairs that come here.
        var value: Float
    }

    static let magic: UInt32 = 0x4B4E_494C
    static let version: UInt32 = 1

    private var base: Float = 0
    private var nodes: [Node] = []
    private var roots: [Int32] = []

    /// The trees in the program.
    static let shared = LinkModel(EmbeddedTable.linking())

    /// Trees from their bytes; none where the bytes are of another make.
    init(_ bytes: [UInt8]) {
        var reader = TableReader(bytes)
        guard reader.next() == LinkModel.magic, reader.next() == LinkModel.version,
            let count = reader.next(), let features = reader.next(), features == UInt32(LinkFeatures.count),
            let trees = reader.next(), bytes.count >= 24 + 4 * Int(trees) + 12 * Int(count)
        else { return }
        base = Float(bitPattern: reader.take())
        roots = (0..<Int(trees)).map { _ in Int32(bitPattern: reader.take()) }
        nodes = (0..<Int(count)).map { _ in
            let head = reader.take()
            return Node(
                feature: UInt8(head & 255), missingLeft: head >> 8 & 1 == 1, right: UInt16(head >> 16),
                threshold: Float(bitPattern: reader.take()), value: Float(bitPattern: reader.take()))
        }
    }

    /// The logarithm of the odds that the two stories are of one incident.
    func logit(_ features: borrowing LinkFeatures) -> Float {
        var sum = base
        let nodes = nodes.span
        for root in roots {
            let root = Int(root)
            var at = root
            while nodes[at].feature != 255 { at = LinkModel.next(nodes[at], at, root, features) }
            sum += nodes[at].value
        }
        return sum
    }

    /// What each feature is worth for a pair, in the order of `LinkFeatures.Name`; with the base they add up to the logit.
    func worths(_ features: LinkFeatures) -> [Float] {
        var worths = [Float](repeating: 0, count: LinkFeatures.count)
        let nodes = nodes.span
        for root in roots {
            let root = Int(root)
            var at = root
            while nodes[at].feature != 255 {
                let next = LinkModel.next(nodes[at], at, root, features)
                worths[Int(nodes[at].feature)] += nodes[next].value - nodes[at].value
                at = next
            }
        }
        return worths
    }

    @inline(__always)
    private static func next(_ node: Node, _ at: Int, _ root: Int, _ features: borrowing LinkFeatures) -> Int {
        let value = features.values[Int(node.feature)]
        let isLeft = value <= node.threshold || (value.isNaN && node.missingLeft)
        return isLeft ? at + 1 : root + Int(node.right)
    }
}
