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
        /// A file; JSON Lines are streamed from it.
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
    }

    private let options: Options
    private let pages: PageReader

    /// A batch reader.
    public init(options: Options = Options()) {
        self.options = options
        pages = PageReader(maximumSize: options.maximumSize)
    }

    private enum Item: Sendable {
        case page(Page)
        case line(LineSplitter.Line, Page)
        case refused(IntakeError)
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
        var window: [Item] = []
        var size = 0
        func flush() async throws {
            let items = window
            window = []
            size = 0
            for results in await run(items, transform) { for result in results { try deliver(result) } }
        }
        func take(_ item: Item, _ count: Int) async throws {
            window.append(item)
            size += count + 512
            if window.count >= 1024 || size >= 16 << 20 { try await flush() }
        }
        for input in inputs {
            switch input {
            case .page(let page): try await take(.page(page), page.bytes.count)
            case .standardInput: try await stream(.standardInput, named: "standard input", take: take)
            case .file(let path):
                guard let isFolder = BatchReader.isFolder(path) else {
                    try await take(.refused(.missing(page: path)), 0)
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
    private static func files(below path: String) -> [String] {
        guard let all = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return [] }
        return all.filter { name in
            let last = name.split(separator: "/").last ?? ""
            let ending = last.contains(".") ? last.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
            guard endings.contains(ending), !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else {
                return false
            }
            return isFolder(path + "/" + name) == false
        }.sorted().map { path + "/" + $0 }
    }

    /// How the names of pages end; a name without an ending is taken, too.
    private static let endings: Set<String> = ["", "txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson"]

    private func open(_ path: String, take: (Item, Int) async throws -> Void) async throws {
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: URL(filePath: path))
        } catch {
            return try await take(.refused(.unreadable(page: path, reason: error.localizedDescription)), 0)
        }
        defer { try? handle.close() }
        try await stream(handle, named: path, take: take)
    }

    /// Takes a stream in: line by line where it is JSON Lines, else as one page.
    private func stream(_ handle: FileHandle, named name: String, take: (Item, Int) async throws -> Void) async throws {
        var page = Page(name: name, bytes: [], format: options.format, published: options.published)
        do {
            page.bytes = Array(try handle.read(upToCount: 1 << 20) ?? Data())
            if PageReader.format(of: page) == .jsonl {
                page.format = .jsonl
                var splitter = LineSplitter(limit: options.maximumSize)
                var chunk = page.bytes
                page.bytes = []
                var found = false
                while !chunk.isEmpty {
                    for line in splitter.take(chunk) {
                        found = true
                        try await take(.line(line, page), BatchReader.size(of: line))
                    }
                    chunk = Array(try handle.read(upToCount: 1 << 20) ?? Data())
                }
                for line in splitter.last() {
                    found = true
                    try await take(.line(line, page), BatchReader.size(of: line))
                }
                if !found { try await take(.refused(.empty(page: name)), 0) }
                return
            }
            while page.bytes.count <= options.maximumSize, let more = try handle.read(upToCount: 1 << 20), !more.isEmpty
            {
                page.bytes.append(contentsOf: more)
            }
        } catch let error as CocoaError {
            return try await take(.refused(.unreadable(page: name, reason: error.localizedDescription)), 0)
        }
        try await take(.page(page), page.bytes.count)
    }

    private static func size(of line: LineSplitter.Line) -> Int {
        if case .whole(_, let bytes) = line { bytes.count } else { 0 }
    }

    /// What is made of each item, on as many threads as there are, in order.
    private func run<Output: Sendable>(
        _ items: [Item], _ transform: @escaping @Sendable (Arrival) -> Output
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

    private func make<Output>(_ item: Item, _ transform: (Arrival) -> Output) -> [Result<Output, IntakeError>] {
        switch item {
        case .refused(let error): return [.failure(error)]
        case .line(let line, let page):
            var source: [UInt8] = []
            if case .whole(_, let bytes) = line { source = bytes }
            return [
                pages.result(of: line, page: page).map {
                    transform(Arrival(story: $0, page: page.name, source: source))
                }
            ]
        case .page(let page):
            do throws(IntakeError) {
                return try pages.read(page).map {
                    $0.map { transform(Arrival(story: $0, page: page.name, source: page.bytes)) }
                }
            } catch {
                return [.failure(error)]
            }
        }
    }
}

/// Hands out the numbers from 0 on to many threads, each once.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
