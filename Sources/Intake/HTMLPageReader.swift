internal import CLibXML2
public import Stories

/// Reads HTML pages: the headline, the date, and the paragraphs of the main text, through libxml2.
///
/// A first reader: it takes headings and paragraphs outside of navigation, and leaves the rest.
public struct HTMLPageReader: Sendable {
    /// A reader of HTML.
    public init() {}

    /// The story of a page. Its text is what was taken out, paragraphs with empty lines between.
    ///
    /// - Throws: `IntakeError.empty`, `.binary` or `.undecodable`.
    public func read(_ page: Page) throws(IntakeError) -> [Story] {
        var declared = page
        declared.charset = page.charset ?? HTMLPageReader.declaredCharset(page.bytes)
        let decoded = try TextDecoding.decode(declared)
        guard let document = HTMLDocument(decoded.bytes) else { throw .empty(page: page.name) }
        let content = document.content()
        guard !content.paragraphs.isEmpty else { throw .empty(page: page.name) }
        let parts = ([content.headline].compactMap { $0 } + content.paragraphs).filter { !$0.isEmpty }
        let bytes = Array(parts.joined(separator: "\n\n").utf8)
        let published = page.published ?? content.published.flatMap { Day(iso: $0) }
        return [
            TextPageReader().story(
                bytes, span: Span(0, bytes.count), published: published, title: content.headline,
                outlet: page.outlet ?? content.outlet)
        ]
    }

    /// The character set that a `meta` element in the first bytes names.
    static func declaredCharset(_ bytes: [UInt8]) -> String? {
        let head = Array(bytes.prefix(4096)).map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        let key = Array("charset=".utf8)
        guard head.count > key.count else { return nil }
        for at in 0..<head.count - key.count where head[at] == key[0] && head[at..<at + key.count].elementsEqual(key) {
            let value = head[(at + key.count)...].drop {
                $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") || $0 == 32
            }
            .prefix {
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
            return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
        return nil
    }
}

/// A parsed HTML page; frees libxml2's tree at its end.
@safe struct HTMLDocument: ~Copyable {
    struct Content {
        var headline: String?
        var published: String?
        var outlet: String?
        var paragraphs: [String] = []
    }

    private let document: htmlDocPtr

    init?(_ bytes: [UInt8]) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue
        let parsed = unsafe bytes.withUnsafeBytes { buffer in
            unsafe htmlReadMemory(
                buffer.baseAddress, Int32(clamping: buffer.count), nil, "UTF-8", Int32(bitPattern: options))
        }
        guard let parsed = unsafe parsed else { return nil }
        unsafe document = parsed
    }

    deinit { unsafe xmlFreeDoc(document) }

    /// Headline, date, publisher and paragraphs in the order of the page.
    func content() -> Content {
        var content = Content()
        var title: String?
        var node = unsafe xmlDocGetRootElement(document)
        let root = unsafe node
        var depth = 0
        while let current = unsafe node {
            var enters = true
            if unsafe current.pointee.type == XML_ELEMENT_NODE {
                let name = unsafe HTMLDocument.string(current.pointee.name)
                switch name {
                case "script", "style", "nav", "aside", "footer", "form", "noscript", "figure", "iframe", "svg",
                    "button", "template":
                    enters = false
                case "meta": unsafe HTMLDocument.readMeta(current, into: &content)
                case "title":
                    title = title ?? HTMLDocument.squeeze(unsafe HTMLDocument.text(current))
                    enters = false
                case "h1":
                    if content.headline == nil {
                        content.headline = HTMLDocument.squeeze(unsafe HTMLDocument.text(current))
                    }
                    enters = false
                case "p", "h2", "h3", "blockquote":
                    let text = HTMLDocument.squeeze(unsafe HTMLDocument.text(current))
                    if !text.isEmpty { content.paragraphs.append(text) }
                    enters = false
                default: break
                }
            }
            // Depth first without recursion, so that deep nesting costs no stack.
            if enters, depth < 4096, let child = unsafe current.pointee.children {
                unsafe node = child
                depth += 1
                continue
            }
            var next = unsafe node
            while let at = unsafe next, unsafe at != root, unsafe at.pointee.next == nil {
                unsafe next = at.pointee.parent
                depth -= 1
            }
            guard let at = unsafe next, unsafe at != root else { break }
            unsafe node = at.pointee.next
        }
        if content.headline?.isEmpty != false { content.headline = title }
        return content
    }

    private static func readMeta(_ node: xmlNodePtr, into content: inout Content) {
        let key = unsafe attribute(node, "property") ?? attribute(node, "name") ?? ""
        guard !key.isEmpty, let value = unsafe attribute(node, "content") else { return }
        switch key {
        case "article:published_time", "date", "pubdate", "datePublished":
            content.published = content.published ?? value
        case "og:site_name": content.outlet = content.outlet ?? value
        default: break
        }
    }

    private static func attribute(_ node: xmlNodePtr, _ name: String) -> String? {
        guard let value = unsafe xmlGetProp(node, name) else { return nil }
        defer { unsafe onrecord_xml_free(value) }
        return unsafe string(value)
    }

    private static func text(_ node: xmlNodePtr) -> String {
        guard let value = unsafe xmlNodeGetContent(node) else { return "" }
        defer { unsafe onrecord_xml_free(value) }
        return unsafe string(value)
    }

    private static func string(_ value: UnsafePointer<xmlChar>?) -> String {
        guard let value = unsafe value else { return "" }
        return unsafe String(cString: value)
    }

    /// Runs of white space made one space.
    private static func squeeze(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
