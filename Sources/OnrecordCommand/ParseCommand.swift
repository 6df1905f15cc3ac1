import ArgumentParser
import Foundation
import Onrecord
import Stories

struct ParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Show the tags and the tree of each sentence.",
        discussion: """
            Tags and relations are those of Universal Dependencies 2 (universaldependencies.org). On a terminal each \
            sentence is drawn as a tree; conllu is the treebanks' own form, for other programs.

            Examples:
              onrecord parse page.txt
              echo "The blast killed five people, a doctor said." | onrecord parse -
              onrecord parse --output conllu page.txt > page.conllu
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case tree, conllu }

    @OptionGroup var input: InputOptions
    @Option(help: "Form of the sentences.")
    var output = Form.tree

    func run() async throws {
        let form = output
        let reader = Reader(options: .init(withTokens: true))
        try await input.print { arrival in
            let reading = reader.read(arrival.story)
            return SentenceView.sentences(of: reading, arrival.story.bytes).enumerated().map { index, sentence in
                switch form {
                case .tree: sentence.tree
                case .conllu: sentence.conllu(id: "\(reading.id)-\(index + 1)")
                }
            }.joined()
        }
    }
}

/// The words of one sentence, for people and for programs.
struct SentenceView {
    private let words: [TokenReading]
    private let texts: [String]
    /// Index in the story of the first word.
    private let first: Int

    /// The sentences of a reading that was made with its tokens; a sentence ends where no tree runs on.
    static func sentences(of reading: Reading, _ bytes: [UInt8]) -> [SentenceView] {
        let tokens = reading.tokens ?? []
        // Every word belongs to the sentence of its root.
        let roots = tokens.indices.map { index in
            var at = index
            while tokens[at].head >= 0 { at = tokens[at].head }
            return at
        }
        var views: [SentenceView] = []
        var start = 0
        for index in tokens.indices where index + 1 == tokens.count || roots[index + 1] != roots[index] {
            // A word of another sentence cannot stand inside this one.
            views.append(SentenceView(Array(tokens[start...index]), first: start, bytes))
            start = index + 1
        }
        return views
    }

    private init(_ words: [TokenReading], first: Int, _ bytes: [UInt8]) {
        self.words = words
        self.first = first
        texts = words.map { Terminal.safe(String(decoding: bytes[$0.span.range], as: UTF8.self)) }
    }

    /// The sentence, and below it its tree, a word a line.
    var tree: String {
        var lines = [Terminal.bold(Layout.wrap(printed))]
        var children = [[Int]](repeating: [], count: words.count)
        var roots: [Int] = []
        for (index, word) in words.enumerated() {
            if word.head >= 0 { children[word.head - first].append(index) } else { roots.append(index) }
        }
        // Each word with the branches that lead to it; a stack, since a tree may be deep.
        var waiting = roots.reversed().map { (word: $0, branch: "", below: "") }
        while let next = waiting.popLast() {
            let word = words[next.word]
            lines.append(
                Terminal.dim(next.branch) + texts[next.word] + Terminal.dim("  \(word.tag) \(word.relation)"))
            for (place, child) in children[next.word].enumerated().reversed() {
                let isLast = place + 1 == children[next.word].count
                waiting.append(
                    (child, next.below + (isLast ? "└─ " : "├─ "), next.below + (isLast ? "   " : "│  ")))
            }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// The sentence in CoNLL-U; tags of a language's own and features are left open.
    func conllu(id: String) -> String {
        var lines = ["# sent_id = \(id)", "# text = \(printed)"]
        for (index, word) in words.enumerated() {
            let isLast = index + 1 == words.count
            let glued = !isLast && words[index + 1].span.start == word.span.end
            lines.append(
                [
                    "\(index + 1)", texts[index], word.lemma, word.tag, "_", "_",
                    "\(word.head < 0 ? 0 : word.head - first + 1)", word.relation, "_", glued ? "SpaceAfter=No" : "_",
                ].joined(separator: "\t"))
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private var printed: String {
        var text = ""
        for (index, word) in words.enumerated() {
            if index > 0, words[index - 1].span.end < word.span.start { text += " " }
            text += texts[index]
        }
        return text
    }
}
