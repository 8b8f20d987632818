internal import LMSCore

extension RowCounts: Printable {
    static let columns = firstColumns + [accountAudit]

    static let firstColumns: [Column<RowCounts>] = [
        Column("teachers") { Cell($0.teachers) },
        Column("students") { Cell($0.students) },
        Column("courses") { Cell($0.courses) },
        Column("enrollments") { Cell($0.enrollments) },
        Column("materials") { Cell($0.materials) },
        Column("sessions") { Cell($0.sessions) },
        Column("audit") { Cell($0.audit) },
    ]

    /// How many entries there are on accounts and settings. The column came later, so it stands last.
    static let accountAudit = Column<RowCounts>("account_audit") { Cell($0.accountAudit) }

    var identity: String? { nil }
}
