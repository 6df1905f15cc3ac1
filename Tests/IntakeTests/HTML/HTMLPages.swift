import Intake
import Stories
import Testing

/// Invented pages, in parts.
enum HTMLPages {
    static let paragraphs = [
        "A ferry ran aground off the island of Gavdos on Saturday, and two of its passengers were missing by nightfall.",
        "“We heard a bang, and then the lights went out,” said Maria Dima, who was on her way home from the mainland.",
        "The coast guard said that it had sent four boats and a helicopter, and that the search would go on overnight.",
    ]

    /// The paragraphs as the text of a story.
    static let text = paragraphs.joined(separator: "\n\n")

    static var body: String { paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n") }

    static func page(head: String = "", _ body: String) -> String {
        "<!doctype html><html lang=en><head><meta charset=utf-8>\(head)</head><body>\(body)</body></html>"
    }

    static func stories(_ html: String) throws -> [Story] {
        try HTMLPageReader().read(Page(name: "folder/gull.html", bytes: Array(html.utf8), format: .html))
    }

    static func story(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Story {
        let stories = try stories(html)
        #expect(stories.count == 1, sourceLocation: sourceLocation)
        return try #require(stories.first, sourceLocation: sourceLocation)
    }

    static func text(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let story = try story(html, sourceLocation: sourceLocation)
        return story.text(story.span)
    }
}
