internal import LMSCore

extension MaterialRecord: Printable where ID: RecordID {
    static var columns: [Column<MaterialRecord>] {
        [
            Column("id", .whole) { Cell(id: $0.id) },
            Column("title") { Cell($0.title) },
            Column("position", .whole.spared(2)) { Cell($0.position) },
            Column("course", inTables: false) { Cell(id: $0.course) },
            Column("description", isExtra: true) { Cell($0.description) },
            Column("course_code", .whole.spared(6)) { Cell($0.courseCode) },
            Column("section", inTables: false) { Cell($0.plan.section) },
            Column("hidden", .whole.spared(4)) { .mark($0.plan.isHidden) },
            Column("release_date", .whole.spared(5)) { Cell($0.plan.releaseDate) },
            Column("due", .whole.spared(3)) { Cell($0.plan.due) },
            Column("due_at", isExtra: true) { Cell($0.dates.dueAt) },
            Column("visible_from", isExtra: true) { Cell($0.dates.visibleFrom) },
            Column("created_at", isExtra: true) { Cell($0.dates.createdAt) },
            Column("modified_at", isExtra: true) { Cell($0.dates.modifiedAt) },
        ]
    }

    var heading: String? { plan.section }

    var identity: String? { id.number?.description }
}
