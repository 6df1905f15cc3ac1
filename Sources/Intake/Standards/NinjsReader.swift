internal import Foundation
internal import Stories

/// Reads IPTC ninjs of the generations 1, 2 and 3: one object, an array of them, or one a line.
///
/// The generations differ in how their names are written (`versioncreated`, `versionCreated`) and in whether headline and
/// body stand alone (`headline`, `body_text`) or in lists (`headlines`, `bodies`): names are folded, and both are read.
struct NinjsReader {
    /// The stories of a page.
    ///
    /// - Throws: `IntakeError` where the page as a whole is no ninjs.
    func read(_ page: Page, maximumSize: Int) throws(IntakeError) -> [Result<Story, IntakeError>] {
        let bytes = try TextDecoding.decode(page).bytes
        if let value = try? JSONSerialization.jsonObject(with: Data(bytes)) {
            switch value {
            case let object as [String: Any]: return [story(object, number: 1, page)]
            case let list as [Any]:
                let results = list.enumerated().map { index, value -> Result<Story, IntakeError> in
                    guard let object = value as? [String: Any] else { return .failure(notAnObject(page, index + 1)) }
                    return story(object, number: index + 1, page)
                }
                if results.isEmpty { throw .noStory(page: page.name, kind: "an empty list of ninjs objects") }
                return results
            default: throw notAnObject(page, 1)
            }
        }
        var splitter = LineSplitter(limit: maximumSize)
        let lines = splitter.take(bytes) + splitter.last()
        let results = lines.map { line -> Result<Story, IntakeError> in
            switch line {
            case .whole(let number, let bytes): self.line(bytes, number: number, page)
            case .tooLong(let number): .failure(.longLine(page: page.name, line: number, limit: maximumSize))
            }
        }
        // One object over many lines that is cut is one fault, not a fault a line.
        guard results.contains(where: { (try? $0.get()) != nil }) else {
            throw .badItem(
                page: page.name, item: 1, reason: "it is no well-formed JSON: ninjs is one object, or one a line")
        }
        return results
    }

