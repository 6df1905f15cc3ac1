import Foundation
import Onrecord
@testable import Record
import Stories
import TestSupport
import Testing

/// A record of the sample stories, in a folder of its own.
private func sampleRecord(_ folder: Folder) async throws -> RecordStore {
    let store = try RecordStore(path: folder.path("r"))
    _ = try await add(sampleFiles, to: store)
    return store
}

private func text(_ export: Export, _ store: RecordStore, _ id: String? = nil) throws -> String {
    var bytes: [UInt8] = []
    try store.export(export, incident: id) { bytes += $0 }
    return try #require(String(validating: bytes, as: UTF8.self))
}

/// The cells of comma-separated values, as RFC 4180 has them; nil where they are none.
private func cells(_ csv: String) -> [[String]]? {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var closed = false
    for scalar in csv.unicodeScalars {
        if isQuoted {
            if scalar == "\"" { (isQuoted, closed) = (false, true) } else { cell.unicodeScalars.append(scalar) }
            continue
        }
        switch scalar {
        case "\"":
            if closed { cell += "\"" } else if !cell.isEmpty { return nil }
            (isQuoted, closed) = (true, false)
        case ",", "\n":
            row.append(cell)
            (cell, closed) = ("", false)
            if scalar == "\n" {
                rows.append(row)
                row = []
            }
        default:
            if closed { return nil }
            cell.unicodeScalars.append(scalar)
        }
    }
    return isQuoted || !row.isEmpty || !cell.isEmpty ? nil : rows
}

/// Rows of a table by the names of their columns.
private func rows(_ csv: String) throws -> [[String: String]] {
    let table = try #require(cells(csv))
    return try table.dropFirst().map { row in
        try #require(row.count == table[0].count)
        return Dictionary(uniqueKeysWithValues: zip(table[0], row))
    }
}

