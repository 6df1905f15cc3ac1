internal import Foundation
internal import Stories

/// The stories against an analyst's coded file: which incidents of the record are which events of the file, and how their
/// tolls stand to each other.
public struct Comparison: Hashable, Sendable, Codable {
    /// How the coded number stands to what the stories allow.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// It lies within the stories' range.
        case within
        /// All that the stories say is less.
        case storiesBelow = "stories-below"
        /// All that the stories say is more.
        case storiesAbove = "stories-above"
        /// The stories give no figure.
        case noFigure = "no-figure"
    }

    /// An event and the incident that it was matched to.
    public struct Pair: Hashable, Sendable, Codable {
        /// As coded.
        public var event: CodedEvent
        /// As the record has it.
        public var incident: IncidentSummary
        /// The least that the stories say.
        public var low: Double?
        /// What the profile of the file's method makes of the stories.
        public var best: Double?
        /// The most that the stories say.
        public var high: Double?
        /// The stories' best less the coded one.
        public var difference: Double?
        /// How the coded number stands to the stories' range.
        public var verdict: Verdict
        /// The rule that gave the stories' best.
        public var rule: String
        /// How far apart the two points are, in kilometres; nil where one of them has none.
        public var distance: Double?
    }

    /// Whose form the file has.
    public var form: CodedEvent.Form
    /// The matched ones, in time order.
    public var pairs: [Pair]
    /// Events that the record lacks.
    public var recordLacks: [CodedEvent]
    /// Incidents of the file's time and countries that the file lacks.
    public var fileLacks: [IncidentSummary]
    /// Rows of the file that are no events.
    public var errors: [CodedRowError]

    /// Compares; the same events and incidents give the same comparison, in whatever order they come.
    ///
    /// - Parameters:
    ///   - profiles: the profile tolls of an incident, asked for where it was matched.
    /// - Complexity: O(*n* log *n*) in events and incidents, plus the cube of the largest crowd of them that all might be
    ///   one another, up to a few hundred; larger crowds are matched nearest first.
    public init<Failure>(
        form: CodedEvent.Form, events: [CodedEvent], incidents: [IncidentSummary], errors: [CodedRowError] = [],
        profiles: (String) throws(Failure) -> [ProfileToll]
    ) throws(Failure) {
        let events = events.sorted { ($0.from, $0.id, $0.line) < ($1.from, $1.id, $1.line) }
        let incidents = incidents.sorted { ($0.from?.number ?? .max, $0.id) < ($1.from?.number ?? .max, $1.id) }
        let matched = Matching(events, incidents).pairs
        var pairs: [Pair] = []
        for (event, incident) in matched {
            let tolls = try profiles(incidents[incident].id)
            pairs.append(
                Pair(
                    event: events[event], incident: incidents[incident],
                    tolls: tolls.filter { $0.measure == .killed && $0.population == .all }, form: form))
        }
        let found = (Set(matched.map(\.event)), Set(matched.map(\.incident)))
        let span = (events.map(\.from).min(), events.map(\.to).max())
        let countries = Set(events.compactMap(\.countryCode))
        self.form = form
        self.pairs = pairs
        recordLacks = events.indices.filter { !found.0.contains($0) }.map { events[$0] }
        fileLacks = incidents.indices.filter { index in
            let incident = incidents[index]
            guard !found.1.contains(index), let first = span.0, let last = span.1, let from = incident.from,
                from <= last, incident.to ?? from >= first,
                incident.place?.country.map({ countries.isEmpty || countries.contains($0) }) ?? false
            else { return false }
            switch form {
            // GED has an event where somebody says that somebody died.
            case .ged: return incident.tolls.contains { $0.measure == .killed && $0.high > 0 }
            case .acled: return IncidentScheme(incident.type).acledEvent != nil
            }
        }.map { incidents[$0] }
        self.errors = errors
    }
}

extension Comparison.Pair {
    fileprivate init(event: CodedEvent, incident: IncidentSummary, tolls: [ProfileToll], form: CodedEvent.Form) {
        let own = tolls.first { $0.profile == form.profile }
        // ACLED's method gives one number; the range is that of the other method's low and high.
        let range = own?.low == nil ? tolls.first { $0.profile == .ucdp } : own
        let best = own?.best
        let low = [range?.low, best].compactMap { $0 }.min()
        let high = [range?.high, best].compactMap { $0 }.max()
        let verdict: Comparison.Verdict
        if let low, let high {
            verdict = event.best > high ? .storiesBelow : event.best < low ? .storiesAbove : .within
        } else {
            verdict = .noFigure
        }
        self.init(
            event: event, incident: incident, low: low, best: best, high: high,
            difference: best.map { $0 - event.best }, verdict: verdict, rule: own?.rule ?? "",
            distance: Matching.distance(event, incident))
    }
}

