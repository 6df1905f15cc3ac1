import ArgumentParser
import Record
import Stories

struct IncidentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "List the incidents of the record, the latest first.",
        discussion: """
            Examples:
              onrecord incidents
              onrecord incidents --type bombing --country IQ --from 2018-01-01 --killed 10
              onrecord incidents --text market --json
            """)

    @OptionGroup var record: RecordOptions
    @Option(help: "Only of this kind: battle, bombing, crash …")
    var type: IncidentType?
    @Option(help: ArgumentHelp("Only what ended on this day or later.", valueName: "YYYY-MM-DD"))
    var from: Day?
    @Option(help: ArgumentHelp("Only what began on this day or before.", valueName: "YYYY-MM-DD"))
    var to: Day?
    @Option(help: ArgumentHelp("Only in this country.", valueName: "ISO 3166 code"))
    var country: String?
    @Option(help: "Only where headline or place hold this text.")
    var text: String?
    @Option(help: "Only where at least so many were killed.")
    var killed: Double?
    @Option(help: ArgumentHelp("Only near this place, or point.", valueName: "NAME or LAT,LON"))
    var near: String?
    @Option(help: "How near, in kilometres.")
    var km = 50.0
    @Flag(help: "Only where something is disputed.")
    var disputed = false
    @Option(help: "Only what a person has looked at so.")
    var status: ReviewStatus?
    @Option(help: "At most so many.")
    var limit = 100
    @Option(help: "Pass over so many: the next page.")
    var offset = 0
    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        var filter = RecordStore.Filter()
        (filter.type, filter.from, filter.to, filter.country) = (type, from, to, country)
        (filter.text, filter.killed, filter.limit, filter.offset) = (text, killed, limit, offset)
        (filter.disputed, filter.status) = (disputed, status)
        filter.near = try near.map { try Search.circle($0, km) }
        let incidents = try record.open().incidents(filter)
        if json { return try Output.json(incidents) }
        guard !incidents.isEmpty else { return Terminal.remark("no incidents") }
        print(
            Layout.table(
                ["id", "date", "type", "place", "killed", "injured", "stories", "headline"],
                incidents.map { incident in
                    [
                        incident.id, incident.from?.description ?? "", incident.type.rawValue,
                        Layout.cut(
                            incident.place.map { place in
                                [place.name, place.country].compactMap { $0 }.joined(separator: ", ")
                            } ?? "", 24),
                        IncidentsCommand.toll(incident, .killed), IncidentsCommand.toll(incident, .injured),
                        "\(incident.stories)",
                        Layout.cut(incident.headline, 56),
                    ]
                }, right: [4, 5, 6], indent: ""))
    }

    /// `100 (5–100)`, with a mark where it is contested.
    static func toll(_ incident: IncidentSummary, _ measure: Figure.Measure) -> String {
        guard let toll = incident.tolls.first(where: { $0.measure == measure }) else { return "" }
        let range = toll.low == toll.high ? "" : " (\(Layout.number(toll.low))–\(Layout.number(toll.high)))"
        return Layout.number(toll.best) + range + (toll.grade == .contested ? "!" : "")
    }
}
