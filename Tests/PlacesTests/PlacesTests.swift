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

    private func place(_ name: String, in text: String) -> PlaceMention? {
        places(text).first { Story(text: text).text($0.span) == name }
    }

    private func isNear(_ place: PlaceMention?, _ lat: Double, _ lon: Double) -> Bool {
        abs((place?.lat ?? 99) - lat) < 1 && abs((place?.lon ?? 999) - lon) < 1
    }

    @Test(
        "are found under the names that newsrooms use",
        arguments: [
            ("Shells fell near Deir al-Zor on Monday.", "SY", 35.3, 40.1),
            ("Shells fell near Deir ez-Zor on Monday.", "SY", 35.3, 40.1),
            ("Shells fell near Dayr az Zawr on Monday.", "SY", 35.3, 40.1),
            ("He left for Kyiv on Monday.", "UA", 50.5, 30.5),
            ("She works in the U.S. now.", "US", 39.8, -98.5),
            ("Boats left from São Paulo state.", "BR", -22.5, -48.5),
            ("A ship sank in the Black Sea.", nil, 43.3, 34.5),
        ] as [(String, String?, Double, Double)])
    func found(text: String, country: String?, lat: Double, lon: Double) throws {
        let place = try #require(places(text).first)
        #expect(place.country == country)
        #expect(abs((place.lat ?? 0) - lat) < 2 && abs((place.lon ?? 0) - lon) < 2, "\(place)")
    }

    @Test("of one name are told apart by what stands behind the comma")
    func containers() {
        #expect(isNear(place("Paris", in: "The mill in Paris, Texas, closed."), 33.66, -95.55))
        #expect(place("Paris", in: "The mill in Paris, France, closed.")?.country == "FR")
        #expect(isNear(place("Erie", in: "The mill in Erie, Pa., closed."), 42.1, -80.1))
        #expect(isNear(place("Moscow", in: "Police in Moscow, Idaho, arrested a man."), 46.7, -117))
        #expect(place("Iraq", in: "They sailed to Armenia, Iraq, Iran and Syria.")?.country == "IQ")
    }

    @Test("are found where all is in capitals, and not in a heading")
    func capitals() {
        let text = "MADRID (SPAIN), NO DATE -- THE VICTIMS WERE BURIED IN SAN SALVADOR TODAY. TODAY IN PARIS HE SPOKE."
        #expect(places(text).map(\.country) == ["ES", "ES", "SV", "FR"])
        #expect(places("PARIS FASHION WEEK\n\nThe mill closed on Monday, and the men went home.").isEmpty)
    }

    @Test("of another state are not taken for the one that the story names")
    func elsewhere() throws {
        let town = try #require(place("Lyme", in: "The mill in Lyme, Connecticut, closed on Monday."))
        #expect(town.lat == nil && town.country == nil)
        #expect(isNear(place("Lyme", in: "The mill in Lyme, New Hampshire, closed on Monday."), 43.8, -72.2))
    }

    @Test("of one name mean one place in a story")
    func oneSense() {
        let found = places("A mill in Paris, Texas, closed on Monday. He moved to Paris in May.")
        #expect(found.filter { $0.name == "Paris" }.count == 2)
        #expect(found.filter { $0.name == "Paris" }.allSatisfy { isNear($0, 33.66, -95.55) })
    }

    @Test("lie in the province that the sentence names, however they are spelt")
    func provinces() {
        #expect(
            isNear(place("Khusham", in: "Fighters attacked Khusham, in Deir al-Zor province, on Monday."), 35.3, 40.3))
        #expect(
            isNear(place("Khan Sheikhoun", in: "Shelling hit Khan Sheikhoun in Idlib province on Monday."), 35.4, 36.65)
        )
    }

    @Test("go by what else the story names")
    func company() {
        let ohio = "Police in Dayton and Columbus searched for him. He was seen in Athens, a spokesman for Ohio said."
        #expect(isNear(place("Athens", in: ohio), 39.3, -82.1))
        let greece = "Ministers met in Thessaloniki and Athens on Monday, the government of Greece said."
        #expect(place("Athens", in: greece)?.country == "GR")
    }

    @Test("have the level that they are of")
    func levels() {
        #expect(place("Syria", in: "Troops left Syria.")?.level == .country)
        #expect(place("Idlib", in: "Shelling hit Idlib province.")?.level == .province)
        #expect(place("Anderson County", in: "He was jailed in Anderson County, Texas.")?.level == .district)
        #expect(place("Sochi", in: "They met in Sochi on Monday.")?.level == .populated)
        #expect(place("Middle East", in: "He flew to the Middle East.")?.level == .region)
    }

    @Test(
        "are streets, too, inside their town",
        arguments: [
            ("Firelight Lane", "The 5500 block of Firelight Lane in Fort Worth was closed."),
            ("Interstate 75", "Traffic on Interstate 75 in Dayton, Ohio, stopped."),
            ("Main Street", "He was shot on Main Street in Dayton, Ohio."),
        ])
    func streets(name: String, text: String) throws {
        let street = try #require(place(name, in: text))
        #expect(street.level == .exact)
        #expect(street.country == "US" && street.lat != nil)
    }

    @Test("of a dateline are no months")
    func datelines() {
        let found = places(
            "Blast kills two\n\nLYON, France, March 2, 2020 (Gull) - Two people were killed, police said.\n")
        #expect(found.map(\.country) == ["FR", "FR"])
    }

    @Test("are counties of a list")
    func lists() {
        let text = "Storms hit Douglas, Sarpy and Lancaster counties in Nebraska."
        #expect(isNear(place("Douglas", in: text), 41.3, -96.15))
        #expect(isNear(place("Sarpy", in: text), 41.1, -96.1))
    }

    @Test("are no people, and no streets")
    func others() {
        #expect(places("Officer Jordan Lincoln spoke.").isEmpty)
        #expect(!places("A man was shot on Denver Avenue.").contains { $0.name == "Denver" })
        #expect(places("The I-Team came.").isEmpty)
        #expect(!places("Ms. Hill spoke to the Supreme Court.").contains { $0.country == "US" })
    }

    @Test("are no acronyms of something else")
    func acronyms() {
        #expect(places("The fight against HIV goes on, and SWAT officers came.").isEmpty)
        #expect(place("US", in: "The US said so.")?.country == "US")
    }

    @Test("stay open where nothing tells")
    func unresolved() {
        let found = places("The body was found in the Kishawattomie River on Monday.")
        #expect(found.allSatisfy { $0.lat == nil && $0.geonameid == nil })
    }

    @Test("of many names are read in one go")
    func many() {
        let names = ["Paris", "Springfield", "Alexandria", "Deir al-Zor", "Moscow", "San Antonio"]
        let text = (0..<600).map { names[$0 % names.count] }.joined(separator: ", ") + "."
        #expect(places(text).count <= 600)
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

@Suite("The gazetteer")
struct PlaceLookupTests {
    @Test(
        "finds a name however it is written",
        arguments: ["Deir al-Zor", "DEIR EZ ZOR", "São Paulo", "sao paulo", "St. Louis", "Saint Louis", "Kyiv", "Kiev"])
    func names(name: String) {
        #expect(PlaceLookup().count(of: Array(name.utf8)) > 0)
    }

    @Test("finds nothing under what is no name", arguments: ["", " ", "-", "qqqq zzzz", "\u{FFFD}"])
    func noNames(name: String) {
        #expect(PlaceLookup().count(of: Array(name.utf8)) == 0)
    }
}
