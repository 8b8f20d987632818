import LMSDatabase
import LMSTestSupport
import Testing

/// Values on every engine.
@Suite struct ValueTests {
    @Test(
        arguments: Engine.all,
        [
            "", "a", "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}", "e\u{301}", "\u{e9}",
            "line\r\nline", "'; DROP TABLE parent; --", "$1", String(repeating: "x", count: 100_000),
        ])
    func `a text comes back byte for byte`(engine: Engine, text: String) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES (\(text))")
            let stored: String? = try await database.read { try $0.value("SELECT name FROM parent") }
            #expect(Array(try #require(stored).utf8) == Array(text.utf8))
            let byText = try await database.count("SELECT count(*) FROM parent WHERE name = \(text)")
            #expect(byText == 1)
        }
    }

    @Test(arguments: Engine.all, ["a\0b", "\0"])
    func `a NUL comes back, or is refused; nothing is cut at it`(engine: Engine, text: String) async throws {
        try await engine.run { database in
            do {
                try await database.run("INSERT INTO parent (name) VALUES (\(text))")
            } catch let error as DatabaseError where error.kind == .checkViolation {
                #expect(try await database.count("SELECT count(*) FROM parent") == 0)
                return
            }
            let stored: String? = try await database.read { try $0.value("SELECT name FROM parent") }
            #expect(Array(try #require(stored).utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: Engine.all, [Int64.min, -1, 0, 1, 1 << 53, Int64.max])
    func `an integer comes back`(engine: Engine, integer: Int64) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name, amount) VALUES ('a', \(integer))")
            let stored: Int64? = try await database.read { try $0.value("SELECT amount FROM parent") }
            #expect(stored == integer)
        }
    }

    @Test(
        arguments: Engine.all,
        [[], [0], [0, 255, 0], Array(0...255)] as [[UInt8]])
    func `a blob comes back, an empty one is not null`(engine: Engine, bytes: [UInt8]) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name, bytes) VALUES ('a', \(bytes))")
            let stored: [UInt8]? = try await database.read { try $0.value("SELECT bytes FROM parent") }
            #expect(stored == bytes)
            let nulls = try await database.count("SELECT count(*) FROM parent WHERE bytes IS NULL")
            #expect(nulls == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `null comes back as nil of every type, and is not empty text`(engine: Engine) async throws {
        try await engine.run { database in
            let amount: Int? = nil
            let bytes: [UInt8]? = nil
            try await database.run(
                "INSERT INTO parent (name, amount, bytes) VALUES ('', \(amount), \(bytes))")
            try await database.read { connection in
                let row = try #require(try connection.row("SELECT name, amount, bytes FROM parent"))
                #expect(try row["name"] == "")
                #expect(try (row["amount"] as Int64?) == nil)
                #expect(try (row["bytes"] as [UInt8]?) == nil)
                #expect(throws: DatabaseError.self) { try row["amount"] as Int64 }
                let value: Int? = try connection.value("SELECT amount FROM parent")
                #expect(value == nil)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a value of another type, or a column that is not there, is an error`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name, amount) VALUES ('a', 1)")
            for column in ["amount", "no_such_column"] {
                await expectFailure(.damaged) {
                    try await database.read { connection in
                        try connection.row("SELECT amount FROM parent").map { try $0[column] as String }
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `values are bound in the order of the text, nested and repeated fragments too`(engine: Engine) async throws {
        try await engine.run { database in
            let inner: SQL = "\(2) * 10 + \(3)"
            let sql: SQL = "SELECT \(1) AS a, \(inner) AS b, \(4) AS c, \(inner) AS d, \("five") AS e"
            let row = try #require(try await database.read { try $0.row(sql) })
            #expect(try row["a"] == 1)
            #expect(try row["b"] == 23)
            #expect(try row["c"] == 4)
            #expect(try row["d"] == 23)
            #expect(try row["e"] == "five")
        }
    }

    @Test(arguments: Engine.all)
    func `a list is bound value by value`(engine: Engine) async throws {
        try await engine.run { database in
            for name in ["a", "b", "c", "d"] {
                try await database.run("INSERT INTO parent (name) VALUES (\(name))")
            }
            let few = try await database.count(
                "SELECT count(*) FROM parent WHERE id > \(0) AND name IN (\(list: ["a", "c", "x"])) AND id < \(9)"
            )
            #expect(few == 2)
            let one = try await database.count("SELECT count(*) FROM parent WHERE name IN (\(list: ["d"]))")
            #expect(one == 1)
        }
    }
}
