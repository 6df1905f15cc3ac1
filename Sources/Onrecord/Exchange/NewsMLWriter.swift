internal import Foundation
public import Stories

/// Writes stories and what was found in them as one NewsML-G2 news message, conformance level power, a news item a story.
///
/// A message is written in three steps, so that it can stream: `head`, then `item` for each story, then `tail`.
///
/// Persons, bodies, places, incidents and Media Topics are subjects, speakers are information sources, and what is known
/// of each stands in an `assert`. Attributions, figures and incidents have no element in the standard: they stand in
/// `assert`, which admits elements of other vocabularies, in the namespace of `NewsMLWriter.namespace`.
public struct NewsMLWriter: Sendable {
    /// The version of NewsML-G2 that is written.
    public static let version = "2.35"
    /// The namespace of the elements that the standard does not have.
    public static let namespace = "urn:x-onrecord:reading:1"

    private let sent: String

    /// A writer of a message that is sent at a time, ISO 8601.
    public init(sent: String? = nil) { self.sent = sent ?? Date.now.formatted(.iso8601) }

    /// What stands before the items.
    public var head: [UInt8] {
        var writer = XMLWriter()
        writer.raw(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\">\n<header>"
        )
        writer.element("sent", text: sent)
        writer.raw("</header>\n<itemSet>\n")
        return writer.bytes
    }

    /// What stands behind the items.
    public var tail: [UInt8] { Array("</itemSet>\n</newsMessage>\n".utf8) }

    /// A story as a news item, with its line break.
    public func item(_ story: Story, _ reading: Reading) -> [UInt8] {
        let findings = ItemFindings(story, reading)
        var writer = XMLWriter()
        writer.element(
            "newsItem",
            [
                ("xmlns:o", NewsMLWriter.namespace), ("guid", findings.uri),
                ("version", "\(max(1, story.provenance.version ?? 1))"), ("standard", "NewsML-G2"),
                ("standardversion", NewsMLWriter.version), ("conformance", "power"),
                ("xml:lang", story.provenance.language),
            ]
        ) { writer in
            writer.element(
                "catalogRef", [("href", "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml")])
            writer.element("itemMeta") { writeItemMeta(story, findings, to: &$0) }
            writer.element("contentMeta") { writeContentMeta(story, reading, findings, to: &$0) }
            writeAssertions(reading, findings, to: &writer)
            writer.element("contentSet") { writer in
                writer.element("inlineXML", [("contenttype", "application/xhtml+xml")]) {
                    writeBody(story, reading, findings, to: &$0)
                }
            }
        }
        writer.raw("\n")
        return writer.bytes
    }

    private func writeItemMeta(_ story: Story, _ findings: ItemFindings, to writer: inout XMLWriter) {
        let provenance = story.provenance
        writer.element("itemClass", [("qcode", "ninat:text")])
        writer.element("provider", [("literal", story.outlet ?? "unknown")]) {
            $0.element("name", text: story.outlet)
        }
        writer.element(
            "versionCreated", text: ItemFindings.time(provenance.modified ?? story.published) ?? sent)
        writer.element("pubStatus", [("qcode", "stat:\((provenance.status ?? .usable).rawValue)")])
        writer.element("generator", [("versioninfo", Engine.version)], text: "Onrecord")
        writer.element("title", text: findings.headline)
        writer.element("edNote", text: provenance.editorialNote)
        if let url = provenance.url {
            writer.element("link", [("rel", "irel:seeAlso"), ("href", url), ("contenttype", "text/html")])
        }
    }

    private func writeContentMeta(
        _ story: Story, _ reading: Reading, _ findings: ItemFindings, to writer: inout XMLWriter
    ) {
        let provenance = story.provenance
        writer.element("contentCreated", text: ItemFindings.time(story.published))
        writer.element("contentModified", text: ItemFindings.time(provenance.modified))
        if let place = reading.anatomy.dateline?.place {
            writer.element("located", [("literal", place)]) { $0.element("name", text: place) }
        }
        if let source = provenance.informationSource {
            writer.element("infoSource", [("literal", source)]) { $0.element("name", text: source) }
        }
        for source in findings.sources {
            writer.element("infoSource", [("literal", source.id)]) { $0.element("name", text: source.name) }
        }
        if let language = provenance.language { writer.element("language", [("tag", language)]) }
        for topic in findings.topics {
            writer.element("subject", [("type", "cpnat:abstract"), ("qcode", "medtop:\(topic.code)")]) {
                $0.element("name", text: topic.name)
            }
        }
        for (kind, type) in [(NameMention.Kind.person, "cpnat:person"), (.organization, "cpnat:organisation")] {
            for entity in findings.entities(kind) {
                writer.element("subject", [("type", type), ("literal", entity.name)]) {
                    $0.element("name", text: entity.name)
                }
            }
        }
        for place in findings.places {
            let attributes: [(StaticString, String?)] = [
                ("type", "cpnat:geoArea"), ("uri", place.uri), ("literal", place.uri == nil ? place.name : nil),
            ]
            writer.element("subject", attributes) { $0.element("name", text: place.name) }
        }
        for (index, incident) in reading.incidents.enumerated() {
            writer.element("subject", [("type", "cpnat:event"), ("literal", "incident-\(index)")]) {
                $0.element("name", text: findings.name(of: incident))
            }
        }
        writer.element("headline", text: findings.headline)
        if let dateline = reading.anatomy.dateline { writer.element("dateline", text: findings.plain(dateline.span)) }
        writer.element("by", text: provenance.authors.isEmpty ? nil : provenance.authors.joined(separator: ", "))
        writer.element("creditline", text: provenance.credit)
    }

