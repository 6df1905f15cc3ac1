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
        migrator.registerMigration("3") { db in
            try db.execute(sql: reviewsWithBefore)
            // All that is derived is laid out anew, and made anew when the record is next opened to be used.
            try db.execute(sql: withoutFirstLayout)
            try db.execute(sql: layout)
            if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM story)") == false {
                try RecordStore.markCurrent(db)
            }
        }
        migrator.registerMigration("4") { db in
            try db.execute(sql: provenance)
            try db.execute(sql: watched)
            try db.execute(sql: withoutLayout)
            try db.execute(sql: layout)
            if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM story)") == false {
                try RecordStore.markCurrent(db)
            }
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

    /// What a review found when it was made, and the words that it hangs on; and the ways to find it again.
    private static let reviewsWithBefore = """
        ALTER TABLE review ADD COLUMN before TEXT;
        ALTER TABLE review ADD COLUMN anchor TEXT;
        CREATE INDEX review_subject ON review(subject);
        CREATE INDEX review_value ON review(value) WHERE value IS NOT NULL;
        CREATE INDEX review_action ON review(action);
        """

    /// What came with a story about itself, as JSON.
    private static let provenance = "ALTER TABLE receipt ADD COLUMN provenance TEXT"

    /// How far feeds and folders that are watched have been read: neither kept for ever nor derived.
    private static let watched = """
        CREATE TABLE watched (
            address TEXT PRIMARY KEY NOT NULL,
            etag TEXT,
            modified TEXT,
            checked TEXT,
            due REAL NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            problem TEXT
        ) WITHOUT ROWID;
        CREATE TABLE watchedEntry (
            address TEXT NOT NULL REFERENCES watched(address) ON DELETE CASCADE,
            entry TEXT NOT NULL,
            stamp TEXT NOT NULL,
            seen TEXT NOT NULL,
            PRIMARY KEY (address, entry)
        ) WITHOUT ROWID;
        """

    private static let withoutFirstLayout = """
        DROP TABLE sourceClaim;
        DROP TABLE source;
        DROP TABLE incident;
        DROP TABLE sentence;
        DROP TABLE reading;
        DROP TABLE state;
        """

    /// Takes the derived tables away, those that hang on others first.
    static let withoutLayout = """
        DROP TABLE sourceIncident;
        DROP TABLE speakerText;
        DROP TABLE speaker;
        DROP TABLE attached;
        DROP TABLE claim;
        DROP TABLE statement;
        DROP TABLE storyText;
        DROP TABLE sentenceText;
        DROP VIEW storyView;
        DROP VIEW sentenceView;
        DROP TABLE sentence;
        DROP TABLE IF EXISTS incidentText;
        DROP TABLE IF EXISTS incidentSummary;
        DROP TABLE incident;
        DROP TABLE link;
        DROP TABLE linkKey;
        DROP TABLE linkItem;
        DROP TABLE mention;
        DROP TABLE reading;
        DROP TABLE state;
        """

    /// The derived tables, such that one story's coming touches its own rows and those of its incident alone. A rebuild
    /// lays them out anew, too.
    static let layout = """
        CREATE TABLE state (
            name TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        -- What listings and the reckoning want of a story. Numbers hold within this file alone.
        CREATE TABLE reading (
            number INTEGER PRIMARY KEY NOT NULL,
            story TEXT NOT NULL UNIQUE REFERENCES story(digest),
            engine TEXT NOT NULL,
            published TEXT,
            outlet TEXT,
            headline TEXT NOT NULL,
            type TEXT,
            fromDay TEXT,
            toDay TEXT,
            place TEXT,
            country TEXT,
            lat REAL,
            lon REAL,
            level TEXT,
            guid TEXT,
            version INTEGER,
            usage TEXT,
            incident TEXT,
            copyOf TEXT,
            copyKind TEXT
        );
        CREATE INDEX reading_incident ON reading(incident);
        CREATE INDEX reading_guid ON reading(guid) WHERE guid IS NOT NULL;
        CREATE TABLE mention (
            reading INTEGER PRIMARY KEY NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            json BLOB NOT NULL
        );

        -- Links: what stories are compared by, and what came of it, both ways.
        CREATE TABLE linkItem (
            reading INTEGER PRIMARY KEY NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            item BLOB NOT NULL,
            sketch BLOB NOT NULL
        );
        CREATE TABLE linkKey (
            key INTEGER NOT NULL,
            day INTEGER NOT NULL,
            reading INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            PRIMARY KEY (key, day, reading)
        ) WITHOUT ROWID;
        CREATE INDEX linkKey_reading ON linkKey(reading);
        CREATE TABLE link (
            reading INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            other INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            score REAL NOT NULL,
            likeness REAL NOT NULL,
            PRIMARY KEY (reading, other)
        ) WITHOUT ROWID;
        CREATE INDEX link_other ON link(other);

        CREATE TABLE incident (
            number INTEGER PRIMARY KEY NOT NULL,
            id TEXT UNIQUE NOT NULL,
            type TEXT NOT NULL,
            fromDay TEXT,
            toDay TEXT,
            country TEXT,
            place TEXT,
            lat REAL,
            lon REAL,
            headline TEXT NOT NULL,
            killed REAL,
            injured REAL,
            grade TEXT,
            stories INTEGER NOT NULL,
            disputes INTEGER NOT NULL,
            status TEXT NOT NULL
        );
        CREATE INDEX incident_days ON incident(fromDay IS NULL, fromDay DESC, id);
        CREATE INDEX incident_type ON incident(type, fromDay IS NULL, fromDay DESC, id);
        CREATE INDEX incident_country ON incident(country, fromDay IS NULL, fromDay DESC, id);
        CREATE INDEX incident_disputed ON incident(fromDay IS NULL, fromDay DESC, id) WHERE disputes > 0;
        CREATE INDEX incident_status ON incident(status, fromDay IS NULL, fromDay DESC, id);
        CREATE INDEX incident_point ON incident(lat, lon);
        -- Apart, so that who looks through many incidents reads little of each.
        CREATE TABLE incidentSummary (
            number INTEGER PRIMARY KEY NOT NULL REFERENCES incident(number) ON DELETE CASCADE,
            json BLOB NOT NULL
        );
        CREATE VIRTUAL TABLE incidentText USING fts5(
            headline, place, content = 'incident', content_rowid = 'number', prefix = '2 3',
            tokenize = "unicode61 remove_diacritics 2");
        CREATE TRIGGER incident_insert AFTER INSERT ON incident
        BEGIN INSERT INTO incidentText (rowid, headline, place) VALUES (new.number, new.headline, new.place); END;
        CREATE TRIGGER incident_delete AFTER DELETE ON incident
        BEGIN INSERT INTO incidentText (incidentText, rowid, headline, place) VALUES ('delete', old.number, old.headline, old.place); END;

        -- What the stories say, sentence by sentence, who says it, and what of it is reckoned with.
        CREATE TABLE sentence (
            id INTEGER PRIMARY KEY NOT NULL,
            reading INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL
        );
        CREATE INDEX sentence_reading ON sentence(reading);
        CREATE TABLE statement (
            reading INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            source TEXT NOT NULL,
            speaker TEXT NOT NULL,
            kind TEXT NOT NULL,
            stance TEXT NOT NULL,
            quote TEXT NOT NULL,
            depth INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            firstSentence INTEGER NOT NULL,
            lastSentence INTEGER NOT NULL,
            PRIMARY KEY (reading, number)
        ) WITHOUT ROWID;
        CREATE INDEX statement_source ON statement(source, reading);
        CREATE TABLE claim (
            reading INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            source TEXT NOT NULL,
            speaker TEXT NOT NULL,
            kind TEXT NOT NULL,
            stance TEXT NOT NULL,
            measure TEXT,
            min REAL,
            max REAL,
            approximate INTEGER NOT NULL,
            scope TEXT NOT NULL,
            phrase TEXT NOT NULL,
            who TEXT,
            population TEXT NOT NULL,
            nationality TEXT,
            name TEXT,
            role TEXT,
            affiliation TEXT,
            speakerNumber INTEGER,
            count INTEGER,
            anonymity TEXT,
            twin INTEGER,
            depth INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            anchorStart INTEGER NOT NULL,
            anchorEnd INTEGER NOT NULL,
            sentence INTEGER,
            certainty TEXT,
            sum INTEGER,
            relay BLOB,
            party TEXT,
            basis TEXT,
            review INTEGER,
            discounted INTEGER,
            content TEXT NOT NULL,
            repeated INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (reading, number)
        ) WITHOUT ROWID;
        CREATE INDEX claim_source ON claim(source, reading);
        CREATE INDEX claim_sentence ON claim(sentence);

        -- What speakers are called, to be found by their words.
        CREATE TABLE speaker (
            id INTEGER PRIMARY KEY NOT NULL,
            source TEXT NOT NULL,
            label TEXT NOT NULL,
            UNIQUE (source, label)
        );
        CREATE VIRTUAL TABLE speakerText USING fts5(
            label, content = 'speaker', content_rowid = 'id', prefix = '2 3', tokenize = "unicode61 remove_diacritics 2");
        CREATE TRIGGER speaker_insert AFTER INSERT ON speaker
        BEGIN INSERT INTO speakerText (rowid, label) VALUES (new.id, new.label); END;

        -- Which claim each standing review of a claim was found to be about.
        CREATE TABLE attached (
            review INTEGER PRIMARY KEY NOT NULL,
            reading INTEGER NOT NULL REFERENCES reading(number) ON DELETE CASCADE,
            number INTEGER NOT NULL
        );
        CREATE INDEX attached_reading ON attached(reading);

        -- Who speaks on which incident, reprints left out.
        CREATE TABLE sourceIncident (
            source TEXT NOT NULL,
            incident TEXT NOT NULL REFERENCES incident(id) ON DELETE CASCADE,
            speaker TEXT NOT NULL,
            kind TEXT NOT NULL,
            claims INTEGER NOT NULL,
            stories INTEGER NOT NULL,
            PRIMARY KEY (source, incident, speaker, kind)
        ) WITHOUT ROWID;
        CREATE INDEX sourceIncident_incident ON sourceIncident(incident);

        -- The search indexes hold no text of their own: it is cut from the stories.
        CREATE VIEW sentenceView AS
            SELECT sentence.id AS id, CAST(substr(story.text, start + 1, end - start) AS TEXT) AS text
            FROM sentence JOIN reading ON reading.number = sentence.reading JOIN story ON story.digest = reading.story;
        CREATE VIRTUAL TABLE sentenceText USING fts5(
            text, content = 'sentenceView', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2");
        CREATE VIEW storyView AS
            SELECT reading.number AS number, reading.headline AS headline, CAST(story.text AS TEXT) AS text
            FROM reading JOIN story ON story.digest = reading.story;
        CREATE VIRTUAL TABLE storyText USING fts5(
            headline, text, content = 'storyView', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2");
        """
}
