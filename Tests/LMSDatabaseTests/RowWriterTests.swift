import LMSDatabase
import LMSTestSupport
import Testing

/// Writing very many rows, on every engine.
@Suite struct RowWriterTests {
    /// What COPY, CSV and SQL each give a meaning.
    private static let texts = [
        "", "\\", "\\.", "\n\\.\n", "\\N", "\\\\n", "a\tb", "a\nb", "a\rb", "a\r\nb", "\n", "\t", "\r",
        "\u{8}\u{b}\u{c}\u{1}\u{7f}",
        "'", "\"", ",", "{\"a\",NULL}", "NULL", "$1", "e\u{301}", "\u{e9}", "\u{1f469}\u{200d}\u{1f467}",
        String(repeating: "\\\n", count: 1 << 19), String(repeating: "\u{20ac}", count: 350_000),
    ]

    @Test(arguments: Engine.all)
    func `texts come back byte for byte`(engine: Engine) async throws {
        try await engine.run { database in
            let stored: [String] = try await database.write { connection in
                // Without an index, which on PostgreSQL has no room for long texts.
                try connection.execute("CREATE TABLE texts (id \(connection.dialect.integer), text \(connection.dialect.text))")
                let writer = try connection.writer(of: "texts", ["id", "text"], ids: .given)
                for (index, text) in Self.texts.enumerated() {
                    writer.bind(Int64(index), at: 1)
                    writer.bind(text, at: 2)
                    try writer.write()
                }
                try writer.flush()
                return try connection.rows("SELECT text FROM texts ORDER BY id").map { try $0["text"] }
            }
            #expect(stored.map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) })
        }
    }

    @Test(arguments: Engine.all)
    func `nulls, integers and blobs come back; an empty blob or text is no null`(engine: Engine) async throws {
        let values: [[Value]] = [
            [.text("a"), .null, .null], [.text("b"), .integer(.min), .blob([])],
            [.text("c"), .integer(.max), .blob(Array(0...255))], [.text(""), .integer(0), .blob([0])],
        ]
        try await engine.run { database in
            try await database.write { connection in
                let writer = try connection.writer(of: "parent", ["name", "amount", "bytes"], ids: .drawn)
                for row in values {
                    for (index, value) in row.enumerated() { writer.bind(value, at: index + 1) }
                    #expect(try writer.insert() != nil)
                }
                try writer.flush()
            }
            try await database.read { connection in
                let rows = try connection.rows("SELECT name, amount, bytes FROM parent ORDER BY id")
                #expect(rows.count == values.count && zip(rows, values).allSatisfy { $0.hasExactly($1) })
            }
        }
    }

    @Test(arguments: Engine.all, ["a\0b", "\0"])
    func `a NUL comes back, or is refused; nothing is cut at it`(engine: Engine, text: String) async throws {
        try await engine.run { database in
            do {
                try await database.write { connection in
                    let writer = try connection.writer(of: "parent", ["name"], ids: .drawn)
                    writer.bind(.text(text), at: 1)
                    _ = try writer.insert()
                    try writer.flush()
                }
            } catch let error as DatabaseError where error.kind == .checkViolation {
                #expect(try await database.names() == [])
                return
            }
            #expect(try await database.names().map { Array($0.utf8) } == [Array(text.utf8)])
        }
    }

    /// More than are sent at once.
    @Test(arguments: Engine.all)
    func `rows get new ids in their order, higher than all before`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('before')")
            let ids = try await database.write { connection in
                let writer = try connection.writer(of: "parent", ["name"], ids: .drawn)
                var ids: [Int64] = []
                for number in 0..<3000 {
                    if number == 100 { try writer.drawIDs(for: 2000) }
                    writer.bind("\(number) \(String(repeating: "x", count: 100))", at: 1)
                    ids.append(try #require(try writer.insert()))
                }
                try writer.flush()
                return ids
            }
            #expect(ids == Array(ids[0]..<ids[0] + 3000) && ids[0] > 1)
            let names = try await database.names()
            #expect(names.count == 3001 && names[0] == "before" && names[3000].hasPrefix("2999 "))
            try await database.run("INSERT INTO parent (name) VALUES ('after')")
            #expect(try await database.count("SELECT id FROM parent WHERE name = 'after'") == Int(ids[2999]) + 1)
        }
    }

    @Test(arguments: Engine.all)
    func `rows are there behind flush, for the statements that follow and for rows that name them`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.write { connection in
                let parents = try connection.writer(of: "parent", ["name"], ids: .drawn)
                let children = try connection.writer(of: "child", ["parent_id"], ids: .drawn)
                for number in 0..<10 {
                    parents.bind("\(number)", at: 1)
                    let parent = try #require(try parents.insert())
                    children.bind(parent, at: 1)
                    try parents.flush()
                    _ = try children.insert()
                    #expect(try connection.value("SELECT count(*) FROM parent") == number + 1)
                }
                try children.flush()
            }
            #expect(try await database.count("SELECT count(*) FROM child JOIN parent ON parent.id = parent_id") == 10)
        }
    }

    @Test(arguments: Engine.all)
    func `rows may be written while others are read`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')")
            try await database.write { connection in
                let children = try connection.writer(of: "child", ["parent_id"], ids: .drawn)
                var seen: [String] = []
                try connection.forEach("SELECT id, name FROM parent ORDER BY id") {
                    seen.append(try $0["name"])
                    children.bind(try $0["id"] as Int64, at: 1)
                    _ = try children.insert()
                    try children.flush()
                    return true
                }
                #expect(seen == ["a", "b", "c"])
            }
            #expect(try await database.count("SELECT count(*) FROM child") == 3)
        }
    }

    /// Also where nothing comes behind the row but the end of the transaction.
    @Test(arguments: Engine.all)
    func `a row that a rule refuses takes back the transaction, and the next one goes on`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            let rows: [(columns: [SQL], values: [Value], kind: DatabaseError.Kind)] = [
                (["name", "amount"], [.text("c"), .integer(13)], .checkViolation),
                (["name"], [.null], .checkViolation),
                (["id", "name"], [.integer(1000), .text("a")], .uniqueViolation),
            ]
            for (columns, values, kind) in rows {
                await expectFailure(kind) {
                    try await database.write { connection in
                        try connection.execute("INSERT INTO parent (name) VALUES ('b')")
                        let writer = try connection.writer(of: "parent", columns, ids: .given)
                        for (index, value) in values.enumerated() { writer.bind(value, at: index + 1) }
                        try writer.write()
                        try writer.flush()
                    }
                }
            }
            await expectFailure(.foreignKeyViolation) {
                try await database.write { connection in
                    let writer = try connection.writer(of: "child", ["parent_id"], ids: .drawn)
                    writer.bind(4711, at: 1)
                    _ = try writer.insert()
                    try writer.flush()
                    try connection.execute("INSERT INTO parent (name) VALUES ('b')")
                }
            }
            try await database.run("INSERT INTO parent (name) VALUES ('d')")
            #expect(try await database.names() == ["a", "d"])
        }
    }
}
