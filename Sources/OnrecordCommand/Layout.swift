/// Lays text out in columns of characters.
enum Layout {
    /// The text on lines of at most `width` characters, each behind `indent`, those after the first behind `hanging` where
    /// it is given; a longer word stands on a line of its own.
    static func wrap(
        _ text: String, width: Int = Terminal.width, indent: String = "", hanging: String? = nil
    ) -> String {
        var indent = indent
        var lines: [String] = []
        var line = ""
        for word in Terminal.safe(text).split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
                lines.append(indent + line)
                line = ""
                indent = hanging ?? indent
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        if !line.isEmpty { lines.append(indent + line) }
        return lines.joined(separator: "\n")
    }

    /// The text cut to `width` characters, with an ellipsis where something is left out.
    static func cut(_ text: String, _ width: Int) -> String {
        let text = Terminal.safe(text)
        return text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
    }

    /// Rows in columns as wide as their widest cell; columns named in `right` are set flush right.
    static func table(_ header: [String], _ rows: [[String]], right: Set<Int> = [], indent: String = "  ") -> String {
        var widths = header.map(\.count)
        for row in rows { for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) } }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let blank = String(repeating: " ", count: max(0, widths[column] - cell.count))
                if column == cells.count - 1, !right.contains(column) { return cell }
                return right.contains(column) ? blank + cell : cell + blank
            }
            let line = indent + padded.joined(separator: "  ")
            return String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)])
        }
        return ([Terminal.dim(line(header))] + rows.map { line($0.map(Terminal.safe)) }).joined(separator: "\n")
    }

    /// A number as people write it: whole where it is whole.
    static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
    }

    /// An interval as people write it: `80`, `about 300`, `80 or more`, `up to 5`, `2 to 3`.
    static func interval(_ min: Double?, _ max: Double?, approximate: Bool = false) -> String {
        let about = approximate ? "about " : ""
        switch (min, max) {
        case (let low?, let high?):
            return low == high ? about + number(low) : "\(about)\(number(low)) to \(number(high))"
        case (let low?, nil): return "\(number(low)) or more"
        case (nil, let high?): return "up to \(number(high))"
        case (nil, nil): return ""
        }
    }
}
