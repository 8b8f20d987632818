internal import LMSDatabase
internal import LMSText

/// The statements of an import of teachers, each prepared once for all its rows.
final class TeacherStatements {
    private let find: any Statement
    private let writer: any RowWriter
    private let connection: any Connection
    /// What is known of a block's rows; `nil` for an engine that is asked row by row.
    private let block: BlockAnswers<Seat, Void>?

    private struct Seat: Hashable {
        let teacher: Int64
        let course: Int64
    }

    init(_ connection: any Connection) throws {
        self.connection = connection
        find = try connection.prepare(
            """
            SELECT id FROM course WHERE id = $1 AND teacher_id = $2
            UNION ALL SELECT course_id FROM co_teacher WHERE course_id = $1 AND user_id = $2
            """)
        writer = try connection.writer(of: "co_teacher", ["course_id", "user_id", "added_at"], ids: .given)
        block = connection.dialect.valueTable == nil ? nil : BlockAnswers()
    }

    /// Whether somebody teaches a course, as its owner or beside him.
    func has(_ teacher: Int64, in course: Int64) throws -> Bool {
        switch block?[Seat(teacher: teacher, course: course)] {
        case .absent: return false
        case .present: return true
        case .unknown: try writer.flush()
        case nil: break
        }
        find.bind(course, at: 1)
        find.bind(teacher, at: 2)
        return try find.firstInteger() != nil
    }

    /// Adds a teacher, whom the course does not have.
    func insert(_ teacher: Int64, in course: Int64, at now: Instant) throws {
        writer.bind(course, at: 1)
        writer.bind(teacher, at: 2)
        writer.bind(now.seconds, at: 3)
        try writer.write()
    }

    func flush() throws {
        try writer.flush()
    }

    // MARK: - Many at once

    func beginBlock() {
        block?.removeAll()
    }

    func expect(_ teacher: Int64, in course: Int64) {
        block?.expect(Seat(teacher: teacher, course: course))
    }

    func lookUp() throws {
        try writer.flush()
        guard let seats = block?.keys, !seats.isEmpty,
            let asked = connection.dialect.valueTable?([.integers(seats.map(\.teacher)), .integers(seats.map(\.course))])
        else { return }
        try connection.forEach(
            """
            SELECT asked.number FROM \(asked) AS asked (teacher, course, number)
            CROSS JOIN LATERAL (
                SELECT id FROM course WHERE id = asked.course AND teacher_id = asked.teacher
                UNION ALL SELECT course_id FROM co_teacher WHERE course_id = asked.course AND user_id = asked.teacher
            ) AS found
            """
        ) {
            block?.note(.present(()), of: try $0["number"])
            return true
        }
    }
}
