#if PostgreSQL
    internal import CPostgreSQL
    internal import Glibc

    /// One connection to a PostgreSQL server, by libpq.
    ///
    /// `@unchecked`: the pool hands it to one task at a time.
    final class PostgreSQLConnection: Connection, @unchecked Sendable {
        private let handle: OpaquePointer
        /// The names of the statements that the server has prepared, by their text and the types of their values.
        private var prepared: [String: String] = [:]
        private static let preparedLimit = 256
        /// The result that is being read.
        private var stream: PostgreSQLRows?
        /// Whether the server still has to say what became of the rows of the last COPY.
        private var isCopying = false

        /// - Parameters:
        ///   - url: Whatever libpq takes: a URL, or `key=value` pairs. What it leaves open comes from libpq's own variables
        ///     and files.
        ///   - statementTimeout: In seconds; 0 for none.
        /// - Throws: `DatabaseError`.
        init(url: String, statementTimeout: Int = 60) throws {
            guard let handle = Self.connect(Self.defaults() + [("dbname", url)]) else {
                throw DatabaseError(.internal, "no memory")
            }
            self.handle = handle
            // A failed connection has a handle too, which ends with this object.
            guard PQstatus(handle) == CONNECTION_OK else { throw DatabaseError(connecting: handle, to: url) }
            // Without DETAIL, which shows a whole row where a rule refuses it, with its hash.
            PQsetErrorVerbosity(handle, PQERRORS_TERSE)
            // Else libpq writes notices to standard error.
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            try command(
                """
                SET client_encoding TO 'UTF8'; SET TIME ZONE 'UTC';
                SET statement_timeout TO '\(statementTimeout)s'; SET lock_timeout TO '10s';
                SET idle_in_transaction_session_timeout TO '60s'
                """)
        }

        deinit { PQfinish(handle) }

        /// Settings of ours that neither libpq's variables nor PGSERVICE have; the URL may still have others. With them, a
        /// server that vanishes without closing the connection is noticed within half a minute.
        private static func defaults() -> [(name: String, value: String)] {
            let own = [
                ("fallback_application_name", "lms"), ("connect_timeout", "10"),
                ("tcp_user_timeout", "30000"),
                ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ]
            guard let given = PQconndefaults() else { return own }
            defer { PQconninfoFree(given) }
            var said: Set<String> = []
            var option = given
            while let keyword = option.pointee.keyword {
                if option.pointee.val != nil { said.insert(String(cString: keyword)) }
                option += 1
            }
            return own.filter { !said.contains($0.0) }
        }

        /// - Parameter settings: By libpq's names. A `dbname` that is a URL is taken apart, and outranks the settings
        ///   before it.
        private static func connect(_ settings: [(name: String, value: String)]) -> OpaquePointer? {
            let names = settings.map { strdup($0.name) }
            let values = settings.map { strdup($0.value) }
            defer { for pointer in names + values { free(pointer) } }
            return PQconnectdbParams(
                names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
        }

        var dialect: Dialect { .postgreSQL }

        /// Whether another transaction can run on it.
        var isUsable: Bool {
            PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE && stream == nil && !isCopying
        }

        var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }

        // MARK: - Statements

        func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
            try stream?.keepTheRest()
            let outer = stream
            let own = try start(sql)
            stream = own
            defer {
                own.skipTheRest()
                stream = outer
            }
            while let row = try own.next() {
                guard try body(row) else { return }
            }
        }

        @discardableResult
        func execute(_ sql: SQL) throws -> Int {
            try stream?.keepTheRest()
            let own = try start(sql)
            while try own.next() != nil {}
            return own.changedRows
        }

        func prepare(_ sql: SQL) throws -> any Statement {
            let (text, values) = sql.rendered
            guard values.isEmpty else {
                throw DatabaseError(.internal, "a prepared statement gets its values later")
            }
            return PostgreSQLStatement(text, on: self)
        }

        func writer(of table: SQL, _ columns: [SQL], ids: RowIDs) -> any RowWriter {
            PostgreSQLRowWriter(table, columns, ids: ids, on: self)
        }

        /// Starts a statement. Rows of another one that are still being read are read into memory first.
        func start(_ text: String, _ values: [Value]) throws -> PostgreSQLRows {
            try stream?.keepTheRest()
            return try send(text, values)
        }

        private func start(_ sql: SQL) throws -> PostgreSQLRows {
            let (text, values) = sql.rendered
            return try send(text, values)
        }

        private func send(_ text: String, _ values: [Value]) throws -> PostgreSQLRows {
            try settle()
            let name = try prepare(text, values)
            let parameters = try PostgreSQLParameters(values)
            let isSent = parameters.withPointers { pointers in
                PQsendQueryPrepared(handle, name, Int32(values.count), pointers, nil, nil, 0) == 1
            }
            guard isSent else { throw failure }
            PQsetSingleRowMode(handle)
            return PostgreSQLRows(handle)
        }

        /// Has the server prepare a statement, once for each list of its values' types.
        ///
        /// - Returns: Its name on the server.
        private func prepare(_ text: String, _ values: [Value]) throws -> String {
            let types = values.map(PostgreSQLParameters.type)
            let key = types.map { "\($0)," }.joined() + text
            if let name = prepared[key] { return name }
            if prepared.count >= Self.preparedLimit {
                try command("DEALLOCATE ALL")
                prepared = [:]
            }
            let name = "s\(prepared.count)"
            let result = PQprepare(handle, name, text, Int32(types.count), types)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw Self.failure(result, handle) }
            prepared[key] = name
            return name
        }

        /// Runs statements without values, one behind the other.
        ///
        /// - Returns: What the server says of the last: `COMMIT`, for instance, or `ROLLBACK` where it could not commit.
        @discardableResult
        func command(_ text: String) throws -> String {
            try settle()
            let result = PQexec(handle, text)
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
                throw Self.failure(result, handle)
            }
            return String(cString: PQcmdStatus(result))
        }

        /// Runs statements without values, the last of which answers one row of integers.
        ///
        /// - Returns: The row; nothing where there is none.
        func integers(_ text: String) throws -> [Int] {
            try settle()
            let result = PQexec(handle, text)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw Self.failure(result, handle) }
            guard PQntuples(result) == 1 else { return [] }
            return (0..<PQnfields(result)).compactMap { column in
                PQgetvalue(result, 0, column).flatMap { Int(String(cString: $0)) }
            }
        }

        // MARK: - COPY

        /// Sends rows to a COPY. What the server says of them is heard before the next statement, so that it writes them while the
        /// program makes others.
        ///
        /// - Parameter rows: In COPY's text format.
        func copy(_ statement: String, _ rows: [UInt8]) throws {
            guard let length = Int32(exactly: rows.count) else { throw DatabaseError(.internal, "rows of more than 2 GiB at once") }
            try stream?.keepTheRest()
            try settle()
            let result = PQexec(handle, statement)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COPY_IN else { throw Self.failure(result, handle) }
            isCopying = true
            let isSent = rows.withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    PQputCopyData(handle, $0.baseAddress, length) == 1
                }
            }
            guard isSent, PQputCopyEnd(handle, nil) == 1 else { throw failure }
        }

        /// Hears what became of the rows that were sent last.
        ///
        /// - Throws: `DatabaseError` where they were refused.
        func settle() throws {
            guard isCopying else { return }
            isCopying = false
            var refusal: DatabaseError?
            while let result = PQgetResult(handle) {
                defer { PQclear(result) }
                switch PQresultStatus(result) {
                case PGRES_COMMAND_OK: break
                // The server was not told that the rows are over, for the connection failed.
                case PGRES_COPY_IN: throw failure
                default: refusal = refusal ?? Self.failure(result, handle)
                }
            }
            if let refusal { throw refusal }
        }

        private var failure: DatabaseError {
            DatabaseError(isAlive ? .internal : .serverUnreachable, String(cString: PQerrorMessage(handle)))
        }

        static func failure(_ result: OpaquePointer?, _ handle: OpaquePointer) -> DatabaseError {
            guard let result, PQstatus(handle) == CONNECTION_OK,
                // PG_DIAG_SQLSTATE, a macro that Swift does not see.
                let state = PQresultErrorField(result, Int32(UInt8(ascii: "C")))
            else { return DatabaseError(.serverUnreachable, String(cString: PQerrorMessage(handle))) }
            return DatabaseError(
                sqlState: String(cString: state), detail: String(cString: PQresultErrorMessage(result)))
        }
    }
#endif
