/// What `Content-Type` says of a page.
struct MediaType: Hashable {
    /// In lower case, without parameters; empty where nothing is said.
    var name: String
    /// The character set that it names.
    var charset: String?

    init(_ field: String?) {
        let parts = (field ?? "").split(separator: ";")
        name = String(decoding: Blocks.trimmed(Array((parts.first ?? "").utf8)[...]), as: UTF8.self).lowercased()
        for part in parts.dropFirst() {
            let bytes = Blocks.trimmed(Array(part.utf8)[...])
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.lowercased().hasPrefix("charset=") else { continue }
            let value = text.dropFirst(8).filter { $0 != "\"" && $0 != "'" && $0 != " " }
            charset = value.isEmpty ? nil : String(value)
        }
    }

    /// Whether a story can come of it: text, HTML, and what XML and JSON news come as.
    var mayBeRead: Bool {
        switch name {
        case "", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/json":
            true
        default: name.hasSuffix("+xml") && name != "image/svg+xml" || name == "application/feed+json"
        }
    }

    /// The format of a page of this type; nil where its bytes have to tell, and those that tell nothing are no news.
    var format: Page.Format? {
        switch name {
        case "text/html", "application/xhtml+xml": .html
        case "text/plain": .text
        default: nil
        }
    }
}
