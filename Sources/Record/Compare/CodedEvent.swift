public import Stories

/// An event as an analyst coded it, out of a file of UCDP GED's or ACLED's form.
public struct CodedEvent: Hashable, Sendable, Codable {
    /// Whose form the file has.
    public enum Form: String, Codable, Sendable, CaseIterable {
        /// The Uppsala Conflict Data Program's Georeferenced Event Dataset.
        case ged
        /// The Armed Conflict Location & Event Data project.
        case acled

        /// The profile that goes by the same method.
        public var profile: Profile { self == .ged ? .ucdp : .acled }
    }

    /// The line of the file, from 1.
    public var line: Int
    /// The event's id in the file.
    public var id: String
    /// First day.
    public var from: Day
    /// Last day.
    public var to: Day
    /// How many days either way the date may be off.
    public var dayTolerance: Int
    /// The country's name, as the file has it.
    public var country: String?
    /// ISO 3166-1 alpha-2 code of the country, where its name tells.
    public var countryCode: String?
    /// The names of where it happened, the narrowest first.
    public var places: [String]
    /// Latitude in degrees.
    public var lat: Double?
    /// Longitude in degrees.
    public var lon: Double?
    /// How many kilometres the point may be off; nil where it stands for a whole country.
    public var reach: Double?
    /// The coded number of dead: `best`, or `fatalities`.
    public var best: Double
    /// The low estimate, where the form has one.
    public var low: Double?
    /// The high estimate, where the form has one.
    public var high: Double?
}

/// A row of a coded file that is no event, and why.
public struct CodedRowError: Error, Hashable, Sendable, Codable {
    /// The line that the row begins on, from 1.
    public var line: Int
    /// The column's name, where one is to blame.
    public var column: String?
    /// What is wrong with it, in words.
    public var reason: String
}

extension CodedRowError: CustomStringConvertible {
    /// `line 12, column date_start: "31 June" is no date`
    public var description: String {
        "line \(line)" + (column.map { ", column \($0)" } ?? "") + ": \(reason)"
    }
}

/// Reads coded events by the names of their columns, which stand in any order and have changed between releases.
public struct CodedEventReader: Sendable {
    private var text = DelimitedText()
    private var columns: Columns?
    /// Whose form the file has; nil before its header, or where its header is neither's.
    public private(set) var form: CodedEvent.Form?

    /// A reader of one file.
    public init() {}

    /// Takes a piece of the file; gives each event, or an error for a row that is none.
    public mutating func read(
        _ bytes: some Sequence<UInt8>, _ give: (Result<CodedEvent, CodedRowError>) throws -> Void
    ) rethrows {
        var rows: [DelimitedText.Result] = []
        text.read(bytes) { rows.append($0) }
        for row in rows { try take(row, give) }
    }

    /// Takes the end of the file.
    public mutating func finish(_ give: (Result<CodedEvent, CodedRowError>) throws -> Void) rethrows {
        var rows: [DelimitedText.Result] = []
        text.finish { rows.append($0) }
        for row in rows { try take(row, give) }
        if columns == nil { try give(.failure(CodedRowError(line: 1, column: nil, reason: "the file is empty"))) }
    }

    private mutating func take(
        _ row: DelimitedText.Result, _ give: (Result<CodedEvent, CodedRowError>) throws -> Void
    ) rethrows {
        let event: CodedEvent?
        do throws(CodedRowError) {
            event = try self.event(row)
        } catch {
            return try give(.failure(error))
        }
        if let event { try give(.success(event)) }
    }

    /// The event of a row; nil for the header, and for what stands below a header of neither form.
    private mutating func event(_ row: DelimitedText.Result) throws(CodedRowError) -> CodedEvent? {
        switch row {
        case .failure(let failure):
            let names = columns?.names ?? []
            let place = failure.field - 1
            throw CodedRowError(
                line: failure.line, column: names.indices.contains(place) ? names[place] : "\(failure.field)",
                reason: "\(failure.fault)")
        case .success(let row):
            if let columns { return form == nil ? nil : try columns.event(row) }
            let columns = Columns(row.fields)
            self.columns = columns
            form = columns.form
            guard form == nil else { return nil }
            throw CodedRowError(
                line: row.line, column: nil,
                reason: "neither a UCDP GED nor an ACLED file: no column \(columns.missing.joined(separator: ", "))")
        }
    }
}

/// Which column is where.
private struct Columns {
    let names: [String]
    let form: CodedEvent.Form?
    /// What neither form can do without and the header lacks.
    let missing: [String]
    private let positions: [String: Int]

    init(_ header: [String]) {
        names = header.map { String($0.lowercased().filter { !$0.isWhitespace }) }
        positions = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        let names = Set(names)
        func lacks(_ wanted: [[String]]) -> [String] {
            wanted.filter { Set($0).isDisjoint(with: names) }.map { $0[0] }
        }
        let ged = lacks([Columns.start, Columns.best])
        let acled = lacks([["event_date"], ["fatalities"]])
        if ged.isEmpty {
            (form, missing) = (.ged, [])
        } else if acled.isEmpty {
            (form, missing) = (.acled, [])
        } else {
            (form, missing) = (nil, ged.count <= acled.count ? ged : acled)
        }
    }

    // Names by release, the present one first.
    private static let start = ["date_start", "datestart", "start_date"]
    private static let end = ["date_end", "dateend", "end_date"]
    private static let best = ["best", "best_est", "best_estimate", "deaths_best"]
    private static let low = ["low", "low_est", "low_estimate", "deaths_low"]
    private static let high = ["high", "high_est", "high_estimate", "deaths_high"]
    private static let id = ["id", "event_id_cnty", "event_id", "data_id", "relid"]
    private static let whereDescribed = [
        "where_coordinates", "where_coord", "where_description", "where_desc", "location", "adm_2", "adm2", "admin3",
        "admin2", "adm_1", "adm1", "admin1",
    ]

