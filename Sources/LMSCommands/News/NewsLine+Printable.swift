internal import LMSCore

extension NewsLine: Printable {
    static let columns: [Column<NewsLine>] = [
        Column("at", .whole) { Cell($0.at) },
        Column("kind", .whole) { .word($0.kind.rawValue) },
        Column("course", .name) { Cell($0.course) },
        Column("subject") { Cell($0.subject) },
        Column("id", .whole.spared(1)) { Cell(orNull: $0.id) },
    ]

    /// What the next command is likely about: the material, else the course.
    var identity: String? { id.map { "material:\($0)" } ?? course.rawValue }
}
