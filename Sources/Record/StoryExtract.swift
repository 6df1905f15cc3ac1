internal import Foundation
internal import Incidents
internal import Stories

/// What the record takes from one story's reading, ready for its table.
struct StoryExtract {
    let headline: String
    let claims: Data
    let mention: Data?
    let words: Data
    let sketch: Sketch

    init(_ reading: Reading, text: [UInt8], digest: String) {
        let encoder = JSONEncoder()
        // The same story gives the same bytes, so that two records can be compared.
        encoder.outputFormatting = [.sortedKeys]
        let head = reading.anatomy.headline ?? reading.sentences.first
        headline = reading.title ?? head.map { String(PlainText.of(text[$0.range]).prefix(240)) } ?? ""
        claims = (try? encoder.encode(ClaimReader().claims(of: reading, text: text, digest: digest))) ?? Data("[]".utf8)
        let main = reading.incidents.first(where: \.main) ?? reading.incidents.first
        mention = main.flatMap { try? encoder.encode($0) }
        words = Data(LinkItem(reading, text: text).bytes)
        var body: [UInt8] = []
        for paragraph in reading.anatomy.paragraphs {
            body += text[paragraph.range]
            body.append(32)
        }
        sketch = Sketch(body.isEmpty ? text : body)
    }
}
