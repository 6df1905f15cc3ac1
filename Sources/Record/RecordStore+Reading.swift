internal import Dispatch
internal import Intake
internal import Onrecord
internal import Stories
internal import Synchronization

extension RecordStore {
    private static let reader = Reader()

    /// The reading of a story's own text. The same text and receipts give the same reading: it is made where it is wanted
    /// and not kept.
    static func read(_ kept: Kept) -> Reading {
        reader.read(
            TextPageReader().story(
                kept.text, span: Span(0, kept.text.count), published: kept.published, title: kept.title,
                outlet: kept.outlet))
    }

    /// Reads stories on all cores, in order.
    static func read(_ kept: [Kept]) -> [Reading] {
        let readings = Mutex([Reading?](repeating: nil, count: kept.count))
        DispatchQueue.concurrentPerform(iterations: kept.count) { index in
            let reading = read(kept[index])
            readings.withLock { $0[index] = reading }
        }
        return readings.withLock { $0.compactMap { $0 } }
    }
}
