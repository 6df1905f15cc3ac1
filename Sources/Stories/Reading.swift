/// All that the pipeline found in one story.
///
/// Its JSON is the format that `onrecord read` writes, one object a line. Every span counts UTF-8 bytes from the start
/// of the story's `bytes`.
public struct Reading: Hashable, Sendable, Codable {
    /// The story's id.
    public var id: String
    /// The day that relative dates were resolved against.
    public var published: Day?
    /// What `published` rests on.
    public var publishedBasis: PublishedBasis?
    /// The title that came with the story.
    public var title: String?
    /// Who published the story, where known.
    public var outlet: String?
    /// The story's own stretch of its page.
    public var pageSpan: Span
    /// The story's text, where it was asked for.
    public var text: String?
    /// The story's parts.
    public var anatomy: Anatomy
    /// The sentences, in order: headline, captions, subheads and body.
    public var sentences: [Span]
    /// The tokens, where they were asked for.
    public var tokens: [TokenReading]?
    /// Names of persons, organizations, locations and other things.
    public var names: [NameMention]
    /// Pronouns and descriptions that stand for a named entity; nil in readings of engines that did not look.
    public var mentions: [EntityMention]?
    /// Expressions of time.
    public var times: [TimeMention]
    /// Locations, resolved to points on the earth.
    public var places: [PlaceMention]
    /// Who is said to say what.
    public var attributions: [Attribution]
    /// Quantities that are stated of something.
    public var figures: [Figure]
    /// Quantities in a title that came apart from the text: their spans count in `title`. Nil where there is no such title.
    public var titleFigures: [Figure]?
    /// What happened, as this story tells it.
    public var incidents: [IncidentMention]

    /// A reading from its parts.
    public init(
        id: String, published: Day? = nil, publishedBasis: PublishedBasis? = nil, title: String? = nil,
        outlet: String? = nil, pageSpan: Span, text: String? = nil, anatomy: Anatomy = Anatomy(),
        sentences: [Span] = [], tokens: [TokenReading]? = nil, names: [NameMention] = [],
        mentions: [EntityMention]? = nil, times: [TimeMention] = [], places: [PlaceMention] = [],
        attributions: [Attribution] = [], figures: [Figure] = [], titleFigures: [Figure]? = nil,
        incidents: [IncidentMention] = []
    ) {
        self.id = id
        self.published = published
        self.publishedBasis = publishedBasis
        self.title = title
        self.outlet = outlet
        self.pageSpan = pageSpan
        self.text = text
        self.anatomy = anatomy
        self.sentences = sentences
        self.tokens = tokens
        self.names = names
        self.mentions = mentions
        self.times = times
        self.places = places
        self.attributions = attributions
        self.figures = figures
        self.titleFigures = titleFigures
        self.incidents = incidents
    }

    private enum CodingKeys: String, CodingKey {
        case id, published
        case publishedBasis = "published_basis"
        case title, outlet
        case pageSpan = "page_span"
        case text, anatomy, sentences, tokens, names, mentions, times, places, attributions, figures
        case titleFigures = "title_figures"
        case incidents
    }
}

/// A token as `--with-tokens` writes it.
public struct TokenReading: Hashable, Sendable, Codable {
    /// The token's stretch.
    public var span: Span
    /// Universal part-of-speech tag.
    public var tag: String
    /// Dictionary form.
    public var lemma: String
    /// Index, in the story, of the token that this one depends on; -1 at the root, or where there is no parse.
    public var head: Int
    /// Universal Dependencies relation to the head; `dep` where there is no parse.
    public var relation: String

    /// A token from its parts.
    public init(span: Span, tag: String, lemma: String, head: Int, relation: String) {
        self.span = span
        self.tag = tag
        self.lemma = lemma
        self.head = head
        self.relation = relation
    }
}

/// A pronoun or description in the text that stands for something the story names.
public struct EntityMention: Hashable, Sendable, Codable {
    /// What kind of phrase it is.
    public enum Form: String, Codable, Sendable, CaseIterable { case pronoun, description }

    /// Its stretch.
    public var span: Span
    /// Index of the entity, shared with the names that stand for it.
    public var entity: Int
    /// What kind of phrase it is.
    public var form: Form

