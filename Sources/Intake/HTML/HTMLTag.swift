/// The elements that tell something of a page's structure. All others are dropped, and their text stays.
enum HTMLTag: UInt8 {
    /// Not an element: a run of text.
    case text
    /// An element that is none of these, and a custom element.
    case div
    case a, span, time, img, br, hr
    case p, h1, h2, h3, h4, h5, h6, blockquote, pre, q
    case ul, ol, li, dl, dt, dd
    case table, tr, td, th, caption
    case article, section, main, header, footer, nav, aside, figure, figcaption, form, fieldset, address, details
    case summary, dialog, center, button, label, menu, search

    /// What the reducer does with an element.
    enum Role: UInt8 {
        /// It stays, as `tag`.
        case keep
        /// Its tags go, its content stays.
        case unwrap
        /// It goes with all that it holds.
        case skip
        case script, title, meta, link, html
    }

    /// What is known of an element's name.
    struct Name {
        var key: UInt64 = 0
        var tag = HTMLTag.div
        var role = Role.unwrap
    }

    /// Whether a line breaks before and after it.
    var isBlock: Bool {
        switch self {
        case .text, .a, .span, .time, .img, .br, .q, .button, .label: false
        default: true
        }
    }

    /// Whether it has no end tag.
    var isVoid: Bool { self == .br || self == .hr || self == .img }

    /// Whether its end tag may be left out, so that many of them open need not be deep.
    var isSelfClosing: Bool {
        switch self {
        case .p, .li, .dt, .dd, .tr, .td, .th: true
        default: false
        }
    }

    /// Whether it is a heading amid the text.
    var isHeading: Bool { HTMLTag.h1.rawValue...HTMLTag.h6.rawValue ~= rawValue }

    /// The name in lower case, its first eight bytes in a word, its length in the lowest bits of the first byte's place
    /// where it is longer.
    static func key(_ bytes: [UInt8], _ start: Int, _ end: Int) -> UInt64 {
        var key: UInt64 = 0
        for index in start..<min(end, start + 8) {
            let byte = bytes[index]
            key = key << 8 | UInt64(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte)
        }
        // Names that are longer than eight bytes differ in these from all others that are known.
        return key ^ UInt64(max(0, min(end - start, 40) - 8)) << 56
    }

    /// What a name means; nil where it is not known.
    static func named(_ key: UInt64) -> Name? {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 55)
        while true {
            let name = names[slot]
            if name.key == key { return name }
            if name.key == 0 { return nil }
            slot = (slot + 1) & 511
        }
    }

    /// How a kept element begins and ends for the parser; the tag's end is left to be written.
    var markup: (open: StaticString, close: StaticString) {
        switch self {
        case .text, .div, .center, .address, .fieldset, .search, .dialog, .menu: ("<div", "</div>")
        case .a: ("<a", "</a>")
        case .span, .q, .label: ("<span", "</span>")
        case .time: ("<time", "</time>")
        case .img: ("<img", "</img>")
        case .br: ("<br", "</br>")
        case .hr: ("<hr", "</hr>")
        case .p: ("<p", "</p>")
        case .h1: ("<h1", "</h1>")
        case .h2: ("<h2", "</h2>")
        case .h3: ("<h3", "</h3>")
        case .h4: ("<h4", "</h4>")
        case .h5: ("<h5", "</h5>")
        case .h6: ("<h6", "</h6>")
        case .blockquote: ("<blockquote", "</blockquote>")
        case .pre: ("<pre", "</pre>")
        case .ul: ("<ul", "</ul>")
        case .ol: ("<ol", "</ol>")
        case .li: ("<li", "</li>")
        case .dl: ("<dl", "</dl>")
        case .dt: ("<dt", "</dt>")
        case .dd: ("<dd", "</dd>")
        case .table: ("<table", "</table>")
        case .tr: ("<tr", "</tr>")
        case .td: ("<td", "</td>")
        case .th: ("<th", "</th>")
        case .caption: ("<caption", "</caption>")
        case .article: ("<article", "</article>")
        case .section: ("<section", "</section>")
        case .main: ("<main", "</main>")
        case .header: ("<header", "</header>")
        case .footer: ("<footer", "</footer>")
        case .nav: ("<nav", "</nav>")
        case .aside: ("<aside", "</aside>")
        case .figure: ("<figure", "</figure>")
        case .figcaption: ("<figcaption", "</figcaption>")
        case .form: ("<form", "</form>")
        case .details: ("<details", "</details>")
        case .summary: ("<summary", "</summary>")
        case .button: ("<button", "</button>")
        }
    }

    private static let names: [Name] = {
        var table = [Name](repeating: Name(), count: 512)
        func add(_ names: String, _ role: Role, _ tag: HTMLTag? = nil) {
            for name in names.split(separator: " ") {
                let bytes = Array(name.utf8)
                let key = key(bytes, 0, bytes.count)
                var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 55)
                while table[slot].key != 0 { slot = (slot + 1) & 511 }
                table[slot] = Name(key: key, tag: tag ?? .div, role: role)
            }
        }
        let kept: [(String, HTMLTag)] = [
            ("div", .div), ("a", .a), ("span", .span), ("time", .time), ("br", .br), ("hr", .hr), ("p", .p),
            ("h1", .h1), ("h2", .h2), ("h3", .h3), ("h4", .h4), ("h5", .h5), ("h6", .h6),
            ("blockquote", .blockquote), ("pre listing xmp", .pre), ("ul dir", .ul), ("ol", .ol), ("li", .li),
            ("dl", .dl), ("dt", .dt), ("dd", .dd), ("table", .table), ("tr", .tr), ("td", .td), ("th", .th),
            ("caption", .caption), ("article", .article), ("section hgroup", .section), ("main", .main),
            ("header", .header), ("footer", .footer), ("nav", .nav), ("aside", .aside), ("figure", .figure),
            ("figcaption", .figcaption), ("form", .form), ("fieldset", .fieldset), ("address", .address),
            ("details", .details), ("summary", .summary), ("dialog", .dialog), ("center", .center),
            ("button", .button), ("label", .label), ("menu", .menu), ("search", .search),
        ]
        for (name, tag) in kept { add(name, .keep, tag) }
        add("b i em strong font u small big sup sub abbr acronym cite code kbd samp var dfn mark ins bdi bdo", .unwrap)
        add("ruby rb rtc data tt s strike nobr blink wbr picture source track col colgroup tbody thead tfoot", .unwrap)
        add("body head map area base img input param legend optgroup option embed", .unwrap)
        add("style noscript iframe noembed noframes svg math template select textarea audio video canvas object", .skip)
        add("applet del rp rt datalist", .skip)
        add("script", .script)
        add("title", .title)
        add("meta", .meta)
        add("link", .link)
        add("html", .html)
        return table
    }()
}
