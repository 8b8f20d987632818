internal import ArgumentParser
internal import LMSCore
internal import LMSDatabase

/// `lms db migrate`
struct DatabaseMigrate: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", _superCommandName: "lms db",
        abstract: "Bring the database up to this version of lms.",
        discussion: """
            Every command does this by itself when it meets an older database; this one does only this. It also \
            mends a search that does not find what is there, as after changes by another program.

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
        // A rehearsal leaves an older database as it is.
        let isMended = try await isRehearsal && isOlder ? false : context.operator.operate(MendSearch())
        try context.printer.written(
            Written(
                record: DatabaseFile(path: target.path), outcome: isOlder || isMended ? .updated : .unchanged,
                isRehearsal: isRehearsal))
    }
}
