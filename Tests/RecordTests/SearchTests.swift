@testable import Record
import Stories
import TestSupport
import Testing

@Suite("A search")
struct SearchTests {
    @Test(
        "takes what people type as FTS5 wants it",
        arguments: [
            ("hospital wounded", "\"hospital\" AND \"wounded\""), ("\"did not respond\"", "\"did not respond\""),
            ("mercen*", "\"mercen\"*"), ("a OR b c", "(\"a\" OR \"b\") AND \"c\""),
            ("dead NEAR/5 doctor", "NEAR(\"dead\" \"doctor\", 5)"), ("dead -syria", "(\"dead\") NOT (\"syria\")"),
            ("a NEAR/5 b NEAR/3 c", "(NEAR(\"a\" \"b\", 5) AND NEAR(\"b\" \"c\", 3))"),
            ("a NEAR/-3 b", "NEAR(\"a\" \"b\", 0)"),
            ("a OR b NEAR/2 c", "(\"a\" OR NEAR(\"b\" \"c\", 2))"),
            ("U.N. aid", "\"U N\" AND \"aid\""), ("x:y", "\"x y\""),
        ])
    func words(typed: String, match: String) throws { #expect(try Search(parsing: typed).match == match) }

    @Test("has nothing to look for in marks alone", arguments: ["", "\"", "-", "* * *", "OR", "NEAR/3"])
    func nothing(typed: String) throws { #expect(try Search(parsing: typed).match == nil) }

    @Test("takes fields, with quotation marks or without")
    func fields() throws {
        let search = try Search(
            parsing:
                "dead speaker:\"Health Ministry\" kind:organization stance:assert measure:killed from:2025-03-01 place:Constanta km:20"
        )
        #expect(search.words == "dead" && search.speaker == "Health Ministry" && search.kind == .organization)
        #expect(search.stance == .assert && search.measure == .killed && search.from == Day(iso: "2025-03-01"))
        #expect(search.near?.kilometres == 20 && abs((search.near?.lat ?? 0) - 44.18) < 0.1)
    }

    @Test(
        "says what a field may be where its value cannot be read",
        arguments: [
            "kind:robot", "stance:sure", "from:tomorrow", "km:far", "place:Nowhereville-upon-Nothing", "measure:gold",
            "km:5",
        ])
    func bad(typed: String) throws {
        let error = try #require(refusal { _ = try Search(parsing: typed) })
        guard case .badSearch(let reason) = error else { throw error }
        #expect(reason.contains(typed.split(separator: ":")[0]))
    }
}

@Suite("A search for nothing")
struct EmptySearchTests {
    @Test("that only says what to leave out is refused, and so is a measure of what is no claim")
    func refused() throws {
        #expect(refusal { _ = try Search(parsing: "-police") } != nil)
        let folder = try Folder()
        let store = try RecordStore(path: folder.path("r"))
        var search = try Search(parsing: "measure:killed")
        search.scope = .statements
        #expect(refusal { _ = try store.search(search) } != nil)
    }
}

@Suite("Searching a record")
struct RecordSearchTests {
    private func store(_ folder: Folder) async throws -> RecordStore {
        let store = try RecordStore(path: folder.path("r"))
        _ = try await add(sampleFiles, to: store)
        return store
    }

    private func found(_ store: RecordStore, _ typed: String, _ scope: Search.Scope) throws -> [SearchHit] {
        var search = try Search(parsing: typed)
        search.scope = scope
        search.limit = 100
        return try store.search(search)
    }

    @Test("finds stories whose words stand in different sentences, and shows one with its words marked")
    func stories() async throws {
        let folder = try Folder()
        let store = try await store(folder)
        let hits = try found(store, "respond terminal", .stories)
        #expect(!hits.isEmpty && Set(hits.map(\.story)).count == hits.count)
        for hit in hits where !hit.span.isEmpty {
            let text = try store.story(hit.story).text
            let sentence = PlainText.of(text[hit.span.range])
            #expect(hit.snippet.filter { $0 != "[" && $0 != "]" } == sentence.filter { $0 != "[" && $0 != "]" })
        }
        #expect(
            try found(store, "\"did not respond\"", .stories).allSatisfy { $0.snippet.contains("[did not respond]") })
        #expect(try found(store, "nosuchword", .stories).isEmpty)
        #expect(try found(store, "country:RO type:explosion", .stories).count == 7)
        #expect(try found(store, "place:Constanta km:30", .stories).count == 7)
        #expect(try found(store, "place:Lyon km:30", .stories).isEmpty)
    }

    @Test("finds claims by speaker, kind, stance, measure and day")
    func claims() async throws {
        let folder = try Folder()
        let store = try await store(folder)
        let unnamed = try found(store, "kind:unnamed measure:killed", .claims)
        #expect(unnamed.count >= 3 && unnamed.allSatisfy { $0.kind == .unnamed && $0.claim?.measure == .killed })
        let ministry = try found(store, "speaker:ministry nineteen", .claims)
        #expect(!ministry.isEmpty && ministry.allSatisfy { $0.snippet.lowercased().contains("[nineteen]") })
        #expect(try found(store, "stance:decline", .claims).allSatisfy { $0.claim?.stance == .decline })
        #expect(
            try found(store, "measure:killed from:2025-03-05", .claims).allSatisfy {
                ($0.published ?? Day(number: 0)) >= Day(number: 20_152)
            })
    }

    @Test("finds what one speaker said")
    func statements() async throws {
        let folder = try Folder()
        let store = try await store(folder)
        let hits = try found(store, "speaker:\"fire brigade\"", .statements)
        #expect(!hits.isEmpty && hits.allSatisfy { $0.speaker?.lowercased().contains("fire brigade") == true })
        #expect(try found(store, "speaker:ministry explo*", .statements).allSatisfy { $0.snippet.contains("[") })
    }

    @Test("goes page by page through all that it finds, each once", arguments: Search.Scope.allCases)
    func pages(scope: Search.Scope) async throws {
        let folder = try Folder()
        let store = try await store(folder)
        var search = try Search(parsing: "killed OR dead OR said")
        search.scope = scope
        search.limit = 100
        let all = try store.search(search)
        var paged: [SearchHit] = []
        search.limit = 3
        while true {
            search.offset = paged.count
            let page = try store.search(search)
            if page.isEmpty { break }
            paged += page
        }
        #expect(paged == all && Set(all).count == all.count && all.count >= 6)
    }
}
