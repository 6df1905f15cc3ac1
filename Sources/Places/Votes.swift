internal import Stories

/// How strongly a story speaks of countries, divisions and neighbourhoods.
struct Votes {
    private let weights: ResolverWeights
    private var countries: [UInt16: Double] = [:]
    private var firsts: [Int: Double] = [:]
    private var seconds: [Int: Double] = [:]
    private var cells: [Int: Double] = [:]

    init(weights: ResolverWeights) { self.weights = weights }

    /// Counts that the story speaks of a country's people.
    mutating func add(people country: UInt16, count: Int) {
        countries[country, default: 0] += weights.people * Double(min(3, count))
    }

    /// Counts a group's places, each by its share, or takes them out again.
    mutating func add(_ group: Group, _ gazetteer: Gazetteer, sign: Double) {
        var weight = sign * (1 + weights.repeated * (ToponymResolver.logarithm(group.count)))
        if group.isDateline { weight *= weights.dateline }
        for index in group.places.indices where group.shares[index] > 0.02 {
            let place = group.places[index]
            let vote = weight * group.shares[index]
            if place.country != 0 { countries[place.country, default: 0] += vote }
            let (first, second) = group.parents[index]
            if first >= 0 { firsts[first, default: 0] += vote }
            if second >= 0 { seconds[second, default: 0] += vote }
            if place.level == .populated || place.level == .district || place.level == .exact {
                for cell in Votes.around(place) { cells[cell, default: 0] += vote }
            }
        }
    }

    /// Whether the story speaks otherwise of a place's division or neighbourhood, or, for a place of some size, its country.
    func isNear(_ place: Gazetteer.Place, _ parents: (first: Int, second: Int)) -> Bool {
        if place.reach >= 3_000 || place.level != .populated { return (countries[place.country] ?? 0) > 0.4 }
        return (firsts[parents.first] ?? 0) > 0.4 || (cells[Votes.cell(place.lat, place.lon)] ?? 0) > 0.4
    }

    /// What the votes add to a place.
    func support(of place: Gazetteer.Place, _ parents: (first: Int, second: Int)) -> Double {
        var support = weights.inCountry * Votes.saturated(countries[place.country] ?? 0, weights.countryHalf)
        if parents.first >= 0 {
            support += weights.inFirst * Votes.saturated(firsts[parents.first] ?? 0, weights.firstHalf)
        }
        if parents.second >= 0 { support += weights.inSecond * Votes.saturated(seconds[parents.second] ?? 0, 1) }
        if place.level == .populated || place.level == .district || place.level == .exact {
            support += weights.near * Votes.saturated(cells[Votes.cell(place.lat, place.lon)] ?? 0, weights.nearHalf)
        }
        return support
    }

    private static func saturated(_ votes: Double, _ half: Double) -> Double {
        votes <= 0 ? 0 : votes / (votes + half)
    }

    /// The square of a degree in which a point lies.
    private static func cell(_ lat: Double, _ lon: Double) -> Int { Int(lat + 90) * 360 + Int(lon + 180) % 360 }

    /// The squares about a place.
    private static func around(_ place: Gazetteer.Place) -> [Int] {
        var cells: [Int] = []
        cells.reserveCapacity(9)
        for south in -1...1 {
            for west in -1...1 {
                cells.append(cell(min(89, max(-89, place.lat + Double(south))), place.lon + Double(west)))
            }
        }
        return cells
    }
}

/// How much each kind of evidence counts when a place is chosen. All add up to one score; the differences of scores are
/// logarithms of odds.
struct ResolverWeights: Sendable {
    /// For each digit of the inhabitants.
    var size = 0.9
    /// For each digit from a hundred thousand on besides.
    var large = 0.3
    var country = 4.3
    var province = 2.2
    var district = -1.6
    var region = 5.0
    var capital = 2.0
    /// For a large town of a province of its name.
    var seat = 2.8
    /// Off for a place that usually bears another name.
    var unusual = 1.9
    /// For the level that the words beside the name ask for.
    var level = 5.5
    /// For lying in the place behind the comma.
    var inside = 8.0
    /// For holding the place before the comma.
    var holding = 2.0
    /// For what the same name means where more is said.
    var oneSense = 1.0
    var people = 2.5
    /// How much more a name counts that comes often.
    var repeated = 2.5
    var dateline = 8.0
    /// At most, for other names of its country; and the votes that give half of it.
    var inCountry = 6.0
    var countryHalf = 1.1
    var inFirst = 3.8
    var firstHalf = 2.5
    var inSecond = 6.0
    /// At most, for other names within about a hundred kilometres.
    var near = 7.5
    var nearHalf = 10.0
    /// Below this score a place is left open.
    var least = -3.0

    static let fitted = ResolverWeights()
}
