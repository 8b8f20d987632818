internal import LMSCore

extension RowCounts: Printable {
    static let columns = firstColumns + laterColumns

    static let firstColumns: [Column<RowCounts>] = [
        Column("teachers") { Cell($0.teachers) },
        Column("students") { Cell($0.students) },
        Column("courses") { Cell($0.courses) },
        Column("enrollments") { Cell($0.enrollments) },
        Column("materials") { Cell($0.materials) },
        Column("sessions") { Cell($0.sessions) },
        Column("audit") { Cell($0.audit) },
    ]

    /// What came later, so it stands last.
    static let laterColumns: [Column<RowCounts>] = [
        Column("account_audit") { Cell($0.accountAudit) },
        Column("co_teachers") { Cell($0.coTeachers) },
        Column("keys") { Cell($0.keys) },
    ]

    var identity: String? { nil }
}
