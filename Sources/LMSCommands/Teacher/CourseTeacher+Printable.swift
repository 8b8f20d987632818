internal import LMSCore

extension CourseTeacher: Printable {
    static let columns: [Column<CourseTeacher>] = [
        Column("username", .name) { Cell($0.username) },
        Column("role", .whole) { Cell($0.role?.rawValue) },
        Column("added_at", .whole.spared(1)) { Cell($0.addedAt) },
    ]

    var identity: String? { username.rawValue }
}
