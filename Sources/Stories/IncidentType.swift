/// What kind of happening an incident is: the first level of the scheme.
///
/// `IncidentScheme` maps it to the schemes of others.
public enum IncidentType: String, Codable, Sendable, CaseIterable {
    // Organized violence.
    case battle, shelling, bombing, attack
    case airstrike = "air-strike"
    // Violence of a few against a few, and crime.
    case shooting, stabbing, abduction, robbery, arson, arrest
    // Accidents and nature.
    case crash, fire, explosion, disaster
    // Politics.
    case protest, talks, statement, sanctions, election, trial
    case militaryActivity = "military-activity"
    /// Anything else that happened.
    case other

    /// Its kinds more closely, in the order in which the word lists number them, from 1 on.
    public var subtypes: [IncidentSubtype] {
        switch self {
        case .battle: [.armedClash, .offensive, .siege, .territoryTaken]
        case .shelling: [.artillery, .rocket, .missile]
        case .bombing: [.suicideBombing, .vehicleBomb, .roadsideBomb, .grenade]
        case .attack:
            [
                .assassination, .killing, .massacre, .ambush, .raid, .execution, .beating, .sexualViolence,
                .vehicleRamming, .sabotage, .chemicalAttack,
            ]
        case .airstrike: [.airRaid, .droneStrike]
        case .shooting: [.massShooting, .driveBy, .murderSuicide]
        case .stabbing: []
        case .abduction: [.kidnapping, .hostageTaking, .hijacking, .disappearance]
        case .robbery: [.burglary, .theft, .carjacking, .looting, .extortion]
        case .arson: []
        case .arrest: [.detention, .manhunt, .crackdown]
        case .crash: [.airCrash, .railCrash, .roadCrash, .shipwreck]
        case .fire: [.wildfire]
        case .explosion: [.gasExplosion]
        case .disaster:
            [
                .earthquake, .flood, .storm, .landslide, .eruption, .drought, .epidemic, .stampede, .collapse,
                .extremeHeat, .poisoning,
            ]
        case .protest: [.demonstration, .riot, .strike, .boycott]
        case .talks: [.summit, .ceasefire, .agreement, .visit]
        case .statement: []
        case .sanctions: [.embargo]
        case .election: [.referendum]
        case .trial: [.indictment, .conviction, .sentencing, .acquittal, .lawsuit]
        case .militaryActivity: [.deployment, .withdrawal, .exercise, .weaponsTest, .coup]
        case .other: []
        }
    }

    /// The type and kind that a word list means by a number: a hundred times the type's place in this list, and the
    /// kind's number; nil where there is none.
    @inlinable
    public static func listed(_ number: Int) -> (type: IncidentType, subtype: IncidentSubtype?)? {
        let (place, kind) = number.quotientAndRemainder(dividingBy: 100)
        guard number >= 0, place < allCases.count else { return nil }
        let type = allCases[place]
        guard kind > 0 else { return (type, nil) }
        let subtypes = type.subtypes
        return kind <= subtypes.count ? (type, subtypes[kind - 1]) : nil
    }
}

/// What kind of happening an incident is more closely: the second level of the scheme. `IncidentType.subtypes` tells
/// which belong to which type.
public enum IncidentSubtype: String, Codable, Sendable, CaseIterable {
    // battle
    case armedClash = "armed-clash"
    case offensive
    case siege
    /// A town or post changed hands.
    case territoryTaken = "territory-taken"
    // shelling
    /// Guns and mortars.
    case artillery
    case rocket
    case missile
    // bombing
    case suicideBombing = "suicide-bombing"
    /// In a car or truck.
    case vehicleBomb = "vehicle-bomb"
    /// Mines and what lies by the road.
    case roadsideBomb = "roadside-bomb"
    case grenade
    // attack
    case assassination
    /// A murder, without more.
    case killing
    case massacre
    case ambush
    case raid
    /// The killing of people who were held.
    case execution
    case beating
    case sexualViolence = "sexual-violence"
    case vehicleRamming = "vehicle-ramming"
    case sabotage
    case chemicalAttack = "chemical-attack"
    // air-strike
    case airRaid = "air-raid"
    case droneStrike = "drone-strike"
    // shooting
    case massShooting = "mass-shooting"
    case driveBy = "drive-by"
    case murderSuicide = "murder-suicide"
    // abduction
    case kidnapping
    case hostageTaking = "hostage-taking"
    case hijacking
    /// People taken, whom nobody admits to hold.
    case disappearance
    // robbery
    case burglary
    case theft
    case carjacking
    case looting
    case extortion
    // arrest
    case detention
    case manhunt
    case crackdown
    // crash
    case airCrash = "air-crash"
    case railCrash = "rail-crash"
    case roadCrash = "road-crash"
    case shipwreck
    // fire
    case wildfire
    // explosion
    case gasExplosion = "gas-explosion"
    // disaster
    case earthquake
    case flood
    case storm
    case landslide
    case eruption
    case drought
    case epidemic
    case stampede
    /// Of a building, a bridge, a mine.
    case collapse
    case extremeHeat = "extreme-heat"
    case poisoning
    // protest
    case demonstration
    case riot
    case strike
    case boycott
    // talks
    case summit
    case ceasefire
    case agreement
    case visit
    // sanctions
    case embargo
    // election
    case referendum
    // trial
    case indictment
    case conviction
    case sentencing
    case acquittal
    case lawsuit
    // military-activity
    case deployment
    case withdrawal
    case exercise
    case weaponsTest = "weapons-test"
    case coup
}
