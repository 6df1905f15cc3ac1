/// What two stories have in common and in what they differ, as numbers; NaN where it cannot be told.
///
/// The trees of `LinkModel` were fitted on these: who changes one trains anew (Documentation/Linking.md).
package struct LinkFeatures: Sendable {
    /// What each number is, in order.
    package enum Name: Int, Sendable, CaseIterable {
        /// Cosine of the two texts' words, and of title and opening.
        case body, head
        /// How much of the one's opening stands anywhere in the other; the mean of both ways, and the lesser.
        case crossed, crossedLeast
        /// Weight of rare words in common; of numbers; and how much of all weight of the ten rarest it is.
        case rare, numbers, share
        /// Weight of persons' last names in common, their share of the lesser number, that number, whole names in common.
        case persons, personShare, personCount, wholeNames
        /// Weight of the involved in common; 1 where both tell of involved and share one, -1 where none.
        case involved, involvedAgree
        /// Weight of speakers in common.
        case speakers
        /// Weight of names of places in common, their share of the lesser number.
        case places, placeShare
        /// Weight of other names in common, their share of the lesser number.
        case bodies, bodyShare
        /// Kilometres between the places; the coarser level of the two.
        case distance, coarseness
        /// Whether the streets, the places' names and the countries are the same.
        case sameStreet, samePlace, sameCountry
        /// Days between the incidents, between the publications, from the later incident's day back to the other's
        /// publication.
        case dayGap, publishedGap, lead
        /// Days that both name; days of any year that both name; whether the days of the week are the same.
        case sharedDays, sharedYearDays, weekdays
        /// How far the killed and the injured differ, and the lesser of both.
        case killedGap, killedLeast, injuredGap, injuredLeast
        /// Ages in common, their share of the lesser number.
        case ages, ageShare
        /// 1 for the same type.
        case type
        /// How many words the shorter text has.
        case length
        /// Kilometres from the one's place to the nearest point that the other names; the lesser and the greater of both ways.
        case nearest, farthest
        /// -1 where both lead with a place and neither names any near the other's, 1 where they do.
        case placeAgree
    }

    /// How many there are.
    package static let count = 40
    /// The numbers, in the order of `Name`.
    package private(set) var values = InlineArray<40, Float>(repeating: .nan)

    subscript(_ name: Name) -> Float {
        get { values[name.rawValue] }
        set { values[name.rawValue] = newValue }
    }

    /// What two stories have in common; the same both ways round.
    package init(_ a: LinkItem, _ b: LinkItem) {
        compareTerms(a, b)
        compareNames(a, b)
        comparePlaces(a, b)
        compareSpots(a, b)
        compareDays(a, b)
        compareFigures(a, b)
    }

    private mutating func compareTerms(_ a: LinkItem, _ b: LinkItem) {
        var (body, head, rare, numbers) = (0, 0, 0, 0)
        var (oneHead, otherHead) = (0, 0)
        let (ones, others) = (a.terms.span, b.terms.span)
        var (i, j) = (0, 0)
        while i < ones.count, j < others.count {
            if ones[i].hash < others[j].hash {
                i += 1
            } else if ones[i].hash > others[j].hash {
                j += 1
            } else {
                let (one, other) = (ones[i], others[j])
                body += Int(one.body) * Int(other.body)
                head += Int(one.head) * Int(other.head)
                oneHead += Int(one.head) * Int(one.head)
                otherHead += Int(other.head) * Int(other.head)
                if LinkWords.isNumber(one.hash) {
                    if one.level >= 96 { numbers += Int(one.level) }
                } else if one.level >= 144 {
                    rare += Int(one.level) - 96
                }
                i += 1
                j += 1
            }
        }
        self[.body] = Float(body) / 160_000
        self[.head] = Float(head) / 160_000
        self[.crossed] = Float(oneHead + otherHead) / 320_000
        self[.crossedLeast] = Float(min(oneHead, otherHead)) / 160_000
        self[.rare] = Float(rare) / 32
        self[.numbers] = Float(numbers) / 32
        self[.share] = Float(rare) / 32 / Float(max(8, min(ones.count, others.count)))
        self[.length] = Float(min(a.length, b.length))
    }

    private mutating func compareNames(_ a: LinkItem, _ b: LinkItem) {
        let (left, right) = (a.names.span, b.names.span)
        var shared = Tally()
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            let (one, other) = (left[i], right[j])
            if one.hash == other.hash {
                shared.add(one.traits.intersection(other.traits), one.traits.union(other.traits), one.level)
                i += 1
                j += 1
            } else if one.hash < other.hash {
                i += 1
            } else {
                j += 1
            }
        }
        let (one, other) = (Tally.counts(left), Tally.counts(right))
        let persons = min(one.persons, other.persons)
        self[.persons] = Float(shared.personWeight) / 32
        self[.personCount] = Float(persons)
        if persons > 0 { self[.personShare] = Float(shared.persons) / Float(persons) }
        self[.wholeNames] = Float(shared.whole)
        self[.involved] = Float(shared.involvedWeight) / 32
        if one.involved > 0, other.involved > 0 { self[.involvedAgree] = shared.involved > 0 ? 1 : -1 }
        self[.speakers] = Float(shared.speakerWeight) / 32
        let places = min(one.places, other.places)
        self[.places] = Float(shared.placeWeight) / 32
        if places > 0 { self[.placeShare] = Float(shared.places) / Float(places) }
        let bodies = min(one.bodies, other.bodies)
        self[.bodies] = Float(shared.bodyWeight) / 32
        if bodies > 0 { self[.bodyShare] = Float(shared.bodies) / Float(bodies) }
    }

    /// How many names of each kind, and how rare.
    private struct Tally {
        var (persons, personWeight, whole, involved, involvedWeight, speakerWeight) = (0, 0, 0, 0, 0, 0)
        var (places, placeWeight, bodies, bodyWeight) = (0, 0, 0, 0)

        /// A name that both have: `both` holds what it is in both, `either` what it is in one at least.
        mutating func add(_ both: LinkItem.Traits, _ either: LinkItem.Traits, _ level: UInt8) {
            let level = Int(level)
            if both.contains(.person) {
                if either.contains(.speaker), !either.contains(.involved) {
                    speakerWeight += level
                } else {
                    persons += 1
                    personWeight += level
                    if either.contains(.involved) {
                        involved += 1
                        involvedWeight += level
                    }
                }
            } else if both.contains(.full) {
                if !either.contains(.speaker) { whole += 1 }
            } else if both.contains(.place) {
                places += 1
                placeWeight += level
            } else {
                bodies += 1
                bodyWeight += level
            }
        }

        static func counts(_ names: Span<LinkItem.Name>) -> Tally {
            var tally = Tally()
            for index in names.indices {
                let traits = names[index].traits
                if traits.contains(.person) {
                    if !traits.contains(.speaker) || traits.contains(.involved) { tally.persons += 1 }
                    if traits.contains(.involved) { tally.involved += 1 }
                } else if traits.contains(.place) {
                    tally.places += 1
                } else if traits.contains(.other) {
                    tally.bodies += 1
                }
            }
            return tally
        }
    }

    private mutating func comparePlaces(_ a: LinkItem, _ b: LinkItem) {
        if let distance = LinkFeatures.distance(a, b) { self[.distance] = Float(min(LinkFeatures.far, distance)) }
        if a.level != 255, b.level != 255 { self[.coarseness] = Float(max(a.level, b.level)) }
        if a.street != 0, b.street != 0 { self[.sameStreet] = a.street == b.street ? 1 : 0 }
        if a.place != 0, b.place != 0 { self[.samePlace] = a.place == b.place ? 1 : 0 }
        if a.country != 0, b.country != 0 { self[.sameCountry] = a.country == b.country ? 1 : 0 }
    }

    /// Kilometres between the places of the incidents; nil where one is not known.
    static func distance(_ a: LinkItem, _ b: LinkItem) -> Double? {
        guard a.lat != LinkItem.unknown, b.lat != LinkItem.unknown else { return nil }
        return Earth.distance(
            Double(a.lat) / 10_000, Double(a.lon) / 10_000, Double(b.lat) / 10_000, Double(b.lon) / 10_000)
    }

    private mutating func compareSpots(_ a: LinkItem, _ b: LinkItem) {
        let one = LinkFeatures.nearest(a, b)
        let other = LinkFeatures.nearest(b, a)
        if let one, let other {
            self[.nearest] = min(one, other)
            self[.farthest] = max(one, other)
        } else if let known = one ?? other {
            self[.nearest] = known
        }
        let isAbroad = LinkFeatures.isAbroad(a, b) && LinkFeatures.isAbroad(b, a)
        if let one, let other, min(one, other) <= LinkFeatures.near {
            self[.placeAgree] = 1
        } else if isAbroad || one != nil && other != nil {
            self[.placeAgree] = a.isPlaceLeading && b.isPlaceLeading ? -1 : 0
        }
    }

    /// Whether the place of `a` lies in a country of which `b` names nothing, but of others; of a story without a place all
    /// the countries that it names stand for it.
    private static func isAbroad(_ a: LinkItem, _ b: LinkItem) -> Bool {
        guard b.country != 0 || !b.countries.isEmpty else { return false }
        if a.country != 0 { return b.country != a.country && !b.countries.contains(a.country) }
        return !a.countries.isEmpty && !a.countries.contains(b.country)
            && !a.countries.contains(where: b.countries.contains)
    }

    /// Points that lie no farther apart may be of one town and its surroundings.
    private static let near: Float = 50
    /// How much farther they lie says nothing more.
    private static let far = 120.0

    /// Kilometres from the place of `a`, where it is a district or less, to the nearest point that `b` names.
    private static func nearest(_ a: LinkItem, _ b: LinkItem) -> Float? {
        guard a.lat != LinkItem.unknown, a.level <= 2 else { return nil }
        let (lat, lon) = (Double(a.lat) / 10_000, Double(a.lon) / 10_000)
        var least = Double.infinity
        if b.lat != LinkItem.unknown, b.level <= 2 {
            least = Earth.distance(lat, lon, Double(b.lat) / 10_000, Double(b.lon) / 10_000)
        }
        for spot in b.spots {
            // A degree of latitude is 111 km: what lies farther north or south than the least so far is passed over.
            let south = (Double(spot.lat) / 100 - lat).magnitude * 111
            guard south < least else { continue }
            least = min(least, Earth.distance(lat, lon, Double(spot.lat) / 100, Double(spot.lon) / 100))
        }
        return least == .infinity ? nil : Float(min(far, least))
    }

    private mutating func compareDays(_ a: LinkItem, _ b: LinkItem) {
        let unknown = LinkItem.unknown
        let hasDays = a.from != unknown && b.from != unknown
        let hasPublished = a.published != unknown && b.published != unknown
        if hasDays { self[.dayGap] = Float(max(0, max(a.from, b.from) &- min(a.to, b.to))) }
        if hasPublished { self[.publishedGap] = Float((a.published &- b.published).magnitude) }
        var lead = Float.nan
        if a.from != unknown, b.published != unknown { lead = Float(a.from &- b.published) }
        if b.from != unknown, a.published != unknown {
            let other = Float(b.from &- a.published)
            lead = lead.isNaN ? other : max(lead, other)
        }
        self[.lead] = lead
        if !a.dates.isEmpty, !b.dates.isEmpty {
            self[.sharedDays] = Float(LinkFeatures.shared(a.dates.span, b.dates.span))
        }
        if !a.yearDays.isEmpty, !b.yearDays.isEmpty {
            self[.sharedYearDays] = Float(LinkFeatures.shared(a.yearDays.span, b.yearDays.span))
        }
        if a.weekdays != 0, b.weekdays != 0 { self[.weekdays] = a.weekdays & b.weekdays != 0 ? 1 : 0 }
    }

    private mutating func compareFigures(_ a: LinkItem, _ b: LinkItem) {
        if a.killed >= 0, b.killed >= 0 {
            self[.killedGap] = Float((a.killed &- b.killed).magnitude)
            self[.killedLeast] = Float(min(a.killed, b.killed))
        }
        if a.injured >= 0, b.injured >= 0 {
            self[.injuredGap] = Float((a.injured &- b.injured).magnitude)
            self[.injuredLeast] = Float(min(a.injured, b.injured))
        }
        if !a.ages.isEmpty, !b.ages.isEmpty {
            let shared = Float(LinkFeatures.shared(a.ages.span, b.ages.span))
            self[.ages] = shared
            self[.ageShare] = shared / Float(min(a.ages.count, b.ages.count))
        }
        if a.type != 255, b.type != 255 { self[.type] = a.type == b.type ? 1 : 0 }
    }

    private static func shared<Element: Comparable>(_ a: Span<Element>, _ b: Span<Element>) -> Int {
        var (i, j, count) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                count += 1
                i += 1
                j += 1
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return count
    }
}
