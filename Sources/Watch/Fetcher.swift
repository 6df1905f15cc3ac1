internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOHTTPCompression

/// Fetches pages from the web, politely: one request to a host at a time with a pause between, what `robots.txt` forbids
/// not at all, and nothing while a host asks for quiet.
///
///     let page = try await Fetcher.with { try await $0.fetch("https://example.org/feed.xml") }
public struct Fetcher: Sendable {
    /// How it behaves.
    public struct Options: Sendable {
        /// What it calls itself (RFC 9110, 10.1.5).
        public var userAgent = "Onrecord (reads news reports; offline use)"
        /// The pause between two requests to one host.
        public var pause = Duration.seconds(2)
        /// How long a whole answer may take.
        public var timeout = Duration.seconds(60)
        /// Answers of more bytes, unpacked, are refused.
        public var maximumSize = 16 << 20
        /// From how many addresses one may be sent on.
        public var redirects = 5
        /// Whether `robots.txt` is asked and obeyed.
        public var obeysRobots = true

        /// The usual behaviour.
        public init() {}
    }

    /// What a host gave with a page, to be asked by whether it has changed (RFC 9110, 13.1).
    public struct Validators: Hashable, Sendable {
        /// `ETag`, with its quotation marks.
        public var etag: String?
        /// `Last-Modified`, as it came.
        public var modified: String?

        /// Validators from their parts.
        public init(etag: String? = nil, modified: String? = nil) {
            self.etag = etag
            self.modified = modified
        }
    }

    /// A page as it came.
    public struct Fetched: Hashable, Sendable {
        /// Where it was found in the end.
        public var url: String
        /// Its bytes, unpacked.
        public var bytes: [UInt8]
        /// The media type, without parameters, in small letters.
        public var type: String?
        /// The character set that was named with it.
        public var charset: String?
        /// What to ask by next time.
        public var validators: Validators
    }

    private let options: Options
    private let client: HTTPClient
    private let turns = HostTurns()
    private let robots = RobotsCache()

    /// Lets `body` fetch, and closes all connections at its end.
    public static func with<Result: Sendable>(
        _ options: Options = Options(), _ body: (Fetcher) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(30))
        // A few bytes that unpack to gigabytes end here.
        configuration.decompression = .enabled(limit: .size(options.maximumSize))
        let fetcher = Fetcher(
            options: options, client: HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
        do {
            let result = try await body(fetcher)
            try await fetcher.client.shutdown()
            return result
        } catch {
            try? await fetcher.client.shutdown()
            throw error
        }
    }

    private init(options: Options, client: HTTPClient) {
        self.options = options
        self.client = client
    }

    /// The page at an address; nil where it has not changed since the validators were given.
    ///
    /// - Throws: `FetchError`, or `CancellationError` where the task ends.
    public func fetch(_ address: String, unless validators: Validators = Validators()) async throws -> Fetched? {
        var url = try Fetcher.url(address)
        var seen: Set<String> = []
        while seen.count <= options.redirects {
            guard seen.insert(url.absoluteString).inserted else { break }
            try await ask(robotsOf: url)
            switch try await answer(url, validators) {
            case .unchanged: return nil
            case .page(let page): return page
            case .moved(let target):
                guard let next = URL(string: target, relativeTo: url)?.absoluteURL else {
                    throw FetchError.badAddress(target)
                }
                url = try Fetcher.url(next.absoluteString)
            }
        }
        throw FetchError.redirects(url: address)
    }

    private enum Answer: Sendable {
        case unchanged
        case page(Fetched)
        case moved(String)
    }

