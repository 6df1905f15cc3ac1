public import Stories

/// Where in the world something happened, as the record shows it.
public typealias IncidentPlace = IncidentMention.Place

/// What one story says of an incident on the authority of one speaker: a figure, a denial, a refusal to say.
public struct Claim: Hashable, Sendable, Codable {
    /// What a claim does: states a figure, denies it, or tells that the speaker would not say.
    public typealias Stance = Attribution.Stance

    /// SHA-256 of the story, in hexadecimal.
    public var story: String
    /// Position among the story's claims, from 0.
    public var number: Int
    /// What is measured; nil where the claim is about no figure.
    public var measure: Figure.Measure?
    /// Lower bound, nil where unbounded.
    public var min: Double?
    /// Upper bound, nil where unbounded.
    public var max: Double?
    /// Whether the text says that the number is not exact.
    public var approximate: Bool
    /// How much of the incident the figure speaks of.
    public var scope: Figure.Scope
    /// The words of the figure, as printed; empty where there is none.
    public var phrase: String
    /// Of whom.
    public var who: String?
    /// Whom the figure counts, as far as its words say; empty where they say no more than `people`.
    public var population: [Figure.Population] = []
    /// The people that those counted are of, as printed: `Russian`.
    public var nationality: String?
    /// What the speaker does with the content.
    public var stance: Stance
    /// Who says so; of kind `author` where the story itself does.
    public var speaker: Speaker
    /// How many other unnamed speakers of the same description the story has before this one; nil for none.
    public var twin: Int?
    /// How many attributions stand between the story and the content; 0 where the story itself says so.
    public var depth: Int
    /// The sentence that it stands in, white space made plain.
    public var sentence: String
    /// The sentence's stretch of the story's text, in UTF-8 bytes.
    public var span: Span
    /// The words that the claim hangs on: the figure's, else the cue's; in UTF-8 bytes of the text, or of the title where
    /// `span` is empty.
    public var anchor = Span(0, 0)
    /// The day of publication of the story.
    public var published: Day?
    /// Who published the story.
    public var outlet: String?
    /// The review that leaves the claim out of the reckoning, by number.
    public var discounted: Int?
    /// The review that corrected the figure or the speaker, by number.
    public var review: Int?
    /// How sure the speaker is: `five may have been killed` is `possible`; nil where the story itself says so.
    public var certainty: Attribution.Certainty?
    /// Figures of one story and number add up: `three soldiers and five civilians`; nil where a figure stands alone.
    public var group: Int?
    /// Who passes on what the speaker told them, where the story has it at second hand.
    public var relay: Speaker?
    /// Whom the claim holds to have done it, where it is about that.
    public var responsibility: Responsibility?

    /// What the claim is called in reviews and listings: the story's short id, a point, the number.
    public var id: String { "\(story.prefix(12)).\(number)" }

    /// Whether it says how many, rather than that someone would not.
    public var isFigure: Bool {
        measure != nil && (min != nil || max != nil) && (stance == .assert || stance == .confirm)
    }
}

/// Who is said to have done what happened, and on whose word.
public struct Responsibility: Hashable, Sendable, Codable {
    /// On whose word a party did it: its own, another's, nobody's; or its word that it did not.
    public typealias Basis = IncidentMention.Actor.Basis

    /// The party, by the fullest name that the story has for it.
    public var party: String
    /// On whose word.
    public var basis: Basis
}

/// All claims of one speaker on one measure of an incident; a later one supersedes those before it.
///
/// Figures of one story that the speaker means to be added up stand as one claim, under the id of the first of them.
public struct Account: Hashable, Sendable, Codable {
    /// Whose account it is: what its claims are grouped by.
    public var key: String
    /// How the speaker is called.
    public var speaker: String
    /// What is measured.
    public var measure: Figure.Measure
    /// On what footing the speaker counts.
    public var standing: Standing
    /// The claims in time order; the last one is live.
    public var claims: [Claim]

    /// The claim that holds now.
    public var live: Claim { claims[claims.count - 1] }
}

