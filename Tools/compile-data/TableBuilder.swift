import Language

/// Collects words and writes them as `Lexicon` reads them.
struct TableBuilder {
    private struct Word {
        var lemma = ""
        var tags: [Tag] = []
        var values: [(list: WordList, value: Int32)] = []
        var longestPhrase = 0
    }

    private var words: [String: Word] = [:]
    /// Forms by lemma, as the treebanks have them, for irregular verbs and plurals.
    private var formsOfLemma: [String: [(form: String, tags: [Tag])]] = [:]

    mutating func add(form: String, lemma: String, tags: [Tag]) {
        let key = fold(form)
        words[key, default: Word()].lemma = fold(lemma)
        words[key, default: Word()].tags = tags
        formsOfLemma[fold(lemma), default: []].append((key, tags))
    }

    mutating func add(_ entry: String, to list: WordList, value: Int32, inflection: Inflection) {
        let key = fold(entry)
        var forms = [key]
        if !key.contains(" ") {
            let wanted: Set<Tag> = inflection == .verb ? [.verb, .auxiliary] : [.noun, .properNoun]
            let irregular =
                inflection == .none ? [] : (formsOfLemma[key] ?? []).filter { !wanted.isDisjoint(with: $0.tags) }
            // Where the treebanks have another past, the regular one is no word: "said", not "sayed".
            let hasIrregular = irregular.contains {
                !$0.form.hasSuffix("ed") && !$0.form.hasSuffix("ing") && !$0.form.hasSuffix("s") && $0.form != key
            }
            forms = inflection.forms(of: key).filter { !(hasIrregular && $0.hasSuffix("ed")) } + irregular.map(\.form)
        }
        for form in Set(forms).sorted() {
            var word = words[form, default: Word()]
            if let index = word.values.firstIndex(where: { $0.list == list }) {
                // What is written wins over what is derived.
                if form == key { word.values[index].value = value }
            } else {
                word.values.append((list, value))
            }
            if word.lemma.isEmpty { word.lemma = key }
            words[form] = word
        }
        let parts = key.split(separator: " ")
        if parts.count > 1, let first = parts.first {
            words[String(first), default: Word()].longestPhrase = max(
                words[String(first)]?.longestPhrase ?? 0, parts.count)
        }
    }

    func table() -> [UInt8] {
        var keys = words.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for lemma in Set(words.values.map(\.lemma)).sorted() where !lemma.isEmpty && words[lemma] == nil {
            keys.append(lemma)
        }
        keys.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var number: [String: UInt32] = [:]
        for (index, key) in keys.enumerated() { number[key] = UInt32(index + 1) }

        var pool: [UInt8] = []
        var values: [UInt32] = []
        var entries: [[UInt32]] = [[UInt32](repeating: 0, count: 8)]
        for key in keys {
            let word = words[key] ?? Word()
            let start = UInt32(values.count)
            var lists: UInt64 = 0
            for (list, value) in word.values.sorted(by: { $0.list.rawValue < $1.list.rawValue }) {
                lists |= 1 << UInt64(list.rawValue)
                values.append(UInt32(list.rawValue) << 24 | UInt32(bitPattern: value) & 0xFF_FFFF)
            }
            var tags = word.tags.reduce(UInt32(0)) { $0 | 1 << (8 + UInt32($1.rawValue)) }
            if let first = word.tags.first { tags |= UInt32(first.rawValue) }
            entries.append([
                UInt32(pool.count), UInt32(key.utf8.count) | UInt32(word.longestPhrase) << 16,
                word.lemma == key ? 0 : number[word.lemma] ?? 0, tags, UInt32(truncatingIfNeeded: lists),
                UInt32(lists >> 32), start, UInt32(values.count),
            ])
            pool += Array(key.utf8)
        }
        var slotCount = 1
        while slotCount < entries.count * 2 { slotCount *= 2 }
        var slots = [UInt32](repeating: 0, count: slotCount)
        for (index, key) in keys.enumerated() {
            var slot = Int(Lexicon.hash(key.utf8)) & (slotCount - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
            slots[slot] = UInt32(index + 1)
        }
        let head = [Lexicon.magic, UInt32(entries.count), UInt32(slotCount), UInt32(values.count), UInt32(pool.count)]
        return (head + entries.joined() + slots + values).flatMap { number in
            [
                UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8),
                UInt8(truncatingIfNeeded: number >> 16), UInt8(number >> 24),
            ]
        } + pool
    }

    private func fold(_ text: String) -> String {
        var key: [UInt8] = []
        let bytes = Array(text.utf8)
        Lexicon.fold(bytes, 0, bytes.count, into: &key)
        return String(decoding: key, as: UTF8.self)
    }
}
