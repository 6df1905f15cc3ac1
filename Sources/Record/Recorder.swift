internal import Foundation
public import Intake
public import Onrecord
public import Stories

/// Reads pages into a record.
///
///     let store = try RecordStore(path: "war.onrecord")
///     let report = try await Recorder(store).add([.file(path: "page.txt")])
///     report.added        // 10
public struct Recorder: Sendable {
    /// What became of the pages.
    public struct Report: Sendable {
        /// How many stories were new.
        public var added = 0
        /// How many the record had: they got a receipt.
        public var known = 0
        /// The pages and lines that gave no story.
        public var refused: [IntakeError] = []
    }

    private let store: RecordStore
    private let batch: BatchReader
    /// How many stories go into one transaction: few enough that little is lost when the power fails.
    private static let transaction = 64

    /// A recorder that adds to `store`.
    public init(_ store: RecordStore, options: BatchReader.Options = BatchReader.Options()) {
        self.store = store
        batch = BatchReader(options: options)
    }

    /// Adds all stories of the inputs, many in a transaction, each with its incident.
    ///
    /// - Parameters:
    ///   - received: when they came, ISO 8601; now by default.
    ///   - progress: told after each transaction how many stories are safely in, and of each refusal.
    /// - Throws: `RecordStoreError` where the record cannot be written. What was told to `progress` is in all the same.
    public func add(
        _ inputs: [BatchReader.Input], received: String? = nil, progress: (Report) throws -> Void = { _ in }
    ) async throws -> Report {
        let received = received ?? Date.now.formatted(.iso8601)
        var report = Report()
        var waiting: [RecordStore.Entry] = []
        func commit() throws {
            guard !waiting.isEmpty else { return }
            let new = try store.add(waiting, received: received)
            report.added += new
            report.known += waiting.count - new
            waiting = []
            try progress(report)
        }
        try await batch.read(inputs, transform: Recorder.entry) { result in
            switch result {
            case .success(let entry):
                waiting.append(entry)
                if waiting.count >= Recorder.transaction { try commit() }
            case .failure(let error):
                report.refused.append(error)
                try progress(report)
            }
        }
        try commit()
        return report
    }

    /// Adds a story that came by itself: its text stands for its page.
    ///
    /// - Returns: whether it was new.
    /// - Throws: `RecordStoreError` where the record cannot be written.
    public func add(_ story: Story, named name: String, received: String? = nil) throws(RecordStoreError) -> Bool {
        let entry = Recorder.entry(.init(story: story, page: name, source: Array(story.bytes[story.span.range])))
        return try store.add([entry], received: received ?? Date.now.formatted(.iso8601)) > 0
    }

    /// The story alone, cut from its page, with its reading: what `rebuild` would make of it.
    private static func entry(_ arrival: BatchReader.Arrival) -> RecordStore.Entry {
        let story = arrival.story
        let text = Array(story.bytes[story.span.range])
        let published = story.publishedBasis == .given ? story.published : nil
        let (title, outlet) = (RecordStore.withoutNUL(story.title), RecordStore.withoutNUL(story.outlet))
        return RecordStore.Entry(
            text: text,
            reading: RecordStore.read(
                .init(digest: "", text: text, published: published, title: title, outlet: outlet)),
            page: arrival.source,
            span: story.span, name: RecordStore.withoutNUL(arrival.page) ?? "",
            givenID: RecordStore.withoutNUL(story.id), published: published, title: title, outlet: outlet,
            provenance: story.provenance)
    }
}
