public import Stories

/// Reads a story's language: sentences, tokens, tags, trees, quotations, names.
///
/// Tokens and sentences by rule, tags, trees and names by a trained network (Documentation/Language.md). It never throws:
/// any text gives an analysis.
public struct LanguageReader: Sendable {
    private let lexicon: Lexicon
    private let parser: Parser

    /// A reader over the word knowledge and the model that ship with Onrecord.
    public init() {
        lexicon = .shared
        parser = .shared
    }

    /// A reader over another model, as `onrecord-train network` writes it.
    ///
    /// - Throws: `LanguageModelError` where the bytes are no model, are damaged, or are of another layout.
    public init(model: [UInt8]) throws(LanguageModelError) {
        lexicon = .shared
        parser = Parser(model: try LanguageModel(bytes: model), lexicon: .shared)
    }

    /// The analysis of a story.
    ///
    /// - Complexity: O(*n*) in the length of the story.
    public func read(_ story: Story) -> Analysis { read(story) { _ in } }

    /// A step of the reading, in order.
    public enum Step: String, CaseIterable, Sendable {
        case tokens = "tokens, sentences"
        case quotations = "quotations"
        case network = "tags, trees, names"
        case entities = "entities"
    }

    /// The analysis of a story, telling `finished` as each step is done.
    public func read(_ story: Story, finished: (Step) -> Void) -> Analysis {
        var (tokens, sentences) = Segmenter(tokenizer: Tokenizer(lexicon: lexicon)).segment(story)
        finished(.tokens)
        let quotations = QuotationFinder.find(&tokens, sentences, story.bytes)
        finished(.quotations)
        let read = parser.parse(&tokens, sentences, story.bytes)
        let found = NameReviser(tokens: tokens, bytes: story.bytes, lexicon: lexicon).revise(read.names)
        finished(.network)
        let bare = analysis(story, tokens, sentences, quotations)
        let (names, entities) = EntityLinker(analysis: bare).link(found)
        let named = analysis(story, tokens, sentences, quotations, names, entities)
        let mentions = MentionFinder(analysis: named).find()
        defer { finished(.entities) }
        return analysis(story, tokens, sentences, quotations, names, entities, mentions, read.vectors)
    }

    private func analysis(
        _ story: Story, _ tokens: [Token], _ sentences: [Sentence], _ quotations: [Quotation],
        _ names: [Analysis.Name] = [], _ entities: [Analysis.Entity] = [], _ mentions: [Analysis.Mention] = [],
        _ vectors: WholeRows = WholeRows()
    ) -> Analysis {
        Analysis(
            story: story, tokens: tokens, sentences: sentences, quotations: quotations, names: names,
            entities: entities, lexicon: lexicon, mentions: mentions, lemmas: parser.lemmas,
            pennTags: parser.pennTags, vectors: vectors)
    }
}
