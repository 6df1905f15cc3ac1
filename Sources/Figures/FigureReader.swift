public import Language
public import Stories

/// Finds the quantities that a story states: how many were killed, injured, held, aboard; how far, how much.
///
/// A figure is read as the interval that its words allow: `about 300` is 300 and approximate, `more than 80` has no upper
/// bound, `two or three` is 2 to 3, `no one` is 0. What it measures is told by the noun that it counts and by the verb
/// that the noun goes with. Figures come without attribution and incident: those are for a later stage to add.
public struct FigureReader: Sendable {
    /// A reader.
    public init() {}

    /// The figures of a story in order of the text.
    ///
    /// - Complexity: O(*n*) in the number of tokens.
    public func read(_ analysis: Analysis) -> [Figure] {
        var figures: [Figure] = []
        var book = VictimBook()
        let people = PersonReader(analysis: analysis, known: KnownPeople(analysis: analysis))
        for (number, sentence) in analysis.sentences.enumerated() where sentence.part != .dateline {
            var counted = CountFinder(analysis: analysis, sentence: sentence).find()
            let measures = MeasureFinder(analysis: analysis, sentence: sentence)
            measures.tell(&counted)
            for count in counted {
                guard var figure = figure(count, sentence, analysis) else { continue }
                // What comes on top of a figure is but a part of what there is.
                if count.isAddition, figures.contains(where: { $0.measure == figure.measure }) { figure.scope = .part }
                figures.append(figure)
            }
            if measures.mayTellFates {
                for fate in FateFinder(analysis: analysis, sentence: sentence, people: people).find() {
                    book.add(fate, sentence: number)
                }
            }
        }
        figures += individuals(book, figures, analysis)
        return figures.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    }

    /// Persons told of one by one are figures where the story gives no number of them itself.
    private func individuals(_ book: VictimBook, _ figures: [Figure], _ analysis: Analysis) -> [Figure] {
        var found: [Figure] = []
        for measure in [Figure.Measure.killed, .injured]
        where !figures.contains(where: { $0.measure == measure && $0.scope == .incident }) {
            for victim in book.victims {
                let words = measure == .killed ? victim.killed : victim.isDead ? nil : victim.injured
                guard let words else { continue }
                found.append(
                    Figure(
                        span: analysis.span(of: words), measure: measure, min: 1, max: 1,
                        who: analysis.text(of: words), group: measure == .killed ? 0 : 1))
            }
        }
        return found
    }

    private func figure(_ count: Count, _ sentence: Sentence, _ analysis: Analysis) -> Figure? {
        guard let measure = count.measure else { return nil }
        var unit: String?
        if measure == .other, let noun = count.unit { unit = unitName(noun, analysis) }
        return Figure(
            span: analysis.span(of: count.tokens), measure: measure, min: count.number.min, max: count.number.max,
            approximate: count.number.isApproximate, who: count.noun.isEmpty ? nil : analysis.text(of: count.noun),
            unit: unit,
            scope: count.scope)
    }

    /// The singular of a unit or of the thing counted.
    private func unitName(_ token: Int, _ analysis: Analysis) -> String {
        let lemma = analysis.tokens[token].lemma
        if lemma != 0, !analysis.tokens[token].isIn(.unit) { return analysis.lexicon.text(of: lemma) }
        let text = analysis.text(of: token).lowercased()
        switch text {
        case "%", "pct", "per cent": return "percent"
        case "feet": return "foot"
        case "percent", "celsius", "mbps", "kms", "lbs": return text == "kms" ? "km" : text
        default: return text.count > 3 && text.hasSuffix("s") ? String(text.dropLast()) : text
        }
    }
}

/// A number with the noun that it counts, on its way to becoming a figure.
struct Count {
    /// From the modifier to the noun.
    var tokens: Range<Int>
    /// The tokens of the number alone.
    var digits: Range<Int>
    /// What the number says.
    var number: Quantity
    /// The noun phrase counted, without the number; empty where there is none.
    var noun: Range<Int>
    /// The token that names the unit, or the thing counted.
    var unit: Int?
    /// Whether people are counted.
    var isPeople = false
    /// What is measured; nil where the number is no figure.
    var measure: Figure.Measure?
    /// How the verb stands: the count is its subject (before it) or its object (behind it).
    var side = Side.none
    /// How much of the incident it speaks of.
    var scope = Figure.Scope.incident
    /// Whether it comes on top of others: `seven more bodies`.
    var isAddition = false

    enum Side { case none, subject, object }
}

/// What a number says: an interval, open where a bound is nil.
struct Quantity {
    var min: Double?
    var max: Double?
    var isApproximate = false

    init(_ value: Double) { (min, max) = (value, value) }
    init(min: Double?, max: Double?, isApproximate: Bool = false) {
        self.min = min
        self.max = max
        self.isApproximate = isApproximate
    }
}
