/// Lets requests to one host go one after another, with a pause between them.
actor HostTurns {
    private let clock = ContinuousClock()
    private var free: [String: ContinuousClock.Instant] = [:]
    private var quiet: [String: (until: ContinuousClock.Instant, code: Int)] = [:]
    /// Who is asked to wait longer than this goes on with something else.
    private static let patience = Duration.seconds(30)

    /// The host is to be left alone for longer than anybody waits.
    struct Quiet: Error {
        /// What it answered when it said so.
        var code: Int
        /// How many seconds are left.
        var seconds: Int
    }

    /// Waits until the host may be asked again, and takes that turn.
    ///
    /// - Parameter pause: how long the next one has to wait after this one.
    /// - Throws: `Quiet`, at once, where the host asked for a long quiet; `CancellationError` where the task ends first.
    func take(_ host: String, pause: Duration) async throws {
        if let asked = quiet[host], asked.until - clock.now > HostTurns.patience {
            throw Quiet(code: asked.code, seconds: Int(((asked.until - clock.now) / .seconds(1)).rounded(.up)))
        }
        let turn = max(clock.now, free[host] ?? clock.now)
        // Taken before the wait, so that those who come meanwhile queue behind it.
        free[host] = turn + pause
        try await clock.sleep(until: turn)
    }

    /// The host asked for quiet: nobody asks it anything before the time is over.
    func hold(_ host: String, for time: Duration, code: Int) {
        quiet[host] = (clock.now + time, code)
        free[host] = max(free[host] ?? clock.now, clock.now + time)
    }
}
