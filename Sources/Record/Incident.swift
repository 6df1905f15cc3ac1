internal import Stories

/// One incident, made of the stories that were linked to it.
struct Incident {
    /// A story as an incident is made of it.
    struct Story: Sendable {
        var number: Int64
        var digest: String
        var published: Day?
        var outlet: String?
        var headline: String
        var type: IncidentType?
        var from: Day?
        var to: Day?
        var place: IncidentPlace?
        var sketch: Sketch
        var claims: [Claim]
        /// What each claim says as it was read, whatever reviews made of it (`Incident.content`).
        var contents: [String]
        /// The publisher's id of the item, which of its versions it is, and what may be done with it.
        var guid: String?
        var version: Int?
        var usage: Provenance.Status?
        var copyOf: String?
        var copyKind: CopyKind?
    }

    /// What one speaker says in an incident.
    struct Tally {
        var key: String
        var speaker: String
        var kind: Speaker.Kind
        var claims: Int
        var stories: Int
    }

    let id: String
    let stories: [Story]
    /// All claims, in time order.
    let claims: [Claim]
    let accounts: [Account]
    let disputes: [Dispute]
    let tolls: [Toll]
    /// Digests of stories that their publisher took back.
    let withdrawn: Set<String>
    /// Ids of claims that a review discounts, or that stand in a story which was taken back.
    let discounted: Set<String>
    /// Ids of claims that only repeat what the text that they copy says.
    let repeated: Set<String>
    private let reckoning: Reckoning
    private let corrections: Corrections
    private let status: ReviewStatus

    /// An incident of stories that come earliest first, near copies marked.
    init(id: String, stories: [Story], decisions: Decisions) {
        self.id = id
        self.stories = stories
        claims = Reckoning.inTime(stories.flatMap(\.claims))
        let withdrawn = Incident.withdrawn(stories)
        self.withdrawn = withdrawn
        discounted = Set(claims.filter { $0.discounted != nil || withdrawn.contains($0.story) }.map(\.id))
        repeated = Incident.repeated(stories)
        let digests = Set(stories.map(\.digest))
        corrections = decisions.corrections(of: digests)
        status = decisions.status(of: digests)
        reckoning = Reckoning(claims, ignored: discounted.union(repeated), corrections: corrections.tolls)
        accounts = reckoning.accounts()
        disputes = reckoning.disputes(accounts)
        tolls = reckoning.tolls(accounts, disputes)
    }

    /// The stories that stand no longer: all versions of an item whose latest version says so. Of versions with one number a
    /// cancellation is the latest.
    private static func withdrawn(_ stories: [Story]) -> Set<String> {
        var latest: [String: (version: Int, isWithdrawn: Bool)] = [:]
        for story in stories {
            guard let guid = story.guid else { continue }
            let isWithdrawn = story.usage == .canceled || story.usage == .withheld
            let found = (story.version ?? 0, isWithdrawn)
            guard let before = latest[guid],
                (before.version, before.isWithdrawn ? 1 : 0) >= (found.0, found.1 ? 1 : 0)
            else {
                latest[guid] = found
                continue
            }
        }
        return Set(
            stories.filter { story in
                if let guid = story.guid { return latest[guid]?.isWithdrawn == true }
                return story.usage == .canceled || story.usage == .withheld
            }.map(\.digest))
    }

    /// The claims of reprints that add nothing: the printing outlet's own voice, which is that of the text it prints, and
    /// what an earlier print of the text says in the same words. What a reprint has that is new stands.
    private static func repeated(_ stories: [Story]) -> Set<String> {
        var repeated: Set<String> = []
        var said: [String: Set<String>] = [:]
        for story in stories {
            let text = story.copyOf ?? story.digest
            for (claim, content) in zip(story.claims, story.contents) {
                let isNew = said[text, default: []].insert(content).inserted
                if story.copyKind == .reprint, !isNew || claim.speaker.kind == .author { repeated.insert(claim.id) }
            }
        }
        return repeated
    }

    /// What a claim says, whoever prints it: two prints of one text say the same.
    static func content(_ claim: Claim) -> String {
        let speaker = SpeakerBook.key(claim.speaker, outlet: nil, story: "", twin: claim.twin)
        return
            "\(speaker)|\(claim.measure?.rawValue ?? "")|\(claim.stance.rawValue)|\(claim.scope.rawValue)|\(claim.phrase)"
    }

    /// The incident for a listing: the type that most stories name, the days and the place that most give, the place as
    /// exact as any gives it; and over all of these what a review set by hand.
    var summary: IncidentSummary {
        let from = corrections.days?.from ?? common(stories.compactMap(\.from))
        return IncidentSummary(
            id: id, type: corrections.type ?? common(stories.compactMap(\.type)) ?? .other, from: from,
            to: corrections.days?.to ?? stories.first { $0.from == from && $0.to != nil }?.to ?? from,
            place: corrections.place ?? place(stories.compactMap(\.place)),
            headline: stories.first?.headline ?? "", stories: stories.count, tolls: tolls, disputes: disputes.count,
            coverage: coverage, status: status)
    }

    /// What each recorder's method makes of the claims. Where shells fall, words without a number stand for more.
    var profiles: [ProfileToll] {
        let heavy: Set<IncidentType> = [.battle, .shelling, .bombing, .airstrike]
        return Profiles(reckoning, accounts, disputes, isHeavy: heavy.contains(summary.type)).tolls()
    }

    /// Reports, texts and origins. Who says nothing of figures has an origin all the same: the outlet.
    var coverage: Coverage {
        let texts = stories.filter { $0.copyKind != .reprint }
        let speakers = Set(
            claims.filter { $0.isFigure && !repeated.contains($0.id) && !discounted.contains($0.id) }.map {
                SpeakerBook.key($0)
            })
        let outlets = Set(texts.map { $0.outlet?.lowercased() ?? $0.digest })
        return Coverage(
            reports: stories.count, texts: stories.count { $0.copyOf == nil },
            origins: speakers.isEmpty ? outlets.count : speakers.count)
    }

    /// What each speaker says, reprints left out.
    var speakers: [Tally] {
        struct Name: Hashable {
            var key: String
            var label: String
            var kind: Speaker.Kind
        }
        var stories: [Name: Int] = [:]
        var counts: [Name: Int] = [:]
        var met: Set<String> = []
        for claim in self.claims where claim.speaker.kind != .author && !repeated.contains(claim.id) {
            let name = Name(
                key: SpeakerBook.key(claim), label: SpeakerBook.label(claim), kind: claim.speaker.kind)
            counts[name, default: 0] += 1
            // A story counts once for a speaker, under the name that it calls the speaker by first.
            if met.insert(name.key + "|" + claim.story).inserted { stories[name, default: 0] += 1 }
        }
        return counts.map { name, count in
            Tally(key: name.key, speaker: name.label, kind: name.kind, claims: count, stories: stories[name] ?? 0)
        }.sorted { ($0.key, $0.speaker, $0.kind.rawValue) < ($1.key, $1.speaker, $1.kind.rawValue) }
    }

    private func place(_ places: [IncidentPlace]) -> IncidentPlace? {
        guard let name = common(places.map(\.name)) else { return nil }
        let exact = places.filter { $0.level == .exact || $0.level == .populated }
        return exact.first { $0.name == name } ?? (exact.isEmpty ? places.first { $0.name == name } : exact.first)
    }

    /// The commonest value; of equals the first.
    private func common<Value: Hashable>(_ values: [Value]) -> Value? {
        var counts: [Value: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        return values.first { counts[$0] == most }
    }
}
