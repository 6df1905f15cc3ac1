import Incidents
import Onrecord
import Stories
import TestSupport
import Testing

@Suite("Linking")
struct LinkerTests {
    private static let reader = Reader()

    /// A story with its item, read from its text.
    private func item(_ text: String, title: String? = nil, published: String? = nil, id: String = "a") -> LinkItem {
        let bytes = Array(text.utf8)
        let story = Story(
            id: id, bytes: bytes, span: Span(0, bytes.count), published: published.flatMap { Day(iso: $0) },
            title: title)
        return LinkItem(LinkerTests.reader.read(story), text: bytes)
    }

    private let shooting =
        "OAKDALE, Ohio - Martin Vellacott, 34, was shot and killed outside a bar on Marlow Street on Friday night, police said. A second man was wounded."
    private let follow =
        "Police on Sunday named the man killed in Friday's shooting outside a bar on Marlow Street in Oakdale as Martin Vellacott, 34. Another man was injured."
    private let quake =
        "JAKARTA - A strong earthquake of magnitude 6.1 shook the west coast of Sumatra on Friday, the geological agency said. Nobody was hurt."

    @Test("scores two reports of one incident high, others low, and the same both ways round")
    func scores() {
        let first = item(shooting, published: "2020-03-07")
        let second = item(follow, published: "2020-03-08")
        let other = item(quake, published: "2020-03-07")
        let linker = Linker()
        #expect(linker.score(first, second) > 0.5)
        #expect(linker.score(first, other) < 0.1)
        #expect(linker.score(first, second) == linker.score(second, first))
        #expect(linker.link(["a", "b", "c"], [first, second, other]) == [[0, 1], [2]])
        #expect(Set(first.keys).intersection(second.keys).count >= Linker.sharedKeys)
    }

    @Test("links without days of publication, and without an incident told")
    func undated() {
        let linker = Linker()
        #expect(linker.score(item(shooting), item(follow)) > 0.3)
        let first = item("Quillmark Systems named Odette Farrow chief executive of its Varnum division on Monday.")
        let second = item("Odette Farrow, chief executive of the Varnum division, was named by Quillmark Systems.")
        #expect(linker.link(["a", "b"], [first, second]) == [[0, 1]])
    }

    @Test(
        "keeps kindred incidents of one day in different towns apart",
        arguments: [
            (
                "BAGHDAD - A car bomb exploded in a crowded market in central Baghdad on Monday, killing at least 20 people and wounding 60, police said.",
                "KABUL - A bomb exploded in a crowded market in Kabul on Monday, killing 12 people and wounding 30, police said."
            ),
            (
                "DENVER - A man was shot and killed in a parking lot in Denver on Monday night, police said. No arrests have been made.",
                "MEMPHIS, Tenn. - A man was shot and killed outside a store in Memphis on Monday night, police said. No arrests have been made."
            ),
            (
                "LYON, France - An explosion in an apartment building in Lyon injured eight people on Monday, the fire service said. A gas leak was suspected.",
                "TURIN, Italy - An explosion in an apartment building in Turin injured five people on Monday, the fire service said. A gas leak was suspected."
            ),
        ])
    func sameDay(one: String, other: String) {
        let linker = Linker()
        let items = [item(one, published: "2007-02-13"), item(other, published: "2007-02-13")]
        #expect(linker.score(items[0], items[1]) < Linker.join)
        #expect(linker.link(["a", "b"], items) == [[0], [1]])
    }

    @Test("keeps the affairs of one power apart")
    func onePower() {
        let linker = Linker()
        let items = [
            item(
                "VELGRAD (Reuters) - About 100 men working for a private military firm tied to Velgrad were killed in a battle near the Syrian city of Raqqa last week, a Turkish military doctor said on Thursday. President Recep Tayyip Erdogan said he had no information. The Turkish foreign ministry said five citizens may have died.",
                published: "2018-02-15"),
            item(
                "ANKARA - Investigators in Turkey searched snow outside Ankara on Monday for the remains of 71 people killed when a Turkish airliner crashed minutes after take-off. President Recep Tayyip Erdogan ordered an inquiry, and the Turkish emergency ministry sent 900 people.",
                published: "2018-02-12"),
        ]
        #expect(linker.link(["a", "b"], items) == [[0], [1]])
    }

