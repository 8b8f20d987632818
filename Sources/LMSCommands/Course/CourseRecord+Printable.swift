internal import LMSCore

extension CourseRecord: Printable where ID: RecordID {
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
            Column("role", .whole.spared(1)) { Cell($0.role?.rawValue) },
            Column("teacher_name", isExtra: true) { Cell($0.teacherName?.shown) },
            Column("archived_at", isExtra: true) { Cell($0.archivedAt) },
        ]
    }

    var identity: String? { id.number?.description }
}
