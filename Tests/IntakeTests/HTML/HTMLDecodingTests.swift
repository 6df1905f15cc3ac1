import Foundation
import Intake
import Stories
import Testing

@Suite("The characters of an HTML page")
struct HTMLDecodingTests {
    /// Runs text through the C library's converter, as a server that still writes the old character sets would.
    private func bytes(_ text: String, _ charset: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["iconv", "-f", "UTF-8", "-t", charset]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return [UInt8](data)
    }

    private func text(_ bytes: [UInt8], charset: String? = nil) throws -> String {
        let story = try #require(
            try HTMLPageReader().read(Page(name: "p", bytes: bytes, format: .html, charset: charset)).first)
        return story.text(story.span)
    }

    static let samples: [(String, String)] = [
        (
            "windows-1252",
            "Ein Schiff lief auf Grund, sagte die Behörde am Samstag – “für Ärger” sorgte es überall im Süden der Insel."
        ),
        (
            "iso-8859-2",
            "Prom osiadł na mieliźnie u wybrzeży wyspy, a dwóch pasażerów uznano za zaginionych, podała straż przybrzeżna."
        ),
        (
            "windows-1250",
            "Trajekt najel na mělčinu u ostrova a dva cestující se pohřešují, uvedla v sobotu pobřežní stráž na své stránce."
        ),
        (
            "windows-1251",
            "Паром сел на мель у острова в субботу, два пассажира пропали без вести, сообщила береговая охрана вечером."
        ),
        (
            "koi8-r",
            "Паром сел на мель у острова в субботу, два пассажира пропали без вести, сообщила береговая охрана вечером."
        ),
        (
            "windows-1253",
            "Το πλοίο προσάραξε ανοιχτά του νησιού το Σάββατο και δύο επιβάτες αγνοούνται, ανακοίνωσε το λιμενικό σώμα."
        ),
        ("shift_jis", "土曜日に島の沖でフェリーが座礁し、乗客二人が行方不明になったと海上保安庁が発表した。捜索は夜通し続けられている。"),
        ("euc-jp", "土曜日に島の沖でフェリーが座礁し、乗客二人が行方不明になったと海上保安庁が発表した。捜索は夜通し続けられている。"),
        ("iso-2022-jp", "土曜日に島の沖でフェリーが座礁し、乗客二人が行方不明になったと海上保安庁が発表した。捜索は夜通し続けられている。"),
        ("gb18030", "一艘渡轮星期六在岛屿附近搁浅，海岸警卫队说，两名乘客失踪，搜救工作将连夜进行，并已派出四艘船和一架直升机。"),
        ("big5", "一艘渡輪星期六在島嶼附近擱淺，海岸警衛隊說，兩名乘客失蹤，搜救工作將連夜進行，並已派出四艘船和一架直升機。"),
        ("euc-kr", "토요일 섬 앞바다에서 여객선이 좌초해 승객 두 명이 실종됐다고 해양경찰이 밝혔다. 수색은 밤새 계속될 예정이다."),
    ]

    @Test("are those of the character set that HTTP or the page names", arguments: samples)
    func declared(charset: String, sample: String) throws {
        let plain = try bytes("<html><body><p>\(sample)</p>", charset)
        #expect(try text(plain, charset: charset.uppercased()) == sample)
        for meta in [
            "<meta charset=\(charset)>", "<meta http-equiv='Content-Type' content='text/html; charset=\(charset)'>",
        ] {
            #expect(try text(Array("<html><head>\(meta)</head>".utf8) + plain) == sample)
        }
    }

    @Test(
        "are guessed where nothing is named",
        arguments: samples.filter {
            !$0.0.hasPrefix("iso-8859-2") && !$0.0.hasSuffix("1250") && !$0.0.hasSuffix("1253")
        })
    func guessed(charset: String, sample: String) throws {
        #expect(try text(try bytes("<html><body><p>\(sample)</p><p>\(sample)</p>", charset)).hasPrefix(sample))
    }

    @Test("are guessed by the language that the page names", arguments: [("pl", 1), ("cs", 2), ("el", 5)])
    func guessedByLanguage(language: String, index: Int) throws {
        let (_, sample) = HTMLDecodingTests.samples[index]
        let charset = language == "el" ? "windows-1253" : "windows-1250"
        #expect(try text(try bytes("<html lang=\(language)><body><p>\(sample)</p>", charset)) == sample)
    }

    @Test("are UTF-8 where they are well-formed so, whatever is named; a mark goes")
    func utf8() throws {
        let sample = HTMLDecodingTests.samples[0].1
        let html = "<html><head><meta charset=iso-8859-1></head><body><p>\(sample)</p>"
        #expect(try text(Array(html.utf8)) == sample)
        #expect(try text([0xEF, 0xBB, 0xBF] + Array(html.utf8), charset: "koi8-r") == sample)
    }

    @Test("are UTF-16 by their mark")
    func utf16() throws {
        let sample = HTMLDecodingTests.samples[3].1
        let units = Array("<html><body><p>\(sample)</p>".utf16)
        #expect(try text([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == sample)
    }

    @Test("may be wrong here and there in UTF-8, and are replaced there")
    func repaired() throws {
        let sample = HTMLDecodingTests.samples[3].1
        let html = Array("<html><head><meta charset=utf-8></head><body><p>\(sample)</p><p>x".utf8) + [0xC3, 0x28]
        #expect(try text(html).hasPrefix(sample))
    }

    @Test("lose zero bytes that stray in; many are refused")
    func zeros() throws {
        let html = Array(
            "<html><body><p>It rained\0 all day in the valley, and the river rose by two metres.</p></body></html>".utf8
        )
        #expect(try text(html) == "It rained all day in the valley, and the river rose by two metres.")
        #expect(throws: IntakeError.self) { try text(html + [UInt8](repeating: 0, count: 100)) }
    }
}
