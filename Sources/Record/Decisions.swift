internal import Foundation
internal import Onrecord
internal import Stories

/// What the reviews that stand come to.
struct Decisions {
    /// The reviews that no later one took back, oldest first.
    let standing: [Review]
    /// Numbers of those that a later one took back.
    let undone: Set<Int>

    /// The decisions of reviews that come oldest first.
    init(_ reviews: [Review]) {
        var undone: Set<Int> = []
        for review in reviews.reversed() where review.action == .undo && !undone.contains(review.number) {
            if let number = Int(review.subject) { undone.insert(number) }
        }
        self.undone = undone
        standing = reviews.filter { !undone.contains($0.number) && $0.action != .undo }
    }

    // MARK: Which stories belong together

    /// Digests of the stories that stand apart, with the number of the review that split them off.
    var splits: [String: Int] {
        standing.reduce(into: [:]) { if $1.action == .split { $0[$1.subject] = $1.number } }
    }

    /// Pairs of stories whose incidents are one: a later split voids an earlier merge.
    var merges: [(String, String)] {
        let splits = splits
        return standing.compactMap { review in
            guard review.action == .merge, let other = review.value,
                max(splits[review.subject] ?? 0, splits[other] ?? 0) < review.number
            else { return nil }
            return (review.subject, other)
        }
    }

    // MARK: What an incident is

    /// What reviews set by hand for an incident of those stories; the last one of each kind holds.
    func corrections(of stories: Set<String>) -> Corrections {
        var corrections = Corrections()
        for review in standing where review.action == .correct && stories.contains(review.subject) {
            switch review.value.flatMap(Correction.init(parsing:)) {
            case .toll(let measure, let low, let best, let high):
                corrections.tolls[measure] = .init(low: low, best: best, high: high, review: review.number)
            case .days(let from, let to): corrections.days = (from, to)
            case .place(let place): corrections.place = place
            case .type(let type): corrections.type = type
            case .figure, .speaker, .measure, nil: break
            }
        }
        return corrections
    }

    /// Whether and how a person has looked at an incident of those stories.
    func status(of stories: Set<String>) -> ReviewStatus {
        var status = ReviewStatus.unreviewed
        for review in standing where stories.contains(review.subject) {
            switch review.action {
            case .confirm: status = .confirmed
            case .correct: status = .corrected
            case .reopen: status = .reopened
            case .merge, .split, .discount, .note, .undo: break
            }
        }
        return status
    }

    // MARK: What a claim says

    /// The reviews of claims, with the place in `claims` of the claim that each is about; nil where none fits any more.
    ///
    /// - Parameter claims: one story's claims as the engine reads them.
    func attached(to claims: [Claim]) -> [(review: Review, claim: Int?)] {
        standing.filter(\.isOfClaim).map { ($0, Decisions.find($0, claims)) }
    }

    /// One story's claims as the reviews leave them: corrected, or marked as not to be reckoned with.
    func apply(_ claims: [Claim]) -> [Claim] {
        var result = claims
        for (review, index) in attached(to: claims) {
            guard let index else { continue }
            switch review.action {
            case .discount: result[index].discounted = review.number
            case .correct:
                guard let correction = review.value.flatMap(Correction.init(parsing:)) else { continue }
                correction.change(&result[index])
                result[index].review = review.number
            case .confirm, .merge, .split, .reopen, .note, .undo: break
            }
        }
        return result
    }

    /// The claim that a review is about: the one at its words, else the one of its measure that overlaps them, else the
    /// only one of its measure with those words elsewhere in the story. Reviews of the first records know the claim by its
    /// number.
    private static func find(_ review: Review, _ claims: [Claim]) -> Int? {
        guard let anchor = review.anchor.flatMap(ClaimAnchor.init(parsing:)) else {
            let number = review.subject.split(separator: ".").last.flatMap { Int($0) }
            return claims.firstIndex { $0.number == number }
        }
        let exact = claims.indices.filter { ClaimAnchor(claims[$0]) == anchor }
        // Two claims can hang on the same words: the number parts them.
        let number = review.subject.split(separator: ".").last.flatMap { Int($0) }
        if let found = exact.first(where: { claims[$0].number == number }) ?? exact.first { return found }
        let alike = claims.indices.filter {
            claims[$0].measure == anchor.measure && claims[$0].span.isEmpty == anchor.isTitle
        }
        if let near = alike.first(where: { claims[$0].anchor.overlaps(anchor.span) }) { return near }
        let same = alike.filter { !anchor.phrase.isEmpty && claims[$0].phrase == anchor.phrase }
        return same.count == 1 ? same[0] : nil
    }
}

