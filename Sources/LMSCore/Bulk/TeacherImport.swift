internal import LMSText

/// Writes the rows of `teachers.csv`. A row that names the course's owner is unchanged.
final class TeacherImport: RowImport {
    private let attempt: ImportAttempt
    private let teachers: TeacherStatements

    /// Of a block.
    private var expected: [(teacher: String, course: String)] = []

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        teachers = try TeacherStatements(attempt.connection)
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        let course = try attempt.courses.find(reader.bytes(.course))
        if course == nil { attempt.noteMissing(.courses, .course, reader) }
        let teacher = try self.teacher(reader)
        guard let course, let teacher else { return nil }
        if try teachers.has(teacher, in: course) { return .unchanged }
        try teachers.insert(teacher, in: course, at: attempt.transaction.now)
        attempt.touchedCourses.insert(course)
        return .created
    }

    func flush() throws {
        try teachers.flush()
    }

    func beginBlock() {
        attempt.courses.beginBlock()
        attempt.users.beginBlock()
        teachers.beginBlock()
    }

    func expect(_ reader: BulkReader) {
        attempt.courses.expect(reader.bytes(.course))
        attempt.users.expect(reader.bytes(.teacher))
        expected.append((reader.text(.teacher), reader.text(.course)))
    }

    func lookUp() throws {
        try attempt.courses.lookUp()
        try attempt.users.lookUp()
        for (teacher, course) in expected {
            guard let course = try attempt.courses.find(course), let teacher = try attempt.users.find(teacher) else { continue }
            teachers.expect(teacher.id, in: course)
        }
        expected.removeAll(keepingCapacity: true)
        try teachers.lookUp()
    }

    private func teacher(_ reader: BulkReader) throws -> Int64? {
        guard let user = try attempt.users.find(reader.bytes(.teacher)) else {
            attempt.noteMissing(.users, .teacher, reader)
            return nil
        }
        return try attempt.check(.teacher, reader) {
            try CourseRules.requireMayTeach(reader.text(.teacher), user.isTeacher ? .teacher : .student)
            return user.id
        }
    }
}
