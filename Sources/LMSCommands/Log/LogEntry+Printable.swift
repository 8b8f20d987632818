internal import LMSCore

extension LogEntry: Printable {
    static let columns: [Column<LogEntry>] = [
        Column("at") { Cell($0.at) },
        Column("actor") { Cell($0.actor) },
        Column("via") { Cell($0.via) },
        Column("action") { Cell($0.action) },
        Column("course") { Cell($0.course) },
        Column("subject") { Cell($0.subject) },
    ]

    /// The course, which is what the next command is about.
    var identity: String? { course }
}
