internal import Stories

/// What can be written of a record for others to read: a kind of export and its form.
///
///     let export = Export(.ucdp)
///     try store.export(export) { bytes in try file.write(contentsOf: bytes) }
///
/// The same record gives the same bytes: nothing tells when an export was made.
public struct Export: Sendable {
    /// What is written.
    public enum Kind: String, Sendable, CaseIterable {
        /// Incidents, a row each.
        case incidents
        /// Claims, a row each.
        case claims
        /// Events in the columns of UCDP's Georeferenced Event Dataset.
        case ucdp
        /// Events in the columns of ACLED.
        case acled
        /// Harm to civilians in columns like those of Airwars.
        case airwars
        /// Points for a map (RFC 7946).
        case geojson
        /// Claims as annotations of the stories' texts (W3C Web Annotation).
        case annotations
        /// Where all of it came from (W3C PROV-O).
        case prov
        /// Entities for Aleph and its like (FollowTheMoney).
        case ftm
        /// A page for people, in one file.
        case dossier
        /// All that the record keeps for ever, for `importArchive`.
        case record

        /// The forms that it comes in, the usual one first.
        public var formats: [Format] {
            switch self {
            case .incidents, .claims, .ucdp, .acled, .airwars: [.csv, .jsonl]
            case .geojson: [.json, .jsonl]
            case .annotations, .ftm, .record: [.jsonl]
            case .prov: [.json]
            case .dossier: [.html]
            }
        }

        /// The kind in a line, as help lists it.
        public var summary: String {
            switch self {
            case .incidents: "incidents with their tolls, a row each"
            case .claims: "who says what, a row a claim, with its sentence and whether it holds"
            case .ucdp: "fatal events in the 49 columns of UCDP GED: best, high, low"
            case .acled: "events in the 31 columns of ACLED, the dispute in the notes"
            case .airwars: "harm to civilians and militants as ranges, after Airwars"
            case .geojson: "points for a map (RFC 7946)"
            case .annotations: "claims as W3C Web Annotations of the stories' texts"
            case .prov: "where it all came from, W3C PROV-O in JSON-LD"
            case .ftm: "entities of FollowTheMoney, for Aleph"
            case .record: "the record itself: pages, stories, receipts, reviews; `onrecord import` takes it"
            case .dossier: "a page to read and to print, in one file of HTML"
            }
        }
    }

    /// How it is written down.
    public enum Format: String, Sendable, CaseIterable {
        /// RFC 4180, UTF-8, a header, lines that end in LF.
        case csv
        /// A JSON value a line.
        case jsonl
        /// One JSON document.
        case json
        /// One HTML document.
        case html
    }

    /// What is written.
    public var kind: Kind
    /// How it is written down.
    public var format: Format
    /// Whether a row of HXL hashtags follows the header: of incidents as CSV alone.
    public var hxl: Bool

    /// An export of a kind, in its usual form where none is named.
    ///
    /// - Precondition: the kind comes in that form.
    public init(_ kind: Kind, as format: Format? = nil, hxl: Bool = false) {
        precondition(format.map(kind.formats.contains) ?? true, "\(kind) does not come as \(format ?? .csv)")
        self.kind = kind
        self.format = format ?? kind.formats[0]
        self.hxl = hxl
    }
}

/// One incident as exports see it: its dossier, and where they ask for them the texts and mentions of its stories.
struct ExportSubject {
    /// A story's text with its main incident as the engine read it.
    struct Text {
        var bytes: [UInt8]
        var mention: IncidentMention?
        /// The version of the engine that read it.
        var engine: String
        /// The times that it came, oldest first.
        var receipts: [Receipt]
    }

    /// That a story came, on a page.
    struct Receipt {
        var number: Int
        var page: String
        var name: String
        var received: String
    }

    let dossier: Dossier
    /// By digest; empty where an export asks for none.
    var texts: [String: Text] = [:]
    /// What each claim comes to, by id.
    let statuses: [String: ClaimStatus]

    init(_ dossier: Dossier, texts: [String: Text] = [:]) {
        self.dossier = dossier
        self.texts = texts
        statuses = ClaimStatus.all(dossier)
    }

