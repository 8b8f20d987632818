internal import LMSCore

extension TrashEntry: Printable {
    static let columns: [Column<TrashEntry>] = [
        Column("id", .whole) { Cell(id: $0.id) },
        Column("kind", .whole) { .word($0.kind) },
        Column("course", .name) { Cell($0.course) },
        Column("subject") { Cell($0.subject) },
        Column("at", .whole.spared(2)) { Cell($0.at) },
        Column("by", .name.spared(1)) { Cell($0.by) },
        Column("expires_at", .whole.spared(3)) { Cell($0.expiresAt) },
    ]

    var identity: String? { id.description }
}
