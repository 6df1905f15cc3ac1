internal import Stories

/// Tells the stories of a page apart: one for most, many for a live blog and a page of reports.
struct PageStories {
    /// One story before it is made: its blocks, and what is known of it alone.
    struct Part {
        var content: MainText.Content
        var title: String?
        var published: Day?
        /// The name of its place on the page.
        var anchor: String?
    }

    let main: MainText
    let facts: PageFacts
    private var tree: PageTree { main.tree }

    /// The stories, in the order of the page.
    func parts() -> [Part] {
        let members = members()
        if members.count > 1 {
            let parts = members.compactMap(part)
            if parts.count > 1 { return (lead(members).map { [$0] } ?? []) + parts }
        }
        guard let container = main.container() else { return [] }
        return [Part(content: main.content(of: container), title: main.title, published: nil, anchor: nil)]
    }

    // MARK: Members

    /// The elements that hold one story each; none where the page is of one.
    private func members() -> [Int] {
        var candidates: [Int] = []
        var isMarkedLive = facts.isLiveBlog
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            if node.hints.contains(.liveBlog), main.prose(index) * 2 > main.whole { isMarkedLive = true }
            guard node.tag == .article || node.hints.contains(.livePost), main.prose(index) > 0 else { continue }
            // Of elements inside of one another the innermost is the story.
            while let last = candidates.last, tree.isInside(index, last) { candidates.removeLast() }
            candidates.append(index)
        }
        // Where one holds quoted posts and text of its own, the text goes with it: a story is no shorter than the posts.
        var groups: [Int: [Int]] = [:]
        for candidate in candidates { groups[parent(candidate), default: []].append(candidate) }
        guard let best = groups.values.max(by: { total($0) < total($1) }), best.count > 1 else { return [] }
        let members = best.sorted()
        guard total(members) * 10 > main.whole * 5 else { return [] }
        let posts = members.filter { tree.nodes[$0].hints.contains(.livePost) }
        if isMarkedLive || posts.count > 2 {
            return members.filter { main.prose($0) > 0 && (heading($0) != nil || time($0) != nil) }
        }
        // The page of one article may show others, or their beginnings, below it, or be a list of things to buy.
        guard !facts.isArticle else { return [] }
        if let headline = main.headline, candidates.contains(where: { main.blocks.inside($0).contains(headline) }) {
            return []
        }
        let full = members.filter { main.prose($0) >= 400 && heading($0) != nil }
        return full.count > 1 && total(full) * 10 > main.whole * 7 ? full : []
    }

    /// The element that members are counted in: the parent, past wrappers of one.
    private func parent(_ node: Int) -> Int {
        var parent = Int(tree.nodes[node].parent)
        while parent > 0, main.blocks.inside(parent).count == main.blocks.inside(node).count {
            parent = Int(tree.nodes[parent].parent)
        }
        return parent
    }

    private func total(_ nodes: [Int]) -> Int { nodes.reduce(0) { $0 + main.prose($1) } }

    private func heading(_ node: Int) -> Int? {
        main.blocks.inside(node).first {
            let block = main.blocks.blocks[$0]
            return block.kind == .heading && block.count >= 8 && !block.isOutside
        }
    }

    private func time(_ node: Int) -> Day? {
        for index in node..<Int(tree.nodes[node].end) {
            guard let record = tree.record(index), !record.value.isEmpty else { continue }
            guard tree.nodes[index].tag == .time || !record.property.isEmpty else { continue }
            if let day = PageFacts.day(String(decoding: tree.page[record.value], as: UTF8.self)) { return day }
        }
        return nil
    }

    private func part(_ node: Int) -> Part? {
        let heading = heading(node)
        var content = main.content(of: node)
        if let heading { content.blocks.removeAll { $0 == heading } }
        guard !content.blocks.isEmpty else { return nil }
        let id = tree.record(node)?.id ?? 0..<0
        return Part(
            content: content, title: heading.map { tree.string(main.blocks.blocks[$0].range) }, published: time(node),
            anchor: id.isEmpty ? nil : String(decoding: tree.page[id], as: UTF8.self))
    }

    /// What a live blog says over its posts, where that is more than a line.
    private func lead(_ members: [Int]) -> Part? {
        guard let first = members.first, let last = members.last else { return nil }
        var container = parent(first)
        while container > 0, !tree.isInside(last, container) { container = Int(tree.nodes[container].parent) }
        for _ in 0..<2 where container > 0 { container = Int(tree.nodes[container].parent) }
        let start = main.blocks.inside(first).lowerBound
        var content = main.content(of: container)
        content.blocks.removeAll { $0 >= start || !MainText.isProse(main.blocks.blocks[$0]) }
        content.captions.removeAll { $0 >= start }
        let prose = content.blocks.reduce(0) { $0 + main.blocks.blocks[$1].count }
        guard prose >= 200 else { return nil }
        return Part(content: content, title: main.title, published: nil, anchor: nil)
    }
}