    var incident: IncidentSummary { dossier.incident }
}

/// The parts of an export: what stands before, between and behind the incidents, and what each incident comes to.
struct ExportShape {
    var head = ""
    var separator = ""
    var tail = ""
    /// Whether it asks for the stories' texts and mentions.
    var wantsTexts = false
    /// What an incident comes to; empty where the export has no place for it.
    var body: (ExportSubject) -> String
    /// A line for each incident that stands before all of them; nil where there is none.
    var contents: ((IncidentSummary) -> String)?
    /// What stands before an incident that is exported alone, in place of `head` and the contents; nil where it is `head`.
    var headOfOne: ((IncidentSummary) -> String)?
    /// What stands between the lines of the contents and the first incident.
    var afterContents = ""

    /// Nil for the record itself, which is no list of incidents.
    init?(_ export: Export) {
        switch export.kind {
        case .incidents where export.format == .jsonl: self.init { IncidentTable.json($0) }
        case .incidents: self.init(IncidentTable.table, export.format, second: export.hxl ? IncidentTable.hxl : nil)
        case .claims where export.format == .jsonl: self.init { ClaimTable.json($0) }
        case .claims: self.init(ClaimTable.table, export.format)
        case .ucdp: self.init(UCDPExport.table, export.format)
        case .acled: self.init(ACLEDExport.table, export.format)
        case .airwars: self.init(AirwarsExport.table, export.format)
        case .geojson: self = GeoJSONExport.shape(lines: export.format == .jsonl)
        case .annotations: self.init(wantsTexts: true) { AnnotationExport.lines($0) }
        case .prov: self = ProvenanceExport.shape
        case .ftm: self.init { FollowTheMoneyExport.lines($0) }
        case .dossier: self = DossierPage.shape
        case .record: return nil
        }
    }

    init(
        head: String = "", separator: String = "", tail: String = "", wantsTexts: Bool = false,
        body: @escaping (ExportSubject) -> String
    ) {
        self.head = head
        self.separator = separator
        self.tail = tail
        self.wantsTexts = wantsTexts
        self.body = body
    }

    /// A table: rows of CSV under a header, or an object a row.
    private init(_ table: ExportTable, _ format: Export.Format, second: [String]? = nil) {
        self.init(wantsTexts: table.wantsTexts) { subject in
            table.rows(subject).map { cells in
                format == .csv ? CSV.line(cells) : JSONText.object(zip(table.columns, cells.map(\.json))).line
            }.joined()
        }
        if format == .csv {
            head = CSV.line(table.columns.map(Cell.text))
            if let second { head += CSV.line(second.map(Cell.text)) }
        }
    }
}

/// The columns of a table and the rows of an incident.
struct ExportTable: Sendable {
    let columns: [String]
    var wantsTexts = false
    let rows: @Sendable (ExportSubject) -> [[Cell]]
}

/// What a claim comes to in the reckoning.
enum ClaimStatus: String, CaseIterable {
    /// It is what its speaker says now.
    case live
    /// Its speaker has said something else since, or said it in the same story before.
    case superseded
    /// A review discounts it.
    case discounted
    /// It only repeats what the text says that its story is a print of.
    case reprint
    /// It counts a part, or more than the incident.
    case part, total
    /// It gives no figure: a denial, a refusal, a question.
    case statement

    /// The status of each of a dossier's claims, by id.
    static func all(_ dossier: Dossier) -> [String: ClaimStatus] {
        let live = Set(dossier.accounts.map(\.live.id))
        let repeated = Set(dossier.repeated)
        let discounted = Set(dossier.discounted)
        return dossier.claims.reduce(into: [:]) { statuses, claim in
            statuses[claim.id] =
                if discounted.contains(claim.id) {
                    .discounted
                } else if repeated.contains(claim.id) {
                    .reprint
                } else if live.contains(claim.id) {
                    .live
                } else if !claim.isFigure {
                    .statement
                } else {
                    switch claim.scope {
                    case .part: .part
                    case .total: .total
                    case .incident: .superseded
                    }
                }
        }
    }
}
