import ArgumentParser
import Record
import Stories

struct IncidentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "List the incidents of the record, the latest first.",
        discussion: """
            In the table ! marks a toll that is disputed. Incidents without a day come last.

            Examples:
              onrecord incidents
              onrecord incidents --type bombing --country IQ --from 2018-01-01 --killed 10
              onrecord incidents --text market --json
            """)

    @OptionGroup var record: RecordOptions
    @OptionGroup(title: "Which incidents") var options: FilterOptions
    @Option(help: "At most so many.")
    var limit = 100
    @Option(help: "Pass over so many: the next page.")
    var offset = 0
    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
        var filter = try options.filter
        (filter.limit, filter.offset) = (limit, offset)
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
