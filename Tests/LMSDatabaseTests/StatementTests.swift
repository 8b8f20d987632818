import LMSDatabase
import LMSTestSupport
import Testing

/// Statements on every engine.
@Suite struct StatementTests {
    @Test(arguments: Engine.all)
    func `what a constraint refuses is told by its kind`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (id, name) VALUES (1, 'a')")
            await expectFailure(.uniqueViolation) {
                try await database.run("INSERT INTO parent (name) VALUES ('a')")
            }
            await expectFailure(.uniqueViolation) {
                try await database.run("INSERT INTO parent (id, name) VALUES (1, 'b')")
            }
            await expectFailure(.foreignKeyViolation) {
                try await database.run("INSERT INTO child (parent_id) VALUES (99)")
            }
            await expectFailure(.checkViolation) {
                try await database.run("INSERT INTO parent (name, amount) VALUES ('c', 13)")
            }
            let none: String? = nil
            await expectFailure(.checkViolation) {
                try await database.run("INSERT INTO parent (name) VALUES (\(none))")
            }
            #expect(try await database.names() == ["a"])
        }
    }

    @Test(arguments: Engine.all)
    func `a row that others name cannot be deleted`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (id, name) VALUES (1, 'a')")
            try await database.run("INSERT INTO child (parent_id) VALUES (1)")
            await expectFailure(.foreignKeyViolation) { try await database.run("DELETE FROM parent") }
        }
    }

    @Test(arguments: Engine.all)
    func `a wrong statement is a defect of ours, a missing table is damage`(engine: Engine) async throws {
        try await engine.run { database in
            await expectFailure(.internal) { try await database.run("SELEKT 1") }
            // Every table of ours is in the schema: one that is gone is damage.
            await expectFailure(.damaged) { try await database.run("SELECT * FROM no_such_table") }
        }
    }

    @Test(arguments: Engine.all)
    func `RETURNING gives the new row`(engine: Engine) async throws {
        try await engine.run { database in
            let ids: [Int?] = try await database.write { connection in
                try ["a", "b"].map {
                    try connection.value("INSERT INTO parent (name) VALUES (\($0)) RETURNING id")
                }
            }
            #expect(ids == [1, 2])
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test(arguments: Engine.all)
    func `ON CONFLICT DO NOTHING gives no row, and the transaction goes on`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.write { connection in
                try connection.execute("INSERT INTO parent (name) VALUES ('a')")
                let id: Int? = try connection.value(
                    "INSERT INTO parent (name) VALUES ('a') ON CONFLICT DO NOTHING RETURNING id")
                #expect(id == nil)
                let changed = try connection.execute(
                    "INSERT INTO parent (name) VALUES ('a') ON CONFLICT DO NOTHING")
                #expect(changed == 0)
                try connection.execute("INSERT INTO parent (name) VALUES ('b')")
            }
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test(arguments: Engine.all)
    func `insert gives the new row's id, and none where nothing was inserted`(engine: Engine) async throws {
        try await engine.run { database in
            let ids = try await database.write { connection in
                try ["a", "b", "a", "c"].map {
                    try connection.insert("INSERT INTO parent (name) VALUES (\($0)) ON CONFLICT DO NOTHING")
                }
            }
            #expect(ids.map { $0 == nil } == [false, false, true, false])
            let stored = try await database.read {
                try $0.rows("SELECT id FROM parent ORDER BY name").map { try $0["id"] as Int64 }
            }
            #expect(stored == ids.compactMap(\.self))
        }
    }

    @Test(arguments: Engine.all)
    func `columns are read by their names, in any order, and none that is not there`(
        engine: Engine
    ) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (id, name, amount) VALUES (1, 'a', 2), (3, 'b', 4)")
            let names = ["id", "amount", "twice", "amount", "id", "twice", "twice", "id"]
            let read = try await database.read { connection in
                try connection.rows("SELECT id, amount, 2 * id AS twice FROM parent ORDER BY id").map { row in
                    try names.map { try row[$0] as Int }
                }
            }
            #expect(read == [[1, 2, 2, 2, 1, 2, 2, 1], [3, 4, 6, 4, 3, 6, 6, 3]])
            await expectFailure(.damaged) {
                try await database.read { connection in
                    try connection.row("SELECT id, name FROM parent").map { try $0["amount"] as Int }
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `execute counts the rows that it changed`(engine: Engine) async throws {
        try await engine.run { database in
            let statements: [SQL] = [
                "INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')",
                "SELECT * FROM parent",
                "UPDATE parent SET amount = 1 WHERE name < 'c'",
                "UPDATE parent SET amount = 2 WHERE name = 'x'",
                "DELETE FROM parent WHERE name = 'x'",
                "DELETE FROM parent",
                "DELETE FROM parent",
            ]
            let counts = try await database.write { connection in
                try statements.map { try connection.execute($0) }
            }
            #expect(counts == [3, 0, 2, 0, 0, 3, 0])
        }
    }

    @Test(arguments: Engine.all)
    func `forEach stops when it is told to`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')")
            try await database.read { connection in
                var seen: [String] = []
                try connection.forEach("SELECT name FROM parent ORDER BY id") {
                    seen.append(try $0["name"])
                    return seen.count < 2
                }
                #expect(seen == ["a", "b"])
                // The statement begins anew.
                #expect(try connection.row("SELECT name FROM parent ORDER BY id")?["name"] == "a")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `the same statement may run inside its own rows`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')")
            try await database.read { connection in
                var pairs: [String] = []
                func rows(above id: Int, _ body: (Int, String) throws -> Void) throws {
                    try connection.forEach("SELECT id, name FROM parent WHERE id > \(id) ORDER BY id") {
                        try body(try $0["id"], try $0["name"])
                        return true
                    }
                }
                try rows(above: 0) { id, name in
                    try rows(above: id) { _, other in pairs.append(name + other) }
                }
                #expect(pairs == ["ab", "ac", "bc"])
            }
        }
    }

    @Test(arguments: Engine.all)
    func `an error inside forEach leaves the statement usable`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('a'), ('b')")
            try await database.read { connection in
                let statement: SQL = "SELECT name FROM parent ORDER BY id"
                #expect(throws: Missing.self) {
                    try connection.forEach(statement) { _ in throw Missing(what: "patience") }
                }
                let rows = try connection.rows(statement)
                #expect(rows.count == 2)
            }
        }
    }
}
