internal import LMSDatabase
internal import LMSText

/// A full-text index of the rows of one table. Whoever writes such a row writes its entry too, in the same
/// transaction.
///
/// It is kept in step by the core, where the SQL of courses and materials is (`CourseRows`, `MaterialRows`): with
/// `trusted_schema` off, a trigger may not write an FTS5 table. A program of an older schema would not do so, and is therefore
/// refused. Rows that another program writes are not found until `lms db migrate`; `lms db check` tells.
///
/// An entry keeps the folded words, not only where they stand: so it can be compared with its row, and be deleted without
/// knowing how it was folded.
struct SearchIndex {
    let name: SQL
    /// What tells it from the others.
    let key: String
    let table: SQL
    /// What stands in the heading of an entry, and in its body, as columns of `table`.
    private let heading: SQL
    private let body: SQL

    static let courses = SearchIndex(
        name: "course_search", key: "course", table: "course", heading: "code || ' ' || title",
        body: "coalesce(description, '')")
    static let materials = SearchIndex(
        name: "material_search", key: "material", table: "material", heading: "title", body: "description")
    static let all = [courses, materials]

    /// - Parameters:
    ///   - isNew: Whether the row has just got its id, which none had before: then there is no other entry of it.
    ///   - heading: As it is stored, as is the body.
    func put(
        _ id: some ValueConvertible, isNew: Bool = false, heading: String, body: String,
        on connection: any Connection
    ) throws {
        if !isNew { try remove(id, on: connection) }
        var folder = WordFolder()
        try insert(id, heading: folder.folded(heading), body: folder.folded(body), on: connection)
    }

