internal import Language
internal import Stories

/// Tells which figures of a headline or a caption the body says again, and which it contradicts.
///
/// `12 dead in blast` over `Twelve people were killed, police said` is one claim in two places; over `At least 14 people were
/// killed` it is a difference that a reader should be told of.
struct FigurePlaces {
    let scene: Scene

    /// The figures with `repeats` and `differs` filled in.
    ///
    /// - Complexity: O(*h* · *f*) in the figures of headlines and captions and in all figures.
    func told(_ figures: [Figure]) -> [Figure] {
        let isBody = figures.map { part(of: $0) == .body }
        guard isBody.contains(false) else { return figures }
        var told = figures
        for index in figures.indices where !isBody[index] && figures[index].measure != .other {
            let figure = figures[index]
            var first: Int?
            for other in figures.indices where isBody[other] && isAbout(figures[other], figure) {
                if figures[other].min == figure.min, figures[other].max == figure.max {
                    told[index].repeats = other
                    break
                }
                if first == nil { first = other }
                // "More than 10" and "12" can both be so.
                if overlaps(figures[other], figure) { first = .max }
            }
            if told[index].repeats == nil, let first, first != .max, figure.scope == .incident, figure.group == nil {
                told[index].differs = first
            }
        }
        return told
    }

    private func part(of figure: Figure) -> Sentence.Part? {
        scene.sentence(at: figure.span.start).map { scene.analysis.sentences[$0].part }
    }

    private func isAbout(_ one: Figure, _ other: Figure) -> Bool {
        one.measure == other.measure && one.scope == other.scope && one.incident == other.incident
    }

    private func overlaps(_ one: Figure, _ other: Figure) -> Bool {
        (one.min ?? 0) <= (other.max ?? .infinity) && (other.min ?? 0) <= (one.max ?? .infinity)
    }
}
