internal import Foundation
public import Stories

/// Reads JSON Lines: one object a line with `text`, and where known `id`, `published`, `title`, `outlet`.
///
/// Further fields are ignored. A line is one story; it can be read alone, so that lines can be read side by side.
public struct JSONLinesReader: Sendable {
    /// A reader of JSON Lines.
    public init() {}

    private struct Line: Decodable {
        var id: String?
        var text: String?
        var published: String?
        var title: String?
        var outlet: String?
    }

    /// The story of one line.
    ///
    /// - Parameters:
    ///   - bytes: the line, without its line break.
    ///   - number: its number on the page, from 1.
    ///   - page: what errors call the page.
    ///   - published: the day for a story that gives none.
    /// - Throws: `IntakeError.badLine`.
    public func story(
        _ bytes: [UInt8], line number: Int, page: String, published: Day? = nil, outlet: String? = nil
    ) throws(IntakeError) -> Story {
        if let bad = TextDecoding.invalidUTF8(bytes) {
            throw .badLine(page: page, line: number, reason: "byte \(bad) of the line is no UTF-8")
        }
        let line: Line
        do {
            line = try JSONDecoder().decode(Line.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw .badLine(page: page, line: number, reason: JSONLinesReader.reason(error))
        } catch {
            throw .badLine(page: page, line: number, reason: "no JSON object")
        }
        guard let text = line.text else {
            throw .badLine(page: page, line: number, reason: "the object has no \"text\"")
        }
        let utf8 = Array(text.utf8)
        guard utf8.contains(where: { $0 > 32 }) else {
            throw .badLine(page: page, line: number, reason: "\"text\" is empty")
        }
        var day = published
        if let given = line.published {
            guard let parsed = Day(iso: given) else {
                throw .badLine(
                    page: page, line: number, reason: "\"published\" is \"\(given)\", not a date as YYYY-MM-DD")
            }
            day = parsed
        }
        return TextPageReader().story(
            utf8, span: Span(0, utf8.count), id: line.id, published: day, title: line.title,
            outlet: line.outlet ?? outlet)
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            guard let key = context.codingPath.last?.stringValue else { return "no JSON object" }
            return "\"\(key)\" is not a string"
        case .keyNotFound(let key, _): return "the object has no \"\(key.stringValue)\""
        default: return "no JSON object"
        }
    }
}
