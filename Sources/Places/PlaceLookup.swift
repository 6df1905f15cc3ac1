public import Stories

/// Looks names up in the gazetteer, without a story around them.
public struct PlaceLookup: Sendable {
    private let gazetteer: Gazetteer

    /// Opens the gazetteer that ships with Onrecord: reads its head, and nothing else.
    public init() { gazetteer = Gazetteer(bytes: .gazetteer) }

    /// How many places bear a name, letter case, accents, hyphens and the spelling of Arabic articles aside.
    ///
    /// - Parameter name: the name in UTF-8, its words parted by spaces or hyphens.
    /// - Complexity: O(*n*) in the length of the name.
    public func count(of name: [UInt8]) -> Int { find(name).count }

    /// The place that a person most likely means by words such as `Aleppo`, `Springfield, Illinois` or `Paris, US`: of
    /// those of that name, inside what is named behind a comma, the one of the widest reach; nil where there is none.
    ///
    /// - Complexity: O(*n*) in the length of the name and in the number of places that bear it.
    public func place(named words: String) -> IncidentMention.Place? {
        let parts = words.split(separator: ",", omittingEmptySubsequences: true).map {
            Array($0.drop(while: \.isWhitespace).utf8)
        }
        guard let first = parts.first else { return nil }
        let found = find(first).map { gazetteer.place(at: $0) }
        let inside = parts.dropFirst().reduce(found) { places, part in
            let containers = Set(find(part).map { gazetteer.place(at: $0).number })
            let code = part.count == 2 ? UInt16(part[0] & 0xDF) << 8 | UInt16(part[1] & 0xDF) : 0
            return places.filter { place in
                place.country == code && code != 0 || containers.contains { gazetteer.lies(place, in: $0) }
            }
        }
        guard let widest = inside.first else { return nil }
        // Who names a town that its county is named for means the town.
        let isAround = widest.level == .province || widest.level == .district
        let town = inside.first { $0.level == .populated && $0.reach > widest.reach / 10 }
        let place = isAround ? town ?? widest : widest
        let code = [UInt8(truncatingIfNeeded: place.country >> 8), UInt8(truncatingIfNeeded: place.country)]
        return IncidentMention.Place(
            name: gazetteer.name(of: place), country: place.country == 0 ? nil : String(decoding: code, as: UTF8.self),
            lat: place.lat, lon: place.lon, level: place.level)
    }

    /// The positions of the places of a name, widest reach first.
    private func find(_ name: [UInt8]) -> Range<Int> {
        var key = PlaceKey()
        var start = 0
        for at in 0...name.count
        where at == name.count || name[at] == UInt8(ascii: " ") || name[at] == UInt8(ascii: "-") {
            if start < at { key.append(name, start, at) }
            start = at + 1
        }
        return gazetteer.find(key.hash)
    }
}
