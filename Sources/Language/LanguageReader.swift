public import Stories

/// Reads a story's language: sentences, tokens, tags, quotations, names.
///
/// A first reader by lexicon and rules; trained models take its parts over behind the same interface. It never throws:
/// any text gives an analysis.
public struct LanguageReader: Sendable {
    private let lexicon: Lexicon

    /// A reader over the word knowledge that ships with Onrecord.
    public init(lexicon: Lexicon = .shared) {
        self.lexicon = lexicon
    }

    /// The analysis of a story.
    ///
    /// - Complexity: O(*n*) in the length of the story.
    public func read(_ story: Story) -> Analysis {
        var (tokens, sentences) = Segmenter(tokenizer: Tokenizer(lexicon: lexicon)).segment(story)
        let quotations = QuotationFinder.find(&tokens, sentences, story.bytes)
        Tagger(lexicon: lexicon).tag(&tokens, sentences, story.bytes)
        let bare = Analysis(
            story: story, tokens: tokens, sentences: sentences, quotations: quotations, lexicon: lexicon)
        let found = NameFinder(analysis: bare).find()
        let (names, entities) = EntityLinker(analysis: bare).link(found)
        return Analysis(
            story: story, tokens: tokens, sentences: sentences, quotations: quotations, names: names,
            entities: entities, lexicon: lexicon)
    }
}
