/// Why an address gave no page. Each says what to do about it.
public enum FetchError: Error, Hashable, Sendable {
    /// It is no address of the web.
    case badAddress(String)
    /// The host's `robots.txt` forbids it.
    case forbiddenToRobots(url: String)
    /// The host answered with an error.
    case status(url: String, code: Int)
    /// The host wants to be left alone for so many seconds.
    case later(url: String, code: Int, seconds: Int)
    /// It leads from address to address without end.
    case redirects(url: String)
    /// It is larger than the limit, in bytes, packed or unpacked.
    case tooLarge(url: String, limit: Int)
    /// The answer did not come, or did not end, within so many seconds.
    case slow(url: String, seconds: Int)
    /// The connection failed: what the system says.
    case connection(url: String, reason: String)

    /// Whether trying again later may help.
    public var isPassing: Bool {
        switch self {
        case .later, .slow, .connection: true
        case .status(_, let code): code >= 500 || code == 408
        case .badAddress, .forbiddenToRobots, .redirects, .tooLarge: false
        }
    }
}

extension FetchError: CustomStringConvertible {
    /// One sentence for the person who gave the address.
    public var description: String {
        switch self {
        case .badAddress(let address): "\(address): no address of the web: it begins with http:// or https://"
        case .forbiddenToRobots(let url): "\(url): the host's robots.txt forbids it to Onrecord: ask its owner"
        case .status(let url, 404), .status(let url, 410): "\(url): there is no such page: check the address"
        case .status(let url, 401), .status(let url, 403), .status(let url, 402):
            "\(url): the host does not let Onrecord have it: save the page and add the file"
        case .status(let url, let code): "\(url): the host answered \(code): try again later"
        case .later(let url, let code, let seconds):
            "\(url): the host answered \(code) and wants to be left alone for \(seconds) s: it is asked again later"
        case .redirects(let url): "\(url): leads from one address to another without end: give the page's own address"
        case .tooLarge(let url, let limit): "\(url): larger than \(limit >> 20) MiB: raise the limit with --max-size"
        case .slow(let url, let seconds): "\(url): no whole answer within \(seconds) s: it is asked again later"
        case .connection(let url, let reason): "\(url): cannot be reached: \(reason)"
        }
    }
}
