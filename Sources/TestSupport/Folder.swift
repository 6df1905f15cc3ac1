public import Foundation

/// A folder that is there for one test.
public final class Folder: Sendable {
    /// Where it is.
    public let url: URL

    /// A new, empty folder.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "onrecord-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of something in it.
    public func path(_ name: String) -> String { url.appending(path: name).path }
}
