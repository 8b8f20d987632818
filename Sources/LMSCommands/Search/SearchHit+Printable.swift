internal import LMSCore

extension SearchHit: Printable {
    static let columns: [Column<SearchHit>] = [
        Column("kind", .whole.spared(2)) { Cell($0.kind.rawValue) },
        Column("id", .whole) { Cell(id: $0.id) },
        Column("course", .whole.spared(3)) { Cell(id: $0.course) },
        Column("title") { Cell($0.title) },
        Column("snippet", .text.spared(1)) { Cell($0.snippet) },
    ]

    var identity: String? { id.description }
}
