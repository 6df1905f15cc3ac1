/// Turns an XML page into UTF-8, by its byte order mark, what came with it, or its own declaration.
enum XMLText {
    /// - Parameter isLenient: whether bytes that the character set lacks are replaced.
    /// - Throws: as `TextDecoding.decode`.
    static func decode(_ page: Page, isLenient: Bool = false) throws(IntakeError) -> [UInt8] {
        var page = page
        page.charset = page.charset ?? declared(page.bytes)
        do throws(IntakeError) {
            return try TextDecoding.decode(page).bytes
        } catch {
            guard isLenient, case .undecodable(_, let charset, let offset) = error, charset.uppercased() == "UTF-8"
            else {
                throw error
            }
            // Where no character beyond ASCII came before the bad byte, the whole is Windows-1252 by a wrong name.
            if page.bytes.prefix(offset).allSatisfy({ $0 < 0x80 }) {
                page.charset = nil
                return try TextDecoding.decode(page).bytes
            }
            return Array(String(decoding: page.bytes, as: UTF8.self).utf8)
        }
    }

    /// The encoding that `<?xml … encoding="…"?>` names.
    private static func declared(_ bytes: [UInt8]) -> String? {
        let head = bytes.prefix(256).drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        let text = String(decoding: head[..<end], as: UTF8.self)
        guard let at = text.firstRange(of: "encoding") else { return nil }
        let value = text[at.upperBound...].drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
            .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        return value.isEmpty ? nil : String(value)
    }
}
