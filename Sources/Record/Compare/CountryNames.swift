internal import Foundation

/// The codes of countries, by the names that coded files have for them.
enum CountryNames {
    /// ISO 3166-1 alpha-2 code of the country of that English name; a name in brackets behind it is passed over.
    static func code(_ name: String) -> String? {
        let folded = fold(name)
        if let code = codes[folded] { return code }
        guard let bracket = name.firstIndex(of: "(") else { return nil }
        return codes[fold(String(name[..<bracket]))]
    }

    private static let codes: [String: String] = {
        let english = Locale(identifier: "en_US")
        var codes: [String: String] = [:]
        for region in Locale.Region.isoRegions where region.identifier.count == 2 {
            guard let name = english.localizedString(forRegionCode: region.identifier) else { continue }
            codes[fold(name)] = region.identifier
        }
        return codes.merging(others) { $1 }
    }()

    /// What coded files call countries that go by another name elsewhere.
    private static let others = [
        "myanmar": "MM", "burma": "MM", "russia": "RU", "dr congo": "CD", "democratic republic of congo": "CD",
        "congo": "CG", "republic of congo": "CG", "ivory coast": "CI", "cote d'ivoire": "CI", "turkey": "TR",
        "palestine": "PS", "west bank": "PS", "gaza": "PS", "gaza strip": "PS", "hong kong": "HK", "macau": "MO",
        "united states of america": "US", "usa": "US", "uk": "GB", "czech republic": "CZ", "east timor": "TL",
        "timor leste": "TL", "macedonia": "MK", "macedonia, fyr": "MK", "north macedonia": "MK", "kosovo": "XK",
        "bosnia herzegovina": "BA", "kingdom of eswatini": "SZ", "swaziland": "SZ", "cabo verde": "CV",
        "yemen": "YE", "serbia": "RS", "cambodia": "KH", "madagascar": "MG", "zimbabwe": "ZW", "vietnam": "VN",
        "laos": "LA", "syria": "SY", "iran": "IR", "south korea": "KR", "north korea": "KP", "taiwan": "TW",
        "trinidad and tobago": "TT", "moldova": "MD", "tanzania": "TZ", "brunei": "BN", "the gambia": "GM",
    ]

    private static func fold(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .replacingOccurrences(of: "’", with: "'").replacingOccurrences(of: "&", with: "and")
            .split { $0.isWhitespace || $0 == "-" }.joined(separator: " ")
    }
}
