internal import LMSText

/// Writes the rows of `enrollments.csv`.
final class EnrollmentImport: RowImport {
    private let attempt: ImportAttempt
    private let enrollments: EnrollmentStatements
    private var written: WrittenRows
    /// The last instant that was read: many rows have the same.
    private var lastDate: (text: [UInt8], instant: Instant) = ([], Instant(seconds: 0))

    /// Of a block.
    private var expected: [(student: String, course: String)] = []

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        enrollments = try EnrollmentStatements(attempt.connection)
        written = WrittenRows(above: enrollments.highestID)
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        let course = try attempt.courses.find(reader.bytes(.course))
        if course == nil { attempt.noteMissing(.courses, .course, reader) }
        let student = try self.student(reader)
        let date = try attempt.check(.dateEntry, reader) { try self.date(reader.bytes(.dateEntry)) }
        let status = try attempt.check(.status, reader) { try Self.status(reader.bytes(.status)) }
        guard let course, let student, let date, let status else { return nil }

        if enrollments.canHaveStudents(course), let stored = try enrollments.find(student, in: course) {
            return try merge(stored, in: course, status, date, reader)
        }
        if try enrollments.insert(
            student, in: course, status ?? .enrolled, at: date ?? attempt.transaction.now)
        {
            attempt.touchedCourses.insert(course)
            return .created
        }
        // The student is in an earlier row, too.
        guard let stored = try enrollments.find(student, in: course) else { throw LMSError.rowMissing }
        return try merge(stored, in: course, status, date, reader)
    }

    func flush() throws {
        try enrollments.flush()
    }

    func beginBlock() {
        attempt.courses.beginBlock()
        attempt.users.beginBlock()
        enrollments.beginBlock()
    }

    func expect(_ reader: BulkReader) {
        attempt.courses.expect(reader.bytes(.course))
        attempt.users.expect(reader.bytes(.student))
        expected.append((reader.text(.student), reader.text(.course)))
    }

    func lookUp() throws {
        try attempt.courses.lookUp()
        try attempt.users.lookUp()
        for (student, course) in expected {
            guard let course = try attempt.courses.find(course), let student = try attempt.users.find(student) else { continue }
            enrollments.expect(student.id, in: course)
        }
        expected.removeAll(keepingCapacity: true)
        try enrollments.lookUp()
    }

    private func student(_ reader: BulkReader) throws -> Int64? {
        guard let user = try attempt.users.find(reader.bytes(.student)) else {
            attempt.noteMissing(.users, .student, reader)
            return nil
        }
        guard user.isTeacher else { return user.id }
        return try attempt.check(.student, reader) {
            try CourseRules.requireMayFollow(reader.text(.student), .teacher)
            return user.id
        }
    }

    /// - Returns: `nil` where the cell says nothing.
    private func date(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Instant? {
        if bytes.isEmpty { return nil }
        if lastDate.text.withUnsafeBufferPointer({ bytes.elementsEqual($0) }) { return lastDate.instant }
        guard let instant = Instant(bytes.text) else {
            throw LMSError(
                .invalid, "\(quoted(bytes.text)) is not an instant",
                hint: "Write a date with a time in UTC as 2026-11-23T12:00:00Z.")
        }
        lastDate = (Array(bytes), instant)
        return instant
    }

    /// - Returns: `nil` where the cell says nothing.
    private static func status(_ bytes: UnsafeBufferPointer<UInt8>) throws -> EnrollmentStatus? {
        if bytes.isEmpty { return nil }
        if bytes.isText("enrolled") { return .enrolled }
        if bytes.isText("pending") { return .pending }
        throw LMSError(
            .invalid, "\(quoted(bytes.text)) is no status", hint: "status is enrolled or pending.")
    }

    /// What becomes of a student who is in the course already. What the row does not say stays.
    private func merge(
        _ stored: EnrollmentRow, in course: Int64, _ status: EnrollmentStatus?, _ date: Instant?,
        _ reader: BulkReader
    ) throws -> RowOutcome? {
        let (newStatus, newDate) = (status ?? stored.status, date ?? stored.dateEntry)
        let difference: BulkColumn? =
            newStatus != stored.status ? .status : newDate != stored.dateEntry ? .dateEntry : nil
        guard let difference else { return .unchanged }
        switch attempt.decide(stored.id.rawValue, reader.text(.student), difference, reader, &written) {
        case .refuse: return nil
        case .skip: return .skipped
        case .update:
            try enrollments.replace(stored, newStatus, at: newDate)
            attempt.touchedCourses.insert(course)
            return .updated
        }
    }
}
