extension SQLiteDatabase {
    /// How many problems are told of each kind.
    private static let limit = 20

    /// What is wrong with the file; empty where it is whole, and has the tables that the schema makes.
    package func problems() throws -> [String] {
        try transaction("BEGIN", ending: "COMMIT") { connection in
            let differences = try schema.map { try Self.differences($0, on: connection) } ?? []
            // Damage first: it may be what the others come of.
            return try Self.damage(on: connection) + differences + Self.exhaustedSequences(on: connection)
        }
    }

    package func isDamaged() async -> Bool { isDamagedNow() }

    /// The same on the thread of the caller.
    func isDamagedNow() -> Bool {
        do {
            return try !problems().isEmpty
        } catch let error as DatabaseError {
            // Busy, or not to be read now, is another matter.
            return error.kind == .corrupt || error.kind.isUnexpected
        } catch {
            return false
        }
    }

    /// Runs `body`. A failure that would be a defect of ours is one of the file where that is damaged.
    func explaining<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError where error.kind.isUnexpected && isDamagedNow() {
            throw DatabaseError(.corrupt, error.detail)
        }
    }

    /// What SQLite finds: pages, rows, indexes, constraints, references.
    private static func damage(on connection: SQLiteConnection) throws -> [String] {
        var found: [String] = []
        try connection.forEach("PRAGMA integrity_check(20)") { row in
            let line: String = try row["integrity_check"]
            if line != "ok" { found.append(line) }
            return true
        }
        // Needs the tables that are named.
        guard try connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'users'") != nil else {
            return found
        }
        try connection.forEach("PRAGMA foreign_key_check") { row in
            let table: String = try row["table"]
            let parent: String = try row["parent"]
            found.append("a row of \(table) names a row of \(parent) that is not there")
            return found.count < limit
        }
        return found
    }

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

    /// What is other than the schema's steps make it, up to the version that the file says. Tables and views that somebody
    /// added do no harm; triggers and indexes on our tables may.
    private static func differences(_ schema: Schema, on connection: SQLiteConnection) throws -> [String] {
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
        return Array((differing + added).prefix(limit))
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
