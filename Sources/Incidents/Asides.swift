internal import Language
internal import Stories

/// Other happenings that a story tells of by the way: an earlier battle, last year's crash.
struct Asides {
    let scene: Scene
    let main: IncidentMention
    let triggers: [Trigger]

    /// Whether a figure's sentence speaks of another time than the main incident's.
    func isAside(_ figure: Figure) -> Bool {
        guard let sentence = scene.sentence(at: figure.span.start) else { return false }
        return days(of: sentence) != nil
    }

    /// The days of another happening that a sentence tells of; nil where it may be about the main one.
    private func days(of sentence: Int) -> ClosedRange<Day>? {
        guard let from = main.from, sentence != scene.lead else { return nil }
        var other: ClosedRange<Day>?
        for time in scene.times(in: sentence) where time.type == .date {
            guard let days = IncidentDates.days(time.value) else { continue }
            // Reports come for weeks after; what lies well before the first day is something else.
            if days.upperBound.number >= from.number - 20 { return nil }
            other = days
        }
        return other
    }

    /// The incidents that figures outside the main one belong to, one a sentence; links those figures to them.
    func incidents(_ figures: inout [Figure], after count: Int) -> [IncidentMention] {
        var found: [IncidentMention] = []
        for number in scene.analysis.sentences.indices {
            let casualties = scene.figures(in: number).filter {
                figures[$0].incident == nil && figures[$0].measure.isCasualty && figures[$0].scope == .incident
            }
            guard !casualties.isEmpty, let days = days(of: number) else { continue }
            let own = triggers.filter { $0.sentence == number }
            let type = own.first { $0.isNoun }?.type ?? own.first?.type ?? .other
            for index in casualties { figures[index].incident = count + found.count }
            let alone = casualties.map { index in
                var figure = figures[index]
                figure.incident = 0
                return figure
            }
            found.append(
                IncidentMention(
                    type: type, subtype: own.first { $0.type == type && $0.subtype != nil }?.subtype,
                    from: days.lowerBound, to: days.upperBound,
                    place: IncidentPlaces(scene: scene).place(of: [number], lead: number, isAside: true),
                    mentions: own.map { scene.analysis.span(of: $0.tokens) }, killed: Tolls(alone).toll(.killed),
                    injured: Tolls(alone).toll(.injured)))
        }
        return found
    }
}
