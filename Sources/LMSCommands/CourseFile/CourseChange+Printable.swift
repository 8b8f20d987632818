internal import LMSCore

extension CourseChange: Printable {
    static let columns: [Column<CourseChange>] = [
        Column("kind", .whole.spared(1)) { Cell($0.kind.rawValue) },
        Column("course", .name) { Cell($0.course) },
        Column("subject") { Cell($0.subject) },
        Column("fields", .text.spared(3)) { .list($0.fields) },
        Column("note", .text.spared(2)) { Cell($0.note) },
    ]

    var identity: String? { course.rawValue }
}
