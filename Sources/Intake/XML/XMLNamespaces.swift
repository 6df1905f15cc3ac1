internal import Stories

/// Which prefix stands for which vocabulary, as the tags declare it (Namespaces in XML 1.0).
struct XMLNamespaces {
    private var bindings: [(prefix: [UInt8], space: XMLTree.Space, depth: Int)] = []

    /// Takes an attribute that declares a prefix, or the default.
    mutating func declare(_ name: Span, _ value: Span, in source: [UInt8], depth: Int) {
        let bytes = source[name.range]
        guard bytes.starts(with: XMLNamespaces.xmlns), bindings.count < 1024 else { return }
        let prefix: [UInt8]
        if bytes.count == XMLNamespaces.xmlns.count {
            prefix = []
        } else if bytes[bytes.startIndex + XMLNamespaces.xmlns.count] == UInt8(ascii: ":") {
            prefix = Array(bytes.dropFirst(XMLNamespaces.xmlns.count + 1))
        } else {
            return
        }
        bindings.append((prefix, XMLNamespaces.space(Blocks.trimmed(source[value.range])), depth))
    }

    /// Forgets what an element at that depth declared.
    mutating func leave(depth: Int) {
        while let last = bindings.last, last.depth >= depth { bindings.removeLast() }
    }

    /// The vocabulary and the local name of a tag.
    func resolve(_ name: Span, in source: [UInt8]) -> (XMLTree.Space, Span) {
        let local = XMLNamespaces.local(name, in: source)
        let prefix = source[name.start..<max(name.start, local.start - 1)]
        if let found = bindings.last(where: { $0.prefix.elementsEqual(prefix) }) { return (found.space, local) }
        // Feeds forget to declare: a usual prefix means what it usually means.
        return (prefix.isEmpty ? .none : XMLNamespaces.usual(prefix), local)
    }

    /// A name without its prefix.
    static func local(_ name: Span, in source: [UInt8]) -> Span {
        guard let colon = source[name.range].firstIndex(of: UInt8(ascii: ":")), colon > name.start, colon + 1 < name.end
        else { return name }
        return Span(colon + 1, name.end)
    }

    private static let xmlns = Array("xmlns".utf8)

    private static func usual(_ prefix: ArraySlice<UInt8>) -> XMLTree.Space {
        switch String(decoding: prefix, as: UTF8.self) {
        case "content": .content
        case "dc": .dc
        case "dcterms": .dcterms
        case "media": .media
        case "itunes": .itunes
        case "atom", "atom10", "a10": .atom
        case "rdf": .rdf
        case "xhtml", "html": .xhtml
        case "xml": .xml
        default: .other
        }
    }

    private static let spaces: [[UInt8]: XMLTree.Space] = [
        "": XMLTree.Space.none,
        "http://www.w3.org/2005/Atom": .atom,
        "http://purl.org/atom/ns#": .oldAtom,
        "http://purl.org/rss/1.0/": .rss1,
        "http://my.netscape.com/rdf/simple/0.9/": .rss090,
        "http://channel.netscape.com/rdf/simple/0.9/": .rss090,
        "http://backend.userland.com/rss2": XMLTree.Space.none,
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": .rdf,
        "http://purl.org/rss/1.0/modules/content/": .content,
        "http://purl.org/dc/elements/1.1/": .dc,
        "http://purl.org/dc/elements/1.0/": .dc,
        "http://purl.org/dc/terms/": .dcterms,
        "http://search.yahoo.com/mrss/": .media,
        "http://search.yahoo.com/mrss": .media,
        "http://www.itunes.com/dtds/podcast-1.0.dtd": .itunes,
        "http://www.w3.org/1999/xhtml": .xhtml,
        "http://iptc.org/std/nar/2006-10-01/": .newsml,
        "http://iptc.org/std/NITF/2006-10-18/": .nitf,
    ].reduce(into: [:]) { $0[Array($1.key.utf8)] = $1.value }

    private static func space(_ address: ArraySlice<UInt8>) -> XMLTree.Space { spaces[Array(address)] ?? .other }
}
