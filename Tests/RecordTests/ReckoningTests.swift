@testable import Record
import Stories
import TestSupport
import Testing

/// A claim, short to write.
func claim(
    _ who: String, _ kind: Speaker.Kind, role: String? = nil, affiliation: String? = nil, _ min: Double?,
    _ max: Double?, day: Int = 1,
    stance: Attribution.Stance = .assert, measure: Figure.Measure = .killed, scope: Figure.Scope = .incident,
    story: String? = nil,
    outlet: String = "Wire", about: Bool = false, of whom: String? = nil
) -> Claim {
    Claim(
        story: story ?? "\(who)-\(day)", number: 0, measure: measure, min: min, max: max, approximate: about,
        scope: scope, phrase: "", who: whom,
        stance: stance,
        speaker: Speaker(
            name: kind == .unnamed || kind == .author ? nil : who, role: role, affiliation: affiliation, kind: kind),
        depth: 1,
        sentence: "", span: Span(0, 0), published: Day(year: 2020, month: 3, day: day), outlet: outlet)
}

@Suite("Reckoning")
struct ReckoningTests {
    private func reckoned(_ claims: [Claim], ignored: Set<String> = []) -> Toll? {
        let reckoning = Reckoning(claims, ignored: ignored)
        let accounts = reckoning.accounts()
        return reckoning.tolls(accounts, reckoning.disputes(accounts)).first { $0.measure == .killed }
    }

    private let ministry = claim("health ministry", .organization, 12, 12, day: 1)
    private let witness = claim("Ann Roe", .named, role: "resident", 12, 12, day: 1)

    @Test("two unnamed sources of one description in one story are two accounts")
    func twins() {
        let first = claim("doctor", .unnamed, role: "doctor", 12, 12, story: "a")
        var second = claim("doctor", .unnamed, role: "doctor", 30, 30, story: "a")
        second.twin = 1
        #expect(Reckoning([first, second]).accounts().count == 2)
        second.twin = nil
        #expect(Reckoning([first, second]).accounts().count == 1)
    }

    @Test("one account is weak")
    func single() throws {
        let toll = try #require(reckoned([ministry]))
        #expect((toll.low, toll.best, toll.high) == (12, 12, 12))
        #expect(toll.grade == .weak && toll.state == .single)
    }

    @Test("an authority and another account that agree confirm it; two others are fair")
    func grades() {
        #expect(reckoned([ministry, witness])?.grade == .confirmed)
        #expect(reckoned([witness, claim("Bo Ek", .named, role: "resident", 12, 12)])?.grade == .fair)
    }

    @Test("a speaker's later claim supersedes the earlier one, and is no dispute")
    func supersedes() throws {
        let toll = try #require(reckoned([ministry, claim("health ministry", .organization, 19, 19, day: 2)]))
        #expect((toll.low, toll.best, toll.high) == (19, 19, 19))
        #expect(toll.grade == .weak)
    }

    @Test("best goes by standing, not by size or age")
    func standing() throws {
        let claims = [
            ministry, claim("doctor", .unnamed, role: "doctor", 30, 30, day: 3),
            claim("defense ministry", .organization, 80, 80, day: 3),
        ]
        let toll = try #require(reckoned(claims))
        #expect(toll.best == 12)
        #expect(toll.rule.hasPrefix("authority"))
    }

    @Test("an enemy's count stands only where it stands alone")
    func enemy() throws {
        let army = claim("army", .organization, 80, 80, of: "militants")
        #expect(reckoned([army])?.best == 80)
        #expect(reckoned([army, claim("Ann Roe", .named, role: "resident", 5, 5)])?.high == 5)
    }

    @Test("a denial lowers low, not best, and is a dispute")
    func denial() throws {
        let denied = claim("Grain Co", .organization, nil, nil, day: 2, stance: .deny)
        let toll = try #require(reckoned([ministry, denied]))
        #expect((toll.low, toll.best, toll.high) == (0, 12, 12))
        #expect(toll.grade == .contested && toll.state == .denied)
    }

    @Test("that nobody was killed is a denial: it lowers low, and gives best only where nobody counts")
    func nobody() throws {
        let none = claim("Health Ministry", .organization, 0, 0)
        let police = claim("police", .organization, 12, 12)
        let toll = try #require(reckoned([none, police]))
        #expect(toll.low == 0 && toll.best == 12 && toll.grade == .contested)
        #expect(reckoned([none])?.best == 0)
    }

