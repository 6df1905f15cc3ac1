internal import Language
internal import Stories

/// Tells where a happening took place.
struct IncidentPlaces {
    let scene: Scene

    private var analysis: Analysis { scene.analysis }

    /// The most exact place that the telling sentences give: the lead's own, made more exact by those behind it.
    ///
    /// - Parameter isAside: whether nothing but those sentences is to be looked at.
    func place(of sentences: [Int], lead: Int, isAside: Bool = false) -> IncidentMention.Place? {
        var best: PlaceMention?
        for sentence in sentences.prefix(12) {
            for place in scene.places(in: sentence) where !isDateline(place) && isSetting(place) {
                guard let chosen = best else {
                    best = place
                    continue
                }
                // Only what lies in the place told so far makes it more exact.
                if rank(place) < rank(chosen), chosen.country == nil || chosen.country == place.country,
                    rank(chosen) >= 3
                {
                    best = place
                }
            }
            if let best, rank(best) <= 2 { break }
        }
        if isAside { return best.map(IncidentPlaces.place) }
        if best == nil { best = scene.places.first { !isDateline($0) && isSetting($0) } }
        if let line = scene.places.first(where: isDateline),
            best == nil || rank(best ?? line) >= 4 && best?.country == line.country
        {
            best = line
        }
        guard let address = AddressFinder(analysis: analysis).address(telling: Set(sentences)) else {
            return best.map(IncidentPlaces.place)
        }
        return IncidentMention.Place(
            name: analysis.text(of: address), country: best?.country, lat: best?.lat, lon: best?.lon, level: .exact,
            span: analysis.span(of: address))
    }

    static func place(_ place: PlaceMention) -> IncidentMention.Place {
        IncidentMention.Place(
            name: place.name, country: place.country, lat: place.lat, lon: place.lon, level: place.level,
            span: place.span)
    }

    private func isDateline(_ place: PlaceMention) -> Bool {
        guard let line = analysis.story.anatomy.dateline else { return false }
        return line.span.start <= place.span.start && place.span.end <= line.span.end
    }

    /// Whether a preposition of place stands before it, so that it is no attribute: `in Syria`, not `Syria's` or `Syria talks`.
    private func isSetting(_ place: PlaceMention) -> Bool {
        guard let sentence = scene.sentence(at: place.span.start) else { return false }
        let range = analysis.sentences[sentence].tokens
        guard var index = range.first(where: { Int(analysis.tokens[$0].start) >= place.span.start }) else {
            return false
        }
        if isDestination(index) { return false }
        var steps = 0
        while index > range.lowerBound, steps < 6 {
            index -= 1
            steps += 1
            if analysis.is(
                index, anyOf: "in", "near", "at", "outside", "on", "around", "across", "into", "over", "off", "from",
                "of", "inside", "along", "to", "toward")
            {
                return true
            }
            let token = analysis.tokens[index]
            if token.tag == .verb || token.tag == .auxiliary { return false }
        }
        return false
    }

    /// Whether a place is where somebody was bound for: "took off for the city of Orsk".
    private func isDestination(_ index: Int) -> Bool {
        var head = index
        let joints: Set<Relation> = [.nominalModifier, .apposition, .compound, .flatName, .nominalDescription]
        while joints.contains(analysis.tokens[head].relation), analysis.tokens[head].head >= 0 {
            head = Int(analysis.tokens[head].head)
        }
        var at = min(head, index)
        while at > 0, index - at < 8 {
            at -= 1
            if analysis.tokens[at].relation == .caseMarker, Int(analysis.tokens[at].head) == head {
                return analysis.is(at, "for")
            }
        }
        return false
    }

    private func rank(_ place: PlaceMention) -> Int {
        switch place.level {
        case .exact: 0
        case .populated: 1
        case .district: 2
        case .province: 3
        case .country: 4
        case .region, nil: 5
        }
    }
}