    private func insert(
        _ id: some ValueConvertible, heading: String, body: String, on connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO \(name) (\(connection.dialect.fullText.id), heading, body)
            VALUES (\(id), \(heading), \(body))
            """)
    }

    /// Writes the entries of very many new rows.
    final class Writer {
        private let index: SearchIndex
        private let connection: any Connection
        private let writer: any RowWriter
        private var folder = WordFolder()
        private let heading = GrowingBytes(capacity: 256)
        private let body = GrowingBytes(capacity: 4096)
        private var isEmpty = true

        fileprivate init(_ index: SearchIndex, on connection: any Connection) throws {
            self.index = index
            self.connection = connection
            writer = try connection.writer(
                of: index.name, [connection.dialect.fullText.id, "heading", "body"], ids: .given)
        }

        /// - Parameters: Texts as they are stored.
        func insert(_ id: Int64, heading: String, body: UnsafeBufferPointer<UInt8>) throws {
            if isEmpty {
                isEmpty = false
                for statement in connection.dialect.fullText.bulk(index.name).before {
                    try connection.execute(statement)
                }
            }
            self.heading.count = 0
            self.body.count = 0
            var heading = heading
            heading.withUTF8 { folder.fold($0, into: self.heading) }
            folder.fold(body, into: self.body)
            writer.bind(id, at: 1)
            writer.bind(self.heading.bytes, at: 2)
            writer.bind(self.body.bytes, at: 3)
            try writer.write()
        }

        func insert(_ id: Int64, heading: String, body: String) throws {
            var body = body
            try body.withUTF8 { try insert(id, heading: heading, body: $0) }
        }

        /// Is called after the last entry: ends what was begun for many at once.
        func finish() throws {
            guard !isEmpty else { return }
            try writer.flush()
            for statement in connection.dialect.fullText.bulk(index.name).after {
                try connection.execute(statement)
            }
        }
    }

    func writer(on connection: any Connection) throws -> Writer {
        try Writer(self, on: connection)
    }

    /// Writes the entry of a row anew, as the row is now; removes it where the row is gone.
    ///
    /// - Returns: How much text the old and the new entry have together, in bytes or, on PostgreSQL, characters.
    func renew(_ id: Int64, on connection: any Connection) throws -> Int {
        let old: Int? = try connection.value(
            "SELECT length(body) AS size FROM \(name) WHERE \(connection.dialect.fullText.id) = \(id)")
        guard
            let row = try connection.row(
                "SELECT \(heading) AS heading, \(body) AS body FROM \(table) WHERE id = \(id)")
        else {
            try remove(id, on: connection)
            return old ?? 0
        }
        let body: String = try row["body"]
        try put(id, heading: try row["heading"], body: body, on: connection)
        return (old ?? 0) + body.utf8.count
    }

    func remove(_ id: some ValueConvertible, on connection: any Connection) throws {
        try connection.execute("DELETE FROM \(name) WHERE \(connection.dialect.fullText.id) = \(id)")
    }

    /// Removes the entries of those rows of the table that a condition holds for.
    func remove(where condition: SQL, on connection: any Connection) throws {
        try connection.execute(
            """
            DELETE FROM \(name)
            WHERE \(connection.dialect.fullText.id) IN (SELECT id FROM \(table) WHERE \(condition))
            """)
    }

    /// The ids of the rows that a query finds, as a table with the column `id`. It stands in front of a CROSS JOIN, since
    /// SQLite then reads it first.
    func hits(_ query: FullTextQuery, on connection: any Connection) -> SQL {
        let fullText = connection.dialect.fullText
        return "(SELECT \(fullText.id) AS id FROM \(name) WHERE \(fullText.matches(name, query)))"
    }

    // MARK: - All entries

    /// Makes the entries of all rows, where there are none yet.
    ///
    /// - Parameter report: Is told after each batch how many entries it had.
    func fill(on connection: any Connection, report: (Int) -> Void = { _ in }) throws {
        let writer = try writer(on: connection)
        var last: Int64 = 0
        while true {
            // Few at once, since a text may have 1 MiB.
            let rows = try connection.rows(
                """
                SELECT id, \(heading) AS heading, \(body) AS body FROM \(table)
                WHERE id > \(last) ORDER BY id LIMIT 20
                """)
            if rows.isEmpty { return try writer.finish() }
            for row in rows {
                last = try row["id"]
                try writer.insert(last, heading: try row["heading"], body: try row["body"] as String)
            }
            report(rows.count)
        }
    }

    /// Makes the entries of all rows anew.
    func refill(on connection: any Connection) throws {
        try connection.execute("DROP TABLE \(name)")
        for statement in connection.dialect.fullText.create(name) { try connection.execute(statement) }
        try fill(on: connection)
        try connection.execute("DELETE FROM search_backlog WHERE kind = \(key)")
    }

    /// Whether each row has its entry and each entry its row, but for the backlog.
    func isInStep(on connection: any Connection) throws -> Bool {
        let id = connection.dialect.fullText.id
        let orphan: Int64? = try connection.value(
            """
            SELECT entry.\(id) AS id FROM \(name) AS entry LEFT JOIN \(table) ON \(table).id = entry.\(id)
            WHERE \(table).id IS NULL AND \(isNoBacklog("entry.\(id)")) LIMIT 1
            """)
        guard orphan == nil else { return false }
        var folder = WordFolder()
        var isInStep = true
        try connection.forEach(
            """
            SELECT source.heading, source.body, entry.heading AS indexed_heading, entry.body AS indexed_body
            FROM (SELECT id, \(heading) AS heading, \(body) AS body FROM \(table)) AS source
            LEFT JOIN \(name) AS entry ON entry.\(id) = source.id
            WHERE \(isNoBacklog("source.id"))
            """
        ) { row in
            let heading = folder.folded(try row["heading"])
            let body = folder.folded(try row["body"])
            let indexedHeading: String? = try row["indexed_heading"]
            let indexedBody: String? = try row["indexed_body"]
            isInStep = heading.isIdentical(to: indexedHeading) && body.isIdentical(to: indexedBody)
            return isInStep
        }
        return isInStep
    }

    private func isNoBacklog(_ id: SQL) -> SQL {
        "NOT EXISTS (SELECT 1 FROM search_backlog WHERE kind = \(key) AND search_backlog.id = \(id))"
    }
}
