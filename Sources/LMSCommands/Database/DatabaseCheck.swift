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
            try report(["the search index is out of step"], of: database.name, context)
            throw LMSError(
                .io, "the search in \(database.name) does not find what is there",
                hint: "Nothing is lost. Mend it with: lms db migrate")
        }
        let values = try await context.operator.operate(CheckRows())
        guard values.isEmpty else {
            try report(values, of: database.name, context)
            throw LMSError(
                .io, "\(database.name) has values that lms did not write",
                hint: "The file is whole, and lms works with it. Another program has written them.")
        }
        try report([], of: database.name, context)
        if !options.quiet { context.console.note("\(database.name) is whole.") }
    }

    private func check(_ file: DatabaseTarget, _ context: CommandContext) throws {
        let problems = try found(file, context)
        guard !problems.isEmpty else { return }
        try report(problems, of: file.path, context)
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

extension DatabaseCheck {
    /// What was found: an object for programs, a line for each problem elsewhere.
    private func report(_ problems: [String], of database: String, _ context: CommandContext) throws {
        if options.chosenFormat == .json {
            try context.printer.record(CheckedDatabase(path: database, problems: problems))
        } else if !problems.isEmpty || options.chosenFormat == .csv || options.header {
            try context.printer.list(problems.map(Problem.init))
        }
        try context.printer.finish()
    }
}

/// What was found in a database.
private struct CheckedDatabase: Printable {
    let path: String
    let problems: [String]

    static let columns: [Column<CheckedDatabase>] = [
        Column("path") { Cell($0.path) },
        Column("whole") { .boolean($0.problems.isEmpty) },
        Column("problems") { .list($0.problems) },
    ]

    var identity: String? { path }
}

/// One thing that is wrong with a database.
private struct Problem: Printable {
    let description: String

    static let columns: [Column<Problem>] = [Column("problem") { Cell($0.description) }]

    var identity: String? { description }
}
