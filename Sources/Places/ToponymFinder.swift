internal import Language
internal import Stories

/// Finds the names of places in a story, and leaves out the words that name something else.
///
/// The network says what is a name and of what kind; the gazetteer which names are places; the words around them settle the
/// rest. What is a place by its grammar and not in the gazetteer is found, too, without candidates.
struct ToponymFinder {
    let analysis: Analysis
    let gazetteer: Gazetteer
    let matcher: ToponymMatcher
    let streets: StreetFinder
    /// The last words of the persons' names of more than one word.
    let surnames: Set<UInt64>
    /// Whether the whole story is printed in capitals; else a sentence in capitals is a heading.
    private let isInCapitals: Bool

    init(analysis: Analysis, gazetteer: Gazetteer) {
        self.analysis = analysis
        self.gazetteer = gazetteer
        matcher = ToponymMatcher(analysis: analysis, gazetteer: gazetteer)
        streets = StreetFinder(analysis: analysis)
        var surnames: Set<UInt64> = []
        for name in analysis.names where name.kind == .person && name.tokens.count > 1 {
            var key = PlaceKey()
            key.append(name.tokens.upperBound - 1, of: analysis)
            surnames.insert(key.hash)
        }
        self.surnames = surnames
        let words = analysis.tokens.count { !$0.isPunctuation && !$0.shape.contains(.digit) }
        let capitals = analysis.tokens.count { $0.shape.contains(.allCapitals) }
        isInCapitals = capitals * 10 >= words * 8
    }

    /// Whether a name of one word is that of a person whom the story names in full: `Fairfield` where Elizabeth Fairfield is.
    private func isSurname(_ toponym: Toponym) -> Bool {
        toponym.kind == .name && toponym.tokens.count == 1 && surnames.contains(toponym.key)
            && !toponym.isBehindPreposition && toponym.container == nil && !toponym.isDateline
    }

    var tokens: [Token] { analysis.tokens }

    /// The toponyms in order, none overlapping.
    func find() -> [Toponym] {
        var found: [Toponym] = []
        for sentence in analysis.sentences {
            if sentence.part == .dateline {
                scan(sentence.tokens, into: &found, isDateline: true)
                continue
            }
            let opening = printedDateline(sentence)
            scan(opening, into: &found, isDateline: true)
            let rest = opening.upperBound..<sentence.tokens.upperBound
            if isInCapitals || !sentence.isUpperCase(in: analysis) { scan(rest, into: &found, isDateline: false) }
        }
        return confirmed(found)
    }

    private func scan(_ range: Range<Int>, into found: inout [Toponym], isDateline: Bool) {
        let lists = lists(in: range)
        var index = range.lowerBound
        while index < range.upperBound {
            guard tokens[index].isCapitalized || tokens[index].shape.contains(.number) else {
                index += 1
                continue
            }
            guard var toponym = toponym(at: index, in: range, after: found.last, lists, isDateline: isDateline) else {
                index += 1
                continue
            }
            toponym.isDateline = isDateline
            toponym.isBehindPreposition = isRightBehindPreposition(toponym.tokens.lowerBound, in: range)
            if isSurname(toponym) {
                index += 1
                continue
            }
            link(&toponym, to: &found, from: range.lowerBound)
            index = max(index + 1, toponym.tokens.upperBound)
            found.append(toponym)
        }
    }

