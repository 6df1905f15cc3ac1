// Compiles Data/lexicon.tsv and Data/lists/*.txt into the table that `Lexicon` reads.
//
//     swift run compile-data [--check]
//
// With --check nothing is written: the exit code is 1 where the committed table differs from what Data/ gives.

import Foundation
import Language

@main
struct CompileData {
    static func main() throws {
        let root = URL(filePath: FileManager.default.currentDirectoryPath)
        let table = try compile(root.appending(path: "Data"))
        let output = root.appending(path: "Sources/LanguageData/lexicon.bin")
        if CommandLine.arguments.contains("--check") {
            let committed = try Data(contentsOf: output)
            guard committed == Data(table) else {
                FileHandle.standardError.write(
                    Data("lexicon.bin is not what Data/ gives: run `swift run compile-data`\n".utf8))
                exit(1)
            }
            return
        }
        try Data(table).write(to: output)
        print("\(output.lastPathComponent): \(table.count) bytes")
    }

    static func compile(_ data: URL) throws -> [UInt8] {
        var builder = TableBuilder()
        let lexicon = try String(contentsOf: data.appending(path: "lexicon.tsv"), encoding: .utf8)
        for line in lexicon.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t")
            guard columns.count == 3 else { throw Problem("lexicon.tsv: three columns expected: \(line)") }
            let tags = try columns[2].split(separator: ",").map { name in
                guard let tag = Tag(name: name) else { throw Problem("lexicon.tsv: no tag \(name)") }
                return tag
            }
            builder.add(form: String(columns[0]), lemma: String(columns[1]), tags: tags)
        }
        for list in WordList.allCases {
            let path = data.appending(path: "lists/\(list.fileName).txt")
            let text = try String(contentsOf: path, encoding: .utf8)
            var inflection = Inflection.none
            for line in text.split(separator: "\n") {
                if line.hasPrefix("#:") {
                    inflection = try Inflection(header: line)
                    continue
                }
                guard !line.hasPrefix("#") else { continue }
                let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
                let entry = columns[0].trimmingCharacters(in: .whitespaces)
                guard !entry.isEmpty else { continue }
                let value = columns.count > 1 ? Int32(columns[1].trimmingCharacters(in: .whitespaces)) : 1
                guard let value, -(1 << 23) <= value, value < 1 << 23 else {
                    throw Problem("\(list.fileName).txt: a number of 24 bits expected: \(line)")
                }
                builder.add(entry, to: list, value: value, inflection: inflection)
            }
        }
        return builder.table()
    }
}

struct Problem: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
