internal import Stories

/// Chooses among the places of a name, all names of a story together.
///
/// Names that mean one thing are one *group*: the same name with the same container. Every place of a group starts with what
/// speaks for it alone (how large it is, what the words beside the name say); then the groups vote for the countries,
/// divisions and neighbourhoods in which their likely places lie, and each place gains by the votes of the others. Two rounds
/// of this settle a story.
struct ToponymResolver {
    let gazetteer: Gazetteer
    let weights: ResolverWeights

    init(gazetteer: Gazetteer, weights: ResolverWeights = .fitted) {
        self.gazetteer = gazetteer
        self.weights = weights
    }

    /// The place of each toponym, in order; nil where none can be told.
    ///
    /// - Parameter peoples: how often the story speaks of the people of each country.
    /// - Complexity: O(*n*) in the toponyms: a name has a bounded number of places.
    func resolve(_ toponyms: [Toponym], peoples: [UInt16: Int] = [:]) -> [Gazetteer.Place?] {
        var groups: [Group] = []
        var numbers: [Group.Name: Int] = [:]
        var holders: Set<Int> = []
        for toponym in toponyms { if let container = toponym.container { holders.insert(container) } }
        let groupOf: [Int?] = toponyms.enumerated().map { index, toponym in
            guard toponym.kind == .name, !toponym.candidates.isEmpty else { return nil }
            let container = toponym.container.map { toponyms[$0].key } ?? 0
            let name = Group.Name(
                key: toponym.key, container: container, level: toponym.level, isHolder: holders.contains(index))
            let number = numbers[name] ?? groups.count
            if number == groups.count {
                numbers[name] = number
                groups.append(Group(toponym, gazetteer: gazetteer))
            }
            groups[number].count += 1
            groups[number].isDateline = groups[number].isDateline || toponym.isDateline
            groups[number].isPlaced =
                groups[number].isPlaced || toponym.isBehindPreposition || toponym.isDateline || toponym.container != nil
                || toponym.level != nil
            return number
        }
        for (toponym, number) in zip(toponyms, groupOf) {
            guard let number, let container = toponym.container, groups[number].container == nil else { continue }
            groups[number].container = groupOf[container]
        }
        var kin: [UInt64: [Int]] = [:]
        for index in groups.indices { kin[groups[index].key, default: []].append(index) }

        for index in groups.indices {
            groups[index].scores = groups[index].places.indices.map {
                prior(groups[index].places[$0], $0, groups[index])
            }
        }
        addContainers(&groups)
        for index in groups.indices { groups[index].settle(groups[index].scores) }
        for round in 0..<2 {
            var votes = Votes(weights: weights)
            for (country, count) in peoples.sorted(by: { $0.key < $1.key }) { votes.add(people: country, count: count) }
            for group in groups { votes.add(group, gazetteer, sign: 1) }
            var settled: [[Double]] = []
            for (index, group) in groups.enumerated() {
                votes.add(group, gazetteer, sign: -1)
                if round == 1 {
                    groups[index].isBacked = group.likeliest.map { votes.isNear($0, group.likeliestParents) } ?? false
                }
                settled.append(
                    group.places.indices.map { position in
                        group.scores[position] + votes.support(of: group.places[position], group.parents[position])
                            + agreement(of: group.places[position], in: group, groups, kin)
                    })
                votes.add(group, gazetteer, sign: 1)
            }
            for index in groups.indices { groups[index].settle(settled[index]) }
        }
        return groupOf.map { number in number.flatMap { groups[$0].best(least: weights.least) } }
    }

    /// What speaks for a place by itself and by the words beside its name.
    private func prior(_ place: Gazetteer.Place, _ position: Int, _ group: Group) -> Double {
        let digits = ToponymResolver.logarithm(min(place.reach, 20_000_000))
        var score = weights.size * digits + weights.large * max(0, digits - 5)
        switch place.level {
        case .country: score += weights.country
        case .province: score += weights.province
        case .district: score += weights.district
        case .region: score += weights.region
        case .populated, .exact: break
        }
        if place.isCapital { score += weights.capital }
        let province = group.parents[position].first
        if place.level == .populated, place.reach >= 100_000, group.places.contains(where: { $0.number == province }) {
            score += weights.seat
        }
        if !place.isUsual { score -= weights.unusual }
        if let level = group.level {
            let isMeant = level == place.level || level == .province && place.level == .country
            score += isMeant ? weights.level : 0
        }
        return score
    }

