public import Stories

/// What linking looks at of one story, compact: words, names and figures as numbers, and a few words for people to read.
public struct LinkItem: Sendable, Hashable {
    /// A word of the story.
    struct Term: Sendable, Hashable {
        var hash: UInt32
        /// Its share of the whole text's vector, of length 400.
        var body: UInt8
        /// Its share of the vector of title and opening; 0 where it does not stand there.
        var head: UInt8
        /// How rare the word is, in 32nds.
        var level: UInt8
    }

    /// A name of the story.
    struct Name: Sendable, Hashable {
        var hash: UInt32
        /// How rare its rarest word is, in 32nds.
        var level: UInt8
        var traits: Traits
    }

    /// A point that the text names, in hundredths of a degree.
    struct Spot: Sendable, Hashable, Comparable {
        var lat: Int16
        var lon: Int16

        /// Orders from south to north.
        static func < (a: Spot, b: Spot) -> Bool { (a.lat, a.lon) < (b.lat, b.lon) }
    }

    /// What a name is.
    struct Traits: OptionSet, Sendable, Hashable {
        let rawValue: UInt8
        /// A person's last name.
        static let person = Traits(rawValue: 1)
        /// A person's first and last name together.
        static let full = Traits(rawValue: 2)
        /// The person is quoted: the officer who tells the press.
        static let speaker = Traits(rawValue: 4)
        /// The person's age is told, or the person was hit: a victim, a suspect.
        static let involved = Traits(rawValue: 8)
        static let place = Traits(rawValue: 16)
        /// A body, or anything else that has a name.
        static let other = Traits(rawValue: 32)
    }

    /// A word that people can read, of what a hash stands for.
    struct Label: Sendable, Hashable {
        var hash: UInt32
        var text: String
    }

    /// Stands for a number that is not known.
    static let unknown = Int32.min

    var published = LinkItem.unknown
    var from = LinkItem.unknown
    var to = LinkItem.unknown
    /// The place of `IncidentType.allCases`; 255 where no incident is told.
    var type: UInt8 = 255
    /// The place of `PlaceLevel.allCases`; 255 where none is known.
    var level: UInt8 = 255
    /// The two letters of the country; 0 where none is known.
    var country: UInt16 = 0
    /// In ten-thousandths of a degree.
    var lat = LinkItem.unknown
    var lon = LinkItem.unknown
    /// The hash of the place's name; 0 where there is none.
    var place: UInt32 = 0
    /// The hash of the street, numbers left out; 0 where there is none.
    var street: UInt32 = 0
    /// -1 where none is told.
    var killed: Int16 = -1
    var injured: Int16 = -1
    /// How many words the text has, at most 65,535.
    var length: UInt16 = 0
    /// Days of the week that dates without a date name, a bit each.
    var weekdays: UInt8 = 0
    /// Whether title, headline or opening tell the place.
    var isPlaceLeading = false
    /// Points of the districts, towns and sites that the text names, the first named ones, distinct, ascending.
    var spots: [Spot] = []
    /// The countries that the text names, or places in them, distinct, ascending.
    var countries: [UInt16] = []
    /// Distinct, ascending by hash.
    var terms: [Term] = []
    /// Distinct, ascending by hash.
    var names: [Name] = []
    /// Ages that are told, distinct, ascending.
    var ages: [UInt8] = []
    /// Days that the text names, distinct, ascending.
    var dates: [Int32] = []
    /// Days of any year, 32 times the month and the day, distinct, ascending.
    var yearDays: [UInt16] = []
    /// Names and telling words for people, each once.
    var labels: [Label] = []

    /// Hashes under which stories are looked up that may tell of the same: ascending, distinct, at most 24.
    public var keys: [Int64] = []

    /// The days by which candidates are narrowed, as `Day.number`; nil where the story has no date.
    public var days: ClosedRange<Int>? {
        switch (from == LinkItem.unknown, published == LinkItem.unknown) {
        case (true, true): nil
        case (false, true): Int(from)...Int(max(from, to))
        case (true, false): Int(published)...Int(published)
        case (false, false): Int(min(from, published))...Int(max(from, published))
        }
    }

    /// An item that knows nothing.
    init() {}
}

extension LinkItem {
    private static let termLimit = 112
    private static let nameLimit = 40
    private static let labelLimit = 16
    private static let spotLimit = 16
    private static let countryLimit = 12
    private static let textLimit = 16_000

