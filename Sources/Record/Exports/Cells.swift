internal import Stories

/// A value in a table.
enum Cell: Sendable {
    case text(String)
    case number(Double)
    case truth(Bool)
    /// Nothing is known.
    case empty

    init(_ text: String?) { self = text.map(Cell.text) ?? .empty }
    init(_ number: Double?) { self = number.map(Cell.number) ?? .empty }
    init(_ number: Int?) { self = number.map { .number(Double($0)) } ?? .empty }

    /// The value as a cell of CSV holds it, before quotation marks.
    var plain: String {
        switch self {
        case .text(let text): CSV.disarmed(text)
        case .number(let number): Plain.number(number)
        case .truth(let truth): truth ? "true" : "false"
        case .empty: ""
        }
    }

    var json: JSONText {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .number(number)
        case .truth(let truth): .truth(truth)
        case .empty: .null
        }
    }
}

/// Comma-separated values (RFC 4180), with lines that end in LF.
enum CSV {
    /// A row with its line end.
    static func line(_ cells: [Cell]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            if column > 0 { line += "," }
            line += quoted(cell.plain)
        }
        return line + "\n"
    }

    private static func quoted(_ cell: String) -> String {
        let needsQuotes = cell.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13: true
            default: false
            }
        }
        guard needsQuotes else { return cell }
        // By scalars: a quotation mark under an accent is no character of its own, and ends a cell all the same.
        return "\"" + String(String.UnicodeScalarView(cell.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }))
            + "\""
    }

    /// The text with a leading sign of a formula disarmed, as spreadsheets run them; a number stays a number.
    static func disarmed(_ text: String) -> String {
        // What stands before the sign as white space is dropped by some spreadsheets.
        guard let first = text.unicodeScalars.first(where: { $0 != " " }),
            "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), Double(text) == nil
        else { return text }
        return "'" + text
    }
}

/// Numbers and names as all exports write them.
enum Plain {
    /// A number as people write it: whole where it is whole.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        return value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
    }

    /// `80`, `20–25`.
    static func range(_ low: Double, _ high: Double) -> String {
        low == high ? number(low) : "\(number(low))–\(number(high))"
    }

    /// `1 report`, `14 reports`.
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    /// What a claim says, in few words: `killed: about 300`, `killed: 20 or more`, `denies`.
    static func claim(_ claim: Claim) -> String {
        var words = claim.measure.map { $0.rawValue.replacing("-", with: " ") } ?? ""
        let about = claim.approximate ? "about " : ""
        switch (claim.min, claim.max) {
        case (let low?, let high?):
            words += ": \(about)\(low == high ? number(low) : "\(number(low)) to \(number(high))")"
        case (let low?, nil): words += ": \(number(low)) or more"
        case (nil, let high?): words += ": up to \(number(high))"
        case (nil, nil): break
        }
        switch claim.scope {
        case .incident: break
        case .part: words += " (a part)"
        case .total: words += " (a running total)"
        }
        switch claim.stance {
        case .assert: return words
        case .confirm: return "confirms " + words
        case .deny: return "denies " + (words.isEmpty ? "it" : words)
        case .decline: return "would not say" + (words.isEmpty ? "" : ": " + words)
        case .question: return "questions " + (words.isEmpty ? "it" : words)
        case .intend: return "intends " + words
        }
    }

    /// The days from one to another: `2018-02-07`, `2018-02-07 to 2018-02-08`.
    static func days(_ incident: IncidentSummary) -> String? {
        guard let from = incident.from else { return nil }
        guard let to = incident.to, to != from else { return from.description }
        return "\(from) to \(to)"
    }

    /// `Deir ez-Zor, Syria`.
    static func place(_ place: IncidentPlace?) -> String? {
        guard let place else { return nil }
        let country = Country.of(place.country)?.name ?? place.country
        return [place.name, country == place.name ? nil : country].compactMap { $0 }.joined(separator: ", ")
    }

    /// The text on one line: white space and control characters as one space.
    static func line(_ text: String) -> String { PlainText.of(text.utf8) }
}

/// A JSON value that is written as it is built: keys in the order given, so that the same value gives the same bytes.
enum JSONText {
    case string(String)
    case number(Double)
    case truth(Bool)
    case null
    case array([JSONText])
    case pairs([(String, JSONText)])
    /// JSON already.
    case raw(String)

    static func object(_ pairs: some Sequence<(String, JSONText)>) -> JSONText { .pairs(Array(pairs)) }

    /// An object without the pairs whose value is nil.
    static func known(_ pairs: (String, JSONText?)...) -> JSONText {
        .pairs(pairs.compactMap { key, value in value.map { (key, $0) } })
    }

    init(_ number: Int) { self = .number(Double(number)) }

    /// The value on a line.
    var line: String { text + "\n" }

    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .string(let string): JSONText.write(string, to: &text)
        case .number(let number): text += number.isFinite ? Plain.number(number) : "null"
        case .truth(let truth): text += truth ? "true" : "false"
        case .null: text += "null"
        case .raw(let json): text += json
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .pairs(let pairs):
            text += "{"
            for (index, (key, value)) in pairs.enumerated() {
                if index > 0 { text += "," }
                JSONText.write(key, to: &text)
                text += ":"
                value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSONText {
    static func string(_ text: String?) -> JSONText? { text.map { .string($0) } }
    static func number(_ number: Double?) -> JSONText? { number.map { .number($0) } }
    static func strings(_ texts: [String]) -> JSONText? { texts.isEmpty ? nil : .array(texts.map { .string($0) }) }
}
