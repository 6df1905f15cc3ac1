internal import Language
internal import Stories

/// What a source's own words, and those at other mentions, say of who it is.
extension SpeakerResolver {
    /// The noun phrase before the first comma or relative pronoun.
    func headPhrase(of source: Range<Int>) -> Range<Int> {
        var end = source.lowerBound
        while end < source.upperBound, !analysis.is(end, ","), !analysis.is(end, anyOf: "who", "which", "whose"),
            !tokens[end].shape.contains(.dash)
        { end += 1 }
        return end > source.lowerBound ? source.lowerBound..<end : source
    }

    /// Whether a person's name is what the source is about, not a modifier (`associates of X`).
    func isHead(_ name: Int, of source: Range<Int>, _ head: Range<Int>) -> Bool {
        let tokensOfName = analysis.names[name].tokens
        if tokensOfName.upperBound < source.upperBound, analysis.is(tokensOfName.upperBound, anyOf: "'s", "'") {
            return false
        }
        for index in source.lowerBound..<tokensOfName.lowerBound
        where analysis.is(index, anyOf: "of", "for", "to", "with", "who", "by") {
            return analysis.is(tokensOfName.lowerBound - 1, ",")
        }
        return true
    }

    func withoutArticle(_ range: Range<Int>) -> Range<Int> {
        guard range.count > 1, analysis.is(range.lowerBound, anyOf: "a", "an", "the") else { return range }
        return range.lowerBound + 1..<range.upperBound
    }

    /// The noun that says what people the source is: the last role noun before a preposition or clause.
    func roleNoun(in head: Range<Int>) -> Int? {
        var found: Int?
        for index in head {
            if analysis.is(
                index, anyOf: "of", "for", "at", "in", "with", "from", "to", "on", "familiar", "briefed", "close"),
                found != nil
            {
                break
            }
            if tokens[index].isIn(.personRole), analysis.name(holding: index) == nil { found = index }
        }
        if found == nil, tokens[head.lowerBound].isIn(.personNoun) { found = head.lowerBound }
        return found
    }

    func headIsOrganization(_ head: Range<Int>) -> Bool {
        var last = head.upperBound - 1
        for index in head where analysis.is(index, anyOf: "of", "for", "at", "in", "with", "from", "on") {
            last = index - 1
            break
        }
        // "the coast guard" is a body, a guard is none.
        for start in head.lowerBound..<max(head.lowerBound, last)
        where analysis.phrase(at: start, in: .organizationNoun, before: last + 1)?.count == last + 1 - start {
            return true
        }
        return last >= head.lowerBound && tokens[last].isIn(.organizationNoun)
            && !(tokens[last].isIn(.personRole) && !tokens[last].isCapitalized)
    }

    func mediaName(_ head: Range<Int>) -> String? {
        let range = withoutArticle(head)
        for start in [head.lowerBound, range.lowerBound] {
            if let phrase = analysis.phrase(at: start, in: .mediaName, before: head.upperBound),
                tokens[start].isCapitalized || analysis.is(start, anyOf: "the", "state")
            {
                return analysis.text(of: withoutArticle(start..<start + phrase.count))
            }
        }
        return nil
    }

    func possessor(of head: Range<Int>) -> String? {
        for name in analysis.names[analysis.names(in: head)] where name.tokens.upperBound < head.upperBound {
            return analysis.entities[name.entity].label
        }
        return nil
    }

    /// Role and affiliation from the words before a name and the apposition behind it.
    func description(_ source: Range<Int>, around name: Range<Int>) -> (role: String?, affiliation: String?) {
        let before = withoutArticle(source.lowerBound..<name.lowerBound)
        var role: String?
        var affiliation: String?
        if !before.isEmpty {
            (role, affiliation) = split(before)
        }
        var start = name.upperBound
        if start < source.upperBound, analysis.is(start, ",") {
            start += 1
            if start + 1 < source.upperBound, tokens[start].shape.contains(.number) { start += 2 }
            var end = start
            while end < source.upperBound, !analysis.is(end, ","), !analysis.is(end, anyOf: "who", "whose") { end += 1 }
            if start < end, role == nil, !analysis.is(start, "who") {
                (role, affiliation) = split(withoutArticle(start..<end))
            }
        }
        return (role, affiliation)
    }

