public import Language
public import Stories

/// Puts the findings of a story together: what happened, when, where, how many were killed and hurt, and which figure
/// is whose claim about what.
///
/// The main incident is what the first sentence reports. Where that is no more than somebody's statement, it is the
/// statement, where it was made.
public struct IncidentReader: Sendable {
    /// A reader.
    public init() {}

    /// The story's figures, each with its attribution and its incident, those of its title, and the incidents, the main one
    /// first.
    ///
    /// - Parameter titleFigures: figures of a title that stands apart from the text; nil where there is none.
    /// - Complexity: O(*n* + *f* · *a*) in the tokens, the figures and the attributions.
    public func read(
        _ analysis: Analysis, times: [TimeMention], places: [PlaceMention], attributions: [Attribution],
        figures: [Figure], titleFigures: [Figure]? = nil
    ) -> (figures: [Figure], titleFigures: [Figure]?, incidents: [IncidentMention]) {
        let scene = Scene(
            analysis: analysis, times: times, places: places, attributions: attributions,
            figures: FigureLinker(attributions: attributions).attributed(figures))
        var incidents: [IncidentMention] = []
        var linked = scene.figures
        var title = titleFigures
        let triggers = TriggerFinder(analysis: analysis).find()
        if let (main, _) = MainIncident(scene: scene, triggers: triggers).read() {
            let others = Asides(scene: scene, main: main, triggers: triggers)
            let background = Background(scene: scene, main: main, triggers: triggers).read()
            incidents = [main] + background.map(\.incident)
            let share = CasualtyShare(scene: scene, main: main, background: background, triggers: triggers)
            for index in linked.indices where linked[index].measure.isCasualty || linked[index].measure == .aboard {
                linked[index].incident = others.isAside(linked[index]) ? nil : share.incident(of: linked[index])
            }
            // A story that dates all its dead and hurt well before its day is about just these: "seek tips in Oct. 2 killing".
            if main.type.isPhysical || main.type == .arrest || main.type == .trial,
                !linked.contains(where: { $0.incident == 0 && $0.isToll })
            {
                let near = scene.lead.map { $0 + 3 } ?? 0
                for index in linked.indices where linked[index].isToll {
                    if scene.sentence(at: linked[index].span.start) ?? .max <= near { linked[index].incident = 0 }
                }
            }
            for number in incidents.indices {
                let tolls = Tolls(linked.map { $0.belonging(to: number) })
                (incidents[number].killed, incidents[number].injured) = (tolls.toll(.killed), tolls.toll(.injured))
            }
            title = title?.map { figure in
                var figure = figure
                figure.incident = figure.measure.isCasualty || figure.measure == .aboard ? 0 : nil
                return figure
            }
            // What the title alone says holds where the text gives none.
            if let tolls = title.map(Tolls.init) {
                if incidents[0].killed?.best ?? 0 == 0, let toll = tolls.toll(.killed), toll.best != 0 {
                    incidents[0].killed = toll
                }
                // A title that says of a dead person that he was shot says no more than the text.
                if incidents[0].killed?.best ?? 0 == 0, incidents[0].injured?.best ?? 0 == 0,
                    let toll = tolls.toll(.injured), toll.best != 0
                {
                    incidents[0].injured = toll
                }
            }
            for aside in others.incidents(&linked, after: incidents.count) { incidents.append(aside) }
        }
        let told = FigurePlaces(scene: scene).told(linked)
        return (told, title.map { FigurePlaces(scene: scene).told($0, beside: told) }, incidents)
    }
}

extension Figure {
    /// The figure as an incident's own sees it: of the first incident where it belongs to `incident`, else of none.
    func belonging(to incident: Int) -> Figure {
        var figure = self
        figure.incident = self.incident == incident ? 0 : nil
        return figure
    }
}

extension Figure.Measure {
    /// Whether it counts what befell people.
    var isCasualty: Bool {
        switch self {
        case .killed, .injured, .killedOrInjured, .missing, .abducted, .detained, .displaced: true
        case .aboard, .participants, .other: false
        }
    }

    /// Whether it counts those whom a deed hurt or took.
    var harms: Bool {
        switch self {
        case .killed, .injured, .killedOrInjured, .missing, .abducted: true
        case .detained, .displaced, .aboard, .participants, .other: false
        }
    }
}