    @Test("links what two outlets count differently")
    func otherCounts() {
        let linker = Linker()
        let items = [
            item(
                "BAGHDAD - A car bomb ripped through the crowded Shorja market in central Baghdad on Monday, killing at least 20 people and wounding 60, police said.",
                published: "2007-02-12"),
            item(
                "BAGHDAD (AP) - At least 23 people died when a bomb exploded in the Shorja market in Baghdad on Monday, hospital officials said. Dozens were hurt.",
                published: "2007-02-12"),
        ]
        #expect(linker.score(items[0], items[1]) > 0.5)
        #expect(linker.link(["a", "b"], items) == [[0, 1]])
    }

    @Test("moves an item by weeks, with the keys of its new days")
    func shifted() {
        let first = item(shooting, published: "2020-03-07")
        let second = item(follow, published: "2020-03-08")
        #expect(first.shifted(weeks: 0) == first)
        #expect(first.shifted(weeks: 30).shifted(weeks: -30) == first)
        let linker = Linker()
        #expect(
            linker.score(first.shifted(weeks: 5), second.shifted(weeks: 5)) == linker.score(first, second))
        #expect(linker.score(first.shifted(weeks: 5), second) < linker.score(first, second))
        #expect(
            Set(first.shifted(weeks: 5).keys).intersection(second.shifted(weeks: 5).keys)
                .count == Set(first.keys).intersection(second.keys).count)
    }

    @Test("tells in words why it links, the strongest reason first")
    func reasons() {
        let reasons = Linker().reasons(
            item(shooting, published: "2020-03-07"), item(follow, published: "2020-03-08"))
        #expect(reasons.map(\.weight.magnitude) == reasons.map(\.weight.magnitude).sorted(by: >))
        let texts = reasons.map(\.text)
        #expect(texts.contains("both name Martin Vellacott"))
        #expect(texts.contains("same date"))
        #expect(texts.contains("same street: Marlow Street"))
    }

    @Test("keeps an item as bytes, and knows those of another make or damaged")
    func bytes() {
        for text in [shooting, follow, quake, "", "Ünïcode — “quotes” 6.1, 1,200 d’État"] {
            let item = item(text, title: "A title", published: "2020-03-07")
            #expect(LinkItem(bytes: item.bytes) == item)
            #expect(item.bytes.count < 2500)
            #expect(item.keys == Set(item.keys).sorted() && item.keys.count <= 24)
            #expect(LinkItem(bytes: Array(item.bytes.dropLast())) == nil)
            #expect(LinkItem(bytes: [0] + item.bytes.dropFirst()) == nil)
            for cut in stride(from: 0, to: item.bytes.count, by: 7) {
                #expect(LinkItem(bytes: Array(item.bytes.prefix(cut))) == nil)
            }
        }
        let reading = LinkerTests.reader.read(
            Story(id: "a", bytes: Array(shooting.utf8), span: Span(0, shooting.utf8.count)))
        #expect(LinkItem(reading, text: []).keys.count <= 24)
    }

    /// Pairs among stories of small true groups, scored high inside and low between, with noise.
    private func edges(_ count: Int, _ random: inout SeededGenerator) -> [Linker.Edge] {
        var edges: [Linker.Edge] = []
        for first in 0..<count {
            for second in (first + 1)..<count where Int.random(in: 0..<3, using: &random) > 0 {
                let isSame = first % 7 == second % 7
                let score = Double.random(in: 0...1, using: &random) * (isSame ? 1 : 0.45)
                // Rounded, so that many are equal.
                edges.append(Linker.Edge(first: first, second: second, score: (score * 20).rounded() / 20))
            }
        }
        return edges
    }

    private func named(_ groups: [[Int]], _ ids: [String]) -> Set<Set<String>> {
        Set(groups.map { Set($0.map { ids[$0] }) })
    }

    @Test("makes the same groups in any order", arguments: 0..<30)
    func order(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = 40
        let ids = (0..<count).map { "s\($0)" }
        let edges = edges(count, &random)
        let places = Array(0..<count).shuffled(using: &random)
        var moved = [String](repeating: "", count: count)
        for index in 0..<count { moved[places[index]] = ids[index] }
        let shuffled = edges.map { edge -> Linker.Edge in
            let (a, b) = (places[edge.first], places[edge.second])
            return Bool.random(using: &random)
                ? Linker.Edge(first: a, second: b, score: edge.score)
                : Linker.Edge(first: b, second: a, score: edge.score)
        }.shuffled(using: &random)
        let linker = Linker()
        let groups = linker.groups(ids, edges: edges)
        #expect(named(groups, ids) == named(linker.groups(moved, edges: shuffled), moved))
        #expect(groups.allSatisfy { $0 == $0.sorted() })
        #expect(groups.map { $0[0] } == groups.map { $0[0] }.sorted())
        #expect(groups.joined().sorted() == Array(0..<count))
    }

    @Test("makes of each component alone what it makes of all", arguments: 0..<10)
    func components(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let linker = Linker()
        let (one, other) = (edges(15, &random), edges(12, &random))
        let ids = (0..<27).map { "s\($0)" }
        let all = one + other.map { Linker.Edge(first: $0.first + 15, second: $0.second + 15, score: $0.score) }
        let apart =
            named(linker.groups(Array(ids[..<15]), edges: one), Array(ids[..<15]))
            .union(named(linker.groups(Array(ids[15...]), edges: other), Array(ids[15...])))
        #expect(named(linker.groups(ids, edges: all), ids) == apart)
    }

    @Test("honours what people decided", arguments: 0..<10)
    func decisions(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let edges = edges(30, &random)
        let ids = (0..<30).map { "s\($0)" }
        let together = [(0, 1), (1, 9), (20, 22)]
        let apart = [(0, 7), (2, 9), (3, 10)]
        let groups = Linker().groups(ids, edges: edges, together: together, apart: apart)
        var number = [Int](repeating: 0, count: 30)
        for (index, group) in groups.enumerated() { for member in group { number[member] = index } }
        for (a, b) in together { #expect(number[a] == number[b]) }
        for (a, b) in apart { #expect(number[a] != number[b]) }
        #expect(Linker().groups(["a", "b"], edges: [], together: [(0, 1)], apart: [(1, 0)]) == [[0], [1]])
    }

    @Test("needs more of large groups than of single stories")
    func sizes() {
        let linker = Linker()
        #expect(linker.groups(["a", "b"], edges: [Linker.Edge(first: 0, second: 1, score: 0.4)]) == [[0, 1]])
        var edges: [Linker.Edge] = []
        for first in 0..<8 {
            for second in (first + 1)..<8 {
                edges.append(Linker.Edge(first: first, second: second, score: first / 4 == second / 4 ? 0.9 : 0.4))
            }
        }
        #expect(linker.groups((0..<8).map { "s\($0)" }, edges: edges) == [[0, 1, 2, 3], [4, 5, 6, 7]])
    }

    @Test("links a shuffled set as it links the set", arguments: 0..<5)
    func shuffles(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let names = ["Martin Vellacott", "Ida Corrigan", "Paul Estrada", "Joan Whitlock"]
        let towns = ["Oakdale, Ohio", "Dayton, Ohio", "Austin, Texas"]
        var ids: [String] = []
        var items: [LinkItem] = []
        for index in 0..<36 {
            let name = names[index % 4]
            let town = towns[index % 3]
            let verb = ["was shot and killed", "died in a shooting", "was found shot dead"][index / 12]
            ids.append("s\(index)")
            items.append(
                item(
                    "\(town) - \(name), \(30 + index % 4), \(verb) on Friday, police said.",
                    published: "2020-03-0\(7 + index % 2)"))
        }
        let order = Array(items.indices).shuffled(using: &random)
        let linker = Linker()
        let shuffled = linker.link(order.map { ids[$0] }, order.map { items[$0] })
        #expect(named(linker.link(ids, items), ids) == named(shuffled, order.map { ids[$0] }))
    }
}
