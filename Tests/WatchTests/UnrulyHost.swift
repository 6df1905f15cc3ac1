import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A real server on loopback that answers each path as it was told to, well or badly, and keeps what it was asked.
final class UnrulyHost: Sendable {
    /// An answer as bytes, or how it goes wrong.
    enum Answer: Sendable {
        /// Sent as it stands, then the connection is closed.
        case bytes([UInt8])
        /// A byte every so often, without end.
        case drip(Duration)
        /// Nothing at all.
        case silence

        static func page(
            _ body: String, _ status: String = "200 OK",
            _ headers: [String] = ["Content-Type: text/html; charset=utf-8"]
        ) -> Answer { raw(Array(body.utf8), status, headers) }

        static func raw(_ body: [UInt8], _ status: String = "200 OK", _ headers: [String] = []) -> Answer {
            let head = (["HTTP/1.1 \(status)", "Content-Length: \(body.count)", "Connection: close"] + headers)
                .joined(separator: "\r\n")
            return .bytes(Array((head + "\r\n\r\n").utf8) + body)
        }

        static func moved(_ target: String) -> Answer { page("", "302 Found", ["Location: \(target)"]) }
    }

    /// What was asked: the path, and the head as it came.
    struct Asked: Sendable {
        var path: String
        var head: String
        var at: ContinuousClock.Instant
    }

    private let routes: Mutex<[String: @Sendable (Asked) -> Answer]>
    private let log = Mutex<[Asked]>([])
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    init() { routes = Mutex([:]) }

    var asked: [Asked] { log.withLock { $0 } }
    func times(_ path: String) -> Int { asked.count { $0.path == path } }
    func on(_ path: String, _ answer: Answer) { routes.withLock { $0[path] = { _ in answer } } }
    func on(_ path: String, _ answer: @escaping @Sendable (Asked) -> Answer) { routes.withLock { $0[path] = answer } }

    /// Runs `body` with the host's address while it answers.
    static func with<Result>(_ body: (UnrulyHost, String) async throws -> Result) async throws -> Result {
        let host = UnrulyHost()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(host: host))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        defer { channel.close(promise: nil) }
        return try await body(host, "http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
    }

    fileprivate func answer(_ head: String) -> Answer {
        let path = String(head.split(separator: " ").dropFirst().first ?? "/")
        let asked = Asked(path: path, head: head, at: .now)
        log.withLock { $0.append(asked) }
        return routes.withLock { $0[path] }?(asked) ?? .page("no such page", "404 Not Found")
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let host: UnrulyHost
        private var head = ""

        init(host: UnrulyHost) { self.host = host }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            head += String(buffer: unwrapInboundIn(data))
            guard head.contains("\r\n\r\n") else { return }
            let answer = host.answer(head)
            head = ""
            switch answer {
            case .silence: break
            case .bytes(let bytes):
                let channel = context.channel
                channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in channel.close(promise: nil) }
            case .drip(let pause):
                let channel = context.channel
                channel.writeAndFlush(
                    ByteBuffer(
                        string: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"),
                    promise: nil)
                channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: TimeAmount(pause)) { task in
                    guard channel.isActive else { return task.cancel() }
                    channel.writeAndFlush(ByteBuffer(string: "1\r\nx\r\n"), promise: nil)
                }
            }
        }
    }
}
