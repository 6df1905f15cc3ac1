public import Stories

/// What one class of sources said of one measure over time.
public struct Timeline: Hashable, Sendable, Codable {
    /// A claim on the chart: a dot, or a cross.
    public struct Entry: Hashable, Sendable, Codable {
        /// The claim's id.
        public var claim: String
        /// When its story was published.
        public var published: Day?
        /// How its speaker is called.
        public var speaker: String
        /// The lower bound, nil where open.
        public var min: Double?
        /// The upper bound, nil where open.
        public var max: Double?
        /// Whether the text says that the number is not exact.
        public var approximate: Bool
        /// Whether it denies rather than counts.
        public var isDenial: Bool
        /// The later claim of the same speaker that takes its place.
        public var supersededBy: String?
    }

    /// The lines of a class from a day on.
    public struct Step: Hashable, Sendable, Codable {
        /// The day from which it holds.
        public var day: Day
        /// The smallest number that a live claim of the class gives.
        public var min: Double
        /// The largest.
        public var max: Double
    }

    /// What is measured.
    public var measure: Figure.Measure
    /// Which class of sources.
    public var sourceClass: SourceClass
    /// Of those who fight or govern, which side, by the first name that the story has for it: `Russian`.
    public var side: String?
    /// All its claims in time order, superseded ones too.
    public var claims: [Entry]
    /// Its lines, a step for each day on which they move.
    public var steps: [Step]
}

extension Dossier {
    /// The tolls over time, a line a measure and class of sources. What prints repeat and what reviews discount draws none.
    public var timeline: [Timeline] {
        Timelines(claims, ignored: Set(discounted).union(repeated)).all()
    }
}

/// Draws the timelines of an incident.
struct Timelines {
    private let reckoning: Reckoning

    init(_ claims: [Claim], ignored: Set<String> = []) {
        reckoning = Reckoning(claims, ignored: ignored)
    }

    /// By measure, then class.
    func all() -> [Timeline] {
        let accounts = reckoning.accounts()
        return Reckoning.measures.flatMap { measure in
            let peers = accounts.filter { $0.measure == measure }
            let denials = reckoning.counted.filter { $0.stance == .deny && $0.measure == measure }
            var lines: [Line: (accounts: [Account], denials: [Claim])] = [:]
            for account in peers { lines[Line(account.live), default: ([], [])].accounts.append(account) }
            for denial in denials { lines[Line(denial), default: ([], [])].denials.append(denial) }
            return lines.sorted { $0.key < $1.key }.map {
                timeline(measure, $0.key, $0.value.accounts, $0.value.denials)
            }
        }
    }

    /// What is drawn as one line.
    private struct Line: Hashable, Comparable {
        var sourceClass: SourceClass
        var side: String?

        init(_ claim: Claim) {
            sourceClass = claim.sourceClass
            side = SpeakerBook.side(claim)
        }

        static func < (a: Line, b: Line) -> Bool { (a.rank, a.side ?? "") < (b.rank, b.side ?? "") }

        private var rank: Int { SourceClass.allCases.firstIndex(of: sourceClass) ?? 0 }
    }

    private func timeline(
        _ measure: Figure.Measure, _ line: Line, _ accounts: [Account], _ denials: [Claim]
    ) -> Timeline {
        let figures = accounts.flatMap { account in
            account.claims.enumerated().map { index, claim in
                (claim, index + 1 < account.claims.count ? account.claims[index + 1].id : nil)
            }
        }
        let entries = (figures + denials.map { ($0, nil) }).sorted { Reckoning.isBefore($0.0, $1.0) }
        return Timeline(
            measure: measure, sourceClass: line.sourceClass, side: line.side,
            claims: entries.map { claim, later in
                Timeline.Entry(
                    claim: claim.id, published: claim.published, speaker: claim.label, min: claim.min, max: claim.max,
                    approximate: claim.approximate,
                    isDenial: claim.stance == .deny || claim.isNone, supersededBy: later)
            }, steps: steps(accounts))
    }

    /// What the class's accounts, each by its last claim until then, say from day to day.
    private func steps(_ accounts: [Account]) -> [Timeline.Step] {
        // One pass in time order; an account's new claim takes the place of its last one.
        let dated = accounts.flatMap { account in
            account.claims.compactMap { claim in claim.published.map { ($0, account.key, claim) } }
        }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        var live: [String: Claim] = [:]
        var steps: [Timeline.Step] = []
        for (index, (day, key, claim)) in dated.enumerated() {
            live[key] = claim
            guard index + 1 == dated.count || dated[index + 1].0 != day,
                let least = live.values.map(\.lowNumber).min(), let most = live.values.map(\.highNumber).max()
            else { continue }
            if let last = steps.last, last.min == least, last.max == most { continue }
            steps.append(Timeline.Step(day: day, min: least, max: most))
        }
        return steps
    }
}