/// On what footing a source counts victims, best first: the order in which `best` is chosen.
public enum Standing: Int, Codable, Sendable, CaseIterable, Comparable {
    /// It has a duty to count: health, rescue, coroner, police where they are no party, a UN body.
    case authority = 1
    /// A named person or body at the place: witnesses, hospital staff, local officials.
    case named
    /// A party to the fight, on its own losses.
    case ownLosses
    /// A source that the story does not name.
    case unnamed
    /// The outlet's own count, or a claim without a source.
    case outlet
    /// A party to the fight, on its enemy's losses.
    case enemyLosses

    /// Orders best first.
    public static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }

    /// The footing in words.
    public var label: String {
        switch self {
        case .authority: "authority with a duty to count"
        case .named: "named witness or official"
        case .ownLosses: "party on its own losses"
        case .unnamed: "unnamed source"
        case .outlet: "the outlet's own count"
        case .enemyLosses: "party on its enemy's losses"
        }
    }
}

/// How well a toll is supported.
public enum Grade: String, Codable, Sendable, CaseIterable {
    /// An authority and an independent account agree.
    case confirmed
    /// Two independent accounts agree.
    case fair
    /// One account, or several that do not bear each other out.
    case weak
    /// Two live accounts cannot both hold, or one is denied.
    case contested
}

/// The reconciled figure of an incident and a measure.
public struct Toll: Hashable, Sendable, Codable {
    /// What is measured.
    public var measure: Figure.Measure
    /// Smallest lower bound among accounts with standing.
    public var low: Double
    /// The figure that the stated order prefers.
    public var best: Double
    /// Largest upper bound among accounts with standing.
    public var high: Double
    /// How well it is supported.
    public var grade: Grade
    /// How the accounts stand to each other.
    public var state: State
    /// The rule that gave `best`, in words.
    public var rule: String
    /// Ids of the claims that give `low`, `best` and `high`.
    public var lowClaim: String?
    /// The claim that gives `best`.
    public var bestClaim: String?
    /// The claim that gives `high`.
    public var highClaim: String?
    /// The review that overrules the reckoning, by number.
    public var review: Int?

    /// How the accounts stand to each other.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// One account.
        case single
        /// All ranges meet.
        case agreeing
        /// One account, which revised its figure.
        case superseded
        /// Later counts are higher.
        case growing
        /// What differs speaks of a part, or of more than the incident.
        case scopeMismatch = "scope-mismatch"
        /// Two live claims cannot both hold.
        case contradictory
        /// One side denies what the other says.
        case denied
        /// The same dead are called civilians by some and combatants by others.
        case contestedStatus = "contested-status"
    }
}

/// A recorder's method of making one toll of many claims. None of them is "the" number.
public enum Profile: String, Codable, Sendable, CaseIterable {
    /// Low, best and high, fatalities only, after the Uppsala Conflict Data Program's GED.
    case ucdp
    /// One conservative number, after the Armed Conflict Location & Event Data project.
    case acled
    /// A range a population and a grade, after Airwars.
    case airwars
    /// Nothing lost: the range of all claims, pending where they disagree, after the Standards for Casualty Recording.
    case ecc
}

/// What a profile makes of an incident's claims for one measure and population.
public struct ProfileToll: Hashable, Sendable, Codable {
    /// Whom a toll counts.
    public enum Population: String, Codable, Sendable, CaseIterable {
        /// All of them.
        case all
        case civilian, combatant
        /// Those of whom nobody says whether they bore arms.
        case unknown
    }

    /// By whose method.
    public var profile: Profile
    /// What is measured.
    public var measure: Figure.Measure
    /// Of whom.
    public var population: Population
    /// The lower bound; nil where the method gives none.
    public var low: Double?
    /// The one number; nil where the method gives none, or leaves it open.
    public var best: Double?
    /// The upper bound; nil where the method gives none.
    public var high: Double?
    /// The method's own grade. After Airwars: `confirmed`, `fair`, `weak`, `contested`; `discounted` is for people to say.
    /// After the Standards: `corroborated`, `uncorroborated`, `undecidable`.
    public var grade: String?
    /// Whether the method holds the figure back until someone decides.
    public var pending: Bool
    /// Whether a number stands for words that give none: `dozens`.
    public var imputed: Bool
    /// The rule that fired, in words.
    public var rule: String
    /// Ids of the claims behind the lower bound.
    public var lowClaims: [String]
    /// Ids of the claims behind the one number.
    public var bestClaims: [String]
    /// Ids of the claims behind the upper bound.
    public var highClaims: [String]
}

