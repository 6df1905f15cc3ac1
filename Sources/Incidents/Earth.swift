/// Distances on a sphere, without a mathematics library: the linguistic stages import none.
enum Earth {
    /// The distance of two points in kilometres, after the equirectangular approximation: within 1 % below 500 km, and
    /// good enough to tell near from far beyond.
    static func distance(_ lat: Double, _ lon: Double, _ otherLat: Double, _ otherLon: Double) -> Double {
        var turn = (otherLon - lon).magnitude
        if turn > 180 { turn = 360 - turn }
        let x = turn * cosine((lat + otherLat) / 2)
        let y = otherLat - lat
        return (x * x + y * y).squareRoot() * 111.19
    }

    /// The cosine of an angle in degrees, for -90 ... 90: four terms of the series, good to 3e-5.
    static func cosine(_ degrees: Double) -> Double {
        let x = degrees * 0.017_453_292_519_943_295
        let s = x * x
        return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56)))
    }
}
