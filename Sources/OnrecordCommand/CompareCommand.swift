import ArgumentParser
import Foundation
import Record
import Stories

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Lay the stories' tolls beside an analyst's coded file.",
        discussion: """
            Reads a UCDP GED or an ACLED file in CSV, its columns by name in any order, and matches each event to the
            incident of the record that it is: by date, as far as its date is exact; by distance, as far as its point is; by
            country, place name and toll. Each event has one incident at the most, each incident one event. Beside the coded
            number stands what the profile after the same method makes of the stories.

            A row that cannot be read is named with its line and column; the rest goes on, and the exit code is 1.

            Examples:
              onrecord compare gedevents.csv --record war.onrecord
              onrecord compare acled.csv --csv > beside.csv
            """)

    @OptionGroup var record: RecordOptions
    @Argument(help: "The coded file, or - for standard input.", completion: .file())
    var file: String
    @Flag(help: "Write JSON.")
    var json = false
    @Flag(help: "Write CSV.")
    var csv = false

    func validate() throws {
        guard !(json && csv) else { throw ValidationError("Choose one of --json and --csv.") }
    }

    func run() throws {
        let store = try record.open()
        let (form, events, errors) = try read()
        for error in errors { Terminal.complain("\(file): \(error)") }
        guard let form else { throw ExitCode(1) }
        var filter = RecordStore.Filter()
        filter.limit = .max
        filter.from = events.map { $0.from.adding(-$0.dayTolerance) }.min()
        filter.to = events.map { $0.to.adding($0.dayTolerance) }.max()
        let incidents = events.isEmpty ? [] : try store.incidents(filter)
        let comparison = try Comparison(form: form, events: events, incidents: incidents, errors: errors) { id in
            try store.dossier(id).profiles
        }
        if json {
            try Output.json(comparison)
        } else if csv {
            var output = Output()
            for row in ComparisonView(comparison: comparison).rows { try output.write(line: DelimitedText.line(row)) }
            try output.flush()
        } else {
            print(ComparisonView(comparison: comparison).text)
        }
        if !errors.isEmpty { throw ExitCode(1) }
    }

    /// The events and what is none, piece by piece.
    private func read() throws -> (form: CodedEvent.Form?, events: [CodedEvent], errors: [CodedRowError]) {
        var reader = CodedEventReader()
        var events: [CodedEvent] = []
        var errors: [CodedRowError] = []
        func take(_ result: Result<CodedEvent, CodedRowError>) {
            switch result {
            case .success(let event): events.append(event)
            case .failure(let error): errors.append(error)
            }
        }
        let handle: FileHandle
        if file == "-" {
            handle = .standardInput
        } else {
            guard FileManager.default.fileExists(atPath: file) else {
                throw Failure(message: "\(file): no such file", code: 66)
            }
            handle = try FileHandle(forReadingFrom: URL(filePath: file))
        }
        while let piece = try handle.read(upToCount: 256 << 10), !piece.isEmpty { reader.read(piece, take) }
        reader.finish(take)
        return (reader.form, events, errors)
    }
}

/// A comparison as tables and as rows.
struct ComparisonView {
    let comparison: Comparison

    var text: String {
        var parts = [summary]
        if !comparison.pairs.isEmpty { parts.append(pairs) }
        if !comparison.recordLacks.isEmpty {
            parts.append(
                section(
                    "Events that the record lacks",
                    Layout.table(
                        ["event", "date", "place", "coded"],
                        comparison.recordLacks.map { event in
                            [
                                Layout.cut(event.id, 24), DossierView.days(event.from, event.to) ?? "",
                                Layout.cut(ComparisonView.place(event), 32), ComparisonView.coded(event),
                            ]
                        }, right: [3])))
        }
        if !comparison.fileLacks.isEmpty {
            parts.append(
                section(
                    "Incidents that the file lacks",
                    Layout.table(
                        ["incident", "date", "place", "killed", "headline"],
                        comparison.fileLacks.map { incident in
                            [
                                incident.id, incident.from?.description ?? "",
                                Layout.cut(incident.place?.name ?? "", 20), IncidentsCommand.toll(incident, .killed),
                                Layout.cut(incident.headline, 36),
                            ]
                        }, right: [3])))
        }
        return parts.joined(separator: "\n\n")
    }

