internal import Stories

/// One incident, made of the stories that were linked to it.
struct Incident {
    let id: String
    let stories: [RecordStore.Known]
    let claims: [Claim]
    let accounts: [Account]
    let disputes: [Dispute]
    let tolls: [Toll]
    let discounted: Set<String>

    /// An incident of stories that come earliest first.
    init(id: String, stories: [RecordStore.Known], decisions: Decisions) {
        self.id = id
        self.stories = stories
        claims = Reckoning.inTime(stories.flatMap(\.claims))
        discounted = decisions.discounted
        let reckoning = Reckoning(
            claims, reprints: Set(stories.filter { $0.copyKind == .reprint }.map(\.digest)),
            discounted: decisions.discounted,
            corrections: decisions.corrections(of: stories.map(\.digest)))
        accounts = reckoning.accounts()
        disputes = reckoning.disputes(accounts)
        tolls = reckoning.tolls(accounts, disputes)
    }

    /// The incident for a listing: the type that most stories name, the days and the place that most give, the place as
    /// exact as any gives it.
    var summary: IncidentSummary {
        let mentions = stories.compactMap(\.mention)
        let from = common(mentions.compactMap(\.from))
        return IncidentSummary(
            id: id, type: common(mentions.map(\.type)) ?? .other, from: from,
            to: mentions.first { $0.from == from && $0.to != nil }?.to ?? from, place: place(mentions),
            headline: stories.first?.headline ?? "", stories: stories.count, tolls: tolls, disputes: disputes.count,
            coverage: Coverage(
                reports: stories.count, texts: stories.count { $0.copyOf == nil },
                origins: Set(accounts.map(\.key)).count), status: .unreviewed)
    }

    private func place(_ mentions: [IncidentMention]) -> IncidentPlace? {
        let places = mentions.compactMap(\.place)
        guard let name = common(places.map(\.name)) else { return nil }
        let exact = places.filter { $0.level == .exact || $0.level == .populated }
        let best = exact.first { $0.name == name } ?? (exact.isEmpty ? places.first { $0.name == name } : exact.first)
        // Its span counts in one story's text, which a listing does not show.
        var place = best
        place?.span = nil
        return place
    }

    /// The commonest value; of equals the first.
    private func common<Value: Hashable>(_ values: [Value]) -> Value? {
        var counts: [Value: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        return values.first { counts[$0] == most }
    }
}