    func event(_ row: DelimitedText.Row) throws(CodedRowError) -> CodedEvent {
        guard row.fields.count == names.count else {
            throw CodedRowError(
                line: row.line, column: nil, reason: "\(row.fields.count) fields where the header has \(names.count)")
        }
        func text(_ wanted: [String]) -> (name: String, text: String)? {
            for name in wanted {
                guard let position = positions[name] else { continue }
                let text = trimmed(row.fields[position])
                if !text.isEmpty, text != "NA", text != "NULL" { return (name, text) }
            }
            return nil
        }
        func number(_ wanted: [String], in allowed: ClosedRange<Double>) throws(CodedRowError) -> Double? {
            guard let (name, text) = text(wanted) else { return nil }
            guard let number = Double(text), allowed.contains(number) else {
                throw CodedRowError(line: row.line, column: name, reason: "“\(text.prefix(40))” is no number there")
            }
            return number
        }
        func needed<Value>(_ value: Value?, _ wanted: [String]) throws(CodedRowError) -> Value {
            guard let value else {
                let name = wanted.first { positions[$0] != nil } ?? wanted[0]
                throw CodedRowError(line: row.line, column: name, reason: "it is empty")
            }
            return value
        }
        func day(_ wanted: [String]) throws(CodedRowError) -> Day? {
            guard let (name, text) = text(wanted) else { return nil }
            guard let day = CodedDate.day(text) else {
                throw CodedRowError(line: row.line, column: name, reason: "“\(text.prefix(40))” is no date")
            }
            return day
        }
        let isGED = form == .ged
        let dateColumns = isGED ? Columns.start : ["event_date"]
        let from = try needed(try day(dateColumns), dateColumns)
        let to = isGED ? try day(Columns.end) ?? from : from
        guard from <= to else {
            throw CodedRowError(line: row.line, column: Columns.end[0], reason: "it lies before the first day")
        }
        let deaths = isGED ? Columns.best : ["fatalities"]
        let best = try needed(try number(deaths, in: 0...1e8), deaths)
        let (low, high) =
            isGED ? (try number(Columns.low, in: 0...1e8), try number(Columns.high, in: 0...1e8)) : (nil, nil)
        for (bound, isWrong, wanted) in [
            (low, low ?? 0 > best, Columns.low), (high, high ?? best < best, Columns.high),
        ] where isWrong {
            throw CodedRowError(
                line: row.line, column: wanted[0],
                reason: "\(bound.map(Numerals.text) ?? "") does not go with a best of \(Numerals.text(best))")
        }
        let datePrecision = try number(isGED ? ["date_prec"] : ["time_precision"], in: 0...9)
        let wherePrecision = try number(isGED ? ["where_prec"] : ["geo_precision"], in: 0...9)
        let country = text(["country", "country_name"])?.text
        return CodedEvent(
            line: row.line, id: text(Columns.id)?.text ?? "line \(row.line)", from: from, to: to,
            dayTolerance: Columns.days(datePrecision, isGED), country: country,
            countryCode: country.flatMap(CountryNames.code),
            places: Columns.whereDescribed.compactMap { text([$0])?.text },
            lat: try number(["latitude", "lat"], in: -90...90), lon: try number(["longitude", "lon"], in: -180...180),
            reach: Columns.reach(wherePrecision, isGED), best: best, low: low, high: high)
    }

    private func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Days either way: one for a day that is known, for time zones; else as far as the precision says.
    private static func days(_ precision: Double?, _ isGED: Bool) -> Int {
        switch (Int(precision ?? 1), isGED) {
        case (...1, _): 1
        case (2, true): 3
        case (3, true), (2, false): 7
        case (4, true), (3..., false): 31
        default: 183
        }
    }

    /// Kilometres either way; nil for a point that stands for a country or more.
    private static func reach(_ precision: Double?, _ isGED: Bool) -> Double? {
        switch (Int(precision ?? 1), isGED) {
        case (...1, _): 15
        case (2, true): 40
        case (3, true), (2, false): 80
        case (4...5, true), (3, false): 250
        default: nil
        }
    }
}

/// Dates as coded files have them.
enum CodedDate {
    /// `2018-02-07`, with or without a time of day; `07 February 2018`; `7-Feb-18`; `2/7/2018`, month first.
    static func day(_ text: String) -> Day? {
        if let day = Day(iso: text) { return day }
        let parts = text.split { $0 == " " || $0 == "-" || $0 == "/" || $0 == "." }.map(String.init)
        guard parts.count >= 3 else { return nil }
        func year(_ text: String) -> Int? {
            guard let year = Int(text) else { return nil }
            return text.utf8.count > 2 ? year : year < 50 ? 2000 + year : 1900 + year
        }
        if let month = month(parts[1]), let day = Int(parts[0]), let year = year(parts[2]) {
            return Day(year: year, month: month, day: day)
        }
        guard text.contains("/"), let first = Int(parts[0]), let second = Int(parts[1]) else { return nil }
        if parts[0].utf8.count == 4 {
            return Int(parts[2]).flatMap { Day(year: first, month: second, day: $0) }
        }
        return year(parts[2]).flatMap { Day(year: $0, month: first, day: second) }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func month(_ text: String) -> Int? {
        guard text.utf8.count >= 3 else { return nil }
        return months.firstIndex(of: String(text.lowercased().prefix(3))).map { $0 + 1 }
    }
}
