import ArgumentParser
import Record
import Stories

/// Which incidents.
struct FilterOptions: ParsableArguments {
    @Option(help: "Only of this kind: battle, bombing, crash …")
    var type: IncidentType?
    @Option(help: ArgumentHelp("Only what ended on this day or later.", valueName: "YYYY-MM-DD"))
    var from: Day?
    @Option(help: ArgumentHelp("Only what began on this day or before.", valueName: "YYYY-MM-DD"))
    var to: Day?
    @Option(help: ArgumentHelp("Only in this country.", valueName: "ISO 3166 code"))
    var country: String?
    @Option(help: ArgumentHelp("Only near this place or point.", valueName: "NAME or LAT,LON"))
    var near: String?
    @Option(help: ArgumentHelp("How near.", valueName: "kilometres"))
    var km: Double = 50
    @Option(help: "Only where headline or place hold this text.")
    var text: String?
    @Option(help: "Only where at least so many were killed.")
    var killed: Double?
    @Flag(help: "Only where something is disputed.")
    var disputed = false
    @Option(help: "Only what a person has looked at so: unreviewed, confirmed, corrected, reopened.")
    var status: ReviewStatus?

    var filter: RecordStore.Filter {
        get throws {
            var filter = RecordStore.Filter()
            (filter.type, filter.from, filter.to, filter.country) = (type, from, to, country)
            (filter.text, filter.killed, filter.disputed, filter.status) = (text, killed, disputed, status)
            filter.near = try near.map { try Search.circle($0, km) }
            return filter
        }
    }

    /// Whether it narrows anything.
    var isSet: Bool {
        type != nil || from != nil || to != nil || country != nil || text != nil || killed != nil || near != nil
            || disputed || status != nil
    }

    func validate() throws { guard km > 0 else { throw ValidationError("--km is a number of kilometres above 0.") } }
}
