import Foundation
@testable import Onrecord
@testable import Record
import Stories
import TestSupport

/// Invented reports on invented happenings, several a happening, with reprints and updates among them.
struct InventedStories {
    let entries: [RecordStore.Entry]

    private static let cities = ["Lyon", "Turin", "Leeds", "Gdansk", "Porto", "Graz", "Ghent", "Malmo"]
    private static let kinds = ["explosion", "fire", "shooting", "bus crash"]
    private static let sources = [
        "police", "the fire brigade", "a doctor who asked not to be named", "the health ministry",
    ]
    private static let outlets = ["Meridian Wire", "Harbour Radio", "Coast Herald"]

    /// Stories on so many happenings.
    init(happenings: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var entries: [RecordStore.Entry] = []
        for _ in 0..<happenings {
            let city = InventedStories.cities.randomElement(using: &random) ?? ""
            let kind = InventedStories.kinds.randomElement(using: &random) ?? ""
            let day = Day(number: 18_000 + Int.random(in: 0..<400, using: &random))
            let dead = Int.random(in: 2...40, using: &random)
            for report in 0..<Int.random(in: 1...4, using: &random) {
                let source = InventedStories.sources.randomElement(using: &random) ?? ""
                let outlet = InventedStories.outlets.randomElement(using: &random) ?? ""
                let published = day.adding(Int.random(in: 0...2, using: &random))
                let text = """
                    \(dead + report) people were killed in a \(kind) in \(city) on \(day.weekday), \(source) said. \
                    At least \(dead * 2) others were taken to hospitals, an official told \(outlet). \
                    Residents near the old market spoke of a night of sirens number \(Int.random(in: 0..<9999, using: &random)).
                    """
                entries.append(InventedStories.entry(text, published, outlet))
                if Int.random(in: 0..<4, using: &random) == 0 {
                    let other = InventedStories.outlets.randomElement(using: &random) ?? ""
                    entries.append(
                        InventedStories.entry(text + " Printed with permission.", published.adding(1), other))
                }
            }
        }
        self.entries = entries
    }

    static func entry(_ text: String, _ published: Day?, _ outlet: String?, title: String? = nil) -> RecordStore.Entry {
        let bytes = Array(text.utf8)
        let kept = RecordStore.Kept(digest: "", text: bytes, published: published, title: title, outlet: outlet)
        return RecordStore.Entry(
            text: bytes, reading: RecordStore.read(kept), page: bytes, span: Span(0, bytes.count), name: "invented",
            published: published, title: title, outlet: outlet)
    }
}
