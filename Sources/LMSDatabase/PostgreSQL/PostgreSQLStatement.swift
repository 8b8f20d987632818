#if PostgreSQL
    /// A statement that is run for many rows. The server prepares it when its values are first known.
    final class PostgreSQLStatement: Statement {
        private let text: String
        private let connection: PostgreSQLConnection
        private var values: [Value] = []

        init(_ text: String, on connection: PostgreSQLConnection) {
            self.text = text
            self.connection = connection
        }

        func bind(_ integer: Int64, at index: Int) { bind(.integer(integer), at: index) }

        func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
            bind(.text(String(decoding: text, as: UTF8.self)), at: index)
        }

        func bindNull(at index: Int) { bind(.null, at: index) }

        private func bind(_ value: Value, at index: Int) {
            while values.count < index { values.append(.null) }
            values[index - 1] = value
        }

        @discardableResult
        func run() throws -> Int {
            let rows = try connection.start(text, values)
            while try rows.next() != nil {}
            return rows.changedRows
        }

        func first<T>(_ body: (any StatementRow) throws -> T) throws -> T? {
            let rows = try connection.start(text, values)
            defer { rows.skipTheRest() }
            return try rows.next().map { try body(PostgreSQLStatementRow($0)) }
        }
    }

    private final class PostgreSQLStatementRow: StatementRow {
        private let row: Row

        init(_ row: Row) { self.row = row }

        func integer(at column: Int) -> Int64 {
            guard case .integer(let integer) = row.values[column] else { return 0 }
            return integer
        }

        func isNull(at column: Int) -> Bool { row.values[column] == .null }

        func text(at column: Int) -> String {
            guard case .text(let text) = row.values[column] else { return "" }
            return text
        }

        func isText(_ bytes: UnsafeBufferPointer<UInt8>, at column: Int) -> Bool {
            text(at: column).utf8.elementsEqual(bytes)
        }
    }
#endif
