internal import Stories

/// Finds the article's text among the blocks of a page: where it is densest, and what of that is no boilerplate.
struct MainText {
    let tree: PageTree
    private(set) var blocks: TextBlocks
    /// Bytes of prose before each block.
    private var prose: [Int] = []
    private var links: [Int] = []
    private var body: [Int] = []
    /// Whether each block stands in an element that says that it holds the article.
    private var isBody: [Bool] = []
    let title: String?
    /// The heading that says the title.
    private(set) var headline: Int?
    /// The title's letters and digits.
    private let letters: [UInt8]

    /// What was found.
    struct Content {
        /// The element that holds the article.
        var container: Int
        /// Its blocks, in order.
        var blocks: [Int]
        /// Blocks that belong to pictures.
        var captions: [Int]
    }

    init(_ tree: PageTree, title: String?) {
        self.tree = tree
        self.title = title
        letters = (title?.utf8.count ?? 0 >= 12 ? title?.utf8.compactMap(MainText.letter) : nil) ?? []
        blocks = TextBlocks(tree)
        prose = [0]
        prose.reserveCapacity(blocks.blocks.count + 1)
        for block in blocks.blocks {
            prose.append(prose[prose.count - 1] + (MainText.isProse(block) ? block.plain : 0))
        }
        markOutside()
        sumUp()
        headline = findHeadline()
    }

    /// The heading that says the title: the first of the first rank, else the last.
    private func findHeadline() -> Int? {
        guard let title else { return nil }
        var found: Int?
        for (index, block) in blocks.blocks.enumerated() {
            guard block.kind == .heading, !block.isOutside, block.count * 2 > title.utf8.count,
                saysTitle(block)
            else { continue }
            if tree.nodes[Int(block.owner)].tag == .h1 { return index }
            found = index
        }
        return found
    }

    /// Whether a block is running text.
    static func isProse(_ block: TextBlock) -> Bool {
        switch block.kind {
        case .caption, .heading: return false
        default: break
        }
        guard block.count >= 80, Int(block.linked) * 5 < block.count * 2, block.marks > 0 || block.count > 160 else {
            return false
        }
        return true
    }

    /// The bytes of running text in an element.
    func prose(_ node: Int) -> Int {
        let range = blocks.inside(node)
        return prose[range.upperBound] - prose[range.lowerBound]
    }

    /// Those of the page.
    var whole: Int { prose[prose.count - 1] }

    // MARK: Boilerplate

    /// Marks the blocks of elements that by their tag or name hold none of the article.
    private mutating func markOutside() {
        var index = 0
        let count = tree.nodes.count
        while index < count {
            let node = tree.nodes[index]
            let range = blocks.inside(index)
            guard node.tag != .text, !range.isEmpty else {
                index += 1
                continue
            }
            if isOutside(index, node) {
                for block in range { blocks.mark(block, node.hints, isOutside: true) }
                index = Int(node.end)
                continue
            }
            let kept = node.hints.intersection([.caption, .byline, .time, .media, .embed])
            if !kept.isEmpty, prose(index) * 5 < whole * 2 || kept.contains(.caption) && range.count == 1 {
                for block in range { blocks.mark(block, kept, isOutside: false) }
            }
            index += 1
        }
    }

    private func isOutside(_ index: Int, _ node: PageTree.Node) -> Bool {
        let inside = prose(index)
        if let record = tree.record(index), record.isHidden, inside * 2 < whole { return true }
        switch node.tag {
        case .nav, .aside, .footer, .button: if inside * 5 < whole * 2 { return true }
        case .form: if inside * 5 < whole { return true }
        default: break
        }
        let hints = node.hints.intersection(.outside)
        guard !hints.isEmpty, !node.hints.contains(.body) || hints.contains(.comments) else { return false }
        if hints.contains(.comments) { return inside < whole - 200 || inside == 0 }
        return inside * 5 < whole * 2
    }

    // MARK: Container

    /// The element that holds the article; nil where the page has no text.
    func container() -> Int? {
        var scores = [Double](repeating: 0, count: tree.nodes.count)
        var any = false
        let weights = weights()
        for (index, block) in blocks.blocks.enumerated() where !block.isOutside {
            let value = MainText.value(block)
            guard value != 0 else { continue }
            any = any || value > 0
            var weight = value > 0 ? value * weights[index] : value
            var node = Int(block.owner)
            for _ in 0..<24 {
                scores[node] += weight
                weight *= 0.85
                node = Int(tree.nodes[node].parent)
                if node < 0 { break }
            }
        }
        guard any else {
            // A page of a line or two has no density; a sentence is text all the same.
            let hasSentence = blocks.blocks.contains { block in
                !block.isOutside && !block.isLink && Phrases.endsSentence(tree.text, block.range)
            }
            return hasSentence ? 0 : nil
        }
        var best: (node: Int, score: Double)?
        for index in scores.indices where scores[index] > 0 {
            let node = tree.nodes[index]
            var score = scores[index]
            if node.hints.contains(.body) { score *= 1.5 }
            if node.tag == .article { score *= 1.2 }
            if node.tag == .main { score *= 1.1 }
            if score > best?.score ?? 0 { best = (index, score) }
        }
        guard let best else { return nil }
        return articleOfHeadline(within: climb(best.node))
    }

