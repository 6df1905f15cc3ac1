/// What a page or a feed tells of a story beside its text: the fields of a news item's header.
///
/// The names are those of IPTC ninjs and NewsML-G2 where these have one.
public struct Provenance: Hashable, Codable, Sendable {
    /// What may be done with an item, after `pubStatus` of NewsML-G2.
    public enum Status: String, Codable, Sendable {
        case usable, withheld, canceled
    }

    /// The address that the publisher gives the story for good.
    public var url: String?
    /// The id that the publisher gives it, the same for all its versions: a `guid`, an `altId`, a URN.
    public var guid: String?
    /// Which version of the item it is, from 1.
    public var version: Int?
    /// Whether it may be used still; nil where nothing is said.
    public var status: Status?
    /// Who wrote it, as printed.
    public var authors: [String]
    /// The line of credit: the agency or the photographer to be named.
    public var credit: String?
    /// Who its information comes from, where that is not who publishes it.
    public var informationSource: String?
    /// What the desk wrote to editors: a correction, an embargo, what a version adds.
    public var editorialNote: String?
    /// The language of the text, as in BCP 47.
    public var language: String?
    /// The day of the latest change.
    public var modified: Day?
    /// What its pictures say below them, where the page keeps that apart from the text.
    public var captions: [String]

    /// Provenance from its parts; without any it tells nothing.
    public init(
        url: String? = nil, guid: String? = nil, version: Int? = nil, status: Status? = nil, authors: [String] = [],
        credit: String? = nil, informationSource: String? = nil, editorialNote: String? = nil, language: String? = nil,
        modified: Day? = nil, captions: [String] = []
    ) {
        self.url = url
        self.guid = guid
        self.version = version
        self.status = status
        self.authors = authors
        self.credit = credit
        self.informationSource = informationSource
        self.editorialNote = editorialNote
        self.language = language
        self.modified = modified
        self.captions = captions
    }

    /// Whether nothing came with the story.
    public var isEmpty: Bool { self == Provenance() }
    /// Whether its publisher wants it used no longer, or not yet.
    public var isWithdrawn: Bool { status == .canceled || status == .withheld }

    /// Reads what is there: lists that are not are empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        url = try values.decodeIfPresent(String.self, forKey: .url)
        guid = try values.decodeIfPresent(String.self, forKey: .guid)
        version = try values.decodeIfPresent(Int.self, forKey: .version)
        status = try values.decodeIfPresent(Status.self, forKey: .status)
        authors = try values.decodeIfPresent([String].self, forKey: .authors) ?? []
        credit = try values.decodeIfPresent(String.self, forKey: .credit)
        informationSource = try values.decodeIfPresent(String.self, forKey: .informationSource)
        editorialNote = try values.decodeIfPresent(String.self, forKey: .editorialNote)
        language = try values.decodeIfPresent(String.self, forKey: .language)
        modified = try values.decodeIfPresent(Day.self, forKey: .modified)
        captions = try values.decodeIfPresent([String].self, forKey: .captions) ?? []
    }
}
