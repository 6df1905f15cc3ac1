internal import Foundation
internal import Onrecord
public import Stories

/// What is looked for in a record, and where.
///
///     try Search(parsing: #""declined to comment" speaker:kremlin from:2018-02-01"#)
///
/// Words must all be there. `"…"` holds words together, `word*` finds what begins so, `a OR b` either, `-word` leaves out,
/// `a NEAR/5 b` wants at most five words between. Fields: `speaker:`, `kind:`, `stance:`, `measure:`, `type:`, `country:`,
/// `from:`, `to:`, `place:` with `km:`.
public struct Search: Sendable, Hashable {
    /// What is found.
    public enum Scope: String, Sendable, Codable, CaseIterable {
        /// Stories, each with the sentence that fits best.
        case stories
        /// Claims: figures, denials and refusals to speak, by the sentence that they stand in.
        case claims
        /// What speakers say, by the sentences that it stands in.
        case statements
    }

    /// What is found.
    public var scope = Scope.stories
    /// Words, as described above; none where empty.
    public var words = ""
    /// Only what a speaker says whose name or description has words that begin like these.
    public var speaker: String?
    /// Only what speakers of this kind say.
    public var kind: Speaker.Kind?
    /// Only what is said so.
    public var stance: Attribution.Stance?
    /// Only claims on this measure.
    public var measure: Figure.Measure?
    /// Only stories of incidents of this type.
    public var type: IncidentType?
    /// Only stories of incidents in this country (ISO 3166-1 alpha-2).
    public var country: String?
    /// Only stories of incidents so near to a point.
    public var near: RecordStore.Circle?
    /// Only stories published on this day or later.
    public var from: Day?
    /// Only stories published on this day or before.
    public var to: Day?
    /// Passes over so many.
    public var offset = 0
    /// At most so many.
    public var limit = 20
    /// Whether the speakers say so little that all of it can be gone through; the record finds it out.
    var isOfFew = false

    /// Nothing yet.
    public init() {}

    /// Reads a query as people type it.
    ///
    /// - Throws: `RecordStoreError.badSearch` where a field's value cannot be read, saying what it may be.
    public init(parsing text: String) throws(RecordStoreError) {
        var words: [String] = []
        var place: String?
        var kilometres: Double?
        for part in Search.parts(text) {
            guard let (name, value) = Search.field(part) else {
                words.append(part)
                continue
            }
            func known<Value: RawRepresentable & CaseIterable>(
                _ type: Value.Type
            ) throws(RecordStoreError) -> Value where Value.RawValue == String {
                guard let known = Value(rawValue: value.lowercased()) else {
                    let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .badSearch(reason: "\(name):\(value): \(name) is one of \(all)")
                }
                return known
            }
            func day() throws(RecordStoreError) -> Day {
                guard let day = Day(iso: value) else {
                    throw .badSearch(reason: "\(name):\(value): a day is written \(name):2018-02-07")
                }
                return day
            }
            switch name {
            case "speaker": speaker = value
            case "kind": kind = try known(Speaker.Kind.self)
            case "stance": stance = try known(Attribution.Stance.self)
            case "measure": measure = try known(Figure.Measure.self)
            case "type": type = try known(IncidentType.self)
            case "country": country = value.uppercased()
            case "from": from = try day()
            case "to": to = try day()
            case "place": place = value
            case "km":
                guard let number = Double(value), number > 0 else {
                    throw .badSearch(reason: "km:\(value): a distance is a number of kilometres: km:50")
                }
                kilometres = number
            default: words.append(part)
            }
        }
        self.words = words.joined(separator: " ")
        if let place {
            near = try Search.circle(place, kilometres ?? 50)
        } else if kilometres != nil {
            throw .badSearch(reason: "km: goes with place:, as in place:Aleppo km:20")
        }
        let (wanted, unwanted) = terms
        if wanted.isEmpty, let word = unwanted.first {
            throw .badSearch(reason: "\(word): says what to leave out, and nothing says what to find: add a word")
        }
    }