    /// A mention from its parts.
    public init(span: Span, entity: Int, form: Form) {
        self.span = span
        self.entity = entity
        self.form = form
    }
}

/// A name in the text.
public struct NameMention: Hashable, Sendable, Codable {
    /// What a name names.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case person = "PERSON"
        case organization = "ORGANIZATION"
        case location = "LOCATION"
        case misc = "MISC"
    }

    /// The name's stretch, without titles and articles.
    public var span: Span
    /// What it names.
    public var type: Kind
    /// Which entity of the story it belongs to; mentions of one entity share the number.
    public var entity: Int

    /// A name from its parts.
    public init(span: Span, type: Kind, entity: Int) {
        self.span = span
        self.type = type
        self.entity = entity
    }
}

/// An expression of time, after TIMEX3 of ISO-TimeML (ISO 24617-1).
public struct TimeMention: Hashable, Sendable, Codable {
    /// The four kinds of TIMEX3.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case date = "DATE"
        case time = "TIME"
        case duration = "DURATION"
        case set = "SET"
    }

    /// The expression's stretch: `last Friday`.
    public var span: Span
    /// Its kind.
    public var type: Kind
    /// Its normalised value: `2018-02-09`, `2018-W06`, `XXXX-WXX-5`, `PT20M`, `PAST_REF`.
    public var value: String

    /// An expression from its parts.
    public init(span: Span, type: Kind, value: String) {
        self.span = span
        self.type = type
        self.value = value
    }
}

/// A mention of a place, resolved to WGS 84 degrees.
public struct PlaceMention: Hashable, Sendable, Codable {
    /// The mention's stretch.
    public var span: Span
    /// The place's usual name.
    public var name: String
    /// ISO 3166-1 alpha-2 code of its country, where it lies in one.
    public var country: String?
    /// Latitude in degrees, north positive; nil where the place could not be told.
    public var lat: Double?
    /// Longitude in degrees, east positive; nil where the place could not be told.
    public var lon: Double?
    /// Its number in GeoNames, where known.
    public var geonameid: Int?
    /// What kind of place it is, and so how exact the point is.
    public var level: PlaceLevel?

    /// A place from its parts.
    public init(
        span: Span, name: String, country: String?, lat: Double?, lon: Double?, geonameid: Int? = nil,
        level: PlaceLevel? = nil
    ) {
        self.span = span
        self.name = name
        self.country = country
        self.lat = lat
        self.lon = lon
        self.geonameid = geonameid
        self.level = level
    }
}

/// How exact the point of a place is, from a building to a part of the world.
public enum PlaceLevel: String, Codable, Sendable, CaseIterable {
    /// A street, a building, a site.
    case exact
    /// A city, town or village.
    case populated
    /// A county or district.
    case district
    /// A first-level division: state, province, oblast.
    case province
    /// A country.
    case country
    /// A region, a sea, a part of the world.
    case region
}

/// A source, a cue and a content: who is said to say what (PARC 3, PolNeAR).
public struct Attribution: Hashable, Sendable, Codable {
    /// What the source does with the content.
    public enum Stance: String, Codable, Sendable, CaseIterable {
        case assert, deny, confirm, decline, question, intend
    }

    /// How much of the content stands in quotation marks: all, none, some.
    public enum Quote: String, Codable, Sendable, CaseIterable {
        case direct, indirect, mixed
    }

    /// How sure the source is of what it says.
    public enum Certainty: String, Codable, Sendable, CaseIterable {
        /// It says so without reserve.
        case certain
        /// It holds it for likely: `probably`, `is believed to`.
        case probable
        /// It holds it for possible: `may have been killed`.
        case possible
        /// It says nothing of whether it is so: a question, a refusal, a plan.
        case unspecified
    }

    /// Whether the source says that something is so, or that it is not.
    public enum Polarity: String, Codable, Sendable, CaseIterable {
        case positive, negative
    }

