@testable import Record
import Stories
import TestSupport
import Testing

@Suite("Delimited text")
struct DelimitedTextTests {
    private func rows(_ text: String, piece: Int = 1 << 20) -> (rows: [[String]], faults: [DelimitedText.Failure]) {
        var reader = DelimitedText()
        var rows: [[String]] = []
        var faults: [DelimitedText.Failure] = []
        func take(_ result: DelimitedText.Result) {
            switch result {
            case .success(let row): rows.append(row.fields)
            case .failure(let failure): faults.append(failure)
            }
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            reader.read(bytes[start..<min(bytes.count, start + piece)], take)
        }
        reader.finish(take)
        return (rows, faults)
    }

    @Test("reads quoted fields, doubled marks, line ends within them, and line ends of any system")
    func quotes() {
        #expect(
            rows("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\rlast,\n").rows
                == [["a", "b"], ["x, \"y\"", "two\r\nlines"], ["last", ""]])
    }

    @Test("passes over a byte order mark and empty lines, and finds semicolons and tabs")
    func marks() {
        #expect(rows("\u{FEFF}a;b\n\n1;2,5\n").rows == [["a", "b"], ["1", "2,5"]])
        #expect(rows("a\tb\n1\t2").rows == [["a", "b"], ["1", "2"]])
        #expect(rows("").rows == [] && rows("a").rows == [["a"]])
    }

    @Test("names the line and the field of what cannot be read, and goes on")
    func faults() {
        let read = rows("a,b\n1,\"x\"y\n2,3\n4,\"never closed\n5,6\n")
        #expect(read.rows == [["a", "b"], ["2", "3"]])
        #expect(read.faults.map(\.line) == [2, 4] && read.faults.map(\.field) == [2, 2])
        #expect(read.faults.map(\.fault) == [.textBehindQuote, .unclosedQuote])
    }

    @Test("reads the same whatever pieces the text comes in", arguments: [1, 2, 3, 7])
    func pieces(piece: Int) {
        let text = "\u{FEFF}name,\"a \"\"b\"\"\",ü\r\n1,\"x\r\n\",\r\n"
        #expect(rows(text, piece: piece).rows == rows(text).rows)
    }

    @Test("takes no more memory than its longest row may have")
    func tooLarge() {
        var reader = DelimitedText(maximum: 100)
        var faults: [DelimitedText.Fault] = []
        reader.read(Array("a,b\n\"".utf8) + Array(repeating: 120, count: 100_000)) { result in
            if case .failure(let failure) = result { faults.append(failure.fault) }
        }
        reader.finish { if case .failure(let failure) = $0 { faults.append(failure.fault) } }
        #expect(faults == [.tooLarge])
    }

    @Test("what it writes it reads; a formula is disarmed")
    func writes() {
        let cells = ["a", "b,c", "d\"e", "two\nlines", "-5", ""]
        #expect(rows(DelimitedText.line(cells)).rows == [cells])
        #expect(DelimitedText.line(["=1+1"]) == "'=1+1")
    }
}

@Suite("Coded events")
struct CodedEventTests {
    private func read(_ text: String) -> (form: CodedEvent.Form?, events: [CodedEvent], errors: [CodedRowError]) {
        var reader = CodedEventReader()
        var events: [CodedEvent] = []
        var errors: [CodedRowError] = []
        func take(_ result: Result<CodedEvent, CodedRowError>) {
            switch result {
            case .success(let event): events.append(event)
            case .failure(let error): errors.append(error)
            }
        }
        reader.read(text.utf8, take)
        reader.finish(take)
        return (reader.form, events, errors)
    }

    @Test("are read by the names of columns, of whichever release")
    func ged() throws {
        let new = read(
            "id,best,high,low,date_start,date_end,date_prec,where_prec,where_coordinates,country,latitude,longitude\n"
                + "7,12,20,9,2018-02-07 00:00:00.000,2018-02-08,2,3,Khasham town,Russia (Soviet Union),35.3,40.28\n")
        let old = read(
            "country,low_est,best_est,high_est,where_coord,event_id,date_start,date_end,date_prec,where_prec,"
                + "latitude,longitude\n"
                + "Russia (Soviet Union),9,12,20,Khasham town,7,2018-02-07,2018-02-08,2,3,35.3,40.28\n")
        #expect(new.form == .ged && new.events == old.events && new.errors.isEmpty)
        let event = try #require(new.events.first)
        #expect((event.low, event.best, event.high) == (9, 12, 20))
        #expect(event.countryCode == "RU" && event.dayTolerance == 3 && event.reach == 80 && event.line == 2)
    }

