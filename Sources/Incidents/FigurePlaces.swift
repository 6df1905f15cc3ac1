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
        let body = figures.indices.filter { isBody[$0] }
        for index in figures.indices where !isBody[index] {
            (told[index].repeats, told[index].differs) = place(figures[index], body, figures)
        }
        return told
    }

    /// The figures of a title that came apart from the text, with `repeats` and `differs` filled in.
    func told(_ title: [Figure], beside figures: [Figure]) -> [Figure] {
        let body = figures.indices.filter { part(of: figures[$0]) == .body }
        return title.map { figure in
            var figure = figure
            (figure.repeats, figure.differs) = place(figure, body, figures)
            return figure
        }
    }

    /// Which figure of the body says the same as one in another place, or else contradicts it.
    private func place(_ figure: Figure, _ body: [Int], _ figures: [Figure]) -> (repeats: Int?, differs: Int?) {
        guard figure.measure != .other else { return (nil, nil) }
        var first: Int?
        var mayBoth = false
        for other in body where isAbout(figures[other], figure) {
            if figures[other].min == figure.min, figures[other].max == figure.max { return (other, nil) }
            if first == nil { first = other }
            // "More than 10" and "12" can both be so.
            if overlaps(figures[other], figure) { mayBoth = true }
        }
        return (nil, mayBoth || figure.scope != .incident || figure.group != nil ? nil : first)
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
