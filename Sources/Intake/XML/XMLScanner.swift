internal import Stories

/// Cuts XML 1.0 into tags and text, over bytes and without a copy.
///
/// There is no entity here that could be expanded but the five of XML itself and numbers; a document that declares its own
/// is refused, and nothing outside the document is ever opened. So neither bombs nor external entities have a way in.
///
/// A lenient scanner reads what feeds are like: an ampersand or a bracket on its own is text, attributes may lack quotes.
struct XMLScanner {
    enum Event {
        /// A start tag; `isEmpty` where it is its own end.
        case start(name: Span, isEmpty: Bool)
        case end(name: Span)
        /// Characters with references in them.
        case text(Span)
        /// Characters as they are.
        case raw(Span)
    }

    struct Problem: Error {
        var offset: Int
        var reason: String
    }

    let bytes: [UInt8]
    let isLenient: Bool
    /// Where the next event starts.
    private(set) var at = 0
    /// Name and raw value of the latest start tag's attributes.
    private(set) var attributes: [(name: Span, value: Span)] = []

    init(_ bytes: [UInt8], isLenient: Bool) {
        self.bytes = bytes
        self.isLenient = isLenient
    }

    /// The next event; nil at the end.
    ///
    /// - Complexity: O(*n*) in the bytes that it covers.
    mutating func next() throws(Problem) -> Event? {
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else { return .text(text()) }
            let kind = at + 1 < bytes.count ? bytes[at + 1] : 0
            switch kind {
            case UInt8(ascii: "!"):
                if let raw = try declaration() { return .raw(raw) }
            case UInt8(ascii: "?"): try skip(past: "?>", from: at + 2, "a processing instruction")
            case UInt8(ascii: "/"): return .end(name: try endTag())
            default:
                guard XMLScanner.startsName(kind) else {
                    guard isLenient else { throw Problem(offset: at, reason: "a < that opens no tag") }
                    at += 1
                    return .text(text(from: at - 1))
                }
                return try startTag()
            }
        }
        return nil
    }

    /// Characters up to the next bracket.
    private mutating func text(from start: Int? = nil) -> Span {
        let start = start ?? at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        return Span(start, at)
    }

    /// A comment or a document type, passed over; or the characters of a CDATA section.
    private mutating func declaration() throws(Problem) -> Span? {
        if starts("<!--") {
            try skip(past: "-->", from: at + 4, "a comment")
            return nil
        }
        if starts("<![CDATA[") {
            let start = at + 9
            try skip(past: "]]>", from: start, "a CDATA section")
            return Span(start, closed ? at - 3 : at)
        }
        try documentType()
        return nil
    }

    /// Whether the latest `skip` found what it looked for.
    private var closed = true

    private mutating func skip(past mark: StaticString, from start: Int, _ what: String) throws(Problem) {
        let count = mark.utf8CodeUnitCount
        let first = mark.withUTF8Buffer { unsafe $0[0] }
        var index = start
        while index + count <= bytes.count {
            if bytes[index] == first, matches(mark, index) {
                at = index + count
                closed = true
                return
            }
            index += 1
        }
        guard isLenient else { throw Problem(offset: at, reason: "\(what) without an end") }
        at = bytes.count
        closed = false
    }

    private mutating func documentType() throws(Problem) {
        let start = at
        var quote: UInt8 = 0
        var isInside = false
        at += 2
        while at < bytes.count {
            let byte = bytes[at]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "[") {
                isInside = true
            } else if byte == UInt8(ascii: "]") {
                isInside = false
            } else if isInside, starts("<!--") {
                try skip(past: "-->", from: at + 4, "a comment")
                continue
            } else if isInside, starts("<!ENTITY") {
                throw Problem(
                    offset: at, reason: "it declares entities of its own, which is how bombs are made: none is read")
            } else if byte == UInt8(ascii: ">"), !isInside {
                at += 1
                return
            }
            at += 1
        }
        guard isLenient else { throw Problem(offset: start, reason: "a document type without an end") }
    }

    private mutating func endTag() throws(Problem) -> Span {
        let start = at
        at += 2
        let name = self.name()
        guard !name.isEmpty || isLenient else { throw Problem(offset: start, reason: "an end tag without a name") }
        while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
            guard bytes[at] <= 32 || isLenient else {
                throw Problem(offset: start, reason: "an end tag with more than a name")
            }
            at += 1
        }
        guard at < bytes.count || isLenient else { throw Problem(offset: start, reason: "a tag without an end") }
        at = min(at + 1, bytes.count)
        return name
    }

    private mutating func startTag() throws(Problem) -> Event {
        let start = at
        at += 1
        let name = self.name()
        attributes.removeAll(keepingCapacity: true)
        while true {
            skipSpace()
            guard at < bytes.count else {
                guard isLenient else { throw Problem(offset: start, reason: "a tag without an end") }
                return .start(name: name, isEmpty: false)
            }
            switch bytes[at] {
            case UInt8(ascii: ">"):
                at += 1
                return .start(name: name, isEmpty: false)
            case UInt8(ascii: "/"):
                at += 1
                if at < bytes.count, bytes[at] == UInt8(ascii: ">") {
                    at += 1
                    return .start(name: name, isEmpty: true)
                }
                guard isLenient else { throw Problem(offset: at - 1, reason: "a slash amid a tag") }
            case UInt8(ascii: "<") where isLenient:
                // A tag that was never closed.
                return .start(name: name, isEmpty: false)
            default: try attribute()
            }
        }
    }

    private mutating func attribute() throws(Problem) {
        let start = at
        let name = self.name()
        guard !name.isEmpty else {
            guard isLenient else { throw Problem(offset: at, reason: "a tag that has more than attributes") }
            at += 1
            return
        }
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
            guard isLenient else { throw Problem(offset: start, reason: "an attribute without a value") }
            attributes.append((name, Span(at, at)))
            return
        }
        at += 1
        skipSpace()
        guard at < bytes.count else { return }
        let quote = bytes[at]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            at += 1
            let from = at
            while at < bytes.count, bytes[at] != quote {
                guard bytes[at] != UInt8(ascii: "<") || isLenient else {
                    throw Problem(offset: at, reason: "a < amid an attribute")
                }
                at += 1
            }
            guard at < bytes.count || isLenient else {
                throw Problem(offset: start, reason: "an attribute without an end")
            }
            add(name, Span(from, at))
            at = min(at + 1, bytes.count)
        } else {
            guard isLenient else { throw Problem(offset: at, reason: "an attribute's value without quotation marks") }
            let from = at
            while at < bytes.count, bytes[at] > 32, bytes[at] != UInt8(ascii: ">") { at += 1 }
            add(name, Span(from, at))
        }
    }

    private mutating func add(_ name: Span, _ value: Span) {
        // No news has tags of more attributes; what has would cost square time to look through.
        if attributes.count < 256 { attributes.append((name, value)) }
    }

    private mutating func name() -> Span {
        let start = at
        while at < bytes.count, XMLScanner.isName(bytes[at]) { at += 1 }
        return Span(start, at)
    }

    private mutating func skipSpace() { while at < bytes.count, bytes[at] <= 32 { at += 1 } }

    private func starts(_ text: StaticString) -> Bool { matches(text, at) }

    private func matches(_ text: StaticString, _ start: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard start + count <= bytes.count else { return false }
        return text.withUTF8Buffer { expected in
            for index in 0..<count where unsafe bytes[start + index] != expected[index] { return false }
            return true
        }
    }

    static func startsName(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
            || byte >= 0x80
    }

    static func isName(_ byte: UInt8) -> Bool {
        startsName(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }
}
