package import LMSDatabase

/// All rows of all tables, as text that is compared byte for byte.
package struct Dump: Equatable, Sendable, CustomStringConvertible {
    package let description: String

    /// `==` of texts takes two spellings of a letter for equal.
    package static func == (left: Dump, right: Dump) -> Bool {
        left.description.utf8.elementsEqual(right.description.utf8)
    }

    package func contains(_ text: String) -> Bool { description.contains(text) }
}

extension World {
    package func dump() async throws -> Dump {
        try await database.read { connection in
            let tables: [String] = try connection.rows(
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT LIKE '%#_search#_%' ESCAPE '#' ORDER BY name
                """
            ).map { try $0["name"] }
            var text = ""
            for table in tables {
                guard let statement = Self.statements[table] else {
                    throw Missing(what: "a statement that dumps the table \(table)")
                }
                text += "\(table)\n"
                try connection.forEach(statement) { row in
                    text += "  \(row)\n"
                    return true
                }
            }
            return Dump(description: text)
        }
    }

    /// A statement is made of literals only, so each table has its own.
    private static let statements: [String: SQL] = [
        "audit": "SELECT * FROM audit ORDER BY id",
        "course": "SELECT * FROM course ORDER BY id",
        "course_search": "SELECT rowid, * FROM course_search ORDER BY rowid",
        "enrollment": "SELECT * FROM enrollment ORDER BY id",
        "material": "SELECT * FROM material ORDER BY id",
        "material_search": "SELECT rowid, * FROM material_search ORDER BY rowid",
        "schema_version": "SELECT * FROM schema_version",
        "setting": "SELECT * FROM setting ORDER BY name",
        "session": "SELECT * FROM session ORDER BY id",
        "sqlite_sequence": "SELECT * FROM sqlite_sequence ORDER BY name",
        "throttle": "SELECT * FROM throttle ORDER BY key",
        "users": "SELECT * FROM users ORDER BY id",
    ]
}

// MARK: - Questions to the database

extension World {
    package func count(_ sql: SQL) async throws -> Int {
        try await database.read { try $0.value(sql) ?? 0 }
    }

    package func text(_ sql: SQL) async throws -> String? {
        try await database.read { try $0.value(sql) }
    }

    /// Writes past all rules, as somebody with `sqlite3` could.
    package func plant(_ sql: SQL) async throws {
        _ = try await database.write { try $0.execute(sql) }
    }

    /// The audit trail, as `actor action course subject`.
    package func trail() async throws -> [String] {
        try await database.read { connection in
            try connection.rows("SELECT actor, action, course, subject FROM audit ORDER BY id").map {
                let subject: String? = try $0["subject"]
                let actor: String = try $0["actor"]
                let action: String = try $0["action"]
                let course: String = try $0["course"]
                return "\(actor) \(action) \(course) \(subject ?? "-")"
            }
        }
    }
}