    /// The words that name the source; empty where none is named.
    public var source: [Span]
    /// The words that tie source and content: `has never confirmed`, `according to`.
    public var cue: [Span]
    /// All that is attributed, quotation marks and `that` included.
    public var content: [Span]
    /// Who the source is, once pronouns and descriptions are resolved.
    public var speaker: Speaker
    /// What the source does with the content.
    public var stance: Stance
    /// How it is quoted.
    public var quote: Quote
    /// Index of the attribution whose content holds this one (hearsay).
    public var parent: Int?
    /// How many attributions stand between the story and the content, this one included: 1, or more with hearsay.
    public var depth: Int
    /// How sure the source is.
    public var certainty: Certainty
    /// Whether it says that something is so, or that it is not: a denial, or `no one had died`.
    public var polarity: Polarity
    /// The media that pass the words on, as printed: `RIA` in `was quoted by RIA as saying`.
    public var via: [String]

    /// An attribution from its parts.
    public init(
        source: [Span], cue: [Span], content: [Span], speaker: Speaker, stance: Stance, quote: Quote,
        parent: Int? = nil, depth: Int = 1, certainty: Certainty = .certain, polarity: Polarity = .positive,
        via: [String] = []
    ) {
        self.depth = depth
        self.certainty = certainty
        self.polarity = polarity
        self.via = via
        self.source = source
        self.cue = cue
        self.content = content
        self.speaker = speaker
        self.stance = stance
        self.quote = quote
        self.parent = parent
    }
}

/// The person, group, document or medium behind a source.
public struct Speaker: Hashable, Sendable, Codable {
    /// How a speaker is known.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A person the story names.
        case named
        /// One or more people it does not name.
        case unnamed
        /// A body, a government, a country or capital that stands for one.
        case organization
        /// A report, a list, footage.
        case document
        /// An outlet.
        case media
        /// The story's own author.
        case author
    }

    /// The name, where the story gives one: of the person, else of the body.
    public var name: String?
    /// What the speaker is: `spokeswoman`, `military doctor`.
    public var role: String?
    /// Whom the speaker belongs to: `Russian foreign ministry`.
    public var affiliation: String?
    /// How the speaker is known.
    public var kind: Kind
    /// Which of the story's speakers this is, counted from 0 in the order in which they are met; nil outside a story.
    public var number: Int?
    /// How many people speak as one, where the story counts them: 3 for `three sources familiar with the matter`.
    public var count: Int?
    /// What the story says of why they are not named: `on condition of anonymity because he is not allowed to disclose …`.
    public var anonymity: String?

    /// A speaker from its parts.
    public init(
        name: String? = nil, role: String? = nil, affiliation: String? = nil, kind: Kind, number: Int? = nil,
        count: Int? = nil, anonymity: String? = nil
    ) {
        self.number = number
        self.count = count
        self.anonymity = anonymity
        self.name = name
        self.role = role
        self.affiliation = affiliation
        self.kind = kind
    }
}

/// A quantity that is stated of something.
public struct Figure: Hashable, Sendable, Codable {
    /// What a quantity measures.
    public enum Measure: String, Codable, Sendable, CaseIterable {
        case killed, injured
        case killedOrInjured = "killed-or-injured"
        case missing, detained, displaced, abducted, aboard, participants, other
    }

    /// How much of an incident a figure speaks of.
    public enum Scope: String, Codable, Sendable, CaseIterable {
        /// The whole incident.
        case incident
        /// A part: `including three children`, the patients of one ward.
        case part
        /// A running total over several incidents: `since Monday 140`.
        case total
    }

    /// Those whom a figure counts, as the words say it. A figure may be of several: `Russian servicemen`.
    public enum Population: String, Codable, Sendable, CaseIterable {
        case civilian, combatant
        case securityForce = "security-force"
        case child, woman, man, crew, passenger
        /// Of a people that is named: `nationality` says which.
        case nationality
    }

