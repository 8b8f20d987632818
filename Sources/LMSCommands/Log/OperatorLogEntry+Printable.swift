internal import LMSCore

extension OperatorLogEntry: Printable {
    /// Those of a course's log.
    static let columns: [Column<OperatorLogEntry>] = [
        Column("at", LogRoom.at) { Cell($0.at) },
        Column("actor", LogRoom.actor) { Cell($0.actor) },
        Column("via", LogRoom.via) { Cell($0.via) },
        Column("action", LogRoom.action) { Cell($0.action) },
        Column("course", LogRoom.course) { Cell($0.course) },
        Column("subject", LogRoom.subject) { Cell($0.subject) },
    ]

    var identity: String? { course }
}
