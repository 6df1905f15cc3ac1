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
            ("Half a million people were displaced.", "Half a million people: displaced 500000..500000"),
            ("Scores of villagers were killed.", "Scores of villagers: killed 40.."),
            ("Up to 80 miners died.", "Up to 80 miners: killed ..80"),
            ("A dozen rebels were captured.", "A dozen rebels: detained 12..12~"),
            ("Nearly 40 percent of the crop was lost.", "Nearly 40 percent: other 40..40~"),
            ("The truck carried 12 tonnes of flour.", "12 tonnes: other 12..12"),
            ("The attack claimed the lives of 14 soldiers.", "14 soldiers: killed 14..14"),
            ("The death toll rose to 45.", "45: killed 45..45"),
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

    @Test(
        "count a person once, however often and by whatever words the story comes back",
        arguments: [
            (
                "A man was found shot to death in Lyme. The victim, 26-year-old Ken Lee, had lived there. He died at the scene.",
                1
            ),
            ("Ann Roe and her son were shot and killed. Roe was 31.", 2),
            ("A 23-year-old man was shot dead. A 41-year-old woman died at a hospital.", 2),
            ("One man was pronounced dead at the scene. Another man died at a hospital.", 2),
            ("Timea Batts, 11, was shot on Monday. Timea died two hours later.", 1),
            ("A man shot and killed his wife before turning the gun on himself.", 2),
            ("Police are looking into the murder of a teacher.", 1),
            ("Police found the body of a man. His body was taken to a morgue.", 1),
            ("The man might have been killed.", 1), ("The gunman threatened to kill his wife.", 0),
            ("A man died. Police arrested a suspect, Jim Poe, 22.", 1), ("No one was killed.", 0),
            ("Police say Ann Roe, 27, later died.", 1), ("The man, who was not named, died at the scene.", 1),
            ("The clinic pronounced 18-year-old Ann Roe of Hanover dead at noon.", 1),
            ("The boy was taken to the clinic, where he passed away.", 1),
            ("A girl and mother who were shot and killed were named Sunday.", 2),
            (
                "Police named a man shot dead in a raid that wounded four others. Roe was found wounded and was taken to a clinic, where he died.",
                1
            ),
            ("People came to a vigil for a boy killed in a raid when someone shot a woman.", 0),
            ("A man was nearly killed in a shooting.", 0), ("The dog, police said, should be dead.", 0),
            ("Ann T. Roe was shot and died. Ann Tara Roe, 40, died on Sunday.", 1),
            ("The mother and daughter were found shot. The daughter was dead.", 1),
            ("Police held two more men in connection with a raid that left a woman dead.", 1),
            ("A man died of several gunshot wounds.", 1),
            ("He will stand trial on charges he shot and killed a boy.", 1),
            ("An accidental shooting claimed a life on Thursday.", 1),
            ("A hunter has been found dead in the woods.", 1),
        ])
    func persons(text: String, killed: Int) {
        let found = FigureReader().read(LanguageReader().read(Story(text: text)))
        let count = found.filter { $0.measure == .killed && $0.scope == .incident }.compactMap(\.min).reduce(0, +)
        #expect(Int(count) == killed)
    }

    @Test("of one group add up")
    func groups() {
        let found = FigureReader().read(
            LanguageReader().read(Story(text: "The blast killed three soldiers and five civilians.")))
        #expect(found.count == 2 && found[0].group != nil && found[0].group == found[1].group)
        let apart = FigureReader().read(LanguageReader().read(Story(text: "Nine people died and 27 were injured.")))
        #expect(apart.allSatisfy { $0.group == nil })
    }

    @Test("name a person by the name, not by the age before it")
    func pronounced() {
        #expect(
            figures("The clinic pronounced 18-year-old Ann Roe of Hanover dead at noon.") == ["Ann Roe: killed 1..1"])
    }

    @Test("of those who were shot are killed or injured once the story tells of dead")
    func struck() {
        #expect(figures("Five people were shot.") == ["Five people: injured 5..5"])
        #expect(figures("Five people were shot. Two of them died.").first == "Five people: killed-or-injured 5..5")
    }

    @Test("say of whom they are")
    func populations() {
        func of(_ text: String) -> [String] {
            FigureReader().read(LanguageReader().read(Story(text: text))).first?.population.map(\.rawValue) ?? []
        }
        #expect(of("Three police officers were killed.") == ["security-force"])
        #expect(of("Five Russian soldiers were killed.") == ["combatant", "nationality"])
        #expect(of("Two children were killed.") == ["child"])
        #expect(of("Ten civilians were killed.") == ["civilian"])
        #expect(of("Ten people were killed.") == [])
    }

    @Test("never take who did it for whom it befell")
    func doers() {
        #expect(!figures("Two officers shot and killed a man.").contains { $0.contains("Two officers: killed") })
        #expect(
            !figures("Two brothers are charged in a shooting that left a boy in critical condition.").contains {
                $0.contains("Two brothers: injured")
            })
    }

    @Test(
        "take no age, no number of one's children and no identifier for a count",
        arguments: [
            "Martin Ibarra, 35, of Lyme, was shot and killed.", "A father of two was killed.",
            "13484466 A victim was shot.", "Five men between the ages of 21 and 58 were shot.",
        ])
    func noCounts(text: String) {
        for figure in figures(text) {
            for number in ["35..", "2..2", "13484466", "58"] { #expect(!figure.contains(number)) }
        }
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
