internal import ArgumentParser
internal import Foundation

/// Collects the first words of persons' names from a corpus of names.
struct GivenNamesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "given-names", abstract: "Writes Data/lists/given-name.txt: first words of persons' names.")

    @Option(help: "Where to write the list.")
    var output: String

    @Option(help: "Leave out names seen less often than this.")
    var minimum = 2

    @Argument(help: "Corpora of names, JSON Lines.")
    var corpora: [String]

    private struct Document: Decodable {
        struct Name: Decodable {
            var span: [Int]
            var type: String
        }
        var text: String
        var licence: String?
        var names: [Name]
    }

    func run() throws {
        var counts: [String: Int] = [:]
        var elsewhere: [String: Int] = [:]
        for path in corpora {
            for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
                let document = try JSONDecoder().decode(Document.self, from: Data(line.utf8))
                guard !Treebank.isNonCommercial(document.licence ?? "none") else { continue }
                let bytes = Array(document.text.utf8)
                for name in document.names where name.span.count == 2 {
                    let words = String(decoding: bytes[name.span[0]..<name.span[1]], as: UTF8.self).split(
                        separator: " ")
                    guard let first = words.first, first.count > 2, first.allSatisfy({ $0.isLetter }),
                        first.first?.isUppercase == true
                    else { continue }
                    if name.type == "PERSON", words.count > 1 {
                        counts[first.lowercased(), default: 0] += 1
                    } else {
                        elsewhere[first.lowercased(), default: 0] += 1
                    }
                }
            }
        }
        let names = counts.filter { $0.value >= minimum && $0.value > elsewhere[$0.key, default: 0] }.keys.sorted()
        let head = """
            # First words of persons' names.
            # Collected by `onrecord-train given-names` from names corpora (Universal NER on EWT, CC BY-SA 4.0; GUM and re3d
            # documents whose licence allows commercial use; CrossNER, MIT). This file is CC BY-SA 4.0.

            """
        try (head + names.joined(separator: "\n") + "\n").write(toFile: output, atomically: true, encoding: .utf8)
        print("\(names.count) given names")
    }
}
