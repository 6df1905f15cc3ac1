import Record
import Stories

/// A reading as a person reads it.
struct ReadingView {
    let reading: Reading
    let bytes: [UInt8]

    init(_ reading: Reading, text: [UInt8]) {
        self.reading = reading
        bytes = text
    }

    var text: String {
        var lines: [String] = []
        let head = reading.title ?? (reading.anatomy.headline ?? reading.sentences.first).map(plain) ?? "(no text)"
        lines.append(Terminal.bold(Layout.wrap(head)))
        let published = reading.published.map { day in
            reading.publishedBasis == .text ? "\(day) (by its text)" : "\(day)"
        }
        lines.append(
            "  "
                + [reading.id, published ?? "no date", reading.outlet, reading.anatomy.dateline?.place].compactMap {
                    $0
                }.map(Terminal.safe)
                .joined(separator: " · "))
        for incident in reading.incidents { lines.append(line(incident)) }
        let claims = ClaimReader().claims(of: reading, text: bytes, digest: reading.id)
        if !claims.isEmpty {
            lines.append("  Claims")
            for claim in claims { lines.append(ClaimView.lines(claim, indent: "    ")) }
        }
        lines.append(
            "  "
                + Terminal.dim(
                    "\(reading.attributions.count) attributions · \(reading.figures.count) figures · \(reading.places.count) places · \(reading.times.count) times"
                ))
        return lines.joined(separator: "\n") + "\n\n"
    }

    private func line(_ incident: IncidentMention) -> String {
        var parts = [incident.main ? "Main incident: \(incident.type.rawValue)" : "Also: \(incident.type.rawValue)"]
        parts += [DossierView.days(incident.from, incident.to), DossierView.place(incident.place)].compactMap { $0 }
        for (name, toll) in [("killed", incident.killed), ("injured", incident.injured)] {
            guard let toll, let best = toll.best else { continue }
            let range = toll.min == toll.max ? "" : " (\(Layout.interval(toll.min, toll.max)))"
            parts.append("\(name) \(Layout.number(best))\(range)")
        }
        return "  " + Terminal.safe(parts.joined(separator: " · "))
    }

    private func plain(_ span: Span) -> String {
        String(decoding: bytes[span.range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// A claim on two lines or more: what, who, how; and the sentence.
enum ClaimView {
    static func lines(_ claim: Claim, indent: String, marks: String = "") -> String {
        let head = Layout.wrap(
            [what(claim) + marks, who(claim), how(claim)].joined(separator: " — "), indent: indent,
            hanging: indent + "    ")
        return head + "\n" + Terminal.dim(Layout.wrap("“\(claim.sentence)”", indent: indent + "  "))
    }

    /// `killed: 80 or more men`
    static func what(_ claim: Claim) -> String {
        if let responsibility = claim.responsibility {
            return "done by: \(responsibility.party) (\(responsibility.basis.rawValue))"
        }
        guard let measure = claim.measure else { return claim.stance.rawValue }
        let interval = Layout.interval(claim.min, claim.max, approximate: claim.approximate)
        guard !interval.isEmpty else { return "\(measure.rawValue): no figure" }
        let scope = claim.scope == .incident ? "" : claim.scope == .part ? " (a part)" : " (a running total)"
        return "\(measure.rawValue): \(interval)\(scope)"
    }

    static func who(_ claim: Claim) -> String { claim.label }

    /// `unnamed, asserts, second hand`
    static func how(_ claim: Claim) -> String {
        var parts = [
            claim.speaker.kind == .author ? "the story itself" : claim.speaker.kind.rawValue, claim.stance.rawValue,
        ]
        if claim.isFigure, let certainty = claim.certainty, certainty == .possible || certainty == .probable {
            parts.append("held for \(certainty.rawValue)")
        }
        if claim.depth > 1 {
            let through = claim.relay.map { relay in
                var teller = claim
                teller.speaker = relay
                return ", through \(teller.label)"
            }
            parts.append("hearsay, depth \(claim.depth)\(through ?? "")")
        }
        return parts.joined(separator: ", ")
    }
}
