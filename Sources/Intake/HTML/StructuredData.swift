internal import Stories

/// Reads what a page says about its article for machines: schema.org in JSON-LD and microdata, Open Graph, `meta`.
enum StructuredData {
    /// All that is said, each fact from the best of its places.
    static func facts(_ reducer: HTMLReducer, _ tree: PageTree) -> PageFacts {
        var facts = PageFacts()
        for script in reducer.scripts.prefix(64) {
            facts.add(jsonLD(LooseJSON(reducer.bytes, script)))
        }
        facts.add(microdata(tree))
        facts.add(meta(reducer))
        return facts
    }

    // MARK: JSON-LD

    /// Rank of schema.org's types, the most telling first; nil for what is no article.
    private static func rank(_ type: String) -> Int? {
        if type.hasSuffix("LiveBlogPosting") { return 0 }
        if type.hasSuffix("NewsArticle") || type.hasSuffix("Report") { return 1 }
        if type.hasSuffix("Article") { return 2 }
        if type.hasSuffix("BlogPosting") || type.hasSuffix("SocialMediaPosting") { return 3 }
        if type.hasSuffix("WebPage") || type.hasSuffix("CreativeWork") { return 4 }
        return nil
    }

    /// Under these keys stand other articles than the page's.
    private static let others: [StaticString] = [
        "itemreviewed", "haspart", "citation", "mentions", "isbasedon", "comment", "relatedlink", "subjectof",
    ]

    static func jsonLD(_ json: LooseJSON) -> PageFacts {
        var best: (object: Int, rank: Int, depth: Int)?
        var depths = [Int](repeating: 0, count: json.values.count)
        var passed = 0
        for index in json.values.indices {
            let value = json.values[index]
            depths[index] = value.parent < 0 ? 0 : depths[value.parent] + 1
            guard index >= passed, value.kind == .object || value.kind == .array else { continue }
            if others.contains(where: { ByteSearch.equals($0, value.key, in: json.bytes) }) {
                passed = value.end
                continue
            }
            guard value.kind == .object, !isUpdate(index, json) else { continue }
            let ranks = json.items(json.value("@type", of: index)).compactMap { json.string($0) }.compactMap(rank)
            guard let rank = ranks.min() else { continue }
            if let best, (best.rank, best.depth) <= (rank, depths[index]) { continue }
            best = (index, rank, depths[index])
        }
        guard let best else { return publisherAlone(json) }
        var facts = PageFacts()
        let article = best.object
        facts.headline = PageFacts.line(json.string(json.value("headline", of: article)))
        facts.isArticle = 1...3 ~= best.rank
        if facts.headline == nil, best.rank < 4 {
            facts.headline = PageFacts.line(json.string(json.value("name", of: article)))
        }
        let authors = json.items(json.value("author", of: article)) + json.items(json.value("creator", of: article))
        for author in authors.prefix(20) {
            for name in PageFacts.names(name(author, json)) where !facts.authors.contains(name) {
                facts.authors.append(name)
            }
        }
        func day(_ key: StaticString) -> Day? { json.string(json.value(key, of: article)).flatMap(PageFacts.day) }
        facts.published = day("datepublished") ?? day("datecreated")
        facts.modified = day("datemodified")
        facts.publisher =
            json.items(json.value("publisher", of: article)).prefix(8).lazy
            .compactMap { PageFacts.publisher(name($0, json)) }.first
        facts.url =
            [json.value("url", of: article), json.value("mainentityofpage", of: article)].lazy
            .compactMap { address($0, json) }.first
        facts.language = json.string(json.value("inlanguage", of: article))
        facts.body = json.string(json.value("articlebody", of: article)).map(plain)
        if best.rank == 0 {
            facts.isLiveBlog = true
            for update in json.items(json.value("liveblogupdate", of: article)).prefix(2000) {
                guard let body = json.string(json.value("articlebody", of: update)).map(plain), !body.isEmpty else {
                    continue
                }
                facts.updates.append(
                    PageFacts.Update(
                        headline: PageFacts.line(
                            json.string(json.value("headline", of: update))
                                ?? json.string(json.value("name", of: update))),
                        body: body,
                        published: json.string(json.value("datepublished", of: update)).flatMap(PageFacts.day),
                        url: address(json.value("url", of: update), json)))
            }
        }
        return facts
    }