/// Two live claims on one incident and measure that cannot both hold, or an assertion and its denial.
public struct Dispute: Hashable, Sendable, Codable {
    /// What is disputed.
    public var measure: Figure.Measure
    /// Why the two cannot both hold.
    public var kind: Kind
    /// The one side.
    public var first: Claim
    /// The other side.
    public var second: Claim

    /// The kinds of dispute.
    public enum Kind: String, Codable, Sendable {
        /// Ranges that do not meet.
        case contradiction
        /// One side denies what the other says.
        case denial
        /// One side calls those civilians whom the other calls combatants.
        case status = "contested-status"
    }
}

/// A story as a dossier lists it.
public struct StorySummary: Hashable, Sendable, Codable {
    /// SHA-256 of the story's text.
    public var digest: String
    /// Its headline, else its first sentence.
    public var headline: String
    /// Who published it.
    public var outlet: String?
    /// When it was published.
    public var published: Day?
    /// Where it came from: a path, a URL.
    public var page: String
    /// When the record first received it, ISO 8601.
    public var received: String
    /// How many times it came.
    public var receipts: Int
    /// The story that it is a copy of, where it is one.
    public var copyOf: String?
    /// Whether the copy is another outlet's print of it, or the same outlet's later version.
    public var copyKind: CopyKind?
    /// Whether its publisher took it back: its claims make no account.
    public var withdrawn = false
    /// The address that the publisher gives it.
    public var url: String?

    /// The first twelve digits of the digest, which name the story in listings.
    public var id: String { String(digest.prefix(12)) }
}

/// How a near copy stands to the story that it copies.
public enum CopyKind: String, Codable, Sendable {
    /// Another outlet printed it.
    case reprint
    /// The same outlet brought it up to date.
    case version
}

/// How much an incident's stories are worth as evidence: many reports can be few texts, and these of fewer origins.
public struct Coverage: Hashable, Sendable, Codable {
    /// How many stories tell of it.
    public var reports: Int
    /// How many texts they are, near copies counting once.
    public var texts: Int
    /// How many origins the claims have: who first said something, not who printed it.
    public var origins: Int
}

/// Why two stories are held to tell of one happening.
public struct StoryLink: Hashable, Sendable, Codable {
    /// Digest of the one story.
    public var first: String
    /// Digest of the other.
    public var second: String
    /// How likely it is that they tell of one happening, from 0 to 1.
    public var score: Double
    /// The share of their text that they have in common, where they are prints of one text.
    public var likeness: Double?
    /// What speaks for it, strongest first: `same date`, `3 km apart`.
    public var reasons: [String]
}

/// What a later version of a story says otherwise than the one before it.
public struct Revision: Hashable, Sendable, Codable {
    /// A figure as it was and as it is.
    public struct Change: Hashable, Sendable, Codable {
        /// The claim before; nil where the later version adds it.
        public var before: Claim?
        /// The claim after; nil where the later version drops it.
        public var after: Claim?
    }

    /// Digest of the earlier story.
    public var from: String
    /// Digest of the later one.
    public var to: String
    /// The figures that differ, in the order of the later text.
    public var changes: [Change]
}

/// Whether a person has looked at an incident.
public enum ReviewStatus: String, Codable, Sendable, CaseIterable {
    /// Nobody has.
    case unreviewed
    /// Somebody let it stand as reckoned.
    case confirmed
    /// Somebody set something of it by hand.
    case corrected
    /// Somebody wants it looked at again.
    case reopened
}

/// An incident as listings show it.
public struct IncidentSummary: Hashable, Sendable, Codable {
    /// The incident's id: that of its earliest story. The id of any of its stories finds it, too.
    public var id: String
    /// What kind of happening it is.
    public var type: IncidentType
    /// First day.
    public var from: Day?
    /// Last day.
    public var to: Day?
    /// Where it happened.
    public var place: IncidentPlace?
    /// The headline of its earliest story.
    public var headline: String
    /// How many stories tell of it, reprints included.
    public var stories: Int
    /// Its tolls, killed first.
    public var tolls: [Toll]
    /// How many disputes are live.
    public var disputes: Int
    /// Reports, texts, origins.
    public var coverage: Coverage
    /// Whether a person has looked at it.
    public var status: ReviewStatus
}