    /// Adds what containers say: first those that are sure by themselves.
    private func addContainers(_ groups: inout [Group]) {
        for index in groups.indices {
            guard let container = groups[index].container else { continue }
            for position in groups[index].places.indices {
                let place = groups[index].places[position]
                var best = 0.0
                for outer in groups[container].places.prefix(8) where outer.number != place.number {
                    if gazetteer.lies(place, in: outer.number) {
                        best = max(best, weights.inside)
                    } else if outer.country == place.country,
                        outer.level == .country || outer.country != 0 && outer.level == .region
                    {
                        best = max(best, weights.inside * 0.8)
                    }
                }
                groups[index].scores[position] += best
            }
        }
        // And a container is the one that holds something: "Moscow, Idaho".
        for index in groups.indices {
            guard let container = groups[index].container else { continue }
            for position in groups[container].places.indices {
                let outer = groups[container].places[position]
                let holds = groups[index].places.contains { gazetteer.lies($0, in: outer.number) }
                if holds { groups[container].scores[position] += weights.holding }
            }
        }
    }

    /// One sense a name: what the same name means where the words beside it say more.
    private func agreement(of place: Gazetteer.Place, in group: Group, _ groups: [Group], _ kin: [UInt64: [Int]])
        -> Double
    {
        guard let others = kin[group.key], others.count > 1, group.container == nil else { return 0 }
        for other in others.prefix(8)
        where groups[other].container != nil || groups[other].level != nil && group.level == nil {
            if groups[other].likeliest?.number == place.number { return weights.oneSense }
        }
        return 0
    }

    /// The number of digits, with a fraction: a decimal logarithm good enough to rank by.
    static func logarithm(_ value: Int) -> Double {
        var rest = Double(max(1, value))
        var digits = 0.0
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        return digits + (rest - 1) / 9
    }
}

/// Toponyms that mean one thing: the same name in the same company.
struct Group {
    struct Name: Hashable {
        var key: UInt64
        var container: UInt64
        var level: PlaceLevel?
        /// Whether another name stands in it: “Washington” of “Seattle, Washington” is no town.
        var isHolder: Bool
    }

    let key: UInt64
    let level: PlaceLevel?
    let places: [Gazetteer.Place]
    /// For each place the divisions that it lies in: first level, second level; -1 for none.
    let parents: [(first: Int, second: Int)]
    var container: Int?
    var count = 0
    var isDateline = false
    let isRespelled: Bool
    /// Whether the words around it want a place, somewhere in the story.
    var isPlaced = false
    /// Whether the story names something near the place that leads.
    var isBacked = false
    /// What speaks for each place apart from the rest of the story.
    var scores: [Double] = []
    /// How likely each place is.
    private(set) var shares: [Double] = []
    private var top = 0
    private var topScore = 0.0

    init(_ toponym: Toponym, gazetteer: Gazetteer) {
        key = toponym.key
        level = toponym.level
        isRespelled = toponym.isRespelled
        places = toponym.candidates.map { gazetteer.place(at: $0) }
        parents = places.map { place in
            switch place.level {
            case .province: return (place.number, -1)
            case .district: return (place.parent ?? -1, place.number)
            case .country, .region: return (-1, -1)
            case .populated, .exact:
                guard let parent = place.parent else { return (-1, -1) }
                let outer = gazetteer.place(numbered: parent)
                return outer.level == .district ? (outer.parent ?? -1, parent) : (parent, -1)
            }
        }
    }

    /// The place that leads.
    var likeliest: Gazetteer.Place? { places.isEmpty ? nil : places[top] }
    /// The divisions that it lies in.
    var likeliestParents: (first: Int, second: Int) { places.isEmpty ? (-1, -1) : parents[top] }

    /// Turns scores into shares that add up to 1.
    mutating func settle(_ scores: [Double]) {
        top = 0
        for index in scores.indices where scores[index] > scores[top] { top = index }
        guard !scores.isEmpty else { return }
        topScore = scores[top]
        var sum = 0.0
        shares = scores.map { score in
            let share = Group.exponential(score - topScore)
            sum += share
            return share
        }
        for index in shares.indices { shares[index] /= sum }
    }

    /// The place that leads; nil where too little speaks for it.
    func best(least: Double) -> Gazetteer.Place? {
        guard !places.isEmpty, topScore >= least else { return nil }
        // A village that nothing else in the story is near to is seldom what the word means.
        guard isBacked || !isRespelled && (isPlaced || places[top].reach >= 15_000) else { return nil }
        return places[top]
    }

    /// The exponential of a number from 0 down, by squaring: the same on every machine.
    private static func exponential(_ value: Double) -> Double {
        guard value > -30 else { return 0 }
        var base = 1 + value / 1024
        for _ in 0..<10 { base *= base }
        return max(0, base)
    }
}
