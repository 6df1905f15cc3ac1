@testable import Record
import Stories
import TestSupport
import Testing

extension Claim {
    /// The claim with something about it changed.
    func with(_ change: (inout Claim) -> Void) -> Claim {
        var claim = self
        change(&claim)
        return claim
    }
}

/// What the profiles make of claims.
func tolls(_ claims: [Claim], ignored: Set<String> = [], isHeavy: Bool = false) -> [ProfileToll] {
    let reckoning = Reckoning(claims, ignored: ignored)
    let accounts = reckoning.accounts()
    return Profiles(reckoning, accounts, reckoning.disputes(accounts), isHeavy: isHeavy).tolls()
}

@Suite("Profiles")
struct ProfilesTests {
    private func reckoned(
        _ claims: [Claim], _ profile: Profile, _ measure: Figure.Measure = .killed,
        of population: ProfileToll.Population = .all, isHeavy: Bool = false
    ) -> ProfileToll? {
        tolls(claims, isHeavy: isHeavy)
            .first { $0.profile == profile && $0.measure == measure && $0.population == population }
    }

    private let ministry = claim("health ministry", .organization, 12, 12)
    private let doctor = claim("doctor", .unnamed, role: "doctor", 30, 30)
    private let army = claim("army", .organization, 80, 80, of: "militants").with { $0.population = [.combatant] }

    // MARK: After UCDP

    @Test("ucdp: best goes by standing, of equals the lower")
    func ucdpBest() throws {
        let rescue = claim("rescue service", .organization, 10, 10, day: 2)
        let toll = try #require(reckoned([ministry, rescue, doctor], .ucdp))
        #expect(toll.best == 10 && toll.bestClaims == [rescue.id])
        #expect(toll.rule.contains("the lower of 2"))
    }

    @Test("ucdp: the latest of an origin counts alone")
    func ucdpLatest() throws {
        let toll = try #require(reckoned([ministry, claim("health ministry", .organization, 19, 19, day: 2)], .ucdp))
        #expect((toll.low, toll.best, toll.high) == (19, 19, 19))
    }

    @Test("ucdp: a lone unnamed source is credible, not reliable: it may lower low, never raise high")
    func ucdpHigh() throws {
        let toll = try #require(reckoned([ministry, doctor], .ucdp))
        #expect((toll.low, toll.best, toll.high) == (12, 12, 12))
        #expect(toll.rule.contains(doctor.id))
        let lower = try #require(self.reckoned([ministry, claim("doctor", .unnamed, role: "doctor", 5, 5)], .ucdp))
        #expect((lower.low, lower.best, lower.high) == (5, 12, 12))
    }

    @Test("ucdp: a side on its enemy's losses raises high only where others make it plausible")
    func ucdpInterest() throws {
        let army = claim("army", .organization, 30, 30, of: "militants")
        #expect(reckoned([ministry, army], .ucdp)?.high == 12)
        let resident = claim("Ann Roe", .named, role: "resident", 25, nil)
        #expect(reckoned([ministry, army, resident], .ucdp)?.high == 30)
        #expect(reckoned([army], .ucdp)?.best == 30)
    }

    @Test("ucdp: best parts into civilians, combatants and unknown, which add up to it")
    func ucdpParts() throws {
        let civilians = claim("health ministry", .organization, 5, 5, story: "health ministry-1").with {
            $0.population = [.civilian]
            $0.number = 1
        }
        let soldiers = claim("Ann Roe", .named, role: "resident", 4, 4).with { $0.population = [.combatant] }
        func best(_ population: ProfileToll.Population) -> Double? {
            reckoned([ministry, civilians, soldiers], .ucdp, of: population)?.best
        }
        #expect(best(.civilian) == 5 && best(.combatant) == 4 && best(.unknown) == 3)
    }

    @Test("ucdp: a part alone bounds the whole from below")
    func ucdpPartAlone() throws {
        let toll = try #require(reckoned([claim("Ann Roe", .named, 3, 3, scope: .part)], .ucdp))
        #expect((toll.low, toll.best, toll.high) == (3, 3, nil))
    }

    @Test("ucdp and acled count no injured")
    func fatalities() {
        let hurt = claim("health ministry", .organization, 12, 12, measure: .injured)
        #expect(tolls([hurt]).allSatisfy { $0.profile == .airwars || $0.profile == .ecc })
    }

    // MARK: After ACLED

