internal import Foundation
public import Intake
public import Stories
internal import Synchronization

/// Reads many pages on many threads, in bounded memory, and delivers what was made of each story in the order of the input.
///
/// Work goes in windows: as many stories as fit a window are read side by side, delivered in order, and let go before the
/// next are taken in. What comes out does not depend on the number of threads.
public struct BatchReader: Sendable {
    /// Where pages come from.
    public enum Input: Sendable {
        /// A file: a page or an archive of pages; archives and JSON Lines are streamed from it. Or a folder of them.
        case file(path: String)
        /// A page in memory.
        case page(Page)
        /// Standard input, read to its end.
        case standardInput
    }

    /// What holds for all inputs of a batch.
    public struct Options: Sendable {
        /// The format of the pages.
        public var format: Page.Format = .auto
        /// The day of publication of stories that give none.
        public var published: Day?
        /// How many threads read side by side.
        public var threads: Int = ProcessInfo.processInfo.activeProcessorCount
        /// Pages and lines of more bytes are refused.
        public var maximumSize: Int = 64 << 20

        /// The usual options: formats told by content, a thread a core.
        public init() {}
    }

    /// A story with where it came from.
    public struct Arrival: Sendable {
        /// The story.
        public var story: Story
        /// What the page is called.
        public var page: String
        /// The page as it came, the line for JSON Lines.
        public var source: [UInt8]

        package init(story: Story, page: String, source: [UInt8]) {
            self.story = story
            self.page = page
            self.source = source
        }
    }

    private let options: Options
    private let pages: PageReader

    /// A batch reader.
    public init(options: Options = Options()) {
        self.options = options
        pages = PageReader(maximumSize: options.maximumSize)
    }

    /// Reads all inputs.
    ///
    /// - Parameters:
    ///   - transform: makes of a story what is to be delivered; called on many threads at once.
    ///   - deliver: takes what was made, or why a page or line gave none; called one at a time, in the order of the input.
    /// - Throws: what `deliver` throws.
    public func read<Output: Sendable>(
        _ inputs: [Input], transform: @escaping @Sendable (Arrival) -> Output,
        deliver: (Result<Output, IntakeError>) throws -> Void
    ) async throws {
        var window: [PageWalker.Item] = []
        var size = 0
        func flush() async throws {
            let items = window
            window = []
            size = 0
            for results in await run(items, transform) { for result in results { try deliver(result) } }
        }
        func take(_ item: PageWalker.Item) async throws {
            window.append(item)
            size += BatchReader.size(of: item) + 512
            if window.count >= 1024 || size >= 16 << 20 { try await flush() }
        }
        for input in inputs {
            switch input {
            case .page(let page): try await walk(PageWalker(page, maximumSize: options.maximumSize), take: take)
            case .standardInput: try await walk(.standardInput, named: "standard input", take: take)
            case .file(let path):
                guard let isFolder = BatchReader.isFolder(path) else {
                    try await take(.refused(.missing(page: path)))
                    continue
                }
                for file in isFolder ? BatchReader.files(below: path) : [path] { try await open(file, take: take) }
            }
        }
        try await flush()
    }

    /// Whether there is a folder at a path; nil where there is nothing.
    private static func isFolder(_ path: String) -> Bool? {
        var url = URL(filePath: path)
        url.resolveSymlinksInPath()
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else { return nil }
        return attributes[.type] as? FileAttributeType == .typeDirectory
    }

    /// The pages of a folder and of those below it, by name: files whose names end as pages' do, none that is hidden.
    package static func files(below path: String) -> [String] {
        guard let all = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return [] }
        return all.filter { name in
            PageWalker.isPage(name) && isFolder(path + "/" + name) == false
        }.sorted().map { path + "/" + $0 }
    }

    private func open(_ path: String, take: (PageWalker.Item) async throws -> Void) async throws {
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: URL(filePath: path))
        } catch {
            return try await take(.refused(.unreadable(page: path, reason: error.localizedDescription)))
        }
        defer { try? handle.close() }
        try await walk(handle, named: path, take: take)
    }

    /// Takes in what a file or a pipe holds, page by page.
    private func walk(
        _ handle: FileHandle, named name: String, take: (PageWalker.Item) async throws -> Void
    ) async throws {
        let page = Page(name: name, bytes: [], format: options.format, published: options.published)
        try await walk(PageWalker(reading: handle, as: page, maximumSize: options.maximumSize), take: take)
    }

    private func walk(_ walker: PageWalker, take: (PageWalker.Item) async throws -> Void) async throws {
        while let item = walker.next() { try await take(item) }
    }

    private static func size(of item: PageWalker.Item) -> Int {
        switch item {
        case .page(let page): page.bytes.count
        case .line(.whole(_, let bytes), _): bytes.count
        case .line(.tooLong, _), .refused: 0
        }
    }

    /// What is made of each item, on as many threads as there are, in order.
    private func run<Output: Sendable>(
        _ items: [PageWalker.Item], _ transform: @escaping @Sendable (Arrival) -> Output
    ) async -> [[Result<Output, IntakeError>]] {
        let threads = min(max(1, options.threads), items.count)
        guard threads > 1 else { return items.map { make($0, transform) } }
        let next = Counter()
        return await withTaskGroup(of: [(Int, [Result<Output, IntakeError>])].self) { group in
            for _ in 0..<threads {
                group.addTask { @concurrent in
                    var made: [(Int, [Result<Output, IntakeError>])] = []
                    while true {
                        let index = next.take()
                        guard index < items.count else { return made }
                        made.append((index, make(items[index], transform)))
                    }
                }
            }
            var all = [[Result<Output, IntakeError>]](repeating: [], count: items.count)
            for await made in group { for (index, results) in made { all[index] = results } }
            return all
        }
    }

    private func make<Output>(_ item: PageWalker.Item, _ transform: (Arrival) -> Output) -> [Result<
        Output, IntakeError
    >] {
        switch item {
        case .refused(let error): return [.failure(error)]
        case .line(let line, let page):
            var source: [UInt8] = []
            if case .whole(_, let bytes) = line { source = bytes }
            return [
                pages.result(of: line, page: page).map {
                    transform(Arrival(story: $0, page: page.name, source: source))
                }.mapError(page.named)
            ]
        case .page(let page):
            do throws(IntakeError) {
                return try pages.read(page).map {
                    $0.map { transform(Arrival(story: $0, page: page.name, source: page.bytes)) }
                        .mapError(page.named)
                }
            } catch {
                return [.failure(page.named(error))]
            }
        }
    }
}

/// Hands out the numbers from 0 on to many threads, each once.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