    /// The story of one line.
    func line(_ bytes: [UInt8], number: Int, _ page: Page) -> Result<Story, IntakeError> {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] else {
            return .failure(notAnObject(page, number))
        }
        return story(object, number: number, page)
    }

    private func notAnObject(_ page: Page, _ number: Int) -> IntakeError {
        .badItem(page: page.name, item: number, reason: "it is no JSON object, which a ninjs item is")
    }

    private func story(_ object: [String: Any], number: Int, _ page: Page) -> Result<Story, IntakeError> {
        guard let story = item(Fields(object)).story(page) else {
            return .failure(
                .badItem(page: page.name, item: number, reason: "the ninjs object has neither body nor headline"))
        }
        return .success(story)
    }

    private func item(_ fields: Fields) -> NewsItem {
        var item = NewsItem()
        item.title = (fields.string("headline") ?? best(fields.list("headlines"), roles: "main", "")).map(
            HTMLContent.line)
        if item.title == nil { item.title = fields.string("title") }
        item.body = body(fields)
        item.dateline = fields.string("dateline") ?? fields.string("located")
        if let located = fields.object("located") { item.dateline = located.string("name") }
        item.published =
            NewsDate.day(fields.string("contentcreated")) ?? NewsDate.day(fields.string("firstcreated"))
            ?? NewsDate.day(fields.string("versioncreated"))
        let sources = fields.list("infosources") + fields.list("infosource")
        item.outlet =
            sources.first { $0.string("role") == "publisher" }?.string("name") ?? fields.string("copyrightholder")
        item.provenance = provenance(fields)
        return item
    }

    private func provenance(_ fields: Fields) -> Provenance {
        var provenance = Provenance()
        let uri = fields.string("uri")
        let others = fields.list("altids")
        func other(_ role: String) -> String? { others.first { $0.string("role") == role }?.string("value") }
        provenance.guid = other("guid") ?? uri
        provenance.url = other("url")
        if provenance.url == nil, let uri, uri.hasPrefix("http://") || uri.hasPrefix("https://") {
            provenance.url = uri
        }
        for rendition in fields.list("renditions") + fields.objects("renditions") {
            let type = rendition.string("contenttype") ?? rendition.string("mimetype") ?? ""
            guard provenance.url == nil, type.hasPrefix("text/html"), let address = rendition.string("href") else {
                continue
            }
            provenance.url = address
            break
        }
        provenance.version = fields.string("version").flatMap { Int($0) }
        provenance.status =
            switch fields.string("pubstatus")?.lowercased() {
            case "usable": .usable
            case "withheld": .withheld
            case "canceled", "cancelled": .canceled
            default: nil
            }
        if let by = fields.string("byline") ?? fields.string("by") {
            provenance.authors = NewsItem.authors(HTMLContent.line(by))
        }
        // Who publishes, and those who only speak in the story, are not where it is from.
        let sources = fields.list("infosources") + fields.list("infosource")
        provenance.informationSource =
            sources.first { source in
                source.string("literal")?.hasPrefix("speaker-") != true
                    && !["publisher", "creditline"].contains(source.string("role"))
            }?.string("name")
        provenance.credit =
            fields.string("creditline") ?? sources.first { $0.string("role") == "creditline" }?.string("name")
        provenance.editorialNote = fields.string("ednote")
        provenance.language = fields.string("language")
        provenance.modified = NewsDate.day(fields.string("versioncreated"))
        return provenance
    }

    /// The body: plain text where there is some, else what is marked up.
    private func body(_ fields: Fields) -> [[UInt8]] {
        if let text = fields.string("body_text") ?? fields.string("bodytext") {
            let paragraphs = PlainParagraphs.split(Array(text.utf8))
            if !paragraphs.isEmpty { return paragraphs }
        }
        for name in ["body_xhtml", "body_html", "bodyxhtml", "bodyhtml", "body"] {
            guard let html = fields.string(name) else { continue }
            let paragraphs = PlainParagraphs.split(HTMLContent.text(Array(html.utf8)))
            if !paragraphs.isEmpty { return paragraphs }
        }
        let bodies = fields.list("bodies")
        let isPlain = { (body: Fields) in (body.string("contenttype") ?? "").hasPrefix("text/plain") }
        for body in bodies.filter(isPlain) + bodies.filter({ !isPlain($0) }) {
            guard let value = body.string("value") else { continue }
            let bytes = Array(value.utf8)
            let isMarkup = !isPlain(body) && HTMLContent.isMarkup(bytes)
            let paragraphs = PlainParagraphs.split(isMarkup ? HTMLContent.text(bytes) : bytes)
            if !paragraphs.isEmpty { return paragraphs }
        }
        return []
    }

    /// The value of the list's member in the first role that one has; of the first where none has.
    private func best(_ list: [Fields], roles: String...) -> String? {
        for role in roles {
            if let found = list.first(where: { ($0.string("role") ?? "").lowercased() == role })?.string("value") {
                return found
            }
        }
        return list.first?.string("value")
    }

    /// An object's members, their names in lower case.
    private struct Fields {
        private let members: [String: Any]

        init(_ object: [String: Any]) {
            members = Dictionary(object.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        }

        /// A text that is not blank, or a number as text.
        func string(_ name: String) -> String? {
            switch members[name] {
            case let text as String: text.utf8.contains { $0 > 32 } ? text : nil
            case let number as NSNumber: number.stringValue
            default: nil
            }
        }

        func object(_ name: String) -> Fields? { (members[name] as? [String: Any]).map(Fields.init) }

        /// The objects of a list.
        func list(_ name: String) -> [Fields] {
            ((members[name] as? [Any]) ?? []).compactMap { ($0 as? [String: Any]).map(Fields.init) }
        }

        /// The objects of an object, by name.
        func objects(_ name: String) -> [Fields] {
            ((members[name] as? [String: Any]) ?? [:]).sorted { $0.key < $1.key }
                .compactMap { ($0.value as? [String: Any]).map(Fields.init) }
        }
    }
}
