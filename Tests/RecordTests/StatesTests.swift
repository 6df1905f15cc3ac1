@testable import Record
import Stories
import Testing

@Suite("How accounts stand to each other")
struct StatesTests {
    private func reckoned(_ claims: [Claim], _ measure: Figure.Measure = .killed) -> Toll? {
        let reckoning = Reckoning(claims)
        let accounts = reckoning.accounts()
        return reckoning.tolls(accounts, reckoning.disputes(accounts)).first { $0.measure == measure }
    }

    private func disputes(_ claims: [Claim]) -> [Dispute] {
        let reckoning = Reckoning(claims)
        return reckoning.disputes(reckoning.accounts())
    }

    private let ministry = claim("health ministry", .organization, 9, 9)
    private let resident = claim("Ann Roe", .named, role: "resident", 9, 9)

    private func some(_ claim: Claim, _ population: Figure.Population) -> Claim {
        claim.with { $0.population = [population] }
    }

    @Test("one account is single; one that was revised superseded")
    func superseded() {
        #expect(reckoned([ministry])?.state == .single)
        #expect(reckoned([ministry, claim("health ministry", .organization, 9, 9, day: 2)])?.state == .single)
        #expect(reckoned([ministry, claim("health ministry", .organization, 15, 15, day: 2)])?.state == .superseded)
    }

    @Test("accounts whose ranges meet agree; later ones that are higher grow; others contradict")
    func ranges() {
        #expect(reckoned([ministry, resident])?.state == .agreeing)
        #expect(reckoned([ministry, claim("Bo Ek", .named, role: "resident", 20, 20, day: 2)])?.state == .growing)
        #expect(reckoned([ministry, claim("Bo Ek", .named, role: "resident", 20, 20)])?.state == .contradictory)
        #expect(reckoned([ministry, claim("Bo Ek", .named, role: "resident", 4, 4, day: 2)])?.state == .contradictory)
    }

    @Test("two that contradict each other are a dispute though both hold with the best")
    func amongTheRest() {
        let wide = claim("health ministry", .organization, 5, 40)
        let claims = [
            wide, claim("Ann Roe", .named, role: "resident", 8, 8), claim("Bo Ek", .named, role: "resident", 30, 30),
        ]
        #expect(reckoned(claims)?.state == .contradictory)
        #expect(disputes(claims).map(\.kind) == [.contradiction])
    }

    @Test("five civilians beside nine people are a part of them, and a mismatch of scope")
    func parts() throws {
        let civilians = some(claim("Ann Roe", .named, role: "resident", 5, 5), .civilian)
        let toll = try #require(reckoned([ministry, civilians]))
        #expect((toll.low, toll.best, toll.high) == (9, 9, 9))
        #expect(toll.state == .scopeMismatch && toll.grade == .weak)
        #expect(disputes([ministry, civilians]).isEmpty)
        #expect(self.reckoned([civilians])?.best == 5, "where nobody counts more, they are all that is known of")
    }

    @Test("a part that one gives with the whole is no mismatch")
    func ownPart() {
        let children = claim("health ministry", .organization, 3, 3, scope: .part, story: ministry.story).with {
            $0.number = 1
        }
        #expect(reckoned([ministry, children])?.state == .single)
        #expect(reckoned([ministry, claim("Ann Roe", .named, 140, 140, scope: .total)])?.state == .scopeMismatch)
    }

    @Test("figures of one group add up, and stand as one claim")
    func groups() throws {
        let soldiers = some(claim("health ministry", .organization, 3, 3, story: "a"), .combatant).with {
            $0.group = 1
            $0.phrase = "three soldiers"
        }
        let civilians = some(claim("health ministry", .organization, 5, 5, story: "a"), .civilian).with {
            $0.group = 1
            $0.number = 1
            $0.phrase = "five civilians"
        }
        let toll = try #require(reckoned([soldiers, civilians]))
        #expect((toll.low, toll.best, toll.high) == (8, 8, 8))
        #expect(toll.bestClaim == soldiers.id)
        #expect(toll.rule.contains("three soldiers + five civilians"))
        let sentences = [soldiers, civilians].map { claim in claim.with { $0.group = nil } }
        #expect(self.reckoned(sentences)?.best == 8, "two sentences of one speaker, one a side")
    }

    @Test("the same dead, civilians to one and combatants to another, are of contested status")
    func status() throws {
        let claims = [
            some(resident, .civilian), some(claim("Bo Ek", .named, role: "mayor", 9, 9), .combatant),
        ]
        #expect(reckoned(claims)?.state == .contestedStatus && reckoned(claims)?.grade == .contested)
        let dispute = try #require(disputes(claims).first)
        #expect(dispute.kind == .status && dispute.first.population == [.civilian])
    }