/// All that the record holds of one incident.
public struct Dossier: Hashable, Sendable, Codable {
    /// What it is, where, when, and the tolls.
    public var incident: IncidentSummary
    /// The stories, in order of publication.
    public var stories: [StorySummary]
    /// All claims, in time order.
    public var claims: [Claim]
    /// The accounts that the claims form, by measure and standing. Reprints and discounted claims form none.
    public var accounts: [Account]
    /// The live disputes.
    public var disputes: [Dispute]
    /// What each recorder's method makes of the claims.
    public var profiles: [ProfileToll]
    /// What later versions of a story say otherwise.
    public var revisions: [Revision]
    /// Ids of claims that a review discounts, or whose story was taken back.
    public var discounted: [String]
    /// Ids of claims that only repeat the text that their story copies: they make no account.
    public var repeated: [String]
    /// The reviews that touch the incident, oldest first.
    public var reviews: [Review]
    /// Numbers of those reviews whose claim this engine no longer finds: they wait for a person.
    public var unattached: [Int]
}

/// What a search found: a story, a claim or a statement, by a sentence.
public struct SearchHit: Hashable, Sendable, Codable {
    /// The story's digest.
    public var story: String
    /// The incident that the story tells of.
    public var incident: String?
    /// The story's headline.
    public var headline: String
    /// Who published it.
    public var outlet: String?
    /// When.
    public var published: Day?
    /// The sentence, matches between `[` and `]`.
    public var snippet: String
    /// The sentence's stretch of the story's text; empty where it is the title.
    public var span: Span
    /// Who says it, where a claim or a statement was looked for.
    public var speaker: String?
    /// How the speaker is known.
    public var kind: Speaker.Kind?
    /// What the speaker does with the content.
    public var stance: Attribution.Stance?
    /// The claim, where claims were looked for.
    public var claim: Claim?
}

/// A speaker, over the whole record.
public struct SourceSummary: Hashable, Sendable, Codable {
    /// What groups the speaker's claims: a body's spokespeople speak for the body, an unnamed source stands alone.
    public var key: String
    /// How the speaker is called.
    public var speaker: String
    /// How the speaker is known.
    public var kind: Speaker.Kind
    /// How many claims.
    public var claims: Int
    /// About how many incidents.
    public var incidents: Int
    /// In how many stories.
    public var stories: Int
}

/// A speaker with all that it claims, over the whole record.
public struct SourceClaims: Hashable, Sendable, Codable {
    /// A claim with the incident that it is about.
    public struct Entry: Hashable, Sendable, Codable {
        /// The claim.
        public var claim: Claim
        /// The incident's id.
        public var incident: String?
    }

    /// The speaker.
    public var source: SourceSummary
    /// Its claims, in time order.
    public var claims: [Entry]
}

/// A person's decision on the record.
public struct Review: Hashable, Sendable, Codable {
    /// What a review does.
    public enum Action: String, Codable, Sendable, CaseIterable {
        /// The incident stands as reckoned.
        case confirm
        /// Something is set by hand: an incident's toll, date, place or type (`killed=20..25`, `date=2018-02-07`), or a
        /// claim's figure, measure or speaker (`figure=23`).
        case correct
        /// The incident is the same as another.
        case merge
        /// A story does not belong to the incident that it was linked to.
        case split
        /// A claim is not to be reckoned with.
        case discount
        /// The incident is to be looked at again.
        case reopen
        /// Something worth keeping in mind, which changes nothing.
        case note
        /// An earlier review no longer holds.
        case undo
    }

    /// Its place in the chain, from 1.
    public var number: Int
    /// When, ISO 8601.
    public var at: String
    /// Who decided.
    public var who: String
    /// What was decided.
    public var action: Action
    /// On what: the digest of a story (which stands for its incident), a claim's id, or a review's number.
    public var subject: String
    /// The words that a claim hangs on, by which it is found again when a newer engine reads the story.
    public var anchor: String?
    /// What stood there before, in the words of `value`.
    public var before: String?
    /// What it comes to: what `correct` sets, the other incident of `merge`.
    public var value: String?
    /// Why.
    public var why: String
    /// Hash of the review before it; of nothing for the first.
    public var previous: String
    /// SHA-256 over all of the above.
    public var hash: String
}
