/// What is kept of an element's attributes.
struct ElementRecord {
    var hints: BlockHints = []
    /// `itemprop`, as a stretch of the page; empty where there is none.
    var property = 0..<0
    /// `itemtype`.
    var itemType = 0..<0
    /// `content`, `datetime` or `href`: where a property's value stands in an attribute.
    var value = 0..<0
    var id = 0..<0
    /// Whether it opens an item of its own.
    var isScope = false
    /// Whether it is not shown.
    var isHidden = false
}

/// Makes a page small before it is parsed: scripts, styles, comments, inline markup and all attributes go; what tells
/// something of the structure stays.
///
/// libxml2 would build nodes for all of it, at a tenth of the speed at which this passes over it. What it then gets is well
/// bounded: known elements, nested no deeper than `depthLimit`, each with at most a number, that of its record.
/// One pass over the bytes; an element that is skipped and never ends is looked for once.
struct HTMLReducer {
    /// A `meta` or `link` element: its key (`property`, `name`, `itemprop` or `rel`) and value.
    struct Meta {
        var key: Range<Int>
        var value: Range<Int>
    }

    static let depthLimit = 200

    let bytes: [UInt8]
    /// The page, reduced.
    private(set) var reduced: [UInt8] = []
    private(set) var records: [ElementRecord] = []
    private(set) var metas: [Meta] = []
    /// The bodies of `script` elements that hold JSON-LD.
    private(set) var scripts: [Range<Int>] = []
    private(set) var title: Range<Int>?
    private(set) var language: Range<Int>?

    private var at = 0
    private var open = [Int](repeating: 0, count: 64)
    private var depth = 0
    private var dropped = 0
    /// Whether each open `span` was kept, the innermost last.
    private var spans: [Bool] = []
    private var isInParagraph = false
    private var preformatted = 0
    /// Elements whose end tag the rest of the page lacks.
    private var endless: Set<UInt64> = []
    private var attributes = Attributes()

    /// The attributes of the tag that was read last.
    private struct Attributes {
        var classes = 0..<0
        var id = 0..<0
        var role = 0..<0
        var component = 0..<0
        var property = 0..<0
        var itemType = 0..<0
        var name = 0..<0
        var content = 0..<0
        var href = 0..<0
        var relation = 0..<0
        var datetime = 0..<0
        var language = 0..<0
        var type = 0..<0
        var isScope = false
        var isHidden = false
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        reduced.reserveCapacity(bytes.count / 4)
        records.reserveCapacity(512)
    }

