import ArgumentParser
import Foundation
import Onrecord
import Record

/// The command `onrecord`: one file a subcommand.
struct OnrecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onrecord",
        abstract:
            "Reads news reports and keeps the record of what happened, who says so, and where the accounts disagree.",
        discussion: """
            Examples:
              onrecord read page.txt                      what one page says, story by story
              onrecord add --record war.onrecord wires/   a folder of pages into a record
              onrecord incidents --record war.onrecord    what happened
              onrecord show --record war.onrecord 3f2a91  the dossier of one incident

            The record is one SQLite file, named by --record or by ONRECORD_RECORD; without either it is onrecord.sqlite
            in the current folder. Results go to standard output, all else to standard error.

            Exit codes: 0 done; 1 done, but some inputs failed (each named); 64 wrong usage; 66 no such input;
            70 a fault of Onrecord's; 74 reading or writing failed.

            Completions for your shell: onrecord --generate-completion-script bash (or zsh, fish).
            """,
        version: Engine.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Reading:",
                subcommands: [
                    ReadCommand.self, QuotesCommand.self, FiguresCommand.self, TimesCommand.self, PlacesCommand.self,
                    ParseCommand.self, LinkCommand.self,
                ]),
            CommandGroup(
                name: "The record:",
                subcommands: [
                    AddCommand.self, WatchCommand.self, IncidentsCommand.self, ShowCommand.self, SearchCommand.self,
                    SourcesCommand.self,
                    ReviewCommand.self, CompareCommand.self,
                    ExportCommand.self, ServeCommand.self,
                ]),
            CommandGroup(name: "Care:", subcommands: [VerifyCommand.self, RebuildCommand.self, ImportCommand.self]),
        ])
}

@main
enum Main {
    static func main() async {
        do {
            var command = try OnrecordCommand.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as RecordStoreError {
            Terminal.complain(error.description)
            exit(code(of: error))
        } catch let error as Failure {
            Terminal.complain(error.message)
            exit(error.code)
        } catch let error where error is CocoaError || error is POSIXError {
            Terminal.complain(error.localizedDescription)
            exit(74)
        } catch {
            // What is neither wrong usage nor a code that a command chose is a fault of ours.
            guard OnrecordCommand.exitCode(for: error) == .failure, !(error is ExitCode) else {
                OnrecordCommand.exit(withError: error)
            }
            Terminal.complain("a fault of Onrecord's: \(error)")
            exit(70)
        }
    }

    private static func code(of error: RecordStoreError) -> Int32 {
        switch error {
        case .missing, .noIncident, .untold, .ambiguous, .noClaim, .noReview: 66
        case .badReview, .badSearch, .changedMeanwhile, .tooShort: 64
        case .notARecord, .newer, .older, .readOnly, .full, .busy, .damaged, .badArchive, .notEmpty, .unavailable: 74
        }
    }
}

/// Why a command ends, with its exit code.
struct Failure: Error {
    var message: String
    var code: Int32
}