/// Finds for each event the incident that it is, each for one alone.
struct Matching {
    /// Positions of the events and incidents that are one, by event.
    let pairs: [(event: Int, incident: Int)]

    private struct Edge {
        var event: Int
        var incident: Int
        var cost: Int
    }

    /// Events and incidents in time order.
    init(_ events: [CodedEvent], _ incidents: [IncidentSummary]) {
        var edges: [Edge] = []
        let dated = incidents.indices.filter { incidents[$0].from != nil }
        let days = dated.map { incidents[$0].from?.number ?? 0 }
        let longest = dated.map { (incidents[$0].to?.number ?? 0) - (incidents[$0].from?.number ?? 0) }.max() ?? 0
        let names = events.map { $0.places.map(Matching.words) }
        let incidentNames = incidents.map { Matching.words($0.place?.name ?? "") }
        for (index, event) in events.enumerated() {
            var next = Matching.first(days, from: event.from.number - event.dayTolerance - max(0, longest))
            while next < dated.count, days[next] <= event.to.number + event.dayTolerance {
                let incident = dated[next]
                if let cost = Matching.cost(event, incidents[incident], names[index], incidentNames[incident]) {
                    edges.append(Edge(event: index, incident: incident, cost: cost))
                }
                next += 1
            }
        }
        pairs = Matching.crowds(edges).flatMap(Matching.assign).sorted { $0.event < $1.event }
    }

    private static func first(_ days: [Int], from day: Int) -> Int {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: What speaks for a pair

    /// How little an event is like an incident, in millionths; nil where they cannot be one.
    private static func cost(
        _ event: CodedEvent, _ incident: IncidentSummary, _ names: [Set<String>], _ name: Set<String>
    ) -> Int? {
        guard let from = incident.from else { return nil }
        let gap = max(0, from.number - event.to.number, event.from.number - (incident.to ?? from).number)
        guard gap <= event.dayTolerance else { return nil }
        let place = incident.place
        if let own = place?.country, let other = event.countryCode, own != other { return nil }
        let isNamed =
            !name.isEmpty && names.contains { !$0.isEmpty && ($0.isSubset(of: name) || name.isSubset(of: $0)) }
        var far = 0.5
        if let distance = distance(event, incident), let reach = event.reach, let slack = slack(place?.level) {
            // The point of a name is the name's, wherever within it things happened.
            let limit = (reach + slack) * (isNamed ? 2 : 1)
            guard distance <= limit else { return nil }
            far = distance / limit
        } else {
            guard place?.country != nil, place?.country == event.countryCode else { return nil }
            // Without points the names must do, unless one of the two knows the country alone.
            guard isNamed || event.reach == nil || slack(place?.level) == nil else { return nil }
        }
        let killed = incident.tolls.first { $0.measure == .killed }?.best
        let toll = killed.map { min(1, abs(log10(($0 + 1) / (event.best + 1)))) } ?? 1
        let cost =
            Double(gap) / Double(event.dayTolerance + 1) + far + (isNamed ? 0 : 1) + 0.75 * toll
            + (event.dayTolerance > 7 ? 0.25 : 0) + (event.reach == nil ? 0.25 : 0)
        return Int((cost * 1e6).rounded())
    }

    /// How far from its point an incident may have happened, in kilometres; nil where it stands for a country or more.
    private static func slack(_ level: PlaceLevel?) -> Double? {
        switch level {
        case .exact, .populated, nil: 15
        case .district: 60
        case .province: 150
        case .country, .region: nil
        }
    }

    /// Kilometres between the two points along the ground.
    static func distance(_ event: CodedEvent, _ incident: IncidentSummary) -> Double? {
        guard let lat = event.lat, let lon = event.lon, let place = incident.place, let otherLat = place.lat,
            let otherLon = place.lon
        else { return nil }
        let radians = Double.pi / 180
        let (a, b) = (lat * radians, otherLat * radians)
        let north = sin((b - a) / 2)
        let east = sin((otherLon - lon) * radians / 2)
        return 2 * 6371 * asin(min(1, (north * north + cos(a) * cos(b) * east * east).squareRoot()))
    }

    private static let fillers: Set<String> = [
        "town", "city", "village", "of", "the", "district", "governorate", "province", "near", "area", "region",
    ]

    private static func words(_ name: String) -> Set<String> {
        let folded = name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        return Set(folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)).subtracting(fillers)
    }