/// All that was found in a story, as the incident stage looks at it: sentence by sentence.
struct Scene {
    let analysis: Analysis
    let times: [TimeMention]
    let places: [PlaceMention]
    let attributions: [Attribution]
    let figures: [Figure]
    private let timesOf: [Range<Int>]
    private let placesOf: [Range<Int>]
    private let figuresOf: [Range<Int>]

    init(
        analysis: Analysis, times: [TimeMention], places: [PlaceMention], attributions: [Attribution], figures: [Figure]
    ) {
        self.analysis = analysis
        self.times = times
        self.places = places
        self.attributions = attributions
        self.figures = figures
        timesOf = Scene.ranges(times.map(\.span), analysis)
        placesOf = Scene.ranges(places.map(\.span), analysis)
        figuresOf = Scene.ranges(figures.map(\.span), analysis)
    }

    /// The same scene with other places.
    func with(places: [PlaceMention]) -> Scene {
        Scene(analysis: analysis, times: times, places: places, attributions: attributions, figures: figures)
    }

    /// For each sentence, which of the spans (in order) begin in it.
    private static func ranges(_ spans: [Span], _ analysis: Analysis) -> [Range<Int>] {
        var next = 0
        return analysis.sentences.map { sentence in
            while next < spans.count, spans[next].start < sentence.span.start { next += 1 }
            let first = next
            while next < spans.count, spans[next].start < sentence.span.end { next += 1 }
            return first..<next
        }
    }

    /// The stretch of a sentence.
    func span(_ sentence: Int) -> Span { analysis.sentences[sentence].span }

    /// The times of a sentence.
    func times(in sentence: Int) -> ArraySlice<TimeMention> { times[timesOf[sentence]] }

    /// The places of a sentence.
    func places(in sentence: Int) -> ArraySlice<PlaceMention> { places[placesOf[sentence]] }

    /// The positions in `figures` of a sentence's figures.
    func figures(in sentence: Int) -> Range<Int> { figuresOf[sentence] }

    /// Index of the sentence that holds an offset.
    ///
    /// - Complexity: O(log *n*) in the number of sentences.
    func sentence(at offset: Int) -> Int? {
        var low = 0
        var high = analysis.sentences.count
        while low < high {
            let middle = (low + high) / 2
            if analysis.sentences[middle].span.end <= offset { low = middle + 1 } else { high = middle }
        }
        return low < analysis.sentences.count && analysis.sentences[low].span.contains(offset) ? low : nil
    }

    /// The attributions whose cues stand near an offset: all that can hold it.
    func attributions(near offset: Int) -> ArraySlice<Attribution> {
        FigureLinker(attributions: attributions).near(offset)
    }

    /// The first sentence of the body; else of the headline.
    var lead: Int? {
        analysis.sentences.firstIndex { $0.part == .body } ?? analysis.sentences.firstIndex { $0.part == .headline }
    }
}

/// Gives figures the attribution that first claims them.
struct FigureLinker {
    let attributions: [Attribution]

    /// The attributions whose cues stand near an offset. Attributions come in the order of their cues.
    func near(_ offset: Int) -> ArraySlice<Attribution> {
        var low = 0
        var high = attributions.count
        while low < high {
            let middle = (low + high) / 2
            if (attributions[middle].cue.first?.start ?? 0) < offset { low = middle + 1 } else { high = middle }
        }
        return attributions[max(0, low - 64)..<min(attributions.count, low + 64)]
    }

    /// The figures, each with the innermost attribution whose content holds it.
    func attributed(_ figures: [Figure]) -> [Figure] {
        figures.map { figure in
            var figure = figure
            var shortest = Int.max
            let near = near(figure.span.start)
            for (index, attribution) in zip(near.indices, near) {
                guard
                    attribution.content.contains(where: { $0.start <= figure.span.start && figure.span.end <= $0.end })
                else { continue }
                let length = attribution.content.reduce(0) { $0 + $1.end - $1.start }
                if length < shortest { (shortest, figure.attribution) = (length, index) }
            }
            return figure
        }
    }
}
