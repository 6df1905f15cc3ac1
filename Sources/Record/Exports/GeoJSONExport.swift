internal import Stories

/// Points for a map (RFC 7946): WGS 84, longitude first, no geometry where no place is known.
enum GeoJSONExport {
    /// A feature collection, or a feature a line.
    static func shape(lines: Bool) -> ExportShape {
        guard !lines else { return ExportShape { feature($0).line } }
        return ExportShape(
            head: "{\"type\":\"FeatureCollection\",\"features\":[\n", separator: ",\n", tail: "\n]}\n"
        ) { feature($0).text }
    }

    private static func feature(_ subject: ExportSubject) -> JSONText {
        let incident = subject.incident
        var geometry = JSONText.null
        if let lat = incident.place?.lat, let lon = incident.place?.lon, -90...90 ~= lat, -180...180 ~= lon {
            geometry = .known(("type", .string("Point")), ("coordinates", .array([.number(lon), .number(lat)])))
        }
        return .known(
            ("type", .string("Feature")), ("id", .string(incident.id)), ("geometry", geometry),
            ("properties", properties(subject)))
    }

    private static func properties(_ subject: ExportSubject) -> JSONText {
        let incident = subject.incident
        var pairs: [(String, JSONText)] = [
            ("headline", .string(incident.headline)), ("type", .string(incident.type.rawValue)),
            ("from", .string(incident.from?.description) ?? .null), ("to", .string(incident.to?.description) ?? .null),
            ("place", .string(incident.place?.name) ?? .null), ("country", .string(incident.place?.country) ?? .null),
            ("precision", .string(incident.place?.level?.rawValue) ?? .null),
        ]
        // Flat, as maps style by a property's name.
        for toll in incident.tolls {
            let name = toll.measure.rawValue.replacing("-", with: "_")
            pairs += [
                ("\(name)_low", .number(toll.low)), ("\(name)_best", .number(toll.best)),
                ("\(name)_high", .number(toll.high)), ("\(name)_grade", .string(toll.grade.rawValue)),
            ]
        }
        pairs += [
            ("reports", JSONText(incident.coverage.reports)), ("texts", JSONText(incident.coverage.texts)),
            ("origins", JSONText(incident.coverage.origins)), ("disputes", JSONText(incident.disputes)),
            ("status", .string(incident.status.rawValue)),
            ("profiles", .array(subject.dossier.profiles.map(profile))),
        ]
        return .object(pairs)
    }

    /// A profile's toll; `null` where the method gives no number.
    static func profile(_ toll: ProfileToll) -> JSONText {
        .object([
            ("profile", .string(toll.profile.rawValue)), ("measure", .string(toll.measure.rawValue)),
            ("population", .string(toll.population.rawValue)), ("low", .number(toll.low) ?? .null),
            ("best", .number(toll.best) ?? .null), ("high", .number(toll.high) ?? .null),
            ("grade", .string(toll.grade) ?? .null), ("pending", .truth(toll.pending)),
            ("imputed", .truth(toll.imputed)), ("rule", .string(toll.rule)),
        ])
    }
}
