internal import Stories

/// Claims, a row each, with who makes them, where they stand and whether they hold: Onrecord's own table.
enum ClaimTable {
    static let table = ExportTable(columns: columns) { subject in
        let headlines = Dictionary(
            subject.dossier.stories.map { ($0.digest, $0.headline) }, uniquingKeysWith: { first, _ in first })
        return subject.dossier.claims.map { claim in
            [
                .text(subject.incident.id), .text(claim.id), Cell(claim.published?.description), Cell(claim.outlet),
                Cell(claim.measure?.rawValue), Cell(claim.min), Cell(claim.max), .truth(claim.approximate),
                .text(claim.scope.rawValue), .text(claim.phrase), .text(claim.stance.rawValue), .text(claim.label),
                .text(claim.speaker.kind.rawValue), Cell(claim.depth), .text(claim.sentence), .text(claim.story),
                Cell(claim.span.start), Cell(claim.span.end), .text(subject.statuses[claim.id]?.rawValue ?? ""),
                .text(claim.population.map(\.rawValue).joined(separator: "; ")), Cell(claim.nationality),
                Cell(claim.who), Cell(claim.speaker.name), Cell(claim.speaker.role), Cell(claim.speaker.affiliation),
                Cell(claim.speaker.count), Cell(claim.speaker.anonymity), Cell(headlines[claim.story]),
                Cell(claim.review),
            ]
        }
    }

    private static let columns = [
        "incident", "claim", "published", "outlet", "measure", "min", "max", "approximate", "scope", "phrase", "stance",
        "speaker", "kind", "depth", "sentence", "story", "sentence_start", "sentence_end", "status", "population",
        "nationality", "who", "speaker_name", "speaker_role", "speaker_affiliation", "speaker_count",
        "speaker_anonymity", "headline", "review",
    ]

    private struct Line: Encodable {
        var incident: String
        var id: String
        var status: String
        var claim: Claim
    }

    /// A claim a line, as `onrecord show --json` has it, with its incident and its status.
    static func json(_ subject: ExportSubject) -> String {
        subject.dossier.claims.map { claim in
            ExportJSON.text(
                Line(
                    incident: subject.incident.id, id: claim.id, status: subject.statuses[claim.id]?.rawValue ?? "",
                    claim: claim)) + "\n"
        }.joined()
    }
}
