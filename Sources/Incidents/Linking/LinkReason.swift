internal import Stories

/// Why two stories are held to be of one incident, or not.
public struct LinkReason: Sendable, Hashable, Codable {
    /// What a reason rests on.
    public enum Signal: String, Codable, Sendable, CaseIterable {
        /// The words of the whole texts.
        case text
        /// Those of title and opening.
        case title
        case numbers, people, ages
        /// Names of bodies, and whatever else has a name.
        case bodies
        case place, date, published, figures, type
    }

    /// What it rests on.
    public var signal: Signal
    /// What it adds to the logarithm of the odds; below 0 it speaks against.
    public var weight: Double
    /// The reason in words: `same date`, `3 km apart`, `both name Jane Doe`.
    public var text: String

    /// A reason from its parts.
    public init(signal: Signal, weight: Double, text: String) {
        self.signal = signal
        self.weight = weight
        self.text = text
    }
}

extension LinkFeatures.Name {
    /// What a feature belongs to.
    var signal: LinkReason.Signal {
        switch self {
        case .body, .share, .length, .rare: .text
        case .head, .crossed, .crossedLeast: .title
        case .numbers: .numbers
        case .persons, .personShare, .personCount, .wholeNames, .involved, .involvedAgree, .speakers: .people
        case .ages, .ageShare: .ages
        case .bodies, .bodyShare: .bodies
        case .distance, .coarseness, .sameStreet, .samePlace, .sameCountry, .places, .placeShare, .nearest,
            .farthest, .placeAgree:
            .place
        case .dayGap, .lead, .sharedDays, .sharedYearDays, .weekdays: .date
        case .publishedGap: .published
        case .killedGap, .killedLeast, .injuredGap, .injuredLeast: .figures
        case .type: .type
        }
    }
}

extension Linker {
    /// Reasons that weigh less are not worth a word.
    private static let leastReason: Float = 0.1

    /// Why the two score as they do, for people: the strongest first, whether for or against.
    public func reasons(_ a: LinkItem, _ b: LinkItem) -> [LinkReason] {
        let features = LinkFeatures(a, b)
        var weights: [LinkReason.Signal: Float] = [:]
        for (name, worth) in zip(LinkFeatures.Name.allCases, model.worths(features)) {
            weights[name.signal, default: 0] += worth
        }
        return LinkReason.Signal.allCases.compactMap { signal in
            guard let weight = weights[signal], weight.magnitude >= Linker.leastReason else { return nil }
            let rounded = Double((weight * 100).rounded()) / 100
            return LinkReason(signal: signal, weight: rounded, text: ReasonWords(a, b, features).words(for: signal))
        }
        // The sort is stable: of equal weights the order of the signals holds.
        .sorted { $0.weight.magnitude > $1.weight.magnitude }
    }
}

/// Puts what two stories have in common into words.
private struct ReasonWords {
    let a: LinkItem
    let b: LinkItem
    let features: LinkFeatures

    init(_ a: LinkItem, _ b: LinkItem, _ features: LinkFeatures) {
        self.a = a
        self.b = b
        self.features = features
    }

    func words(for signal: LinkReason.Signal) -> String {
        switch signal {
        case .text: text
        case .title: "titles and openings share \(percent(features[.crossed])) of their words"
        case .numbers: features[.numbers] > 0 ? "numbers in common" : "no telling number in common"
        case .people: people
        case .ages: ages
        case .bodies: features[.bodies] > 0 ? "names in common" : "no name in common but of persons and places"
        case .place: place
        case .date: date
        case .published: published
        case .figures: figures
        case .type: type
        }
    }

    private func percent(_ share: Float) -> String {
        share.isNaN ? "none" : "\(Int((max(0, min(1, share)) * 100).rounded())) %"
    }

    private var text: String {
        let alike = "texts \(percent(features[.body])) alike"
        let hashes = Set(b.terms.map(\.hash))
        let shared = a.terms.filter { hashes.contains($0.hash) && !LinkWords.isNumber($0.hash) }
            .sorted { ($0.level, $0.body, $0.hash) > ($1.level, $1.body, $1.hash) }
        let words = shared.compactMap { term in label(term.hash) }.prefix(4)
        return words.isEmpty ? alike : alike + ": " + words.joined(separator: ", ")
    }

    private func label(_ hash: UInt32) -> String? {
        (a.labels.first { $0.hash == hash } ?? b.labels.first { $0.hash == hash })?.text
    }

    private var people: String {
        let hashes = Set(b.names.lazy.filter { $0.traits.contains(.full) }.map(\.hash))
        let shared = a.names.filter { $0.traits.contains(.full) && hashes.contains($0.hash) }
            .sorted {
                ($0.traits.contains(.involved) ? 0 : 1, $0.hash) < ($1.traits.contains(.involved) ? 0 : 1, $1.hash)
            }
        let names = shared.compactMap { label($0.hash) }.prefix(3)
        if !names.isEmpty { return "both name " + names.joined(separator: ", ") }
        return features[.persons] + features[.speakers] > 0 ? "last names in common" : "no person in common"
    }

    private var ages: String {
        let shared = a.ages.filter(b.ages.contains).map(String.init)
        guard shared.isEmpty else { return "ages in common: " + shared.joined(separator: ", ") }
        return a.ages.isEmpty || b.ages.isEmpty ? "ages not told in both" : "no age in common"
    }

    private var place: String {
        if features[.sameStreet] == 1 { return "same street: \(label(a.place) ?? "")" }
        if features[.samePlace] == 1 { return "same place: \(label(a.place) ?? "")" }
        if features[.sameCountry] == 0 { return "different countries" }
        let distance = LinkFeatures.distance(a, b)
        if let distance { return distance < 1 ? "same place" : "\(Int(distance.rounded())) km apart" }
        return features[.places] > 0 ? "names of places in common" : "no place in common"
    }

    private var date: String {
        let gap = features[.dayGap]
        if !gap.isNaN { return gap == 0 ? "same date" : ReasonWords.days(gap) + " apart" }
        if features[.sharedDays] > 0 || features[.sharedYearDays] > 0 { return "both name the same day" }
        if features[.weekdays] == 1 { return "both name the same day of the week" }
        return features[.weekdays] == 0 ? "different days of the week" : "no date to compare"
    }

    private var published: String {
        let gap = features[.publishedGap]
        if gap.isNaN { return "day of publication not known of both" }
        return gap == 0 ? "published the same day" : "published " + ReasonWords.days(gap) + " apart"
    }

    private static func days(_ gap: Float) -> String { gap == 1 ? "1 day" : "\(Int(gap)) days" }

    private var figures: String {
        var parts: [String] = []
        for (name, one, other) in [("killed", a.killed, b.killed), ("injured", a.injured, b.injured)]
        where one >= 0 && other >= 0 {
            parts.append(one == other ? "both \(one) \(name)" : "\(one) \(name) against \(other)")
        }
        return parts.isEmpty ? "no figure told in both" : parts.joined(separator: ", ")
    }

    private var type: String {
        guard let one = name(a.type), let other = name(b.type) else { return "type not known of both" }
        return one == other ? "same type: \(one)" : "\(one) against \(other)"
    }

    private func name(_ type: UInt8) -> String? {
        type < IncidentType.allCases.count ? IncidentType.allCases[Int(type)].rawValue : nil
    }
}
