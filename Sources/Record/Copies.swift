internal import Incidents
internal import Stories

/// Tells, of the stories of one incident, which are prints and versions of one text.
struct Copies {
    /// Pairs of positions whose texts are alike (`Sketch.alike`).
    private let alike: [(Int, Int)]

    init(_ alike: [(Int, Int)]) { self.alike = alike }

    /// How alike two texts of one outlet must be for the later to be an update of the earlier: agencies rewrite the lead
    /// and keep the rest.
    private static let updated = 0.3

    /// The stories, which come earliest first, with what each is a copy of: the first print of its text. A copy is a
    /// version where its own outlet had printed the text before, or, of no known outlet, a mark of its headline says so; else
    /// a reprint.
    func mark(_ stories: [Incident.Story]) -> [Incident.Story] {
        guard stories.count > 1 else { return stories.map { marked($0, of: nil, kind: nil) } }
        var texts = DisjointSets(count: stories.count)
        for (a, b) in alike { texts.join(a, b) }
        for (later, earlier) in Copies.updates(stories) { texts.join(later, earlier) }
        var result = stories
        for group in texts.groups() {
            let first = group[0]
            result[first] = marked(stories[first], of: nil, kind: nil)
            var outlets: Set<String> = []
            if let outlet = Copies.outlet(stories[first]) { outlets.insert(outlet) }
            for position in group.dropFirst() {
                let story = stories[position]
                let outlet = Copies.outlet(story)
                let isItem =
                    story.guid.map { guid in group.contains { stories[$0].guid == guid && $0 < position } } == true
                let isOwn = isItem || (outlet.map { outlets.contains($0) } ?? (WireMark(story.headline).version > 1))
                result[position] = marked(story, of: stories[first].digest, kind: isOwn ? .version : .reprint)
                if let outlet { outlets.insert(outlet) }
            }
        }
        return result
    }

    private func marked(_ story: Incident.Story, of original: String?, kind: CopyKind?) -> Incident.Story {
        var story = story
        (story.copyOf, story.copyKind) = (original, kind)
        return story
    }

    /// Each story with the latest earlier one of its outlet that it is an update of.
    private static func updates(_ stories: [Incident.Story]) -> [(Int, Int)] {
        var printed: [String: [Int]] = [:]
        var updates: [(Int, Int)] = []
        for (position, story) in stories.enumerated() {
            guard let outlet = outlet(story) else { continue }
            let earlier = printed[outlet]?.last { before in
                Sketch.areNear(stories[before].published, story.published)
                    && stories[before].sketch.likeness(to: story.sketch) >= updated
            }
            if let earlier { updates.append((position, earlier)) }
            printed[outlet, default: []].append(position)
        }
        return updates
    }

    private static func outlet(_ story: Incident.Story) -> String? { story.outlet?.lowercased() }

    /// What later versions say otherwise than the version before them, in the order of the stories.
    static func revisions(_ stories: [Incident.Story]) -> [Revision] {
        var latest: [String: Incident.Story] = [:]
        var revisions: [Revision] = []
        for story in stories {
            let text = "\(story.copyOf ?? story.digest)|\(outlet(story) ?? "")"
            if story.copyKind == .version, let before = latest[text] {
                let changes = changes(before.claims, story.claims)
                if !changes.isEmpty {
                    revisions.append(Revision(from: before.digest, to: story.digest, changes: changes))
                }
            }
            if story.copyKind != .reprint || latest[text] == nil { latest[text] = story }
        }
        return revisions
    }

    /// The figures of two versions that are not the same: of one speaker and measure the first is held against the first.
    private static func changes(_ before: [Claim], _ after: [Claim]) -> [Revision.Change] {
        var rest = before.filter { $0.measure != nil }
        var changes: [Revision.Change] = []
        var added: [Claim] = []
        func take(_ fits: (Claim) -> Bool) -> Claim? {
            rest.firstIndex(where: fits).map { rest.remove(at: $0) }
        }
        for claim in after where claim.measure != nil {
            if take({ isAccount($0, claim) && $0.min == claim.min && $0.max == claim.max && $0.stance == claim.stance })
                == nil
            {
                added.append(claim)
            }
        }
        for claim in added { changes.append(.init(before: take { isAccount($0, claim) }, after: claim)) }
        return changes + rest.map { .init(before: $0, after: nil) }
    }

    private static func isAccount(_ a: Claim, _ b: Claim) -> Bool {
        a.measure == b.measure && a.scope == b.scope && SpeakerBook.key(a) == SpeakerBook.key(b)
    }
}

/// What the marks before an agency's headline say: `UPDATE 3-`, `WRAPUP 2-`, `CORRECTED-`, `2nd lead`.
struct WireMark {
    /// Which version it is, from 1.
    let version: Int

    init(_ headline: String) {
        let words = headline.uppercased().split(maxSplits: 3, whereSeparator: { $0 == " " || $0 == "-" || $0 == ":" })
        guard let first = words.first else {
            version = 1
            return
        }
        switch first {
        case "UPDATE", "WRAPUP", "CORRECTED", "REFILE", "RPT", "REPEAT", "LEAD", "URGENT":
            let number = words.count > 1 ? Int(words[1]) : nil
            // The first update is the second version.
            version = first == "URGENT" ? 1 : (number ?? 1) + 1
        default:
            let isOrdinal = words.count > 1 && words[1] == "LEAD" || words.count > 1 && words[1] == "LD"
            version = isOrdinal ? (Int(first.prefix { $0.isNumber }) ?? 1) + 1 : 1
        }
    }
}
