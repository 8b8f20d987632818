internal import LMSCore

extension CourseRecord: Printable {
    static var columns: [Column<CourseRecord>] {
        [
            Column("id", .whole) { Cell(id: $0.id) },
            Column("code", .name) { Cell($0.code) },
            Column("title") { Cell($0.title) },
            Column("teacher", .name.spared(4)) { Cell($0.teacher) },
            Column("release_date", .whole.spared(2)) { Cell($0.releaseDate) },
            Column("enrollment", .whole.spared(6)) { Cell($0.enrollment.rawValue) },
            Column("students", .whole.spared(5)) { Cell($0.students) },
            Column("status", .whole.spared(1)) { Cell($0.status?.rawValue) },
            Column("teacher_id", isExtra: true) { Cell(id: $0.teacherID) },
            Column("description", isExtra: true) { Cell($0.description) },
            Column("pending", .whole.spared(3)) { Cell(count: $0.pending) },
        ]
    }

    var identity: String? { id.number?.description }
}

extension DeletedCourse: Printable {
    static let columns: [Column<DeletedCourse>] =
        Course.columns.map { $0.within(\DeletedCourse.course) } + [
            Column("materials", isExtra: true) { Cell($0.materials) },
            Column("enrollments", isExtra: true) { Cell($0.enrollments) },
        ]

    var identity: String? { course.identity }
}

extension Membership: Printable {
    static let columns: [Column<Membership>] = [
        Column("course", .whole.spared(3)) { Cell(id: $0.course) },
        Column("code", .name) { Cell($0.code) },
        Column("title") { Cell($0.title) },
        Column("status", .whole) { Cell($0.status.rawValue) },
        Column("date_entry", .whole.spared(2)) { Cell($0.dateEntry) },
    ]

    static let alwaysShowsOutcome = true

    var identity: String? { course.description }
}