    /// One request and its answer, in its turn and in time.
    private func answer(_ url: URL, _ validators: Validators) async throws -> Answer {
        let host = Fetcher.host(url)
        let rules = await robots.rules(host)
        let wanted = rules?.delay.map { Duration.seconds(min($0, 120)) } ?? .zero
        do {
            try await turns.take(host, pause: max(options.pause, wanted))
        } catch let quiet as HostTurns.Quiet {
            throw FetchError.later(url: url.absoluteString, code: quiet.code, seconds: quiet.seconds)
        }
        let seconds = Int(options.timeout.components.seconds)
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await request(url, validators) }
            group.addTask {
                try await Task.sleep(for: options.timeout)
                throw FetchError.slow(url: url.absoluteString, seconds: seconds)
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func request(_ url: URL, _ validators: Validators) async throws -> Answer {
        let address = url.absoluteString
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "User-Agent", value: options.userAgent)
        request.headers.add(
            name: "Accept",
            value:
                "application/rss+xml, application/atom+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5"
        )
        request.headers.add(name: "Accept-Encoding", value: "gzip, deflate")
        if let etag = validators.etag { request.headers.add(name: "If-None-Match", value: etag) }
        if let modified = validators.modified { request.headers.add(name: "If-Modified-Since", value: modified) }
        do {
            let response = try await client.execute(
                request, timeout: .seconds(Int64(options.timeout.components.seconds)))
            switch response.status.code {
            case 200..<300: break
            case 304: return .unchanged
            case 301, 302, 303, 307, 308:
                guard let target = response.headers.first(name: "Location") else {
                    throw FetchError.status(url: address, code: Int(response.status.code))
                }
                return .moved(target)
            case 429, 503:
                let seconds = Fetcher.seconds(response.headers.first(name: "Retry-After"))
                await turns.hold(Fetcher.host(url), for: .seconds(seconds), code: Int(response.status.code))
                throw FetchError.later(url: address, code: Int(response.status.code), seconds: seconds)
            default: throw FetchError.status(url: address, code: Int(response.status.code))
            }
            var bytes: [UInt8] = []
            for try await part in response.body {
                guard bytes.count + part.readableBytes <= options.maximumSize else {
                    throw FetchError.tooLarge(url: address, limit: options.maximumSize)
                }
                bytes.append(contentsOf: part.readableBytesView)
            }
            let type = response.headers.first(name: "Content-Type").map(Fetcher.type)
            return .page(
                Fetched(
                    url: address, bytes: bytes, type: type?.name, charset: type?.charset,
                    validators: Validators(
                        etag: response.headers.first(name: "ETag"),
                        modified: response.headers.first(name: "Last-Modified"))))
        } catch let error as FetchError {
            throw error
        } catch let error as NIOHTTPDecompression.DecompressionError where error == .limit {
            throw FetchError.tooLarge(url: address, limit: options.maximumSize)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            throw FetchError.slow(url: address, seconds: Int(options.timeout.components.seconds))
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw FetchError.connection(url: address, reason: Fetcher.reason(error))
        }
    }

    /// Refuses what `robots.txt` forbids; asks the host for it where that was not asked today.
    private func ask(robotsOf url: URL) async throws {
        guard options.obeysRobots else { return }
        let host = Fetcher.host(url)
        var rules = await robots.rules(host)
        if rules == nil {
            let found = try await fetchRobots(url)
            await robots.keep(found, for: host)
            rules = found
        }
        let path = url.path(percentEncoded: true) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
        guard rules?.allows(path) != false else { throw FetchError.forbiddenToRobots(url: url.absoluteString) }
    }

    private func fetchRobots(_ url: URL) async throws -> RobotsRules {
        guard var place = URL(string: "/robots.txt", relativeTo: url)?.absoluteURL else { return .open }
        for _ in 0...options.redirects {
            do {
                switch try await answer(place, Validators()) {
                case .page(let page): return RobotsRules(page.bytes, agent: "onrecord")
                case .moved(let target):
                    guard let next = URL(string: target, relativeTo: place)?.absoluteURL else { return .open }
                    place = next
                case .unchanged: return .open
                }
            } catch FetchError.status(_, let code) where code < 500 {
                return .open
            } catch FetchError.tooLarge {
                return .open
            } catch let error as FetchError {
                // The host cannot say what it allows: nothing, for now.
                throw error
            }
        }
        return .open
    }

    // MARK: Addresses and headers

    private static func url(_ address: String) throws(FetchError) -> URL {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme),
            url.host()?.isEmpty == false
        else { throw .badAddress(address) }
        return url
    }

    /// The host with its port: what rules and turns hold for.
    private static func host(_ url: URL) -> String {
        "\(url.scheme ?? "")://\(url.host()?.lowercased() ?? ""):\(url.port ?? 0)"
    }

    /// `Retry-After` in seconds, or the date that it gives; a minute where it says nothing, a day at most.
    static func seconds(_ value: String?, now: Date = .now) -> Int {
        guard let value else { return 60 }
        if let seconds = Int(value) { return min(max(1, seconds), 86_400) }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        guard let date = formatter.date(from: value) else { return 60 }
        return min(max(1, Int(date.timeIntervalSince(now))), 86_400)
    }

    /// Media type and character set of a `Content-Type`.
    static func type(_ value: String) -> (name: String, charset: String?) {
        let parts = value.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
        let charset = parts.dropFirst().first { $0.lowercased().hasPrefix("charset=") }
        let name = charset.map { String($0.dropFirst(8)).filter { $0 != "\"" && $0 != "'" && !$0.isWhitespace } }
        return (parts.first?.lowercased().trimmingCharacters(in: .whitespaces) ?? "", name)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.description.replacing("HTTPClientError.", with: "")
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { "\($0.error)" } ?? "no host of the name \(error.host) answers"
        default: "\(error)"
        }
    }
}

/// What hosts allow, for a day each (RFC 9309, 2.4).
private actor RobotsCache {
    private var known: [String: (rules: RobotsRules, since: ContinuousClock.Instant)] = [:]

    func rules(_ host: String) -> RobotsRules? {
        guard let found = known[host], ContinuousClock.now - found.since < .seconds(86_400) else { return nil }
        return found.rules
    }

    func keep(_ rules: RobotsRules, for host: String) { known[host] = (rules, .now) }
}
