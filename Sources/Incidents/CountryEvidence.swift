internal import Language
internal import Stories

/// How much a story speaks of each country: by its dateline, the places that it names, and the people that it calls by
/// their country.
///
/// One town's name stands for many towns. Where the place found for a happening lies in a country that the story hardly
/// speaks of, and another country is spoken of all along, a place in that one is looked for instead.
struct CountryEvidence {
    private let scene: Scene
    private var weights: [String: Double] = [:]

    init(scene: Scene) {
        self.scene = scene
        let line = scene.analysis.story.anatomy.dateline?.span
        for place in scene.places {
            guard let country = place.country else { continue }
            let isDateline = line.map { $0.start <= place.span.start && place.span.end <= $0.end } ?? false
            weights[country, default: 0] += isDateline ? 3 : 1
        }
        for index in scene.analysis.tokens.indices where scene.analysis.tokens[index].isIn(.nationality) {
            guard let code = scene.analysis.value(of: index, in: .nationality), code > 0xFF,
                let high = UInt8(exactly: code >> 8)
            else { continue }
            weights[String(decoding: [high, UInt8(code & 0xFF)], as: UTF8.self), default: 0] += 1
        }
    }

    /// The scene with the places of the likelier country alone, where a place is unlikely; nil where it may stand.
    func sceneInstead(of place: IncidentMention.Place?) -> Scene? {
        let own = place?.country.map { 1 + (weights[$0] ?? 0) } ?? 0
        // Equal weights: the country whose code comes first, so that no hash decides.
        guard let best = weights.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.key != place?.country,
            best.value >= 2 * own + 0.5
        else { return nil }
        let places = scene.places.filter { $0.country == best.key }
        return places.isEmpty ? nil : scene.with(places: places)
    }
}
