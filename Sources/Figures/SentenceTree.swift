internal import Language

/// The tree of one sentence, from heads down to what hangs on them.
struct SentenceTree {
    let analysis: Analysis
    let range: Range<Int>
    private let firstChild: [Int32]
    private let nextSibling: [Int32]

    /// - Complexity: O(*n*) in the tokens of the sentence.
    init(analysis: Analysis, sentence: Sentence) {
        self.analysis = analysis
        range = sentence.tokens
        var first = [Int32](repeating: -1, count: range.count)
        var next = [Int32](repeating: -1, count: range.count)
        for index in range.reversed() {
            let head = Int(analysis.tokens[index].head)
            guard range.contains(head), head != index else { continue }
            next[index - range.lowerBound] = first[head - range.lowerBound]
            first[head - range.lowerBound] = Int32(index)
        }
        firstChild = first
        nextSibling = next
    }

    /// What hangs on a token, in the order of the text.
    func children(of token: Int) -> Children {
        Children(following: Int(firstChild[token - range.lowerBound]), siblings: nextSibling, start: range.lowerBound)
    }

    /// The first token that hangs on another by one of some relations.
    func child(of token: Int, _ relations: Relation...) -> Int? {
        for child in children(of: token) where relations.contains(analysis.tokens[child].relation) { return child }
        return nil
    }

    /// The token that another hangs on; nil at the root.
    func head(of token: Int) -> Int? {
        let head = Int(analysis.tokens[token].head)
        return range.contains(head) && head != token ? head : nil
    }

    /// A token's relation to its head.
    func relation(_ token: Int) -> Relation { analysis.tokens[token].relation }

    /// A token and what is joined to it: `a man, a woman and their son`.
    func joined(_ token: Int) -> [Int] {
        var all = [token]
        for child in children(of: token) where relation(child) == .conjunct { all.append(child) }
        return all
    }

    /// The preposition of a phrase, as its token; nil where there is none. It may hang on the first word of a name.
    func preposition(of token: Int) -> Int? {
        if let preposition = child(of: token, .caseMarker) { return preposition }
        guard analysis.tokens[token].tag == .properNoun, let first = child(of: token, .compound, .flatName) else {
            return nil
        }
        return child(of: first, .caseMarker)
    }

    /// The tokens on one head.
    struct Children: Sequence, IteratorProtocol {
        fileprivate var following: Int
        fileprivate let siblings: [Int32]
        fileprivate let start: Int

        mutating func next() -> Int? {
            guard following >= 0 else { return nil }
            let current = following
            following = Int(siblings[current - start])
            return current
        }
    }
}
