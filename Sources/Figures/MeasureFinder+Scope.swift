internal import Language
internal import Stories

/// Lists, parts and running totals.
extension MeasureFinder {
    // MARK: Lists and parts

    /// `three soldiers and two civilians were killed`: the items of a list share what befell the last, or the first.
    func share(_ counts: inout [Count]) {
        for index in counts.indices.dropLast().reversed()
        where counts[index].measure == nil && counts[index].isPeople && isJoined(counts[index], counts[index + 1])
            && counts[index + 1].side == .subject
        {
            counts[index].measure = counts[index + 1].measure
            counts[index].side = .subject
        }
        for index in counts.indices.dropFirst()
        where counts[index].measure == nil && counts[index].isPeople
            && (isJoined(counts[index - 1], counts[index]) && counts[index - 1].side == .object
                || isIncluded(counts[index - 1], counts[index]))
        {
            counts[index].measure = counts[index - 1].measure
            counts[index].side = .object
        }
    }

    /// `killed ten people, including three children`
    func isIncluded(_ left: Count, _ right: Count) -> Bool {
        let between = left.tokens.upperBound..<max(left.tokens.upperBound, right.tokens.lowerBound)
        return between.count <= 3 && between.contains { analysis.is($0, anyOf: "including", "among") }
    }

    /// Whether nothing but "and", "or" or a comma parts two counts.
    func isJoined(_ left: Count, _ right: Count) -> Bool {
        let between = left.tokens.upperBound..<max(left.tokens.upperBound, right.tokens.lowerBound)
        guard !between.isEmpty, between.count <= 2 else { return false }
        return between.allSatisfy { analysis.is($0, anyOf: "and", "or", ",", "as", "well") }
    }

    func tellScope(_ counts: inout [Count], _ index: Int) {
        let start = counts[index].tokens.lowerBound
        let behind = counts[index].digits.upperBound
        // "seven more bodies", "another two"
        counts[index].isAddition =
            behind < limit && analysis.is(behind, anyOf: "more", "others", "other", "further", "additional")
            || counts[index].tokens.contains {
                $0 < behind && analysis.is($0, anyOf: "another", "further", "additional")
            }
        // What one hospital or doctor has seen is a part of what there is.
        if let head = counts[index].unit, counts[index].isPeople, analysis.value(of: head, in: .victimNoun) == 5 {
            counts[index].scope = .part
        }
        for back in 1...3 where start - back >= first {
            if analysis.is(start - back, anyOf: "including", "include", "included", "includes", "among") {
                counts[index].scope = .part
            }
        }
        // "no other injuries": apart from those that were told.
        if counts[index].number.max == 0,
            counts[index].tokens.contains(where: { analysis.is($0, anyOf: "other", "further", "additional") })
                || behind < limit && analysis.is(behind, "else")
                || counts[index].tokens.upperBound < limit && analysis.is(counts[index].tokens.upperBound, "else")
        {
            counts[index].scope = .part
        }
        if start - 3 >= first, analysis.is(start - 1, ":") == false, analysis.is(start - 3, "of"),
            analysis.is(start - 2, anyOf: "them", "whom", "those", "these")
        {
            counts[index].scope = .part
        }
        // What follows a part in a list is a part, too.
        if index > 0, counts[index - 1].scope == .part, isJoined(counts[index - 1], counts[index]) {
            counts[index].scope = .part
        }
        let end = counts[index].tokens.upperBound
        if end + 1 < limit, analysis.is(end, "of"), analysis.is(end + 1, anyOf: "them", "whom", "those", "these") {
            counts[index].scope = .part
        }
        guard
            counts[index].measure == .killed || counts[index].measure == .injured
                || counts[index].measure == .killedOrInjured
        else { return }
        for index2 in sentence.tokens where isRunningTotal(index2) { counts[index].scope = .total }
    }

    /// `so far this year`, `since January`, `in 2017`: a total over many incidents.
    func isRunningTotal(_ index: Int) -> Bool {
        guard index + 1 < limit else { return false }
        if analysis.is(index, anyOf: "since", "annually", "yearly") { return true }
        return analysis.is(index, anyOf: "this", "last", "past", "per", "each", "every")
            && analysis.is(index + 1, anyOf: "year", "years", "decade")
    }
}