    // MARK: One for one

    /// The edges by crowd: events and incidents that hang together.
    private static func crowds(_ edges: [Edge]) -> [[Edge]] {
        var parents: [Int] = []
        func root(_ node: Int) -> Int {
            var node = node
            while parents[node] != node {
                parents[node] = parents[parents[node]]
                node = parents[node]
            }
            return node
        }
        let events = 1 + (edges.map(\.event).max() ?? -1)
        parents = Array(0..<events + 1 + (edges.map(\.incident).max() ?? -1))
        for edge in edges {
            let (a, b) = (root(edge.event), root(events + edge.incident))
            if a != b { parents[max(a, b)] = min(a, b) }
        }
        return Dictionary(grouping: edges) { root($0.event) }.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func assign(_ edges: [Edge]) -> [(event: Int, incident: Int)] {
        let events = Array(Set(edges.map(\.event))).sorted()
        let incidents = Array(Set(edges.map(\.incident))).sorted()
        let size = max(events.count, incidents.count)
        guard size <= 300 else { return nearestFirst(edges) }
        // As many pairs as can be, and of those the likest: what is no pair costs more than all pairs together.
        let none = 10_000_000 * (size + 1)
        var costs = Array(repeating: Array(repeating: none, count: size), count: size)
        let rows = Dictionary(uniqueKeysWithValues: events.enumerated().map { ($1, $0) })
        let columns = Dictionary(uniqueKeysWithValues: incidents.enumerated().map { ($1, $0) })
        for edge in edges {
            guard let row = rows[edge.event], let column = columns[edge.incident] else { continue }
            costs[row][column] = edge.cost
        }
        return Matching.cheapest(costs).enumerated().compactMap { row, column in
            row < events.count && column < incidents.count && costs[row][column] < none
                ? (events[row], incidents[column]) : nil
        }
    }

    private static func nearestFirst(_ edges: [Edge]) -> [(event: Int, incident: Int)] {
        var taken: (events: Set<Int>, incidents: Set<Int>) = ([], [])
        return edges.sorted { ($0.cost, $0.event, $0.incident) < ($1.cost, $1.event, $1.incident) }.compactMap { edge in
            guard !taken.events.contains(edge.event), !taken.incidents.contains(edge.incident) else { return nil }
            taken.events.insert(edge.event)
            taken.incidents.insert(edge.incident)
            return (edge.event, edge.incident)
        }
    }

    /// For each row the column that it takes, so that the sum is least: the Hungarian method, by shortest augmenting paths.
    private static func cheapest(_ costs: [[Int]]) -> [Int] {
        let size = costs.count
        var (rowPrice, columnPrice) = (Array(repeating: 0, count: size + 1), Array(repeating: 0, count: size + 1))
        // Column 0 stands for the row that is being placed; rows and columns count from 1.
        var rowOf = Array(repeating: 0, count: size + 1)
        for row in 1..<size + 1 {
            var way = Array(repeating: 0, count: size + 1)
            var least = Array(repeating: Int.max, count: size + 1)
            var isUsed = Array(repeating: false, count: size + 1)
            rowOf[0] = row
            var column = 0
            repeat {
                isUsed[column] = true
                let current = rowOf[column]
                var (step, next) = (Int.max, 0)
                for candidate in 1..<size + 1 where !isUsed[candidate] {
                    let reduced = costs[current - 1][candidate - 1] - rowPrice[current] - columnPrice[candidate]
                    if reduced < least[candidate] { (least[candidate], way[candidate]) = (reduced, column) }
                    if least[candidate] < step { (step, next) = (least[candidate], candidate) }
                }
                for candidate in 0..<size + 1 {
                    if isUsed[candidate] {
                        rowPrice[rowOf[candidate]] += step
                        columnPrice[candidate] -= step
                    } else if least[candidate] < Int.max {
                        least[candidate] -= step
                    }
                }
                column = next
            } while rowOf[column] != 0
            while column != 0 {
                rowOf[column] = rowOf[way[column]]
                column = way[column]
            }
        }
        var columns = Array(repeating: 0, count: size)
        for column in 1..<size + 1 { columns[rowOf[column] - 1] = column - 1 }
        return columns
    }
}
