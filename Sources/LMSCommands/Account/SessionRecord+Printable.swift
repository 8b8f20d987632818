internal import LMSCore

extension SessionRecord: Printable where ID: RecordID {
    static var columns: [Column<SessionRecord>] { ownColumns + scopeColumns }

    /// Without what it may do less.
    static var ownColumns: [Column<SessionRecord>] {
        [
            Column("id", .whole) { Cell(id: $0.id) },
            Column("label") { Cell($0.label) },
            Column("created_at", .whole.spared(5)) { Cell($0.createdAt) },
            Column("expires_at", .whole.spared(1)) { Cell($0.expiresAt) },
            Column("last_used_at", .whole.spared(4)) { Cell($0.lastUsedAt) },
        ]
    }

    static var scopeColumns: [Column<SessionRecord>] { TokenScope.columns.map { $0.within(\.scope) } }

    var identity: String? { id.number?.description }
}
