import Testing

@testable import Places

@Suite("The table of places")
struct GazetteerTests {
    @Test("reads as empty where it is cut", arguments: [0, 3, 23, 24, 1000, StaticBytes.gazetteer.count - 1])
    func cut(length: Int) {
        let table = Gazetteer(bytes: StaticBytes.gazetteer.prefix(length))
        var key = PlaceKey()
        key.append(word: "paris")
        #expect(table.find(key.hash).isEmpty)
        #expect(table.name(of: table.place(numbered: 0)) == "")
    }

    @Test("knows what lies in what")
    func containment() throws {
        var key = PlaceKey()
        key.append(word: "khusham")
        let place = try #require(Gazetteer.shared.find(key.hash).map { Gazetteer.shared.place(at: $0) }.first)
        var province = PlaceKey()
        for word in ["deir", "al", "zor"] { province.append(word: word) }
        #expect(
            Gazetteer.shared.find(province.hash).map { Gazetteer.shared.place(at: $0) }.contains {
                Gazetteer.shared.lies(place, in: $0.number)
            })
    }

    @Test("has one skeleton for the spellings of a name")
    func skeletons() {
        func skeleton(_ words: String) -> UInt64? {
            var key = PlaceKey()
            for word in words.split(separator: " ") { key.append(word: String(word)) }
            return key.skeleton
        }
        #expect(skeleton("Deir al Zor") == skeleton("Dayr az Zawr"))
        #expect(skeleton("Khan Sheikhoun") == skeleton("Khan Shaykhun"))
        #expect(skeleton("Khan Sheikhoun") != skeleton("Khan Younis"))
        #expect(skeleton("Ur") == nil)
    }
}
