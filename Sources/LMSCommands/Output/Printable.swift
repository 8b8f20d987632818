/// A record that commands print. How it prints lives here, with the commands, not in the model.
protocol Printable: Sendable {
    /// The columns in their order.
    static var columns: [Column<Self>] { get }

    /// The same in the order in which tables of lists have them.
    static var tableColumns: [Column<Self>] { get }

    /// Whether what became of a record that was written is a column in every format, not only in JSON and
    /// tables.
    static var alwaysShowsOutcome: Bool { get }

    /// What `--quiet` prints: the name or number to use it by in the next command; none in a dry run
    /// that would have made it.
    var identity: String? { get }

    /// What tables say once above all rows that have it in common.
    var heading: String? { get }
}

extension Printable {
    static var tableColumns: [Column<Self>] { columns }
    static var alwaysShowsOutcome: Bool { false }
    var heading: String? { nil }
}
