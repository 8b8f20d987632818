internal import LMSCore

/// A line of a plan: what would become, or became, of one thing.
struct PlanLine: Printable {
    let change: Written<CourseChange>
    /// Whether an earlier line is about the same course.
    let isRepeated: Bool

    static let columns: [Column<PlanLine>] =
        [Column("change", .whole) { .word($0.sign) }]
        + Written<CourseChange>.columns.map { $0.within(\.change) } + [
            Column("outcome", isExtra: true) { Cell($0.change.outcome.rawValue) },
            Column("dry_run", isExtra: true) { $0.change.isDryRun ? .boolean(true) : .absent },
        ]

    /// The course's code, on the first of its lines only.
    var identity: String? { isRepeated ? nil : change.identity }

    private var sign: String {
        switch change.outcome.known {
        case .created: "+"
        case .updated: "~"
        case .deleted: "-"
        case .unchanged: "="
        case nil: change.outcome.rawValue
        }
    }
}
