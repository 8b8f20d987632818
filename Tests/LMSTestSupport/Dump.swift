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
            let tables: [String] = try connection.rows(tableNames).map { try $0["name"] }
            var text = ""
            for table in tables {
                guard let statement = Self.statement(table, connection.dialect.fullText.id) else {
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

    /// On SQLite with the ids that were given out last; on PostgreSQL an id that was taken back is given up.
    private var tableNames: SQL {
        #if PostgreSQL
            if database is PostgreSQLDatabase {
                return
                    "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
            }
        #endif
        return """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE '%#_search#_%' ESCAPE '#' ORDER BY name
            """
    }

    private static func statement(_ table: String, _ indexID: SQL) -> SQL? {
        switch table {
        case "course_search":
            "SELECT \(indexID) AS id, heading, body FROM course_search ORDER BY \(indexID)"
        case "material_search":
            "SELECT \(indexID) AS id, heading, body FROM material_search ORDER BY \(indexID)"
        default: statements[table]
        }
    }

    /// A statement is made of literals only, so each table has its own.
    private static let statements: [String: SQL] = [
        "account_audit": "SELECT * FROM account_audit ORDER BY id",
        "trash": "SELECT * FROM trash ORDER BY id",
        "trash_co_teacher": "SELECT * FROM trash_co_teacher ORDER BY entry_id, user_id",
        "trash_course": "SELECT * FROM trash_course ORDER BY id",
        "trash_course_key": "SELECT * FROM trash_course_key ORDER BY course_id",
        "trash_enrollment": "SELECT * FROM trash_enrollment ORDER BY id",
        "trash_material": "SELECT * FROM trash_material ORDER BY id",
        "audit": "SELECT * FROM audit ORDER BY id",
        "course": "SELECT * FROM course ORDER BY id",
        "enrollment": "SELECT * FROM enrollment ORDER BY id",
        "material": "SELECT * FROM material ORDER BY id",
        "search_backlog": "SELECT * FROM search_backlog ORDER BY kind, id",
        "schema_version": "SELECT * FROM schema_version",
        "setting": "SELECT * FROM setting ORDER BY name",
        "school_zone": "SELECT * FROM school_zone ORDER BY id",
        "login_session": "SELECT * FROM login_session ORDER BY id",
        "token_course": "SELECT * FROM token_course ORDER BY session_id, course_id",
        "former_username": "SELECT * FROM former_username ORDER BY username",
        "co_teacher": "SELECT * FROM co_teacher ORDER BY course_id, user_id",
        "course_key": "SELECT * FROM course_key ORDER BY course_id",
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

    /// The log of accounts and settings, as `actor action subject`.
    package func accountLogEntries() async throws -> [String] {
        try await database.read { connection in
            try connection.rows("SELECT actor, action, subject FROM account_audit ORDER BY id").map {
                let actor: String = try $0["actor"]
                let action: String = try $0["action"]
                let subject: String = try $0["subject"]
                return "\(actor) \(action) \(subject)"
            }
        }
    }

    /// The log of courses, as `actor action course subject`.
    package func logEntries() async throws -> [String] {
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
