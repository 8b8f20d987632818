import LMSCore

extension CopiedCourse: Printable {
    static let columns: [Column<CopiedCourse>] =
        NewCourse.columns.map { $0.within(\CopiedCourse.course) } + [
            Column("materials", isExtra: true) { Cell($0.materials) },
            Column("shift_days", isExtra: true) { Cell($0.shiftDays) },
        ]

    var identity: String? { course.identity }
}
