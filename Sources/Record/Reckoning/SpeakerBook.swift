internal import Stories

/// Tells whose account a claim belongs to, and on what footing the speaker counts.
enum SpeakerBook {
    /// What groups the claims of one speaker: a body's spokespeople speak for the body, a source without a name is one
    /// with its outlet's source of that description in other stories, though not with another such source in the same story,
    /// and what has no source is the outlet's own.
    static func key(_ claim: Claim) -> String {
        key(claim.speaker, outlet: claim.outlet, story: claim.story, twin: claim.twin)
    }

    /// What groups what one speaker says; `story` names the story that it says it in.
    static func key(_ speaker: Speaker, outlet: String?, story: String, twin: Int? = nil) -> String {
        let outlet = fold(outlet ?? "")
        switch speaker.kind {
        case .author: return "outlet:" + (outlet.isEmpty ? story : outlet)
        case .unnamed:
            let description = fold(speaker.role ?? "source") + ":" + fold(speaker.affiliation ?? "")
            return "unnamed:\(outlet.isEmpty ? story : outlet):\(description)" + (twin.map { "#\($0)" } ?? "")
        case .named:
            if let body = speaker.affiliation, speaksForBody(speaker.role) { return "body:" + fold(body) }
            // "Health Minister" speaks for the health ministry.
            if let role = speaker.role.map(fold), role.hasSuffix(" minister") {
                return "body:" + role.dropLast(8) + "ministry"
            }
            return "person:" + fold(speaker.name ?? speaker.role ?? story)
        case .organization, .document, .media:
            return "body:" + fold(speaker.name ?? speaker.affiliation ?? speaker.role ?? story)
        }
    }

    /// Whether neither of two claims can be a copy of the other: other speakers, and neither has it from the other.
    ///
    /// Of two unnamed sources of one outlet, where the one's description says no more than the other's ("a source", "a
    /// source with ties to the group"), nobody can tell that they are two.
    static func areIndependent(_ a: Claim, _ b: Claim) -> Bool {
        guard key(a) != key(b), !isRelayed(a, by: b), !isRelayed(b, by: a) else { return false }
        guard a.speaker.kind == .unnamed, b.speaker.kind == .unnamed,
            a.story == b.story || a.outlet != nil && fold(a.outlet ?? "") == fold(b.outlet ?? "")
        else { return true }
        let descriptions = (description(a.speaker), description(b.speaker))
        // Twins of one description in one story are two: the story tells them apart.
        if descriptions.0 == descriptions.1 { return a.story == b.story }
        return !descriptions.0.isSubset(of: descriptions.1) && !descriptions.1.isSubset(of: descriptions.0)
    }

    private static func isRelayed(_ claim: Claim, by other: Claim) -> Bool {
        guard let relay = claim.relay else { return false }
        var told = claim
        (told.speaker, told.twin) = (relay, nil)
        var teller = other
        teller.twin = nil
        return key(told) == key(teller)
    }

    private static func description(_ speaker: Speaker) -> Set<String> {
        var description = words([speaker.role, speaker.affiliation])
        // "Sources" and "a source" are described alike.
        if description.remove("sources") != nil { description.insert("source") }
        return description
    }

    /// How a speaker is called in listings.
    static func label(_ claim: Claim) -> String { label(claim.speaker, outlet: claim.outlet) }

    /// How a speaker is called, with what makes the name mean something.
    static func label(_ speaker: Speaker, outlet: String?) -> String {
        // "Kremlin spokesman" names its body itself.
        let says = speaker.role?.lowercased().contains(speaker.affiliation?.lowercased() ?? " ") == true
        let role = [says ? nil : speaker.affiliation, speaker.role].compactMap { $0 }.joined(separator: " ")
        switch speaker.kind {
        case .author: return outlet ?? "the story"
        case .unnamed: return role.isEmpty ? "unnamed source" : role
        case .named, .organization, .document, .media:
            guard let name = speaker.name else { return role.isEmpty ? "unknown" : role }
            return role.isEmpty || speaker.kind != .named ? name : "\(name), \(role)"
        }
    }

    /// The footing on which a claim's speaker counts.
    static func standing(_ claim: Claim) -> Standing {
        let speaker = claim.speaker
        let text = words([
            speaker.role, speaker.affiliation,
            speaker.kind == .organization || speaker.kind == .document ? speaker.name : nil,
        ])
        switch speaker.kind {
        case .author, .media: return .outlet
        case .unnamed: return .unnamed
        case .named, .organization, .document: break
        }
        if text.contains(where: counts.contains) { return .authority }
        if text.contains(where: fights.contains) {
            // Its own losses where the dead are called by a name that is its own.
            let own =
                words([claim.who]).intersection(text.union(words([speaker.name]))).subtracting(fights).isEmpty == false
            let saysOwn = !words([claim.who]).intersection(["our", "its"]).isEmpty
            return own || saysOwn ? .ownLosses : .enemyLosses
        }
        return .named
    }

    /// Words of bodies that have a duty to count.
    private static let counts: Set<String> = [
        "health", "hospital", "medical", "coroner", "coroners", "examiner", "morgue", "rescue", "emergency",
        "emergencies", "ambulance", "fire",
        "firefighters", "civil", "defence-civil", "disaster", "un", "u.n.", "ocha", "unicef", "who", "ohchr", "red",
        "crescent", "sheriff", "police",
        "coastguard", "investigators", "investigative", "prosecutor", "prosecutors",
    ]

    /// Words of those who fight.
    static let fights: Set<String> = [
        "army", "military", "defense", "defence", "forces", "rebels", "rebel", "militants", "militia", "insurgents",
        "navy", "air", "troops", "fighters",
        "coalition", "taliban", "hamas", "hezbollah", "separatists", "pentagon", "brigade", "front", "guard", "guards",
        "army's",
    ]

    private static func speaksForBody(_ role: String?) -> Bool {
        !words([role]).isDisjoint(with: [
            "spokesman", "spokeswoman", "spokesperson", "minister", "official", "secretary", "chief", "head",
            "director", "representative",
        ])
    }

    static func words(_ texts: [String?]) -> Set<String> {
        var words: Set<String> = []
        for text in texts.compactMap({ $0 }) {
            for word in text.lowercased().split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" }) {
                words.insert(String(word))
            }
        }
        return words
    }

    /// Lower case, without articles and marks of possession.
    private static func fold(_ text: String) -> String {
        let words = text.lowercased().split(whereSeparator: { $0 == " " || $0 == "\n" })
            .filter { $0 != "the" && $0 != "a" && $0 != "an" && $0 != "'s" && $0 != "’s" }
        return words.map { word in
            for ending in ["'s", "’s"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
            return String(word)
        }.joined(separator: " ")
    }
}

extension Claim {
    /// How its speaker is called: the name with the office, else the description; the outlet where the story itself says so.
    public var label: String { SpeakerBook.label(self) }
}
