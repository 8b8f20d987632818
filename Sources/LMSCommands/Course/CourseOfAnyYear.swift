import LMSCore

/// A course in a list that has archived ones, too, and says of each since when it is.
struct CourseOfAnyYear: Printable {
    let course: Course

    static let columns: [Column<CourseOfAnyYear>] =
        Course.columns.filter { $0.name != archivedAt }.map { $0.within(\CourseOfAnyYear.course) } + [
            Column(archivedAt, .whole) { Cell($0.course.archivedAt) }
        ]
    private static let archivedAt = "archived_at"

    var identity: String? { course.identity }
}
