internal import Foundation
internal import Language

/// What a reader of a model's numbers has to know of it (Mitchell et al. 2019).
struct ModelCard {
    var bytes: Int
    var settings: NetworkTrainer.Settings
    var documents: Int
    var leftOut: Int
    var sentences: Int
    var words: Int
    var scores: [(name: String, score: NetworkScore)]

    var text: String {
        var lines = [
            "# Model card: the language network",
            "",
            "Written by `onrecord-train network`; do not edit.",
            "",
            "- **What it does**: universal and Penn tags, dependency trees, names (PERSON, ORGANIZATION, LOCATION, MISC) of",
            "  English. See [Language](Language.md).",
            "- **File**: `Sources/LanguageData/network.bin`, \(bytes.formatted()) bytes, part of the program.",
            "- **Made with**: `onrecord-train network --corpora ../shared/corpora --output Sources/LanguageData/network.bin",
            "  --epochs \(settings.epochs) --seed \(settings.seed)`; the same seed gives the same file.",
            "- **Trained on**: \(documents.formatted()) documents, \(sentences.formatted()) sentences, of which",
            "  \(words.formatted()) words have trees: Universal Dependencies English EWT (CC BY-SA 4.0) and GUM (annotation",
            "  CC BY 4.0; texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0), Universal NER on EWT (CC BY-SA 4.0), names of GUM, re3d",
            "  (public domain, OGL 3.0, CC BY-SA 3.0, CC BY 3.0 AU, EU legal notice) and CrossNER (MIT). Left out for their",
            "  licence, non-commercial or not stated: \(leftOut) documents of GUM, and those of re3d from the BBC.",
            "- **Sees besides**: Brown clusters (spacy-lookups-data, MIT), given names and surnames (United States census of",
            "  1990, public domain), place names (GeoNames, CC BY 4.0), companies (pytickersymbols, MIT), organizations",
            "  (WordNet 3.0, WordNet licence), the word lists of `Data/lists`.",
            "- **Licence of the weights**: CC BY-SA 4.0.",
            "",
            "## Scores on the dev parts, tokens and sentences given",
            "",
            "| treebank | universal tags | heads | heads and relations | words of names, F1 |",
            "| --- | --- | --- | --- | --- |",
        ]
        for (name, score) in scores {
            lines.append("| \(name.uppercased()) | \(score.cells.joined(separator: " | ")) |")
        }
        lines += [
            "",
            "From raw text, by the scorers of the corpora: see [Language](Language.md).",
            "",
            "## Limits",
            "",
            "- English alone. Web, wiki and news prose of 2000 to 2024; poetry, chat and speech are read worse.",
            "- Names: organizations and works are told worst. EWT marks no MISC, which its figure above leaves out.",
            "- Trained on text whose people and places are mostly of the United States, Britain and the Middle East.",
            "- Relations are UD 2's with the subtypes of EWT and GUM; the two differ in details.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
