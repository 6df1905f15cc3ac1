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
        var story = StoryFigures(analysis: analysis)
        let people = PersonReader(analysis: analysis, known: KnownPeople(analysis: analysis))
        for (number, sentence) in analysis.sentences.enumerated()
        where sentence.part != .dateline && !isPlaylist(sentence, analysis) {
            var counted = CountFinder(analysis: analysis, sentence: sentence).find()
            let measures = MeasureFinder(analysis: analysis, sentence: sentence)
            measures.tell(&counted)
            let fates =
                measures.mayTellFates
                ? FateFinder(analysis: analysis, sentence: sentence, people: people).find() : Fates()
            story.add(
                counted.compactMap { count in figure(count, analysis).map { (count, $0) } }, fates, sentence: number)
        }
        return story.finish()
    }

    /// `0:41 Woman dies crossing river`: a list of films beside the story.
    private func isPlaylist(_ sentence: Sentence, _ analysis: Analysis) -> Bool {
        let start = sentence.tokens.lowerBound
        guard sentence.tokens.count > 3, analysis.tokens[start].shape.contains(.number) else { return false }
        var colons = 0
        for byte in analysis.story.bytes[Int(analysis.tokens[start].start)..<Int(analysis.tokens[start + 2].end)] {
            switch byte {
            case 48...57: continue
            case UInt8(ascii: ":"): colons += 1
            default: return false
            }
        }
        return colons == 1 && analysis.tokens[start + 3].isCapitalized
    }

    private func figure(_ count: Count, _ analysis: Analysis) -> Figure? {
        guard let measure = count.measure else { return nil }
        let populations = PopulationFinder(analysis: analysis)
        var unit: String?
        if measure == .other, let noun = count.unit { unit = unitName(noun, analysis) }
        return Figure(
            span: analysis.span(of: count.tokens), measure: measure, min: count.number.min, max: count.number.max,
            approximate: count.number.isApproximate, who: count.noun.isEmpty ? nil : analysis.text(of: count.noun),
            unit: unit, scope: count.scope,
            population: measure == .other ? [] : populations.populations(of: count.noun),
            nationality: measure == .other ? nil : populations.nationality(of: count.noun))
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
    /// Whether those counted were hit, and may have died of it: `five people were shot`.
    var isStruck = false

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
