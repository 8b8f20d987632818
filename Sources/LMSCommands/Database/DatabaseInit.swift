internal import LMSCommandLine
internal import LMSCore

/// `lms db init`
struct DatabaseInit: OperatorCommand, WritingCommand {
    static let name = "init"
    static let summary = "Make the database file, unless it is there."
    static let examples = ["lms db init --db school.db"]
    static var syntax: Syntax<Self> {
        []
    }

    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let file = try context.target.file(orUse: { _ in "lms db migrate" })
        let isNew = try make(file, context)
        try context.printer.written(
            Written(
                record: ShownLocation(name: file.path), outcome: isNew ? .created : .unchanged,
                isDryRun: isDryRun))
    }

    private func make(_ file: SQLiteLocation, _ context: CommandContext) throws -> Bool {
        if isDryRun { try file.checkFolder() }
        let isNew = try isDryRun ? file.isMissing : file.createIfMissing()
        // A file that is there already must be a database of lms.
        if !isNew { _ = try context.target.open(file) }
        return isNew
    }
}
