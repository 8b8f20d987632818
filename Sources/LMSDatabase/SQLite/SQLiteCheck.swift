/// What a look at the file of a database found.
package struct SQLiteFindings: Sendable, Equatable {
    /// What is broken or missing; empty where the file is whole, and has the tables that the schema makes.
    package var damage: [String]
    /// Rows that a check of the schema would have refused.
    package var values: [String]
    /// Triggers and indexes of somebody else's on our tables. They are no damage, but may keep us from writing.
    package var additions: [String]

    package init(damage: [String] = [], values: [String] = [], additions: [String] = []) {
        self.damage = damage
        self.values = values
        self.additions = additions
    }
}

extension SQLiteDatabase {
    /// How many problems are told of each kind.
    private static let limit = 20

    /// Looks at the whole file.
    package func findings() throws -> SQLiteFindings {
        try transaction("BEGIN", ending: "COMMIT") { connection in
            var findings = SQLiteFindings()
            // Damage first: it may be what the others come of.
            try Self.look(at: connection, &findings)
            if let schema { try Self.compare(schema, on: connection, &findings) }
            findings.damage += try Self.exhaustedSequences(on: connection)
            return findings
        }
    }

    /// What is broken or missing; empty where the file is whole.
    package func damage() throws -> [String] { try findings().damage }

    package func isDamaged() async -> Bool { isDamagedNow() }

    /// Whether there is anything that may make our statements fail, looked for on the thread of the caller.
    func isDamagedNow() -> Bool {
        do {
            let findings = try findings()
            return !findings.damage.isEmpty || !findings.additions.isEmpty
        } catch let error as DatabaseError {
            // Busy, or not to be read now, is another matter.
            return error.kind == .damaged || error.kind.isUnexpected
        } catch {
            return false
        }
    }

    /// Runs `body`. A failure that would be a defect of ours is one of the file where that is damaged.
    func explaining<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError where error.kind.isUnexpected && isDamagedNow() {
            throw DatabaseError(.damaged, error.detail)
        }
    }

    /// What SQLite finds: pages, rows, indexes, constraints, references.
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
        // Needs the tables that are named.
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

    /// How SQLite begins to tell of a CHECK that does not hold. Source: https://www.sqlite.org/pragma.html#pragma_integrity_check
    private static let failedCheck = "CHECK constraint failed in "

    // MARK: - Tables

    /// A table, an index or a trigger, as `sqlite_schema` describes it.
    private struct Object {
        let type: String
        let table: String
        /// How it was made, in one spelling of its blanks and names: earlier programs wrote some without quotation marks.
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
            // What SQLite keeps for itself.
            if !name.hasPrefix("sqlite_") { objects[name] = try Object(row) }
            return true
        }
        return objects
    }

    /// Looks for what is other than the schema's steps make it, up to the version that the file says. Tables and views
    /// that somebody added do no harm.
    private static func compare(
        _ schema: Schema, on connection: SQLiteConnection, _ findings: inout SQLiteFindings
    ) throws {
        let version: Int = try connection.value("PRAGMA user_version") ?? 0
        let steps = Schema(
            applicationID: schema.applicationID,
            migrations: schema.migrations.filter { $0.version <= version })
        let expected = try SQLiteDatabase.inMemory(schema: steps).withConnection { try objects(on: $0) }
        let found = try objects(on: connection)
        // A newer program may have changed what we know.
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

    /// Tables whose next row would need an id that there is none of.
    private static func exhaustedSequences(on connection: SQLiteConnection) throws -> [String] {
        // Nobody gets there by adding rows.
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