    /// Where an element holds several articles and one of them has the page's headline, that one; else the element.
    private func articleOfHeadline(within container: Int) -> Int {
        guard let headline else { return container }
        var node = Int(blocks.blocks[headline].owner)
        while node > container, tree.nodes[node].tag != .article { node = Int(tree.nodes[node].parent) }
        guard node > container, tree.isInside(node, container), prose(node) >= 250 else { return container }
        let others = tree.nodes[container..<Int(tree.nodes[container].end)].indices.contains { index in
            tree.nodes[index].tag == .article && !tree.isInside(index, node) && !tree.isInside(node, index)
                && prose(index) > 0
        }
        return others ? node : container
    }

    /// How much the text of each block counts: little before the headline, and below what stands over other articles.
    private func weights() -> [Double] {
        var weights = [Double](repeating: 1, count: blocks.blocks.count)
        var isBehindHeadline = false
        var tailEnd = 0
        for (index, block) in blocks.blocks.enumerated() {
            if index < tailEnd { weights[index] = 0.2 }
            if block.isOutside { continue }
            if index == headline { isBehindHeadline = true }
            if headline != nil, !isBehindHeadline { weights[index] *= 0.3 }
            guard index > headline ?? 0, block.count < 60, block.kind == .heading || block.kind == .other,
                Phrases.opensTail(tree.text, block.range, isHeading: false)
            else { continue }
            let parent = Int(tree.nodes[Int(block.owner)].parent)
            if parent >= 0 { tailEnd = max(tailEnd, blocks.inside(parent).upperBound) }
        }
        return weights
    }

    private static func value(_ block: TextBlock) -> Double {
        if isProse(block) { return Double(min(block.plain, 1200)) }
        if block.isLink { return -Double(min(block.count, 120)) * 0.5 }
        switch block.kind {
        case .paragraph, .quote: return Double(block.plain) * 0.5
        case .item: return Double(block.plain) * 0.2
        default: return 0
        }
    }

    /// From the densest element up, as long as what comes in is text of the article, too.
    ///
    /// Articles come in parts that advertisements keep asunder. Where elements say that they hold the article's text, they
    /// alone are looked for; else the running text that comes in has to outweigh the links.
    private func climb(_ start: Int) -> Int {
        var node = start
        var ancestor = Int(tree.nodes[start].parent)
        var steps = 0
        while ancestor > 0, steps < 6 {
            let (inner, outer) = (blocks.inside(node), blocks.inside(ancestor))
            let parts = sum(body, outer) - sum(body, inner)
            let gain = sum(prose, outer) - sum(prose, inner)
            let loss = sum(links, outer) - sum(links, inner)
            let mayGrow = sum(body, inner) == 0 && tree.nodes[node].tag != .article
            if parts >= 200, parts * 12 >= sum(prose, inner) {
                node = ancestor
                steps = 0
            } else if mayGrow, gain * 8 > sum(prose, inner), loss * 3 <= gain {
                node = ancestor
                steps = 0
            } else {
                steps += 1
            }
            ancestor = Int(tree.nodes[ancestor].parent)
        }
        return node
    }

    private func sum(_ sums: [Int], _ range: Range<Int>) -> Int { sums[range.upperBound] - sums[range.lowerBound] }

    /// Sums up what climbing asks for: links outside of boilerplate, and running text inside of elements that say that they
    /// hold the article.
    private mutating func sumUp() {
        isBody = [Bool](repeating: false, count: blocks.blocks.count)
        var index = 0
        while index < tree.nodes.count {
            let node = tree.nodes[index]
            let inside = blocks.inside(index)
            if node.hints.contains(.body), !inside.isEmpty, prose(index) >= min(300, whole / 5), prose(index) > 0 {
                for block in inside where !blocks.blocks[block].isOutside { isBody[block] = true }
                index = Int(node.end)
            } else {
                index += 1
            }
        }
        links = [0]
        body = [0]
        var running = [0]
        for (index, block) in blocks.blocks.enumerated() {
            let isIn = !block.isOutside
            let amount = isIn && MainText.isProse(block) ? block.plain : 0
            running.append(running[index] + amount)
            links.append(links[index] + (isIn && block.isLink ? block.count : 0))
            body.append(body[index] + (isBody[index] ? amount : 0))
        }
        prose = running
    }

    // MARK: Text