    /// All around a place that the gazetteer knows, or around a point, `36.2,37.16`.
    ///
    /// - Throws: `RecordStoreError.badSearch` where there is no such place.
    public static func circle(
        _ place: String, _ kilometres: Double
    ) throws(RecordStoreError) -> RecordStore.Circle {
        let numbers = place.split(separator: ",").compactMap { Double($0.drop(while: \.isWhitespace)) }
        if numbers.count == 2, abs(numbers[0]) <= 90, abs(numbers[1]) <= 180 {
            return .init(lat: numbers[0], lon: numbers[1], kilometres: kilometres)
        }
        guard let found = PlaceIndex().place(named: place), let lat = found.lat, let lon = found.lon else {
            throw .badSearch(reason: "\(place): no such place is known: give its point, as in 36.2,37.16")
        }
        return .init(lat: lat, lon: lon, kilometres: kilometres)
    }

    /// The words of a query, quoted ones with their marks, fields with their quoted values.
    private static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character.isWhitespace, !isQuoted {
                if !part.isEmpty { parts.append(part) }
                part = ""
            } else {
                part.append(character)
            }
        }
        return part.isEmpty ? parts : parts + [part]
    }

    private static let fields: Set<String> = [
        "speaker", "kind", "stance", "measure", "type", "country", "from", "to", "place", "km",
    ]

    private static func field(_ part: String) -> (name: String, value: String)? {
        let sides = part.split(separator: ":", maxSplits: 1)
        guard sides.count == 2, fields.contains(sides[0].lowercased()) else { return nil }
        let value = sides[1].filter { $0 != "\"" }
        return value.isEmpty ? nil : (sides[0].lowercased(), value)
    }

    /// The words as FTS5 takes them, each a string of its own, so that nothing that is typed is a fault of syntax; nil where
    /// there are none to look for.
    var match: String? {
        let (wanted, unwanted) = terms
        guard !wanted.isEmpty else { return nil }
        let all = wanted.map { $0.count == 1 ? $0[0] : "(" + $0.joined(separator: " OR ") + ")" }.joined(
            separator: " AND ")
        return unwanted.isEmpty ? all : "(\(all)) NOT (" + unwanted.joined(separator: " OR ") + ")"
    }

    /// What finds any of the words that are looked for, to mark them where they stand.
    var anyMatch: String? {
        let wanted = terms.wanted
        return wanted.isEmpty ? nil : wanted.flatMap { $0 }.joined(separator: " OR ")
    }

    /// The terms of which one each must be there, and those of which none may be.
    private var terms: (wanted: [[String]], unwanted: [String]) {
        var wanted: [[String]] = []
        var unwanted: [String] = []
        var joins = false
        var near: Int?
        var phrase: String?
        for part in Search.parts(words) {
            if part == "OR" {
                joins = !wanted.isEmpty
                continue
            }
            if part == "AND" { continue }
            if part.hasPrefix("NEAR/") || part == "NEAR" {
                near = wanted.isEmpty ? nil : min(100, max(0, Int(part.dropFirst(5)) ?? 10))
                continue
            }
            let isUnwanted = part.hasPrefix("-") && part.count > 1
            guard let term = Search.term(isUnwanted ? String(part.dropFirst()) : part) else { continue }
            if isUnwanted {
                unwanted.append(term)
            } else if let distance = near, let last = wanted.popLast(), let word = last.last {
                // Of "a NEAR b NEAR c" each two neighbours must stand near.
                let pair = "NEAR(\(phrase ?? word) \(term), \(distance))"
                wanted.append(
                    Array(last.dropLast()) + [
                        word.hasPrefix("NEAR(") || word.hasPrefix("(NEAR(") ? "(\(word) AND \(pair))" : pair
                    ])
            } else if joins, let last = wanted.popLast() {
                wanted.append(last + [term])
            } else {
                wanted.append([term])
            }
            if !isUnwanted { phrase = term }
            (joins, near) = (false, nil)
        }
        return (wanted, unwanted)
    }

    /// A name as FTS5 takes it, to find what has words that begin like its words.
    static func beginnings(of name: String) -> String {
        let words = name.split { !($0.isLetter || $0.isNumber) }
        // A name of signs alone is nobody's.
        return words.isEmpty ? "\"\"" : words.map { "\"\($0)\"*" }.joined(separator: " ")
    }

    /// A word or phrase as a string of FTS5; nil where no letter or digit is in it.
    private static func term(_ part: String) -> String? {
        let words = part.split { !($0.isLetter || $0.isNumber) }
        guard !words.isEmpty else { return nil }
        return "\"\(words.joined(separator: " "))\"" + (part.hasSuffix("*") ? "*" : "")
    }
}