    @Test("one who tells both sides apart contests nothing; nor do other numbers")
    func noStatus() {
        let both = [
            some(resident, .civilian), some(resident, .combatant).with { $0.number = 1 },
            some(claim("Bo Ek", .named, role: "mayor", 9, 9), .combatant),
        ]
        #expect(!disputes(both).contains { $0.kind == .status })
        #expect(
            !disputes([some(resident, .civilian), some(claim("Bo Ek", .named, 40, 40), .combatant)])
                .contains { $0.kind == .status })
    }

    @Test("one who denies casualties denies the killed and the injured, as far as the denial goes")
    func denial() throws {
        let hurt = claim("Ann Roe", .named, role: "resident", 30, 30, measure: .injured)
        let denial = claim("army", .organization, 10, nil, stance: .deny, measure: .killedOrInjured)
        let found = disputes([ministry, hurt, denial])
        #expect(found.map(\.kind) == [.denial] && found.first?.measure == .injured, "nine are not ten or more")
        #expect(reckoned([ministry, hurt, denial], .injured)?.low == 0)
        #expect(reckoned([ministry, hurt, denial])?.low == 9)
    }

    @Test("a denial lowers low to what it concedes")
    func concession() throws {
        let conceded = claim("army spokesman", .named, role: "spokesman", affiliation: "army", 2, 2, story: "x")
        let denial = claim(
            "army spokesman", .named, role: "spokesman", affiliation: "army", 5, nil, stance: .deny, story: "x")
        let toll = try #require(reckoned([ministry, conceded, denial.with { $0.number = 1 }]))
        #expect(toll.low == 2 && toll.lowClaim == conceded.id)
        #expect(toll.best == 9)
    }

    @Test("that there were none denies that there were some")
    func none() throws {
        let none = claim("Grain Co", .organization, 0, 0)
        #expect(reckoned([ministry, none])?.state == .denied)
        let dispute = try #require(disputes([ministry, none]).first)
        #expect(dispute.kind == .denial && dispute.second.id == none.id)
        let casualties = claim("Grain Co", .organization, 0, 0, measure: .killedOrInjured)
        #expect(reckoned([ministry, casualties])?.low == 0)
    }

    @Test("a refusal to speak is no dispute")
    func decline() {
        #expect(disputes([ministry, claim("army", .organization, nil, nil, stance: .decline)]).isEmpty)
    }

    @Test("what is held for possible gives best only where there is nothing surer")
    func possible() throws {
        let possible = claim("Bo Ek", .named, role: "spokesman", 5, 5).with { $0.certainty = .possible }
        let doctors = [
            claim("doctor", .unnamed, role: "doctor", 30, 30), claim("medic", .unnamed, role: "medic", 30, 30),
        ]
        #expect(reckoned([possible] + doctors)?.best == 30)
        #expect(reckoned([possible] + doctors)?.low == 5)
        #expect(reckoned([possible])?.best == 5)
    }

    @Test("neither who tells nor who was told bears the other out; nor a source that may be the same")
    func independence() {
        let doctor = claim("doctor", .unnamed, role: "military doctor", 30, 30, story: "a")
        let told = claim("colleague", .unnamed, role: "colleague", 30, 30, story: "a").with {
            $0.relay = doctor.speaker
            $0.depth = 2
        }
        #expect(reckoned([doctor, told])?.grade == .weak)
        #expect(reckoned([doctor, told.with { $0.relay = nil }])?.grade == .fair)
        let source = claim("s", .unnamed, role: "source", 30, 30, story: "a")
        let closer = claim("s", .unnamed, role: "source close to the army", 30, 30, story: "a")
        #expect(reckoned([source, closer])?.grade == .weak)
    }

    @Test("the killed or injured are no fewer than the killed and the injured")
    func sums() throws {
        let claims = [
            ministry, claim("health ministry", .organization, 20, 20, measure: .injured),
            claim("Ann Roe", .named, role: "resident", 10, 40, measure: .killedOrInjured),
            claim("Bo Ek", .named, role: "fire chief", 31, 31, measure: .killedOrInjured),
        ]
        let both = try #require(reckoned(claims, .killedOrInjured))
        #expect(both.low == 29 && both.best == 31)
        #expect(both.rule.contains("come to 29"))
    }
}

@Suite("Timelines")
struct TimelineTests {
    @Test("are a line a class, superseded claims marked, denials crossed")
    func lines() throws {
        let first = claim("health ministry", .organization, 9, nil, day: 1)
        let second = claim("health ministry", .organization, 16, 16, day: 2)
        let rescue = claim("rescue service", .organization, 12, 12, day: 2)
        let denial = claim("Grain Co", .organization, nil, nil, day: 2, stance: .deny)
        let lines = Timelines([second, denial, first, rescue]).all()
        let ministry = try #require(lines.first { $0.sourceClass == .hospitalNamed })
        #expect(ministry.claims.map(\.supersededBy) == [second.id, nil])
        #expect(ministry.steps.map(\.min) == [9, 16])
        #expect(lines.first { $0.sourceClass == .other }?.claims.map(\.isDenial) == [true])
        #expect(lines.first { $0.sourceClass == .emergencyServices }?.steps.count == 1)
    }

    @Test("keep the sides of a fight apart")
    func sides() {
        let lines = Timelines([
            claim("Russian foreign ministry", .organization, 5, 5), claim("Kremlin", .organization, 6, 6),
            claim("Pentagon", .organization, 100, 100),
        ]).all()
        #expect(lines.compactMap(\.side) == ["Pentagon", "Kremlin", "Russian"])
    }

    @Test(
        "class sources by what they are called",
        arguments: [
            ("military doctor", Speaker.Kind.unnamed, SourceClass.hospitalAnonymous),
            ("mayor", .named, .localOfficials), ("police chief", .named, .emergencyServices),
            ("army spokesman", .named, .belligerentMilitary),
            ("foreign ministry spokesman", .named, .belligerentGovernment),
            ("residents", .unnamed, .witness), ("U.N. official", .named, .un), ("activists", .unnamed, .ngo),
        ])
    func classes(role: String, kind: Speaker.Kind, expected: SourceClass) {
        #expect(claim("Ann Roe", kind, role: role, 1, 1).sourceClass == expected)
    }
}
