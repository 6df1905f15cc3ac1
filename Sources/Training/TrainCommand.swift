internal import ArgumentParser

/// Makes the trained parts of `Data/` from gold corpora. Not needed to run Onrecord.
@main
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onrecord-train",
        abstract: "Makes the trained parts of Data/ from gold corpora.",
        discussion: """
            Only documents whose licence allows it are read: those marked non-commercial are left out.

            Example:
              onrecord-train lexicon --output Data/lexicon.tsv ud/ewt-train.conllu ud/gum-train.conllu
              onrecord-train given-names --output Data/lists/given-name.txt names/train.jsonl
            """,
        subcommands: [
            NetworkCommand.self, AttributionExamplesCommand.self, LexiconCommand.self, GivenNamesCommand.self,
            LinkCountsCommand.self, LinkPairsCommand.self,
        ])
}
