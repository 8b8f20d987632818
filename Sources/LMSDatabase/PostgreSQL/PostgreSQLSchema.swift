#if PostgreSQL
    /// Which tables of ours a PostgreSQL database has.
    ///
    /// The table `schema_version` has their version, as on SQLite. Whose tables they are, which SQLite keeps in the file's
    /// header, is in a comment on that table.
    enum PostgreSQLSchema {
        enum State {
            case none
            case foreign
            case older
            case current
            /// From a newer program.
            case newer(isUsable: Bool)

            /// - Throws: `DatabaseError`.
            func requireUsable() throws {
                switch self {
                case .current, .newer(isUsable: true): return
                case .none: throw DatabaseError(.noTables, "no schema_version")
                case .foreign: throw DatabaseError(.foreignDatabase, "another program's schema_version")
                case .older: throw DatabaseError(.schemaTooOld, "an older schema")
                case .newer(isUsable: false): throw DatabaseError(.schemaTooNew, "a newer schema")
                }
            }
        }

        static func state(of schema: Schema, on connection: any Connection) throws -> State {
            // Looked for along the search path. Another program's table of this name has no comment like ours.
            let found: Int? = try connection.value("SELECT 1 WHERE to_regclass('schema_version') IS NOT NULL")
            guard found != nil else { return .none }
            let mark: String? = try connection.value(
                "SELECT obj_description(to_regclass('schema_version'), 'pg_class') AS mark")
            guard mark == schema.mark else { return .foreign }
            let version: Int = try connection.value("SELECT version FROM schema_version") ?? 0
            if version < schema.version { return .older }
            return version == schema.version ? .current : .newer(isUsable: try schema.accepts(connection))
        }

        /// - Returns: Whether there was something to do.
        static func migrate(_ schema: Schema, on connection: any Connection) throws -> Bool {
            // One program at a time: the lock is held to the end of the transaction.
            _ = try connection.rows("SELECT pg_advisory_xact_lock(\(Int64(schema.applicationID)))")
            let state = try state(of: schema, on: connection)
            switch state {
            case .current, .newer(isUsable: true): return false
            case .foreign, .newer: try state.requireUsable()
            case .none: try schema.migrate(connection, from: 0)
            case .older:
                // A write of an older program that has looked at the version ends first, and the next one waits.
                try connection.execute("LOCK TABLE schema_version IN EXCLUSIVE MODE")
                let version: Int = try connection.value("SELECT version FROM schema_version") ?? 0
                try schema.migrate(connection, from: version)
            }
            if case .none = state { try schema.leaveMark(on: connection) }
            return true
        }
    }

    extension Schema {
        /// `lms schema 1819112241`
        fileprivate var mark: String { "lms schema \(applicationID)" }

        fileprivate func leaveMark(on connection: any Connection) throws {
            // COMMENT takes no bound values.
            guard let connection = connection as? PostgreSQLConnection else { return }
            try connection.command("COMMENT ON TABLE schema_version IS '\(mark)'")
        }
    }
#endif
