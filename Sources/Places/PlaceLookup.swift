/// Looks names up in the gazetteer, without a story around them.
public struct PlaceLookup: Sendable {
    private let gazetteer: Gazetteer

    /// Opens the gazetteer that ships with Onrecord: reads its head, and nothing else.
    public init() { gazetteer = Gazetteer(bytes: .gazetteer) }

    /// How many places bear a name, letter case, accents, hyphens and the spelling of Arabic articles aside.
    ///
    /// - Parameter name: the name in UTF-8, its words parted by spaces or hyphens.
    /// - Complexity: O(*n*) in the length of the name.
    public func count(of name: [UInt8]) -> Int {
        var key = PlaceKey()
        var start = 0
        for at in 0...name.count
        where at == name.count || name[at] == UInt8(ascii: " ") || name[at] == UInt8(ascii: "-") {
            if start < at { key.append(name, start, at) }
            start = at + 1
        }
        return gazetteer.find(key.hash).count
    }
}
