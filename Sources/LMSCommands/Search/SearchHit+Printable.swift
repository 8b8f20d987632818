internal import LMSCore

extension SearchHit: Printable {
    static let columns: [Column<SearchHit>] = [
        Column("kind", .whole.spared(2)) { Cell($0.kind.rawValue) },
        Column("id", .whole) { Cell(id: $0.id) },
        Column("course", inTables: false) { Cell(id: $0.course) },
        Column("title") { Cell($0.title) },
        Column("snippet", .text.spared(1)) { Cell($0.snippet) },
        Column("course_code", .whole.spared(3)) { Cell($0.courseCode) },
    ]

    /// With its kind, since a course and a material may have the same number.
    var identity: String? { "\(kind.rawValue):\(id)" }
}