    private static func isUpdate(_ object: Int, _ json: LooseJSON) -> Bool {
        let value = json.values[object]
        let key = value.key.isEmpty && value.parent >= 0 ? json.values[value.parent].key : value.key
        return ByteSearch.equals("liveblogupdate", key, in: json.bytes)
    }

    /// A page that describes no article may yet say whose it is.
    private static func publisherAlone(_ json: LooseJSON) -> PageFacts {
        var facts = PageFacts()
        for index in json.values.indices where json.values[index].kind == .object {
            let types = json.items(json.value("@type", of: index)).compactMap { json.string($0) }
            if types.contains(where: { $0.hasSuffix("NewsMediaOrganization") }) {
                facts.publisher = PageFacts.line(json.string(json.value("name", of: index)))
                return facts
            }
        }
        return facts
    }

    /// The name of a person or body: a string, an object's `name`, or that of the object it points to.
    private static func name(_ value: Int, _ json: LooseJSON) -> String? {
        if let text = json.string(value) { return PageFacts.line(text) }
        guard json.values[value].kind == .object else { return nil }
        if let name = json.items(json.value("name", of: value)).lazy.compactMap({ json.string($0) }).first {
            return PageFacts.line(name)
        }
        guard let id = json.string(json.value("@id", of: value)) else { return nil }
        for index in json.values.indices where index != value && json.values[index].kind == .object {
            if json.string(json.value("@id", of: index)) == id, let name = json.string(json.value("name", of: index)) {
                return PageFacts.line(name)
            }
        }
        return nil
    }

    private static func address(_ value: Int?, _ json: LooseJSON) -> String? {
        guard let value else { return nil }
        let text =
            json.string(value) ?? json.string(json.value("@id", of: value)) ?? json.string(json.value("url", of: value))
        guard let text, text.hasPrefix("http") else { return nil }
        return text
    }

