internal import LMSCore

extension OperatorLogEntry: Printable {
    /// Those of a course's log.
    static let columns: [Column<OperatorLogEntry>] = [
        Column("at") { Cell($0.at) },
        Column("actor") { Cell($0.actor) },
        Column("via") { Cell($0.via) },
        Column("action") { Cell($0.action) },
        Column("course") { Cell($0.course) },
        Column("subject") { Cell($0.subject) },
    ]

    var identity: String? { course }
}
