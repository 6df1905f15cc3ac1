internal import Onrecord
public import Stories

/// Takes from a reading what the record reckons with: the claims about the story's main incident.
public struct ClaimReader: Sendable {
    /// A reader.
    public init() {}

    /// The claims of a story, in order of the text: each figure of its main incident, and each denial or refusal to
    /// speak that is about casualties.
    ///
    /// - Parameters:
    ///   - reading: the reading, its spans counting in `text`.
    ///   - text: the story's text.
    ///   - digest: SHA-256 of the text.
    public func claims(of reading: Reading, text: [UInt8], digest: String) -> [Claim] {
        guard let main = reading.incidents.firstIndex(where: \.main) else { return [] }
        var drafts: [(at: Int, claim: Claim)] = []
        var spoken: Set<Int> = []
        let title = Array((reading.title ?? "").utf8)
        for figure in reading.titleFigures ?? [] where figure.incident == main && figure.repeats == nil {
            // Its sentence is the title, which stands before the text.
            drafts.append(
                (
                    -1,
                    Claim(
                        story: digest, number: 0, measure: figure.measure, min: figure.min, max: figure.max,
                        approximate: figure.approximate, scope: figure.scope, phrase: plain(figure.span, title),
                        who: figure.who, population: figure.population, nationality: figure.nationality,
                        stance: .assert, speaker: Speaker(kind: .author), depth: 0,
                        sentence: PlainText.of(title), span: Span(0, 0), anchor: figure.span,
                        published: reading.published,
                        outlet: reading.outlet)
                ))
        }
        for figure in reading.figures where figure.incident == main {
            let attribution = figure.attribution.map { reading.attributions[$0] }
            if let index = figure.attribution { spoken.insert(index) }
            let sentence = sentence(at: figure.span.start, reading)
            drafts.append(
                (
                    figure.span.start,
                    Claim(
                        story: digest, number: 0, measure: figure.measure, min: figure.min, max: figure.max,
                        approximate: figure.approximate, scope: figure.scope, phrase: plain(figure.span, text),
                        who: figure.who, population: figure.population, nationality: figure.nationality,
                        stance: attribution?.stance ?? .assert, speaker: attribution?.speaker ?? Speaker(kind: .author),
                        depth: depth(figure.attribution, reading), sentence: plain(sentence, text), span: sentence,
                        anchor: figure.span,
                        published: reading.published, outlet: reading.outlet, certainty: attribution?.certainty,
                        group: figure.group, relay: relay(figure.attribution, reading))
                ))
        }
        for (index, attribution) in reading.attributions.enumerated() where !spoken.contains(index) {
            guard attribution.stance == .deny || attribution.stance == .decline,
                let at = (attribution.cue + attribution.content + attribution.source).map(\.start).min()
            else { continue }
            let sentence = sentence(at: at, reading)
            // A refusal counts by its sentence, a denial by what is denied.
            let scope = attribution.stance == .deny && !attribution.content.isEmpty ? attribution.content : [sentence]
            guard scope.contains(where: { isAboutCasualties(text[$0.range]) }) else { continue }
            drafts.append(
                (
                    at,
                    Claim(
                        story: digest, number: 0, measure: .killed, min: nil, max: nil, approximate: false,
                        scope: .incident,
                        phrase: "", who: nil, stance: attribution.stance, speaker: attribution.speaker,
                        depth: depth(index, reading), sentence: plain(sentence, text), span: sentence,
                        anchor: attribution.cue.first ?? Span(at, at),
                        published: reading.published, outlet: reading.outlet, certainty: attribution.certainty,
                        relay: relay(index, reading))
                ))
        }
        drafts.sort { ($0.at, $0.claim.phrase) < ($1.at, $1.claim.phrase) }
        // Behind the figures, whose numbers reviews name.
        drafts += responsibilities(reading.incidents[main], reading, text, digest)
        var unnamed: [String: [Int]] = [:]
        return drafts.enumerated().map { number, draft in
            var claim = draft.claim
            claim.number = number
            // Two doctors whom nobody names are two, unless the story says that they are one.
            if claim.speaker.kind == .unnamed, let speaker = claim.speaker.number {
                let description = (claim.speaker.role ?? "") + "|" + (claim.speaker.affiliation ?? "")
                let before = unnamed[description] ?? []
                let place = before.firstIndex(of: speaker) ?? before.count
                if place == before.count { unnamed[description] = before + [speaker] }
                claim.twin = place == 0 ? nil : place
            }
            return claim
        }
    }

