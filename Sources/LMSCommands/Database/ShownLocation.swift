/// Where a database is, as commands print it. The column is called `path` for PostgreSQL too: scripts know it.
struct ShownLocation: Codable, Printable {
    let name: String

    static let columns: [Column<ShownLocation>] = [Column("path") { Cell($0.name) }]

    var identity: String? { name }
}
