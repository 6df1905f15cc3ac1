internal import Intake
internal import Stories

/// Entities of the FollowTheMoney model, one a line, as Aleph loads them.
///
/// An incident is an `Event`, a story an `Article` that documents it, a speaker whom the story names a `Person` or an
/// `Organization`, and a claim a `Note` on both. Who acted and who was hit are left out: to list a man as one who may have
/// killed takes a person's judgement.
enum FollowTheMoneyExport {
    static func lines(_ subject: ExportSubject) -> String {
        let incident = subject.incident
        let dossier = subject.dossier
        let event = id("event", incident.id)
        let country = incident.place?.country?.lowercased()
        var lines: [JSONText] = [
            entity(
                event, "Event",
                ("name", [Plain.line(incident.headline)]), ("startDate", [incident.from?.description]),
                ("endDate", [incident.to?.description]), ("country", [country]),
                ("location", [Plain.place(incident.place)]), ("summary", [summary(incident)]),
                ("recordId", [incident.id]), ("keywords", [incident.type.rawValue]),
                ("proof", dossier.stories.map { id("story", $0.digest) }))
        ]
        for story in dossier.stories {
            let article = id("story", story.digest)
            let link = story.page.hasPrefix("https://") || story.page.hasPrefix("http://") ? story.page : nil
            lines.append(
                entity(
                    article, "Article", ("title", [Plain.line(story.headline)]), ("name", [Plain.line(story.headline)]),
                    ("fileName", [Plain.line(story.page.isEmpty ? story.id : story.page)]),
                    ("publisher", [story.outlet]),
                    ("publishedAt", [story.published?.description]),
                    ("retrievedAt", [String(story.received.prefix(19))]),
                    ("sourceUrl", [link])))
            lines.append(
                entity(
                    id("documentation", incident.id + story.digest), "Documentation", ("document", [article]),
                    ("entity", [event]), ("role", [story.copyKind?.rawValue ?? "report"]),
                    ("date", [story.published?.description])))
        }
        var speakers: Set<String> = []
        for claim in dossier.claims {
            let speaker = speaker(claim)
            if let speaker, speakers.insert(speaker.id).inserted { lines.append(speaker.entity) }
            lines.append(
                entity(
                    id("claim", claim.id), "Note",
                    ("name", ["\(Plain.claim(claim)) — \(Plain.line(claim.label))"]), ("description", [claim.sentence]),
                    ("entity", [event, speaker?.id]), ("proof", [id("story", claim.story)]),
                    ("publisher", [claim.outlet]), ("keywords", [subject.statuses[claim.id]?.rawValue])))
        }
        return lines.map(\.line).joined()
    }

    /// The toll in a line: `killed: best 19, 0–25 (contested)`.
    private static func summary(_ incident: IncidentSummary) -> String? {
        guard !incident.tolls.isEmpty else { return nil }
        return incident.tolls.map { toll in
            let range = toll.low == toll.high ? "" : ", \(Plain.range(toll.low, toll.high))"
            return "\(toll.measure.rawValue): best \(Plain.number(toll.best))\(range) (\(toll.grade.rawValue))"
        }.joined(separator: "; ")
    }

    /// The speaker as an entity, where the story gives a name.
    private static func speaker(_ claim: Claim) -> (id: String, entity: JSONText)? {
        let speaker = claim.speaker
        guard let name = speaker.name.map(Plain.line), !name.isEmpty else { return nil }
        switch speaker.kind {
        case .named:
            let id = id("speaker", "person:\(name.lowercased())")
            let role = [speaker.affiliation, speaker.role].compactMap { $0 }.joined(separator: " ")
            return (id, entity(id, "Person", ("name", [name]), ("position", [role.isEmpty ? nil : role])))
        case .organization, .media:
            let id = id("speaker", "body:\(name.lowercased())")
            return (id, entity(id, "Organization", ("name", [name])))
        case .unnamed, .document, .author: return nil
        }
    }

    /// An id that is the thing's for good, wherever it is exported.
    private static func id(_ kind: String, _ key: String) -> String {
        String(Digest.hex("onrecord:\(kind):\(key)".utf8).prefix(40))
    }

    private static func entity(_ id: String, _ schema: String, _ properties: (String, [String?])...) -> JSONText {
        .object([
            ("id", .string(id)), ("schema", .string(schema)),
            (
                "properties",
                .pairs(
                    properties.compactMap { name, values in
                        JSONText.strings(values.compactMap { $0 }.filter { !$0.isEmpty }).map { (name, $0) }
                    })
            ),
        ])
    }
}
