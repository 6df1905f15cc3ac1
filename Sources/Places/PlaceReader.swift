public import Language
public import Stories

/// Finds the places that a story names, and tells which of the world's places of a name is meant.
///
/// Toponym resolution by a gazetteer and the story's own evidence: what stands behind a comma (`Paris, Texas`), what
/// countries, states and neighbourhoods the story names elsewhere, how large a place is, and one sense a name in a story.
/// Streets are found, too, and lie where their town does.
public struct PlaceReader: Sendable {
    private let gazetteer = Gazetteer.shared

    /// A reader over the gazetteer that ships with Onrecord.
    public init() {}

    /// The places of a story in order, none overlapping. One that cannot be told has no coordinates.
    ///
    /// - Complexity: O(*n*) in the tokens.
    public func read(_ analysis: Analysis) -> [PlaceMention] {
        let toponyms = ToponymFinder(analysis: analysis, gazetteer: gazetteer).find()
        let places = ToponymResolver(gazetteer: gazetteer).resolve(toponyms, peoples: PlaceReader.peoples(analysis))
        return toponyms.indices.compactMap { index in
            let toponym = toponyms[index]
            // A name of the gazetteer that means none of its places is a place only where the words around it say so.
            if places[index] == nil, toponym.kind == .name, !toponym.isBehindPreposition { return nil }
            let span = analysis.span(of: toponym.tokens)
            guard let place = places[index] else {
                let isInTown = toponym.kind == .street || toponym.kind == .site
                let town = isInTown ? PlaceReader.town(of: index, toponyms, places) : nil
                return PlaceMention(
                    span: span, name: analysis.text(of: toponym.tokens),
                    country: town.flatMap { PlaceReader.letters($0.country) },
                    lat: town?.lat, lon: town?.lon, level: isInTown ? .exact : nil)
            }
            return PlaceMention(
                span: span, name: gazetteer.name(of: place), country: PlaceReader.letters(place.country),
                lat: place.lat, lon: place.lon, geonameid: place.geonameid == 0 ? nil : place.geonameid,
                level: place.level)
        }
    }

    /// The town that a street or site lies in: the one behind its comma, else the nearest named before it, else after it.
    private static func town(of index: Int, _ toponyms: [Toponym], _ places: [Gazetteer.Place?]) -> Gazetteer.Place? {
        if let container = toponyms[index].container, let place = places[container] { return place }
        for back in 1...8 where index - back >= 0 {
            if let place = places[index - back], place.level == .populated || place.level == .district { return place }
        }
        for ahead in 1...8 where index + ahead < places.count {
            if let place = places[index + ahead], place.level == .populated || place.level == .district { return place }
        }
        return nil
    }

    /// How often the story speaks of the people of each country (`Syrian`) or of offices that it alone has (`sheriff`).
    static func peoples(_ analysis: Analysis) -> [UInt16: Int] {
        var counts: [UInt16: Int] = [:]
        for (index, token) in analysis.tokens.enumerated() {
            guard token.isIn(.nationality) else {
                if let country = country(ofOffice: index, in: analysis) { counts[country, default: 0] += 1 }
                continue
            }
            guard let code = analysis.value(of: index, in: .nationality), code > 1 else { continue }
            counts[UInt16(truncatingIfNeeded: code), default: 0] += 1
        }
        return counts
    }

    /// The country whose own kind of office, division or money a word names.
    private static func country(ofOffice index: Int, in analysis: Analysis) -> UInt16? {
        let start = Int(analysis.tokens[index].start)
        switch analysis.story.bytes[start] | 0x20 {
        case UInt8(ascii: "s"):
            return analysis.is(index, anyOf: "sheriff", "selectmen", "selectman", "statehouse") ? unitedStates : nil
        case UInt8(ascii: "t"):
            return analysis.is(index, anyOf: "township", "trooper", "troopers") ? unitedStates : nil
        case UInt8(ascii: "c"): return analysis.is(index, "constabulary") ? unitedKingdom : nil
        // The first byte of the pound sign, with the bit of lower case.
        case 0xE2: return analysis.is(index, "£") ? unitedKingdom : nil
        default: return nil
        }
    }

    private static let unitedStates: UInt16 = 0x5553
    private static let unitedKingdom: UInt16 = 0x4742

    private static func letters(_ country: UInt16) -> String? {
        country == 0 ? nil : String(decoding: [UInt8(country >> 8), UInt8(country & 0xFF)], as: UTF8.self)
    }
}
