internal import Foundation
internal import GRDB
internal import Intake
internal import Onrecord
internal import Stories

extension RecordStore {
    private static let archiveVersion = 1

    /// Writes all that the record keeps for ever, as JSON Lines: pages and stories by digest, receipts and reviews in order.
    /// All else follows from it.
    ///
    /// - Parameter write: takes each line, with its end.
    public func exportArchive(_ write: ([UInt8]) throws -> Void) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var count = 0
        func put(_ line: ArchiveLine) throws {
            try write(Array(try encoder.encode(line)) + [10])
            count += 1
        }
        try database.read { db in
            try put(.head(.init(onrecord: RecordStore.archiveVersion)))
            let pages = try Row.fetchCursor(db, sql: "SELECT digest, bytes FROM page ORDER BY digest")
            while let row = try pages.next() {
                let bytes: Data = row[1]
                let text = String(validating: bytes, as: UTF8.self)
                try put(
                    .page(.init(page: row[0], text: text, base64: text == nil ? bytes.base64EncodedString() : nil)))
            }
            let stories = try Row.fetchCursor(db, sql: "SELECT digest, text FROM story ORDER BY digest")
            while let row = try stories.next() {
                try put(.story(.init(story: row[0], text: String(decoding: row[1] as Data, as: UTF8.self))))
            }
            let receipts = try Row.fetchCursor(db, sql: "SELECT * FROM receipt ORDER BY number")
            while let row = try receipts.next() {
                let provenance = try (row["provenance"] as String?).map {
                    try JSONDecoder().decode(Provenance.self, from: Data($0.utf8))
                }
                let receipt = ArchiveLine.Receipt(
                    receipt: row["number"], story: row["story"], page: row["page"],
                    span: Span(row["start"], row["end"]), name: row["name"], received: row["received"],
                    id: row["givenID"], published: row["published"], title: row["title"], outlet: row["outlet"],
                    provenance: provenance)
                try put(.receipt(receipt))
            }
            for review in try RecordStore.reviews(db) { try put(.review(review)) }
            try put(.tail(.init(end: count)))
        }
    }

    /// Takes in what `exportArchive` wrote and derives the record from it, in one transaction.
    ///
    /// - Parameters:
    ///   - lines: gives the lines one after the other, without their ends; nil at the end.
    ///   - progress: told how many stories have been read.
    /// - Returns: how many stories came in.
    /// - Throws: `RecordStoreError` where the record has stories already, or a line is none, does not fit its digest, points
    ///   at what is not there, or breaks the chain of reviews: then nothing is taken in.
    public func importArchive(
        _ lines: () throws -> [UInt8]?, progress: (Int) -> Void = { _ in }
    ) throws(RecordStoreError) -> Int {
        try attempt {
            try database.write { db in
                guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM page)") == false else {
                    throw RecordStoreError.notEmpty(path: path)
                }
                var number = 0
                var (previous, taken) = ("", 0)
                var (isBegun, isWhole) = (false, false)
                let decoder = JSONDecoder()
                while let line = try lines() {
                    number += 1
                    guard !line.isEmpty else { continue }
                    let bad = { RecordStoreError.badArchive(line: number, reason: $0) }
                    guard let archived = try? decoder.decode(ArchiveLine.self, from: Data(line)) else {
                        throw bad("no line of an exported record: take the file that `onrecord export record` wrote")
                    }
                    defer { taken += 1 }
                    guard !isWhole else {
                        throw bad("stands behind the end of the record: take the file as it was written")
                    }
                    if case .tail(let tail) = archived {
                        guard tail.end == taken else { throw bad("lines are missing: take the whole file") }
                        isWhole = true
                        continue
                    }
                    if !isBegun {
                        isBegun = true
                        guard case .head(let head) = archived else {
                            throw bad("the head of an exported record is missing: take the whole file")
                        }
                        guard head.onrecord <= RecordStore.archiveVersion else {
                            throw bad("written by a newer Onrecord: bring this one up to date")
                        }
                    }
                    do {
                        try RecordStore.take(archived, &previous, bad, db)
                    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                        throw bad("points at a page or story that did not come before it, or is there twice")
                    }
                }
                guard isWhole else {
                    throw RecordStoreError.badArchive(
                        line: max(1, number), reason: "the file ends before the record does: take the whole file")
                }
                return try RecordStore.rebuild(db, progress)
            }
        }
    }

    /// Writes one line's row.
    private static func take(
        _ line: ArchiveLine, _ previous: inout String, _ bad: (String) -> RecordStoreError, _ db: Database
    ) throws {
        switch line {
        case .head, .tail: break
        case .page(let page):
            guard let bytes = page.text.map({ Data($0.utf8) }) ?? page.base64.flatMap({ Data(base64Encoded: $0) }),
                Digest.hex(bytes) == page.page
            else { throw bad("the page's bytes are not those of its digest: the file was changed") }
            try db.execute(sql: "INSERT INTO page (digest, bytes) VALUES (?, ?)", arguments: [page.page, bytes])
        case .story(let story):
            guard Digest.hex(story.text.utf8) == story.story else {
                throw bad("the story's text is not that of its digest: the file was changed")
            }
            try db.execute(
                sql: "INSERT INTO story (digest, text) VALUES (?, ?)", arguments: [story.story, Data(story.text.utf8)])
        case .receipt(let receipt):
            try db.execute(
                sql: """
                    INSERT INTO receipt (number, story, page, start, end, name, received, givenID, published, title, outlet,
                        provenance)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    receipt.receipt, receipt.story, receipt.page, receipt.span.start, receipt.span.end, receipt.name,
                    receipt.received, receipt.id, receipt.published, receipt.title, receipt.outlet,
                    try receipt.provenance.map { String(decoding: try encoder().encode($0), as: UTF8.self) },
                ])
        case .review(let review):
            guard review.previous == previous, hash(review) == review.hash else {
                throw bad("the chain of reviews is broken: the file was changed")
            }
            previous = review.hash
            try write(review, db)
        }
    }
}
