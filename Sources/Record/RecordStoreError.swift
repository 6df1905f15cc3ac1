/// Why the record could not do what was asked. Each says what to do about it.
public enum RecordStoreError: Error, Hashable, Sendable {
    /// There is no file.
    case missing(path: String)
    /// The file is no record.
    case notARecord(path: String)
    /// A newer Onrecord made it.
    case newer(path: String)
    /// An older Onrecord made it, and it cannot be brought up to date where it lies.
    case older(path: String)
    /// Nothing can be written there.
    case readOnly(path: String)
    /// The disk is full.
    case full(path: String)
    /// Another program has been writing to it for too long.
    case busy(path: String)
    /// The file is cut or damaged: what the system says.
    case damaged(path: String, reason: String)
    /// A file of a record's rows cannot be taken in: what is wrong, and where.
    case badArchive(line: Int, reason: String)
    /// Rows are taken into an empty record alone.
    case notEmpty(path: String)
    /// A search cannot be read: what is wrong with it.
    case badSearch(reason: String)
    /// The file cannot be opened or written: what the system says.
    case unavailable(path: String, reason: String)
    /// There is no such incident or story.
    case noIncident(id: String)
    /// The beginning of an id is too short to look for.
    case tooShort(id: String)
    /// The story is there, and tells of no incident.
    case untold(story: String)
    /// More than one story has an id that begins so.
    case ambiguous(id: String, count: Int)
    /// There is no such claim.
    case noClaim(id: String)
    /// There is no such review.
    case noReview(number: String)
    /// Somebody else decided on the incident since the person last looked.
    case changedMeanwhile(by: String, number: Int)
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
        case .older(let path):
            "\(path): made by an older Onrecord and lies where nothing can be written: copy it elsewhere and open the copy"
        case .readOnly(let path): "\(path): nothing can be written there: copy the record, or mend the permissions"
        case .full(let path):
            "\(path): the disk is full: nothing of this step was kept, all before it was; make room and do it again"
        case .busy(let path): "\(path): another program is writing to the record: try again when it is done"
        case .damaged(let path, let reason):
            "\(path): the file is cut or damaged (\(reason)): take it from a backup, or save what `sqlite3 FILE .recover` finds"
        case .badArchive(let line, let reason): "line \(line): \(reason)"
        case .notEmpty(let path): "\(path): has stories already: import into a new record"
        case .badSearch(let reason): reason
        case .unavailable(let path, let reason): "\(path): the record cannot be read or written: \(reason)"
        case .noIncident(let id): "\(id): no such incident or story: see `onrecord incidents`"
        case .tooShort(let id): "\(id): too short: give the first four digits of an id at least"
        case .untold(let story): "\(story): a story that tells of no incident: see it with `onrecord search`"
        case .ambiguous(let id, let count): "\(id): \(count) stories have an id that begins so: give more of its digits"
        case .noClaim(let id): "\(id): no such claim: see the claims of `onrecord show`"
        case .noReview(let number): "\(number): no such review: see `onrecord review list`"
        case .changedMeanwhile(let by, let number):
            "\(by) decided on this incident meanwhile (review \(number)): look at it again, then decide"
        case .badReview(let reason): reason
        }
    }
}