    /// The article's blocks in an element.
    func content(of container: Int) -> Content {
        var content = Content(container: container, blocks: [], captions: [])
        var headings: [Int] = []
        let inside = blocks.inside(container)
        let total = sum(prose, inside)
        // Where most of it stands in elements that say that they hold the article, the rest is none of it.
        let isInParts = sum(body, inside) * 10 > total * 7
        let lists = linkLists(inside)
        var start = inside.lowerBound
        // What stands over the headline is none of it either.
        if let headline, inside.contains(headline), (prose[inside.upperBound] - prose[headline]) * 2 > total {
            start = headline
        }
        for index in start..<inside.upperBound {
            let block = blocks.blocks[index]
            if block.isOutside || isInParts && !isBody[index] { continue }
            if block.kind == .caption || block.hints.contains(.caption) && block.count < 700 {
                content.captions.append(index)
                continue
            }
            if isTitle(block) { continue }
            if block.count < 80, Phrases.opensTail(tree.text, block.range, isHeading: block.kind == .heading) {
                if (prose[inside.upperBound] - prose[index]) * 4 < total, !content.blocks.isEmpty { break }
                if block.kind != .paragraph { continue }
            }
            if isLeftOut(block) || lists.contains(block.list) { continue }
            if block.kind == .heading {
                headings.append(index)
                continue
            }
            content.blocks += headings
            headings = []
            content.blocks.append(index)
        }
        return content
    }

    /// Whether a block amid the article is none of its text.
    private func isLeftOut(_ block: TextBlock) -> Bool {
        let isSentence = Phrases.endsSentence(tree.text, block.range)
        if !block.hints.isDisjoint(with: [.byline, .time]), block.count < 200 { return true }
        if block.isLink, !(isSentence && block.plain >= 30 && block.kind != .heading) { return true }
        if block.count < 300, Phrases.isPromotion(tree.text, block.range) { return true }
        if !block.hints.isDisjoint(with: [.embed, .media]), block.kind != .quote,
            block.kind == .heading || !isSentence && block.count < 80
        {
            return true
        }
        return block.kind == .other && !MainText.isProse(block) && block.count < 60 && !isSentence
    }

    /// Lists that are of links, though some words stand beside these.
    private func linkLists(_ inside: Range<Int>) -> Set<Int32> {
        var found: Set<Int32> = []
        var at = inside.lowerBound
        while at < inside.upperBound {
            let list = blocks.blocks[at].list
            guard list >= 0 else {
                at += 1
                continue
            }
            var (items, count, linked, hasProse) = (0, 0, 0, false)
            while at < inside.upperBound, blocks.blocks[at].list == list {
                let block = blocks.blocks[at]
                items += 1
                count += block.count
                linked += Int(block.linked)
                hasProse = hasProse || MainText.isProse(block) && Int(block.linked) * 4 < block.count
                at += 1
            }
            if !hasProse, linked * 3 > count, count < 120 * items { found.insert(list) }
        }
        return found
    }

    // MARK: Byline

    /// The names of a line that begins with `By`, in an element that is called after authors.
    func bylineNames() -> [String] {
        let credits = Credits(bytes: tree.text)
        for block in blocks.blocks where block.hints.contains(.byline) && block.count < 160 {
            guard ByteSearch.matches("by ", in: tree.text, at: Int(block.start)) else { continue }
            let names = credits.bylineNames(Span(Int(block.start), Int(block.end)))
                .prefix { !$0.contains(where: \.isNumber) && !MainText.weekdays.contains($0) }.map { $0 }
            if !names.isEmpty { return names }
        }
        return []
    }

    private static let weekdays: Set<String> = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    /// The day of the first `time` element outside of boilerplate, from the headline on where there is one; else that of a
    /// line that is called after its time.
    func time() -> Day? {
        for index in tree.nodes.indices where tree.nodes[index].tag == .time {
            guard let record = tree.record(index), !record.value.isEmpty else { continue }
            let inside = blocks.inside(index)
            guard inside.upperBound > headline ?? 0, let block = inside.first, !blocks.blocks[block].isOutside else {
                continue
            }
            if let day = PageFacts.day(String(decoding: tree.page[record.value], as: UTF8.self)) { return day }
        }
        for block in blocks.blocks
        where !block.hints.isDisjoint(with: [.time, .byline]) && block.count < 120 && !block.isOutside {
            if let found = PrintedDate.last(in: tree.text, Span(Int(block.start), Int(block.end))) { return found.day }
        }
        return nil
    }

    private func isTitle(_ block: TextBlock) -> Bool {
        guard title != nil, block.count < 300 else { return false }
        return tree.nodes[Int(block.owner)].tag == .h1 || saysTitle(block)
    }

    /// Whether a block says what the title says, as `Story.isTitle` has it: the same letters for as long as the shorter
    /// goes on.
    private func saysTitle(_ block: TextBlock) -> Bool {
        guard block.count <= 300, !letters.isEmpty else { return false }
        var shared = 0
        for at in block.range {
            guard let letter = MainText.letter(tree.text[at]) else { continue }
            if shared == letters.count { break }
            if letters[shared] != letter { return false }
            shared += 1
        }
        return shared >= 10
    }

    private static func letter(_ byte: UInt8) -> UInt8? {
        let lower = byte | 0x20
        let isLetter =
            byte >= 0xC3 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= lower
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        return isLetter ? lower : nil
    }
}
