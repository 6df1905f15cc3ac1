import ArgumentParser
import Foundation
import Record

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Overrule the machine, with your name and your reason.",
        discussion: """
            Reviews are kept for ever, corrections with what stood before them, each chained to the one before it; `undo` takes one back and is itself kept. A review of a claim hangs on the claim's words: it stays when a newer engine reads the story, and where that finds no such claim, `list --unattached` tells.

            Examples:
              onrecord review confirm 3f2a91 --by "A. Diallo" --why "both lists seen"
              onrecord review correct 3f2a91 killed=20..23..25 --by "A. Diallo" --why "hospital list seen"
              onrecord review correct 3f2a91 place="Khasham, SY @35.3,40.3" --by "A. Diallo" --why "footage located"
              onrecord review correct 9be01c44d0aa.2 speaker="Health Ministry" --by "A. Diallo" --why "named further down"
              onrecord review discount 9be01c44d0aa.4 --by "A. Diallo" --why "speaks of another attack"
              onrecord review merge 3f2a91 --with 77c1d2 --by "A. Diallo" --why "one raid, two reports"
              onrecord review undo 2 --by "A. Diallo" --why "mistaken"
              onrecord review split 5f8d0e --by "A. Diallo" --why "tells of the raid a day later"
              onrecord review list --unattached
            """,
        subcommands: [
            Confirm.self, Correct.self, Discount.self, Merge.self, Split.self, Reopen.self, Note.self, Undo.self,
            List.self,
        ])

    struct Decision: ParsableArguments {
        @OptionGroup var record: RecordOptions
        @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
        var by: String
        @Option(help: ArgumentHelp("Why.", valueName: "reason"))
        var why: String
        @Option(
            help: ArgumentHelp(
                "The last review that you have seen: refuse where the incident has a later one.", valueName: "number"))
        var after: Int?

        func make(_ action: Review.Action, _ subject: String, _ value: String? = nil) throws {
            let review = try record.open(.writing).review(
                action, subject: subject, value: value, who: by, why: why, at: Date.now.formatted(.iso8601),
                after: after)
            print(ReviewView.line(review))
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The incident stands as reckoned.")
        @Argument(help: "The incident.") var incident: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.confirm, incident) }
    }

    struct Correct: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set something of an incident or a claim by hand.",
            discussion: """
                Of an incident: killed=23, injured=20..25 (low and high), killed=20..23..25 (low, best, high),
                date=2018-02-07, date=2018-02-07..2018-02-08, place="Aleppo, SY" or place="Khasham, SY @35.3,40.3", type=battle.
                Of a claim: figure=23, figure=20..25, measure=injured, speaker="Health Ministry".
                """)
        @Argument(help: "The incident, or the claim's id.") var subject: String
        @Argument(help: "What it is set to: killed=23, date=…, place=…, type=…; figure=…, measure=…, speaker=….")
        var value: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.correct, subject, value) }
    }

    struct Discount: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Leave a claim out of the reckoning.")
        @Argument(help: "The claim's id, as `onrecord show` prints it.") var claim: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.discount, claim) }
    }

    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Two incidents are one.")
        @Argument(help: "The one incident.") var incident: String
        @Option(help: "The other incident.") var with: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.merge, incident, with) }
    }

    struct Split: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A story does not belong to its incident: it stands apart until a review merges it.")
        @Argument(help: "The story.") var story: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.split, story) }
    }

    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The incident is to be looked at again.")
        @Argument(help: "The incident.") var incident: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.reopen, incident) }
    }

    struct Note: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a remark on an incident or a claim; --why is the remark.")
        @Argument(help: "The incident, or the claim's id.") var subject: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.note, subject) }
    }

    struct Undo: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a review back; to take an undo back restores what it took.")
        @Argument(help: "The review's number.") var number: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.undo, number) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List reviews, oldest first.")
        @OptionGroup var record: RecordOptions
        @Flag(help: "Only those whose claim this engine no longer finds.") var unattached = false
        @Flag(help: "Write JSON.") var json = false
        func run() throws {
            let store = try record.open()
            let reviews = unattached ? try store.unattachedReviews() : try store.reviews()
            if json { return try Output.json(reviews) }
            guard !reviews.isEmpty else { return Terminal.remark("no reviews") }
            for review in reviews { print(Layout.wrap(ReviewView.line(review))) }
        }
    }
}
