internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase
internal import LMSText

/// `lms db copy --to <target>`
struct DatabaseCopy: OperatorCommand, WritingCommand {
    static let name = "copy"
    static let summary = "Copy everything into another database, on PostgreSQL too."
    static let details = """
        The other database must be empty; it is made where it is not there. Ids, passwords and sessions stay as \
        they are, every row is read back and compared, and all of it is copied or nothing.
        """
    static let examples = [#"lms db copy --to "postgres://lms@db.school.id/lms""#]
    static var syntax: Syntax<Self> {
        [
            .required("--to", \.to, takes: .path, value: "target", "The other database: a file, or postgres://...")
        ]
    }

    var to = ""
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let source = try context.target.location
        let target = try DatabaseLocation(named: to)
        guard source.name != target.name else {
            throw LMSError(.usage, "the two databases are the same")
        }
        let service = try context.operator
        let progress = ProgressBar(context.console)
        defer { progress.finish() }
        let copied = try await copy(to: target, service, progress)
        progress.finish()
        try context.printer.written(copied)
    }

    private func copy(
        to target: DatabaseLocation, _ service: LocalService, _ progress: ProgressBar
    ) async throws -> Written<RowCounts> {
        do {
            switch target {
            case .file(let file): return try await copy(to: file, service, progress)
            case .postgreSQL(let server):
                let database = try await open(server)
                return try await service.operate(CopyDatabase(to: database, report: progress.show))
            }
        } catch let error as LMSError where error.code == .conflict {
            throw LMSError(
                .conflict, "\(target.name) has data already", hint: "Copy into a database that is empty.",
                causes: error.causes)
        }
    }

    /// Copies into a file. A file that is made for the copy gets its name when everything is in it.
    private func copy(
        to file: SQLiteLocation, _ service: LocalService, _ progress: ProgressBar
    ) async throws -> Written<RowCounts> {
        if !isDryRun, let new = try file.begin() {
            let copied = try await service.operate(CopyDatabase(to: new.database, report: progress.show))
            guard try file.translating(new.finish) else { throw LMSError(.conflict, "somebody was faster") }
            return copied
        }
        let database = try isDryRun && file.isMissing ? dryRun(file) : file.open()
        return try await service.operate(CopyDatabase(to: database, report: progress.show))
    }

    /// A dry run makes no file: where there is none, it copies into memory.
    private func dryRun(_ file: SQLiteLocation) throws -> SQLiteDatabase {
        try file.checkFolder()
        return try SQLiteDatabase.inMemory(schema: .lms)
    }

    private func open(_ server: PostgreSQLLocation) async throws -> any Database {
        let isMade = try await server.migrate(isDryRun: isDryRun)
        if isDryRun, isMade { return try SQLiteDatabase.inMemory(schema: .lms) }
        return try server.open()
    }
}