    /// What linking looks at of a story's reading.
    ///
    /// - Parameter text: the bytes that the reading's spans count in; may be empty where a reading has none.
    public init(_ reading: Reading, text: [UInt8]) {
        let title = Array((reading.title ?? "").utf8)
        published = reading.published.map { Int32(clamping: $0.number) } ?? LinkItem.unknown
        let end = min(reading.pageSpan.end, text.count)
        let body = text[min(reading.pageSpan.start, end)..<end].prefix(LinkItem.textLimit)
        readIncident(reading, text)
        readSpots(reading)
        readNames(reading, text, title)
        readTimes(reading)
        let ranked = readTerms(reading, body, title[...])
        names = LinkItem.distinct(names)
        labels = Array(labels.prefix(LinkItem.labelLimit))
        keys = madeKeys(ranked)
    }

    private mutating func readIncident(_ reading: Reading, _ text: [UInt8]) {
        guard let main = reading.incidents.first(where: \.main) ?? reading.incidents.first else { return }
        type = UInt8(IncidentType.allCases.firstIndex(of: main.type) ?? 255)
        from = main.from.map { Int32(clamping: $0.number) } ?? LinkItem.unknown
        to = max(from, main.to.map { Int32(clamping: $0.number) } ?? from)
        killed = LinkItem.count(main.killed)
        injured = LinkItem.count(main.injured)
        guard let place = main.place else { return }
        let name = Array(place.name.utf8)
        self.place = LinkWords.hash(of: name[...])
        level = place.level.flatMap { PlaceLevel.allCases.firstIndex(of: $0) }.map { UInt8($0) } ?? 255
        if let code = place.country, code.utf8.count == 2 { country = LinkItem.country(code) }
        if let lat = place.lat, let lon = place.lon, lat.magnitude <= 90, lon.magnitude <= 360 {
            self.lat = Int32((lat * 10_000).rounded())
            self.lon = Int32((lon * 10_000).rounded())
        }
        if place.level == .exact {
            // `1200 block of West Papeete Street` and `Papeete St.` are one street: the rarest word stands for it.
            var best: (hash: UInt32, level: UInt8) = (0, 0)
            LinkWords.each(in: name[...]) { hash, _ in
                let level = LinkCounts.shared.level(hash)
                if !LinkWords.isNumber(hash), level >= best.level { best = (hash, level) }
            }
            street = best.hash
        }
        labels.append(Label(hash: self.place, text: LinkItem.short(name[...])))
    }

    private static func country(_ code: String) -> UInt16 { code.utf8.reduce(0) { $0 << 8 | UInt16($1) } }

    private mutating func readSpots(_ reading: Reading) {
        var lands: Set<UInt16> = []
        for place in reading.places where lands.count < LinkItem.countryLimit {
            if let code = place.country, code.utf8.count == 2 { lands.insert(LinkItem.country(code)) }
        }
        countries = lands.sorted()
        var found: Set<Spot> = []
        for place in reading.places where found.count < LinkItem.spotLimit {
            guard let lat = place.lat, let lon = place.lon, lat.magnitude <= 90, lon.magnitude <= 180,
                place.level == .exact || place.level == .populated || place.level == .district
            else { continue }
            found.insert(Spot(lat: Int16((lat * 100).rounded()), lon: Int16((lon * 100).rounded())))
        }
        spots = found.sorted()
        let main = reading.incidents.first(where: \.main) ?? reading.incidents.first
        guard let span = main?.place?.span else { return }
        // A dateline may stand outside of all sentences.
        let opening = LinkItem.opening(reading)
        isPlaceLeading = span.start < (opening.map(\.end).max() ?? 0)
    }

    private static func count(_ toll: IncidentMention.Toll?) -> Int16 {
        (toll?.best ?? toll?.max ?? toll?.min).map { Int16(max(0, min(30_000, $0))) } ?? -1
    }

