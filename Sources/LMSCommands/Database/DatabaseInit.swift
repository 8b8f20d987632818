internal import ArgumentParser
internal import LMSCore

/// `lms db init`
struct DatabaseInit: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", _superCommandName: "lms db",
        abstract: "Make the database file, unless it is there.",
        discussion: """
            Example:
              lms db init --db school.db
            """)

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let target = try context.databaseTarget
        if isRehearsal { try target.checkFolder() }
        let isNew = try isRehearsal ? target.isMissing : target.createIfMissing()
        // One that is there already must be one of ours.
        if !isNew { _ = try context.database }
        try context.printer.written(
            Written(
                record: DatabaseFile(path: target.path), outcome: isNew ? .created : .unchanged,
                isRehearsal: isRehearsal))
    }
}
