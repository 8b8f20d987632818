import LMSDatabase
import LMSTestSupport
import Testing

/// Full-text search.
@Suite struct FullTextTests {
    private static let rows: [(Int64, String, String)] = [
        (1, "red apple", "sweet fruit"), (2, "green apple tree", "red leaves"), (3, "pear", "apples red"),
        (4, "red", "red apple"), (5, "đ日 x", "apple red"),
    ]

    private func found(_ query: FullTextQuery, on engine: Engine) async throws -> [Int64] {
        var ids: [Int64] = []
        try await engine.run { database in
            ids = try await database.write { connection in
                let fullText = connection.dialect.fullText
                for statement in fullText.create("words") { try connection.execute(statement) }
                for (id, heading, body) in Self.rows + [(9, "red apple", "")] {
                    try connection.execute(
                        """
                        INSERT INTO words (\(fullText.id), heading, body) VALUES (\(id), \(heading), \(body))
                        """)
                }
                try connection.execute("DELETE FROM words WHERE \(fullText.id) = \(Int64(9))")
                return try connection.rows(
                    """
                    SELECT \(fullText.id) AS id FROM words WHERE \(fullText.matches("words", query))
                    ORDER BY \(fullText.id)
                    """
                ).map { try $0["id"] }
            }
        }
        return ids
    }

    private func phrase(
        _ words: String..., ending: FullTextQuery.Ending = .wholeWord,
        in columns: FullTextQuery.Columns = .headingOrBody
    ) -> FullTextQuery { .phrase(words, ending: ending, in: columns) }

    @Test(arguments: Engine.all)
    func `words stand beside each other, in this order`(engine: Engine) async throws {
        #expect(try await found(phrase("apple"), on: engine) == [1, 2, 4, 5])
        #expect(try await found(phrase("red", "apple"), on: engine) == [1, 4])
        #expect(try await found(phrase("apple", "red"), on: engine) == [5], "not across heading and body")
        #expect(try await found(phrase("none"), on: engine) == [])
        #expect(try await found(phrase("đ日"), on: engine) == [5])
    }

    @Test(arguments: Engine.all)
    func `the last word may be a beginning`(engine: Engine) async throws {
        #expect(try await found(phrase("app", ending: .beginning), on: engine) == [1, 2, 3, 4, 5])
        #expect(try await found(phrase("red", "a", ending: .beginning), on: engine) == [1, 4])
        #expect(try await found(phrase("re", "apple", ending: .beginning), on: engine) == [])
        #expect(try await found(phrase("đ", ending: .beginning), on: engine) == [5])
    }

    @Test(arguments: Engine.all)
    func `the heading can be searched alone`(engine: Engine) async throws {
        #expect(try await found(phrase("apple", in: .heading), on: engine) == [1, 2])
        #expect(try await found(phrase("re", ending: .beginning, in: .heading), on: engine) == [1, 4])
    }

    @Test(arguments: Engine.all)
    func `the first word from a given one on, where beginnings take longer than words`(engine: Engine) async throws {
        try await engine.run { database in
            let words: [String] = try await database.write { connection in
                let fullText = connection.dialect.fullText
                let make = fullText.create("words") + fullText.createVocabulary("words")
                for statement in make { try connection.execute(statement) }
                for (id, heading, body) in Self.rows {
                    try connection.execute(
                        """
                        INSERT INTO words (\(fullText.id), heading, body) VALUES (\(id), \(heading), \(body))
                        """)
                }
                guard let firstWord = fullText.firstWord else { return ["apple", "leaves", "đ日", ""] }
                return try ["app", "leaf", "y", "đ日0"].map {
                    try connection.value(firstWord("words", $0)) ?? ""
                }
            }
            #expect(words == ["apple", "leaves", "đ日", ""])
        }
    }

    /// Source: https://www.sqlite.org/fts5.html (fts5vocab, automerge)
    @Test func `an index that many rows were written into has the same words, and its usual settings, behind that`() async throws {
        let database = try SQLiteDatabase.inMemory(schema: .trial)
        try await database.write { connection in
            let fullText = connection.dialect.fullText
            for name: SQL in ["usual", "bulk"] {
                for statement in fullText.create(name) + fullText.createVocabulary(name) { try connection.execute(statement) }
            }
            for statement in fullText.bulk("bulk").before { try connection.execute(statement) }
            for id in Int64(1)...3000 {
                let (heading, body) = ("week \(id % 50)", "chapter \(id) and \(id * 7919 % 100_003) questions")
                try connection.execute("INSERT INTO usual (rowid, heading, body) VALUES (\(id), \(heading), \(body))")
                try connection.execute("INSERT INTO bulk (rowid, heading, body) VALUES (\(id), \(heading), \(body))")
            }
            for statement in fullText.bulk("bulk").after { try connection.execute(statement) }
            func words(_ name: SQL) throws -> [Row] {
                try connection.rows("SELECT term, doc, col, \"offset\" AS place FROM \(name)_words")
            }
            let (usual, bulk) = (try words("usual"), try words("bulk"))
            #expect(usual.count == 3000 * 7)
            for (one, other) in zip(usual, bulk) {
                #expect(try one["term"] as String == other["term"] && one["doc"] as Int == other["doc"])
                #expect(try one["col"] as String == other["col"] && one["place"] as Int == other["place"])
            }
            #expect(usual.count == bulk.count)
            let settings = try connection.rows("SELECT k, v FROM bulk_config WHERE k <> 'version' ORDER BY k")
            #expect(try settings.map { try $0["k"] as String } == ["automerge"])
            #expect(try settings.map { try $0["v"] as Int } == [4])
        }
    }

    /// Source: https://www.sqlite.org/fts5.html (the shadow table %_idx has the segments)
    @Test func `entries that come between new rows are written out once`() async throws {
        let database = try SQLiteDatabase.inMemory(schema: .trial)
        try await database.write { connection in
            for statement in connection.dialect.fullText.create("words") { try connection.execute(statement) }
        }
        try await database.write { connection in
            for number in 1...10 {
                let id = try connection.insert("INSERT INTO parent (name) VALUES (\("\(number)")) ON CONFLICT DO NOTHING")
                try connection.execute("INSERT INTO words (rowid, heading, body) VALUES (\(id), 'week', \("\(number)"))")
            }
        }
        let segments: Int? = try await database.read { try $0.value("SELECT count(DISTINCT segid) FROM words_idx") }
        #expect(segments == 1)
    }

    @Test(arguments: Engine.all)
    func `queries combine`(engine: Engine) async throws {
        let (apple, red, pear) = (phrase("apple"), phrase("red", in: .heading), phrase("pear"))
        #expect(try await found(.all([apple, red]), on: engine) == [1, 4])
        #expect(try await found(.all([red]), on: engine) == [1, 4])
        #expect(try await found(.any([red, pear]), on: engine) == [1, 3, 4])
        #expect(try await found(.butNot(apple, red), on: engine) == [2, 5])
        #expect(try await found(.butNot(.any([apple, pear]), .any([red, pear])), on: engine) == [2, 5])
        #expect(try await found(.butNot(.butNot(apple, red), phrase("tree")), on: engine) == [5])
    }

    @Test(
        arguments: Engine.all,
        ["\"", "\"\"", "a\"b", "AND", "NOT", "a*", "heading:", "(", "'", "a:b", "a & b", "!a", "a\\"])
    func `words are data`(engine: Engine, word: String) async throws {
        #expect(try await found(phrase("none", word), on: engine) == [])
        _ = try await found(.all([phrase(word, ending: .beginning, in: .heading), phrase(word)]), on: engine)
    }
}
