/// What a check of a database's file found.
package struct SQLiteFindings: Sendable, Equatable {
    /// What is broken or missing: pages, rows, tables.
    package var damage: [String]
    /// Rows that a check of the schema would have refused.
    package var values: [String]
    /// Triggers and indexes on our tables that somebody else made. They are no damage, but may make our statements fail.
    package var additions: [String]

    package init(damage: [String] = [], values: [String] = [], additions: [String] = []) {
        self.damage = damage
        self.values = values
        self.additions = additions
    }
}

extension SQLiteDatabase {
    /// How many findings there are of each kind at most.
    private static let limit = 20

    /// Checks the whole file.
    package func findings() throws -> SQLiteFindings {
        try transaction("BEGIN", ending: "COMMIT") { connection in
            var findings = SQLiteFindings()
            // Damage comes first: it may be the cause of the others.
            try Self.look(at: connection, &findings)
            if let schema { try Self.compare(schema, on: connection, &findings) }
            findings.damage += try Self.exhaustedSequences(on: connection)
            return findings
        }
    }

    /// What is broken or missing; empty where the file is whole.
    package func damage() throws -> [String] { try findings().damage }

    package func isDamaged() async -> Bool { isDamagedNow() }

    /// Whether there is anything that may make our statements fail. The check runs on the caller's thread.
    func isDamagedNow() -> Bool {
        do {
            let findings = try findings()
            return !findings.damage.isEmpty || !findings.additions.isEmpty
        } catch let error as DatabaseError {
            // A file that is busy, or cannot be read now, is not damaged for that.
            return error.kind == .damaged || error.kind.isUnexpected
        } catch {
            return false
        }
    }

    /// Runs `body`. A failure that our statements never have on a sound file is `damaged`, where the file is. Without the look
    /// at the file, the user would be told of a mistake of lms.
    func explaining<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError where error.kind.isUnexpected && isDamagedNow() {
            throw DatabaseError(.damaged, error)
        }
    }

    /// Has SQLite check pages, rows, indexes, constraints and references.
    private static func look(at connection: SQLiteConnection, _ findings: inout SQLiteFindings) throws {
        try connection.forEach("PRAGMA integrity_check(20)") { row in
            let found: String = try row["integrity_check"]
            for line in found.split(separator: "\n") where line != "ok" && !line.hasPrefix("***") {
                if line.hasPrefix(failedCheck) {
                    let table = line.dropFirst(failedCheck.count)
                    findings.values.append("a row of \(table) has a value that lms does not write")
                } else {
                    findings.damage.append(String(line))
                }
            }
            return true
        }
        // Where tables are missing, the next check would fail.
        guard try connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'users'") != nil else { return }
        var dangling: [String] = []
        try connection.forEach("PRAGMA foreign_key_check") { row in
            let table: String = try row["table"]
            let parent: String = try row["parent"]
            dangling.append("a row of \(table) names a row of \(parent) that is not there")
            return dangling.count < limit
        }
        findings.damage += dangling
    }

    /// How SQLite's message about a CHECK that does not hold begins.
    /// Source: https://www.sqlite.org/pragma.html#pragma_integrity_check
    private static let failedCheck = "CHECK constraint failed in "

    // MARK: - Tables

    /// A table, an index or a trigger, as `sqlite_schema` describes it.
    private struct Object {
        let type: String
        let table: String
        /// The words of its CREATE statement without quotation marks, which earlier programs did not write everywhere;
        /// `nil` for an index of a constraint.
        let statement: [Substring]?

        init(_ row: Row) throws {
            type = try row["type"]
            table = try row["tbl_name"]
            let sql: String? = try row["sql"]
            statement = sql?.filter { $0 != "\"" }.split(whereSeparator: \.isWhitespace)
        }
    }

    private static func objects(on connection: SQLiteConnection) throws -> [String: Object] {
        var objects: [String: Object] = [:]
        try connection.forEach("SELECT type, name, tbl_name, sql FROM sqlite_schema") { row in
            let name: String = try row["name"]
            // The others are SQLite's own.
            if !name.hasPrefix("sqlite_") { objects[name] = try Object(row) }
            return true
        }
        return objects
    }

    /// Compares the file with what the schema's steps make, up to the version that the file has. Tables and views that somebody
    /// added do no harm, and are passed over. Triggers and indexes on our tables are not, since they change what our statements
    /// do.
    private static func compare(
        _ schema: Schema, on connection: SQLiteConnection, _ findings: inout SQLiteFindings
    ) throws {
        let version: Int = try connection.value("PRAGMA user_version") ?? 0
        let steps = Schema(
            applicationID: schema.applicationID,
            migrations: schema.migrations.filter { $0.version <= version })
        let expected = try SQLiteDatabase.inMemory(schema: steps).withConnection { try objects(on: $0) }
        let found = try objects(on: connection)
        // A newer program may have changed objects on purpose.
        let isNewer = version > schema.version
        let differing = expected.sorted { $0.key < $1.key }.compactMap { name, object -> String? in
            guard let other = found[name] else {
                return isNewer && object.type != "table" ? nil : "the \(object.type) \(name) is missing"
            }
            let isSame = other.type == object.type && other.statement == object.statement
            return isSame || isNewer ? nil : "the \(object.type) \(name) is not as lms makes it"
        }
        let tables = Set(expected.values.map(\.table))
        let added = found.sorted { $0.key < $1.key }.compactMap { name, object -> String? in
            guard !isNewer, expected[name] == nil, object.type == "trigger" || object.type == "index",
                tables.contains(object.table)
            else { return nil }
            return "the \(object.type) \(name) on \(object.table) is not of lms"
        }
        findings.damage += differing.prefix(limit)
        findings.additions += added.prefix(limit)
    }

    /// Tables whose ids are used up.
    private static func exhaustedSequences(on connection: SQLiteConnection) throws -> [String] {
        // Nobody gets so far by adding rows.
        let limit = Int64.max / 2
        guard try connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'") != nil else {
            return []
        }
        return try connection.rows(
            "SELECT name FROM sqlite_sequence WHERE seq > \(limit) OR typeof(seq) <> 'integer' ORDER BY name"
        ).map { row in
            let name: String = try row["name"]
            return "the ids of \(name) are used up"
        }
    }
}
