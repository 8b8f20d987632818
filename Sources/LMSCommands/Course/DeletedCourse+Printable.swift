internal import LMSCore

extension DeletedCourse: Printable {
    static let columns: [Column<DeletedCourse>] =
        Course.columns.map { $0.within(\DeletedCourse.course) } + [
            Column("materials", isExtra: true) { Cell($0.materials) },
            Column("enrollments", isExtra: true) { Cell($0.enrollments) },
            Column("trash", isExtra: true) { Cell(orNull: $0.trash) },
        ]

    var identity: String? { course.identity }
}
