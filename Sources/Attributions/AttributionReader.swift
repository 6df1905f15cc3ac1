public import Language
public import Stories

/// Finds who is said to say what: direct and indirect speech, thought and intention, as source–cue–content.
///
/// A trained network finds cues and what belongs to them (`AttributionNetwork`), after the guidelines of PolNeAR, which mark
/// the outermost attribution; what it holds is read again, as if nobody had said it, for what is said inside. It never throws.
public struct AttributionReader: Sendable {
    private let model: AttributionModel

    /// A reader with the model that ships with Onrecord.
    public init() { model = .shared }

    /// A reader with another model, as Tools/train-attributions writes it.
    ///
    /// - Throws: `LanguageModelError` where the bytes are no model, are damaged, or are of another layout.
    public init(model: [UInt8]) throws(LanguageModelError) { self.model = try AttributionModel(bytes: model) }

    /// The attributions of a story, in the order of their cues.
    ///
    /// - Complexity: O(*n*) in the number of tokens, for paragraphs of bounded length.
    public func read(_ analysis: Analysis) -> [Attribution] {
        guard !analysis.vectors.scales.isEmpty else { return [] }
        let builder = DraftBuilder(analysis: analysis)
        var drafts = builder.drafts(model)
        builder.resumeQuotations(&drafts)
        drafts += builder.signedQuotations(besides: drafts)
        drafts.sort(by: Draft.isBefore)
        drafts += SpeakerLabels(analysis: analysis).drafts(besides: drafts)
        drafts.sort(by: Draft.isBefore)
        var resolver = SpeakerResolver(analysis: analysis)
        let speakers = drafts.map { resolver.speaker(of: $0) }
        let parents = DraftBuilder.parents(of: drafts)
        let stances = Stances(analysis: analysis)
        let relays = Relays(analysis: analysis)
        return drafts.indices.map { index in
            let draft = drafts[index]
            let modality = stances.modality(of: draft)
            return Attribution(
                source: draft.source.map { [analysis.span(of: $0)] } ?? [],
                cue: [analysis.span(of: draft.cue.tokens)], content: draft.content.map { analysis.span(of: $0) },
                speaker: speakers[index], stance: modality.stance, quote: builder.quote(of: draft.content),
                parent: parents[index], depth: DraftBuilder.depth(of: index, parents), certainty: modality.certainty,
                polarity: modality.polarity, via: relays.media(of: draft))
        }
    }
}
