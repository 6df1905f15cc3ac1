/// What a host lets robots fetch, after the Robots Exclusion Protocol (RFC 9309).
public struct RobotsRules: Sendable, Hashable {
    /// A path pattern and what it says.
    private struct Rule: Hashable {
        var allows: Bool
        var pattern: [UInt8]
    }

    /// What stands in the longest file that is read; the rest is passed over (RFC 9309, 2.5).
    static let limit = 500 << 10

    private var rules: [Rule]
    /// Seconds that the host wants between two requests, where it says so (`Crawl-delay`, outside of the standard).
    public private(set) var delay: Double?

    /// Everything may be fetched: what holds where there is no `robots.txt` (2.3.1.3).
    public static let open = RobotsRules(rules: [], delay: nil)

    private init(rules: [Rule], delay: Double?) {
        self.rules = rules
        self.delay = delay
    }

    /// The rules of a `robots.txt` for one robot: those of all groups that name it, else those for `*`.
    ///
    /// Lines that say nothing known are passed over.
    public init(_ text: [UInt8], agent: String) {
        let agent = agent.lowercased()
        var own: (rules: [Rule], delay: Double?, isNamed: Bool) = ([], nil, false)
        var others: (rules: [Rule], delay: Double?) = ([], nil)
        var names: Set<String> = []
        var isOpen = false
        for line in text.prefix(RobotsRules.limit).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            let plain = line.prefix { $0 != UInt8(ascii: "#") }
            guard let colon = plain.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let key = RobotsRules.trimmed(plain[..<colon]).lowercased()
            let value = RobotsRules.trimmed(plain[plain.index(after: colon)...])
            switch key {
            case "user-agent":
                // A rule ends the list of names that a group begins with.
                if !isOpen { names = [] }
                isOpen = true
                let name = value.lowercased().prefix { $0.isLetter || $0 == "-" || $0 == "_" || $0 == "*" }
                names.insert(String(name))
                if name == agent { own.isNamed = true }
            case "allow", "disallow":
                isOpen = false
                // An empty pattern matches nothing.
                guard !value.isEmpty else { continue }
                let rule = Rule(allows: key == "allow", pattern: RobotsRules.normalized(Array(value.utf8)))
                if names.contains(agent) { own.rules.append(rule) }
                if names.contains("*") { others.rules.append(rule) }
            case "crawl-delay":
                isOpen = false
                guard let seconds = Double(value), seconds >= 0 else { continue }
                if names.contains(agent) { own.delay = seconds }
                if names.contains("*") { others.delay = seconds }
            default: continue
            }
        }
        self =
            own.isNamed
            ? RobotsRules(rules: own.rules, delay: own.delay) : RobotsRules(rules: others.rules, delay: others.delay)
    }

    /// Whether a path, with its query, may be fetched: the longest pattern that matches says, `Allow` of two as long (2.2.2).
    public func allows(_ path: String) -> Bool {
        let path = RobotsRules.normalized(Array(path.isEmpty ? "/".utf8 : path.utf8))
        guard path != Array("/robots.txt".utf8) else { return true }
        var best: Rule?
        for rule in rules where RobotsRules.matches(rule.pattern, path) {
            if let found = best,
                (found.pattern.count, found.allows ? 1 : 0) >= (rule.pattern.count, rule.allows ? 1 : 0)
            {
                continue
            }
            best = rule
        }
        return best?.allows ?? true
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let blank: (UInt8) -> Bool = { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        return String(decoding: bytes.drop(while: blank).reversed().drop(while: blank).reversed(), as: UTF8.self)
    }

    /// Octets as they are to be compared: what needs no escape without one, all else escaped with capitals.
    private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                let value = high << 4 | low
                if isUnreserved(value) { result.append(value) } else { escape(value, into: &result) }
                index += 3
                continue
            }
            if byte >= 0x80 { escape(byte, into: &result) } else { result.append(byte) }
            index += 1
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func escape(_ byte: UInt8, into result: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Whether a pattern (`*` for anything, `$` at its end for the end) matches a path from its beginning.
    ///
    /// Each star takes as little as it can, going back to the last one alone: O(*pattern* × *path*), no more.
    private static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
        var pattern = pattern[...]
        let isAnchored = pattern.last == UInt8(ascii: "$")
        if isAnchored { pattern.removeLast() } else { pattern.append(UInt8(ascii: "*")) }
        let bytes = Array(pattern)
        var (at, place) = (0, 0)
        var star: (pattern: Int, path: Int)?
        while place < path.count {
            if at < bytes.count, bytes[at] == UInt8(ascii: "*") {
                star = (at, place)
                at += 1
            } else if at < bytes.count, bytes[at] == path[place] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.pattern, last.path + 1)
                (at, place) = (last.pattern + 1, last.path + 1)
            } else {
                return false
            }
        }
        while at < bytes.count, bytes[at] == UInt8(ascii: "*") { at += 1 }
        return at == bytes.count
    }
}
