internal import LMSCore

extension CoursePlan {
    var lines: [PlanLine] {
        var courses: Set<CourseCode> = []
        return changes.map { PlanLine(change: $0, isRepeated: !courses.insert($0.record.course).inserted) }
    }

    /// The plan summed up for a person: `2 created, 1 deleted.`
    var sentence: String {
        let summary = changes.compactMap(\.outcome.known).summary
        return summary.isEmpty ? "Everything is unchanged." : summary + "."
    }

    /// What to do where texts differ in their line ends alone: without it, two checkouts of a repository would undo each other's
    /// changes for ever.
    var advice: String? {
        changes.contains { $0.record.note == CourseChange.lineEndsOnly }
            ? "Git or an editor changed line ends: a file .gitattributes with the line '* -text' keeps them."
            : nil
    }
}