    /// Splits `spokeswoman for the Russian foreign ministry`, `Russian Foreign Minister`, `Kremlin spokesman`.
    func split(_ description: Range<Int>) -> (role: String?, affiliation: String?) {
        var range = description
        while let last = range.last, tokens[last].isPunctuation { range = range.lowerBound..<last }
        guard !range.isEmpty else { return (nil, nil) }
        for index in range
        where index > range.lowerBound && analysis.is(index, anyOf: "for", "of", "at", "with", "in", "from") {
            let rest = withoutArticle(index + 1..<range.upperBound)
            return (analysis.text(of: range.lowerBound..<index), rest.isEmpty ? nil : analysis.text(of: rest))
        }
        // A nationality or a body before the role.
        var start = range.lowerBound
        while start < range.upperBound - 1,
            tokens[start].isIn(.nationality)
                || analysis.name(holding: start) != nil && !tokens[start].isIn(.title)
                    && !tokens[start].isIn(.personRole)
                || analysis.is(start, "'s")
        { start += 1 }
        var end = start
        while end > range.lowerBound, analysis.is(end - 1, anyOf: "'s", "'") { end -= 1 }
        return (
            analysis.text(of: start..<range.upperBound),
            end > range.lowerBound ? analysis.text(of: range.lowerBound..<end) : nil
        )
    }

    /// A description of an entity at another of its mentions: a title before the name, an apposition behind it.
    func elsewhere(_ entity: Int) -> (role: String?, affiliation: String?) {
        for name in mentions[entity] {
            let sentence = analysis.sentences[analysis.sentence(holding: name.tokens.lowerBound)]
            var start = name.tokens.lowerBound
            while start > sentence.tokens.lowerBound, name.tokens.lowerBound - start < 5,
                tokens[start - 1].isIn(.title) || tokens[start - 1].isIn(.personRole)
                    || tokens[start - 1].tag == .adjective || tokens[start - 1].isIn(.nationality)
                    || start < name.tokens.lowerBound
                        && (tokens[start - 1].tag == .properNoun || tokens[start - 1].tag == .noun)
            {
                start -= 1
            }
            if start < name.tokens.lowerBound,
                tokens[name.tokens.lowerBound - 1].isIn(.title) || tokens[name.tokens.lowerBound - 1].isIn(.personRole)
            {
                return split(start..<name.tokens.lowerBound)
            }
            let comma = name.tokens.upperBound
            if comma + 1 < sentence.tokens.upperBound, analysis.is(comma, ",") {
                var end = comma + 1
                while end < sentence.tokens.upperBound, !tokens[end].isPunctuation || analysis.is(end, "-"),
                    end - comma < 16
                { end += 1 }
                let range = withoutArticle(comma + 1..<end)
                if range.contains(where: { tokens[$0].isIn(.personRole) }),
                    !range.contains(where: { tokens[$0].tag == .verb && !tokens[$0].isIn(.personRole) })
                {
                    return split(range)
                }
            }
        }
        return (nil, nil)
    }

    /// Whom a role belongs to: a body or a place behind its preposition, or before it.
    func affiliation(in source: Range<Int>, _ head: Range<Int>, _ role: Int) -> String? {
        for index in role + 1..<max(role + 1, head.upperBound) {
            // "familiar with the matter" says what a source knows, not whom it belongs to.
            if analysis.is(index, anyOf: "familiar", "briefed", "close", "acquainted", "who") { break }
            guard analysis.is(index, anyOf: "of", "for", "at", "with", "in", "from") else { continue }
            let rest = withoutArticle(index + 1..<head.upperBound)
            var end = rest.lowerBound
            while end < rest.upperBound, tokens[end].tag != .adposition { end += 1 }
            // "with ties to the movement" is no body.
            let isBody = (rest.lowerBound..<end).contains {
                tokens[$0].isIn(.organizationNoun) || tokens[$0].isIn(.locationNoun)
                    || analysis.name(holding: $0) != nil
            }
            return isBody ? analysis.text(of: rest) : nil
        }
        for index in head.lowerBound..<role {
            if tokens[index].isIn(.nationality) { return analysis.text(of: index) }
            if let name = analysis.name(holding: index) { return analysis.entities[analysis.names[name].entity].label }
        }
        return nil
    }
}
