internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase
internal import LMSText

/// `lms db backup <file>`
struct DatabaseBackup: OperatorCommand, WritingCommand {
    static let name = "backup"
    static let summary = "Copy the database to a file, while others work with it."
    static let examples = ["lms db backup school-monday.db"]
    static var syntax: Syntax<Self> {
        [
            .argument("file", \.file, takes: .file, "The file to make. It must not exist.")
        ]
    }

    var file = ""
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let copy = try SQLiteLocation(named: file)
        let source = try context.target.file { "pg_dump -Fc '\($0)' > FILE" }
        let database = try context.target.open(source)
        try copy.requireFolder()
        let isMade = try isDryRun ? copy.isMissing : back(up: database, of: source, to: copy)
        guard isMade else {
            throw LMSError(
                .conflict, "there is something at \(copy.path) already", hint: "Choose another name.")
        }
        try context.printer.written(
            Written(
                record: ShownLocation(name: copy.path), outcome: .created,
                isDryRun: isDryRun))
    }

    private func back(
        up database: SQLiteDatabase, of source: SQLiteLocation, to copy: SQLiteLocation
    ) throws -> Bool {
        do {
            return try database.backup(to: copy.path)
        } catch let error as DatabaseError where error.kind == .damaged {
            throw LMSError(
                .io, "\(source.path) is damaged: no backup was made of it",
                hint: "See what is wrong with: lms db check. Keep the backups from before.",
                causes: error.causes)
        } catch let error as DatabaseError {
            throw LMSError(error, database: copy.path)
        }
    }
}
