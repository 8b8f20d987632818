/// Where a database is, as commands print it. The column was called for files before there was PostgreSQL.
struct ShownLocation: Codable, Printable {
    let name: String

    static let columns: [Column<ShownLocation>] = [Column("path") { Cell($0.name) }]

    var identity: String? { name }
}
