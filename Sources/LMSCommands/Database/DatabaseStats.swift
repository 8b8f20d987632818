internal import ArgumentParser
internal import LMSCore
internal import LMSDatabase

/// `lms db stats`
struct DatabaseStats: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", _superCommandName: "lms db",
        abstract: "Count what is in the database.",
        discussion: """
            Example:
              lms db stats --json
            """)

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let database = try context.operated
        let counts = try await context.operator.operate(CountRows())
        let bytes =
            switch database {
            case .file(let file): try file.translating { try context.database(in: file).byteCount() }
            case .postgreSQL(let server): try await server.byteCount()
            }
        try context.printer.record(Stats(counts: counts, bytes: bytes))
    }
}

private struct Stats: Printable {
    let counts: RowCounts
    let bytes: Int

    static let columns: [Column<Stats>] = [
        Column("teachers") { Cell($0.counts.teachers) },
        Column("students") { Cell($0.counts.students) },
        Column("courses") { Cell($0.counts.courses) },
        Column("enrollments") { Cell($0.counts.enrollments) },
        Column("materials") { Cell($0.counts.materials) },
        Column("sessions") { Cell($0.counts.sessions) },
        Column("audit") { Cell($0.counts.audit) },
        Column("bytes") { Cell($0.bytes) },
    ]

    var identity: String? { nil }
}