    private func toponym(
        at index: Int, in range: Range<Int>, after last: Toponym?, _ lists: [ListedName], isDateline: Bool
    ) -> Toponym? {
        if let listed = lists.first(where: { $0.tokens.lowerBound == index }), let toponym = toponym(of: listed) {
            return toponym
        }
        if let last, let division = division(at: index, behind: last, in: range) { return division }
        if let street = streets.street(at: index, before: range.upperBound) {
            return Toponym(kind: .street, tokens: street, key: 0, candidates: 0..<0)
        }
        guard tokens[index].isCapitalized else { return nil }
        // "LYON, France, March 2".
        if isDateline, tokens[index].isIn(.month) || tokens[index].isIn(.weekday) { return nil }
        if isDateline { return matcher.match(at: index, before: range.upperBound, isDateline: true) }
        if let short = abbreviated(index) { return short }
        guard let name = analysis.name(holding: index).map({ analysis.names[$0] }) else {
            return unnamed(at: index, in: range)
        }
        return switch name.kind {
        case .location: location(at: index, of: name, in: range)
        case .person: person(at: index, of: name, in: range)
        case .organization, .misc: part(at: index, of: name, in: range)
        }
    }

    /// The toponyms that are places after all: those that stand alone on weak legs, where the story names them so elsewhere.
    private func confirmed(_ found: [Toponym]) -> [Toponym] {
        var sure: Set<UInt64> = []
        for toponym in found where toponym.strength == .strong && toponym.key != 0 { sure.insert(toponym.key) }
        let holders = Set(found.compactMap(\.container))
        let listed = listedWithPlaces(found)
        var numbers = [Int](repeating: -1, count: found.count)
        var kept: [Toponym] = []
        for (index, toponym) in found.enumerated() {
            let isPlace =
                switch toponym.strength {
                case .strong: true
                case .fair:
                    listed[index] || sure.contains(toponym.key) || holders.contains(index) || isWellKnown(toponym)
                case .weak: listed[index] || sure.contains(toponym.key) || holders.contains(index)
                }
            guard isPlace else { continue }
            numbers[index] = kept.count
            kept.append(toponym)
        }
        for index in kept.indices {
            if let container = kept[index].container {
                kept[index].container = numbers[container] < 0 ? nil : numbers[container]
            }
        }
        return kept
    }

    /// Which toponyms stand in a list with one that is sure: `Rogaland, Vestfold and Oslo`.
    private func listedWithPlaces(_ found: [Toponym]) -> [Bool] {
        var listed = found.map { $0.strength == .strong && $0.kind == .name }
        for index in found.indices.dropFirst() where listed[index - 1] && isListed(found[index - 1], found[index]) {
            listed[index] = true
        }
        for index in found.indices.dropLast().reversed()
        where listed[index + 1] && isListed(found[index], found[index + 1]) {
            listed[index] = true
        }
        return listed
    }

    private func isListed(_ first: Toponym, _ second: Toponym) -> Bool {
        let between = first.tokens.upperBound..<max(first.tokens.upperBound, second.tokens.lowerBound)
        guard !between.isEmpty, between.count <= 2 else { return false }
        return between.allSatisfy { analysis.is($0, anyOf: ",", "and", "or", "&") }
            && [first, second].allSatisfy { name in
                name.candidates.prefix(4).contains { gazetteer.place(at: $0).isUsual }
            }
    }

    private func isWellKnown(_ toponym: Toponym) -> Bool {
        toponym.candidates.prefix(4).contains {
            let place = gazetteer.place(at: $0)
            guard place.isUsual else { return false }
            return place.level != .populated && place.level != .exact || place.reach >= 20_000
        }
    }

    /// The capitals that open a paragraph before a dash: `FALLS VILLAGE—The board …`.
    private func printedDateline(_ sentence: Sentence) -> Range<Int> {
        let range = sentence.tokens
        let none = range.lowerBound..<range.lowerBound
        guard sentence.part == .body else { return none }
        var index = range.lowerBound
        while index < min(range.upperBound, range.lowerBound + 8) {
            let token = tokens[index]
            if index > range.lowerBound, token.shape.contains(.dash) || analysis.is(index, anyOf: "--", "—", "–") {
                return range.lowerBound..<index
            }
            let isPart =
                token.shape.contains(.allCapitals) || analysis.is(index, anyOf: ",", ".", "-")
                || index > range.lowerBound && analysis.is(index - 1, ",") && token.isCapitalized
            guard isPart else { return none }
            index += 1
        }
        return none
    }
}
