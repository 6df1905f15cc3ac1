/// The engine that makes readings: stages, word lists and models together.
public enum Engine {
    /// Version of the engine. What was derived by another version is derived anew.
    public static let version = "0.1.0"
}