    private static func short(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.count <= 40 ? bytes : bytes.prefix(while: { $0 < 0x80 }).prefix(40), as: UTF8.self)
    }

    private mutating func readNames(_ reading: Reading, _ text: [UInt8], _ title: [UInt8]) {
        var speakers: Set<UInt32> = []
        for attribution in reading.attributions where attribution.speaker.kind == .named {
            guard let name = attribution.speaker.name else { continue }
            speakers.insert(LinkItem.lastWord(Array(name.utf8)[...]).hash)
        }
        var hit: Set<Int> = []
        for incident in reading.incidents {
            for actor in incident.actors { if let entity = actor.entity { hit.insert(entity) } }
        }
        for mention in reading.names where mention.span.end <= text.count {
            let bytes = text[mention.span.range]
            switch mention.type {
            case .person:
                let last = LinkItem.lastWord(bytes)
                guard last.hash != 0 else { continue }
                var traits: Traits = speakers.contains(last.hash) ? .speaker : []
                let age = LinkItem.age(behind: mention.span.end, text)
                if let age { ages.append(age) }
                if age != nil || hit.contains(mention.entity) { traits.insert(.involved) }
                names.append(Name(hash: last.hash, level: last.level, traits: traits.union(.person)))
                if last.words > 1 {
                    let whole = LinkWords.hash(of: bytes)
                    names.append(Name(hash: whole, level: last.level, traits: traits.union(.full)))
                    let isTold = traits.contains(.involved) || !traits.contains(.speaker)
                    if isTold, labels.count < 8 { label(whole, bytes) }
                }
            case .location:
                names.append(
                    Name(hash: LinkWords.hash(of: bytes), level: LinkItem.rarest(bytes), traits: .place))
            case .organization, .misc:
                names.append(Name(hash: LinkWords.hash(of: bytes), level: LinkItem.rarest(bytes), traits: .other))
            }
        }
        readAges(text[min(reading.pageSpan.start, text.count)..<min(reading.pageSpan.end, text.count)])
        readAges(title[...])
        ages = Array(Array(Set(ages)).sorted().prefix(16))
    }

    private mutating func label(_ hash: UInt32, _ bytes: ArraySlice<UInt8>) {
        guard !labels.contains(where: { $0.hash == hash }) else { return }
        labels.append(Label(hash: hash, text: LinkItem.short(bytes)))
    }

    private static func lastWord(_ bytes: ArraySlice<UInt8>) -> (hash: UInt32, level: UInt8, words: Int) {
        var found: (hash: UInt32, level: UInt8, words: Int) = (0, 0, 0)
        LinkWords.each(in: bytes) { hash, range in
            // `Jr.`, `II` are no last names.
            guard !LinkWords.isNumber(hash), range.count > 2 || found.words == 0 else { return }
            found = (hash, 0, found.words + 1)
        }
        found.level = LinkCounts.shared.level(found.hash)
        return found
    }

    private static func rarest(_ bytes: ArraySlice<UInt8>) -> UInt8 {
        var level: UInt8 = 0
        LinkWords.each(in: bytes) { hash, _ in level = max(level, LinkCounts.shared.level(hash)) }
        return level
    }

    /// The age that is told right behind a name: `Jane Doe, 23,`, `Jane Doe (23)`.
    private static func age(behind offset: Int, _ text: [UInt8]) -> UInt8? {
        var at = offset
        while at < text.count, at < offset + 2,
            text[at] == UInt8(ascii: ",") || text[at] == UInt8(ascii: " ")
                || text[at] == UInt8(ascii: "(")
        {
            at += 1
        }
        guard at == offset + 2 else { return nil }
        return number(at, text[...]).flatMap { number in
            guard number.end < text.count else { return number.value }
            let next = text[number.end]
            return next == UInt8(ascii: ",") || next == UInt8(ascii: ")") || next == UInt8(ascii: ".")
                ? number.value : nil
        }
    }

    private static func number(_ start: Int, _ text: ArraySlice<UInt8>) -> (value: UInt8, end: Int)? {
        var at = start
        var value = 0
        while at < text.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[at], at < start + 3 {
            value = value * 10 + Int(text[at] - UInt8(ascii: "0"))
            at += 1
        }
        return at > start && 1...110 ~= value ? (UInt8(value), at) : nil
    }

    /// Ages told as `23-year-old`, `23 years old`.
    private mutating func readAges(_ text: ArraySlice<UInt8>) {
        let mark = Array("year".utf8)
        var at = text.startIndex
        while at + 4 < text.endIndex {
            guard text[at] == mark[0], text[at + 1] == mark[1], text[at + 2] == mark[2], text[at + 3] == mark[3] else {
                at += 1
                continue
            }
            defer { at += 4 }
            // `old` follows soon.
            let rest = text[(at + 4)..<min(at + 9, text.endIndex)]
            guard rest.contains(UInt8(ascii: "o")), rest.contains(UInt8(ascii: "l")) else { continue }
            var end = at - 1
            if end >= text.startIndex, text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: " ") { end -= 1 }
            var start = end
            while start >= text.startIndex, end - start < 3, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[start] {
                start -= 1
            }
            if let number = LinkItem.number(start + 1, text[...end]) { ages.append(number.value) }
        }
    }

    private mutating func readTimes(_ reading: Reading) {
        for time in reading.times where time.type == .date || time.type == .time {
            let value = Array(time.value.utf8)
            if let day = Day(iso: time.value) {
                dates.append(Int32(clamping: day.number))
                yearDays.append(UInt16(day.date.month * 32 + day.date.day))
            } else if value.count >= 10, value.starts(with: "XXXX-WXX-".utf8), 1...7 ~= Int(value[9]) - 48 {
                weekdays |= 1 << (value[9] - 48)
            } else if value.count >= 10, value.starts(with: "XXXX-".utf8), value[7] == UInt8(ascii: "-") {
                let digits = [value[5], value[6], value[8], value[9]].map { Int($0) - 48 }
                guard digits.allSatisfy({ 0...9 ~= $0 }) else { continue }
                yearDays.append(UInt16((digits[0] * 10 + digits[1]) * 32 + digits[2] * 10 + digits[3]))
            }
        }
        dates = Array(Array(Set(dates)).sorted().prefix(12))
        yearDays = Array(Array(Set(yearDays)).sorted().prefix(12))
    }

    /// Reads the words; gives the most telling, strongest first.
    private mutating func readTerms(_ reading: Reading, _ body: ArraySlice<UInt8>, _ title: ArraySlice<UInt8>)
        -> [UInt32]
    {
        struct Count {
            var hash: UInt32
            var isHead: Bool
            var range: Range<Int>
            var isTitle: Bool
        }
        var all: [Count] = []
        all.reserveCapacity(body.count / 5)
        LinkWords.each(in: title) { all.append(Count(hash: $0, isHead: true, range: $1, isTitle: true)) }
        let head = LinkItem.opening(reading)
        let headEnd = body.startIndex + 900
        LinkWords.each(in: body) { hash, range in
            let isHead =
                range.lowerBound < headEnd
                && head.contains { $0.start <= range.lowerBound && range.upperBound <= $0.end }
            all.append(Count(hash: hash, isHead: isHead, range: range, isTitle: false))
        }
        length = UInt16(clamping: all.count)
        all.sort {
            ($0.hash, $0.isTitle ? 0 : 1, $0.range.lowerBound) < ($1.hash, $1.isTitle ? 0 : 1, $1.range.lowerBound)
        }
        struct Word {
            var hash: UInt32
            var level: UInt8
            var body: Float
            var head: Float
            var first: Count
        }
        var words: [Word] = []
        var at = 0
        while at < all.count {
            var count: Float = 0
            var inHead: Float = 0
            let first = all[at]
            while at < all.count, all[at].hash == first.hash {
                count += 1
                if all[at].isHead { inHead += 1 }
                at += 1
            }
            let level = LinkCounts.shared.level(first.hash)
            let weight = Float(level) / 32
            words.append(
                Word(
                    hash: first.hash, level: level, body: weight * LinkItem.damped(count),
                    head: weight * LinkItem.damped(inHead), first: first))
        }
        let bodyLength = max(1e-6, words.reduce(0) { $0 + $1.body * $1.body }.squareRoot())
        let headLength = max(1e-6, words.reduce(0) { $0 + $1.head * $1.head }.squareRoot())
        words.sort { ($0.body + $0.head, $0.hash) > ($1.body + $1.head, $1.hash) }
        terms = words.prefix(LinkItem.termLimit).map { word in
            Term(
                hash: word.hash, body: UInt8(min(255, (word.body / bodyLength * 400).rounded())),
                head: UInt8(min(255, (word.head / headLength * 400).rounded())), level: word.level)
        }
        terms.sort { $0.hash < $1.hash }
        for word in words.prefix(24) where labels.count < LinkItem.labelLimit && word.first.range.count > 2 {
            label(word.hash, word.first.isTitle ? title[word.first.range] : body[word.first.range])
        }
        return words.prefix(LinkItem.keyLimit).map(\.hash)
    }

    /// Where the story says in short what it is about: its headline and the first two sentences of its body.
    private static func opening(_ reading: Reading) -> [Span] {
        let start = reading.anatomy.paragraphs.first?.start ?? reading.pageSpan.start
        return (reading.anatomy.headline.map { [$0] } ?? []) + reading.sentences.filter { $0.start >= start }.prefix(2)
    }

    /// A count, damped: each further one tells less.
    private static func damped(_ count: Float) -> Float {
        switch count {
        case 0: 0
        case 1: 1
        case 2: 1.69
        case 3: 2.1
        case 4: 2.39
        case 5: 2.61
        default: min(4, 2.61 + (count - 5) * 0.15)
        }
    }

    /// Each name once, with all that it is anywhere; the rarest where there are too many.
    private static func distinct(_ names: [Name]) -> [Name] {
        var names = names.filter { $0.hash != 0 }.sorted { $0.hash < $1.hash }
        var kept: [Name] = []
        for name in names {
            if let last = kept.last, last.hash == name.hash {
                kept[kept.count - 1].traits.formUnion(name.traits)
            } else {
                kept.append(name)
            }
        }
        guard kept.count > nameLimit else { return kept }
        names = kept.sorted {
            ($0.traits.contains(.involved) ? 1 : 0, $0.level, $0.hash)
                > ($1.traits.contains(.involved) ? 1 : 0, $1.level, $1.hash)
        }
        return names.prefix(nameLimit).sorted { $0.hash < $1.hash }
    }
}
