public import Stories

/// Writes stories and what was found in them as IPTC ninjs 3.2, one object a line.
///
/// The standard has places for persons, bodies, places, subjects and events, and for those whose information a story
/// rests on (`infoSources`: the speakers). It has none for who says what, how many, and with which words, and allows no
/// members of one's own: the whole reading stands as JSON in a description in the role `onrecord:reading`.
public struct NinjsWriter: Sendable {
    /// The version of ninjs that is written.
    public static let version = "3.2"

    /// A writer.
    public init() {}

    /// The item as one line of JSON, with its line break.
    public func line(_ story: Story, _ reading: Reading) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { write(story, reading, to: &$0) }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private func write(_ story: Story, _ reading: Reading, to writer: inout JSONWriter) {
        let findings = ItemFindings(story, reading)
        let provenance = story.provenance
        func text(_ key: StaticString, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            writer.key(key)
            writer.string(value)
        }
        text("uri", findings.uri)
        text("type", "text")
        text("representationType", "full")
        writer.key("standard")
        writer.object { writer in
            writer.key("name")
            writer.string("ninjs")
            writer.key("version")
            writer.string(NinjsWriter.version)
            writer.key("schema")
            writer.string("http://www.iptc.org/std/ninjs/ninjs-schema_\(NinjsWriter.version).json#")
        }
        text("version", provenance.version.map(String.init))
        text("contentCreated", ItemFindings.time(story.published))
        text("versionCreated", ItemFindings.time(provenance.modified ?? story.published))
        text("pubStatus", provenance.status?.rawValue)
        text("edNote", provenance.editorialNote)
        text("language", provenance.language)
        text("by", provenance.authors.isEmpty ? nil : provenance.authors.joined(separator: ", "))
        text("located", reading.anatomy.dateline?.place)
        if let headline = findings.headline {
            list("headlines", [headline], to: &writer) { writer, headline in
                writer.key("role")
                writer.string("main")
                writer.key("value")
                writer.string(headline)
            }
        }
        let body = story.text(story.span)
        list("bodies", [body], to: &writer) { writer, body in
            writer.key("role")
            writer.string("main")
            writer.key("contentType")
            writer.string("text/plain")
            writer.key("charCount")
            writer.int(body.unicodeScalars.count)
            writer.key("wordCount")
            writer.int(body.split(whereSeparator: \.isWhitespace).count)
            writer.key("value")
            writer.string(body)
        }
        writeFindings(findings, story, reading, to: &writer)
    }

    private func writeFindings(
        _ findings: ItemFindings, _ story: Story, _ reading: Reading, to writer: inout JSONWriter
    ) {
        for (key, kind) in [("people" as StaticString, NameMention.Kind.person), ("organisations", .organization)] {
            list(key, findings.entities(kind), to: &writer) { writer, entity in
                writer.key("name")
                writer.string(entity.name)
            }
        }
        list("places", findings.places, to: &writer) { writer, place in
            writer.key("name")
            writer.string(place.name)
            if let uri = place.uri {
                writer.key("uri")
                writer.string(uri)
            }
            if let point = place.point {
                writer.key("geoJSON")
                writer.object { writer in
                    writer.key("type")
                    writer.string("Point")
                    writer.key("coordinates")
                    writer.array { writer in
                        writer.number(point.lon)
                        writer.number(point.lat)
                    }
                }
            }
        }
        list("subjects", findings.topics, to: &writer) { writer, topic in
            writer.key("name")
            writer.string(topic.name)
            writer.key("uri")
            writer.string(topic.uri)
            writer.key("creator")
            writer.string("Onrecord \(Engine.version)")
        }
        list("events", Array(reading.incidents.enumerated()), to: &writer) { writer, incident in
            writer.key("id")
            writer.string("incident-\(incident.offset)")
            writer.key("name")
            writer.string(findings.name(of: incident.element))
            writer.key("rel")
            writer.string(incident.element.main ? "main" : "mentioned")
            writer.key("literal")
            writer.string(incident.element.type.rawValue)
        }
        writeSources(findings, story, to: &writer)
        var ids: [(role: String, value: String)] = []
        if let guid = story.provenance.guid, guid != findings.uri { ids.append(("guid", guid)) }
        if let url = story.provenance.url, url != findings.uri { ids.append(("url", url)) }
        list("altIds", ids, to: &writer) { writer, id in
            writer.key("role")
            writer.string(id.role)
            writer.key("value")
            writer.string(id.value)
        }
        list("descriptions", [reading], to: &writer) { writer, reading in
            writer.key("role")
            writer.string("onrecord:reading")
            writer.key("contentType")
            writer.string("application/json")
            writer.key("value")
            writer.string(String(decoding: ReadingWriter().line(reading).dropLast(), as: UTF8.self))
        }
    }

    /// The outlet, the source that the item names, and those who speak in the story.
    private func writeSources(_ findings: ItemFindings, _ story: Story, to writer: inout JSONWriter) {
        var sources: [(name: String, role: String, literal: String?)] = []
        if let outlet = story.outlet { sources.append((outlet, "publisher", nil)) }
        if let source = story.provenance.informationSource { sources.append((source, "informationSource", nil)) }
        if let credit = story.provenance.credit { sources.append((credit, "creditline", nil)) }
        for source in findings.sources { sources.append((source.name, source.speaker.kind.rawValue, source.id)) }
        list("infoSources", sources, to: &writer) { writer, source in
            writer.key("name")
            writer.string(source.name)
            writer.key("role")
            writer.string(source.role)
            if let literal = source.literal {
                writer.key("literal")
                writer.string(literal)
            }
        }
    }

    /// A list of objects; nothing where it is empty.
    private func list<Element>(
        _ key: StaticString, _ elements: [Element], to writer: inout JSONWriter,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        writer.key(key)
        writer.array { writer in for element in elements { writer.object { write(&$0, element) } } }
    }
}
