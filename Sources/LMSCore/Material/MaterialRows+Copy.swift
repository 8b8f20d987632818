internal import LMSDatabase
internal import LMSText

/// What copies the materials of a course to another one. No text is read for it: rows are copied by a statement.
extension MaterialRows {
    /// Copies all materials of a course to one that has none, in their order. Their search entries are still to be written.
    ///
    /// - Returns: How many.
    func copyAll(of source: CourseID, to copy: CourseID, at now: Instant) throws -> Int {
        try connection.execute(
            """
            INSERT INTO material
                (course_id, description, title, position, title_key, section, hidden, release_date, due, created_at)
            SELECT \(copy), description, title, position, title_key, section, hidden, release_date, due, \(now)
            FROM material WHERE course_id = \(source) ORDER BY position, id
            """)
    }

    /// The dates of a material.
    struct Dates {
        let id: MaterialID
        let releaseDate: CalendarDate?
        let due: DueDate?
    }

    /// The dates that a course's materials would have some days later, of those that have any.
    ///
    /// The calendar is the core's, not that of an engine: both give the same, also for a date that somebody planted.
    ///
    /// - Parameter days: None at all: nothing moves.
    /// - Throws: `LMSError` `invalid` where one would leave the years that are written.
    func movedDates(in course: CourseID, by days: Int64) throws -> [Dates] {
        guard days != 0 else { return [] }
        return try connection.rows(
            """
            SELECT id, title, release_date, due FROM material
            WHERE course_id = \(course) AND (release_date IS NOT NULL OR due IS NOT NULL)
            """
        ).map { row in
            let (title, released, due): (String, CalendarDate?, DueDate?) = (
                try row["title"], try row["release_date"], try row["due"]
            )
            return Dates(
                id: try row["id"],
                releaseDate: try released?.moved(by: days, of: "release_date of \(quoted(title))"),
                due: try due.map { DueDate(day: try $0.day.moved(by: days, of: "due of \(quoted(title))"), minute: $0.minute) })
        }
    }

    func set(_ dates: Dates) throws {
        try connection.execute(
            "UPDATE material SET release_date = \(dates.releaseDate), due = \(dates.due) WHERE id = \(dates.id)")
    }
}