/// What reviews set by hand of an incident.
struct Corrections {
    var tolls: [Figure.Measure: Reckoning.Correction] = [:]
    var days: (from: Day, to: Day)?
    var place: IncidentPlace?
    var type: IncidentType?
}

/// By what a review finds its claim again: where its words stand in the story, what they measure, and the words.
struct ClaimAnchor: Hashable {
    var span: Span
    var isTitle: Bool
    var measure: Figure.Measure?
    var phrase: String

    init(_ claim: Claim) {
        span = claim.anchor
        isTitle = claim.span.isEmpty
        measure = claim.measure
        phrase = claim.phrase
    }

    /// Reads what `text` wrote.
    init?(parsing text: String) {
        let parts = text.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let place = parts[0].split(separator: ":")
        guard place.count == 2 else { return nil }
        let ends = place[1].split(separator: "-").compactMap { Int($0) }
        guard ends.count == 2, 0 <= ends[0], ends[0] <= ends[1] else { return nil }
        span = Span(ends[0], ends[1])
        isTitle = place[0] == "title"
        measure = Figure.Measure(rawValue: String(parts[1]))
        phrase = String(parts[2])
    }

    /// `text:1045-1060|killed|about 100`
    var text: String {
        "\(isTitle ? "title" : "text"):\(span.start)-\(span.end)|\(measure?.rawValue ?? "")|\(phrase)"
    }
}

/// What a person sets by hand, as reviews write it: `killed=20..23..25`, `date=2018-02-07..2018-02-08`, `place=Aleppo, SY
/// @36.2,37.16`, `type=battle`; of a claim `figure=20..25`, `measure=injured`, `speaker=Health Ministry`.
enum Correction: Hashable {
    case toll(Figure.Measure, low: Double, best: Double, high: Double)
    case days(from: Day, to: Day)
    case place(IncidentPlace)
    case type(IncidentType)
    case figure(min: Double, max: Double)
    case measure(Figure.Measure)
    case speaker(String)

    /// What the words before the sign may be.
    static let ofIncident =
        "killed=23, injured=20..25 or killed=20..23..25, date=2018-02-07 or date=2018-02-07..2018-02-08, "
        + "place=\"Aleppo, SY\", type=battle"
    /// What they may be for a claim.
    static let ofClaim = "figure=23 or figure=20..25, measure=injured, speaker=NAME"

    /// Whether it is a claim's and not an incident's.
    var isOfClaim: Bool {
        switch self {
        case .figure, .measure, .speaker: true
        case .toll, .days, .place, .type: false
        }
    }

    /// Reads a correction; nil where it is none.
    init?(parsing text: String) {
        guard let correction = try? Correction(text) else { return nil }
        self = correction
    }

