public import Language
public import Stories

/// Finds the places that a story names, and tells which of the world's places of a name is meant.
///
/// Toponym resolution by a gazetteer and the story's own evidence: what stands behind a comma (`Paris, Texas`), what
/// countries and states the story names elsewhere, how large a place is, and one sense a name in a story.
public struct PlaceReader: Sendable {
    private let gazetteer = Gazetteer.shared

    /// A reader over the gazetteer that ships with Onrecord.
    public init() {}

    /// The places of a story in order, none overlapping. A name that the gazetteer lacks is left out.
    ///
    /// - Complexity: O(*n* log *g*) in the tokens and the names of the gazetteer.
    public func read(_ analysis: Analysis) -> [PlaceMention] {
        let toponyms = ToponymFinder(analysis: analysis, gazetteer: gazetteer).find()
        return ToponymResolver(gazetteer: gazetteer).resolve(toponyms).map { toponym, place in
            PlaceMention(
                span: analysis.span(of: toponym.tokens), name: gazetteer.name(of: place),
                country: place.country == 0 ? nil : PlaceReader.letters(place.country), lat: place.lat, lon: place.lon,
                geonameid: place.geonameid == 0 ? nil : place.geonameid, level: place.level)
        }
    }

    private static func letters(_ country: UInt16) -> String {
        String(decoding: [UInt8(country >> 8), UInt8(country & 0xFF)], as: UTF8.self)
    }
}
