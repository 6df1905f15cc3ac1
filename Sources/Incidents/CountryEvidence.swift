internal import Language
internal import Stories

/// How much a story speaks of each country: by its dateline, the places that it names, and the people that it calls by
/// their country.
///
/// One town's name stands for many towns. Where the place found for a happening lies in a country that the story hardly
/// speaks of, and does not name (`two Russians were killed in Egypt` does), a place in the country that it speaks of most is
/// looked for instead.
struct CountryEvidence {
    private let scene: Scene
    private var weights: [String: Double] = [:]
    /// The countries that are named as such; `U.S.` is as often an adjective.
    private var named: Set<String> = []

    init(scene: Scene) {
        self.scene = scene
        let line = scene.analysis.story.anatomy.dateline?.span
        let tokens = scene.analysis.tokens
        var at = 0
        for place in scene.places {
            guard let country = place.country else { continue }
            // What follows in a dateline is an agency or a date.
            let isDateline = line.map { $0.start == place.span.start } ?? false
            if !isDateline, let line, line.contains(place.span.start) { continue }
            while at < tokens.count, Int(tokens[at].end) <= place.span.start { at += 1 }
            // An adjective is counted once, below.
            if at < tokens.count, tokens[at].isIn(.nationality) { continue }
            weights[country, default: 0] += isDateline ? 3 : 1
            if place.level == .country { named.insert(country) }
        }
        for index in tokens.indices where tokens[index].isIn(.nationality) {
            guard let code = scene.analysis.value(of: index, in: .nationality), code > 0xFF,
                let high = UInt8(exactly: code >> 8)
            else { continue }
            weights[String(decoding: [high, UInt8(code & 0xFF)], as: UTF8.self), default: 0] += 1
        }
    }

    /// The scene with the places of the likelier country alone, where a place is unlikely; nil where it may stand.
    func sceneInstead(of place: IncidentMention.Place?) -> Scene? {
        let own = place?.country.flatMap { weights[$0] } ?? 0
        // Equal weights: the country whose code comes first, so that no hash decides.
        guard let best = weights.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.key != place?.country,
            own <= 4, best.value >= 1.5 * own + 0.5, !(place?.country.map(named.contains) ?? false)
        else { return nil }
        let places = scene.places.filter { $0.country == best.key }
        return places.isEmpty ? nil : scene.with(places: places)
    }
}
