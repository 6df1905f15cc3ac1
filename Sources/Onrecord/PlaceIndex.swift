internal import Places
public import Stories

/// The places that Onrecord knows, by name.
public struct PlaceIndex: Sendable {
    private let lookup = PlaceLookup()

    /// The index that ships with Onrecord.
    public init() {}

    /// The place that a person most likely means by words such as `Aleppo` or `Springfield, Illinois`; nil where there is
    /// none of that name.
    public func place(named words: String) -> IncidentMention.Place? { lookup.place(named: words) }
}
