import ArgumentParser
import Foundation
import Record
import Stories

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all incidents or all claims as CSV or JSON Lines.",
        discussion: """
            CSV is as RFC 4180 has it, in UTF-8, with a header. Every claim comes with the sentence that it was read from.

            Examples:
              onrecord export incidents > incidents.csv
              onrecord export claims --format jsonl > claims.jsonl
            """)

    enum What: String, ExpressibleByArgument, CaseIterable { case incidents, claims }
    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, jsonl }

    @OptionGroup var record: RecordOptions
    @Argument(help: "What to write.")
    var what: What
    @Option(help: "Form.")
    var format: Format = .csv

    func run() throws {
        let store = try record.open()
        var filter = RecordStore.Filter()
        filter.limit = nil
        var out = Output()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if format == .csv {
            try out.write(
                line: (what == .incidents ? ExportCommand.incidentColumns : ExportCommand.claimColumns).joined(
                    separator: ","))
        }
        for incident in try store.incidents(filter) {
            switch (what, format) {
            case (.incidents, .csv): try out.write(line: ExportCommand.row(ExportCommand.cells(incident)))
            case (.incidents, .jsonl): try out.write(Array(try encoder.encode(incident)) + [10])
            case (.claims, .csv):
                for claim in try store.dossier(incident.id).claims {
                    try out.write(line: ExportCommand.row(ExportCommand.cells(claim, incident.id)))
                }
            case (.claims, .jsonl):
                for claim in try store.dossier(incident.id).claims {
                    try out.write(
                        Array(try encoder.encode(ExportedClaim(incident: incident.id, id: claim.id, claim: claim))) + [
                            10
                        ])
                }
            }
        }
        try out.flush()
    }

    private struct ExportedClaim: Encodable {
        var incident: String
        var id: String
        var claim: Claim
    }

    private static let incidentColumns = [
        "id", "type", "from", "to", "place", "country", "lat", "lon", "killed_low", "killed_best", "killed_high",
        "killed_grade", "injured_low",
        "injured_best", "injured_high", "injured_grade", "stories", "disputes", "headline",
    ]

    private static let claimColumns = [
        "incident", "claim", "published", "outlet", "measure", "min", "max", "approximate", "scope", "phrase", "stance",
        "speaker", "kind", "depth",
        "sentence", "story", "sentence_start", "sentence_end",
    ]

    private static func cells(_ incident: IncidentSummary) -> [String] {
        func toll(_ measure: Figure.Measure) -> [String] {
            guard let toll = incident.tolls.first(where: { $0.measure == measure }) else { return ["", "", "", ""] }
            return [Layout.number(toll.low), Layout.number(toll.best), Layout.number(toll.high), toll.grade.rawValue]
        }
        let place = incident.place
        return [
            incident.id, incident.type.rawValue, incident.from?.description ?? "", incident.to?.description ?? "",
            place?.name ?? "",
            place?.country ?? "", place?.lat.map { "\($0)" } ?? "", place?.lon.map { "\($0)" } ?? "",
        ] + toll(.killed) + toll(.injured) + ["\(incident.stories)", "\(incident.disputes)", incident.headline]
    }

    private static func cells(_ claim: Claim, _ incident: String) -> [String] {
        [
            incident, claim.id, claim.published?.description ?? "", claim.outlet ?? "", claim.measure?.rawValue ?? "",
            claim.min.map(Layout.number) ?? "", claim.max.map(Layout.number) ?? "", "\(claim.approximate)",
            claim.scope.rawValue, claim.phrase,
            claim.stance.rawValue, claim.label, claim.speaker.kind.rawValue, "\(claim.depth)", claim.sentence,
            claim.story, "\(claim.span.start)",
            "\(claim.span.end)",
        ]
    }

    /// Cells with quotation marks where they need them. A leading sign of a formula is disarmed, as spreadsheets run them.
    private static func row(_ cells: [String]) -> String {
        cells.map { cell in
            var cell = cell
            if let first = cell.first, "=+-@\t\r".contains(first), Double(cell) == nil { cell = "'" + cell }
            guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
            return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
        }.joined(separator: ",")
    }
}
