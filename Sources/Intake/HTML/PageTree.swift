/// The elements and texts of a page in the order of the page, in flat arrays.
///
/// An element stands before what it holds, and knows where that ends; the text of the whole page is one array, so that the
/// text of any element is a stretch of it.
struct PageTree {
    struct Node {
        var tag: HTMLTag
        var parent: Int32
        /// The first node that is no longer inside.
        var end: Int32
        /// Its text, with that of all inside.
        var textStart: Int32
        var textEnd: Int32
        /// Its record; -1 for none.
        var record: Int32
        var hints: BlockHints
    }

    /// The page as it came; the stretches of the records are its.
    let page: [UInt8]
    let records: [ElementRecord]
    private(set) var nodes: [Node] = []
    /// The text, white space squeezed; a line break stands for `br`.
    private(set) var text: [UInt8] = []
    private var stack: [Int32] = []

    init(page: [UInt8], records: [ElementRecord], textCapacity: Int) {
        self.page = page
        self.records = records
        nodes.reserveCapacity(textCapacity / 32 + 64)
        text.reserveCapacity(textCapacity)
    }

    // MARK: Building

    mutating func open(_ tag: HTMLTag, record: Int32) {
        let hints = record < 0 ? [] : records[Int(record)].hints
        nodes.append(
            Node(
                tag: tag, parent: stack.last ?? -1, end: 0, textStart: Int32(text.count), textEnd: 0, record: record,
                hints: hints))
        stack.append(Int32(nodes.count - 1))
        if tag == .br { text.append(UInt8(ascii: "\n")) }
    }

    mutating func close() {
        guard let index = stack.popLast() else { return }
        nodes[Int(index)].end = Int32(nodes.count)
        nodes[Int(index)].textEnd = Int32(text.count)
        // Blocks side by side do not run together.
        if nodes[Int(index)].tag.isBlock, let last = text.last, last > 32 { text.append(UInt8(ascii: " ")) }
    }

    @unsafe mutating func add(text content: UnsafePointer<UInt8>) {
        let start = Int32(text.count)
        var at = 0
        while true {
            let byte = unsafe content[at]
            if byte == 0 { break }
            if byte <= 32 {
                if byte == UInt8(ascii: "\n") {
                    text.append(byte)
                } else if let last = text.last, last > 32 {
                    text.append(UInt8(ascii: " "))
                }
                at += 1
            } else if byte == 0xC2, unsafe content[at + 1] == 0xA0 {
                if let last = text.last, last > 32 { text.append(UInt8(ascii: " ")) }
                at += 2
            } else if byte == 0xC2, unsafe content[at + 1] == 0xAD {
                at += 2
            } else if byte == 0xE2, unsafe content[at + 1] == 0x80, unsafe content[at + 2] == 0x8B {
                at += 3
            } else if byte == 0xEF, unsafe content[at + 1] == 0xBB, unsafe content[at + 2] == 0xBF {
                at += 3
            } else {
                let run = at
                at += 1
                while true {
                    let byte = unsafe content[at]
                    if byte <= 32 || byte == 0xC2 || byte == 0xE2 || byte == 0xEF { break }
                    at += 1
                }
                unsafe text.append(contentsOf: UnsafeBufferPointer(start: content + run, count: at - run))
            }
        }
        guard text.count > Int(start) else { return }
        if let last = nodes.last, last.tag == .text, last.textEnd == start, last.parent == stack.last ?? -1 {
            nodes[nodes.count - 1].textEnd = Int32(text.count)
            return
        }
        nodes.append(
            Node(
                tag: .text, parent: stack.last ?? -1, end: Int32(nodes.count + 1), textStart: start,
                textEnd: Int32(text.count), record: -1, hints: []))
    }

    mutating func finish() {
        while !stack.isEmpty { close() }
    }

    // MARK: Reading

    func record(_ node: Int) -> ElementRecord? {
        let record = nodes[node].record
        return record < 0 ? nil : records[Int(record)]
    }

    func range(_ node: Int) -> Range<Int> { Int(nodes[node].textStart)..<Int(nodes[node].textEnd) }

    /// Whether `node` is `other` or inside of it.
    func isInside(_ node: Int, _ other: Int) -> Bool { other <= node && node < Int(nodes[other].end) }

    /// A stretch of the text without white space at its edges.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, text[start] <= 32 { start += 1 }
        while end > start, text[end - 1] <= 32 { end -= 1 }
        return start..<end
    }

    func string(_ range: Range<Int>) -> String { String(decoding: text[trimmed(range)], as: UTF8.self) }
}
