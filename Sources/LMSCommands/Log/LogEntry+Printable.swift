internal import LMSCore

extension LogEntry: Printable {
    static let columns: [Column<LogEntry>] = [
        Column("at", .whole) { Cell($0.at) },
        Column("actor", .name) { Cell($0.actor) },
        Column("via", .whole.spared(3)) { Cell($0.via) },
        Column("action", .whole) { Cell($0.action) },
        Column("course", .name.spared(1)) { Cell($0.course) },
        Column("subject", .text.spared(2)) { Cell($0.subject) },
    ]

    /// The course, which is what the next command is about.
    var identity: String? { course }
}
