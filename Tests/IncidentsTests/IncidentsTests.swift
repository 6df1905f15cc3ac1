import Onrecord
import Stories
import TestSupport
import Testing

@Suite("Incidents")
struct IncidentsTests {
    private func incidents(_ text: String, _ published: String = "2018-03-07") -> [IncidentMention] {
        Reader().read(Story(text: text, published: published)).incidents
    }

    private func main(_ text: String, _ published: String = "2018-03-07") -> IncidentMention? {
        incidents(text, published).first(where: \.main)
    }

    @Test(
        "are told with their kind",
        arguments: [
            (
                "A car bomb killed 12 people at a market in Baghdad, Iraq, on Monday.", IncidentType.bombing,
                "vehicle-bomb"
            ),
            ("Gunmen opened fire on a bus near Quetta, Pakistan, on Friday, killing six passengers.", .shooting, nil),
            ("Guerrillas set two buses and a truck on fire near Ayacucho, Peru, on Monday.", .arson, nil),
            (
                "Armed men held several ambassadors hostage in Bogota, Colombia, on Monday.", .abduction,
                "hostage-taking"
            ),
            ("An explosion in Varna, Bulgaria, set fire to a store on Monday.", .explosion, nil),
            ("A jury acquitted a man in Dublin on Tuesday over the 1998 bombing of Omagh.", .trial, "acquittal"),
            ("A man was killed in a drive-by shooting in Oakland, California, on Monday night.", .shooting, "drive-by"),
        ] as [(String, IncidentType, String?)])
    func kinds(text: String, type: IncidentType, subtype: String?) {
        let main = main(text)
        #expect(main?.type == type)
        #expect(main?.subtype?.rawValue == subtype)
    }

    @Test(
        "are not what did not happen, may happen, is planned or is kept in memory",
        arguments: [
            "There was no bombing in the capital on Monday, and talks went on as planned in Geneva, the ministry said.",
            "The rebels plan to attack the town of Homs in Syria, a general said on Monday.",
            "If rebels attack the dam, the valley will be flooded, an engineer told lawmakers in Baghdad on Monday.",
            "Thousands marched in Omagh on Saturday to mark the anniversary of the 1998 bombing that tore the town apart.",
        ])
    func unreal(text: String) {
        for incident in incidents(text) {
            #expect(![.bombing, .attack, .disaster].contains(incident.type), "\(incident.type)")
        }
    }

    @Test("in the background have incidents of their own")
    func background() throws {
        let text = """
            President Mora met union leaders in Bogota on Tuesday and promised higher wages.

            He also spoke of the kidnapping of two engineers by guerrillas near Cali on Sunday. The engineers were \
            kidnapped on a rural road.
            """
        let incidents = incidents(text, "1990-05-10")
        #expect(incidents.map(\.type) == [.talks, .abduction])
        #expect(incidents.map(\.main) == [true, false])
        let abduction = try #require(incidents.last)
        #expect(abduction.subtype == .kidnapping)
        #expect(abduction.place?.country == "CO")
        #expect(abduction.actors.contains { $0.role == .acted && $0.kind == .armedGroup })
        #expect(abduction.actors.contains { $0.role == .hit && $0.name == "two engineers" })
    }

    @Test("are what a story comes back to, whatever it opens with")
    func opening() {
        let text = """
            A neighbour said on Tuesday that she would never forget the noise.

            A gunman shot dead two students at a school in Dover, Ohio, on Monday. The shooting began at noon. Police \
            killed the gunman.
            """
        #expect(main(text)?.type == .shooting)
    }

    @Test("tell who acted and who was hit, and on whose word")
    func actors() {
        let suspected = main(
            "Suspected rebels attacked a police post in Kano, Nigeria, on Sunday and killed three officers.")
        #expect(
            suspected?.actors.contains { $0.role == .acted && $0.kind == .armedGroup && $0.basis == .alleged } == true)
        #expect(suspected?.actors.contains { $0.role == .hit && $0.name == "three officers" } == true)

        let claimed = main(
            "A bomb exploded outside a bank in Lima, Peru, on Monday, killing two people. The Shining Path claimed "
                + "responsibility for the attack.")
        #expect(claimed?.actors.contains { $0.role == .acted && $0.basis == .claimed } == true)
        #expect(claimed?.weapon?.kind == .explosive)

        let denied = main(
            "The army bombed a refugee camp near Idlib, Syria, on Monday, rebels said. The army denied that its planes "
                + "had bombed the camp.")
        #expect(denied?.actors.contains { $0.role == .acted && $0.kind == .state && $0.basis == .denied } == true)
    }

    @Test("tell what an accident is put down to")
    func cause() throws {
        let marked = MarkedText(
            "A fire caused by ⟦a leaking gas pipe⟧ destroyed a market in Lagos, Nigeria, on Monday.")
        #expect(main(marked.text)?.cause == marked.spans.first)
    }

    @Test("stay abroad where the story names the country, and come home where it does not")
    func countries() {
        let abroad = main(
            "MOSCOW (Reuters) - Two Russian tourists were killed in a bus crash in Egypt on Monday, the Russian embassy "
                + "said. Russian diplomats were on their way.")
        #expect(abroad?.place?.country == "EG")
    }

    @Test("give each casualty to the happening that its sentence tells of")
    func casualties() {
        let text = """
            President Mora met union leaders in Bogota on Tuesday.

            He spoke of the bombing in Cali on Sunday. The bomb killed nine people.
            """
        let incidents = incidents(text, "1990-05-10")
        #expect(incidents.first?.killed == nil)
        #expect(incidents.first { $0.type == .bombing }?.killed?.best == 9)
    }

    @Test("lie inside their story, whatever it says", arguments: 0..<50)
    func spans(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let words = [
            "bomb", "rebels", "set", "on", "fire", "killed", "denied", "responsibility", "claimed", "the", "of", "by",
            "if",
            "hostage", "held", "army", ",", ".", "“", "”", "Lima", "executed", "no", "1998", "bombing", "é", "due",
            "to",
        ]
        let text = (0..<120).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }.joined(separator: " ")
        let count = text.utf8.count
        for incident in incidents(text) {
            let spans =
                incident.mentions + incident.actors.map(\.span)
                + [incident.weapon?.span, incident.cause].compactMap { $0 }
            for span in spans { #expect(0 <= span.start && span.start < span.end && span.end <= count) }
        }
    }
}
