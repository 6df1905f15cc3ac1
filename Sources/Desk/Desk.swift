internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
public import Record
internal import Stories

/// The web desk and the HTTP API over one record.
///
/// It binds to the loopback interface unless told otherwise; anywhere else it wants a token, sent as
/// `Authorization: Bearer TOKEN`. Nothing is written through it.
public struct Desk: Sendable {
    /// Where and for whom it serves.
    public struct Options: Sendable {
        /// Name or address to bind to.
        public var host = "127.0.0.1"
        /// Port; 0 for any that is free.
        public var port = 8300
        /// What callers must show; nil for none.
        public var token: String?

        /// Loopback, port 8300, no token.
        public init() {}
    }

    /// Why a desk cannot be opened.
    public enum Problem: Error, CustomStringConvertible, Sendable {
        /// It would be open to others without a token.
        case unguarded(host: String)

        /// What to do about it.
        public var description: String {
            switch self {
            case .unguarded(let host): "\(host) is open to other machines: give a --token that callers must show"
            }
        }
    }

    private let store: RecordStore
    private let options: Options

    /// A desk over a record.
    ///
    /// - Throws: `Problem` where the host is not loopback and there is no token.
    public init(_ store: RecordStore, options: Options = Options()) throws(Problem) {
        guard ["127.0.0.1", "::1", "localhost"].contains(options.host) || !(options.token ?? "").isEmpty else {
            throw .unguarded(host: options.host)
        }
        self.store = store
        self.options = options
    }

    /// Serves until the process is told to end.
    ///
    /// - Parameter ready: told the port, once connections are taken.
    public func run(ready: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        try await application(ready: ready).runService()
    }

    func application(ready: @escaping @Sendable (Int) -> Void = { _ in }) -> some ApplicationProtocol {
        var logger = Logger(label: "onrecord.desk")
        logger.logLevel = .warning
        return Application(
            router: router(),
            configuration: .init(address: .hostname(options.host, port: options.port), serverName: "onrecord"),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? 0) }, logger: logger)
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: Guard(token: options.token))
        let pages = Pages()
        let store = store
        router.get("/") { request, _ in
            let query = request.uri.queryParameters
            return Answer.page(
                pages.incidents(try store.incidents(Desk.filter(query)), query: query["text"].map(String.init) ?? ""))
        }
        router.get("/search") { request, _ in
            let text = request.uri.queryParameters["q"].map(String.init) ?? ""
            return Answer.page(pages.search(text, try store.search(text, limit: 50)))
        }
        router.get("/sources") { _, _ in Answer.page(pages.sources(try store.sources(limit: 200))) }
        router.get("/incidents/{id}") { _, context in
            Answer.page(pages.dossier(try store.dossier(try context.parameters.require("id"))))
        }
        router.get("/stories/{id}") { request, context in
            let (digest, text, reading) = try store.story(try context.parameters.require("id"))
            return Answer.page(
                pages.story(digest, text, reading, highlight: request.uri.queryParameters["at"].map(String.init)))
        }
        router.get("/desk.css") { _, _ in Answer.style(Pages.style) }
        let api = router.group("/api/v1")
        api.get("/health") { _, _ in
            let counts = try store.counts()
            return try Answer.json([
                "stories": counts.stories, "incidents": counts.incidents, "reviews": counts.reviews,
            ])
        }
        api.get("/incidents") { request, _ in
            try Answer.json(try store.incidents(Desk.filter(request.uri.queryParameters)))
        }
        api.get("/incidents/{id}") { _, context in
            try Answer.json(try store.dossier(try context.parameters.require("id")))
        }
        api.get("/search") { request, _ in
            let query = request.uri.queryParameters
            return try Answer.json(try store.search(query["q"].map(String.init) ?? "", limit: Desk.limit(query)))
        }
        api.get("/sources") { request, _ in
            try Answer.json(try store.sources(limit: Desk.limit(request.uri.queryParameters)))
        }
        return router
    }

    private static func limit(_ query: Parameters) -> Int {
        min(1000, max(1, query["limit"].flatMap { Int($0) } ?? 100))
    }

    private static func filter(_ query: Parameters) -> RecordStore.Filter {
        func value(_ name: Substring) -> String? { query[name].map(String.init).flatMap { $0.isEmpty ? nil : $0 } }
        var filter = RecordStore.Filter()
        filter.type = value("type").flatMap { .init(rawValue: $0) }
        filter.from = value("from").flatMap { .init(iso: $0) }
        filter.to = value("to").flatMap { .init(iso: $0) }
        filter.country = value("country")
        filter.text = value("text")
        filter.killed = value("killed").flatMap { Double($0) }
        filter.limit = limit(query)
        return filter
    }
}

/// Checks the token, words errors, and sets the headers that keep a page to itself.
struct Guard: RouterMiddleware {
    let token: String?

    @concurrent
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        if let token, !token.isEmpty, !isSame(request.headers[.authorization] ?? "", "Bearer " + token) {
            response = Answer.failure(.unauthorized, "a token is wanted: send Authorization: Bearer TOKEN")
            response.headers[.wwwAuthenticate] = "Bearer"
        } else {
            do {
                response = try await next(request, context)
            } catch let error as RecordStoreError {
                response = Answer.failure(status(of: error), error.description)
            } catch let error as HTTPError {
                response = Answer.failure(error.status, error.body ?? error.status.reasonPhrase)
            }
        }
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "no-referrer" }
        return response
    }

    private func status(of error: RecordStoreError) -> HTTPResponse.Status {
        switch error {
        case .noIncident, .untold, .ambiguous, .noClaim, .noReview: .notFound
        case .badReview, .badSearch, .badArchive, .tooShort: .badRequest
        case .changedMeanwhile: .conflict
        case .full: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .busy: .serviceUnavailable
        case .missing, .notARecord, .newer, .older, .readOnly, .damaged, .notEmpty, .unavailable: .internalServerError
        }
    }

    /// Compares without telling by its time where two texts part.
    private func isSame(_ a: String, _ b: String) -> Bool {
        let (first, second) = (Array(a.utf8), Array(b.utf8))
        guard first.count == second.count else { return false }
        return zip(first, second).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Responses.
enum Answer {
    static func page(_ html: String) -> Response { text(html, "text/html; charset=utf-8") }
    static func style(_ css: String) -> Response { text(css, "text/css; charset=utf-8") }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return response(Array(try encoder.encode(value)) + [10], "application/json; charset=utf-8", status)
    }

    static func failure(_ status: HTTPResponse.Status, _ message: String) -> Response {
        let answer = try? json(["error": message], status: status)
        return answer ?? Response(status: status)
    }

    private static func text(_ text: String, _ type: String) -> Response { response(Array(text.utf8), type, .ok) }

    private static func response(_ bytes: [UInt8], _ type: String, _ status: HTTPResponse.Status) -> Response {
        Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
