import ArgumentParser
import Foundation
import Onrecord
import Stories

struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "Show every figure: how many, of whom, in what, by whose word.",
        discussion: """
            Figures stand below the incident that they belong to. What a headline or a caption says again is named with the
            figure of the body; what it says otherwise is marked.

            Examples:
              onrecord figures page.txt
            """)

    @OptionGroup var input: InputOptions

    func run() async throws {
        let reader = Reader()
        try await input.print { FiguresView(reader.read($0.story), text: $0.story.bytes).text }
    }
}

/// The figures of a reading as a person reads them.
private struct FiguresView {
    let reading: Reading
    let bytes: [UInt8]

    init(_ reading: Reading, text: [UInt8]) {
        self.reading = reading
        bytes = text
    }

    var text: String {
        var lines = [Terminal.bold(Layout.wrap(reading.title ?? reading.anatomy.headline.map(plain) ?? reading.id))]
        for (index, incident) in reading.incidents.enumerated() {
            let own = reading.figures.indices.filter { reading.figures[$0].incident == index }
            guard !own.isEmpty else { continue }
            lines.append("  " + Terminal.safe(head(of: incident)))
            lines += own.map { line(reading.figures[$0], in: bytes) }
        }
        let others = reading.figures.indices.filter { reading.figures[$0].incident == nil }
        if !others.isEmpty {
            lines.append("  Other figures")
            lines += others.map { line(reading.figures[$0], in: bytes) }
        }
        if let title = reading.titleFigures, !title.isEmpty {
            lines.append("  In the title")
            let bytes = Array((reading.title ?? "").utf8)
            lines += title.map { line($0, in: bytes) }
        }
        if reading.figures.isEmpty, reading.titleFigures?.isEmpty != false { lines.append("  no figures") }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private func head(of incident: IncidentMention) -> String {
        var parts = [incident.main ? "Main incident: \(incident.type.rawValue)" : "Also: \(incident.type.rawValue)"]
        parts += [DossierView.days(incident.from, incident.to), DossierView.place(incident.place)].compactMap { $0 }
        return parts.joined(separator: " · ")
    }

    /// `killed 9 or more · at least nine people · said Ann Roe · of a part`
    private func line(_ figure: Figure, in text: [UInt8]) -> String {
        let interval = Layout.interval(figure.min, figure.max, approximate: figure.approximate)
        var parts = ["\(figure.measure.rawValue) \(interval)" + (figure.unit.map { " \($0)" } ?? "")]
        parts.append("“\(plain(figure.span, in: text))”")
        if !figure.population.isEmpty { parts.append(figure.population.map(\.rawValue).joined(separator: ", ")) }
        if let source = source(of: figure) { parts.append("by " + source) }
        switch figure.scope {
        case .incident: break
        case .part: parts.append("a part")
        case .total: parts.append("a running total")
        }
        if let body = figure.repeats { parts.append("says again “\(plain(reading.figures[body].span))”") }
        if let body = figure.differs { parts.append("differs from “\(plain(reading.figures[body].span))”") }
        return Layout.wrap(parts.joined(separator: " · "), indent: "    ")
    }

    /// Who says so, from the innermost outwards: `a doctor, through Tass`.
    private func source(of figure: Figure) -> String? {
        var names: [String] = []
        var next = figure.attribution
        while let index = next, reading.attributions.indices.contains(index), names.count < 4 {
            let attribution = reading.attributions[index]
            let speaker = attribution.speaker
            let name = speaker.name ?? speaker.role ?? speaker.affiliation ?? attribution.source.first.map(plain)
            if let name { names.append(name) }
            next = attribution.parent
        }
        return names.isEmpty ? nil : names.joined(separator: ", as told by ")
    }

    private func plain(_ span: Span) -> String { plain(span, in: bytes) }

    private func plain(_ span: Span, in bytes: [UInt8]) -> String {
        String(decoding: bytes[span.range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