    /// Who is said to have done it, each party once a basis, in order of the text.
    private func responsibilities(
        _ incident: IncidentMention, _ reading: Reading, _ text: [UInt8], _ digest: String
    ) -> [(at: Int, claim: Claim)] {
        var seen: Set<Responsibility> = []
        return incident.actors.sorted { $0.span.start < $1.span.start }.compactMap { actor in
            let responsibility = Responsibility(party: plainName(actor.name), basis: actor.basis)
            // "Attacked not by rebels" tells who did not.
            let before = text[max(0, actor.span.start - 16)..<actor.span.start]
            let isNegated = plainName(String(decoding: before, as: UTF8.self)).lowercased().hasSuffix("not by")
            guard actor.role == .acted, !isNegated, seen.insert(responsibility).inserted else { return nil }
            let index = reading.attributions.indices.filter { index in
                reading.attributions[index].content.contains {
                    $0.start <= actor.span.start && actor.span.end <= $0.end
                }
            }.max { depth($0, reading) < depth($1, reading) }
            let attribution = index.map { reading.attributions[$0] }
            let isOwn = actor.basis == .claimed || actor.basis == .denied
            let sentence = sentence(at: actor.span.start, reading)
            return (
                actor.span.start,
                Claim(
                    story: digest, number: 0, measure: nil, min: nil, max: nil, approximate: false, scope: .incident,
                    phrase: plain(actor.span, text), who: nil,
                    stance: actor.basis == .denied ? .deny : actor.basis == .claimed ? .confirm : .assert,
                    speaker: isOwn
                        ? Speaker(name: responsibility.party, kind: .organization)
                        : attribution?.speaker ?? Speaker(kind: .author),
                    depth: isOwn ? 1 : depth(index, reading), sentence: plain(sentence, text), span: sentence,
                    anchor: actor.span, published: reading.published, outlet: reading.outlet,
                    certainty: attribution?.certainty, relay: isOwn ? nil : relay(index, reading),
                    responsibility: responsibility)
            )
        }
    }

    private func plainName(_ name: String) -> String { PlainText.of(name.utf8) }

    /// Who tells the story what the speaker of an attribution told them.
    private func relay(_ attribution: Int?, _ reading: Reading) -> Speaker? {
        guard let index = attribution, let parent = reading.attributions[index].parent else { return nil }
        let speaker = reading.attributions[parent].speaker
        return speaker == reading.attributions[index].speaker ? nil : speaker
    }

    private func depth(_ attribution: Int?, _ reading: Reading) -> Int {
        var depth = 0
        var next = attribution
        while let index = next, depth < 8 {
            depth += 1
            next = reading.attributions[index].parent
        }
        return depth
    }

    private func sentence(at offset: Int, _ reading: Reading) -> Span {
        reading.sentences.last { $0.start <= offset } ?? Span(offset, offset)
    }

    private static let stems = [
        "casualt", "kill", "dead", "death", "died", "injur", "wound", "toll", "victim", "fatalit",
    ]
    .map { Array($0.utf8) }

    private func isAboutCasualties(_ bytes: ArraySlice<UInt8>) -> Bool {
        let folded = bytes.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        return ClaimReader.stems.contains { stem in
            guard folded.count >= stem.count else { return false }
            return (0...folded.count - stem.count).contains { folded[$0...].starts(with: stem) }
        }
    }

    /// The text of a span, each run of white space as one space.
    private func plain(_ span: Span, _ text: [UInt8]) -> String { PlainText.of(text[span.range]) }
}

/// Text for a line of a listing.
enum PlainText {
    /// The bytes as text, each run of white space and control characters as one space.
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        var plain: [UInt8] = []
        var isBlank = true
        for byte in bytes {
            if byte <= 32 || byte == 127 {
                if !isBlank { plain.append(32) }
                isBlank = true
            } else {
                plain.append(byte)
                isBlank = false
            }
        }
        if plain.last == 32 { plain.removeLast() }
        return String(decoding: plain, as: UTF8.self)
    }
}