    /// Reads a correction as a person writes it.
    ///
    /// - Throws: `RecordStoreError.badReview` where it is none, saying how it is written.
    init(_ text: String) throws(RecordStoreError) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        func bad(_ form: String) -> RecordStoreError { .badReview(reason: "\(text): cannot be set: write \(form)") }
        guard sides.count == 2, !sides[1].isEmpty else {
            throw bad("\(Correction.ofIncident); of a claim \(Correction.ofClaim)")
        }
        let value = sides[1]
        switch sides[0] {
        case "date":
            let days = value.components(separatedBy: "..").map { Day(iso: $0) }
            guard 1...2 ~= days.count, let from = days[0], let to = days[days.count - 1], from <= to else {
                throw bad("date=2018-02-07, or date=2018-02-07..2018-02-08 for more than one day")
            }
            self = .days(from: from, to: to)
        case "place":
            guard let place = Correction.place(value) else {
                throw .badReview(
                    reason: "\(value): no such place is known: give its point, as in \"place=\(value) @35.3,40.3\"")
            }
            self = .place(place)
        case "type":
            guard let type = IncidentType(rawValue: value) else {
                throw bad("type= with one of \(IncidentType.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            self = .type(type)
        case "figure":
            guard let numbers = Correction.numbers(value, upTo: 2) else { throw bad("figure=23 or figure=20..25") }
            self = .figure(min: numbers[0], max: numbers[numbers.count - 1])
        case "measure":
            guard let measure = Figure.Measure(rawValue: value) else {
                throw bad("measure= with one of \(Figure.Measure.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            self = .measure(measure)
        case "speaker": self = .speaker(value)
        default:
            guard let measure = Figure.Measure(rawValue: sides[0]), Reckoning.measures.contains(measure) else {
                let measures = Reckoning.measures.map(\.rawValue).joined(separator: ", ")
                throw bad("\(Correction.ofIncident), where tolls are of \(measures); of a claim \(Correction.ofClaim)")
            }
            guard let numbers = Correction.numbers(value, upTo: 3) else {
                let name = measure.rawValue
                throw bad("\(name)=23, \(name)=20..25 (low and high) or \(name)=20..23..25 (low, best, high)")
            }
            self = .toll(
                measure, low: numbers[0], best: numbers[numbers.count / 2], high: numbers[numbers.count - 1])
        }
    }

    private static func numbers(_ text: String, upTo count: Int) -> [Double]? {
        let numbers = text.components(separatedBy: "..").map { Double($0) ?? -1 }
        guard 1...count ~= numbers.count, numbers.allSatisfy({ 0...1e12 ~= $0 }), numbers == numbers.sorted()
        else { return nil }
        return numbers
    }

    /// `Aleppo, SY @36.2,37.16`, or a name alone that the gazetteer knows.
    private static func place(_ text: String) -> IncidentPlace? {
        let parts = text.components(separatedBy: " @")
        guard parts.count == 2 else { return PlaceIndex().place(named: text) }
        let point = parts[1].split(separator: ",").compactMap { Double($0) }
        guard point.count == 2, abs(point[0]) <= 90, abs(point[1]) <= 180 else { return nil }
        let names = parts[0].components(separatedBy: ", ")
        let country = names.count > 1 && names[names.count - 1].count == 2 ? names[names.count - 1].uppercased() : nil
        let name = country == nil ? parts[0] : names.dropLast().joined(separator: ", ")
        return IncidentPlace(name: name, country: country, lat: point[0], lon: point[1], level: .populated)
    }

    /// The correction as reviews keep it: a place with its point, so that it stays where it was put.
    var text: String {
        switch self {
        case .toll(let measure, let low, let best, let high):
            return low == high
                ? "\(measure.rawValue)=\(Numerals.text(best))"
                : "\(measure.rawValue)=\(Numerals.text(low))..\(Numerals.text(best))..\(Numerals.text(high))"
        case .days(let from, let to): return from == to ? "date=\(from)" : "date=\(from)..\(to)"
        case .place(let place):
            let name = [place.name, place.country].compactMap { $0 }.joined(separator: ", ")
            guard let lat = place.lat, let lon = place.lon else { return "place=\(name)" }
            return "place=\(name) @\(lat),\(lon)"
        case .type(let type): return "type=\(type.rawValue)"
        case .figure(let min, let max):
            return min == max
                ? "figure=\(Numerals.text(min))" : "figure=\(Numerals.text(min))..\(Numerals.text(max))"
        case .measure(let measure): return "measure=\(measure.rawValue)"
        case .speaker(let name): return "speaker=\(name)"
        }
    }

    /// What stands there now, in the words of a correction of the same kind.
    func before(_ claim: Claim) -> String {
        func number(_ value: Double?) -> String { value.map(Numerals.text) ?? "open" }
        switch self {
        case .figure:
            return claim.min == claim.max
                ? "figure=\(number(claim.min))" : "figure=\(number(claim.min))..\(number(claim.max))"
        case .measure: return "measure=\(claim.measure?.rawValue ?? "none")"
        case .speaker, .toll, .days, .place, .type: return "speaker=\(SpeakerBook.label(claim))"
        }
    }

    /// What stands there now, in the words of a correction of the same kind.
    func before(_ incident: IncidentSummary) -> String {
        switch self {
        case .toll(let measure, _, _, _):
            guard let toll = incident.tolls.first(where: { $0.measure == measure }) else {
                return "\(measure.rawValue)=none"
            }
            return Correction.toll(measure, low: toll.low, best: toll.best, high: toll.high).text
        case .days:
            guard let from = incident.from else { return "date=none" }
            return Correction.days(from: from, to: incident.to ?? from).text
        case .place: return incident.place.map { Correction.place($0).text } ?? "place=none"
        case .type, .figure, .measure, .speaker: return "type=\(incident.type.rawValue)"
        }
    }

    /// Sets it on a claim.
    func change(_ claim: inout Claim) {
        switch self {
        case .figure(let min, let max):
            (claim.min, claim.max, claim.approximate) = (min, max, false)
            if claim.measure == nil { claim.measure = .killed }
        case .measure(let measure): claim.measure = measure
        case .speaker(let name):
            claim.speaker = Speaker(name: name, kind: claim.speaker.kind == .organization ? .organization : .named)
            claim.twin = nil
        case .toll, .days, .place, .type: break
        }
    }
}

extension Review {
    /// Whether it is about a claim, and not about an incident, a story or a review.
    var isOfClaim: Bool {
        switch action {
        case .discount, .correct, .note: subject.contains(".")
        case .confirm, .merge, .split, .reopen, .undo: false
        }
    }
}
