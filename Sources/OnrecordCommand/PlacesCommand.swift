import ArgumentParser
import Foundation
import Onrecord
import Stories

struct PlacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "places",
        abstract: "Show where: the places that each story names, and where on Earth they lie.",
        discussion: """
            Examples:
              onrecord places page.txt
              onrecord places --output geojson stories.jsonl > places.geojson

            A place that cannot be told has no coordinates: its geometry is null. The point of a street or building is that of
            its town.
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case text, geojson }

    @OptionGroup var input: InputOptions
    @Option(help: "Form of the output: text for a person, or one GeoJSON FeatureCollection (RFC 7946).")
    var output: Form = .text

    func run() async throws {
        let reader = Reader()
        switch output {
        case .text: try await input.print { PlacesCommand.lines(reader.read($0.story), $0.story.bytes) }
        case .geojson: try await printFeatures(reader)
        }
    }

    private func printFeatures(_ reader: Reader) async throws {
        var out = Output()
        var refusals = Refusals()
        var isFirst = true
        try out.write(Array(#"{"type":"FeatureCollection","features":["#.utf8))
        try await BatchReader(options: input.options).read(try input.inputs) { arrival in
            let reading = reader.read(arrival.story)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return reading.places.compactMap {
                try? encoder.encode(Feature($0, story: reading.id, text: arrival.story.text($0.span)))
            }
        } deliver: { result in
            switch result {
            case .success(let features):
                refusals.addReading()
                for feature in features {
                    try out.write(Array((isFirst ? "\n" : ",\n").utf8) + Array(feature))
                    isFirst = false
                }
            case .failure(let error):
                try out.flush()
                refusals.add(error)
            }
        }
        try out.write(Array("\n]}\n".utf8))
        try out.flush()
        try refusals.finish()
    }

    private static func lines(_ reading: Reading, _ bytes: [UInt8]) -> String {
        func text(_ span: Span) -> String {
            String(decoding: bytes[span.range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
                separator: " ")
        }
        var lines = [Terminal.bold(Layout.wrap(reading.title ?? reading.anatomy.headline.map(text) ?? reading.id))]
        var rows: [(cells: [String], count: Int)] = []
        for place in reading.places {
            let point = place.lat.flatMap { lat in
                place.lon.map { lon in degrees(lat, "N", "S") + " " + degrees(lon, "E", "W") }
            }
            let cells = [
                text(place.span), point == nil ? "not told" : place.name, place.country ?? "", point ?? "",
                place.level?.rawValue ?? "",
            ]
            if let known = rows.firstIndex(where: { $0.cells == cells }) {
                rows[known].count += 1
            } else {
                rows.append((cells, 1))
            }
        }
        if rows.isEmpty {
            lines.append("  no places")
        } else {
            lines.append(
                Layout.table(
                    ["named", "place", "country", "point", "level", "times"],
                    rows.map { $0.cells + [String($0.count)] },
                    right: [5]))
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// Degrees to two places, about a kilometre: `35.30° N`.
    private static func degrees(_ value: Double, _ positive: String, _ negative: String) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)° \(value < 0 ? negative : positive)"
    }
}

/// A place as a GeoJSON feature. A place that was not told has a null geometry, as RFC 7946 provides.
private struct Feature: Encodable {
    struct Point: Encodable {
        let type = "Point"
        /// Longitude and latitude, in this order.
        var coordinates: [Double]
    }

    struct Properties: Encodable {
        var story: String
        var text: String
        var start: Int
        var end: Int
        var name: String
        var country: String?
        var geonameid: Int?
        var level: String?
    }

    let type = "Feature"
    var geometry: Point?
    var properties: Properties

    init(_ place: PlaceMention, story: String, text: String) {
        geometry = place.lat.flatMap { lat in place.lon.map { Point(coordinates: [$0, lat]) } }
        properties = Properties(
            story: story, text: text, start: place.span.start, end: place.span.end, name: place.name,
            country: place.country, geonameid: place.geonameid, level: place.level?.rawValue)
    }

    enum CodingKeys: String, CodingKey { case type, geometry, properties }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        // A null, not an absence: the member is required.
        try container.encode(geometry, forKey: .geometry)
        try container.encode(properties, forKey: .properties)
    }
}
