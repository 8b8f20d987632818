internal import LMSCore

extension SearchHit: Printable {
    static let columns: [Column<SearchHit>] = [
        Column("kind") { Cell($0.kind.rawValue) },
        Column("id") { Cell(id: $0.id) },
        Column("course") { Cell(id: $0.course) },
        Column("title") { Cell($0.title) },
        Column("snippet") { Cell($0.snippet) },
    ]

    var identity: String? { id.description }
}
