internal import Stories

/// A parsed XML document: its elements and texts in one flat array, in the order of the document.
///
/// A node knows where its subtree ends, so that walking needs no recursion, whatever the depth.
struct XMLTree {
    /// Vocabularies that are told apart by their namespace.
    enum Space: UInt8 {
        case none, atom, oldAtom, rss1, rss090, rdf, content, dc, dcterms, media, itunes, xhtml, newsml, nitf, xml,
            other
    }

    struct Node {
        /// Whether it is an element, or text.
        var isElement: Bool
        var space: Space = .none
        /// The local name of an element in `source`; the characters of a text in `texts`.
        var span: Span
        /// Its attributes in `attributes`.
        var attributes: Range<Int> = 0..<0
        /// Where its tag starts in `source`, where what is within starts, and where that ends.
        var open: Int = 0
        var inner: Span = Span(0, 0)
        var close: Int = 0
        /// Index behind its subtree.
        var end: Int = 0
    }

    struct Attribute {
        /// The whole name, prefix included.
        var name: Span
        var value: Span
    }

    static let maximumDepth = 256
    static let maximumNodes = 4 << 20

    /// The document, in UTF-8.
    let source: [UInt8]
    private(set) var nodes: [Node] = []
    private(set) var attributes: [Attribute] = []
    private(set) var texts: [UInt8] = []
    let isLenient: Bool

    /// Parses a page in UTF-8.
    ///
    /// - Parameter isLenient: whether to read on over what is not well-formed.
    /// - Throws: `IntakeError.badXML`.
    init(_ bytes: [UInt8], isLenient: Bool, page: String) throws(IntakeError) {
        source = bytes
        self.isLenient = isLenient
        nodes.reserveCapacity(bytes.count / 40)
        texts.reserveCapacity(bytes.count / 2)
        do throws(XMLScanner.Problem) {
            try build()
        } catch {
            let (line, column) = XMLTree.place(error.offset, in: bytes)
            throw .badXML(page: page, line: line, column: column, reason: error.reason)
        }
    }

