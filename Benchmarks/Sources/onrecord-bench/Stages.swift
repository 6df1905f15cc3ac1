import Attributions
import Figures
import Incidents
import Intake
import Language
import Onrecord
import Places
import Stories
import Times

/// Each stage alone, on one thread, fed with what the stages before it made beforehand.
struct Stages {
    private let stories: [Story]
    private let analyses: [Analysis]
    private let findings: [Findings]
    private let readings: [Reading]

    private struct Findings {
        var times: [TimeMention]
        var places: [PlaceMention]
        var attributions: [Attribution]
        var figures: [Figure]
    }

    init(_ stories: [Story]) {
        self.stories = stories
        let language = LanguageReader()
        let (times, places) = (TimeReader(), PlaceReader())
        let (attributions, figures) = (AttributionReader(), FigureReader())
        let reader = Reader()
        analyses = stories.map { language.read($0) }
        findings = analyses.map { analysis in
            Findings(
                times: times.read(analysis), places: places.read(analysis),
                attributions: attributions.read(analysis), figures: figures.read(analysis))
        }
        readings = stories.map { reader.read($0) }
    }

    /// Seconds a stage takes over all stories. The sums keep the optimiser from leaving the work out.
    func measure(pages: [Page], runs: Int) async throws -> [Row] {
        var rows: [Row] = []
        func add(_ name: String, _ body: () throws -> Int) async throws {
            rows.append(Row(name, try await Clock.median(of: runs, body)))
        }
        let pageReader = PageReader(maximumSize: .max)
        try await add("Intake") { try pages.reduce(0) { $0 + (try pageReader.read($1).count) } }
        let language = LanguageReader()
        try await add("Language") { stories.reduce(0) { $0 + language.read($1).tokens.count } }
        for step in LanguageReader.Step.allCases {
            rows.append(Row("  \(step.rawValue)", Stages.seconds(of: step, stories, runs)))
        }
        try await add("  lemmas") {
            analyses.reduce(0) { sum, analysis in
                analysis.tokens.indices.reduce(sum) { $0 + analysis.lemma(of: $1).utf8.count }
            }
        }
        let times = TimeReader()
        try await add("Times") { analyses.reduce(0) { $0 + times.read($1).count } }
        let places = PlaceReader()
        try await add("Places") { analyses.reduce(0) { $0 + places.read($1).count } }
        let attributions = AttributionReader()
        try await add("Attributions") { analyses.reduce(0) { $0 + attributions.read($1).count } }
        let figures = FigureReader()
        try await add("Figures") { analyses.reduce(0) { $0 + figures.read($1).count } }
        let incidents = IncidentReader()
        try await add("Incidents") {
            zip(analyses, findings).reduce(0) { sum, pair in
                let (analysis, found) = pair
                return sum
                    + incidents.read(
                        analysis, times: found.times, places: found.places, attributions: found.attributions,
                        figures: found.figures
                    ).incidents.count
            }
        }
        let writer = ReadingWriter()
        try await add("writing JSON") { readings.reduce(0) { $0 + writer.line($1).count } }
        return rows
    }

    /// Median seconds of one step of reading language over all stories.
    private static func seconds(of step: LanguageReader.Step, _ stories: [Story], _ runs: Int) -> Double {
        let language = LanguageReader()
        let clock = ContinuousClock()
        let sums = (0..<runs).map { _ in
            var sum = Duration.zero
            for story in stories {
                var last = clock.now
                _ = language.read(story) { done in
                    let now = clock.now
                    if done == step { sum += now - last }
                    last = now
                }
            }
            return sum / .seconds(1)
        }
        return sums.sorted()[runs / 2]
    }
}
