internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase

/// `lms db migrate`
struct DatabaseMigrate: OperatorCommand, WritingCommand {
    static let name = "migrate"
    static let summary = "Bring the database up to this version of lms."
    static let details = """
        Every command does this by itself when it meets an older file; this one does only this. On PostgreSQL \
        only this command does it, and makes the tables where there are none. It also mends a search that does not find what is there, as after changes by another program.
        """
    static let examples = ["lms db migrate --dry-run"]
    static var syntax: Syntax<Self> {
        []
    }

    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let database = try context.target.location
        let isOlder =
            switch database {
            case .file(let file):
                try file.translating { try SQLiteDatabase.needsMigration(path: file.path, schema: .lms) }
            case .postgreSQL(let server): try await server.migrate(isDryRun: isDryRun)
            }
        // A dry run leaves an older database as it is.
        let isMended = try await isDryRun && isOlder ? false : context.operator.operate(MendSearch())
        try context.printer.written(
            Written(
                record: ShownLocation(name: database.name),
                outcome: isOlder || isMended ? .updated : .unchanged,
                isDryRun: isDryRun))
    }
}
