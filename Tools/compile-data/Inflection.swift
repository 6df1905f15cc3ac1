/// Which forms of an entry a list takes in besides the one that is written.
enum Inflection {
    case none, verb, noun

    init(header: some StringProtocol) throws {
        switch header.dropFirst(2).trimmingPrefix(" ").split(separator: " ").first {
        case "verb": self = .verb
        case "noun": self = .noun
        case "none": self = .none
        default: throw Problem("a header is `#: verb`, `#: noun` or `#: none`, not \(header)")
        }
    }

    /// The regular forms of a word, itself first.
    func forms(of word: String) -> [String] {
        switch self {
        case .none: [word]
        case .noun: [word, Inflection.plural(word)]
        case .verb:
            [word, Inflection.plural(word), Inflection.stem(word, "e") + "ed", Inflection.stem(word, "e") + "ing"]
        }
    }

    private static func plural(_ word: String) -> String {
        if word.hasSuffix("s") || word.hasSuffix("x") || word.hasSuffix("ch") || word.hasSuffix("sh")
            || word.hasSuffix("z")
        {
            return word + "es"
        }
        if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
            return word.dropLast() + "ies"
        }
        if word.hasSuffix("man") { return word.dropLast(3) + "men" }
        return word + "s"
    }

    /// The stem before -ed or -ing; a final consonant behind one short vowel is doubled in words of one syllable.
    private static func stem(_ word: String, _ silent: Character) -> String {
        if word.last == silent { return String(word.dropLast()) }
        let letters = Array(word)
        let vowels = letters.filter { "aeiou".contains($0) }.count
        if letters.count >= 3, vowels == 1, "aeiou".contains(letters[letters.count - 2]),
            !"aeiouwxy".contains(letters[letters.count - 1])
        {
            return word + String(letters[letters.count - 1])
        }
        return word
    }
}
