/// What blocks say that invite to read on, to subscribe, to share.
enum Phrases {
    /// Whether a block begins as such an invitation does.
    static func isPromotion(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        openings.contains { ByteSearch.matches($0, in: text, at: range.lowerBound) }
            || whole.contains { ByteSearch.equals($0, range, in: text) }
    }

    /// Whether a short block stands over what follows the article: other articles, comments, the author.
    static func opensTail(_ text: [UInt8], _ range: Range<Int>, isHeading: Bool) -> Bool {
        if tails.contains(where: { ByteSearch.matches($0, in: text, at: range.lowerBound) }) { return true }
        return isHeading && range.count < 40 && ByteSearch.matches("about ", in: text, at: range.lowerBound)
    }

    private static let tails: [StaticString] = [
        "related", "more from", "more great", "more stories", "more on ", "more in ", "more news", "read next",
        "recommended", "you may also", "you might also", "about the author", "comments", "leave a comment",
        "leave a reply", "post a comment", "popular posts", "most popular", "most read", "trending", "latest news",
        "also on ", "from around the web", "what to read next", "up next", "latest stories", "share this",
        "filed under",
        "join the conversation", "others also read", "additional resources", "mehr zum thema", "das könnte sie",
        "sur le même sujet", "lire aussi", "leia mais", "veja também", "você pode gostar", "te puede interesar",
        "читайте также", "похожие", "комментарии", "関連記事",
    ]

    /// Whether a block ends as a sentence does, in a mark or in the quotation mark behind one.
    static func endsSentence(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        guard let last = text[range].last else { return false }
        switch last {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "\""): return true
        default: break
        }
        let tail = text[range].suffix(3)
        return marks.contains { tail.elementsEqual($0.utf8) }
    }

    private static let marks = ["”", "’", "…", "。", "！", "？", "」", "»"]

    private static let openings: [StaticString] = [
        "read more", "read also", "also read", "see also", "related:", "related stories", "related articles",
        "recommended:", "sign up for", "sign up to", "subscribe to", "subscribe now", "click here to", "follow us",
        "share this", "advertisement", "more from", "more:", "more on this", "you may also like", "you might also like",
        "download the", "get the latest", "watch:", "watch live", "listen:", "photos:", "leia também", "veja também",
        "lesen sie auch", "mehr zum thema", "lire aussi", "à lire aussi", "lee también", "читайте также",
        "смотрите также",
        "this website uses cookies", "this site uses cookies", "we use cookies",
        "copyright ©", "© ", "all rights reserved", "photo credit", "image credit", "photo:", "image:",
    ]

    private static let whole: [StaticString] = [
        "share", "tweet", "email", "print", "comments", "comment", "related", "advertising", "loading", "loading...",
        "facebook", "twitter", "whatsapp", "story continues", "continue reading", "article continues after ad",
    ]
}