    private func section(_ title: String, _ body: String) -> String { Terminal.bold(title.uppercased()) + "\n" + body }

    private var summary: String {
        let pairs = comparison.pairs
        func count(_ verdict: Comparison.Verdict) -> Int { pairs.count { $0.verdict == verdict } }
        let events = DossierView.count(pairs.count + comparison.recordLacks.count, "event", "events")
        let unread = comparison.errors.count
        return Layout.wrap(
            "\(events) of \(comparison.form == .ged ? "UCDP GED" : "ACLED") form: \(pairs.count) matched "
                + "(\(count(.within)) within what the stories say, \(count(.storiesBelow)) above it, "
                + "\(count(.storiesAbove)) below it, \(count(.noFigure)) without figures in the stories), "
                + "\(comparison.recordLacks.count) not in the record; "
                + DossierView.count(comparison.fileLacks.count, "incident", "incidents") + " not in the file"
                + (unread == 0 ? "" : "; " + DossierView.count(unread, "row", "rows") + " not read"))
    }

    private var pairs: String {
        section(
            "The stories against the coded number",
            Layout.table(
                ["event", "incident", "date", "place", "coded", "stories", "diff", ""],
                comparison.pairs.map { pair in
                    [
                        Layout.cut(pair.event.id, 14), pair.incident.id, "\(pair.event.from)",
                        Layout.cut(ComparisonView.place(pair.event), 18), ComparisonView.coded(pair.event),
                        ComparisonView.range(pair.low, pair.best, pair.high),
                        pair.difference.map { ($0 > 0 ? "+" : "") + Layout.number($0) } ?? "", pair.verdict.rawValue,
                    ]
                }, right: [4, 5, 6]))
    }

    private static func place(_ event: CodedEvent) -> String { event.places.first ?? event.country ?? "" }

    /// `80–100–300`: low, best, high.
    private static func coded(_ event: CodedEvent) -> String { range(event.low, event.best, event.high) }

    private static func range(_ low: Double?, _ best: Double?, _ high: Double?) -> String {
        var numbers = [low, best, high].compactMap { $0 }.map(Layout.number)
        if Set(numbers).count == 1 { numbers = [numbers[0]] }
        return numbers.joined(separator: "–")
    }

    /// The header and a row an event or incident.
    var rows: [[String]] {
        func number(_ value: Double?) -> String { value.map(Layout.number) ?? "" }
        func coded(_ event: CodedEvent?) -> [String] {
            guard let event else { return Array(repeating: "", count: 9) }
            return [
                "\(event.line)", event.id, "\(event.from)", "\(event.to)", event.country ?? "",
                event.places.first ?? "", number(event.low), number(event.best), number(event.high),
            ]
        }
        func known(_ incident: IncidentSummary?) -> [String] {
            guard let incident else { return Array(repeating: "", count: 5) }
            return [
                incident.id, incident.from?.description ?? "", incident.to?.description ?? "",
                incident.place?.name ?? "", incident.headline,
            ]
        }
        let header = [
            "status", "line", "coded_id", "coded_from", "coded_to", "coded_country", "coded_place", "coded_low",
            "coded_best", "coded_high", "incident", "incident_from", "incident_to", "incident_place", "headline",
            "stories_low", "stories_best", "stories_high", "difference", "verdict", "distance_km", "rule",
        ]
        let none = Array(repeating: "", count: 7)
        return [header]
            + comparison.pairs.map { pair in
                ["matched"] + coded(pair.event) + known(pair.incident)
                    + [
                        number(pair.low), number(pair.best), number(pair.high), number(pair.difference),
                        pair.verdict.rawValue, number(pair.distance.map { $0.rounded() }), pair.rule,
                    ]
            }
            + comparison.recordLacks.map { ["record-lacks"] + coded($0) + known(nil) + none }
            + comparison.fileLacks.map { ["file-lacks"] + coded(nil) + known($0) + none }
    }
}
