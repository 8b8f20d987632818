#if PostgreSQL
    /// Which tables of ours a PostgreSQL database has.
    ///
    /// `schema_version` says it, as on SQLite; what SQLite keeps in a file's header, whose tables they are, is the
    /// comment on that table.
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
            // Where the search path finds it; another program's table of this name has no such comment.
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
            // Held to the end of the transaction: one program at a time.
            _ = try connection.rows("SELECT pg_advisory_xact_lock(\(Int64(schema.applicationID)))")
            let state = try state(of: schema, on: connection)
            switch state {
            case .current, .newer(isUsable: true): return false
            case .foreign, .newer: try state.requireUsable()
            case .none: try schema.migrate(connection, from: 0)
            case .older:
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
            // A comment takes no value.
            guard let connection = connection as? PostgreSQLConnection else { return }
            try connection.command("COMMENT ON TABLE schema_version IS '\(mark)'")
        }
    }
#endif
