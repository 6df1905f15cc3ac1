import Foundation

/// Standard output and standard error, as people and programs see them.
enum Terminal {
    /// Whether a person looks at standard output.
    static let isInteractive = isatty(STDOUT_FILENO) == 1
    /// Whether a person looks at standard error.
    static let showsProgress = isatty(STDERR_FILENO) == 1
    /// Whether to use colours: on a terminal, unless NO_COLOR is set (no-color.org).
    static let hasColour = isInteractive && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

    /// How many columns a line has: those of the terminal, 60 to 140; 100 where there is none.
    static let width: Int = {
        var size = winsize()
        let told = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
        let asked = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 0
        return min(140, max(60, told > 0 ? told : asked > 0 ? asked : 100))
    }()

    /// Says what went wrong.
    static func complain(_ message: String) {
        clearProgress()
        write("onrecord: \(safe(message))\n")
    }

    /// Says something by the way, on standard error.
    static func remark(_ message: String) {
        clearProgress()
        write("\(safe(message))\n")
    }

    /// Shows how far the work is, on one line that is written over; nothing where nobody looks.
    static func progress(_ message: String) {
        if showsProgress { write("\r\u{1B}[K\(safe(message))") }
    }

    static func clearProgress() {
        if showsProgress { write("\r\u{1B}[K") }
    }

    private static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Text without control characters: what a page says cannot steer the terminal.
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(isControl(scalar) ? " " : scalar) }
        return String(safe)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    static func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    static func dim(_ text: String) -> String { hasColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

/// Standard output in pieces of 64 KiB.
struct Output {
    private var waiting: [UInt8] = []

    mutating func write(_ bytes: [UInt8]) throws {
        waiting += bytes
        if waiting.count >= 64 << 10 { try flush() }
    }

    mutating func write(line: String) throws { try write(Array((line + "\n").utf8)) }

    mutating func flush() throws {
        guard !waiting.isEmpty else { return }
        try FileHandle.standardOutput.write(contentsOf: Data(waiting))
        waiting = []
    }

    /// Writes a value as indented JSON.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var output = Output()
        try output.write(Array(try encoder.encode(value)) + [10])
        try output.flush()
    }
}