    /// The number with its modifier and the noun counted: `in excess of 80 men`.
    public var span: Span
    /// What is measured.
    public var measure: Measure
    /// Lower bound, nil where unbounded.
    public var min: Double?
    /// Upper bound, nil where unbounded.
    public var max: Double?
    /// Whether the text says that the number is not exact.
    public var approximate: Bool
    /// Of whom: the words of the noun phrase.
    public var who: String?
    /// Unit of a measured quantity, in the singular: `km`, `percent`.
    public var unit: String?
    /// How much of the incident it speaks of.
    public var scope: Scope
    /// Whom it counts, as far as the words say; empty where they say no more than `people`.
    public var population: [Population]
    /// The people that those counted are of, as printed: `Russian`.
    public var nationality: String?
    /// Figures of one number add up to what the story says: `killed three soldiers and five civilians`. Nil where a figure
    /// stands alone.
    public var group: Int?
    /// Index of the innermost attribution whose content holds the figure; nil where the story itself says so.
    public var attribution: Int?
    /// Index of the incident that the figure belongs to.
    public var incident: Int?
    /// Index of the figure of the body that says the same: one in a headline or a caption is no claim of its own.
    public var repeats: Int?
    /// Index of the first figure of the body that a figure of a headline or a caption cannot be squared with.
    public var differs: Int?

    /// A figure from its parts.
    public init(
        span: Span, measure: Measure, min: Double?, max: Double?, approximate: Bool = false, who: String? = nil,
        unit: String? = nil, scope: Scope = .incident, population: [Population] = [], nationality: String? = nil,
        group: Int? = nil, attribution: Int? = nil, incident: Int? = nil, repeats: Int? = nil, differs: Int? = nil
    ) {
        self.span = span
        self.measure = measure
        self.min = min
        self.max = max
        self.approximate = approximate
        self.who = who
        self.unit = unit
        self.scope = scope
        self.population = population
        self.nationality = nationality
        self.group = group
        self.attribution = attribution
        self.incident = incident
        self.repeats = repeats
        self.differs = differs
    }
}

/// What one story tells of one happening.
public struct IncidentMention: Hashable, Sendable, Codable {
    /// Smallest, largest and leading value of one measure over a story's figures of an incident.
    public struct Toll: Hashable, Sendable, Codable {
        /// Smallest bound stated.
        public var min: Double?
        /// Largest bound stated.
        public var max: Double?
        /// The story's own leading figure.
        public var best: Double?

        /// A toll from its parts.
        public init(min: Double?, max: Double?, best: Double?) {
            self.min = min
            self.max = max
            self.best = best
        }
    }

    /// Where an incident happened.
    public struct Place: Hashable, Sendable, Codable {
        /// The place's name; a street address where the story gives one.
        public var name: String
        /// ISO 3166-1 alpha-2 code of the country.
        public var country: String?
        /// Latitude in degrees.
        public var lat: Double?
        /// Longitude in degrees.
        public var lon: Double?
        /// How exact the point is.
        public var level: PlaceLevel?
        /// The words that it was read from.
        public var span: Span?

        /// A place from its parts.
        public init(
            name: String, country: String?, lat: Double?, lon: Double?, level: PlaceLevel? = nil, span: Span? = nil
        ) {
            self.name = name
            self.country = country
            self.lat = lat
            self.lon = lon
            self.level = level
            self.span = span
        }
    }

    /// A person, group or body that had a part in an incident.
    public struct Actor: Hashable, Sendable, Codable {
        /// What part it had.
        public enum Role: String, Codable, Sendable, CaseIterable {
            /// It did what was done: it attacked, abducted, struck.
            case acted
            /// It was what was hit: killed, abducted, struck, arrested.
            case hit
        }

        /// On whose word it had that part.
        public enum Basis: String, Codable, Sendable, CaseIterable {
            /// The story says so itself.
            case stated
            /// Somebody says so, or it is suspected: `suspected rebels`, `the army blamed …`, what a source alleges.
            case alleged
            /// It says so of itself: `claimed responsibility for the attack`.
            case claimed
            /// It says that it had not: `denied that its planes had bombed …`.
            case denied
        }

        /// What kind of actor it is, as far as the words tell.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            /// Soldiers, police, a government.
            case state
            /// Rebels, guerrillas, a militia: armed and organized, and no state's.
            case armedGroup = "armed-group"
            /// Terrorists, gunmen, robbers: armed, and not said to be organized.
            case attackers
            /// A crowd: protesters, rioters.
            case crowd
            /// People who bear no arms.
            case civilians
        }

