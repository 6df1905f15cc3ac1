/// A run of text that no block-level element parts: a paragraph, a heading, a list item, a cell.
struct TextBlock {
    enum Kind: UInt8 { case other, paragraph, heading, item, quote, cell, preformatted, caption }

    /// Its stretch of the tree's text, trimmed.
    var start: Int32
    var end: Int32
    /// The block-level element that holds it.
    var owner: Int32
    var kind: Kind
    /// How many of its bytes stand in links.
    var linked: Int32
    /// How many commas and full stops it has.
    var marks: Int32
    /// What its elements are, as far as that keeps it out of the text.
    var hints: BlockHints = []
    /// Whether it is left out of the article.
    var isOutside = false
    /// How many list items it stands in.
    var list: Int32

    var count: Int { Int(end - start) }
    var range: Range<Int> { Int(start)..<Int(end) }
    /// The bytes outside of links.
    var plain: Int { count - Int(linked) }
    /// Whether it is a link for the better part.
    var isLink: Bool { Int(linked) * 2 > count }
}

/// The blocks of a page, with those of each element as a stretch of them.
struct TextBlocks {
    private(set) var blocks: [TextBlock] = []
    /// For each node the first of its blocks, and the first behind them.
    private(set) var first: [Int32] = []
    private(set) var last: [Int32] = []

    private struct Frame {
        var node: Int32
        var end: Int32
        var owner: Int32
        var list: Int32
        var kind: TextBlock.Kind
        var isBoundary: Bool
        var isLink: Bool
    }

    init(_ tree: borrowing PageTree) {
        let count = tree.nodes.count
        first = [Int32](repeating: 0, count: count)
        last = [Int32](repeating: 0, count: count)
        blocks.reserveCapacity(count / 4)
        var stack: [Frame] = [
            Frame(node: -1, end: .max, owner: 0, list: -1, kind: .other, isBoundary: true, isLink: false)
        ]
        var open = false
        var start: Int32 = 0
        var end: Int32 = 0
        var linked: Int32 = 0
        var breaks = 0
        func flush(_ blocks: inout [TextBlock], _ frame: Frame) {
            guard open else { return }
            open = false
            breaks = 0
            let range = tree.trimmed(Int(start)..<Int(end))
            guard !range.isEmpty else { return }
            var marks: Int32 = 0
            for index in range {
                let byte = tree.text[index]
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") { marks += 1 }
            }
            blocks.append(
                TextBlock(
                    start: Int32(range.lowerBound), end: Int32(range.upperBound), owner: max(0, frame.owner),
                    kind: frame.kind, linked: min(linked, Int32(range.count)), marks: marks, list: frame.list))
        }
        for index in 0..<count {
            while stack.count > 1, stack[stack.count - 1].end <= Int32(index) {
                let frame = stack.removeLast()
                if frame.isBoundary { flush(&blocks, frame) }
                last[Int(frame.node)] = Int32(blocks.count) + (open ? 1 : 0)
            }
            let frame = stack[stack.count - 1]
            let node = tree.nodes[index]
            if node.tag == .text {
                let text = tree.trimmed(tree.range(index))
                first[index] = Int32(blocks.count)
                last[index] = Int32(blocks.count + 1)
                if text.isEmpty { continue }
                if !open {
                    open = true
                    start = node.textStart
                    linked = 0
                }
                end = node.textEnd
                breaks = 0
                if frame.isLink { linked += Int32(text.count) }
                continue
            }
            if node.tag == .br {
                breaks += 1
                if breaks > 1 { flush(&blocks, frame) }
                first[index] = Int32(blocks.count)
                last[index] = Int32(blocks.count)
                continue
            }
            let hints = node.hints
            let isApart = !hints.isDisjoint(with: TextBlocks.apart) && node.tag != .a
            let isBoundary = node.tag.isBlock || isApart && node.tag != .p
            if isBoundary { flush(&blocks, frame) }
            first[index] = Int32(blocks.count) + (open ? 1 : 0)
            var inner = frame
            inner.node = Int32(index)
            inner.end = node.end
            inner.isBoundary = isBoundary
            if isBoundary { inner.owner = Int32(index) }
            if node.tag == .a { inner.isLink = true }
            switch node.tag {
            case .p: inner.kind = frame.kind == .caption ? .caption : .paragraph
            case .h1, .h2, .h3, .h4, .h5, .h6: inner.kind = .heading
            case .li, .dd, .dt:
                inner.kind = .item
                inner.list = node.parent
            case .blockquote: inner.kind = .quote
            case .td, .th: inner.kind = .cell
            case .pre: inner.kind = .preformatted
            case .figcaption, .caption, .figure: inner.kind = .caption
            case .div, .section, .article, .main:
                if frame.kind == .paragraph || frame.kind == .heading { inner.kind = .other }
            default: break
            }
            stack.append(inner)
        }
        while stack.count > 1 {
            let frame = stack.removeLast()
            if frame.isBoundary { flush(&blocks, frame) }
            last[Int(frame.node)] = Int32(blocks.count) + (open ? 1 : 0)
        }
        flush(&blocks, stack[0])
        for index in last.indices where last[index] > Int32(blocks.count) { last[index] = Int32(blocks.count) }
        for index in first.indices where first[index] > last[index] { first[index] = last[index] }
    }

    /// Marks a block.
    mutating func mark(_ index: Int, _ hints: BlockHints, isOutside: Bool) {
        blocks[index].hints.formUnion(hints)
        if isOutside { blocks[index].isOutside = true }
    }

    /// The blocks of an element.
    func inside(_ node: Int) -> Range<Int> { Int(first[node])..<Int(last[node]) }

    /// Inline elements of these kinds are no part of the sentence that they stand in.
    private static let apart: BlockHints = [.caption, .byline, .share, .advertising, .newsletter, .comments, .unseen]
}
