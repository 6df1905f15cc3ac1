internal import Foundation
internal import Stories

/// Reads JSON Feed 1.0 and 1.1.
struct JSONFeedReader {
    /// - Throws: `IntakeError.noStory` where it is no JSON Feed, or what decoding throws.
    func read(_ page: Page) throws(IntakeError) -> Feed {
        let bytes = try TextDecoding.decode(page).bytes
        guard let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] else {
            throw .noStory(page: page.name, kind: "JSON that is cut or not well-formed")
        }
        guard let items = object["items"] as? [Any] else {
            throw .noStory(page: page.name, kind: "JSON, but no JSON Feed: it has no items")
        }
        let version = object["version"] as? String ?? ""
        var feed = Feed(format: version.hasSuffix("/1") || version.hasSuffix("/1.0") ? .json1 : .json11)
        feed.title = text(object["title"])
        feed.url = text(object["home_page_url"])
        feed.language = text(object["language"])
        let authors = people(object)
        for case let item as [String: Any] in items {
            var entry = Feed.Entry()
            entry.id = text(item["id"])
            entry.url = FeedReader.whole(text(item["url"]) ?? text(item["external_url"]), base: feed.url)
            entry.title = text(item["title"])
            if let html = text(item["content_html"]) {
                entry.content = Feed.Content(isHTML: true, value: html)
            } else if let plain = text(item["content_text"]) {
                entry.content = Feed.Content(isHTML: false, value: plain)
            }
            entry.summary = text(item["summary"]).map { Feed.Content(isHTML: false, value: $0) }
            entry.published = NewsDate.day(text(item["date_published"]))
            entry.updated = NewsDate.day(text(item["date_modified"]))
            entry.stamp = text(item["date_modified"]) ?? text(item["date_published"])
            entry.language = text(item["language"])
            entry.authors = people(item)
            if entry.authors.isEmpty { entry.authors = authors }
            feed.entries.append(entry)
        }
        return feed
    }

    /// A text that is not blank; ids may be numbers.
    private func text(_ value: Any?) -> String? {
        switch value {
        case let text as String: text.utf8.contains { $0 > 32 } ? text : nil
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    /// `authors` of 1.1, `author` of 1.0.
    private func people(_ object: [String: Any]) -> [String] {
        let list = (object["authors"] as? [Any]) ?? [object["author"] as Any]
        return list.compactMap { ($0 as? [String: Any]).flatMap { text($0["name"]) } }
    }
}
