import Incidents
import Stories
import TestSupport
import Testing

@Suite("Linking")
struct LinkerTests {
    private func item(
        _ id: String, _ type: IncidentType, _ day: String?, _ place: (String, String, Double, Double, PlaceLevel)?,
        _ words: String,
        published: String? = nil
    ) -> Linker.Item {
        let day = day.flatMap { Day(iso: $0) }
        return Linker.Item(
            id: id,
            incident: IncidentMention(
                type: type, from: day, to: day,
                place: place.map { .init(name: $0.0, country: $0.1, lat: $0.2, lon: $0.3, level: $0.4) }, main: true),
            published: published.flatMap { Day(iso: $0) },
            words: Set(words.split(separator: " ").map { word in word.utf8.reduce(7) { $0 &* 31 &+ Int($1) } }))
    }

    private let aleppo = ("Aleppo", "SY", 36.2, 37.16, PlaceLevel.populated)
    private let homs = ("Homs", "SY", 34.73, 36.72, PlaceLevel.populated)

    @Test("joins what agrees in kind, days and place, and nothing else")
    func pairs() {
        let items = [
            item("a", .bombing, "2020-03-01", aleppo, "market bomb aleppo"),
            item("b", .explosion, "2020-03-02", aleppo, "blast market aleppo"),
            item("c", .bombing, "2020-03-01", homs, "market bomb homs"),
            item("d", .bombing, "2020-04-01", aleppo, "market bomb aleppo"),
            item("e", .election, "2020-03-01", aleppo, "market vote aleppo"),
            item("f", .bombing, nil, aleppo, "market bomb", published: "2020-03-02"),
        ]
        #expect(Linker().link(items) == [0, 0, 2, 3, 4, 0])
    }

    @Test("depends on the stories, not on their order", arguments: 0..<20)
    func order(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let words = ["market bomb aleppo", "blast aleppo", "bomb homs", "raid homs night"]
        let items = (0..<40).map { index in
            item(
                "\(index)", [.bombing, .attack, .airstrike][Int.random(in: 0..<3, using: &random)],
                "2020-03-0\(Int.random(in: 1...9, using: &random))",
                Bool.random(using: &random) ? aleppo : homs, words[Int.random(in: 0..<4, using: &random)])
        }
        func sets(_ items: [Linker.Item]) -> Set<Set<String>> {
            var groups: [Int: Set<String>] = [:]
            for (item, group) in zip(items, Linker().link(items)) { groups[group, default: []].insert(item.id) }
            return Set(groups.values)
        }
        #expect(sets(items) == sets(items.shuffled(using: &random)))
    }

    @Test("knows that two street addresses are two places")
    func addresses() {
        let first = ("12 Oak Street", "US", 41.0, -87.0, PlaceLevel.exact)
        let second = ("99 Elm Street", "US", 41.0, -87.0, PlaceLevel.exact)
        #expect(
            Linker().link([
                item("a", .shooting, "2020-03-01", first, "shot man"),
                item("b", .shooting, "2020-03-01", second, "shot man"),
            ]) == [0, 1])
    }
}
