internal import Foundation
internal import Intake
public import Onrecord
public import Record
public import ServiceLifecycle
internal import Stories

/// Watches feeds and folders, and puts what is new in them into a record.
///
/// How far each has been read is kept in the record, so that a watcher that was stopped goes on where it was. A story goes in
/// before its entry counts as read: one that is killed between the two reads it again, and the record knows it.
public struct Watcher: Service {
    /// How it watches.
    public struct Options: Sendable {
        /// How long to wait between two looks at a feed or a folder.
        public var interval = Duration.seconds(15 * 60)
        /// Whether the pages that entries point at are fetched where the feed gives a summary alone.
        public var fetchesArticles = true
        /// How pages are read.
        public var reading = BatchReader.Options()

        /// The usual way.
        public init() {}
    }

    /// What happened, for people to see.
    public enum Event: Hashable, Sendable {
        /// A feed or a folder was read: so many stories were new.
        case read(address: String, added: Int)
        /// It has not changed.
        case unchanged(address: String)
        /// Something could not be read.
        case refused(String)
    }

    private let store: RecordStore
    private let fetcher: Fetcher
    private let addresses: [String]
    private let options: Options
    private let tell: @Sendable (Event) -> Void

    /// A watcher of feeds (addresses that begin with `http`) and folders (all others).
    public init(
        _ store: RecordStore, fetcher: Fetcher, addresses: [String], options: Options = Options(),
        tell: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.store = store
        self.fetcher = fetcher
        self.addresses = addresses
        self.options = options
        self.tell = tell
    }

