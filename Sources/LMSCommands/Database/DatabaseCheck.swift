internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase

/// `lms db check`
struct DatabaseCheck: OperatorCommand {
    static let name = "check"
    static let summary = "Look for damage in the database."
    static let details = """
        Looks at the file as SQLite does, whether the tables are as lms makes them, whether the search finds what is \
        there, and for values that lms never writes. PostgreSQL looks after its own files and tables.
        """
    static let examples = ["lms db check"]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let database = try context.target.location
        // PostgreSQL checks its own files.
        let findings =
            if case .file(let file) = database { try found(file, context) } else { SQLiteFindings() }
        guard findings.damage.isEmpty else {
            try report(findings.damage, isWhole: false, of: database.name, context)
            throw LMSError(
                .io, "\(database.name) is damaged", hint: "Go back to a backup with: lms db restore FILE")
        }
        guard try await context.operator.operate(CheckSearch()) else {
            try report(["the search index is out of step"], of: database.name, context)
            throw LMSError(
                .io, "the search in \(database.name) does not find what is there",
                hint: "Nothing is lost. Mend it with: lms db migrate")
        }
        let strange = try await findings.values + context.operator.operate(CheckRows()) + findings.additions
        guard strange.isEmpty else {
            try report(strange, of: database.name, context)
            throw LMSError(
                .io, "\(database.name) has something in it that is not of lms",
                hint: "The file is whole, and lms works with it. Another program has written there.")
        }
        try report([], of: database.name, context)
        if !options.quiet { context.console.note("\(database.name) is whole.") }
    }

    private static let unreadable = "it cannot be read: its beginning is broken, or its end is missing"

    /// Checks the file. One that is too damaged to be opened is not looked at further.
    private func found(_ file: SQLiteLocation, _ context: CommandContext) throws -> SQLiteFindings {
        try file.translating {
            do {
                return try context.target.openToLook(file).findings()
            } catch let error as DatabaseError where error.kind == .damaged {
                return SQLiteFindings(damage: [Self.unreadable])
            }
        }
    }

    /// What was found: an object for programs, a line for each finding elsewhere.
    private func report(
        _ findings: [String], isWhole: Bool = true, of database: String, _ context: CommandContext
    ) throws {
        if options.chosenFormat == .json {
            try context.printer.record(
                CheckedDatabase(path: database, isWhole: isWhole, findings: findings))
        } else if !findings.isEmpty || options.chosenFormat == .csv || options.header {
            try context.printer.list(findings.map(Finding.init))
        }
        try context.printer.finish()
    }
}

/// What was found in a database.
private struct CheckedDatabase: Printable {
    let path: String
    /// Whether the file is as SQLite and lms left it, whatever values are in it.
    let isWhole: Bool
    let findings: [String]

    static let columns: [Column<CheckedDatabase>] = [
        Column("path") { Cell($0.path) },
        Column("whole") { .boolean($0.isWhole) },
        Column("problems") { .list($0.findings) },
    ]

    var identity: String? { path }
}

/// One thing that a check found. Scripts know its column as `problem`.
private struct Finding: Printable {
    let description: String

    static let columns: [Column<Finding>] = [Column("problem") { Cell($0.description) }]

    var identity: String? { description }
}