    @Test("a refusal to speak moves nothing")
    func decline() throws {
        #expect(reckoned([ministry, claim("army", .organization, nil, nil, stance: .decline)]) == reckoned([ministry]))
    }

    @Test("ranges that do not meet on one day are a dispute; a rise over days is not")
    func disputes() {
        let other = claim("Ann Roe", .named, role: "resident", 40, 40, day: 1)
        #expect(reckoned([ministry, other])?.state == .contradictory)
        let later = claim("Ann Roe", .named, role: "resident", 40, 40, day: 2)
        #expect(reckoned([ministry, later])?.state == .growing)
        #expect(
            reckoned([ministry, claim("Ann Roe", .named, role: "resident", 11, 11, about: true)])?.grade == .confirmed)
    }

    @Test("parts, running totals, reprints and discounted claims make no account")
    func scopes() {
        let whole = reckoned([ministry])
        var beside = reckoned([
            ministry, claim("Ann Roe", .named, 3, 3, scope: .part), claim("Bo Ek", .named, 140, 140, scope: .total),
        ])
        // That others speak of less and of more is said, and moves no number.
        #expect(beside?.state == .scopeMismatch)
        beside?.state = .single
        #expect(beside == whole)
        let repeated = claim("Ann Roe", .named, 50, 50, story: "copy")
        #expect(reckoned([ministry, repeated], ignored: [repeated.id]) == whole)
        let wrong = claim("Ann Roe", .named, 50, 50)
        #expect(reckoned([ministry, wrong], ignored: [wrong.id]) == whole)
    }

    @Test("a minister speaks for the ministry")
    func bodies() {
        let minister = claim("Sorin Albu", .named, role: "Health Minister", 19, 19, day: 2)
        #expect(Reckoning([ministry, minister]).accounts().count == 1)
    }

    @Test("comes out the same in whatever order the claims stand", arguments: 0..<30)
    func order(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let claims = (0..<12).map { index in
            claim(
                "speaker \(index % 5)", [.named, .organization, .unnamed, .author][index % 4],
                role: ["doctor", "resident"][index % 2],
                Double(index), index % 3 == 0 ? nil : Double(index + 2), day: 1 + index % 4,
                stance: index == 7 ? .deny : .assert, story: "story\(index)")
        }
        let made = Reckoning(claims)
        let again = Reckoning(claims.shuffled(using: &random))
        #expect(made.accounts() == again.accounts())
        #expect(made.disputes(made.accounts()) == again.disputes(again.accounts()))
        #expect(
            made.tolls(made.accounts(), made.disputes(made.accounts()))
                == again.tolls(again.accounts(), again.disputes(again.accounts())))
        for toll in made.tolls(made.accounts(), []) { #expect(toll.low <= toll.best && toll.best <= toll.high) }
    }

    @Test(
        "reads a toll set by hand",
        arguments: [("killed=23", 23.0, 23.0, 23.0), ("injured=20..25", 20, 25, 25), ("killed=20..23..25", 20, 23, 25)])
    func corrections(text: String, low: Double, best: Double, high: Double) throws {
        guard case .toll(_, let lowest, let number, let highest) = Correction(parsing: text) else {
            Issue.record("no toll")
            return
        }
        #expect((lowest, number, highest) == (low, best, high))
        for bad in ["killed", "killed=", "killed=x", "killed=5..3", "aboard=3", "killed=-1", "killed=1..2..3..4"] {
            #expect(Correction(parsing: bad) == nil)
        }
    }
}

@Suite("Near copies")
struct SketchTests {
    @Test("are told from other texts by their words")
    func likeness() {
        let words = (0..<300).map { "word\($0 * 7919 % 1009)" }
        let text = words.joined(separator: " ")
        let copy = "The Gull, " + words.dropLast(10).joined(separator: "  ").uppercased()
        let other = (0..<300).map { "term\($0 * 104_729 % 1013)" }.joined(separator: " ")
        #expect(Sketch(text.utf8).likeness(to: Sketch(copy.utf8)) > 0.85)
        #expect(Sketch(text.utf8).likeness(to: Sketch(other.utf8)) < 0.1)
        #expect(Sketch(bytes: Sketch(text.utf8).bytes) == Sketch(text.utf8))
        #expect(Sketch("".utf8).likeness(to: Sketch(text.utf8)) == 0)
    }
}
