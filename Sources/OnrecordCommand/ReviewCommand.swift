import ArgumentParser
import Foundation
import Record

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Overrule the machine, with your name and your reason.",
        discussion: """
            Reviews are kept for ever, each chained to the one before it; `undo` takes one back and is itself kept.

            Examples:
              onrecord review correct 3f2a91 killed=20..23..25 --by "A. Diallo" --why "hospital list seen"
              onrecord review discount 9be01c44d0aa.4 --by "A. Diallo" --why "speaks of another attack"
              onrecord review merge 3f2a91 --with 77c1d2 --by "A. Diallo" --why "one raid, two reports"
              onrecord review undo 2 --by "A. Diallo" --why "mistaken"
              onrecord review list
            """,
        subcommands: [Confirm.self, Correct.self, Discount.self, Merge.self, Split.self, Undo.self, List.self])

    struct Decision: ParsableArguments {
        @OptionGroup var record: RecordOptions
        @Option(help: "Who decides.")
        var by: String
        @Option(help: "Why.")
        var why: String

        func make(_ action: Review.Action, _ subject: String, _ value: String? = nil) throws {
            let review = try record.open().review(
                action, subject: subject, value: value, who: by, why: why, at: Date.now.formatted(.iso8601))
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
        static let configuration = CommandConfiguration(abstract: "Set a toll by hand.")
        @Argument(help: "The incident.") var incident: String
        @Argument(help: "killed=23, injured=20..25 (low and high) or killed=20..23..25 (low, best, high).") var toll:
            String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.correct, incident, toll) }
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
        static let configuration = CommandConfiguration(abstract: "A story does not belong to its incident.")
        @Argument(help: "The story.") var story: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.split, story) }
    }

    struct Undo: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a review back.")
        @Argument(help: "The review's number.") var number: String
        @OptionGroup var decision: Decision
        func run() throws { try decision.make(.undo, number) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all reviews, oldest first.")
        @OptionGroup var record: RecordOptions
        @Flag(help: "Write JSON.") var json = false
        func run() throws {
            let reviews = try record.open().reviews()
            if json { return try Output.json(reviews) }
            for review in reviews { print(Layout.wrap(ReviewView.line(review))) }
        }
    }
}
