public import Stories

/// A file or a response as it came: one story or many, in bytes.
public struct Page: Sendable {
    /// What kind of page it is.
    public enum Format: String, Sendable, CaseIterable {
        /// By name and content.
        case auto
        case text, html, jsonl
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

    /// A page from its parts.
    public init(
        name: String, bytes: [UInt8], format: Format = .auto, charset: String? = nil, published: Day? = nil,
        outlet: String? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.format = format
        self.charset = charset
        self.published = published
        self.outlet = outlet
    }
}
