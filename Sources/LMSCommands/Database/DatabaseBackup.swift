internal import ArgumentParser
internal import LMSCore
internal import LMSDatabase
internal import LMSText

/// `lms db backup <file>`
struct DatabaseBackup: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", _superCommandName: "lms db",
        abstract: "Copy the database to a file, while others work with it.",
        discussion: """
            Example:
              lms db backup school-monday.db
            """)

    @Argument(help: "The file to make. It must not exist.")
    var file: String

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

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
