/// Why the record could not do what was asked. Each says what to do about it.
public enum RecordStoreError: Error, Hashable, Sendable {
    /// There is no file.
    case missing(path: String)
    /// The file is no record.
    case notARecord(path: String)
    /// A newer Onrecord made it.
    case newer(path: String)
    /// The file cannot be opened or written: what the system says.
    case unavailable(path: String, reason: String)
    /// There is no such incident or story.
    case noIncident(id: String)
    /// More than one story has an id that begins so.
    case ambiguous(id: String, count: Int)
    /// There is no such claim.
    case noClaim(id: String)
    /// There is no such review.
    case noReview(number: String)
    /// A review cannot be read: what is wrong with it.
    case badReview(reason: String)
}

extension RecordStoreError: CustomStringConvertible {
    /// One sentence for the person who asked: what, where, the mend.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no record there: make one with `onrecord add`, or name another with --record"
        case .notARecord(let path):
            "\(path): not a record: name another file with --record, or let `onrecord add` make one"
        case .newer(let path): "\(path): made by a newer Onrecord: bring this one up to date"
        case .unavailable(let path, let reason): "\(path): the record cannot be read or written: \(reason)"
        case .noIncident(let id): "\(id): no such incident or story: see `onrecord incidents`"
        case .ambiguous(let id, let count): "\(id): \(count) stories have an id that begins so: give more of its digits"
        case .noClaim(let id): "\(id): no such claim: see the claims of `onrecord show`"
        case .noReview(let number): "\(number): no such review: see `onrecord review list`"
        case .badReview(let reason): reason
        }
    }
}
