internal import LMSCore

/// A database file, or a copy of one.
struct DatabaseFile: Codable, Printable {
    let path: String

    static let columns: [Column<DatabaseFile>] = [Column("path") { Cell($0.path) }]

    var identity: String? { path }
}
