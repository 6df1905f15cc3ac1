internal import Stories

/// Chooses among the places of a name.
struct ToponymResolver {
    let gazetteer: Gazetteer

    /// Each toponym with its place, in order.
    func resolve(_ toponyms: [Toponym]) -> [(Toponym, Gazetteer.Place)] {
        let support = support(of: toponyms)
        // One sense a name in a story: the mention that says most about itself decides for the others.
        var senses: [UInt64: (place: Gazetteer.Place, score: Double)] = [:]
        var chosen: [(Toponym, Gazetteer.Place)] = []
        for toponym in toponyms {
            let container = toponym.container.map { gazetteer.place(at: toponyms[$0].candidates.lowerBound) }
            guard let best = best(toponym, in: container, support: support) else { continue }
            if let sense = senses[toponym.key], sense.score >= best.score {} else { senses[toponym.key] = best }
            chosen.append((toponym, best.place))
        }
        return chosen.map { toponym, place in
            guard toponym.level == nil, toponym.container == nil else { return (toponym, place) }
            return (toponym, senses[toponym.key]?.place ?? place)
        }
    }

    /// How strongly a story speaks of countries and divisions.
    private struct Support {
        var countries: [UInt16: Double] = [:]
        var divisions: [Int: Double] = [:]
    }

    private func support(of toponyms: [Toponym]) -> Support {
        var support = Support()
        for toponym in toponyms {
            let first = gazetteer.place(at: toponym.candidates.lowerBound)
            let isPlain = toponym.candidates.count == 1 || first.level == .country || first.reach > 3_000_000
            guard isPlain || toponym.level == .province, first.country != 0 else { continue }
            let weight = toponym.isDateline ? 2.0 : 1.0
            support.countries[first.country, default: 0] += weight
            switch first.level {
            case .province: support.divisions[first.number, default: 0] += weight
            default: if let parent = first.parent { support.divisions[parent, default: 0] += weight * 0.5 }
            }
        }
        return support
    }

    private func best(_ toponym: Toponym, in container: Gazetteer.Place?, support: Support)
        -> (place: Gazetteer.Place, score: Double)?
    {
        var best: (place: Gazetteer.Place, score: Double)?
        for position in toponym.candidates {
            let place = gazetteer.place(at: position)
            var score = ToponymResolver.logarithm(place.reach)
            switch place.level {
            case .country: score += 3
            case .province: score += 0.3
            case .region: score += 1
            case .district: score -= 0.5
            case .populated, .exact: break
            }
            if let level = toponym.level { score += level == place.level ? 3 : 0 }
            if let container, container.country == place.country {
                score += place.parent == container.number ? 10 : container.level == .country ? 6 : 1
            }
            score += 1.2 * min(2, support.countries[place.country] ?? 0)
            if let parent = place.parent { score += 1.5 * min(2, support.divisions[parent] ?? 0) }
            if score > (best?.score ?? -.infinity) { best = (place, score) }
        }
        return best
    }

    /// The number of digits, with a fraction: a decimal logarithm good enough to rank by.
    private static func logarithm(_ value: Int) -> Double {
        var rest = Double(max(1, value))
        var digits = 0.0
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        return digits + (rest - 1) / 9
    }
}
