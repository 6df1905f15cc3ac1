public import Foundation

/// Goes through a file, or a page in memory, and gives the pages in it one by one: itself, the lines of JSON Lines, the
/// pages of an archive and of the archives within.
///
/// Read are gzip (of one member or many), ZIP and WARC, told by their first bytes and nested up to a depth. What is held
/// at a time is a page and some windows, whatever the size of the file. What a record lacks is told in its place, and the
/// rest goes on.
///
///     let walker = PageWalker(page, maximumSize: 64 << 20)
///     while let item = walker.next() { … }
public final class PageWalker {
    /// What is met on the way.
    public enum Item: Sendable {
        /// A page as a whole.
        case page(Page)
        /// A line of JSON Lines, of the page that it stands on.
        case line(LineSplitter.Line, Page)
        /// What could not be read.
        case refused(IntakeError)
    }

    /// How deep archives may stand in archives.
    public static let maximumDepth = 4

    /// How the names of pages and of archives of them end; a name without an ending can be a page's, too.
    public static let endings: Set<String> = [
        "", "txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "xml", "rss", "atom", "rdf", "nitf",
        "newsml",
        "g2", "ninjs", "anpa", "gz", "zip", "warc",
    ]

    private enum Stage {
        case unopened(ByteReader, Page, depth: Int, access: (any RandomAccess)?)
        case lines(ByteReader, Page, LineSplitter, found: Bool)
        case warc(WARCReader, Page, depth: Int)
        case zip(ZIPReader, Page, depth: Int, isFirst: Bool)
    }

    private let maximumSize: Int
    private let budget = InflationBudget()
    private let handle: FileHandle?
    private var stages: [Stage] = []
    private var waiting: [Item] = []

    /// Goes through what the system reads from: a file, or a pipe.
    ///
    /// - Parameters:
    ///   - page: what is known of it; its `bytes` are not looked at.
    ///   - maximumSize: pages and lines of more bytes are refused.
    public init(reading handle: FileHandle, as page: Page, maximumSize: Int) {
        self.maximumSize = maximumSize
        self.handle = handle
        stages = [
            .unopened(ByteReader(FileSource(handle, budget: budget)), page, depth: 0, access: nil)
        ]
    }

    /// Goes through a page in memory.
    public init(_ page: Page, maximumSize: Int) {
        self.maximumSize = maximumSize
        handle = nil
        let access = MemoryAccess(page.bytes)
        budget.taken = access.size
        var page = page
        page.bytes = []
        stages = [
            .unopened(ByteReader(RangeSource(access, 0..<access.size)), page, depth: 0, access: access)
        ]
    }

