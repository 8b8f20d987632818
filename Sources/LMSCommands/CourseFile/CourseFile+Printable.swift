internal import LMSCore

extension CourseFile: Printable {
    static let columns: [Column<CourseFile>] = [
        Column("name") { Cell($0.name) },
        Column("text") { Cell($0.text) },
    ]

    var identity: String? { name }
}
