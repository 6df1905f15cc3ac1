internal import Attributions
internal import Figures
internal import Incidents
internal import Language
internal import Places
public import Stories
internal import Times

/// Reads stories: the whole pipeline behind one call.
///
///     let reader = Reader()
///     let reading = reader.read(story)
///     reading.figures.first?.min      // 300
///
/// A reader is immutable: make one, and share it between threads. The same story gives the same reading, byte for byte,
/// on any thread and in any order. Reading never throws: any text gives a reading, if an empty one.
public struct Reader: Sendable {
    /// What a reading holds besides the findings.
    public struct Options: Sendable, Hashable {
        /// Whether the reading carries the story's text.
        public var withText: Bool
        /// Whether it carries the tokens.
        public var withTokens: Bool

        /// Options from their parts.
        public init(withText: Bool = false, withTokens: Bool = false) {
            self.withText = withText
            self.withTokens = withTokens
        }
    }

    private let options: Options
    private let language = LanguageReader()
    private let times = TimeReader()
    private let places = PlaceReader()
    private let attributions = AttributionReader()
    private let figures = FigureReader()
    private let incidents = IncidentReader()

    /// A reader with the models and word lists that ship with Onrecord.
    public init(options: Options = Options()) { self.options = options }

    /// The reading of a story.
    ///
    /// - Complexity: O(*n*) in the length of the story.
    public func read(_ story: Story) -> Reading {
        let analysis = language.read(story)
        let times = self.times.read(analysis)
        let places = self.places.read(analysis)
        let attributions = self.attributions.read(analysis)
        let title = story.titleApart.map { figures.read(language.read($0)) }
        let found = incidents.read(
            analysis, times: times, places: places, attributions: attributions, figures: figures.read(analysis),
            titleFigures: title)
        return Reading(
            id: story.id, published: story.published, publishedBasis: story.publishedBasis, title: story.title,
            outlet: story.outlet, pageSpan: story.span,
            text: options.withText ? String(decoding: story.bytes, as: UTF8.self) : nil, anatomy: story.anatomy,
            sentences: analysis.sentences.filter { $0.part != .dateline }.map(\.span),
            tokens: options.withTokens ? tokens(analysis) : nil,
            names: analysis.names.map {
                NameMention(span: analysis.span(of: $0.tokens), type: $0.kind, entity: $0.entity)
            },
            mentions: analysis.mentions.map {
                EntityMention(span: analysis.span(of: $0.tokens), entity: $0.entity, form: $0.form)
            },
            times: times, places: places, attributions: attributions, figures: found.figures,
            titleFigures: found.titleFigures, incidents: found.incidents)
    }

    private func tokens(_ analysis: Analysis) -> [TokenReading] {
        analysis.tokens.indices.map { index in
            let token = analysis.tokens[index]
            return TokenReading(
                span: analysis.span(of: index), tag: token.tag.name, lemma: analysis.lemma(of: index),
                head: Int(token.head), relation: token.relation.name)
        }
    }
}