    private func writeAssertions(_ reading: Reading, _ findings: ItemFindings, to writer: inout XMLWriter) {
        for place in findings.places {
            guard let uri = place.uri, let point = place.point else { continue }
            writer.element("assert", [("uri", uri)]) { writer in
                writer.element("name", text: place.name)
                writer.element("geoAreaDetails") {
                    $0.element("position", [("latitude", "\(point.lat)"), ("longitude", "\(point.lon)")])
                }
            }
        }
        for source in findings.sources {
            writer.element("assert", [("literal", source.id)]) { writer in
                writer.element("name", text: source.name)
                writer.element(
                    "o:speaker",
                    [
                        ("kind", source.speaker.kind.rawValue), ("role", source.speaker.role),
                        ("affiliation", source.speaker.affiliation),
                        ("count", source.speaker.count.map(String.init)),
                    ]
                ) { $0.element("o:anonymity", text: source.speaker.anonymity) }
            }
        }
        for (index, incident) in reading.incidents.enumerated() {
            writer.element("assert", [("literal", "incident-\(index)")]) { writer in
                writer.element("name", text: findings.name(of: incident))
                writeIncident(incident, findings, to: &writer)
            }
        }
        for (index, attribution) in reading.attributions.enumerated() {
            writer.element("assert", [("literal", "attribution-\(index)")]) {
                writeAttribution(attribution, index, findings, to: &$0)
            }
        }
        for (index, figure) in reading.figures.enumerated() {
            writer.element("assert", [("literal", "figure-\(index)")]) { writer in
                writer.element(
                    "o:figure",
                    [
                        ("measure", figure.measure.rawValue), ("min", NewsMLWriter.number(figure.min)),
                        ("max", NewsMLWriter.number(figure.max)), ("approximate", figure.approximate ? "true" : nil),
                        ("who", figure.who), ("unit", figure.unit),
                        ("attribution", figure.attribution.map { "attribution-\($0)" }),
                        ("incident", figure.incident.map { "incident-\($0)" }),
                    ]
                ) { $0.text(findings.plain(figure.span)) }
            }
        }
    }

    private func writeIncident(_ incident: IncidentMention, _ findings: ItemFindings, to writer: inout XMLWriter) {
        writer.element(
            "o:incident",
            [
                ("type", incident.type.rawValue), ("subtype", incident.subtype?.rawValue),
                ("from", incident.from?.description), ("to", incident.to?.description),
                ("main", incident.main ? "true" : nil), ("cause", incident.cause.map(findings.plain)),
            ]
        ) { writer in
            if let place = incident.place {
                let attributes: [(StaticString, String?)] = [
                    ("country", place.country), ("latitude", place.lat.map { "\($0)" }),
                    ("longitude", place.lon.map { "\($0)" }),
                ]
                writer.element("o:place", attributes, text: place.name)
            }
            let tolls = [("killed", incident.killed), ("injured", incident.injured)]
            for (measure, toll) in tolls {
                guard let toll else { continue }
                writer.element(
                    "o:toll",
                    [
                        ("measure", measure), ("min", NewsMLWriter.number(toll.min)),
                        ("max", NewsMLWriter.number(toll.max)), ("best", NewsMLWriter.number(toll.best)),
                    ])
            }
        }
    }

    private func writeAttribution(
        _ attribution: Attribution, _ index: Int, _ findings: ItemFindings, to writer: inout XMLWriter
    ) {
        writer.element(
            "o:attribution",
            [
                ("speaker", ItemFindings.id(of: attribution.speaker, index)),
                ("stance", attribution.stance.rawValue), ("quote", attribution.quote.rawValue),
                ("certainty", attribution.certainty.rawValue), ("polarity", attribution.polarity.rawValue),
                ("depth", "\(attribution.depth)"), ("parent", attribution.parent.map { "attribution-\($0)" }),
            ]
        ) { writer in
            let parts: [(StaticString, [Span])] = [
                ("o:source", attribution.source), ("o:cue", attribution.cue), ("o:content", attribution.content),
            ]
            for (name, spans) in parts {
                writer.element(name, text: spans.map(findings.plain).joined(separator: " … "))
            }
            for medium in attribution.via { writer.element("o:via", text: medium) }
        }
    }

    /// The text as XHTML: the story's parts in their order.
    private func writeBody(
        _ story: Story, _ reading: Reading, _ findings: ItemFindings, to writer: inout XMLWriter
    ) {
        let anatomy = reading.anatomy
        var parts: [(span: Span, isSubhead: Bool)] =
            (anatomy.paragraphs + anatomy.captions + anatomy.bylines.map(\.span))
            .map { ($0, false) }
        parts += anatomy.subheads.map { ($0, true) }
        if let first = anatomy.credits.first, let last = anatomy.credits.last {
            parts.append((first.span.union(last.span), false))
        }
        if parts.isEmpty { parts.append((story.span, false)) }
        writer.element("html", [("xmlns", "http://www.w3.org/1999/xhtml")]) { writer in
            writer.element("head") { $0.element("title", text: findings.headline ?? story.id) }
            writer.element("body") { writer in
                for part in parts.sorted(by: { $0.span < $1.span }) {
                    writer.element(part.isSubhead ? "h2" : "p", text: findings.plain(part.span))
                }
            }
        }
    }

    private static func number(_ value: Double?) -> String? {
        guard let value, value.isFinite else { return nil }
        return value == value.rounded() && abs(value) < 9e15 ? "\(Int(value))" : "\(value)"
    }
}
