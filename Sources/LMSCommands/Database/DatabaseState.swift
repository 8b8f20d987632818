internal import LMSCore

/// A database file, and what became of it.
struct DatabaseState: Printable {
    let path: String
    let outcome: Outcome
    let isRehearsal: Bool

    static let columns: [Column<DatabaseState>] = [
        Column("path") { Cell($0.path) },
        Column("outcome") { Cell($0.outcome.rawValue) },
        Column("dry_run", isExtra: true) { $0.isRehearsal ? .boolean(true) : .absent },
    ]

    var identity: String? { path }
}
