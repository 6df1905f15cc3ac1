internal import Intake
internal import Stories

/// What of a reading the news standards have places for: who and where a story is of, what it is about, who speaks in it.
struct ItemFindings {
    /// A person or a body that the story names.
    struct Entity {
        var name: String
        var kind: NameMention.Kind
        var mentions: Int
    }

    /// A place of the story, once.
    struct Place {
        var name: String
        var country: String?
        var point: (lat: Double, lon: Double)?
        var geoname: Int?

        /// Its address in GeoNames.
        var uri: String? { geoname.map { "https://sws.geonames.org/\($0)/" } }
    }

    /// Someone whose words the story gives.
    struct Source {
        /// As attributions refer to it.
        var id: String
        var name: String
        var speaker: Speaker
    }

    private let story: Story
    private let reading: Reading

    init(_ story: Story, _ reading: Reading) {
        self.story = story
        self.reading = reading
    }

    /// The item's id for good: its publisher's where that is a URI, else one of the text (RFC 6920).
    var uri: String {
        for candidate in [story.provenance.guid, story.provenance.url] {
            if let candidate, ItemFindings.isURI(candidate) { return candidate }
        }
        return "nih:sha-256;\(Digest.hex(story.bytes[story.span.range]))"
    }

    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.utf8.startIndex else {
            return false
        }
        return text.utf8.allSatisfy { 33...126 ~= $0 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") && $0 != 34 }
            && text.utf8[..<colon].allSatisfy {
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            }
    }

    /// The headline: the title that came, else the text's own.
    var headline: String? { story.title ?? reading.anatomy.headline.map(plain) }

    /// The day of the story as a time: standards ask for one, and its hour is not known.
    static func time(_ day: Day?) -> String? { day.map { "\($0)T00:00:00Z" } }

    /// Persons and bodies, by the longest name that each goes by, those named most first.
    func entities(_ kind: NameMention.Kind) -> [Entity] {
        var found: [Int: Entity] = [:]
        var order: [Int] = []
        for mention in reading.names where mention.type == kind {
            let name = plain(mention.span)
            if var entity = found[mention.entity] {
                entity.mentions += 1
                if name.utf8.count > entity.name.utf8.count { entity.name = name }
                found[mention.entity] = entity
            } else {
                order.append(mention.entity)
                found[mention.entity] = Entity(name: name, kind: kind, mentions: 1)
            }
        }
        let all = order.compactMap { found[$0] }
        return all.indices.sorted { (-all[$0].mentions, $0) < (-all[$1].mentions, $1) }.map { all[$0] }
    }

    /// The places, each once, in the order of the text.
    var places: [Place] {
        var places: [Place] = []
        for mention in reading.places {
            let isKnown = places.contains {
                $0.geoname != nil && $0.geoname == mention.geonameid
                    || $0.name == mention.name && $0.country == mention.country
            }
            if isKnown { continue }
            var point: (Double, Double)?
            if let lat = mention.lat, let lon = mention.lon { point = (lat, lon) }
            places.append(
                Place(name: mention.name, country: mention.country, point: point, geoname: mention.geonameid))
        }
        return places
    }

    /// Those who speak, each once, in the order in which they are met.
    var sources: [Source] {
        var sources: [Source] = []
        for (index, attribution) in reading.attributions.enumerated() {
            let id = ItemFindings.id(of: attribution.speaker, index)
            guard !sources.contains(where: { $0.id == id }), let name = ItemFindings.name(of: attribution.speaker)
            else {
                continue
            }
            sources.append(Source(id: id, name: name, speaker: attribution.speaker))
        }
        return sources
    }

    static func id(of speaker: Speaker, _ attribution: Int) -> String {
        speaker.number.map { "speaker-\($0)" } ?? "speaker-of-\(attribution)"
    }

    private static func name(of speaker: Speaker) -> String? {
        if let name = speaker.name { return name }
        let parts = [speaker.affiliation, speaker.role].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// An incident in a few words: `explosion, Constanţa, 2025-03-03`.
    func name(of incident: IncidentMention) -> String {
        [incident.subtype?.rawValue ?? incident.type.rawValue, incident.place?.name, incident.from?.description]
            .compactMap { $0 }.joined(separator: ", ")
    }

    /// What the story is about, by the first level of IPTC's Media Topics, each once.
    var topics: [MediaTopic] {
        var topics: [MediaTopic] = []
        for incident in reading.incidents {
            if let topic = MediaTopic(of: incident.type), !topics.contains(topic) { topics.append(topic) }
        }
        return topics
    }

    /// A stretch in one line.
    func plain(_ span: Span) -> String {
        String(decoding: story.bytes[span.range], as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}

/// A subject of the first level of IPTC's Media Topics.
struct MediaTopic: Hashable {
    /// Its eight digits.
    var code: String
    /// Its name in English.
    var name: String

    /// The subject that a type of incident belongs to; nil where it belongs to none.
    init?(of type: IncidentType) {
        switch type {
        case .battle, .shelling, .bombing, .attack, .airstrike, .protest, .militaryActivity:
            (code, name) = ("16000000", "conflict, war and peace")
        case .shooting, .stabbing, .abduction, .robbery, .arson, .arrest, .trial:
            (code, name) = ("02000000", "crime, law and justice")
        case .crash, .fire, .explosion, .disaster:
            (code, name) = ("03000000", "disaster, accident and emergency incident")
        case .talks, .sanctions, .election: (code, name) = ("11000000", "politics and government")
        case .statement, .other: return nil
        }
    }

    /// Its address.
    var uri: String { "http://cv.iptc.org/newscodes/mediatopic/\(code)" }
}
