internal import ArgumentParser
internal import LMSCore
internal import LMSDatabase

/// `lms db check`
struct DatabaseCheck: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: "lms db",
        abstract: "Look for damage in the database.",
        discussion: """
            Looks at the file as SQLite does, whether the tables are as lms makes them, whether the search finds what is \
            there, and for values that lms never writes. PostgreSQL looks after its own files and tables.

            Example:
              lms db check
            """)

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let database = try context.operated
        // PostgreSQL looks after its own files.
        if case .file(let file) = database { try check(file, context) }
        guard try await context.operator.operate(CheckSearch()) else {
            try context.printer.list([Problem(description: "the search index is out of step")])
            try context.printer.finish()
            throw LMSError(
                .io, "the search in \(database.name) does not find what is there",
                hint: "Nothing is lost. Mend it with: lms db migrate")
        }
        let values = try await context.operator.operate(CheckRows())
        guard values.isEmpty else {
            try context.printer.list(values.map { Problem(description: $0) })
            try context.printer.finish()
            throw LMSError(
                .io, "\(database.name) has values that lms did not write",
                hint: "The file is whole, and lms works with it. Another program has written them.")
        }
        if context.printer.isFormatChosen { try context.printer.list([Problem]()) }
        context.console.note("\(database.name) is whole.")
    }

    private func check(_ file: DatabaseTarget, _ context: CommandContext) throws {
        let problems = try found(file, context)
        guard !problems.isEmpty else { return }
        try context.printer.list(problems.map { Problem(description: $0) })
        try context.printer.finish()
        throw LMSError(
            .io, "\(file.path) is damaged", hint: "Go back to a backup with: lms db restore FILE")
    }

    private func found(_ file: DatabaseTarget, _ context: CommandContext) throws -> [String] {
        do {
            return try context.database(in: file).problems()
        } catch let error as DatabaseError where error.kind == .corrupt {
            return [error.detail]
        } catch let error as DatabaseError {
            throw LMSError(error, database: file.path)
        }
    }
}

/// One thing that is wrong with a database.
private struct Problem: Printable {
    let description: String

    static let columns: [Column<Problem>] = [Column("problem") { Cell($0.description) }]

    var identity: String? { description }
}
