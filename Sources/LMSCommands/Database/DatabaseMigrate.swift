internal import ArgumentParser
internal import LMSCore
internal import LMSDatabase

/// `lms db migrate`
struct DatabaseMigrate: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", _superCommandName: "lms db",
        abstract: "Bring the database up to this version of lms.",
        discussion: """
            Every command does this by itself when it meets an older database; this one does only this.

            Example:
              lms db migrate --dry-run
            """)

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let target = try context.databaseTarget
        let isOlder = try target.translating {
            try SQLiteDatabase.needsMigration(path: target.path, schema: .lms)
        }
        if !isRehearsal { _ = try context.database }
        try context.printer.written(
            Written(
                record: DatabaseFile(path: target.path), outcome: isOlder ? .updated : .unchanged,
                isRehearsal: isRehearsal))
    }
}