    private static func place(_ offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == 10 } + 1
        let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
        return (line, offset - start + 1)
    }

    private mutating func build() throws(XMLScanner.Problem) {
        var scanner = XMLScanner(source, isLenient: isLenient)
        var open: [Int] = []
        var spaces = XMLNamespaces()
        while true {
            let start = scanner.at
            guard let event = try scanner.next() else { break }
            switch event {
            case .start(let name, let isEmpty):
                guard open.count < XMLTree.maximumDepth else {
                    throw .init(offset: start, reason: "elements nest deeper than \(XMLTree.maximumDepth)")
                }
                guard nodes.count < XMLTree.maximumNodes else {
                    throw .init(offset: start, reason: "more than \(XMLTree.maximumNodes) elements and texts")
                }
                if open.isEmpty, !isLenient, nodes.contains(where: \.isElement) {
                    throw .init(offset: start, reason: "a second root element")
                }
                let first = attributes.count
                for attribute in scanner.attributes {
                    spaces.declare(attribute.name, attribute.value, in: source, depth: open.count)
                    attributes.append(Attribute(name: attribute.name, value: attribute.value))
                }
                let (space, local) = spaces.resolve(name, in: source)
                nodes.append(
                    Node(
                        isElement: true, space: space, span: local, attributes: first..<attributes.count, open: start,
                        inner: Span(scanner.at, scanner.at), close: scanner.at, end: nodes.count + 1))
                if isEmpty { spaces.leave(depth: open.count) } else { open.append(nodes.count - 1) }
            case .end(let name):
                try end(name, start, scanner.at, &open, &spaces)
            case .text(let span): try add(span, isRaw: false, open)
            case .raw(let span): try add(span, isRaw: true, open)
            }
        }
        if let last = open.last, !isLenient {
            throw .init(offset: nodes[last].open, reason: "an element without an end")
        }
        while let last = open.popLast() { close(last, at: source.count, to: source.count) }
    }

    private mutating func end(
        _ name: Span, _ start: Int, _ stop: Int, _ open: inout [Int], _ spaces: inout XMLNamespaces
    ) throws(XMLScanner.Problem) {
        func matches(_ node: Int) -> Bool {
            let span = nodes[node].span
            // The end tag has the prefix before the local name, as the start tag has.
            let local = XMLNamespaces.local(name, in: source)
            return span.count == local.count && source[span.range] == source[local.range]
        }
        guard let last = open.last else {
            guard isLenient else { throw .init(offset: start, reason: "an end tag that no start tag opened") }
            return
        }
        if !matches(last) {
            guard isLenient else {
                throw .init(offset: start, reason: "an end tag that is not that of the open element")
            }
            // Elements that were never closed end with the one that holds them; an end without a start is nothing.
            guard open.contains(where: matches) else { return }
            while let unclosed = open.last, !matches(unclosed) {
                close(unclosed, at: start, to: start)
                open.removeLast()
                spaces.leave(depth: open.count)
            }
        }
        if let node = open.popLast() { close(node, at: start, to: stop) }
        spaces.leave(depth: open.count)
    }

    private mutating func close(_ node: Int, at start: Int, to stop: Int) {
        nodes[node].inner = Span(nodes[node].inner.start, start)
        nodes[node].close = stop
        nodes[node].end = nodes.count
    }

    private mutating func add(_ span: Span, isRaw: Bool, _ open: [Int]) throws(XMLScanner.Problem) {
        guard !span.isEmpty else { return }
        guard !open.isEmpty else {
            if !isLenient, source[span.range].contains(where: { $0 > 32 }), !(span.start < 3 && source[0] == 0xEF) {
                throw .init(offset: span.start, reason: "text outside of the root element")
            }
            return
        }
        let start = texts.count
        if isRaw {
            texts.append(contentsOf: source[span.range])
        } else if let bad = XMLReferences.append(source, span.range, to: &texts, isLenient: isLenient) {
            throw .init(offset: bad, reason: "an & that begins no reference that XML knows")
        }
        nodes.append(Node(isElement: false, span: Span(start, texts.count), end: nodes.count + 1))
    }

    // MARK: Looking

    /// The root element's index; nil where there is none.
    var root: Int? { nodes.firstIndex(where: \.isElement) }

    /// The child elements of a node, in order.
    func children(of node: Int) -> Children { Children(tree: self, at: node + 1, end: nodes[node].end) }

    /// The elements in a node's subtree, in the order of the document.
    func descendants(of node: Int) -> some Sequence<Int> {
        (node + 1..<nodes[node].end).lazy.filter { nodes[$0].isElement }
    }

    struct Children: Sequence, IteratorProtocol {
        let tree: XMLTree
        var at: Int
        let end: Int

        mutating func next() -> Int? {
            while at < end {
                let node = at
                at = tree.nodes[node].end
                if tree.nodes[node].isElement { return node }
            }
            return nil
        }
    }

    /// Whether an element has that local name.
    func isNamed(_ node: Int, _ name: StaticString) -> Bool {
        let span = nodes[node].span
        guard nodes[node].isElement, span.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { expected in
            for index in 0..<span.count where unsafe source[span.start + index] != expected[index] { return false }
            return true
        }
    }

    /// The local name of an element.
    func name(of node: Int) -> String { String(decoding: source[nodes[node].span.range], as: UTF8.self) }

    /// The first child of that name, of any vocabulary.
    func child(_ name: StaticString, of node: Int) -> Int? {
        children(of: node).first { isNamed($0, name) }
    }

    /// The element that a path of names leads to.
    func child(_ path: [StaticString], of node: Int) -> Int? {
        var node = node
        for name in path {
            guard let next = child(name, of: node) else { return nil }
            node = next
        }
        return node
    }

    /// All characters within a node, as they are.
    func bytes(of node: Int) -> [UInt8] {
        var out: [UInt8] = []
        for index in node..<nodes[node].end where !nodes[index].isElement {
            out.append(contentsOf: texts[nodes[index].span.range])
        }
        return out
    }

    /// The characters within a node, runs of white space made one space; nil where there are none.
    func text(of node: Int?) -> String? {
        guard let node else { return nil }
        let bytes = XMLTree.squeezed(bytes(of: node))
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// An attribute's value with references resolved; its name is given with the prefix.
    func attribute(_ name: StaticString, of node: Int) -> String? {
        for index in nodes[node].attributes {
            let span = attributes[index].name
            guard span.count == name.utf8CodeUnitCount else { continue }
            let isSame = name.withUTF8Buffer { expected in
                for index in 0..<span.count where unsafe source[span.start + index] != expected[index] { return false }
                return true
            }
            guard isSame else { continue }
            var out: [UInt8] = []
            _ = XMLReferences.append(source, attributes[index].value.range, to: &out, isLenient: true)
            let value = XMLTree.squeezed(out)
            return String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    /// Runs of white space, no-break spaces too, made one space; none at the edges.
    static func squeezed(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        var isPending = false
        while at < bytes.count {
            let isNoBreak = bytes[at] == 0xC2 && at + 1 < bytes.count && bytes[at + 1] == 0xA0
            if bytes[at] <= 32 || isNoBreak {
                isPending = !out.isEmpty
                at += isNoBreak ? 2 : 1
                continue
            }
            if isPending {
                out.append(32)
                isPending = false
            }
            out.append(bytes[at])
            at += 1
        }
        return out
    }
}
