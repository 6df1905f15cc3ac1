import Stories
import Testing

@Suite("The scheme of incidents")
struct SchemeTests {
    @Test("gives every kind to one type")
    func kinds() {
        let all = IncidentType.allCases.flatMap(\.subtypes)
        #expect(Set(all) == Set(IncidentSubtype.allCases))
        #expect(all.count == IncidentSubtype.allCases.count)
    }

    @Test("reads the numbers of the word lists, and no others")
    func numbers() {
        for (place, type) in IncidentType.allCases.enumerated() {
            let bare = IncidentType.listed(place * 100)
            #expect(bare?.type == type && bare?.subtype == nil)
            for (kind, subtype) in type.subtypes.enumerated() {
                let listed = IncidentType.listed(place * 100 + kind + 1)
                #expect(listed?.type == type && listed?.subtype == subtype)
            }
            #expect(IncidentType.listed(place * 100 + type.subtypes.count + 1) == nil)
        }
        #expect(IncidentType.listed(-1) == nil)
        #expect(IncidentType.listed(IncidentType.allCases.count * 100) == nil)
    }

    @Test("knows only names that the other schemes have")
    func names() {
        let events: [String: Set<String>] = [
            "Battles": ["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
            "Explosions/Remote violence": [
                "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
                "Remote explosive/landmine/IED", "Grenade",
            ],
            "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
            "Protests": ["Peaceful protest", "Protest with intervention", "Excessive force against protesters"],
            "Riots": ["Violent demonstration", "Mob violence"],
            "Strategic developments": [
                "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
                "Headquarters or base established", "Looting/property destruction",
                "Non-violent transfer of territory", "Other",
            ],
        ]
        let plover: Set = [
            "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
            "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
        ]
        let muc: Set = ["ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE"]
        for type in IncidentType.allCases {
            for subtype in [nil] + type.subtypes.map(Optional.some) {
                let scheme = IncidentScheme(type, subtype)
                #expect((scheme.acledEvent == nil) == (scheme.acledSubEvent == nil))
                if let event = scheme.acledEvent, let subEvent = scheme.acledSubEvent {
                    #expect(events[event]?.contains(subEvent) == true, "\(type) \(event) \(subEvent)")
                }
                if let root = scheme.cameo { #expect(root.count == 2 && 1...20 ~= Int(root) ?? 0) }
                if let name = scheme.plover { #expect(plover.contains(name)) }
                if let name = scheme.muc { #expect(muc.contains(name)) }
            }
        }
    }

    @Test("calls types what others call them")
    func examples() {
        #expect(IncidentScheme(.battle).acledSubEvent == "Armed clash")
        #expect(IncidentScheme(.battle).ucdp == [.stateBased, .nonState])
        #expect(IncidentScheme(.bombing, .suicideBombing).acledSubEvent == "Suicide bomb")
        #expect(IncidentScheme(.abduction).muc == "KIDNAPPING")
        #expect(IncidentScheme(.protest, .riot).acledEvent == "Riots")
        #expect(IncidentScheme(.talks).cameo == "04")
        #expect(IncidentScheme(.crash).acledEvent == nil)
        // A kind of another type changes nothing.
        #expect(IncidentScheme(.crash, .riot) == IncidentScheme(.crash))
    }
}
