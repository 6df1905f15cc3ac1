import ArgumentParser
import Foundation
import Incidents
import Onrecord
import Stories

struct LinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Link readings that tell of one happening.",
        discussion: """
            Reads what `onrecord read --with-text` wrote and writes one line a story, {"id": …, "incident": …}: the incident
            that the story's main incident was linked into, null where it has none. Where the readings carry no text, the
            headlines' words cannot help.

            Examples:
              onrecord read --with-text wires/ > readings.jsonl
              onrecord link readings.jsonl
            """)

    @Argument(help: "Files of readings.", completion: .file())
    var files: [String]

    private struct Line: Encodable {
        var id: String
        var incident: String?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(incident, forKey: .incident)
        }

        private enum CodingKeys: String, CodingKey { case id, incident }
    }

    func run() throws {
        var readings: [Reading] = []
        var failed = 0
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Failure(message: "\(file): no such file: check the path", code: 66)
            }
            for (number, line) in data.split(separator: 10).enumerated() {
                do {
                    readings.append(try JSONDecoder().decode(Reading.self, from: line))
                } catch {
                    failed += 1
                    Terminal.complain("\(file):\(number + 1): no reading: each line is what `onrecord read` wrote")
                }
            }
        }
        let items = readings.map { Linker.Item($0, text: Array(($0.text ?? "").utf8)) }
        let linked = items.indices.filter { items[$0] != nil }
        let groups = Linker().link(items.compactMap { $0 })
        // An incident is called by the smallest id of its stories, whatever the order of the lines.
        var names: [Int: String] = [:]
        for (item, group) in zip(linked, groups) {
            names[group] = min(names[group] ?? readings[item].id, readings[item].id)
        }
        var incidents = [String?](repeating: nil, count: readings.count)
        for (item, group) in zip(linked, groups) { incidents[item] = names[group] }
        var out = Output()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for (reading, incident) in zip(readings, incidents) {
            try out.write(Array(try encoder.encode(Line(id: reading.id, incident: incident))) + [10])
        }
        try out.flush()
        if failed > 0 { throw ExitCode(1) }
    }
}
