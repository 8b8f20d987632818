internal import LMSDatabase
package import LMSText

/// Where bulk files are written.
package protocol BulkOutput: Sendable {
    /// Begins a file; the one before is over.
    ///
    /// - Throws: `LMSError`.
    func begin(_ name: String) throws

    /// - Throws: `LMSError` `io`.
    func write(_ bytes: [UInt8]) throws
}

/// Writes everything as the CSV files that an import reads, as it is at one moment: an import of them gives the same data
/// but for ids, sessions and the log. Memory does not grow with the rows.
package struct ExportTables: OperatorUseCase {
    private let output: any BulkOutput
    private let withSecrets: Bool
    private let dialect: CSVDialect

    /// - Parameter withSecrets: Whether the hashes of passwords and the keys of courses are written too.
    package init(to output: any BulkOutput, withSecrets: Bool, as dialect: CSVDialect = .plain) {
        self.output = output
        self.withSecrets = withSecrets
        self.dialect = dialect
    }

    /// - Returns: How many rows each file has.
    package func perform(on service: LocalService) async throws -> [(table: BulkTable, rows: Int)] {
        try await service.readUnsigned { transaction in
            try BulkTable.allCases.map { table in
                (table, try write(table, transaction.connection))
            }
        }
    }

    private func write(_ table: BulkTable, _ connection: any Connection) throws -> Int {
        try output.begin(table.fileName)
        let columns = columns(of: table)
        var csv = CSVWriter(dialect)
        for column in columns { csv.add(column.rawValue) }
        csv.endRow()
        var count = 0
        try connection.forEach(rows(of: table)) { row in
            for column in columns {
                let cell = try Self.cell(column, row)
                csv.add(cell, isDefused: !column.isVerbatim && CSVDefusing.isNeeded(cell.utf8))
            }
            csv.endRow()
            count += 1
            if csv.count >= 1 << 16 { try output.write(csv.take()) }
            return true
        }
        try output.write(csv.take())
        return count
    }

    private func columns(of table: BulkTable) -> [BulkColumn] {
        table.columns.filter { $0 != .password && (!$0.isSecret || withSecrets) }
    }

    private func rows(of table: BulkTable) -> SQL {
        switch table {
        case .users: UserRows.exported
        case .courses: CourseRows.exported
        case .enrollments: EnrollmentRows.exported
        case .materials: MaterialRows.exported
        case .teachers: TeacherRows.exported
        }
    }

    private static func cell(_ column: BulkColumn, _ row: Row) throws -> String {
        switch column {
        case .disabled:
            let disabledAt: Int64? = try row["disabled_at"]
            return disabledAt == nil ? "" : "yes"
        case .dateEntry: return (try row["date_entry"] as Instant).description
        case .position: return String(try row["position"] as Int)
        case .hidden: return (try row["hidden"] as Int) == 0 ? "" : "yes"
        case .due: return (try row["due"] as DueDate?)?.description ?? ""
        case .enrollmentKey:
            let key: String? = try row["enrollment_key"]
            return key.map { EnrollmentKey(stored: $0).secret } ?? ""
        case .archivedAt: return (try row["archived_at"] as Instant?)?.description ?? ""
        case .keyExpires:
            let end: Instant? = try row["expires_at"]
            return end?.description ?? ""
        case .keyUses:
            let (uses, limit): (Int?, Int?) = (try row["uses"], try row["use_limit"])
            return uses.map { KeyUses(uses: $0, limit: limit).description } ?? ""
        default:
            let text: String? = try row[column.rawValue]
            return text ?? ""
        }
    }
}
