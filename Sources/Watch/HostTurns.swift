/// Lets requests to one host go one after another, with a pause between them.
actor HostTurns {
    private let clock = ContinuousClock()
    private var free: [String: ContinuousClock.Instant] = [:]

    /// Waits until the host may be asked again, and takes that turn.
    ///
    /// - Parameter pause: how long the next one has to wait after this one.
    /// - Throws: `CancellationError` where the task ends first.
    func take(_ host: String, pause: Duration) async throws {
        let turn = max(clock.now, free[host] ?? clock.now)
        // Taken before the wait, so that those who come meanwhile queue behind it.
        free[host] = turn + pause
        try await clock.sleep(until: turn)
    }

    /// The host asked for quiet: nobody asks it anything before the time is over.
    func hold(_ host: String, for time: Duration) {
        free[host] = max(free[host] ?? clock.now, clock.now + time)
    }
}
