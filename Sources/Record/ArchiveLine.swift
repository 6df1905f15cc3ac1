internal import Stories

/// The rows that a record keeps for ever, as lines of JSON: what an export of the whole record is, and an import takes.
enum ArchiveLine: Codable, Hashable {
    case head(Head)
    case tail(Tail)
    case page(Page)
    case story(Story)
    case receipt(Receipt)
    case review(Review)

    struct Head: Codable, Hashable {
        /// The version of this layout.
        var onrecord: Int
    }
    /// The last line, by whose absence a file that was cut off shows.
    struct Tail: Codable, Hashable {
        /// How many lines stand before it.
        var end: Int
    }
    struct Page: Codable, Hashable {
        var page: String
        /// The bytes where they are well-formed UTF-8.
        var text: String?
        /// The bytes in Base64 where they are not.
        var base64: String?
    }
    struct Story: Codable, Hashable {
        var story: String
        var text: String
    }
    struct Receipt: Codable, Hashable {
        var receipt: Int
        var story: String
        var page: String
        var span: Span
        var name: String
        var received: String
        var id: String?
        var published: String?
        var title: String?
        var outlet: String?
        var provenance: Provenance?
    }

    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: Key.self)
        if keys.contains(.onrecord) {
            self = .head(try Head(from: decoder))
        } else if keys.contains(.end) {
            self = .tail(try Tail(from: decoder))
        } else if keys.contains(.receipt) {
            self = .receipt(try Receipt(from: decoder))
        } else if keys.contains(.hash) {
            self = .review(try Review(from: decoder))
        } else if keys.contains(.page) {
            self = .page(try Page(from: decoder))
        } else {
            self = .story(try Story(from: decoder))
        }
    }

    private enum Key: String, CodingKey { case onrecord, end, receipt, hash, page, story }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .head(let line): try line.encode(to: encoder)
        case .tail(let line): try line.encode(to: encoder)
        case .page(let line): try line.encode(to: encoder)
        case .story(let line): try line.encode(to: encoder)
        case .receipt(let line): try line.encode(to: encoder)
        case .review(let line): try line.encode(to: encoder)
        }
    }
}
