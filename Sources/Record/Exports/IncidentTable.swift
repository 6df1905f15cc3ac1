internal import Foundation
internal import Stories

/// Incidents, a row each: Onrecord's own table.
enum IncidentTable {
    private struct Column {
        let name: String
        /// The column in the Humanitarian Exchange Language.
        let hashtag: String
        let cell: @Sendable (IncidentSummary) -> Cell

        init(_ name: String, _ hashtag: String, _ cell: @escaping @Sendable (IncidentSummary) -> Cell) {
            self.name = name
            self.hashtag = hashtag
            self.cell = cell
        }
    }

    static let table = ExportTable(columns: columns.map(\.name)) { subject in
        [columns.map { $0.cell(subject.incident) }]
    }

    /// The hashtags that `--hxl` sets under the header.
    static let hxl = columns.map(\.hashtag)

    private static let columns: [Column] =
        [
            Column("id", "#event+id") { .text($0.id) },
            Column("type", "#event+type") { .text($0.type.rawValue) },
            Column("from", "#date+start") { Cell($0.from?.description) },
            Column("to", "#date+end") { Cell($0.to?.description) },
            Column("place", "#loc+name") { Cell($0.place?.name) },
            Column("country", "#country+code+v_iso2") { Cell($0.place?.country) },
            Column("lat", "#geo+lat") { Cell($0.place?.lat) },
            Column("lon", "#geo+lon") { Cell($0.place?.lon) },
        ] + tolls(.killed) + tolls(.injured) + [
            Column("stories", "#meta+stories+num") { Cell($0.stories) },
            Column("disputes", "#meta+disputes+num") { Cell($0.disputes) },
            Column("headline", "#event+name") { .text($0.headline) },
            Column("reports", "#meta+reports+num") { Cell($0.coverage.reports) },
            Column("texts", "#meta+texts+num") { Cell($0.coverage.texts) },
            Column("origins", "#meta+origins+num") { Cell($0.coverage.origins) },
            Column("status", "#status+review") { .text($0.status.rawValue) },
        ]

    private static func tolls(_ measure: Figure.Measure) -> [Column] {
        let name = measure.rawValue
        @Sendable func toll(_ incident: IncidentSummary) -> Toll? { incident.tolls.first { $0.measure == measure } }
        return [
            Column("\(name)_low", "#affected+\(name)+min") { Cell(toll($0)?.low) },
            Column("\(name)_best", "#affected+\(name)") { Cell(toll($0)?.best) },
            Column("\(name)_high", "#affected+\(name)+max") { Cell(toll($0)?.high) },
            Column("\(name)_grade", "#status+\(name)+grade") { Cell(toll($0)?.grade.rawValue) },
        ]
    }

    /// The incident as `onrecord incidents --json` has it, on a line.
    static func json(_ subject: ExportSubject) -> String {
        ExportJSON.text(subject.incident) + "\n"
    }
}

/// Onrecord's own values as JSON, keys sorted.
enum ExportJSON {
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
