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
        let target = try context.target
        let isCurrent = try target.translating {
            try SQLiteDatabase.version(path: target.path, schema: .lms) == Schema.lms.version
        }
        if !isRehearsal { _ = try context.database }
        try context.printer.written(
            Written(
                record: DatabaseFile(path: target.path), outcome: isCurrent ? .unchanged : .updated,
                isRehearsal: isRehearsal))
    }
}
