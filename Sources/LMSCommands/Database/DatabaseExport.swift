internal import LMSCommandLine
internal import LMSCore

/// `lms db export <dir>`
struct DatabaseExport: OperatorCommand {
    static let name = "export"
    static let summary = "Write users, courses, enrollments, materials and teachers to CSV files."
    static let details = """
        Writes users.csv, courses.csv, enrollments.csv, materials.csv and teachers.csv, which lms db import reads. It makes the \
        folder where it is not there, and writes over nothing. With --excel, the files open in Excel with a \
        double click. Docs/Bulk.md describes the files.
        """
    static let examples = ["lms db export school-monday"]
    static var syntax: Syntax<Self> {
        [
            .argument("dir", \.folder, takes: .folder, "The folder for the files."),
            .flag(
                "--with-secrets", at: \.withSecrets,
                "Write the hashes of passwords and the keys of courses too. Keep the files as safe as the database."),
        ]
    }

    var folder = ""
    var withSecrets = false
    var options = GlobalOptions()

    /// `--excel` is about the exported files, and not about the report on them.
    var printing: GlobalOptions {
        var printing = options
        printing.excel = false
        return printing
    }

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        // The files tell who learns what: only the operator may read them.
        let files = try NewFiles(in: folder, for: .owner)
        try files.requireNone(of: BulkTable.allCases.map(\.fileName))
        do {
            let counts = try await service.operate(
                ExportTables(to: files, withSecrets: withSecrets, as: options.excel ? .excel : .plain))
            try files.end()
            try context.printer.list(counts.map { ExportedFile(table: $0.table, rows: $0.rows) })
        } catch {
            files.remove()
            throw error
        }
    }
}

/// A file that was written, and how many rows it has.
private struct ExportedFile: Printable {
    let table: BulkTable
    let rows: Int

    static let columns: [Column<ExportedFile>] = [
        Column("file", .whole) { Cell($0.table.fileName) },
        Column("rows", .whole) { Cell($0.rows) },
    ]

    var identity: String? { table.fileName }
}
