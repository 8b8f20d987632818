internal import LMSCore

extension MaterialRecord: Printable where ID: RecordID {
    static var columns: [Column<MaterialRecord>] {
        [
            Column("id", .whole) { Cell(id: $0.id) },
            Column("title") { Cell($0.title) },
            Column("position", .whole.spared(2)) { Cell($0.position) },
            Column("course", inTables: false) { Cell(id: $0.course) },
            Column("description", isExtra: true) { Cell($0.description) },
            Column("course_code", .whole.spared(3)) { Cell($0.courseCode) },
        ]
    }

    var identity: String? { id.number?.description }
}
