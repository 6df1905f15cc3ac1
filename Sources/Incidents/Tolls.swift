internal import Stories

/// What a story's figures say of one measure of its main incident.
struct Tolls {
    private let figures: [Figure]

    init(_ figures: [Figure]) { self.figures = figures.filter { $0.incident == 0 && $0.scope == .incident } }

    /// Smallest, largest and leading value; nil where the story gives none. An open bound counts as its number, and figures
    /// of one group as their sum.
    func toll(_ measure: Figure.Measure) -> IncidentMention.Toll? {
        let stated = stated(measure)
        // "Five people were shot … one of the wounded": the whole number says more than the one.
        guard measure == .injured, let living = survivors(), living.best ?? 0 > stated?.best ?? -1 else {
            return stated
        }
        return living
    }

    private func stated(_ measure: Figure.Measure) -> IncidentMention.Toll? {
        var statements: [(group: Int?, min: Double?, max: Double?)] = []
        var members: [Int: [Figure]] = [:]
        for figure in figures where figure.measure == measure {
            guard figure.max != nil || figure.min != nil else { continue }
            if let group = figure.group { members[group, default: []].append(figure) }
            if let group = figure.group, let index = statements.firstIndex(where: { $0.group == group }) {
                statements[index].min = sum(statements[index].min, figure.min)
                statements[index].max = sum(statements[index].max, figure.max)
            } else {
                statements.append((figure.group, figure.min, figure.max))
            }
        }
        // "No one was hurt" leads only where nobody was.
        guard var leading = statements.first(where: { $0.max != 0 }) ?? statements.first else { return nil }
        // "Two bailiffs were killed … Two bailiffs and the gunman are dead": the second counts one whom the first leaves out.
        if leading.group == nil, leading.min ?? 0 > 1,
            let fuller = statements.first(where: { statement in
                guard let group = statement.group, let members = members[group] else { return false }
                return members.count > 1 && members.contains { $0.min == leading.min && $0.max == leading.max }
            })
        {
            leading = fuller
        }
        return IncidentMention.Toll(
            min: statements.compactMap { $0.min ?? $0.max }.min(),
            max: statements.compactMap { $0.max ?? $0.min }.max(),
            best: leading.min ?? leading.max)
    }

    /// How many of those who were killed or hurt lived, where both numbers are exact: `five were shot, two of them died`.
    private func survivors() -> IncidentMention.Toll? {
        guard
            let both = figures.first(where: { $0.measure == .killedOrInjured && $0.min == $0.max && !$0.approximate }),
            let whole = both.min, let killed = stated(.killed), killed.min == killed.max, let dead = killed.best,
            whole >= dead
        else { return nil }
        return IncidentMention.Toll(min: whole - dead, max: whole - dead, best: whole - dead)
    }

    private func sum(_ one: Double?, _ other: Double?) -> Double? {
        guard let one, let other else { return nil }
        return one + other
    }
}

extension Figure {
    /// Whether it says how many an incident killed or hurt.
    var isToll: Bool {
        scope == .incident && (measure == .killed || measure == .injured || measure == .killedOrInjured)
    }
}
