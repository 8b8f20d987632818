internal import LMSCore
internal import LMSText

/// An act as it stands in a log, a course's or the operator's. Its identity is the course, which is what the next command
/// is about.
protocol LoggedAct: Printable {
    var at: Instant { get }
    var actor: String { get }
    var via: String { get }
    var action: String { get }
    var subject: String? { get }
}

extension LoggedAct {
    /// On a narrow terminal, who did what, to which course, and when, stays longest.
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