    @Test("are read from ACLED's columns, with its dates", arguments: ["2018-02-07", "07 February 2018", "7-Feb-18"])
    func acled(date: String) throws {
        let read = read(
            "event_id_cnty,event_date,time_precision,country,location,latitude,longitude,geo_precision,fatalities\n"
                + "SYR1,\(date),1,Syria,Khasham,35.3,40.28,1,100\n")
        let event = try #require(read.events.first)
        #expect(read.form == .acled && event.best == 100 && event.low == nil)
        #expect(event.from == Day(year: 2018, month: 2, day: 7) && event.countryCode == "SY")
    }

    @Test("a bad row is named by line and column, and the rest goes on")
    func bad() {
        let read = read(
            "id,best,low,high,date_start,latitude\n1,x,1,1,2018-02-07,1\n2,5,1,9,31 June,1\n3,5,9,9,2018-02-07,1\n"
                + "4,5\n5,5,1,9,2018-02-07,95\n6,,1,9,2018-02-07,1\n7,5,1,9,2018-02-07,\n")
        #expect(read.events.map(\.id) == ["7"])
        #expect(read.errors.map(\.line) == [2, 3, 4, 5, 6, 7])
        #expect(read.errors.map(\.column) == ["best", "date_start", "low", nil, "latitude", "best"])
    }

    @Test("a file of another form is refused once, and says what it lacks")
    func otherForm() {
        let read = read("a,b\n1,2\n3,4\n")
        #expect(read.form == nil && read.events.isEmpty && read.errors.count == 1)
        #expect(read.errors.first?.reason.contains("date_start, best") == true)
        #expect(self.read("").errors.count == 1)
    }
}

@Suite("Comparison with coded data")
struct ComparisonTests {
    private func day(_ day: Int) -> Day { Day(year: 2018, month: 2, day: day) ?? Day(number: 0) }

    private func event(
        _ id: String, _ best: Double, day number: Int, lat: Double? = 35.3, lon: Double? = 40.2, reach: Double? = 15,
        tolerance: Int = 1, place: String = "", country: String? = "SY"
    ) -> CodedEvent {
        CodedEvent(
            line: 1, id: id, from: day(number), to: day(number), dayTolerance: tolerance, country: nil,
            countryCode: country, places: [place], lat: lat, lon: lon, reach: reach, best: best)
    }

    private func incident(
        _ id: String, killed: Double?, day number: Int, lat: Double = 35.3, lon: Double = 40.2,
        place: String = "Basira",
        country: String = "SY", level: PlaceLevel = .populated
    ) -> IncidentSummary {
        IncidentSummary(
            id: id, type: .battle, from: day(number), to: day(number),
            place: IncidentPlace(name: place, country: country, lat: lat, lon: lon, level: level), headline: id,
            stories: 1,
            tolls: killed.map {
                [Toll(measure: .killed, low: $0, best: $0, high: $0, grade: .weak, state: .single, rule: "")]
            } ?? [], disputes: 0, coverage: Coverage(reports: 1, texts: 1, origins: 1), status: .unreviewed)
    }

    private func compare(
        _ events: [CodedEvent], _ incidents: [IncidentSummary], form: CodedEvent.Form = .ged
    ) -> Comparison {
        Comparison(form: form, events: events, incidents: incidents) { id in
            guard let best = incidents.first(where: { $0.id == id })?.tolls.first?.best else { return [] }
            return tolls([claim("health ministry", .organization, best, best)])
        }
    }

    private func matched(_ events: [CodedEvent], _ incidents: [IncidentSummary]) -> [String] {
        compare(events, incidents).pairs.map { "\($0.event.id)=\($0.incident.id)" }
    }

