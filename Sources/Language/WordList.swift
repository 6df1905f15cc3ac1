/// The hand-edited word lists of `Data/lists`, one file a list.
///
/// A word can stand in several lists, and carries a number in each; the head of the file says what the number means.
/// The order of the cases is the order of the bits in the compiled table: recompile after changing it.
public enum WordList: UInt8, CaseIterable, Sendable {
    // Attributions.
    case cueVerb, cueNoun, cuePhrase, cueAdjective, cueFrame
    // People, bodies, documents, outlets.
    case personRole, personNoun, organizationNoun, documentNoun, mediaName, title, givenName, anonymity
    // Names.
    case organizationName, locationName, locationNoun, nationality, notName, personPronoun
    // Times.
    case month, weekday, timeUnit, dayPart, season, holiday, timeModifier, timeWord
    // Quantities.
    case numberWord, multiplier, vagueNumber, quantityModifier, ordinal, unit, currency
    // Casualties and other measures.
    case killVerb, killNoun, injureVerb, injureNoun, victimNoun, missingWord, detainVerb, displaceVerb, abductVerb
    case aboardWord, suspectNoun
    // Incidents.
    case triggerNoun, triggerVerb, weapon, streetNoun, unrealWord, actorNoun
    // Segmentation.
    case abbreviation, prefix, functionWord, negation

    /// The list's file in `Data/lists`, without its ending: `cue-verb` for `cueVerb`.
    public var fileName: String {
        var name = ""
        for scalar in String(describing: self).unicodeScalars {
            if scalar.properties.isUppercase { name += "-" }
            name += scalar.properties.lowercaseMapping
        }
        return name
    }
}

/// A set of word lists.
public struct WordLists: OptionSet, Hashable, Sendable {
    /// Bit *n* stands for the list whose raw value is *n*.
    public let rawValue: UInt64

    /// The set with those bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The set that holds `list` alone.
    public init(_ list: WordList) { rawValue = 1 << UInt64(list.rawValue) }

    /// The set that holds `lists`.
    public init(_ lists: [WordList]) { rawValue = lists.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }

    /// Whether `list` is in the set.
    public func contains(_ list: WordList) -> Bool { rawValue & (1 << UInt64(list.rawValue)) != 0 }
}