private func json(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

private func lines(_ text: String) throws -> [[String: Any]] { try text.split(separator: "\n").map(json) }

/// What a headline may hold that means something to a spreadsheet, a browser or a parser.
private let hostile = "=cmd|' /C calc'!A0 <script>alert(\"1\")</script>\r\n,\"quoted\"; \u{202E}👩‍👩‍👧 & é\u{0}"

/// A made-up incident, so that each part of it can be set.
private struct Made {
    var text = "🔥 Two soldiers and a boy died, “he” said.\nAnother sentence."
    var incident = IncidentSummary(
        id: "00000000002a", type: .airstrike, from: Day(iso: "2024-02-01"), to: Day(iso: "2024-02-03"),
        place: IncidentPlace(name: "Deir ez-Zor", country: "SY", lat: 35.33, lon: -0.25, level: .populated),
        headline: "Strike", stories: 1, tolls: [], disputes: 0,
        coverage: Coverage(reports: 1, texts: 1, origins: 2), status: .unreviewed)
    var mention = IncidentMention(type: .airstrike, main: true)
    var claims: [Claim] = []
    var profiles: [ProfileToll] = []
    var reviews: [Review] = []

    static let digest = String(repeating: "ab", count: 32)

    func claim(_ number: Int, _ span: Span, min: Double? = 3, stance: Claim.Stance = .assert) -> Claim {
        Claim(
            story: Made.digest, number: number, measure: .killed, min: min, max: min, approximate: false,
            scope: .incident, phrase: "three", stance: stance,
            speaker: Speaker(name: "Ann Roe", role: "doctor", kind: .named), depth: 1, sentence: "A sentence.",
            span: span, published: Day(iso: "2024-02-04"), outlet: "Gull")
    }

    func toll(
        _ profile: Profile, _ population: ProfileToll.Population, _ low: Double?, _ best: Double?,
        _ high: Double?, grade: String? = nil
    ) -> ProfileToll {
        ProfileToll(
            profile: profile, measure: .killed, population: population, low: low, best: best, high: high, grade: grade,
            pending: false, imputed: false, rule: "by rule", lowClaims: [], bestClaims: [], highClaims: [])
    }

    var subject: ExportSubject {
        let story = StorySummary(
            digest: Made.digest, headline: incident.headline, outlet: "Gull", published: Day(iso: "2024-02-04"),
            page: "https://gull.example/1", received: "2024-02-05T06:07:08Z", receipts: 1)
        let dossier = Dossier(
            incident: incident, stories: [story], claims: claims,
            accounts: Reckoning(claims).accounts(), disputes: [], profiles: profiles,
            revisions: [], discounted: [], repeated: [], reviews: reviews, unattached: [])
        let receipt = ExportSubject.Receipt(
            number: 1, page: String(repeating: "cd", count: 32), name: "p", received: "2024-02-05T06:07:08Z")
        return ExportSubject(
            dossier,
            texts: [
                Made.digest: .init(bytes: Array(text.utf8), mention: mention, engine: "1", receipts: [receipt])
            ])
    }

    func body(_ kind: Export.Kind, _ format: Export.Format? = nil) -> String {
        guard let shape = ExportShape(Export(kind, as: format)) else { return "" }
        return shape.head + shape.body(subject) + shape.tail
    }
}

@Suite("An export")
struct ExportTests {
    @Test("has the columns of the others' tables, in their order")
    func columns() {
        #expect(
            UCDPExport.columns.joined(separator: ", ") == """
                id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id, \
                conflict_name, dyad_dset_id, dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id, side_a, \
                side_b_dset_id, side_b_new_id, side_b, number_of_sources, source_article, source_office, source_date, \
                source_headline, source_original, where_prec, where_coordinates, where_description, adm_1, adm_2, \
                latitude, longitude, geom_wkt, priogrid_gid, country, country_id, region, event_clarity, date_prec, \
                date_start, date_end, deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low, gwnoa, \
                gwnob
                """)
        #expect(
            ACLEDExport.columns.joined(separator: ", ") == """
                event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, \
                assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, \
                country, admin1, admin2, admin3, location, latitude, longitude, geo_precision, source, source_scale, \
                notes, fatalities, tags, timestamp
                """)
        #expect(
            AirwarsExport.columns.joined(separator: ", ") == """
                date, country, grading, latitude, longitude, strike_status, geolocation_accuracy, \
                unique_reference_code, civilians_killed_min, civilians_killed_max, civilians_injured_min, \
                civilians_injured_max, militants_killed_min, militants_killed_max, belligerent_list
                """)
        #expect(UCDPExport.columns.count == 49 && ACLEDExport.columns.count == 31)
    }

    @Test("of the sample is the same twice, in every kind and form", arguments: Export.Kind.allCases)
    func stable(kind: Export.Kind) async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        for format in kind.formats {
            let once = try text(Export(kind, as: format), store)
            #expect(!once.isEmpty && once.hasSuffix("\n"))
            #expect(try text(Export(kind, as: format), store) == once)
        }
    }

    @Test("gives the sample's explosion to UCDP, ACLED and Airwars users")
    func tables() async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        let ucdp = try #require(try rows(text(Export(.ucdp), store)).first)
        #expect(ucdp["id"] == "104111525596049" && ucdp["relid"] == "Onrecord-5eb05a800b91")
        #expect(ucdp["best"] == "19" && ucdp["date_start"] == "2025-03-03" && ucdp["date_prec"] == "1")
        #expect(ucdp["country"] == "Romania" && ucdp["region"] == "Europe" && ucdp["where_prec"] == "1")
        #expect(ucdp["priogrid_gid"] == "193378" && ucdp["geom_wkt"]?.hasPrefix("POINT (28.6") == true)
        // Seven stories, one of them a reprint.
        #expect(ucdp["source_article"]?.split(separator: ";").count == 6)
        #expect(ucdp["source_date"]?.split(separator: ";").count == 6)
        #expect(ucdp["source_article"]?.hasPrefix("\"Meridian Wire,2025-03-03,At least nine killed") == true)
        for column in ["gwnoa", "gwnob", "dyad_name", "conflict_name", "code_status", "type_of_violence"] {
            #expect(ucdp[column] == "")
        }
        let acled = try #require(try rows(text(Export(.acled), store)).first)
        #expect(acled["event_id_cnty"] == "ROU104111525596049" && acled["iso"] == "642")
        #expect(acled["fatalities"] == "19" && acled["notes"]?.hasSuffix("; coded 19.") == true)
        #expect(acled["notes"]?.contains("denied by Darsena Grain") == true)
        #expect(acled["source"] == "Meridian Wire; Balkan Dispatch; Harbour Radio; The Coast Herald")
        #expect(acled["timestamp"] == "1741248000")
        let airwars = try #require(try rows(text(Export(.airwars), store)).first)
        #expect(airwars["unique_reference_code"] == "Onrecord-5eb05a800b91" && airwars["country"] == "Romania")
        for kind in [Export.Kind.ucdp, .acled, .airwars, .incidents] {
            let table = try rows(text(Export(kind), store))
            let objects = try lines(text(Export(kind, as: .jsonl), store))
            #expect(table.count == objects.count)
        }
    }

    @Test("lists claims with whether they hold, and incidents with what stands behind them")
    func ownTables() async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        let dossier = try store.dossier(try #require(try store.incidents().first).id)
        let claims = try rows(text(Export(.claims), store))
        #expect(claims.map { $0["claim"] } == dossier.claims.map(\.id))
        let statuses = Set(claims.compactMap { $0["status"] })
        #expect(statuses.isSuperset(of: ["live", "superseded", "reprint", "statement"]))
        let live = Set(dossier.accounts.map(\.live.id))
        #expect(Set(claims.filter { $0["status"] == "live" }.compactMap { $0["claim"] }) == live)
        let objects = try lines(text(Export(.claims, as: .jsonl), store))
        #expect(objects.compactMap { $0["status"] as? String } == claims.compactMap { $0["status"] })
        let incident = try #require(try rows(text(Export(.incidents), store)).first)
        #expect(incident["reports"] == "7" && incident["texts"] == "6" && incident["status"] == "unreviewed")
        let header = try #require(cells(try text(Export(.incidents), store))?.first)
        #expect(
            header.prefix(4) == ["id", "type", "from", "to"]
                && header.suffix(4) == ["reports", "texts", "origins", "status"])
        let tags = try #require(cells(try text(Export(.incidents, hxl: true), store)))
        #expect(tags[0] == header && tags.count == 3)
        for tag in tags[1] { #expect(tag.wholeMatch(of: #/#[a-z]+(\+[a-z][a-z0-9_]*)*/#) != nil, "\(tag)") }
    }

    @Test("puts incidents on a map, longitude first, and those without a place on none")
    func geojson() async throws {
        let folder = try Folder()
        let collection = try json(try text(Export(.geojson), try await sampleRecord(folder)))
        #expect(collection["type"] as? String == "FeatureCollection")
        let feature = try #require((collection["features"] as? [[String: Any]])?.first)
        let point = try #require(feature["geometry"] as? [String: Any])
        #expect(point["type"] as? String == "Point" && point["coordinates"] as? [Double] == [28.6343, 44.1807])
        #expect((feature["properties"] as? [String: Any])?["killed_best"] as? Int == 19)
        var made = Made()
        made.incident.place = nil
        let features = try #require(try json(made.body(.geojson))["features"] as? [[String: Any]])
        #expect(features[0]["geometry"] is NSNull)
        let empty = try RecordStore(path: folder.path("empty"))
        #expect(try (json(text(Export(.geojson), empty))["features"] as? [Any])?.isEmpty == true)
    }

    @Test("marks each claim in its story by code points, whose slice is the quotation")
    func annotations() async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        var cut = 0
        for annotation in try lines(text(Export(.annotations), store)) {
            #expect(annotation["type"] as? String == "Annotation")
            let target = try #require(annotation["target"] as? [String: Any])
            let source = try #require(target["source"] as? String)
            let scalars = Array(
                String(decoding: try store.story(String(source.dropFirst("urn:sha256:".count))).text, as: UTF8.self)
                    .unicodeScalars)
            guard let selectors = target["selector"] as? [[String: Any]] else { continue }
            let exact = try #require(selectors[0]["exact"] as? String)
            let start = try #require(selectors[1]["start"] as? Int)
            let end = try #require(selectors[1]["end"] as? Int)
            #expect(scalars[start..<end].elementsEqual(exact.unicodeScalars))
            let prefix = try #require(selectors[0]["prefix"] as? String).unicodeScalars
            let suffix = try #require(selectors[0]["suffix"] as? String).unicodeScalars
            #expect(scalars[..<start].suffix(prefix.count).elementsEqual(prefix))
            #expect(scalars[end...].prefix(suffix.count).elementsEqual(suffix))
            cut += 1
        }
        #expect(cut > 20)
        // Behind an emoji, a code point of four bytes and two UTF-16 units.
        var counter = CodePoints(Array("🔥é“x”".utf8))
        #expect([4, 6, 9, 4, 13].map { counter.position(of: $0) } == [1, 2, 3, 1, 5])
    }

    @Test("leads every claim and toll back to a page")
    func provenance() async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        let id = try #require(try store.incidents().first).id
        _ = try store.review(
            .correct, subject: id, value: "killed=19", who: "A. Roe", why: "seen", at: "2025-03-07T00:00:00Z")
        let document = try json(try text(Export(.prov), store))
        let context = try #require(document["@context"] as? [String: Any])
        let nodes = try #require(document["@graph"] as? [[String: Any]])
        let ids = Set(nodes.compactMap { $0["@id"] as? String })
        var relations = 0
        for node in nodes {
            for (key, value) in node where key.hasPrefix("was") || key == "used" || key == "alternateOf" {
                #expect((context[key] as? [String: String])?["@type"] == "@id")
                for target in value as? [String] ?? [value as? String ?? ""] {
                    #expect(ids.contains(target), "\(key) \(target)")
                    #expect(target != node["@id"] as? String)
                    relations += 1
                }
            }
            #expect(node["@type"] != nil)
        }
        #expect(relations > 100)
        func of(_ type: String) -> [[String: Any]] {
            nodes.filter { ($0["@type"] as? [String])?.contains(type) == true }
        }
        #expect(of("onrecord:Claim").allSatisfy { $0["wasGeneratedBy"] != nil && $0["wasAttributedTo"] != nil })
        #expect(of("onrecord:Claim").contains { $0["wasRevisionOf"] != nil })
        #expect(of("onrecord:Story").count == 7 && of("onrecord:Reading").count == 7)
        #expect(of("prov:SoftwareAgent").first?["label"] as? String == "Onrecord \(Engine.version)")
        #expect(
            of("onrecord:Toll").contains { $0["wasGeneratedBy"] as? String == "urn:onrecord:review:1" })
    }

    @Test("gives Aleph entities whose schemas and properties it has")
    func followTheMoney() async throws {
        let folder = try Folder()
        // Of followthemoney 4.11.
        let model: [String: Set<String>] = [
            "Event": [
                "name", "startDate", "endDate", "country", "location", "summary", "recordId", "keywords", "proof",
            ],
            "Article": ["title", "name", "fileName", "publisher", "publishedAt", "retrievedAt", "sourceUrl"],
            "Documentation": ["document", "entity", "role", "date"],
            "Person": ["name", "position"], "Organization": ["name"],
            "Note": ["name", "description", "entity", "proof", "publisher", "keywords"],
        ]
        let entities = try lines(text(Export(.ftm), try await sampleRecord(folder)))
        let ids = Set(entities.compactMap { $0["id"] as? String })
        for entity in entities {
            let schema = try #require(entity["schema"] as? String)
            let properties = try #require(entity["properties"] as? [String: [String]])
            #expect(Set(properties.keys).isSubset(of: try #require(model[schema])), "\(schema)")
            for name in ["entity", "document", "proof"] {
                #expect((properties[name] ?? []).allSatisfy(ids.contains))
            }
        }
        #expect(Set(entities.compactMap { $0["schema"] as? String }) == Set(model.keys))
    }

    @Test("prints a dossier that needs nothing else and whose links lead somewhere")
    func page() async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        let id = try #require(try store.incidents().first).id
        for html in [try text(Export(.dossier), store), try text(Export(.dossier), store, id)] {
            let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
            #expect(Set(ids).count == ids.count)
            for link in html.matches(of: #/href="([^"]*)"/#) {
                #expect(link.1.hasPrefix("#") && ids.contains(String(link.1.dropFirst())), "\(link.1)")
            }
            for word in ["<script", "<link", "<img", "src=", "url(", "@import"] { #expect(!html.contains(word)) }
            #expect(html.contains("Low–high is not a confidence interval"))
            #expect(html.contains("<strong>7 reports</strong> · <strong>6 texts</strong>"))
            #expect(html.contains("<s>killed: 16</s> <span class=\"tag\">superseded</span>"))
            #expect(html.contains("<mark id=\"m-") && html.contains("prefers-color-scheme: dark"))
        }
        #expect(try text(Export(.dossier), store, id).contains("<title>At least nine killed"))
    }

    @Test("takes the numbers from the profile of whose method it is")
    func profiles() throws {
        var made = Made()
        made.incident.tolls = [
            Toll(measure: .killed, low: 100, best: 100, high: 100, grade: .weak, state: .single, rule: "")
        ]
        made.claims = [made.claim(0, Span(0, 44))]
        made.profiles = [
            made.toll(.ucdp, .all, 3, 9, 12), made.toll(.ucdp, .civilian, 2, 4, 5),
            made.toll(.acled, .all, nil, 3, nil),
            made.toll(.airwars, .civilian, 1, nil, 5, grade: "fair"), made.toll(.airwars, .combatant, 2, nil, 2),
        ]
        let ucdp = try #require(try rows(made.body(.ucdp)).first)
        #expect(["best", "high", "low"].map { ucdp[$0] } == ["9", "12", "3"])
        #expect(
            ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"].map { ucdp[$0] } == ["0", "0", "4", "5"])
        #expect(ucdp["id"] == "42" && ucdp["date_prec"] == "2" && ucdp["date_end"] == "2024-02-03")
        // -0.25 degrees are no formula.
        #expect(ucdp["longitude"] == "-0.25" && ucdp["geom_wkt"] == "POINT (-0.25 35.33)")
        let acled = try #require(try rows(made.body(.acled)).first)
        #expect(acled["fatalities"] == "3" && acled["time_precision"] == "2" && acled["timestamp"] == "1707113228")
        #expect(acled["event_type"] == "Explosions/Remote violence" && acled["disorder_type"] == "Political violence")
        #expect(acled["notes"]?.contains("Fatalities: Ann Roe, doctor 3; coded 3.") == true)
        let airwars = try #require(try rows(made.body(.airwars)).first)
        #expect(airwars["civilians_killed_min"] == "1" && airwars["civilians_killed_max"] == "5")
        #expect(airwars["militants_killed_min"] == "2" && airwars["grading"] == "fair")
        #expect(made.body(.dossier).contains("after Airwars, civilian"))
    }

    @Test("leaves out what others' methods do not count")
    func leftOut() throws {
        var made = Made()
        made.profiles = [made.toll(.ucdp, .all, 0, 0, 0)]
        #expect(try rows(made.body(.ucdp)).isEmpty)
        made.profiles = [made.toll(.ucdp, .all, 0, 0, 1)]
        #expect(try rows(made.body(.ucdp)).count == 1)
        made.incident.type = .disaster
        #expect(try rows(made.body(.ucdp)).isEmpty)
        #expect(try rows(made.body(.acled)).isEmpty)
        made = Made()
        made.incident.coverage.origins = 0
        made.profiles = [made.toll(.ucdp, .all, 2, 2, 2)]
        #expect(try rows(made.body(.ucdp)).first?["number_of_sources"] == "-1")
    }

    @Test("tells a kind of violence only where the actors do")
    func violence() throws {
        func kind(_ actors: [(String, IncidentMention.Actor.Role, IncidentMention.Actor.Kind?)]) throws -> [String?] {
            var made = Made()
            made.profiles = [made.toll(.ucdp, .all, 2, 2, 2)]
            made.mention.actors = actors.map { .init(span: Span(0, 1), name: $0.0, role: $0.1, kind: $0.2) }
            let row = try #require(try rows(made.body(.ucdp)).first)
            return [row["type_of_violence"], row["side_a"], row["side_b"]]
        }
        #expect(try kind([]) == ["", "", ""])
        #expect(
            try kind([("the army", .acted, .state), ("villagers", .hit, .civilians)]) == ["3", "the army", "Civilians"])
        #expect(
            try kind([("rebels", .acted, .armedGroup), ("the army", .hit, .state)]) == ["1", "the army", "rebels"])
        #expect(try kind([("gunmen", .acted, .attackers), ("villagers", .hit, .civilians)])[0] == "")
        #expect(try kind([("the army", .acted, .state), ("16 people", .hit, .civilians)])[0] == "")
    }

    @Test("takes no headline for markup, a formula or a line end", arguments: Export.Kind.allCases)
    func hostileText(kind: Export.Kind) throws {
        var made = Made()
        made.incident.headline = hostile
        made.incident.place?.name = hostile
        made.incident.tolls = [
            Toll(measure: .killed, low: 1, best: 2, high: 3, grade: .weak, state: .single, rule: hostile)
        ]
        var claim = made.claim(0, Span(0, 44))
        claim.sentence = hostile
        claim.outlet = "@SUM(A1)"
        claim.speaker.name = hostile
        made.claims = [claim]
        made.reviews = [
            Review(
                number: 1, at: "2024-02-06T00:00:00Z", who: hostile, action: .confirm, subject: Made.digest,
                why: hostile, previous: "", hash: "ef")
        ]
        for format in kind.formats {
            let body = made.body(kind, format)
            switch format {
            case .csv:
                let table = try #require(cells(body))
                #expect(table.count == 2)
                for cell in table[1] where Double(cell) == nil {
                    #expect(!["=", "+", "-", "@", "\t", "\r"].contains { cell.hasPrefix($0) }, "\(cell)")
                }
            case .jsonl: for line in try lines(body) { #expect(!line.isEmpty) }
            case .json: #expect(try !json(body).isEmpty)
            case .html:
                #expect(!body.contains("<script") && !body.contains("\u{202E}") && !body.contains("\u{0}"))
                #expect(body.contains("&lt;script&gt;alert(&quot;1&quot;)") && body.contains("👩‍👩‍👧 &amp; é"))
            }
        }
    }

    @Test("finds the cells of PRIO-GRID")
    func grid() {
        #expect(EventFacts.cell(lat: 10.51, lon: 2.29) == 145_085)
        #expect(EventFacts.cell(lat: -90, lon: -180) == 1)
        #expect(EventFacts.cell(lat: 90, lon: 180) == 259_200)
        #expect(EventFacts.cell(lat: 91, lon: 0) == nil)
    }

    @Test(
        "knows near a place from in it",
        arguments: [
            ("a base near ", true), ("in a village outside ", true), ("some 12 miles from ", true),
            ("on the outskirts of ", true), ("south of ", true), ("in ", false), ("a blast in the centre of ", false),
            ("people from ", false), ("", false),
        ])
    func near(words: String, isNear: Bool) {
        #expect(EventFacts.isNear(words.utf8) == isNear)
    }

    @Test("knows countries by their codes")
    func countries() throws {
        let syria = try #require(Country.of("sy"))
        #expect(syria.long == "SYR" && syria.number == 760 && syria.name == "Syria" && syria.region == "Middle East")
        #expect(Country.of("XK")?.number == nil && Country.of("ZZ") == nil && Country.of(nil) == nil)
        #expect(Country.of("AF")?.acledRegion == "Caucasus and Central Asia")
    }

    @Test("keeps numbers and dates as they are, and disarms what a spreadsheet would run")
    func disarming() {
        for plain in ["-12.5", "+3", "2024-01-01", "a=b", "", "5–10"] { #expect(CSV.disarmed(plain) == plain) }
        for formula in ["=1+1", "+cmd", "-x", "@A1", "\t=1", "  =1", "＝1"] {
            #expect(CSV.disarmed(formula) == "'" + formula)
        }
    }

    @Test("has all that a filter lets through, in the order of ids, whatever its limit")
    func filters() async throws {
        let folder = try Folder()
        let store = try await sampleRecord(folder)
        for (index, town) in ["Lyon, France", "Hanover, Germany", "Turin, Italy", "Leeds, England"].enumerated() {
            let text =
                "\(index * 7 + 2) people were killed when a bomb went off in a market in \(town), on Monday, police said."
            let reading = Reader().read(Story(text: text, published: "2021-0\(index + 2)-02"))
            let bytes = Array(text.utf8)
            _ = try store.add(
                [.init(text: bytes, reading: reading, page: bytes, span: Span(0, bytes.count), name: "\(index)")],
                received: "2021-04-01T00:00:00Z")
        }
        var filter = RecordStore.Filter()
        filter.limit = 1
        var bytes: [UInt8] = []
        try store.export(Export(.incidents), filter: filter) { bytes += $0 }
        let ids = try rows(String(decoding: bytes, as: UTF8.self)).compactMap { $0["id"] }
        #expect(ids == ids.sorted() && ids.count >= 4)
        #expect(try ids.count == store.incidents().count)
        filter.country = "fr"
        bytes = []
        try store.export(Export(.incidents), filter: filter) { bytes += $0 }
        #expect(try rows(String(decoding: bytes, as: UTF8.self)).map { $0["country"] } == ["FR"])
        // A page that is one story and nothing else does not come of itself.
        let nodes = try #require(try json(text(Export(.prov), store))["@graph"] as? [[String: Any]])
        #expect(nodes.allSatisfy { $0["wasDerivedFrom"] as? String != $0["@id"] as? String })
        #expect(throws: RecordStoreError.self) { try text(Export(.dossier), store, "ffffffff") }
    }
}
