/// Reads a source through a window: looks ahead, takes, skips, and knows where in the stream it is.
final class ByteReader {
    private(set) var window = ByteWindow()
    private let source: any ByteSource
    /// Where in the stream the window starts.
    private(set) var offset = 0
    /// Why the window cannot be filled further; `resume` goes on behind it.
    private(set) var fault: Fault?
    /// Whether the source has no more.
    private(set) var isAtEnd = false

    init(_ source: any ByteSource) { self.source = source }

    /// How many bytes stand ready.
    var count: Int { window.count }

    /// Fills the window up to `count` bytes; false where the source gives no more before a fault or its end.
    @discardableResult
    func fill(_ count: Int) -> Bool {
        while window.count < count, fault == nil, !isAtEnd {
            switch source.read(into: &window) {
            case .bytes: break
            case .end: isAtEnd = true
            case .fault(let fault):
                self.fault = fault
                if fault.isLast { isAtEnd = true }
            }
        }
        return window.count >= count
    }

    /// Lets go of what stands before the fault, and goes on behind it. False where nothing comes behind it.
    func resume() -> Bool {
        offset += window.count
        window.drop(window.count)
        fault = nil
        return !isAtEnd
    }

    /// Lets go of bytes that stand in the window.
    func drop(_ count: Int) {
        let dropped = min(count, window.count)
        offset += dropped
        window.drop(dropped)
    }

    /// Passes over bytes without keeping them; false where they end before.
    func skip(_ count: Int) -> Bool {
        var left = count
        while left > 0 {
            if window.count == 0, !fill(1) { return false }
            let step = min(left, window.count)
            drop(step)
            left -= step
        }
        return true
    }

    /// The first bytes of the window, copied out and let go.
    func take(_ count: Int) -> [UInt8] {
        let bytes = Array(window.held.prefix(count))
        drop(bytes.count)
        return bytes
    }

    /// Whether the window starts with these bytes; fills it as far as that takes.
    func starts(with bytes: [UInt8]) -> Bool {
        fill(bytes.count) && window.held.prefix(bytes.count).elementsEqual(bytes)
    }

    /// All that is left, up to `limit` bytes; nil where there is more. A fault ends it, too: ask for it then.
    func rest(limit: Int) -> [UInt8]? {
        fill(limit + 1)
        guard window.count <= limit else { return nil }
        return take(window.count)
    }
}
