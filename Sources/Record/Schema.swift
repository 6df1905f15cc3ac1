internal import GRDB

/// The tables of the record. Migrations are never edited once released: a new one is added.
enum Schema {
    /// Marks a file as a record (SQLite's `application_id`): "ORec".
    static let applicationID = 0x4F52_6563

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: kept)
            try db.execute(sql: derived)
        }
        migrator.registerMigration("2") { db in
            try db.execute(sql: sourcesBySpeaker)
            // What hangs on it is made anew when the record is next read.
            try db.execute(sql: "DELETE FROM state WHERE name = 'derived'")
        }
        return migrator
    }

    /// What is kept for ever. No statement changes or deletes a row of these.
    private static let kept = """
        CREATE TABLE page (
            digest TEXT PRIMARY KEY NOT NULL,
            bytes BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE story (
            digest TEXT PRIMARY KEY NOT NULL,
            text BLOB NOT NULL
        );
        CREATE TABLE receipt (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            story TEXT NOT NULL REFERENCES story(digest),
            page TEXT NOT NULL REFERENCES page(digest),
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            name TEXT NOT NULL,
            received TEXT NOT NULL,
            givenID TEXT,
            published TEXT,
            title TEXT,
            outlet TEXT
        );
        CREATE INDEX receipt_story ON receipt(story);
        CREATE TABLE review (
            number INTEGER PRIMARY KEY NOT NULL,
            at TEXT NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            value TEXT,
            why TEXT NOT NULL CHECK (why <> ''),
            previous TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE
        );
        """
        + ["page", "story", "receipt", "review"].flatMap { table in
            ["UPDATE", "DELETE"].map { action in
                """

                CREATE TRIGGER \(table)_no_\(action.lowercased()) BEFORE \(action) ON \(table)
                BEGIN SELECT RAISE(ABORT, 'a \(table) is kept as it came: it cannot be changed'); END;
                """
            }
        }.joined()

    /// What can be made anew from the above.
    private static let derived = """
        CREATE TABLE reading (
            story TEXT PRIMARY KEY NOT NULL REFERENCES story(digest),
            engine TEXT NOT NULL,
            published TEXT,
            outlet TEXT,
            headline TEXT NOT NULL,
            json BLOB NOT NULL,
            claims BLOB NOT NULL,
            mention BLOB,
            words BLOB NOT NULL,
            sketch BLOB NOT NULL,
            copyOf TEXT,
            copyKind TEXT,
            incident TEXT
        );
        CREATE INDEX reading_incident ON reading(incident);
        CREATE TABLE incident (
            id TEXT PRIMARY KEY NOT NULL,
            type TEXT NOT NULL,
            fromDay TEXT,
            toDay TEXT,
            country TEXT,
            place TEXT,
            headline TEXT NOT NULL,
            killed REAL,
            stories INTEGER NOT NULL,
            summary BLOB NOT NULL
        );
        CREATE TABLE source (
            speaker TEXT NOT NULL,
            kind TEXT NOT NULL,
            claims INTEGER NOT NULL,
            incidents INTEGER NOT NULL,
            stories INTEGER NOT NULL,
            PRIMARY KEY (speaker, kind)
        ) WITHOUT ROWID;
        CREATE TABLE state (
            name TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE VIRTUAL TABLE sentence USING fts5(text, story UNINDEXED, start UNINDEXED, end UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
        """

    /// Sources by what groups a speaker's claims, and which claims these are.
    private static let sourcesBySpeaker = """
        DROP TABLE source;
        CREATE TABLE source (
            key TEXT PRIMARY KEY NOT NULL,
            speaker TEXT NOT NULL,
            kind TEXT NOT NULL,
            claims INTEGER NOT NULL,
            incidents INTEGER NOT NULL,
            stories INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX source_claims ON source(claims DESC, stories DESC, speaker, kind);
        CREATE TABLE sourceClaim (
            source TEXT NOT NULL REFERENCES source(key) ON DELETE CASCADE,
            story TEXT NOT NULL REFERENCES reading(story) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            PRIMARY KEY (source, story, number)
        ) WITHOUT ROWID;
        """
}
