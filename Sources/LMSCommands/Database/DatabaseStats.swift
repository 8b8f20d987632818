internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase

/// `lms db stats`
struct DatabaseStats: OperatorCommand {
    static let name = "stats"
    static let summary = "Count what is in the database."
    static let examples = ["lms db stats --json"]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let database = try context.target.location
        let counts = try await context.operator.operate(CountRows())
        let bytes =
            switch database {
            case .file(let file): try file.translating { try context.target.open(file).byteCount() }
            case .postgreSQL(let server): try await server.byteCount()
            }
        try context.printer.record(Stats(counts: counts, bytes: bytes))
    }
}

private struct Stats: Printable {
    let counts: RowCounts
    let bytes: Int

    static let columns: [Column<Stats>] =
        RowCounts.firstColumns.map { $0.within(\.counts) } + [Column("bytes") { .bytes(Int64($0.bytes)) }]
        + RowCounts.laterColumns.map { $0.within(\.counts) }

    var identity: String? { nil }
}
