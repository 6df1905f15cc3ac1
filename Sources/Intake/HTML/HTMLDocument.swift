internal import CLibXML2

/// A parsed page; frees libxml2's tree at its end.
@safe struct HTMLDocument: ~Copyable {
    private let document: htmlDocPtr

    /// Parses a reduced page; nil where the parser has no memory for it.
    init?(_ reduced: [UInt8]) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue | HTML_PARSE_NODEFDTD.rawValue
        let parsed = unsafe reduced.withUnsafeBytes { buffer in
            unsafe htmlReadMemory(
                buffer.baseAddress, Int32(clamping: buffer.count), nil, "UTF-8", Int32(bitPattern: options))
        }
        guard let parsed = unsafe parsed else { return nil }
        unsafe document = parsed
    }

    deinit { unsafe xmlFreeDoc(document) }

    /// The tree as flat arrays.
    func tree(_ records: [ElementRecord], page: [UInt8], capacity: Int) -> PageTree {
        var tree = PageTree(page: page, records: records, textCapacity: capacity)
        let root = unsafe xmlDocGetRootElement(document)
        var node = unsafe root
        // Depth first without recursion, so that depth costs no stack.
        while let current = unsafe node {
            var enters = false
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE:
                tree.open(unsafe HTMLDocument.tag(current), record: unsafe HTMLDocument.record(current, records.count))
                if let child = unsafe current.pointee.children {
                    unsafe node = child
                    enters = true
                } else {
                    tree.close()
                }
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = unsafe current.pointee.content {
                    unsafe tree.add(text: content)
                }
            default: break
            }
            if enters { continue }
            var next = unsafe node
            while let at = unsafe next, unsafe at != root, unsafe at.pointee.next == nil {
                unsafe next = at.pointee.parent
                if unsafe next != nil { tree.close() }
            }
            guard let at = unsafe next, unsafe at != root else { break }
            unsafe node = at.pointee.next
        }
        tree.finish()
        return tree
    }

    private static func tag(_ node: xmlNodePtr) -> HTMLTag {
        guard let name = unsafe node.pointee.name else { return .div }
        var key: UInt64 = 0
        var count = 0
        while unsafe name[count] != 0 {
            if count < 8 { key = unsafe key << 8 | UInt64(name[count]) }
            count += 1
        }
        key ^= UInt64(max(0, min(count, 40) - 8)) << 56
        guard let known = HTMLTag.named(key), known.role == .keep else { return .div }
        return known.tag
    }

    /// The number that the reducer gave an element; -1 for none.
    private static func record(_ node: xmlNodePtr, _ count: Int) -> Int32 {
        guard let attribute = unsafe node.pointee.properties, let value = unsafe attribute.pointee.children,
            let digits = unsafe value.pointee.content
        else { return -1 }
        var number = 0
        var at = 0
        while unsafe 48...57 ~= digits[at], at < 9 {
            number = unsafe number * 10 + Int(digits[at] - 48)
            at += 1
        }
        return number < count ? Int32(number) : -1
    }
}
