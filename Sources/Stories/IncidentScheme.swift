/// What a type of Onrecord's scheme is called in the schemes of others.
///
/// The mapping is from our types to theirs and loses what theirs do not tell apart. Where a scheme has no such events at
/// all (crashes, floods), there is nothing. UCDP tells its types of violence apart by who fights whom, which a type alone
/// does not say, so all that are possible are given, likeliest first. PLOVER's names are those of its version of sixteen
/// types.
public struct IncidentScheme: Hashable, Sendable {
    /// A type of violence of the UCDP Georeferenced Event Dataset, by its number there.
    public enum UCDP: Int, Sendable, CaseIterable {
        /// Between a state and an armed group, or two states.
        case stateBased = 1
        /// Between armed groups, none of them a state's.
        case nonState = 2
        /// By a state or an armed group against civilians.
        case oneSided = 3
    }

    /// ACLED's event type: `Battles`.
    public var acledEvent: String?
    /// ACLED's sub-event type: `Armed clash`.
    public var acledSubEvent: String?
    /// UCDP's types of violence that it can be, the likeliest first.
    public var ucdp: [UCDP]
    /// CAMEO's root code, two digits: `19`.
    public var cameo: String?
    /// PLOVER's event type: `ASSAULT`.
    public var plover: String?
    /// The incident type of the third and fourth Message Understanding Conferences: `BOMBING`.
    public var muc: String?

    /// What others call a type, and the kind of it where that is told.
    public init(_ type: IncidentType, _ subtype: IncidentSubtype? = nil) {
        self = IncidentScheme.scheme(of: type)
        if let subtype, type.subtypes.contains(subtype) { refine(by: subtype) }
    }

    private init(
        _ event: String?, _ subEvent: String?, _ ucdp: [UCDP], cameo: String?, plover: String?, muc: String? = nil
    ) {
        (acledEvent, acledSubEvent, self.ucdp, self.cameo, self.plover, self.muc) =
            (event, subEvent, ucdp, cameo, plover, muc)
    }

    private static let remote = "Explosions/Remote violence"
    private static let civilians = "Violence against civilians"
    private static let strategic = "Strategic developments"
    private static let looting = "Looting/property destruction"

    private static func scheme(of type: IncidentType) -> IncidentScheme {
        switch type {
        case .battle:
            IncidentScheme(
                "Battles", "Armed clash", [.stateBased, .nonState], cameo: "19", plover: "ASSAULT", muc: "ATTACK")
        case .shelling:
            IncidentScheme(
                remote, "Shelling/artillery/missile attack", [.stateBased, .nonState, .oneSided], cameo: "19",
                plover: "ASSAULT", muc: "ATTACK")
        case .bombing:
            IncidentScheme(
                remote, "Remote explosive/landmine/IED", [.stateBased, .nonState, .oneSided], cameo: "18",
                plover: "ASSAULT", muc: "BOMBING")
        case .attack, .shooting, .stabbing:
            IncidentScheme(
                civilians, "Attack", [.oneSided], cameo: "18", plover: "ASSAULT", muc: "ATTACK")
        case .airstrike:
            IncidentScheme(
                remote, "Air/drone strike", [.stateBased, .oneSided], cameo: "19", plover: "ASSAULT", muc: "ATTACK")
        case .abduction:
            IncidentScheme(
                civilians, "Abduction/forced disappearance", [], cameo: "18", plover: "ASSAULT", muc: "KIDNAPPING")
        case .robbery:
            IncidentScheme(
                strategic, looting, [], cameo: "17", plover: "COERCE", muc: "ROBBERY")
        case .arson:
            IncidentScheme(
                strategic, looting, [], cameo: "17", plover: "COERCE", muc: "ARSON")
        case .arrest:
            IncidentScheme(
                strategic, "Arrests", [], cameo: "17", plover: "COERCE")
        case .crash, .fire, .disaster, .election, .other:
            IncidentScheme(
                nil, nil, [], cameo: nil, plover: nil)
        case .explosion:
            IncidentScheme(
                nil, nil, [], cameo: nil, plover: nil, muc: "BOMBING")
        case .protest:
            IncidentScheme(
                "Protests", "Peaceful protest", [], cameo: "14", plover: "PROTEST")
        case .talks:
            IncidentScheme(
                nil, nil, [], cameo: "04", plover: "CONSULT")
        case .statement:
            IncidentScheme(
                nil, nil, [], cameo: "01", plover: nil)
        case .sanctions:
            IncidentScheme(
                nil, nil, [], cameo: "16", plover: "SANCTION")
        case .trial:
            IncidentScheme(
                nil, nil, [], cameo: "17", plover: "COERCE")
        case .militaryActivity:
            IncidentScheme(
                strategic, "Change to group/activity", [], cameo: "15", plover: "MOBILIZE")
        }
    }

    /// What the kind changes in what its type is called.
    private mutating func refine(by subtype: IncidentSubtype) {
        switch subtype {
        case .territoryTaken: acledSubEvent = "Non-state actor overtakes territory"
        case .suicideBombing: acledSubEvent = "Suicide bomb"
        case .grenade: acledSubEvent = "Grenade"
        case .sexualViolence: acledSubEvent = "Sexual violence"
        case .chemicalAttack:
            acledEvent = IncidentScheme.remote
            acledSubEvent = "Chemical weapon"
        case .massacre: cameo = "20"
        case .sabotage:
            acledEvent = IncidentScheme.strategic
            acledSubEvent = IncidentScheme.looting
        case .riot:
            acledEvent = "Riots"
            acledSubEvent = "Violent demonstration"
        case .strike: muc = "FORCED WORK STOPPAGE"
        case .ceasefire:
            acledEvent = IncidentScheme.strategic
            acledSubEvent = "Agreement"
            cameo = "05"
            plover = "AGREE"
        case .agreement:
            acledEvent = IncidentScheme.strategic
            acledSubEvent = "Agreement"
            cameo = "05"
            plover = "AGREE"
        case .coup: acledSubEvent = "Other"
        case .withdrawal:
            cameo = "08"
            plover = "RETREAT"
        case .acquittal:
            cameo = "08"
            plover = "CONCEDE"
        default: break
        }
    }
}