    /// Text that may be HTML, as text.
    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) || text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var reducer = HTMLReducer(Array(text.utf8))
        reducer.run()
        guard let document = HTMLDocument(reducer.reduced) else { return text }
        let tree = document.tree(reducer.records, page: reducer.bytes, capacity: reducer.reduced.count)
        return TextBlocks(tree).blocks.map { tree.string($0.range) }.joined(separator: "\n\n")
    }

    // MARK: Microdata

    private static func microdata(_ tree: PageTree) -> PageFacts {
        var facts = PageFacts()
        for index in tree.nodes.indices {
            guard let record = tree.record(index), !record.property.isEmpty else { continue }
            func named(_ name: StaticString) -> Bool { ByteSearch.equals(name, record.property, in: tree.page) }
            func value() -> String? {
                let value = record.value.isEmpty ? nil : String(decoding: tree.page[record.value], as: UTF8.self)
                return PageFacts.line(value ?? tree.string(tree.range(index)))
            }
            if named("headline") {
                guard facts.headline == nil, isOfArticle(index, tree) else { continue }
                facts.headline = value()
            } else if named("datepublished") {
                guard facts.published == nil, isOfArticle(index, tree) else { continue }
                facts.published = value().flatMap(PageFacts.day)
            } else if named("datemodified") {
                guard facts.modified == nil, isOfArticle(index, tree) else { continue }
                facts.modified = value().flatMap(PageFacts.day)
            } else if named("author") || named("creator") {
                guard facts.authors.count < 20, isOfArticle(index, tree) else { continue }
                for name in PageFacts.names(nested(index, tree) ?? (record.isScope ? nil : value()))
                where !facts.authors.contains(name) {
                    facts.authors.append(name)
                }
            } else if named("publisher") {
                guard facts.publisher == nil, isOfArticle(index, tree) else { continue }
                facts.publisher = PageFacts.publisher(nested(index, tree) ?? (record.isScope ? nil : value()))
            }
        }
        return facts
    }

    /// The `name` inside of a property that is an item of its own.
    private static func nested(_ node: Int, _ tree: PageTree) -> String? {
        for inner in node + 1..<max(node + 1, min(Int(tree.nodes[node].end), node + 64)) {
            guard let record = tree.record(inner), ByteSearch.equals("name", record.property, in: tree.page) else {
                continue
            }
            let value = record.value.isEmpty ? nil : String(decoding: tree.page[record.value], as: UTF8.self)
            if let line = PageFacts.line(value ?? tree.string(tree.range(inner))) { return line }
        }
        return nil
    }

    /// Whether a property is one of an article's: the item around it says so, or there is none.
    private static func isOfArticle(_ node: Int, _ tree: PageTree) -> Bool {
        var at = Int(tree.nodes[node].parent)
        while at >= 0 {
            if let record = tree.record(at), record.isScope {
                guard !record.itemType.isEmpty else { return true }
                return String(decoding: tree.page[record.itemType], as: UTF8.self).split(whereSeparator: \.isWhitespace)
                    .contains { rank(String($0)) != nil }
            }
            at = Int(tree.nodes[at].parent)
        }
        return true
    }

    // MARK: Meta

    private static func meta(_ reducer: HTMLReducer) -> PageFacts {
        var facts = PageFacts()
        var fallback = PageFacts()
        for meta in reducer.metas {
            func named(_ name: StaticString) -> Bool { ByteSearch.equals(name, meta.key, in: reducer.bytes) }
            func value() -> String? {
                PageFacts.line(String(decoding: reducer.bytes[meta.value], as: UTF8.self))
            }
            switch reducer.bytes[meta.key.lowerBound] | 0x20 {
            case UInt8(ascii: "o"):
                if named("og:title") {
                    facts.headline = facts.headline ?? value()
                } else if named("og:site_name") {
                    facts.publisher = facts.publisher ?? PageFacts.publisher(value())
                } else if named("og:type") {
                    facts.isArticle = facts.isArticle || value() == "article"
                } else if named("og:url") {
                    fallback.url = fallback.url ?? value()
                } else if named("og:locale") {
                    fallback.language = fallback.language ?? value()?.replacing("_", with: "-")
                }
            case UInt8(ascii: "a"):
                if named("article:published_time") {
                    facts.published = facts.published ?? value().flatMap(PageFacts.day)
                } else if named("article:modified_time") {
                    facts.modified = facts.modified ?? value().flatMap(PageFacts.day)
                } else if named("author") || named("article:author") {
                    if facts.authors.isEmpty { facts.authors = PageFacts.names(value()) }
                } else if named("application-name") {
                    fallback.publisher = fallback.publisher ?? value()
                }
            case UInt8(ascii: "c"):
                if named("canonical"), let address = value(), address.hasPrefix("http") {
                    facts.url = facts.url ?? address
                }
            case UInt8(ascii: "t"):
                if named("twitter:title") { fallback.headline = fallback.headline ?? value() }
            case UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "s"):
                if named("date") || named("dc.date") || named("dc.date.issued") || named("dcterms.date")
                    || named("dcterms.created") || named("datepublished") || named("pubdate") || named("publish-date")
                    || named("publishdate") || named("publish_date") || named("parsely-pub-date")
                    || named("sailthru.date")
                {
                    fallback.published = fallback.published ?? value().flatMap(PageFacts.day)
                } else if named("dc.title") || named("parsely-title") || named("sailthru.title") {
                    fallback.headline = fallback.headline ?? value()
                } else if named("dc.creator") || named("parsely-author") || named("sailthru.author") {
                    if fallback.authors.isEmpty { fallback.authors = PageFacts.names(value()) }
                } else if named("dc.publisher") {
                    fallback.publisher = fallback.publisher ?? value()
                }
            default: break
            }
        }
        if let language = reducer.language {
            facts.language = PageFacts.line(String(decoding: reducer.bytes[language], as: UTF8.self))
        }
        facts.add(fallback)
        return facts
    }
}