        /// The words that tell who it is, with their article and adjectives.
        public var span: Span
        /// Those words, or, where they stand for something that the story names, its fullest name.
        public var name: String
        /// What part it had.
        public var role: Role
        /// What kind of actor it is; nil where the words do not tell.
        public var kind: Kind?
        /// On whose word.
        public var basis: Basis
        /// Which entity of the story's `names` it is; nil where it is none.
        public var entity: Int?

        /// An actor from its parts.
        public init(span: Span, name: String, role: Role, kind: Kind? = nil, basis: Basis = .stated, entity: Int? = nil)
        {
            self.span = span
            self.name = name
            self.role = role
            self.kind = kind
            self.basis = basis
            self.entity = entity
        }
    }

    /// What an incident was done with.
    public struct Weapon: Hashable, Sendable, Codable {
        /// What kind of weapon it is.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            case firearm, blade, explosive
            /// Artillery, rockets, missiles, tanks.
            case heavy
            /// Aircraft, helicopters, drones.
            case aircraft
            /// Fire, and what it is set with.
            case fire
            case vehicle
            /// Poison, gas, chemicals.
            case chemical
            /// Fists, stones, clubs.
            case blunt
        }

        /// The words that name it.
        public var span: Span
        /// What kind of weapon it is.
        public var kind: Kind

        /// A weapon from its parts.
        public init(span: Span, kind: Kind) {
            self.span = span
            self.kind = kind
        }
    }

    /// What kind of happening it is.
    public var type: IncidentType
    /// The kind more closely; nil where the story does not tell.
    public var subtype: IncidentSubtype?
    /// First day; nil where the story does not tell.
    public var from: Day?
    /// Last day; nil where the story does not tell.
    public var to: Day?
    /// Where it happened.
    public var place: Place?
    /// The words that name or tell the happening.
    public var mentions: [Span]
    /// Who acted and who was hit, in the order of the text; each once a role.
    public var actors: [Actor]
    /// What it was done with; nil where the story does not tell.
    public var weapon: Weapon?
    /// The words for what brought an accident or a disaster about: `a leaking gas pipe`; nil where the story does not tell.
    public var cause: Span?
    /// How many were killed; nil where the story does not tell.
    public var killed: Toll?
    /// How many were injured; nil where the story does not tell.
    public var injured: Toll?
    /// Whether it is what the story is about.
    public var main: Bool

    /// An incident mention from its parts.
    public init(
        type: IncidentType, subtype: IncidentSubtype? = nil, from: Day? = nil, to: Day? = nil, place: Place? = nil,
        mentions: [Span] = [], actors: [Actor] = [], weapon: Weapon? = nil, cause: Span? = nil, killed: Toll? = nil,
        injured: Toll? = nil, main: Bool = false
    ) {
        self.subtype = subtype
        self.actors = actors
        self.weapon = weapon
        self.cause = cause
        self.type = type
        self.from = from
        self.to = to
        self.place = place
        self.mentions = mentions
        self.killed = killed
        self.injured = injured
        self.main = main
    }
}

extension IncidentMention {
    /// A mention out of its JSON; readings of engines that looked for no actors have none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            type: try values.decode(IncidentType.self, forKey: .type),
            subtype: try values.decodeIfPresent(IncidentSubtype.self, forKey: .subtype),
            from: try values.decodeIfPresent(Day.self, forKey: .from),
            to: try values.decodeIfPresent(Day.self, forKey: .to),
            place: try values.decodeIfPresent(Place.self, forKey: .place),
            mentions: try values.decode([Span].self, forKey: .mentions),
            actors: try values.decodeIfPresent([Actor].self, forKey: .actors) ?? [],
            weapon: try values.decodeIfPresent(Weapon.self, forKey: .weapon),
            cause: try values.decodeIfPresent(Span.self, forKey: .cause),
            killed: try values.decodeIfPresent(Toll.self, forKey: .killed),
            injured: try values.decodeIfPresent(Toll.self, forKey: .injured),
            main: try values.decode(Bool.self, forKey: .main))
    }
}
