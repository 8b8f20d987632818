internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class EnrollmentStatements {
    /// The highest ids from before the import, of an enrollment and of a course that has one; 0 where there is none.
    let highestID: Int64
    private let highestCourse: Int64
    private let find: any Statement
    private let insert: any Statement
    private let rows: EnrollmentRows

    init(_ connection: any Connection) throws {
        rows = EnrollmentRows(connection: connection)
        find = try connection.prepare(
            "SELECT id, status, date_entry FROM enrollment WHERE student_id = $1 AND course_id = $2")
        insert = try connection.prepare(
            """
            INSERT INTO enrollment (student_id, course_id, date_entry, status) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """)
        highestID = try connection.value("SELECT max(id) FROM enrollment") ?? 0
        highestCourse = try connection.value("SELECT max(course_id) FROM enrollment") ?? 0
    }

    /// Whether anybody can be in the course from before the import: who cannot is not looked for.
    func canHaveStudents(_ course: Int64) -> Bool { course <= highestCourse }

    func find(_ student: Int64, in course: Int64) throws -> EnrollmentRow? {
        find.bind(student, at: 1)
        find.bind(course, at: 2)
        return try find.first {
            EnrollmentRow(
                id: EnrollmentID(rawValue: $0.integer(at: 0)), status: try $0.value(at: 1),
                dateEntry: Instant(seconds: $0.integer(at: 2)))
        }
    }

    /// - Returns: Whether the row is new; `false` where the student has one.
    func insert(
        _ student: Int64, in course: Int64, _ status: EnrollmentStatus, at date: Instant
    ) throws -> Bool {
        insert.bind(student, at: 1)
        insert.bind(course, at: 2)
        insert.bind(date.seconds, at: 3)
        switch status {
        case .enrolled: insert.bind("enrolled", at: 4)
        case .pending: insert.bind("pending", at: 4)
        }
        return try insert.run() == 1
    }

    func replace(_ row: EnrollmentRow, _ status: EnrollmentStatus, at date: Instant) throws {
        try rows.replace(row.id, status, at: date)
    }
}
