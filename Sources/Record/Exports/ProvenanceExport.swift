internal import Intake
internal import Stories

/// Where all of it came from (W3C PROV-O), as one JSON-LD document: pages came, stories were cut from them, an engine read
/// them and found claims, tolls were reckoned from these, and people reviewed them.
///
/// Speakers, engines and reviewers come up with each incident that they have to do with: a graph takes what is said twice
/// as said once.
enum ProvenanceExport {
    static var shape: ExportShape {
        ExportShape(
            head: "{\"@context\":\(context.text),\"@graph\":[\n", separator: ",\n", tail: "\n]}\n", wantsTexts: true
        ) { subject in
            ProvenanceExport.nodes(subject).map(\.text).joined(separator: ",\n")
        }
    }

    private static let context: JSONText = {
        func link(_ name: String) -> (String, JSONText) {
            (name, .object([("@id", .string("prov:\(name)")), ("@type", .string("@id"))]))
        }
        func time(_ name: String) -> (String, JSONText) {
            (name, .object([("@id", .string("prov:\(name)")), ("@type", .string("xsd:dateTime"))]))
        }
        return .object(
            [
                ("prov", .string("http://www.w3.org/ns/prov#")),
                ("xsd", .string("http://www.w3.org/2001/XMLSchema#")),
                ("label", .string("http://www.w3.org/2000/01/rdf-schema#label")),
                ("onrecord", .object([("@id", .string("urn:onrecord:terms:")), ("@prefix", .truth(true))])),
            ]
                + [
                    "used", "wasGeneratedBy", "wasDerivedFrom", "wasRevisionOf", "wasAttributedTo", "wasAssociatedWith",
                    "wasInformedBy", "wasQuotedFrom", "hadPrimarySource", "alternateOf",
                ].map(link) + ["startedAtTime", "endedAtTime"].map(time))
    }()

    private static func nodes(_ subject: ExportSubject) -> [JSONText] {
        var nodes: [JSONText] = []
        var engines: Set<String> = []
        for story in subject.dossier.stories {
            let text = subject.texts[story.digest]
            nodes += arrivals(story, text?.receipts ?? [])
            let engine = "urn:onrecord:engine:\(text?.engine ?? "")"
            if engines.insert(engine).inserted {
                nodes.append(
                    node(
                        engine, ["prov:SoftwareAgent"],
                        ("label", .string("Onrecord \(text?.engine ?? "")"))))
            }
            nodes.append(
                node(
                    reading(story.digest), ["prov:Activity", "onrecord:Reading"], ("used", link(entity(story.digest))),
                    ("wasAssociatedWith", link(engine))))
        }
        nodes += claims(subject)
        nodes += tolls(subject)
        for review in subject.dossier.reviews { nodes += self.review(review, subject) }
        return nodes
    }

    // MARK: Names

    private static func entity(_ digest: String) -> String { "urn:sha256:\(digest)" }
    private static func reading(_ digest: String) -> String { "urn:onrecord:reading:\(digest.prefix(12))" }
    private static func claim(_ id: String) -> String { "urn:onrecord:claim:\(id)" }
    private static func review(_ number: Int) -> String { "urn:onrecord:review:\(number)" }
    private static func agent(_ kind: String, _ key: String) -> String {
        "urn:onrecord:\(kind):\(Digest.hex(key.utf8).prefix(24))"
    }
    private static func link(_ id: String) -> JSONText { .string(id) }
    private static func links(_ ids: [String]) -> JSONText? {
        ids.count == 1 ? .string(ids[0]) : .strings(ids)
    }
    private static func node(_ id: String, _ types: [String], _ pairs: (String, JSONText?)...) -> JSONText {
        .pairs(
            [("@id", .string(id)), ("@type", .array(types.map { .string($0) }))]
                + pairs.compactMap { key, value in value.map { (key, $0) } })
    }

    // MARK: Stories

    private static func arrivals(_ story: StorySummary, _ receipts: [ExportSubject.Receipt]) -> [JSONText] {
        var nodes: [JSONText] = []
        var pages: [String] = []
        for receipt in receipts {
            // A page that holds one story and nothing else is that story: nothing comes of itself.
            let isStory = receipt.page == story.digest
            if !isStory, !pages.contains(receipt.page) {
                pages.append(receipt.page)
                nodes.append(
                    node(entity(receipt.page), ["prov:Entity", "onrecord:Page"], ("label", .string(receipt.name))))
            }
            nodes.append(
                node(
                    arrival(story.digest, receipt.number), ["prov:Activity", "onrecord:Receipt"],
                    ("startedAtTime", .string(receipt.received)), ("endedAtTime", .string(receipt.received)),
                    ("used", isStory ? nil : link(entity(receipt.page)))))
        }
        let original = story.copyOf.map(entity)
        nodes.append(
            node(
                entity(story.digest), ["prov:Entity", "onrecord:Story"], ("label", .string(story.headline)),
                ("onrecord:outlet", .string(story.outlet)),
                ("onrecord:published", .string(story.published?.description)),
                // The story is there since its first receipt; the later ones brought it again.
                ("wasGeneratedBy", receipts.first.map { link(arrival(story.digest, $0.number)) }),
                (
                    "wasDerivedFrom",
                    links(pages.map(entity) + (story.copyKind == .reprint ? [original].compactMap { $0 } : []))
                ),
                ("alternateOf", story.copyKind == .reprint ? .string(original) : nil),
                ("wasRevisionOf", story.copyKind == .version ? .string(original) : nil)))
        return nodes
    }

