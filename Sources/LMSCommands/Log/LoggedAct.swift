internal import LMSCore
internal import LMSText

/// An entry of a log, the courses' or the operator's. Its identity is the course, which the next command is likely about.
protocol LoggedAct: Printable {
    var at: Instant { get }
    var actor: String { get }
    var via: String { get }
    var action: String { get }
    var subject: String? { get }
}

extension LoggedAct {
    /// On a narrow terminal, the columns that tell who did what and when stay longest.
    static var columns: [Column<Self>] {
        [
            Column("at", .whole) { Cell($0.at) },
            Column("actor", .name) { Cell($0.actor) },
            Column("via", .whole.spared(3)) { Cell($0.via) },
            Column("action", .whole) { Cell($0.action) },
            Column("course", .text.spared(1)) { Cell($0.identity) },
            Column("subject", .text.spared(2)) { Cell($0.subject) },
        ]
    }
}
