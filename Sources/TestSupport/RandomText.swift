/// Makes text that nobody would print, and that a reader has to live with.
public struct RandomText: Sendable {
    private var generator: SeededGenerator

    /// A maker whose texts depend on `seed` alone.
    public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let pieces: [String] = [
        "said", "told", "according to", "killed", "injured", "about", "more than", "300", "1.2", "10,000", "five",
        "dozens", "Feb. 7", "last week",
        "on Thursday", "MOSCOW (Reuters) –", "By Ann Lee", "(Reporting by Ann Lee; Editing by Bo Ek)", "“", "”", "\"",
        "'", "’s", "''", "``", "«", "»",
        "U.S.", "a.m.", "AN-148", "$", "€", "%", ".", "...", "…", ",", ";", ":", "?", "!", "(", ")", "-", "–", "—",
        "\n", "\n\n", "\t", "\u{0}", "\u{1B}",
        "\u{FEFF}", "\u{200B}", "é", "e\u{301}", "北京", "Москва", "👩‍👩‍👧", "\u{202E}", "Deir al-Zor", "Paris, Texas", "the",
        "a", "of", "men", "people",
        "were", "not", "no one", "between", "and", "or", "to", "THE TOLL", "Mr.", "St.", "2018", "13:45", "#", "/",
        "http://example.org/a?b=c",
    ]

    /// A text of `count` pieces.
    public mutating func text(pieces count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            text += RandomText.pieces[Int.random(in: 0..<RandomText.pieces.count, using: &generator)]
            if Bool.random(using: &generator) { text += " " }
        }
        return text
    }

    /// Bytes of any kind, mostly no text at all.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// A number below `limit`.
    public mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
}
