internal import Language
internal import Stories

/// Tells which of a story's incidents a casualty belongs to.
///
/// It is the main one's unless that harms no one (talks, a statement), or the casualty's sentence tells of another happening
/// and not of the main one: "a bomb killed two in Cali" in a story about a kidnapping.
struct CasualtyShare {
    private let scene: Scene
    /// The incident that casualties belong to where nothing else is told.
    private let usual: Int
    /// For each sentence that tells of a background incident and not of the main one, that incident.
    private var others: [Int: Int] = [:]

    init(
        scene: Scene, main: IncidentMention, background: [(incident: IncidentMention, sentences: [Int])],
        triggers: [Trigger]
    ) {
        self.scene = scene
        let harmless: Set<IncidentType> = [.statement, .talks, .sanctions, .election, .other]
        usual =
            harmless.contains(main.type)
            ? background.firstIndex { $0.incident.type.isPhysical }.map { $0 + 1 } ?? 0 : 0
        var ownSentences: Set<Int> = []
        for trigger in triggers where trigger.type == main.type && !trigger.isGeneric {
            ownSentences.insert(trigger.sentence)
        }
        let lead = scene.lead ?? 0
        for (number, other) in background.enumerated() where CasualtyShare.isApart(main.type, other.incident.type) {
            for sentence in other.sentences where sentence > lead && !ownSentences.contains(sentence) {
                if others[sentence] == nil { others[sentence] = number + 1 }
            }
        }
    }

    /// Whether a kind of violence is so unlike the main one that its victims are its own.
    private static func isApart(_ main: IncidentType, _ other: IncidentType) -> Bool {
        switch other {
        case .bombing, .explosion: main.isViolence
        case .abduction: main.isViolence
        case .attack, .battle, .shelling, .airstrike: main == .bombing || main == .explosion || main == .abduction
        default: false
        }
    }

    /// The position of the incident that a figure belongs to; 0 is the main one.
    func incident(of figure: Figure) -> Int {
        guard let sentence = scene.sentence(at: figure.span.start) else { return usual }
        return others[sentence] ?? usual
    }
}
