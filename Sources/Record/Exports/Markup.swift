/// Text as it may stand in a page.
package enum Markup {
    /// The text with all that means something to a browser escaped. Control characters are left out, and so are the marks
    /// that turn the direction of writing: a headline cannot rewrite what stands beside it.
    package static func text(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            case "\n", "\t": safe.unicodeScalars.append(scalar)
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
            default: if scalar.properties.generalCategory != .control { safe.unicodeScalars.append(scalar) }
            }
        }
        return safe
    }

    /// An element with what it holds, which is markup already.
    static func element(_ tag: String, _ attributes: String = "", _ content: String) -> String {
        "<\(tag)\(attributes.isEmpty ? "" : " " + attributes)>\(content)</\(tag)>"
    }

    /// A table whose rows become cards on a narrow page; cells are markup already.
    static func table(
        _ header: [String], _ rows: [(attributes: String, cells: [String])], numbers: Set<Int> = [], style: String
    ) -> String {
        let head = header.enumerated().map { column, name in
            element("th", "scope=\"col\"\(numbers.contains(column) ? " class=\"number\"" : "")", text(name))
        }.joined()
        let body = rows.map { attributes, cells in
            element(
                "tr", attributes,
                cells.enumerated().map { column, cell in
                    let style = numbers.contains(column) ? " class=\"number\"" : ""
                    return cell.isEmpty
                        ? "<td class=\"none\"></td>"
                        : element("td", "data-label=\"\(text(header[column]))\"\(style)", cell)
                }.joined())
        }.joined(separator: "\n")
        return "<table class=\"\(style)\">\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)\n</tbody>\n</table>\n"
    }
}
