public import Stories

/// A sentence: a run of tokens of one part of the story.
public struct Sentence: Hashable, Sendable {
    /// The part of the story that a sentence stands in.
    public enum Part: UInt8, Sendable {
        case headline, dateline, caption, subhead, body
    }

    /// Its tokens, as indices into `Analysis.tokens`.
    public var tokens: Range<Int>
    /// Its stretch of text, from its first token to its last.
    public var span: Span
    /// The part of the story that it stands in.
    public var part: Part
    /// Index of its paragraph in the story's anatomy; -1 outside the body.
    public var paragraph: Int

    /// A sentence from its parts.
    public init(tokens: Range<Int>, span: Span, part: Part, paragraph: Int) {
        self.tokens = tokens
        self.span = span
        self.part = part
        self.paragraph = paragraph
    }
}

/// A stretch between quotation marks, which may run over sentences and paragraphs.
public struct Quotation: Hashable, Sendable {
    /// Its tokens, the quotation marks included.
    public var tokens: Range<Int>
    /// Whether its paragraph ends before it is closed, as wire style has it when the next paragraph reopens it.
    public var isOpenEnded: Bool

    /// A quotation from its parts.
    public init(tokens: Range<Int>, isOpenEnded: Bool) {
        self.tokens = tokens
        self.isOpenEnded = isOpenEnded
    }
}

/// A story with its sentences, tokens, tags and names: what every finding is made from.
///
/// Tokens stand in the order of the text. Indices into `tokens` are the currency between the stages; spans are made
/// from them where something is reported.
public struct Analysis: Sendable {
    /// The story.
    public let story: Story
    /// All tokens, in order.
    public let tokens: [Token]
    /// All sentences, in order. Their token ranges cover `tokens` without gaps.
    public let sentences: [Sentence]
    /// All quotations, in order, none overlapping.
    public let quotations: [Quotation]
    /// Names of persons, organizations, locations and other things, in order, none overlapping.
    public let names: [Name]
    /// What each entity number of `names` stands for.
    public let entities: [Entity]
    /// Pronouns and descriptions that stand for an entity, in order.
    public let mentions: [Mention]
    /// The word knowledge that the tokens' numbers belong to.
    public let lexicon: Lexicon
    /// What the network makes of each token in its sentence, `Network.Width.context` whole numbers a token: what models of
    /// later stages read. Empty where the analysis was made by hand.
    package let vectors: WholeRows
    private let lemmas: LemmaTable?
    private let pennTags: [String]

    /// A pronoun or description that stands for a named entity.
    public struct Mention: Hashable, Sendable {
        /// Its tokens.
        public var tokens: Range<Int>
        /// Index into `entities`.
        public var entity: Int
        /// What kind of phrase it is.
        public var form: EntityMention.Form

        /// A mention from its parts.
        public init(tokens: Range<Int>, entity: Int, form: EntityMention.Form) {
            self.tokens = tokens
            self.entity = entity
            self.form = form
        }
    }

    /// A name as a run of tokens.
    public struct Name: Hashable, Sendable {
        /// Its tokens.
        public var tokens: Range<Int>
        /// What it names.
        public var kind: NameMention.Kind
        /// Index into `entities`.
        public var entity: Int

        /// A name from its parts.
        public init(tokens: Range<Int>, kind: NameMention.Kind, entity: Int) {
            self.tokens = tokens
            self.kind = kind
            self.entity = entity
        }
    }

    /// A person, body, place or thing that a story names, once or more.
    public struct Entity: Hashable, Sendable {
        /// Its fullest name in the story.
        public var label: String
        /// What it is.
        public var kind: NameMention.Kind
        /// Index into `names` of the mention that `label` was taken from.
        public var fullest: Int
        /// Index into `names` of its first mention.
        public var first: Int

        /// An entity from its parts.
        public init(label: String, kind: NameMention.Kind, fullest: Int, first: Int) {
            self.label = label
            self.kind = kind
            self.fullest = fullest
            self.first = first
        }
    }

    /// An analysis from its parts.
    public init(
        story: Story, tokens: [Token], sentences: [Sentence], quotations: [Quotation] = [], names: [Name] = [],
        entities: [Entity] = [], lexicon: Lexicon = .shared
    ) {
        self.init(
            story: story, tokens: tokens, sentences: sentences, quotations: quotations, names: names,
            entities: entities, lexicon: lexicon, mentions: [], lemmas: nil,
            pennTags: [], vectors: WholeRows())
    }

    init(
        story: Story, tokens: [Token], sentences: [Sentence], quotations: [Quotation], names: [Name],
        entities: [Entity], lexicon: Lexicon, mentions: [Mention], lemmas: LemmaTable?, pennTags: [String],
        vectors: WholeRows
    ) {
        self.story = story
        self.tokens = tokens
        self.sentences = sentences
        self.quotations = quotations
        self.names = names
        self.entities = entities
        self.lexicon = lexicon
        self.mentions = mentions
        self.lemmas = lemmas
        self.pennTags = pennTags
        self.vectors = vectors
    }