    mutating func run() {
        let end = bytes.count
        while at < end {
            let tag = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: at, to: end)
            text(at, tag)
            at = tag
            guard at + 1 < end else { break }
            switch bytes[at + 1] {
            case UInt8(ascii: "/"): endTag()
            case UInt8(ascii: "!"): declaration()
            case UInt8(ascii: "?"): at = min(end, ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: at, to: end) + 1)
            case let byte where UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20: startTag()
            default:
                write("&lt;")
                at += 1
            }
        }
    }

    // MARK: Tags

    private func endOfName(_ start: Int) -> Int {
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            if byte <= 32 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") { break }
            end += 1
        }
        return end
    }

    private mutating func declaration() {
        let end = bytes.count
        guard ByteSearch.matches("<!--", in: bytes, at: at) else {
            at = min(end, ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: at, to: end) + 1)
            return
        }
        // A comment ends at --> or --!>; <!--> and <!---> are whole ones.
        var close = at + 4
        while true {
            close = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: close, to: end)
            if close >= end { break }
            if close - at <= 5, bytes[close - 1] == UInt8(ascii: "-") { break }
            if bytes[close - 1] == UInt8(ascii: "-"), bytes[close - 2] == UInt8(ascii: "-") { break }
            if bytes[close - 1] == UInt8(ascii: "!"), bytes[close - 2] == UInt8(ascii: "-"),
                bytes[close - 3] == UInt8(ascii: "-")
            {
                break
            }
            close += 1
        }
        at = min(end, close + 1)
    }

    private mutating func endTag() {
        let start = at + 2
        let close = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: start, to: bytes.count)
        let nameEnd = min(endOfName(start), close)
        at = min(bytes.count, close + 1)
        guard start < nameEnd else { return }
        guard let tag = keptTag(start, nameEnd), !tag.isVoid else { return }
        if tag == .span {
            guard spans.popLast() == true else { return }
        }
        guard open[Int(tag.rawValue)] > 0 else { return }
        if !tag.isSelfClosing, tag != .a {
            if dropped > 0 {
                dropped -= 1
                return
            }
            depth = max(0, depth - 1)
        }
        open[Int(tag.rawValue)] -= 1
        if tag == .p { isInParagraph = false }
        if tag == .pre { preformatted = max(0, preformatted - 1) }
        write(tag.markup.close)
    }

    /// The tag of an element that stays; nil for all others.
    private func keptTag(_ start: Int, _ end: Int) -> HTMLTag? {
        guard let name = HTMLTag.named(HTMLTag.key(bytes, start, end)) else {
            return bytes[start..<end].contains(UInt8(ascii: "-")) ? .div : nil
        }
        return name.role == .keep ? name.tag : nil
    }

    private mutating func startTag() {
        let start = at + 1
        let nameEnd = endOfName(start)
        let key = HTMLTag.key(bytes, start, nameEnd)
        let name = HTMLTag.named(key)
        var role = name?.role ?? .unwrap
        let isCustom = name == nil && bytes[start..<nameEnd].contains(UInt8(ascii: "-"))
        if isCustom { role = .keep }
        let isClosed = readAttributes(nameEnd)
        switch role {
        case .keep: keep(isCustom ? .div : name?.tag ?? .div, isCustom ? start..<nameEnd : 0..<0, isClosed)
        case .unwrap: break
        case .skip: if !isClosed || key != HTMLReducer.svg { skip(start..<nameEnd, key) }
        case .script:
            let body = at
            let end = ByteSearch.first("</script", in: bytes, from: at) ?? bytes.count
            at = end
            if attributes.type.count >= 11, isType("application/ld+json", attributes.type) {
                scripts.append(body..<end)
            }
        case .title:
            guard !endless.contains(key) else { return }
            guard let end = ByteSearch.first("</title", in: bytes, from: at) else {
                endless.insert(key)
                return
            }
            if title == nil, end > at { title = at..<end }
            at = end
        case .meta, .link:
            let key =
                [attributes.property, attributes.name, attributes.relation].first { !$0.isEmpty } ?? 0..<0
            let value = role == .meta ? attributes.content : attributes.href
            guard !key.isEmpty, !value.isEmpty else { return }
            metas.append(Meta(key: key, value: value))
            // As a property of an item it has to stand where it stands.
            if !attributes.property.isEmpty, open[Int(HTMLTag.div.rawValue)] > 0 {
                keep(.img, 0..<0, false)
            }
        case .html: if language == nil, !attributes.language.isEmpty { language = attributes.language }
        }
    }

    private static let svg = HTMLTag.key(Array("svg".utf8), 0, 3)

    private func isType(_ type: StaticString, _ range: Range<Int>) -> Bool {
        ByteSearch.matches(type, in: bytes, at: range.lowerBound)
            && range.count >= type.utf8CodeUnitCount
    }

    /// Passes over an element with all that it holds; one that never ends goes alone.
    private mutating func skip(_ name: Range<Int>, _ key: UInt64) {
        guard !endless.contains(key) else { return }
        var from = at
        while true {
            let close = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: from, to: bytes.count)
            guard close + 2 < bytes.count else { break }
            if bytes[close + 1] == UInt8(ascii: "/"), HTMLTag.key(bytes, close + 2, endOfName(close + 2)) == key {
                at = min(bytes.count, ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: close, to: bytes.count) + 1)
                return
            }
            from = close + 1
        }
        endless.insert(key)
    }

    private mutating func keep(_ tag: HTMLTag, _ custom: Range<Int>, _ isClosed: Bool) {
        var record = ElementRecord()
        var isTelling = false
        if tag != .a || !attributes.property.isEmpty {
            record.hints = hints(custom)
            if tag == .menu || tag == .search { record.hints.insert(.navigation) }
            if tag == .dialog { record.hints.insert(.overlay) }
            record.property = attributes.property
            record.itemType = attributes.itemType
            record.isScope = attributes.isScope
            record.isHidden = attributes.isHidden
            record.value =
                !attributes.content.isEmpty
                ? attributes.content
                : !attributes.datetime.isEmpty ? attributes.datetime : 0..<0
            if tag == .article || record.hints.contains(.livePost) { record.id = attributes.id }
            isTelling =
                !record.hints.isEmpty || !record.property.isEmpty || record.isHidden || record.isScope
                || !record.value.isEmpty || !record.id.isEmpty
        }
        // An anchor that leads nowhere is text.
        if tag == .a, attributes.href.isEmpty { return }
        if tag == .span {
            spans.append(isTelling)
            guard isTelling else { return }
        }
        if !tag.isVoid {
            if !tag.isSelfClosing, tag != .a {
                guard depth < HTMLReducer.depthLimit else {
                    dropped += 1
                    return
                }
                depth += 1
            }
            open[Int(tag.rawValue)] += 1
        }
        if tag.isBlock, isInParagraph {
            // Elements that the parser does not know end no paragraph there.
            write("</p>")
            isInParagraph = false
            open[Int(HTMLTag.p.rawValue)] -= tag == .p ? 1 : 0
        }
        if tag == .p { isInParagraph = true }
        if tag == .pre { preformatted += 1 }
        write(tag.markup.open)
        if isTelling {
            write(" h=")
            write(number: records.count)
            records.append(record)
        }
        reduced.append(UInt8(ascii: ">"))
    }

    private func hints(_ custom: Range<Int>) -> BlockHints {
        var hints = BlockHints.of(attributes.classes, in: bytes)
        hints.formUnion(BlockHints.of(attributes.id, in: bytes))
        if !attributes.role.isEmpty { hints.formUnion(BlockHints.of(attributes.role, in: bytes)) }
        if !attributes.component.isEmpty { hints.formUnion(BlockHints.of(attributes.component, in: bytes)) }
        if !custom.isEmpty { hints.formUnion(BlockHints.of(custom, in: bytes)) }
        if !attributes.property.isEmpty {
            if ByteSearch.equals("articlebody", attributes.property, in: bytes) { hints.insert(.body) }
            if ByteSearch.equals("liveblogupdate", attributes.property, in: bytes) { hints.insert(.livePost) }
            if ByteSearch.equals("caption", attributes.property, in: bytes) { hints.insert(.caption) }
        }
        return hints
    }

    /// Reads attributes up to the end of the tag, and stands behind it; whether the tag ends in `/>`.
    private mutating func readAttributes(_ start: Int) -> Bool {
        attributes = Attributes()
        let end = bytes.count
        var index = start
        var isClosed = false
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") {
                index += 1
                break
            }
            if byte <= 32 || byte == UInt8(ascii: "/") {
                isClosed = byte == UInt8(ascii: "/")
                index += 1
                continue
            }
            isClosed = false
            let name = index
            index += 1
            while index < end {
                let byte = bytes[index]
                if byte <= 32 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") {
                    break
                }
                index += 1
            }
            let nameEnd = index
            while index < end, bytes[index] <= 32 { index += 1 }
            guard index < end, bytes[index] == UInt8(ascii: "=") else {
                note(name..<nameEnd, nameEnd..<nameEnd)
                continue
            }
            index += 1
            while index < end, bytes[index] <= 32 { index += 1 }
            guard index < end else { break }
            let quote = bytes[index]
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                let close = ByteSearch.first(quote, in: bytes, from: index + 1, to: end)
                note(name..<nameEnd, index + 1..<close)
                index = min(end, close + 1)
            } else {
                let value = index
                while index < end, bytes[index] > 32, bytes[index] != UInt8(ascii: ">") { index += 1 }
                note(name..<nameEnd, value..<index)
            }
        }
        at = index
        return isClosed
    }

    private mutating func note(_ name: Range<Int>, _ value: Range<Int>) {
        func isNamed(_ text: StaticString) -> Bool { ByteSearch.equals(text, name, in: bytes) }
        switch (name.count, bytes[name.lowerBound] | 0x20) {
        case (2, UInt8(ascii: "i")): if isNamed("id") { attributes.id = value }
        case (3, UInt8(ascii: "r")): if isNamed("rel") { attributes.relation = value }
        case (4, UInt8(ascii: "h")): if isNamed("href") { attributes.href = value }
        case (4, UInt8(ascii: "n")): if isNamed("name") { attributes.name = value }
        case (4, UInt8(ascii: "t")): if isNamed("type") { attributes.type = value }
        case (4, UInt8(ascii: "r")): if isNamed("role") { attributes.role = value }
        case (4, UInt8(ascii: "l")): if isNamed("lang") { attributes.language = value }
        case (5, UInt8(ascii: "c")): if isNamed("class") { attributes.classes = value }
        case (5, UInt8(ascii: "s")):
            if isNamed("style"), hides(value) { attributes.isHidden = true }
        case (6, UInt8(ascii: "h")): if isNamed("hidden") { attributes.isHidden = true }
        case (7, UInt8(ascii: "c")): if isNamed("content") { attributes.content = value }
        case (8, UInt8(ascii: "i")):
            if isNamed("itemprop") {
                attributes.property = value
            } else if isNamed("itemtype") {
                attributes.itemType = value
            }
        case (8, UInt8(ascii: "p")): if isNamed("property") { attributes.name = value }
        case (8, UInt8(ascii: "d")): if isNamed("datetime") { attributes.datetime = value }
        case (9, UInt8(ascii: "i")): if isNamed("itemscope") { attributes.isScope = true }
        case (11, UInt8(ascii: "d")): if isNamed("data-testid") { attributes.component = value }
        case (14, UInt8(ascii: "d")): if isNamed("data-component") { attributes.component = value }
        default: break
        }
    }

    private func hides(_ style: Range<Int>) -> Bool {
        guard style.count >= 12 else { return false }
        var at = style.lowerBound
        while at + 12 <= style.upperBound {
            if ByteSearch.matches("display", in: bytes, at: at) {
                var next = at + 7
                while next < style.upperBound, bytes[next] <= 32 || bytes[next] == UInt8(ascii: ":") { next += 1 }
                return next + 4 <= style.upperBound && ByteSearch.matches("none", in: bytes, at: next)
            }
            at += 1
        }
        return false
    }

    // MARK: Text

    /// Writes text, white space squeezed, with what the parser would misread mended.
    private mutating func text(_ start: Int, _ end: Int) {
        var index = start
        while index < end {
            let byte = bytes[index]
            if byte <= 32 {
                if preformatted > 0, byte == UInt8(ascii: "\n") {
                    reduced.append(byte)
                } else if let last = reduced.last, last != UInt8(ascii: " "), last != UInt8(ascii: "\n") {
                    reduced.append(UInt8(ascii: " "))
                }
                index += 1
            } else if byte == UInt8(ascii: "&") {
                index = reference(index, end)
            } else {
                let run = index
                index += 1
                while index < end {
                    let byte = bytes[index]
                    if byte == UInt8(ascii: "&") || byte < 32 { break }
                    if byte == 32, index + 1 < end, bytes[index + 1] <= 32 { break }
                    index += 1
                }
                reduced.append(contentsOf: bytes[run..<index])
            }
        }
    }

    /// A character reference at `start`, as the parser knows it; gives the place behind what was written.
    ///
    /// The parser takes the numbers 128 to 159 for control characters, where pages mean Windows-1252, and it knows the
    /// names of HTML 4 alone.
    private mutating func reference(_ start: Int, _ end: Int) -> Int {
        var close = start + 1
        while close < min(end, start + 12), bytes[close] > 32, bytes[close] != UInt8(ascii: ";"),
            bytes[close] != UInt8(ascii: "&")
        {
            close += 1
        }
        guard close < end, bytes[close] == UInt8(ascii: ";"), close > start + 2 else {
            reduced.append(UInt8(ascii: "&"))
            return start + 1
        }
        if bytes[start + 1] == UInt8(ascii: "#") {
            let text = String(decoding: bytes[start + 2..<close], as: UTF8.self)
            let number = text.first == "x" || text.first == "X" ? Int(text.dropFirst(), radix: 16) : Int(text)
            if let number, let scalar = TextDecoding.scalar(ofReference: number) {
                switch scalar {
                case "<": write("&lt;")
                case "&": write("&amp;")
                default: reduced.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            }
            return close + 1
        }
        for (name, text) in HTMLReducer.newNames where ByteSearch.equals(name, start + 1..<close, in: bytes) {
            write(text)
            return close + 1
        }
        reduced.append(contentsOf: bytes[start...close])
        return close + 1
    }

    /// Names of characters that came with HTML 5, as far as text has them.
    private static let newNames: [(StaticString, StaticString)] = [
        ("apos", "'"), ("period", "."), ("comma", ","), ("colon", ":"), ("semi", ";"), ("excl", "!"), ("quest", "?"),
        ("lpar", "("), ("rpar", ")"), ("lsqb", "["), ("rsqb", "]"), ("lbrack", "["), ("rbrack", "]"), ("num", "#"),
        ("dollar", "$"), ("percnt", "%"), ("ast", "*"), ("plus", "+"), ("sol", "/"), ("commat", "@"), ("equals", "="),
        ("lowbar", "_"), ("hyphen", "‐"), ("dash", "‐"), ("newline", " "), ("tab", " "), ("rsquor", "’"),
        ("rdquor", "”"), ("lsquor", "‚"), ("ldquor", "„"), ("horbar", "―"), ("nbsp", " "),
    ]

    private mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { unsafe reduced.append(contentsOf: $0) }
    }

    private mutating func write(number: Int) {
        var digits: UInt64 = 0
        var rest = number
        var count = 0
        repeat {
            digits = digits << 8 | UInt64(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            count += 1
        } while rest > 0
        for _ in 0..<count {
            reduced.append(UInt8(truncatingIfNeeded: digits))
            digits >>= 8
        }
    }
}
