internal import LMSCore

extension Course: Printable {
    static let columns: [Column<Course>] = [
        Column("id") { Cell(id: $0.id) },
        Column("code") { Cell($0.code) },
        Column("title") { Cell($0.title) },
        Column("teacher") { Cell($0.teacher) },
        Column("release_date") { Cell($0.releaseDate) },
        Column("enrollment") { Cell($0.enrollment.rawValue) },
        Column("students") { Cell($0.students) },
        Column("status") { Cell($0.status?.rawValue) },
        Column("teacher_id", isExtra: true) { Cell(id: $0.teacherID) },
        Column("description", isExtra: true) { Cell($0.description) },
    ]

    var identity: String? { id?.description }
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
        Column("course") { Cell(id: $0.course) },
        Column("code") { Cell($0.code) },
        Column("title") { Cell($0.title) },
        Column("status") { Cell($0.status.rawValue) },
        Column("date_entry") { Cell($0.dateEntry) },
    ]

    static let alwaysShowsOutcome = true

    var identity: String? { course.description }
}
