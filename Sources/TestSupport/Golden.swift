public import Foundation

/// Holds what comes out against a file that came out before.
///
/// With RECORD_GOLDENS=1 in the environment the file is written anew, and the check fails all the same: a golden file is
/// looked at before it is trusted.
public enum Golden {
    /// What differs, in words; nil where nothing does.
    public static func difference(_ text: String, from file: URL) -> String? {
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
            try? Data(text.utf8).write(to: file)
            return
                "\(file.lastPathComponent) was recorded: look at the change, then run the tests without RECORD_GOLDENS"
        }
        guard let data = FileManager.default.contents(atPath: file.path) else {
            return "\(file.lastPathComponent) is missing: record it with RECORD_GOLDENS=1 swift test"
        }
        let golden = String(decoding: data, as: UTF8.self)
        guard golden != text else { return nil }
        let (old, new) = (
            golden.split(separator: "\n", omittingEmptySubsequences: false),
            text.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        return """
            \(file.lastPathComponent) differs from line \(line + 1) on:
            - \(line < old.count ? String(old[line]) : "(end)")
            + \(line < new.count ? String(new[line]) : "(end)")
            If the change is meant, record it with RECORD_GOLDENS=1 swift test.
            """
    }
}
