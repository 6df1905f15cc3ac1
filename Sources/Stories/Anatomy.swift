/// The parts of a wire story: what surrounds its sentences.
public struct Anatomy: Hashable, Sendable, Codable {
    /// The headline; a second print of it is no part of the anatomy.
    public var headline: Span?
    /// The lines that name the authors.
    public var bylines: [Byline]
    /// Place and agency that open the first paragraph: `MOSCOW (Reuters)`.
    public var dateline: Dateline?
    /// Lines that belong to pictures, photo credit included.
    public var captions: [Span]
    /// Headings amid the body.
    public var subheads: [Span]
    /// Who reported, wrote and edited, from the closing line.
    public var credits: [Credit]
    /// The paragraphs of the body, in order; the first includes the dateline.
    public var paragraphs: [Span]

    /// An anatomy from its parts.
    public init(
        headline: Span? = nil, bylines: [Byline] = [], dateline: Dateline? = nil, captions: [Span] = [],
        subheads: [Span] = [], credits: [Credit] = [], paragraphs: [Span] = []
    ) {
        self.headline = headline
        self.bylines = bylines
        self.dateline = dateline
        self.captions = captions
        self.subheads = subheads
        self.credits = credits
        self.paragraphs = paragraphs
    }
}

/// A line that names the authors: `By Kinda Makieh and Maria Tsvetkova`.
public struct Byline: Hashable, Sendable, Codable {
    /// The whole line.
    public var span: Span
    /// The authors, in order.
    public var names: [String]

    /// A byline from its parts.
    public init(span: Span, names: [String]) {
        self.span = span
        self.names = names
    }
}

/// The opening of a wire story's first paragraph: `SOCHI, Russia (Reuters)`.
public struct Dateline: Hashable, Sendable, Codable {
    /// Place and agency with its brackets, without the dash.
    public var span: Span
    /// The place as printed: `SOCHI, Russia`.
    public var place: String?
    /// The agency as printed: `Reuters`.
    public var agency: String?
    /// The day, where the line prints one.
    public var date: Day?

    /// A dateline from its parts.
    public init(span: Span, place: String?, agency: String?, date: Day? = nil) {
        self.span = span
        self.place = place
        self.agency = agency
        self.date = date
    }
}

/// One role at one place in a story's closing credits: `Additional reporting by Anton Zverev in MOSCOW`.
public struct Credit: Hashable, Sendable, Codable {
    /// What the named people did.
    public enum Role: String, Codable, Sendable, CaseIterable {
        case reporting
        case additionalReporting = "additional-reporting"
        case writing
        case editing
    }

    /// The words of this credit, without the brackets around the line.
    public var span: Span
    /// What they did.
    public var role: Role
    /// The people, or outlets, that are credited.
    public var names: [String]
    /// Where they did it, as printed.
    public var place: String?

    /// A credit from its parts.
    public init(span: Span, role: Role, names: [String], place: String? = nil) {
        self.span = span
        self.role = role
        self.names = names
        self.place = place
    }
}
