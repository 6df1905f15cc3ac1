import Foundation
import Stories
import TestSupport
import Testing

@Suite("A day")
struct DayTests {
    @Test("counts from 1970-01-01 and comes back the same")
    func roundTrip() throws {
        #expect(try #require(Day(iso: "1970-01-01")).number == 0)
        #expect(try #require(Day(iso: "2018-02-15")).number == 17577)
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let day = Day(number: Int.random(in: -700_000...2_900_000, using: &random))
            #expect(Day(iso: day.description) == day)
        }
    }

    @Test(
        "refuses what the calendar lacks",
        arguments: ["2018-02-30", "2018-13-01", "2018-00-10", "18-02-01", "2018/02/01", "", "2018-02-011"])
    func refuses(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test(
        "knows its weekday and its ISO week",
        arguments: [
            ("2018-02-07", 3, 2018, 6), ("2018-01-01", 1, 2018, 1), ("2016-01-01", 5, 2015, 53),
            ("2024-12-30", 1, 2025, 1), ("2000-02-29", 2, 2000, 9),
        ])
    func week(text: String, weekday: Int, year: Int, week: Int) throws {
        let day = try #require(Day(iso: text))
        #expect(day.weekday.rawValue == weekday)
        #expect(day.week == (year, week))
    }

    @Test("goes through JSON as YYYY-MM-DD, with a time of day passed over")
    func json() throws {
        let days = try JSONDecoder().decode([Day].self, from: Data(#"["2018-02-07", "2018-02-07T10:00:00Z"]"#.utf8))
        #expect(days[0] == days[1])
        #expect(String(decoding: try JSONEncoder().encode(days), as: UTF8.self) == #"["2018-02-07","2018-02-07"]"#)
    }
}

@Suite("A span")
struct SpanTests {
    @Test("goes through JSON as two numbers, and only forward")
    func json() throws {
        #expect(String(decoding: try JSONEncoder().encode(Span(3, 8)), as: UTF8.self) == "[3,8]")
        #expect(try JSONDecoder().decode(Span.self, from: Data("[3,8]".utf8)) == Span(3, 8))
        for bad in ["[8,3]", "[-1,3]", "[1,2,3]", "[1]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Span.self, from: Data(bad.utf8)) }
        }
    }

    @Test("overlaps what shares a byte with it, and no neighbour")
    func overlap() {
        #expect(Span(0, 5).overlaps(Span(4, 9)))
        #expect(!Span(0, 5).overlaps(Span(5, 9)))
        #expect(Span(0, 5).contains(Span(5, 5)))
        #expect(Span(2, 3).union(Span(7, 9)) == Span(2, 9))
    }
}
