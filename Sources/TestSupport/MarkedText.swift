internal import Intake
public import Stories

/// Text in which stretches are marked: `He ⟦said⟧ so`.
public struct MarkedText: Sendable {
    /// The text without the marks.
    public let text: String
    /// The marked stretches in order.
    public let spans: [Span]

    /// Reads a text with marks; marks do not nest.
    public init(_ marked: String) {
        var text = ""
        var spans: [Span] = []
        var start = 0
        for character in marked {
            switch character {
            case "⟦": start = text.utf8.count
            case "⟧": spans.append(Span(start, text.utf8.count))
            default: text.append(character)
            }
        }
        self.text = text
        self.spans = spans
    }
}

extension Story {
    /// A story of that text alone.
    public init(text: String, published: String? = nil) {
        let bytes = Array(text.utf8)
        self = TextPageReader().story(bytes, span: Span(0, bytes.count), published: published.flatMap { Day(iso: $0) })
    }
}
