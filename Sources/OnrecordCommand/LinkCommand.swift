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
            that the story was linked into, null where it tells of none and was linked to no other story. Where the readings
            carry no text, their words and names cannot help.

            With --reasons each line has "links", too: the other stories of the incident that the story was compared with,
            how likely both are of one incident, and why.

            Examples:
              onrecord read --with-text wires/ > readings.jsonl
              onrecord link readings.jsonl
              onrecord link --reasons readings.jsonl
            """)

    @Flag(help: "Say which stories each was linked to, and why.")
    var reasons = false

    @Argument(help: "Files of readings.", completion: .file())
    var files: [String]

    private struct Line: Encodable {
        var id: String
        var incident: String?
        var links: [Link]?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(incident, forKey: .incident)
            try container.encodeIfPresent(links, forKey: .links)
        }

        private enum CodingKeys: String, CodingKey { case id, incident, links }
    }

    private struct Link: Encodable {
        var id: String
        var score: Double
        var reasons: [LinkReason]
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
        let ids = readings.map(\.id)
        let items = readings.map { LinkItem($0, text: Array(($0.text ?? "").utf8)) }
        let linker = Linker()
        let edges = linker.edges(items)
        // An incident is called by the smallest id of its stories, whatever the order of the lines.
        var incidents = [String?](repeating: nil, count: readings.count)
        for members in linker.groups(ids, edges: edges) {
            guard members.count > 1 || !readings[members[0]].incidents.isEmpty else { continue }
            let name = members.map { ids[$0] }.min()
            for member in members { incidents[member] = name }
        }
        var links = [[Linker.Edge]](repeating: [], count: readings.count)
        if reasons {
            for edge in edges where incidents[edge.first] != nil && incidents[edge.first] == incidents[edge.second] {
                links[edge.first].append(edge)
                links[edge.second].append(Linker.Edge(first: edge.second, second: edge.first, score: edge.score))
            }
        }
        var out = Output()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for index in readings.indices {
            var line = Line(id: ids[index], incident: incidents[index])
            if reasons {
                line.links = links[index].sorted { ($1.score, ids[$0.second]) < ($0.score, ids[$1.second]) }.map {
                    edge in
                    Link(
                        id: ids[edge.second], score: (edge.score * 1000).rounded() / 1000,
                        reasons: linker.reasons(items[index], items[edge.second]))
                }
            }
            try out.write(Array(try encoder.encode(line)) + [10])
        }
        try out.flush()
        if failed > 0 { throw ExitCode(1) }
    }
}
