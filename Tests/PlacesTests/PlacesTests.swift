import Language
import Places
import Stories
import TestSupport
import Testing

@Suite("Places")
struct PlacesTests {
    private func places(_ text: String) -> [PlaceMention] {
        PlaceReader().read(LanguageReader().read(Story(text: text)))
    }

    @Test(
        "are found under the names that newsrooms use",
        arguments: [
            ("Shells fell near Deir al-Zor on Monday.", "SY", 35.3, 40.1),
            ("He left for Kyiv on Monday.", "UA", 50.5, 30.5),
            ("She works in the U.S. now.", "US", 39.8, -98.5), ("Boats left from São Paulo state.", "BR", -23.5, -46.6),
        ])
    func found(text: String, country: String, lat: Double, lon: Double) throws {
        let place = try #require(places(text).first)
        #expect(place.country == country)
        #expect(abs((place.lat ?? 0) - lat) < 2 && abs((place.lon ?? 0) - lon) < 2, "\(place)")
    }

    @Test("of one name are told apart by what stands behind the comma")
    func containers() throws {
        let texan = try #require(places("The mill in Paris, Texas, closed.").first)
        #expect(texan.country == "US" && abs((texan.lat ?? 0) - 33.66) < 0.5)
        let french = try #require(places("The mill in Paris, France, closed.").first)
        #expect(french.country == "FR")
        let short = try #require(places("The mill in Erie, Pa., closed.").first)
        #expect(short.country == "US" && abs((short.lat ?? 0) - 42.1) < 0.5)
    }

    @Test("are no people, and no streets")
    func others() {
        #expect(places("Officer Jordan Lincoln spoke.").isEmpty)
        #expect(!places("A man was shot on Denver Avenue.").contains { $0.name == "Denver" })
    }

    @Test("hold their spans in any text", arguments: 0..<60)
    func property(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let story = Story(text: random.text(pieces: 80))
        let found = PlaceReader().read(LanguageReader().read(story))
        #expect(found.allSatisfy { SpanCheck.holds($0.span, in: story.bytes) })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.span.end <= $1.span.start })
    }
}
