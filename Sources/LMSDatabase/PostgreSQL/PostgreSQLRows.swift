#if PostgreSQL
    internal import CPostgreSQL

    /// The rows of one statement, as they come from the server.
    ///
    /// A connection reads one result at a time. Where rows lead to more statements, the rest of the rows is read into memory
    /// first.
    final class PostgreSQLRows {
        private let handle: OpaquePointer
        private var columns: RowColumns?
        private var types: [Oid] = []
        private var kept: ArraySlice<Row> = []
        private var keptFailure: DatabaseError?
        private var isOver = false
        /// How many rows the statement changed, once it is over.
        private(set) var changedRows = 0

        init(_ handle: OpaquePointer) {
            self.handle = handle
        }

        func next() throws -> Row? {
            if let row = kept.popFirst() { return row }
            if let keptFailure { throw keptFailure }
            return try receive()
        }

        /// Reads the other rows into memory, so that another statement can run.
        func keepTheRest() throws {
            guard !isOver else { return }
            do {
                while let row = try receive() { kept.append(row) }
            } catch let error as DatabaseError {
                // It is thrown behind the rows that came before it.
                keptFailure = error
            }
        }

        /// Reads the other rows and forgets them.
        func skipTheRest() {
            while !isOver { _ = try? receive() }
        }

        private func receive() throws -> Row? {
            while !isOver {
                guard let result = PQgetResult(handle) else {
                    isOver = true
                    return nil
                }
                defer { PQclear(result) }
                switch PQresultStatus(result) {
                case PGRES_SINGLE_TUPLE:
                    let columns = columns ?? describe(result)
                    return Row(columns: columns, values: types.indices.map { value(of: result, at: $0) })
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                    // A SELECT counts too, and changes nothing.
                    let isSelect = String(cString: PQcmdStatus(result)).hasPrefix("SELECT")
                    changedRows = isSelect ? 0 : Int(String(cString: PQcmdTuples(result))) ?? 0
                default:
                    let failure = PostgreSQLConnection.failure(result, handle)
                    while let rest = PQgetResult(handle) { PQclear(rest) }
                    isOver = true
                    throw failure
                }
            }
            return nil
        }

        private func describe(_ result: OpaquePointer) -> RowColumns {
            let count = PQnfields(result)
            let described = RowColumns((0..<count).map { String(cString: PQfname(result, $0)) })
            columns = described
            types = (0..<count).map { PQftype(result, $0) }
            return described
        }

        private func value(of result: OpaquePointer, at index: Int) -> Value {
            let column = Int32(index)
            guard PQgetisnull(result, 0, column) == 0, let start = PQgetvalue(result, 0, column) else {
                return .null
            }
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, 0, column)))
            let text = String(decoding: bytes, as: UTF8.self)
            switch types[index] {
            // Integers of 8, 2 and 4 bytes; a sum of the first is a numeric.
            case 20, 21, 23, 1700: return Int64(text).map(Value.integer) ?? .text(text)
            case 16: return .integer(text == "t" ? 1 : 0)
            case 17: return .blob(Self.bytes(hex: bytes.dropFirst(2)))
            default: return .text(text)
            }
        }

        private static func bytes(hex: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
            func nibble(_ digit: UInt8) -> UInt8 { digit & 15 + (digit >= UInt8(ascii: "a") ? 9 : 0) }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(hex.count / 2)
            var index = hex.startIndex
            while index + 1 < hex.endIndex {
                bytes.append(nibble(hex[index]) << 4 | nibble(hex[index + 1]))
                index += 2
            }
            return bytes
        }
    }
#endif