    /// The Penn Treebank tag of a token: `VBD`.
    public func pennTag(of token: Int) -> String {
        let number = Int(tokens[token].pennTag)
        return number < pennTags.count ? pennTags[number] : "XX"
    }

    /// The dictionary form of a token, as the treebanks have it: names keep their capitals.
    public func lemma(of token: Int) -> String {
        var folded: [UInt8] = []
        let (start, end) = (Int(tokens[token].start), Int(tokens[token].end))
        Lexicon.fold(story.bytes, start, end, into: &folded)
        guard let lemmas else { return String(decoding: folded, as: UTF8.self) }
        return lemmas.lemma(printed: story.bytes[start..<end], folded: folded, tag: pennTag(of: token))
    }
}

extension Analysis {
    /// The stretch of one token.
    public func span(of token: Int) -> Span { Span(Int(tokens[token].start), Int(tokens[token].end)) }

    /// The stretch from the first to the last of `range`.
    ///
    /// - Precondition: `range` is not empty.
    public func span(of range: Range<Int>) -> Span {
        Span(Int(tokens[range.lowerBound].start), Int(tokens[range.upperBound - 1].end))
    }

    /// The text of one token, as printed.
    public func text(of token: Int) -> String { story.text(span(of: token)) }

    /// The text of a run of tokens, as printed; empty where the run is.
    public func text(of range: Range<Int>) -> String { range.isEmpty ? "" : story.text(span(of: range)) }

    /// Whether a token's text is `word`, letter case of A–Z aside and curly apostrophes read as straight ones.
    ///
    /// - Parameter word: lower case, ASCII.
    public func `is`(_ token: Int, _ word: StaticString) -> Bool {
        let start = Int(tokens[token].start)
        let end = Int(tokens[token].end)
        let bytes = story.bytes
        return word.withUTF8Buffer { expected in
            var at = start
            for index in 0..<expected.count {
                guard at < end else { return false }
                var byte = bytes[at]
                at += 1
                if UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte { byte |= 0x20 }
                if byte == 0xE2, at + 1 < end, bytes[at] == 0x80, bytes[at + 1] == 0x99 {
                    byte = UInt8(ascii: "'")
                    at += 2
                }
                guard unsafe byte == expected[index] else { return false }
            }
            return at == end
        }
    }

    /// Whether a token's text is one of `words`.
    public func `is`(_ token: Int, anyOf words: StaticString...) -> Bool {
        words.contains { self.is(token, $0) }
    }

    /// The number that a token's word carries in `list`; nil where it is not in it.
    public func value(of token: Int, in list: WordList) -> Int? {
        tokens[token].isIn(list) ? lexicon.value(of: tokens[token].word, in: list) : nil
    }

    /// The entry of several words (or one) of `list` that begins at `token`, longest first: how many tokens it takes,
    /// and the number that it carries.
    public func phrase(at token: Int, in list: WordList, before limit: Int) -> (count: Int, value: Int)? {
        lexicon.phrase(at: token, in: list, tokens: tokens, bytes: story.bytes, before: limit)
    }

    /// Index of the sentence that holds `token`.
    ///
    /// - Complexity: O(log *n*) in the number of sentences.
    public func sentence(holding token: Int) -> Int {
        var low = 0
        var high = sentences.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if sentences[middle].tokens.lowerBound <= token { low = middle } else { high = middle }
        }
        return low
    }

    /// Index of the name that holds `token`, nil where none does.
    ///
    /// - Complexity: O(log *n*) in the number of names.
    public func name(holding token: Int) -> Int? {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low].tokens.lowerBound <= token ? low : nil
    }

    /// Indices of the names that begin in `range`.
    ///
    /// - Complexity: O(log *n*) in the number of names.
    public func names(in range: Range<Int>) -> Range<Int> {
        func first(from token: Int) -> Int {
            var low = 0
            var high = names.count
            while low < high {
                let middle = (low + high) / 2
                if names[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let start = first(from: range.lowerBound)
        return start..<max(start, first(from: range.upperBound))
    }

    /// The entity that a stretch of tokens names, describes or stands for; nil where it is none that is known.
    ///
    /// - Complexity: O(log *n*) in the number of names and mentions.
    public func entity(in range: Range<Int>) -> Int? {
        guard let last = range.last else { return nil }
        if let name = name(holding: last) { return names[name].entity }
        var low = 0
        var high = mentions.count
        while low < high {
            let middle = (low + high) / 2
            if mentions[middle].tokens.upperBound <= last { low = middle + 1 } else { high = middle }
        }
        return low < mentions.count && mentions[low].tokens.contains(last) ? mentions[low].entity : nil
    }

    /// Index of the quotation that holds `token`, nil where none does.
    public func quotation(holding token: Int) -> Int? {
        var low = 0
        var high = quotations.count
        while low < high {
            let middle = (low + high) / 2
            if quotations[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low < quotations.count && quotations[low].tokens.lowerBound <= token ? low : nil
    }
}