    /// Watches until the service is told to stop; what is being written is written to its end.
    public func run() async throws {
        while !Task.isShuttingDownGracefully {
            try Task.checkCancellation()
            let next = try await round()
            let wait = max(0.05, next - Date.now.timeIntervalSince1970)
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(wait)) }
            } catch is CancellationError {
                if Task.isCancelled { throw CancellationError() }
                return
            }
        }
    }

    /// Looks once at each address whose time has come.
    ///
    /// - Parameter all: looks at all of them, whether or not their time has come.
    /// - Returns: when the next one is due, in seconds since 1970.
    /// - Throws: `RecordStoreError` where the record cannot be written, `CancellationError` where the task ends. An address
    ///   that cannot be read is told of and asked again later.
    @discardableResult
    public func round(all: Bool = false) async throws -> Double {
        var next = Date.now.timeIntervalSince1970 + Watcher.seconds(options.interval)
        for address in addresses {
            if Task.isShuttingDownGracefully { break }
            var state = try store.watched(address)
            if all || state.due <= Date.now.timeIntervalSince1970 { state = try await look(at: state) }
            next = min(next, state.due)
        }
        return next
    }

    private func look(at found: WatchState) async throws -> WatchState {
        var state = found
        let now = Date.now
        var wait = Watcher.seconds(options.interval)
        state.checked = now.formatted(.iso8601)
        do {
            if Watcher.isFeed(state.address) { try await readFeed(&state) } else { try await readFolder(state.address) }
            (state.failures, state.problem) = (0, nil)
        } catch let error as RecordStoreError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            state.failures += 1
            state.problem = "\(error)"
            tell(.refused("\(error)"))
            // Twice as long each time, up to a day: who is down is not helped by being asked.
            wait = min(86_400, wait * Double(1 << min(state.failures, 10)))
            if case FetchError.later(_, _, let seconds) = error { wait = max(wait, Double(seconds)) }
        }
        state.due = now.timeIntervalSince1970 + wait
        // Entries that left the feed a month ago do not come back.
        try store.keep(state, forgettingBefore: Watcher.day(now.addingTimeInterval(-30 * 86_400)))
        return state
    }

    // MARK: Feeds

    private func readFeed(_ state: inout WatchState) async throws {
        let validators = Fetcher.Validators(etag: state.etag, modified: state.modified)
        guard let page = try await fetcher.fetch(state.address, unless: validators) else {
            return tell(.unchanged(address: state.address))
        }
        let feed = try FeedReader().read(page.bytes, name: state.address, charset: page.charset)
        let known = try store.stamps(of: state.address)
        let today = Watcher.day(.now)
        var added = 0
        var isWhole = true
        var standing: [String: String] = [:]
        for entry in feed.entries {
            guard let id = entry.id ?? entry.url ?? entry.title else { continue }
            let stamp = entry.stamp ?? ""
            if known[id] == stamp {
                standing[id] = stamp
                continue
            }
            if Task.isShuttingDownGracefully {
                isWhole = false
                break
            }
            do {
                added += try await add(entry, of: feed, page)
                try store.see([id: stamp], of: state.address, on: today)
            } catch let error as FetchError where error.isPassing {
                // Asked again with the feed, which must not answer that nothing has changed.
                isWhole = false
                tell(.refused(error.description))
                // The host wants quiet: the rest of its entries would be told the same.
                if case .later = error { break }
            }
        }
        try store.see(standing, of: state.address, on: today)
        (state.etag, state.modified) = isWhole ? (page.validators.etag, page.validators.modified) : (nil, nil)
        tell(.read(address: state.address, added: added))
    }

    /// Puts an entry's story into the record: the page that it points at, else what the feed has of it.
    private func add(_ entry: Feed.Entry, of feed: Feed, _ page: Fetcher.Fetched) async throws -> Int {
        let own = entry.content?.value.utf8.count ?? 0
        if options.fetchesArticles, own < Watcher.wholeStory, let address = entry.url,
            let url = URL(string: address, relativeTo: URL(string: page.url))?.absoluteString, Watcher.isFeed(url)
        {
            do {
                if let article = try await fetcher.fetch(url) {
                    return try await add(
                        Page(
                            name: article.url, bytes: article.bytes, charset: article.charset,
                            published: entry.published ?? entry.updated, outlet: entry.source ?? feed.title,
                            url: article.url))
                }
            } catch let error as FetchError where !error.isPassing {
                // What the feed says of it is better than nothing.
                tell(.refused(error.description))
            }
        }
        guard let story = FeedReader().story(entry, of: feed) else { return 0 }
        return try Recorder(store, options: options.reading).add(story, named: page.url) ? 1 : 0
    }

    private func add(_ page: Page) async throws -> Int {
        let report = try await Recorder(store, options: options.reading).add([.page(page)])
        for error in report.refused { tell(.refused(error.description)) }
        return report.added
    }

    /// A feed's own text of so many bytes is the whole story.
    private static let wholeStory = 1500

    // MARK: Folders

    private func readFolder(_ path: String) async throws {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw IntakeError.missing(page: path)
        }
        let known = try store.stamps(of: path)
        let today = Watcher.day(.now)
        var added = 0
        var standing: [String: String] = [:]
        for file in BatchReader.files(below: path) {
            guard let stamp = Watcher.stamp(file) else { continue }
            if known[file] == stamp {
                standing[file] = stamp
                continue
            }
            if Task.isShuttingDownGracefully { break }
            let report = try await Recorder(store, options: options.reading).add([.file(path: file)])
            for error in report.refused { tell(.refused(error.description)) }
            added += report.added
            try store.see([file: stamp], of: path, on: today)
        }
        try store.see(standing, of: path, on: today)
        tell(standing.isEmpty || added > 0 ? .read(address: path, added: added) : .unchanged(address: path))
    }

    /// What tells a file from what it was; nil where it is being written.
    private static func stamp(_ path: String) -> String? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? Int, let changed = attributes[.modificationDate] as? Date,
            Date.now.timeIntervalSince(changed) >= 1
        else { return nil }
        return "\(size) \(changed.timeIntervalSince1970)"
    }

    static func isFeed(_ address: String) -> Bool {
        address.lowercased().hasPrefix("http://") || address.lowercased().hasPrefix("https://")
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    private static func day(_ date: Date) -> String { String(date.formatted(.iso8601).prefix(10)) }
}
