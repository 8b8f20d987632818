internal import LMSCore

extension CourseChange: Printable {
    static let columns: [Column<CourseChange>] = [
        Column("kind", .whole.spared(1)) { Cell($0.kind.rawValue) },
        Column("course", .name) { Cell($0.course) },
        Column("subject") { Cell($0.subject) },
        Column("fields", .text.spared(3)) { .list($0.fields) },
        Column("note", .text.spared(2)) { Cell($0.note) },
    ]

    var identity: String? { course.rawValue }
}

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

    /// Each course once.
    var identity: String? { isRepeated ? nil : change.identity }

    private var sign: String {
        switch change.outcome {
        case .created: "+"
        case .updated: "~"
        case .deleted: "-"
        case .unchanged: "="
        }
    }
}

extension CoursePlan {
    var lines: [PlanLine] {
        var courses: Set<CourseCode> = []
        return changes.map { PlanLine(change: $0, isRepeated: !courses.insert($0.record.course).inserted) }
    }

    /// What a person wants to know of it: `2 created, 1 deleted.`
    var sentence: String {
        let summary = changes.map(\.outcome).summary
        return summary.isEmpty ? "Everything is unchanged." : summary + "."
    }

    /// What to do where texts differ in their line ends alone: two checkouts would change each other's for ever.
    var advice: String? {
        changes.contains { $0.record.note == CourseChange.lineEndsOnly }
            ? "Git or an editor changed line ends: a file .gitattributes with the line '* -text' keeps them."
            : nil
    }
}