    /// What comes next; nil at the end.
    public func next() -> Item? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            guard let stage = stages.popLast() else { return nil }
            switch stage {
            case .unopened(let reader, let page, let depth, let access):
                if let item = open(reader, page, depth, access) { return item }
            case .lines(let reader, let page, let splitter, let found):
                if let item = line(reader, page, splitter, found) { return item }
            case .warc(let reader, let page, let depth):
                guard let record = reader.next() else { continue }
                stages.append(.warc(reader, page, depth: depth))
                if let item = item(of: record, page) { return item }
            case .zip(let reader, let page, let depth, let isFirst):
                guard let entry = reader.next() else { continue }
                if let item = item(of: entry, reader, page, depth, isFirst: isFirst) { return item }
            }
        }
    }

    // MARK: Opening

    /// Tells what the bytes are by their start; gives the page that they are, or sets the stage for those within.
    private func open(
        _ reader: ByteReader, _ page: Page, _ depth: Int, _ access: (any RandomAccess)?
    ) -> Item? {
        reader.fill(4096)
        if reader.starts(with: [0x1F, 0x8B]) {
            guard depth < PageWalker.maximumDepth else {
                return .refused(.tooDeep(page: page.label, limit: PageWalker.maximumDepth))
            }
            let inner = ByteReader(GzipSource(reader, budget: budget))
            stages.append(.unopened(inner, page, depth: depth + 1, access: nil))
            return nil
        }
        if reader.starts(with: [0x50, 0x4B, 3, 4]) || reader.starts(with: [0x50, 0x4B, 5, 6]) {
            return openZIP(reader, page, depth, access)
        }
        if reader.starts(with: Array("WARC/".utf8)) {
            stages.append(.warc(WARCReader(reader, limit: maximumSize), page, depth: depth))
            return nil
        }
        var page = page
        page.bytes = Array(reader.window.held.prefix(1 << 16))
        let format = PageReader.format(of: page)
        page.bytes = []
        if format == .jsonl || format == .ninjs && isLineByLine(reader) {
            page.format = format
            stages.append(.lines(reader, page, LineSplitter(limit: maximumSize), found: false))
            return nil
        }
        guard let bytes = reader.rest(limit: maximumSize) else {
            return .refused(.tooLarge(page: page.label, limit: maximumSize))
        }
        if let fault = reader.fault {
            return .refused(
                depth == 0 && handle != nil
                    ? .unreadable(page: page.label, reason: fault.reason)
                    : .badArchive(page: page.label, record: "", reason: fault.reason))
        }
        page.bytes = bytes
        return .page(page)
    }

    private func openZIP(
        _ reader: ByteReader, _ page: Page, _ depth: Int, _ access: (any RandomAccess)?
    ) -> Item? {
        guard depth < PageWalker.maximumDepth else {
            return .refused(.tooDeep(page: page.label, limit: PageWalker.maximumDepth))
        }
        var access = access
        if access == nil, depth == 0, let handle { access = FileAccess(handle, budget: budget) }
        if access == nil {
            // The list of entries stands at the end: what cannot be read at any place has to be whole in memory.
            guard let bytes = reader.rest(limit: maximumSize) else {
                return .refused(.tooLarge(page: page.label, limit: maximumSize))
            }
            access = MemoryAccess(bytes)
        }
        guard let access else { return nil }
        do throws(ZIPReader.ZIPFault) {
            let zip = try ZIPReader(access, budget: budget)
            stages.append(.zip(zip, page, depth: depth, isFirst: true))
            return nil
        } catch {
            return .refused(.badArchive(page: page.label, record: "", reason: "the ZIP archive \(error.reason)"))
        }
    }

    /// Whether ninjs comes an object a line, and not one object over many.
    private func isLineByLine(_ reader: ByteReader) -> Bool {
        reader.fill(1 << 20)
        let held = reader.window.held
        guard let end = held.firstIndex(of: 10) else { return false }
        let first = Blocks.trimmed(held[..<end])
        let next = held[end...].first { $0 > 32 }
        guard first.first == UInt8(ascii: "{"), first.last == UInt8(ascii: "}"),
            next == nil || next == UInt8(ascii: "{")
        else { return false }
        return (try? JSONSerialization.jsonObject(with: Data(first))) != nil
    }

    // MARK: Lines

    private func line(_ reader: ByteReader, _ page: Page, _ splitter: LineSplitter, _ found: Bool) -> Item? {
        var splitter = splitter
        guard reader.fill(1) else {
            for line in splitter.last() { waiting.append(.line(line, page)) }
            if let fault = reader.fault {
                waiting.append(.refused(.badArchive(page: page.label, record: "", reason: fault.reason)))
                // What follows a damaged stretch starts amid a line.
                if reader.resume() {
                    stages.append(.lines(reader, page, LineSplitter(limit: maximumSize), found: true))
                }
            } else if waiting.isEmpty, !found {
                waiting.append(.refused(.empty(page: page.label)))
            }
            return nil
        }
        let lines = splitter.take(reader.take(min(reader.count, 1 << 20)))
        waiting = lines.map { .line($0, page) }
        stages.append(.lines(reader, page, splitter, found: found || !lines.isEmpty))
        return nil
    }

    // MARK: Records

    private func item(of record: WARCReader.Record, _ archive: Page) -> Item? {
        switch record {
        case .page(let found):
            var page = archive
            page.name = found.address
            page.url = found.address
            page.archive = PageWalker.place(archive.label, found.number, found.offset)
            page.bytes = found.bytes
            page.charset = found.type.charset ?? archive.charset
            if page.format == .auto {
                guard let format = found.type.format ?? PageReader.sniffed(found.bytes) else { return nil }
                // JSON that is no news standard is what pages are scripted with.
                if format == .jsonl { return nil }
                page.format = format
            }
            return .page(page)
        case .refused(let number, let offset, let address, let reason):
            return .refused(
                .badArchive(
                    page: PageWalker.place(archive.label, number, offset), record: address ?? "", reason: reason))
        case .tooLarge(let number, let offset, let address):
            return .refused(
                .tooLarge(
                    page: "\(PageWalker.place(archive.label, number, offset)): \(address)", limit: maximumSize))
        }
    }

    private static func place(_ archive: String, _ number: Int, _ offset: Int) -> String {
        "\(archive): record \(number) (byte \(offset))"
    }

    private func item(
        of entry: ZIPReader.Entry, _ reader: ZIPReader, _ archive: Page, _ depth: Int, isFirst: Bool
    ) -> Item? {
        switch entry {
        case .file(let name, let bytes):
            if isFirst, name == "[Content_Types].xml" || name == "mimetype" {
                return .refused(.binary(page: archive.label, kind: "an office document or book", offset: 0))
            }
            stages.append(.zip(reader, archive, depth: depth, isFirst: false))
            guard PageWalker.isPage(name) else { return nil }
            var page = archive
            page.name = archive.name + "/" + name
            stages.append(.unopened(bytes, page, depth: depth + 1, access: nil))
            return nil
        case .refused(let name, let offset, let reason):
            stages.append(.zip(reader, archive, depth: depth, isFirst: false))
            // What is no page is not missed.
            guard name.isEmpty || PageWalker.isPage(name) else { return nil }
            return .refused(
                .badArchive(
                    page: name.isEmpty ? archive.label : "\(archive.label)/\(name)", record: "entry at byte \(offset)",
                    reason: reason))
        }
    }

    /// Whether a file's name is one of a page or an archive of pages, and not hidden.
    public static func isPage(_ path: some StringProtocol) -> Bool {
        let parts = path.split(separator: "/")
        guard let last = parts.last, !parts.contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }) else {
            return false
        }
        let ending = last.contains(".") ? last.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
        guard ending == "gz" else { return endings.contains(ending) }
        // "picture.png.gz" is no page; "story.gz" may be.
        let inner = last.split(separator: ".").dropLast()
        guard inner.count > 1, let ending = inner.last?.lowercased() else { return true }
        return endings.contains(ending) || ending.count > 5
    }
}