    private static func arrival(_ digest: String, _ number: Int) -> String {
        "urn:onrecord:receipt:\(digest.prefix(12)).\(number)"
    }

    // MARK: Claims

    private static func claims(_ subject: ExportSubject) -> [JSONText] {
        var nodes: [JSONText] = []
        var before: [String: String] = [:]
        for account in subject.dossier.accounts {
            for (earlier, later) in zip(account.claims, account.claims.dropFirst()) { before[later.id] = earlier.id }
        }
        var speakers: Set<String> = []
        for claim in subject.dossier.claims {
            let key = SpeakerBook.key(claim)
            let speaker = agent("speaker", key)
            if speakers.insert(speaker).inserted {
                nodes.append(node(speaker, ["prov:Agent"] + kind(claim.speaker.kind), ("label", .string(claim.label))))
            }
            nodes.append(
                node(
                    self.claim(claim.id), ["prov:Entity", "onrecord:Claim"], ("label", .string(Plain.claim(claim))),
                    ("onrecord:sentence", .string(claim.sentence)),
                    ("onrecord:start", JSONText(claim.span.start)), ("onrecord:end", JSONText(claim.span.end)),
                    ("onrecord:status", .string(subject.statuses[claim.id]?.rawValue)),
                    ("wasGeneratedBy", link(reading(claim.story))), ("wasQuotedFrom", link(entity(claim.story))),
                    ("wasAttributedTo", link(speaker)),
                    ("wasRevisionOf", before[claim.id].map { link(self.claim($0)) })))
        }
        return nodes
    }

    private static func kind(_ kind: Speaker.Kind) -> [String] {
        switch kind {
        case .named: ["prov:Person"]
        case .organization, .media: ["prov:Organization"]
        // It may be one person or several, a paper or its author.
        case .unnamed, .document, .author: []
        }
    }

    // MARK: Tolls and reviews

    private static func tolls(_ subject: ExportSubject) -> [JSONText] {
        let incident = subject.incident
        let activity = "urn:onrecord:reckoning:\(incident.id)"
        var nodes = [
            node(
                activity, ["prov:Activity", "onrecord:Reckoning"], ("label", .string(Plain.line(incident.headline))),
                ("used", links(subject.dossier.accounts.flatMap { $0.claims.map { claim($0.id) } })))
        ]
        for toll in incident.tolls {
            let behind = [toll.lowClaim, toll.bestClaim, toll.highClaim].compactMap { $0 }
            nodes.append(
                node(
                    "urn:onrecord:toll:\(incident.id):house:\(toll.measure.rawValue)",
                    ["prov:Entity", "onrecord:Toll"],
                    (
                        "label",
                        .string(
                            "\(toll.measure.rawValue): \(Plain.range(toll.low, toll.high)), best \(Plain.number(toll.best))"
                        )
                    ),
                    ("onrecord:low", .number(toll.low)), ("onrecord:best", .number(toll.best)),
                    ("onrecord:high", .number(toll.high)), ("onrecord:grade", .string(toll.grade.rawValue)),
                    ("onrecord:rule", .string(toll.rule)),
                    ("wasGeneratedBy", link(toll.review.map(review) ?? activity)),
                    ("wasDerivedFrom", links(unique(behind).map(claim)))))
        }
        for toll in subject.dossier.profiles {
            let id = [toll.profile.rawValue, toll.measure.rawValue, toll.population.rawValue].joined(separator: ":")
            nodes.append(
                node(
                    "urn:onrecord:toll:\(incident.id):\(id)", ["prov:Entity", "onrecord:Toll"],
                    ("label", .string(id)), ("onrecord:low", .number(toll.low)), ("onrecord:best", .number(toll.best)),
                    ("onrecord:high", .number(toll.high)), ("onrecord:grade", .string(toll.grade)),
                    ("onrecord:rule", .string(toll.rule)), ("wasGeneratedBy", link(activity)),
                    ("wasDerivedFrom", links(unique(toll.lowClaims + toll.bestClaims + toll.highClaims).map(claim)))))
        }
        return nodes
    }

    private static func unique(_ ids: [String]) -> [String] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }

    private static func review(_ review: Review, _ subject: ExportSubject) -> [JSONText] {
        let person = agent("person", review.who)
        let used: String? =
            switch review.action {
            case .undo: nil
            case _ where review.isOfClaim: claim(review.subject)
            case .confirm, .correct, .discount, .merge, .split, .reopen, .note: entity(review.subject)
            }
        return [
            node(person, ["prov:Agent", "prov:Person"], ("label", .string(review.who))),
            node(
                self.review(review.number), ["prov:Activity", "onrecord:Review"],
                ("label", .string([review.action.rawValue, review.value].compactMap { $0 }.joined(separator: " "))),
                ("onrecord:why", .string(review.why)), ("onrecord:before", review.before.map(JSONText.string)),
                ("onrecord:hash", .string(review.hash)),
                ("startedAtTime", .string(review.at)), ("endedAtTime", .string(review.at)),
                ("wasAssociatedWith", link(person)), ("used", used.map(link)),
                ("wasInformedBy", review.action == .undo ? Int(review.subject).map { link(self.review($0)) } : nil)),
        ]
    }
}
