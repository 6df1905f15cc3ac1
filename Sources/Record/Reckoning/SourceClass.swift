internal import Stories

/// What kind of source a claim comes from: what a chart of tolls over time is coloured by.
public enum SourceClass: String, Codable, Sendable, CaseIterable {
    /// Those who fight: an army, a militia, a defence ministry.
    case belligerentMilitary = "belligerent-military"
    /// A state's government, where it is not known to be outside the fight.
    case belligerentGovernment = "belligerent-government"
    /// Mayors, governors, councils.
    case localOfficials = "local-officials"
    /// Rescue, fire, police, civil defence.
    case emergencyServices = "emergency-services"
    /// A hospital, a doctor or a health authority that the story names.
    case hospitalNamed = "hospital-named"
    /// A doctor or a hospital's source without a name.
    case hospitalAnonymous = "hospital-anonymous"
    /// Somebody who was there, or lives there.
    case witness
    /// A monitor, an aid group, activists.
    case ngo
    /// The United Nations and its bodies, the Red Cross and the Red Crescent.
    case un
    /// The outlet's own count, or another outlet.
    case media
    /// What was put on a network.
    case socialMedia = "social-media"
    /// Whom the words do not place.
    case other

    /// The class in words.
    public var label: String {
        switch self {
        case .belligerentMilitary: "military or armed group"
        case .belligerentGovernment: "government"
        case .localOfficials: "local officials"
        case .emergencyServices: "emergency services"
        case .hospitalNamed: "hospital or health authority"
        case .hospitalAnonymous: "hospital, unnamed"
        case .witness: "witness"
        case .ngo: "NGO or monitor"
        case .un: "UN, Red Cross"
        case .media: "media"
        case .socialMedia: "social media"
        case .other: "other"
        }
    }
}

extension Claim {
    /// What kind of source it comes from, by what the story calls the speaker.
    public var sourceClass: SourceClass { SpeakerBook.sourceClass(self) }
}

extension SpeakerBook {
    /// The first class whose words the speaker's office, body or name holds: a military doctor is a doctor.
    static func sourceClass(_ claim: Claim) -> SourceClass {
        let speaker = claim.speaker
        if speaker.kind == .author { return .media }
        // A person's own name tells nothing of the office: Mr. Fire is no fireman.
        let text = words([speaker.role, speaker.affiliation, speaker.kind == .named ? nil : speaker.name])
        // A company's official governs nothing.
        if !text.isDisjoint(with: ["company", "firm", "operator", "airline", "corporation"]) { return .other }
        for (sourceClass, names) in classes where !text.isDisjoint(with: names) {
            guard sourceClass == .hospitalNamed else { return sourceClass }
            return speaker.kind == .unnamed ? .hospitalAnonymous : .hospitalNamed
        }
        return speaker.kind == .media ? .media : .other
    }

    /// Of those who fight or govern, the first name in what they are called: `Russian`, `Kremlin`, `Taliban`.
    static func side(_ claim: Claim) -> String? {
        let sourceClass = sourceClass(claim)
        guard sourceClass == .belligerentMilitary || sourceClass == .belligerentGovernment else { return nil }
        let speaker = claim.speaker
        let called = [speaker.affiliation, speaker.kind == .named ? nil : speaker.name, speaker.role]
        for text in called.compactMap({ $0 }) {
            let first = text.split(separator: " ").map(String.init).first { word in
                word.first?.isUppercase == true && !offices.contains(word.lowercased())
            }
            if let first { return first }
        }
        return nil
    }

    /// Words that may be printed with a capital letter and name no side.
    private static let offices: Set<String> = Set(
        ["the", "a", "defense", "defence", "foreign", "interior", "prime", "former", "joint", "general"]
    ).union(classes.filter { $0.0 == .belligerentGovernment }.flatMap(\.1)).subtracting(["kremlin"]).union([
        "army", "military", "forces", "navy", "air", "troops",
    ])

    private static let classes: [(SourceClass, Set<String>)] = [
        (.socialMedia, ["twitter", "telegram", "facebook", "tweet", "post", "posts", "video", "footage", "blogger"]),
        (.un, ["un", "u.n.", "unicef", "ocha", "ohchr", "unhcr", "who", "icrc", "nations", "cross", "crescent"]),
        (
            .hospitalNamed,
            [
                "hospital", "hospitals", "doctor", "doctors", "medic", "medics", "medical", "health", "surgeon",
                "nurse", "clinic", "morgue", "coroner", "coroners", "paramedic", "paramedics",
            ]
        ),
        (
            .emergencyServices,
            [
                "rescue", "rescuers", "rescuer", "emergency", "emergencies", "fire", "firefighters", "firefighter",
                "ambulance", "police", "sheriff", "coastguard", "disaster", "defence-civil", "civil",
            ]
        ),
        (
            .ngo,
            [
                "observatory", "monitor", "monitors", "activist", "activists", "rights", "amnesty", "ngo", "charity",
                "aid", "watchdog", "watch", "network", "frontières", "humanitarian",
            ]
        ),
        (
            .localOfficials,
            [
                "mayor", "governor", "prefect", "council", "councillor", "municipality", "provincial", "district",
                "local", "city", "village", "tribal",
            ]
        ),
        (.belligerentMilitary, SpeakerBook.fights.union(["commander", "general", "colonel", "soldier", "soldiers"])),
        (.media, ["newspaper", "television", "tv", "radio", "agency", "reporter", "journalist", "correspondent"]),
        (
            .belligerentGovernment,
            [
                "ministry", "minister", "government", "president", "presidency", "kremlin", "official", "officials",
                "spokesman", "spokeswoman", "spokesperson", "embassy", "state", "secretary", "prosecutor",
                "prosecutors", "authorities",
            ]
        ),
        (
            .witness,
            [
                "witness", "witnesses", "resident", "residents", "survivor", "survivors", "neighbour", "neighbor",
                "villager", "villagers", "relative", "relatives", "driver", "worker", "workers", "shopkeeper",
                "student", "farmer",
            ]
        ),
    ]
}