    @Test("lays the stories' number beside the coded one")
    func verdicts() throws {
        let pairs = compare(
            [event("a", 100, day: 7), event("b", 5, day: 12), event("c", 9, day: 17), event("d", 3, day: 22)],
            [
                incident("A", killed: 80, day: 7), incident("B", killed: 8, day: 12),
                incident("C", killed: 9, day: 17), incident("D", killed: nil, day: 22),
            ]
        ).pairs
        #expect(pairs.map(\.verdict) == [.storiesBelow, .storiesAbove, .within, .noFigure])
        #expect(pairs.map(\.difference) == [-20, 3, 0, nil])
    }

    @Test("keeps to the date, the distance and the country, as far as each is exact")
    func gates() {
        let incident = incident("A", killed: 9, day: 7)
        #expect(matched([event("a", 9, day: 8)], [incident]) == ["a=A"])
        #expect(matched([event("a", 9, day: 9)], [incident]).isEmpty)
        #expect(matched([event("a", 9, day: 9, tolerance: 3)], [incident]) == ["a=A"])
        #expect(matched([event("a", 9, day: 7, lat: 36.3)], [incident]).isEmpty)
        #expect(matched([event("a", 9, day: 7, lat: 36.3, reach: 250)], [incident]) == ["a=A"])
        #expect(matched([event("a", 9, day: 7, country: "IQ")], [incident]).isEmpty)
        #expect(matched([event("a", 9, day: 7, lat: nil, lon: nil, place: "Basira")], [incident]) == ["a=A"])
        #expect(matched([event("a", 9, day: 7, lat: nil, lon: nil, place: "Elsewhere")], [incident]).isEmpty)
    }

    @Test("tells incidents of one day and place apart by the place's name, then by the toll")
    func ties() {
        let incidents = [
            incident("A", killed: 30, day: 7, place: "Khasham"), incident("B", killed: 3, day: 7, place: "Tabiya"),
        ]
        #expect(
            matched([event("a", 3, day: 7, place: "Khasham town"), event("b", 30, day: 7, place: "Tabiya")], incidents)
                == ["a=A", "b=B"])
        let unnamed = [incident("A", killed: 30, day: 7), incident("B", killed: 3, day: 7)]
        #expect(matched([event("a", 3, day: 7), event("b", 30, day: 7)], unnamed) == ["a=B", "b=A"])
    }

    @Test("matches as many as can be, each once, rather than the likest first")
    func assignment() {
        // "a" is likest to A, but is the only one that may be B.
        let incidents = [incident("A", killed: 9, day: 7), incident("B", killed: 9, day: 9)]
        #expect(
            matched([event("a", 9, day: 8, tolerance: 1), event("b", 9, day: 6, tolerance: 1)], incidents)
                == ["b=A", "a=B"])
        #expect(matched([event("a", 9, day: 7), event("b", 9, day: 7)], [incidents[0]]).count == 1)
    }

    @Test("lists what the record lacks, and what the file lacks of its time and countries")
    func lacks() {
        let comparison = compare(
            [event("a", 9, day: 7), event("b", 2, day: 20)],
            [
                incident("A", killed: 9, day: 7), incident("B", killed: 4, day: 15, lat: 33),
                incident("C", killed: 4, day: 15, country: "FR"), incident("D", killed: nil, day: 15),
                incident("E", killed: 4, day: 28),
            ])
        #expect(comparison.recordLacks.map(\.id) == ["b"])
        #expect(
            comparison.fileLacks.map(\.id) == ["B"], "no other country, no incident without dead, none after its end")
    }

    @Test("comes out the same in whatever order both come", arguments: 0..<20)
    func order(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let events = (0..<12).map { event("e\($0)", Double($0 % 4), day: 5 + $0 % 5, tolerance: $0 % 3) }
        let incidents = (0..<10).map { incident("i\($0)", killed: Double($0 % 3), day: 5 + $0 % 6) }
        let comparison = compare(events, incidents)
        #expect(comparison == compare(events.shuffled(using: &random), incidents.shuffled(using: &random)))
        #expect(Set(comparison.pairs.map(\.incident.id)).count == comparison.pairs.count)
        #expect(comparison.pairs.count + comparison.recordLacks.count == events.count)
    }
}
