public import Stories

/// A file or a response as it came: one story or many, in bytes.
public struct Page: Sendable {
    /// What kind of page it is.
    public enum Format: String, Sendable, CaseIterable {
        /// By name and content.
        case auto
        case text, html, jsonl
        /// IPTC ninjs, an object or one a line.
        case ninjs
        /// IPTC NewsML-G2.
        case newsml
        /// IPTC NITF.
        case nitf
        /// Wire text with control characters: ANPA 1312, IPTC 7901.
        case anpa
        /// RSS, Atom or JSON Feed.
        case feed
    }

    /// What errors call it: a file's path, a URL, `standard input`.
    public var name: String
    /// The page as it came.
    public var bytes: [UInt8]
    /// Its format.
    public var format: Format
    /// The character set that came with it, as HTTP names it.
    public var charset: String?
    /// The day of publication that came with it, for all its stories.
    public var published: Day?
    /// Who published it.
    public var outlet: String?
    /// The address that it was fetched from.
    public var url: String?
    /// The archive and the record that it came in, for errors to name.
    public var archive: String?

    /// A page from its parts.
    public init(
        name: String, bytes: [UInt8], format: Format = .auto, charset: String? = nil, published: Day? = nil,
        outlet: String? = nil, url: String? = nil, archive: String? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.format = format
        self.charset = charset
        self.published = published
        self.outlet = outlet
        self.url = url
        self.archive = archive
    }

    /// What errors call it: with the archive, where it came in one.
    var label: String { archive.map { "\($0): \(name)" } ?? name }

    /// An error of this page that names the archive, too.
    public func named(_ error: IntakeError) -> IntakeError { archive == nil ? error : error.naming(label) }
}
