public import ArgumentParser
import Foundation
public import Record
import Stories

extension Export.Kind: ExpressibleByArgument {}
extension Export.Format: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the record in a format that others read.",
        discussion: """
            \(Export.Kind.allCases.map(ExportCommand.line).joined(separator: "\n"))

            The first form is the usual one. The same record gives the same bytes. CSV is as RFC 4180 has it, in UTF-8, with a
            header; what is not known is left empty. The columns of ucdp, acled and airwars are filled after those projects'
            methods, and not as they would fill them: Documentation/Exports.md tells how.

            Examples:
              onrecord export incidents > incidents.csv
              onrecord export claims --format jsonl > claims.jsonl
              onrecord export ucdp --country IQ --from 2018-01-01 --output iraq.csv
              onrecord export geojson --type bombing > bombings.geojson
              onrecord export incidents --hxl > hxl.csv
              onrecord export dossier 3f2a91c0b7aa > dossier.html
              onrecord export record > war.jsonl      for `onrecord import`
            """)

    @OptionGroup var record: RecordOptions
    @Argument(help: "What to write.")
    var what: Export.Kind
    @Argument(help: "Only this incident: its id, or a story's.")
    var id: String?
    @Option(help: "Form.")
    var format: Export.Format?
    @Flag(help: "Set a row of HXL hashtags under the header (incidents as CSV).")
    var hxl = false
    @OptionGroup(title: "Which incidents") var options: FilterOptions
    @Option(
        name: [.short, .long],
        help: "Write to this file, which is there once it is whole (else to standard output).",
        completion: .file())
    var output: String?

    private static func line(_ kind: Export.Kind) -> String {
        let name = kind.rawValue + String(repeating: " ", count: max(1, 12 - kind.rawValue.count))
        return "  \(name)\(kind.summary) (\(kind.formats.map(\.rawValue).joined(separator: ", ")))"
    }

    func validate() throws {
        if let format, !what.formats.contains(format) {
            throw ValidationError(
                "\(what.rawValue) does not come as \(format.rawValue): "
                    + "it comes as \(what.formats.map(\.rawValue).joined(separator: " or ")).")
        }
        if what == .record, options.isSet { throw ValidationError("A record goes whole: narrow nothing.") }
        if hxl, what != .incidents || (format ?? .csv) != .csv {
            throw ValidationError("--hxl is for incidents as CSV.")
        }
        if id != nil, options.isSet || what == .record {
            throw ValidationError("Name an incident, or narrow which, not both; a record goes whole.")
        }
    }

    func run() throws {
        let store = try record.open()
        let export = Export(what, as: format, hxl: hxl)
        if let output {
            try WholeFile.write(output) { write in
                try store.export(export, filter: try options.filter, incident: id, write: write)
            }
        } else {
            var out = Output()
            try store.export(export, filter: try options.filter, incident: id) { try out.write($0) }
            try out.flush()
        }
    }
}

/// A file that is there wholly or not at all.
enum WholeFile {
    /// Writes a file of a temporary name beside it, and gives it its name once all is on the disk.
    static func write(_ path: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
        let url = URL(filePath: path)
        let part = url.deletingLastPathComponent().appending(
            path: ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).part")
        guard FileManager.default.createFile(atPath: part.path, contents: nil) else {
            throw Failure(message: "\(path) cannot be written: is its folder there?", code: 74)
        }
        do {
            let file = try FileHandle(forWritingTo: part)
            try body { try file.write(contentsOf: Data($0)) }
            try file.synchronize()
            try file.close()
            // rename(2) puts it in the place of one that is there, with no moment in between.
            guard unsafe rename(part.path, url.path) == 0 else {
                throw Failure(message: "\(path): \(unsafe String(cString: strerror(errno)))", code: 74)
            }
        } catch {
            try? FileManager.default.removeItem(at: part)
            throw error
        }
    }
}