    @Test("acled: the smallest credible figure, with all of them in its words")
    func acledSmallest() throws {
        let toll = try #require(reckoned([ministry, doctor, army], .acled))
        #expect(toll.best == 12 && toll.low == nil && toll.high == nil && !toll.imputed)
        for claim in [ministry, doctor, army] { #expect(toll.rule.contains(claim.id)) }
    }

    @Test(
        "acled: vague words go by the table, and are marked",
        arguments: [
            ("Dozens of people", 24.0, 12.0), ("tens of people", 20, 10), ("hundreds", 200, 100),
            ("several hundred", 200, 100), ("several people", 2, 3),
        ])
    func acledTable(phrase: String, min: Double, value: Double) throws {
        let vague = claim("Ann Roe", .named, min, nil).with { $0.phrase = phrase }
        let toll = try #require(reckoned([vague], .acled))
        #expect(toll.best == value && toll.imputed)
        #expect(self.reckoned([vague], .ucdp)?.best == min, "the letter of the words stays apart from the table")
    }

    @Test("acled: an unknown count is ten where the attack is heavy")
    func acledHeavy() {
        let several = claim("Ann Roe", .named, 2, nil).with { $0.phrase = "several people" }
        #expect(reckoned([several], .acled, isHeavy: true)?.best == 10)
    }

    @Test("acled: what a later count of no worse standing outgrew is the smallest no more")
    func acledOutgrown() {
        #expect(reckoned([ministry, claim("rescue service", .organization, 19, 19, day: 2)], .acled)?.best == 19)
        #expect(reckoned([ministry, claim("doctor", .unnamed, role: "doctor", 30, 30, day: 2)], .acled)?.best == 12)
    }

    // MARK: After Airwars

    private func blame(_ party: String, _ basis: Responsibility.Basis, by who: String = "Ann Roe", day: Int = 1)
        -> Claim
    {
        claim(who, .named, nil, nil, day: day, story: "\(party)-\(basis)-\(day)").with {
            $0.measure = nil
            $0.responsibility = Responsibility(party: party, basis: basis)
        }
    }

    @Test("airwars: a range for civilians, the rest of a whole where an origin counts combatants in it")
    func airwarsRange() throws {
        let soldiers = claim("health ministry", .organization, 4, 4, story: "health ministry-1").with {
            $0.population = [.combatant]
            $0.number = 1
        }
        let resident = claim("Ann Roe", .named, role: "resident", 9, 9).with { $0.population = [.civilian] }
        let claims = [ministry, soldiers, resident]
        let civilians = try #require(reckoned(claims, .airwars, of: .civilian))
        #expect((civilians.low, civilians.high) == (8, 9))
        #expect(reckoned(claims, .airwars, of: .combatant)?.high == 4)
        #expect(reckoned([ministry], .airwars, of: .civilian)?.low == 12)
    }

    @Test("airwars: a side's word that it hit militants is context alone; another's makes the least 0 in both")
    func airwarsStatus() throws {
        let resident = claim("Ann Roe", .named, role: "resident", 5, 5).with { $0.population = [.civilian] }
        let own = claim("army", .organization, 5, 5, of: "militants").with { $0.population = [.combatant] }
        #expect(reckoned([resident, own], .airwars, of: .civilian)?.low == 5)
        #expect(reckoned([resident, own], .airwars, of: .combatant) == nil)
        let mayor = claim("Bo Ek", .named, role: "mayor", 5, 5).with { $0.population = [.combatant] }
        for population in [ProfileToll.Population.civilian, .combatant] {
            let toll = try #require(reckoned([resident, mayor], .airwars, of: population))
            #expect((toll.low, toll.high) == (0, 5))
        }
    }

    @Test("airwars: the grade goes by admission, blame and independent origins, not by numbers")
    func airwarsGrade() {
        let resident = claim("Ann Roe", .named, role: "resident", 40, 40)
        func grade(_ claims: Claim...) -> String? { reckoned(claims, .airwars, of: .civilian)?.grade }
        #expect(grade(ministry) == "weak")
        #expect(grade(ministry, resident) == "weak", "nobody says who did it")
        #expect(grade(ministry, resident, blame("the coalition", .alleged)) == "fair")
        #expect(
            grade(ministry, resident, blame("the coalition", .alleged), blame("U.S.-led coalition", .stated)) == "fair")
        #expect(grade(ministry, resident, blame("the coalition", .alleged), blame("rebels", .alleged)) == "contested")
        #expect(grade(ministry, blame("rebels", .alleged), blame("the coalition", .claimed)) == "confirmed")
        #expect(
            grade(ministry, blame("the coalition", .claimed), blame("the coalition", .denied, day: 3)) == "weak",
            "a party can take its word back")
    }

    // MARK: After the Standards

    @Test("ecc: pending where accounts disagree, with what each move would give")
    func eccPending() throws {
        let toll = try #require(reckoned([ministry, doctor, claim("Bo Ek", .named, role: "resident", 12, 12)], .ecc))
        #expect(toll.pending && toll.best == nil && (toll.low, toll.high) == (12, 30))
        #expect(toll.grade == "undecidable")
        #expect(toll.rule.contains("by the named source") && toll.rule.contains("by the majority, 2 of 3"))
    }

    @Test("ecc: no account is lost, that of a side neither")
    func eccRange() {
        #expect(reckoned([ministry, army], .ecc)?.high == 80)
    }

    @Test("ecc: agreeing accounts stand, borne out")
    func eccAgreeing() throws {
        let toll = try #require(reckoned([ministry, claim("Bo Ek", .named, role: "resident", 10, 14)], .ecc))
        #expect(!toll.pending && toll.best == 12 && toll.grade == "corroborated")
    }

    // MARK: Words

    @Test(
        "reads bounds off words",
        arguments: [
            ("more than 80 people", 80.0, nil as Double?, false, 81.0 as Double?, nil as Double?, 80.0),
            ("at least 80 people", 80, nil, false, 80, nil, 80), ("nearly 80", 80, 80, true, 0, 79, 80),
            ("about 80", 80, 80, true, nil, nil, 80), ("between 60 and 80", 60, 80, false, 60, 80, 60),
        ])
    func phrases(
        phrase: String, min: Double, max: Double?, about: Bool, low: Double?, high: Double?, acled: Double
    ) {
        let reading = PhraseReading(claim("Ann Roe", .named, min, max, about: about).with { $0.phrase = phrase })
        #expect(reading.low == low && reading.high == high && reading.acled == acled)
    }

    @Test("up to 50 bounds from above alone")
    func upTo() {
        let reading = PhraseReading(claim("Ann Roe", .named, nil, 50).with { $0.phrase = "up to 50 people" })
        #expect(reading.low == 0 && reading.high == 50 && reading.acled == 3 && reading.isImputed)
    }

    // MARK: Laws

    private func random(_ seed: Int) -> [Claim] {
        var random = SeededGenerator(seed: UInt64(seed))
        let populations: [[Figure.Population]] = [[], [], [], [.civilian], [.combatant], [.child], [.nationality]]
        return (0..<Int.random(in: 1...14, using: &random)).map { index in
            let least = Double(Int.random(in: 0...40, using: &random))
            let about = Bool.random(using: &random)
            return claim(
                "speaker \(Int.random(in: 0...5, using: &random))",
                [.named, .organization, .unnamed, .author].randomElement(using: &random) ?? .named,
                role: ["doctor", "resident", "army spokesman", "health minister"].randomElement(using: &random),
                least, [least, least + 5, nil].randomElement(using: &random) ?? nil,
                day: Int.random(in: 1...5, using: &random),
                stance: [.assert, .assert, .assert, .deny, .decline].randomElement(using: &random) ?? .assert,
                measure: [.killed, .killed, .injured, .killedOrInjured].randomElement(using: &random) ?? .killed,
                scope: [.incident, .incident, .incident, .part, .total].randomElement(using: &random) ?? .incident,
                story: "story\(index / 2)", outlet: "Outlet \(index % 3)", about: about
            ).with {
                $0.number = index
                $0.population = populations.randomElement(using: &random) ?? []
                $0.phrase = ["dozens", "12 people", "about 9", "more than 4"].randomElement(using: &random) ?? ""
                $0.certainty = [.certain, .possible, nil].randomElement(using: &random) ?? nil
                $0.group = Int.random(in: 0...5, using: &random) == 0 ? 1 : nil
                if Int.random(in: 0...6, using: &random) == 0 { $0.relay = Speaker(name: "speaker 1", kind: .named) }
            }
        }
    }

    @Test("the order of claims never matters; low, best and high stand in order; parts add up", arguments: 0..<150)
    func laws(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 1000)
        let claims = random(seed)
        let profiled = tolls(claims)
        #expect(profiled == tolls(claims.shuffled(using: &generator)))
        let (made, again) = (Reckoning(claims), Reckoning(claims.shuffled(using: &generator)))
        let house = made.tolls(made.accounts(), made.disputes(made.accounts()))
        #expect(house == again.tolls(again.accounts(), again.disputes(again.accounts())))
        #expect(Timelines(claims).all() == Timelines(claims.shuffled(using: &generator)).all())
        for toll in house { #expect(toll.low <= toll.best && toll.best <= toll.high) }
        for toll in profiled {
            let numbers = [toll.low, toll.best, toll.high].compactMap { $0 }
            #expect(numbers == numbers.sorted(), "\(toll)")
            #expect(numbers.allSatisfy { $0 >= 0 } && !toll.rule.isEmpty)
        }
        if let whole = profiled.first(where: { $0.profile == .ucdp && $0.population == .all }), whole.high != nil {
            let parts = profiled.filter { $0.profile == .ucdp && $0.population != .all }
            #expect(parts.compactMap(\.best).reduce(0, +) == whole.best)
        }
        let ids = Set(claims.map(\.id))
        for toll in profiled { #expect(ids.isSuperset(of: toll.lowClaims + toll.bestClaims + toll.highClaims)) }
    }

    @Test("a reprint changes nothing; what is discounted is as if it had not come", arguments: 0..<50)
    func copies(seed: Int) {
        let claims = random(seed)
        let copies = claims.map { claim in
            claim.with {
                $0.story = "copy of " + $0.story
                $0.outlet = "Another"
            }
        }
        #expect(tolls(claims + copies, ignored: Set(copies.map(\.id))) == tolls(claims))
        let wrong = Set(claims.prefix(2).map(\.id))
        #expect(
            tolls(claims, ignored: wrong) == tolls(claims.filter { !wrong.contains($0.id) }))
    }
}
