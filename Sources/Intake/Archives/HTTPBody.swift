/// Undoes what HTTP did to a body on its way: chunks (RFC 9112, 7.1) and codings (RFC 9110, 8.4).
///
/// Crawlers often keep the fields of a body that they have decoded already: a body that is not coded as its fields say is
/// taken as it is.
enum HTTPBody {
    enum Outcome {
        case bytes([UInt8])
        case refused(String)
        case tooLarge
    }

    static func decode(_ body: [UInt8], _ fields: FieldBlock, limit: Int) -> Outcome {
        var body = body
        if fields.value("transfer-encoding")?.lowercased().contains("chunked") == true {
            switch unchunk(body) {
            case .bytes(let bytes): body = bytes
            case let other: return other
            }
        }
        let codings = (fields.value("content-encoding") ?? "").lowercased().split { $0 == "," || $0 == " " }
        guard codings.count <= 3 else { return .refused("it is compressed more than three times") }
        for coding in codings.reversed() {
            switch coding {
            case "gzip", "x-gzip":
                guard body.starts(with: [0x1F, 0x8B]) else { continue }
                switch inflate(body, .gzip, limit: limit) {
                case .bytes(let bytes): body = bytes
                case let other: return other
                }
            case "deflate":
                // Some servers send zlib's wrapper, as they should, others none.
                if looksLikeMarkup(body) { continue }
                let isWrapped = body.count > 1 && body[0] & 15 == 8 && (Int(body[0]) << 8 | Int(body[1])) % 31 == 0
                switch inflate(body, isWrapped ? .zlib : .bare, limit: limit) {
                case .bytes(let bytes): body = bytes
                case let other: return other
                }
            case "identity", "none", "utf-8": continue
            default:
                if looksLikeMarkup(body) { continue }
                return .refused(
                    "its body is compressed with \(coding), which is not read: fetch it with gzip or without compression"
                )
            }
        }
        return .bytes(body)
    }

    private static func looksLikeMarkup(_ body: [UInt8]) -> Bool {
        let head = body.prefix(64).drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        return head.first == UInt8(ascii: "<") || head.first == UInt8(ascii: "{")
    }

    private static func inflate(_ body: [UInt8], _ wrapper: Inflater.Wrapper, limit: Int) -> Outcome {
        guard let inflater = Inflater(wrapper) else { return .refused("there is no memory to inflate it") }
        var window = ByteWindow()
        var at = 0
        while true {
            let (taken, made, outcome) = inflater.inflate(
                body[at...], into: &window, room: max(1 << 14, min(1 << 18, body.count * 4)))
            at += taken
            guard window.count <= limit else { return .tooLarge }
            switch outcome {
            case .ended: return .bytes(Array(window.held))
            case .goesOn:
                if at == body.count, made == 0 { return .refused("its compressed body is cut") }
            case .broken: return .refused("its compressed body is damaged")
            }
        }
    }

    private static func unchunk(_ body: [UInt8]) -> Outcome {
        var out: [UInt8] = []
        var at = 0
        while at < body.count {
            var size = 0
            var digits = 0
            while at < body.count, let digit = hex(body[at]), digits < 15 {
                size = size << 4 | digit
                digits += 1
                at += 1
            }
            let line = body[at...].firstIndex(of: 10)
            guard digits > 0, let line, line - at < 512,
                at == line || body[at] == 13 || body[at] == 32 || body[at] == UInt8(ascii: ";")
            else { return out.isEmpty ? .bytes(body) : .refused("its chunks are damaged") }
            at = line + 1
            if size == 0 { return .bytes(out) }
            guard size <= body.count - at else { return .refused("its last chunk is cut") }
            if out.isEmpty { out.reserveCapacity(body.count) }
            out.append(contentsOf: body[at..<at + size])
            at += size
            if at < body.count, body[at] == 13 { at += 1 }
            if at < body.count, body[at] == 10 { at += 1 }
        }
        return out.isEmpty ? .bytes(body) : .refused("its last chunk is missing")
    }

    private static func hex(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
