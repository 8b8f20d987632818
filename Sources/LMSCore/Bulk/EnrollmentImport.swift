internal import LMSDatabase

/// Writes the rows of `enrollments.csv`.
final class EnrollmentImport: RowImport {
    private let attempt: ImportAttempt
    private let find: any Statement
    private let insert: any Statement
    private var written: WrittenRows
    private let lastOldCourse: Int64
    /// The last instant that was read: many rows have the same.
    private var lastDate: (text: [UInt8], seconds: Int64) = ([], 0)

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        find = try attempt.connection.prepare(
            "SELECT id, status, date_entry FROM enrollment WHERE student_id = $1 AND course_id = $2")
        insert = try attempt.connection.prepare(
            """
            INSERT INTO enrollment (student_id, course_id, date_entry, status) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """)
        written = try WrittenRows("SELECT max(id) FROM enrollment", on: attempt.connection)
        // Who is in a course at all is asked only where somebody can be.
        let last: Int64? = try attempt.connection.value("SELECT max(course_id) FROM enrollment")
        lastOldCourse = last ?? 0
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        let course = try attempt.courses.find(reader.bytes(.course))
        if course == nil { attempt.noteMissing(.courses, .course, reader) }
        let student = try student(reader)
        let seconds = try attempt.check(.dateEntry, reader) { try date(reader.bytes(.dateEntry)) }
        let status = try attempt.check(.status, reader) { try Self.status(reader.bytes(.status)) }
        guard let course, let student, let seconds, let status else { return nil }

        if course <= lastOldCourse, let outcome = try merge(student, course, status, seconds, reader) {
            return outcome.outcome
        }
        insert.bind(student, at: 1)
        insert.bind(course, at: 2)
        insert.bind(seconds ?? attempt.transaction.now.seconds, at: 3)
        (status ?? .enrolled).bind(to: insert, at: 4)
        guard try insert.run() == 0 else {
            attempt.touchedCourses.insert(course)
            return .created
        }
        return try merge(student, course, status, seconds, reader)?.outcome
    }

    private func student(_ reader: BulkReader) throws -> Int64? {
        guard let entry = try attempt.users.find(reader.bytes(.student)) else {
            attempt.noteMissing(.users, .student, reader)
            return nil
        }
        guard !entry.flag else {
            let name = quoted(reader.text(.student))
            attempt.note(.student, reader, "\(name) is a teacher, and cannot be in a course")
            return nil
        }
        return entry.id
    }

    /// - Returns: `nil` where the cell says nothing.
    private func date(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        if bytes.isEmpty { return nil }
        if bytes.elementsEqual(lastDate.text) { return lastDate.seconds }
        guard let instant = Instant(bytes.text) else {
            throw LMSError(
                .invalid, "\(quoted(bytes.text)) is not an instant",
                hint: "Write a date with a time in UTC as 2026-11-23T12:00:00Z.")
        }
        lastDate = (Array(bytes), instant.seconds)
        return instant.seconds
    }

    private static func status(_ bytes: UnsafeBufferPointer<UInt8>) throws -> EnrollmentStatus? {
        if bytes.isEmpty { return nil }
        for status in [EnrollmentStatus.enrolled, .pending] where bytes.elementsEqual(status.rawValue.utf8) {
            return status
        }
        throw LMSError(
            .invalid, "\(quoted(bytes.text)) is no status", hint: "status is enrolled or pending.")
    }

    // MARK: - A student who is in already

    /// - Returns: `nil` where the student is not in the course; within, `nil` where the row was refused.
    private func merge(
        _ student: Int64, _ course: Int64, _ status: EnrollmentStatus?, _ seconds: Int64?,
        _ reader: BulkReader
    ) throws -> (outcome: RowOutcome?, Void)? {
        find.bind(student, at: 1)
        find.bind(course, at: 2)
        let place = try find.first {
            (
                id: $0.integer(at: 0), status: EnrollmentStatus(rawValue: $0.text(at: 1)),
                seconds: $0.integer(at: 2)
            )
        }
        guard let place else { return nil }
        let newStatus = status ?? place.status ?? .enrolled
        let newSeconds = seconds ?? place.seconds
        let difference: BulkColumn? =
            newStatus != place.status ? .status : newSeconds != place.seconds ? .dateEntry : nil
        guard let difference else { return (.unchanged, ()) }
        switch attempt.decide(place.id, reader.text(.student), difference, reader, &written) {
        case .refuse: return (nil, ())
        case .skip: return (.skipped, ())
        case .update:
            try EnrollmentRows(connection: attempt.connection).replace(
                EnrollmentID(rawValue: place.id), newStatus, at: Instant(seconds: newSeconds))
            attempt.touchedCourses.insert(course)
            return (.updated, ())
        }
    }
}

extension EnrollmentStatus {
    fileprivate func bind(to statement: any Statement, at index: Int) {
        switch self {
        case .enrolled: statement.bind("enrolled", at: index)
        case .pending: statement.bind("pending", at: index)
        }
    }
}
