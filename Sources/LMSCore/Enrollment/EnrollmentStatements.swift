internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class EnrollmentStatements {
    /// The highest ids from before the import, of an enrollment and of a course that has one; 0 where there is none.
    let highestID: Int64
    private let highestCourse: Int64
    private let find: any Statement
    private let writer: any RowWriter
    private let rows: EnrollmentRows
    /// What is known of a block's rows; `nil` for an engine that is asked row by row.
    private let block: BlockAnswers<Seat, EnrollmentRow>?

    private struct Seat: Hashable {
        let student: Int64
        let course: Int64
    }

    init(_ connection: any Connection) throws {
        rows = EnrollmentRows(connection: connection)
        find = try connection.prepare(
            "SELECT id, status, date_entry FROM enrollment WHERE student_id = $1 AND course_id = $2")
        writer = try connection.writer(
            of: "enrollment", ["student_id", "course_id", "date_entry", "status"], ids: .drawn)
        highestID = try connection.value("SELECT max(id) FROM enrollment") ?? 0
        highestCourse = try connection.value("SELECT max(course_id) FROM enrollment") ?? 0
        block = connection.dialect.valueTable == nil ? nil : BlockAnswers()
    }

    /// Whether anybody can be in the course: who cannot is not looked for, unless nothing else tells that an earlier row has the student.
    func canHaveStudents(_ course: Int64) -> Bool { block != nil || course <= highestCourse }

    func find(_ student: Int64, in course: Int64) throws -> EnrollmentRow? {
        switch block?[Seat(student: student, course: course)] {
        case .absent: return nil
        case .present(let row): return row
        case .unknown: try writer.flush()
        case nil: break
        }
        find.bind(student, at: 1)
        find.bind(course, at: 2)
        return try find.first {
            EnrollmentRow(
                id: EnrollmentID(rawValue: $0.integer(at: 0)), status: try $0.value(at: 1),
                dateEntry: Instant(seconds: $0.integer(at: 2)))
        }
    }

    /// Adds a student, who was looked for where the course can have some (`canHaveStudents`).
    ///
    /// - Returns: Whether the row is new; `false` where the student has one.
    func insert(
        _ student: Int64, in course: Int64, _ status: EnrollmentStatus, at date: Instant
    ) throws -> Bool {
        writer.bind(student, at: 1)
        writer.bind(course, at: 2)
        writer.bind(date.seconds, at: 3)
        switch status {
        case .enrolled: writer.bind("enrolled", at: 4)
        case .pending: writer.bind("pending", at: 4)
        }
        return try writer.insert() != nil
    }

    func replace(_ row: EnrollmentRow, _ status: EnrollmentStatus, at date: Instant) throws {
        try rows.replace(row.id, status, at: date)
    }

    func flush() throws {
        try writer.flush()
    }

    // MARK: - Many at once

    func beginBlock() {
        block?.removeAll()
    }

    func expect(_ student: Int64, in course: Int64) {
        block?.expect(Seat(student: student, course: course))
    }

    func lookUp() throws {
        try writer.flush()
        guard let seats = block?.keys, !seats.isEmpty,
            let asked = rows.connection.dialect.valueTable?([.integers(seats.map(\.student)), .integers(seats.map(\.course))])
        else { return }
        try rows.connection.forEach(
            """
            SELECT asked.number, found.* FROM \(asked) AS asked (student, course, number)
            CROSS JOIN LATERAL (
                SELECT id, status, date_entry FROM enrollment
                WHERE student_id = asked.student AND course_id = asked.course LIMIT 1
            ) AS found
            """
        ) {
            block?.note(.present(try EnrollmentRows.decode($0)), of: try $0["number"])
            return true
        }
        try writer.drawIDs(for: block?.absentCount ?? 0)
    }
}
