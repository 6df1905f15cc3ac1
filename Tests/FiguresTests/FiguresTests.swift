import Figures
import Language
import Stories
import TestSupport
import Testing

@Suite("Figures")
struct FigureTests {
    private func figures(_ text: String) -> [String] {
        let story = Story(text: text)
        return FigureReader().read(LanguageReader().read(story)).map { figure in
            let number = { (value: Double?) in value.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "" }
            let scope = figure.scope == .incident ? "" : " \(figure.scope.rawValue)"
            return
                "\(story.text(figure.span)): \(figure.measure.rawValue) \(number(figure.min))..\(number(figure.max))\(figure.approximate ? "~" : "")\(scope)"
        }
    }

    @Test(
        "are intervals of what the words allow",
        arguments: [
            ("About 300 men were either killed or injured.", "About 300 men: killed-or-injured 300..300~"),
            ("The toll was in excess of 80.", "in excess of 80: killed 80.."),
            ("More than 50 miners were injured.", "More than 50 miners: injured 50.."),
            ("At least twelve soldiers died.", "At least twelve soldiers: killed 12.."),
            ("Between 60 and 80 people were detained.", "Between 60 and 80 people: detained 60..80"),
            ("Two or three guards were wounded.", "Two or three guards: injured 2..3"),
            ("Dozens of people were killed.", "Dozens of people: killed 24.."),
            ("All 71 people on board died.", "All 71 people on board: killed 71..71"),
            ("No one was hurt.", "No one: injured 0..0"),
            ("The pipeline is 1,500 km long.", "1,500 km: other 1500..1500"),
            ("The firm lost $1.2 billion.", "$1.2 billion: other 1200000000..1200000000"),
            ("Twenty-one hostages are missing.", "Twenty-one hostages: missing 21..21"),
            ("Less than 5 km away, they stopped.", "Less than 5 km: other ..5"),
        ])
    func interval(text: String, expected: String) {
        #expect(figures(text) == [expected])
    }

    @Test("share what befell the others of a list")
    func lists() {
        #expect(
            figures("The blast killed three soldiers and five civilians.")
                == ["three soldiers: killed 3..3", "five civilians: killed 5..5"])
        #expect(
            figures("Nine people were killed and 27 injured.") == [
                "Nine people: killed 9..9", "27 injured: injured 27..27",
            ])
    }

    @Test("tell parts and running totals from the whole")
    func scopes() {
        #expect(
            figures("The raid killed ten people, including three children.").last == "three children: killed 3..3 part")
        #expect(figures("Raids have killed 140 people since January.") == ["140 people: killed 140..140 total"])
    }

    @Test(
        "take no date, age, address or name for a count",
        arguments: [
            "He was born in 1984.", "It happened on Feb. 7.", "Ann Roe, 24, spoke.", "They met at 3 p.m.",
            "Police came to 212 Oak Street.",
            "The AN-148 landed.", "A five-year plan was made.",
        ])
    func none(text: String) {
        #expect(figures(text).isEmpty)
    }

    @Test("know one victim by a noun, and who did it from whom it befell")
    func persons() {
        #expect(figures("A 23-year-old man was shot to death.") == ["A 23-year-old man: killed 1..1"])
        #expect(!figures("Two gunmen killed a guard.").contains { $0.hasPrefix("Two gunmen: killed") })
    }

    @Test("count among the dead whoever was hurt and died, and nobody whom one would but hurt")
    func oneFate() {
        #expect(
            figures("Ivan Petrov shot himself as police walked up to the car. He was pronounced dead at the scene.")
                == ["He: killed 1..1"])
        #expect(figures("Police found the body of a man who had been shot.") == ["a man: killed 1..1"])
        #expect(figures("Nobody knew who would ever want to hurt Ivan Petrov.").isEmpty)
    }

    @Test("hold their spans in any text", arguments: 0..<120)
    func property(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let story = Story(text: random.text(pieces: 90))
        for figure in FigureReader().read(LanguageReader().read(story)) {
            #expect(SpanCheck.holds(figure.span, in: story.bytes))
            if let low = figure.min, let high = figure.max { #expect(low <= high) }
        }
    }
}
