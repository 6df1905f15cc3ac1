import Foundation
import HTTPTypes
import HummingbirdTesting
import Intake
import NIOCore
import Onrecord
import Record
import Testing

@testable import Desk

@Suite("The desk")
struct DeskTests {
    private let folder: URL
    private let store: RecordStore

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "onrecord-desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try RecordStore(path: folder.appending(path: "r").path)
        let text = """
            {"text": "Blast <script>alert(1)</script> kills two in Lyon\\n\\nBy Ann Roe\\n\\nLYON, France (Gull) - Two people were killed in an explosion in Lyon on Monday, police said.\\n", "published": "2020-03-02", "outlet": "The \\"Gull\\" & Co"}
            """
        _ = try await Recorder(store).add([.page(Page(name: "p.jsonl", bytes: Array(text.utf8)))])
    }

    @Test("serves its pages on a socket, all that a page says escaped, and lets no script run")
    func pages() async throws {
        let id = try #require(try store.incidents().first).id
        try await Desk(store).application().test(.live) { client in
            for path in [
                "/", "/incidents/\(id)", "/stories/\(id)?at=0-5", "/search?q=killed", "/search?q=%3Cscript%3E",
                "/sources",
            ] {
                try await client.execute(uri: path, method: .get) { response in
                    let html = String(buffer: response.body)
                    #expect(response.status == .ok, "\(path)")
                    #expect(!html.contains("<script"), "\(path)")
                    #expect(response.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                }
            }
            try await client.execute(uri: "/incidents/\(id)", method: .get) { response in
                #expect(String(buffer: response.body).contains("Two people were killed"))
            }
            try await client.execute(uri: "/stories/\(id)?at=99999999-100000000", method: .get) {
                #expect($0.status == .ok)
            }
        }
    }

    @Test("heads a story with its title, which a claim of the title marks")
    func titles() async throws {
        let line = """
            {"title": "Two dead <b>& more</b> after blast in Nice", "published": "2020-07-06", \
            "text": "A blast tore through a mill in Nice on Monday, police said."}
            """
        _ = try await Recorder(store).add([.page(Page(name: "q.jsonl", bytes: Array(line.utf8)))])
        let id = try #require(try store.incidents().first { $0.headline.hasPrefix("Two dead") }).id
        try await Desk(store).application().test(.router) { client in
            try await client.execute(uri: "/incidents/\(id)", method: .get) {
                #expect(String(buffer: $0.body).contains("?at=0-0\">Two dead &lt;b&gt;&amp; more&lt;/b&gt; after"))
            }
            try await client.execute(uri: "/stories/\(id)?at=0-0", method: .get) {
                #expect(
                    String(buffer: $0.body).contains(
                        "<h1><mark id=\"at\">Two dead &lt;b&gt;&amp; more&lt;/b&gt; after blast in Nice</mark></h1>"))
            }
            try await client.execute(uri: "/stories/\(id)?at=0-5", method: .get) {
                #expect(String(buffer: $0.body).contains("<mark id=\"at\">A bla</mark>"))
            }
        }
    }

    @Test("serves the API as JSON, errors too")
    func api() async throws {
        let id = try #require(try store.incidents().first).id
        try await Desk(store).application().test(.live) { client in
            try await client.execute(uri: "/api/v1/incidents?country=FR", method: .get) { response in
                let incidents = try JSONDecoder().decode(
                    [IncidentSummary].self, from: Data(String(buffer: response.body).utf8))
                #expect(incidents.map(\.id) == [id])
            }
            try await client.execute(uri: "/api/v1/incidents/\(id)", method: .get) { response in
                let dossier = try JSONDecoder().decode(Dossier.self, from: Data(String(buffer: response.body).utf8))
                #expect(dossier.incident.tolls.first?.best == 2)
            }
            try await client.execute(uri: "/api/v1/health", method: .get) {
                #expect(String(buffer: $0.body).contains("\"stories\":1"))
            }
            try await client.execute(uri: "/api/v1/search?q=police", method: .get) { response in
                let hits = try JSONDecoder().decode([SearchHit].self, from: Data(String(buffer: response.body).utf8))
                #expect(hits.count == 1)
            }
            for path in ["/api/v1/incidents/ffffffffffff", "/nowhere"] {
                try await client.execute(uri: path, method: .get) { response in
                    #expect(response.status == .notFound)
                    #expect(String(buffer: response.body).contains("\"error\""))
                }
            }
        }
    }

    @Test("open to other machines wants a token, and holds callers to it")
    func token() async throws {
        var options = Desk.Options()
        options.host = "0.0.0.0"
        #expect(throws: Desk.Problem.self) { try Desk(store, options: options) }
        options.host = "127.0.0.1"
        options.token = "secret"
        try await Desk(store, options: options).application().test(.live) { client in
            try await client.execute(uri: "/", method: .get) { #expect($0.status == .unauthorized) }
            try await client.execute(uri: "/", method: .get, headers: [.authorization: "Bearer wrong!"]) {
                #expect($0.status == .unauthorized)
            }
            try await client.execute(uri: "/", method: .get, headers: [.authorization: "Bearer secret"]) {
                #expect($0.status == .ok)
            }
        }
    }
}
