#if PostgreSQL
    /// Gathers the rows of a table, and sends them by COPY.
    final class PostgreSQLRowWriter: RowWriter {
        private let connection: PostgreSQLConnection
        private let table: String
        private let statement: String
        /// How many values a row is given.
        private let width: Int
        /// Ids that no row has yet, ascending.
        private var ids: ArraySlice<Int64> = []
        private var rows = CopyText()
        private var bound = 0
        /// What is wrong with a value of the row.
        private var flaw: DatabaseError?
        /// In bytes. As much fits between the program and the server, so that neither waits for the other.
        private static let most = 128 << 10

        init(_ table: SQL, _ columns: [SQL], ids: RowIDs, on connection: PostgreSQLConnection) {
            self.connection = connection
            self.table = table.rendered.text
            // The id comes last: it is known when the row is whole.
            let copy: SQL = "COPY \(table) (\(joined: columns + (ids == .drawn ? ["id"] : []))) FROM STDIN"
            statement = copy.rendered.text
            width = columns.count
        }

        func bind(_ integer: Int64, at index: Int) {
            begin(index)
            rows.append(integer)
        }

        func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
            begin(index)
            if !rows.append(text) { flaw = DatabaseError(.checkViolation, "a text with a NUL") }
        }

        func bindNull(at index: Int) {
            begin(index)
            rows.appendNull()
        }

        func bind(_ value: Value, at index: Int) {
            switch value {
            case .null: bindNull(at: index)
            case .integer(let integer): bind(integer, at: index)
            case .text(let text): bind(text, at: index)
            case .blob(let bytes):
                begin(index)
                rows.append(blob: bytes)
            }
        }

        private func begin(_ index: Int) {
            bound += 1
            if index != bound { flaw = DatabaseError(.internal, "values out of their order") }
            if index > 1 { rows.endValue() }
        }

        func drawIDs(for rows: Int) throws {
            guard rows > ids.count else { return }
            let missing = Int64(rows - ids.count)
            ids += try connection.rows(
                """
                SELECT nextval((SELECT CAST(pg_get_serial_sequence(\(table), 'id') AS regclass))) AS id
                FROM generate_series(1, \(missing))
                """
            ).map { try $0["id"] }
        }

        func insert() throws -> Int64? {
            try drawIDs(for: 1)
            guard let id = ids.popFirst() else { throw DatabaseError(.internal, "the sequence gave no id") }
            bind(id, at: width + 1)
            try endRow(of: width + 1)
            return id
        }

        func write() throws {
            try endRow(of: width)
        }

        private func endRow(of width: Int) throws {
            if let flaw { throw flaw }
            guard bound == width else { throw DatabaseError(.internal, "a row without all its values") }
            bound = 0
            rows.endRow()
            if rows.bytes.count >= Self.most { try flush() }
        }

        func flush() throws {
            guard !rows.bytes.isEmpty else { return }
            try connection.copy(statement, rows.bytes)
            rows.removeAll()
        }
    }
#endif
