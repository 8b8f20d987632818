internal import LMSDatabase

/// Writes the rows of `courses.csv`.
final class CourseImport: RowImport {
    private let attempt: ImportAttempt
    private let find: any Statement
    private let insert: any Statement
    private let update: any Statement
    private let index: SearchIndex.Writer
    private let today: String
    private var written: WrittenRows

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        find = try attempt.connection.prepare(
            """
            SELECT id, title, teacher_id, description, release_date, enrollment FROM course
            WHERE lower(code) = $1
            """)
        insert = try attempt.connection.prepare(
            """
            INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
            VALUES ($1, $2, $3, $4, $5, $6)
            """)
        update = try attempt.connection.prepare(
            """
            UPDATE course SET title = $1, teacher_id = $2, description = $3, release_date = $4, enrollment = $5
            WHERE id = $6
            """)
        index = try SearchIndex.courses.writer(on: attempt.connection)
        today = CalendarDate(of: attempt.transaction.now).description
        written = try WrittenRows("SELECT max(id) FROM course", on: attempt.connection)
    }

    func finish() throws {
        try index.finish()
    }

    /// The cells of a row. What is not given is `nil`.
    private struct Row {
        let code: CourseCode
        var title: String
        var teacher: Int64
        var description: String?
        var releaseDate: String?
        var enrollment: String?
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        guard let row = try decode(reader) else {
            attempt.blame(.courses, reader.text(.code))
            return nil
        }
        find.bind(row.code.folded, at: 1)
        let stored = try find.first { stored in
            (
                id: stored.integer(at: 0), difference: Self.difference(row, stored),
                row: Row(
                    code: row.code, title: row.title, teacher: stored.integer(at: 2),
                    description: row.description ?? stored.text(at: 3),
                    releaseDate: row.releaseDate ?? stored.text(at: 4),
                    enrollment: row.enrollment ?? stored.text(at: 5))
            )
        }
        guard let stored else {
            try create(row)
            return .created
        }
        guard let difference = stored.difference else { return .unchanged }
        switch attempt.decide(stored.id, row.code.rawValue, difference, reader, &written) {
        case .refuse: return nil
        case .skip: return .skipped
        case .update:
            try change(stored.id, row, merged: stored.row)
            return .updated
        }
    }

    private func decode(_ reader: BulkReader) throws -> Row? {
        let code = try attempt.check(.code, reader) { try CourseCode(reader.text(.code)).checked() }
        let title = try attempt.check(.title, reader) { try Title.checked(reader.text(.title)) }
        let teacher = try teacher(reader)
        let text = reader.bytes(.description)
        let description: Void? = try attempt.check(.description, reader) { try Description.check(text) }
        let date = reader.text(.releaseDate)
        let isDate = try attempt.check(.releaseDate, reader) {
            date.isEmpty ? nil : try CalendarDate.checked(date)
        }
        let enrollment = reader.text(.enrollment)
        let policy: Void? = try attempt.check(.enrollment, reader) {
            guard enrollment.isEmpty || EnrollmentPolicy(rawValue: enrollment) != nil else {
                let choices = EnrollmentPolicy.allCases.map(\.rawValue).joined(separator: ", ")
                throw LMSError(
                    .invalid, "\(quoted(enrollment)) is no way to enroll",
                    hint: "enrollment is one of: \(choices)")
            }
        }
        guard let code, let title, let teacher, description != nil, isDate != nil, policy != nil else {
            return nil
        }
        return Row(
            code: code, title: title, teacher: teacher,
            description: reader.has(.description) ? text.text : nil,
            releaseDate: date.isEmpty ? nil : date, enrollment: enrollment.isEmpty ? nil : enrollment)
    }

    private func teacher(_ reader: BulkReader) throws -> Int64? {
        guard let entry = try attempt.users.find(reader.bytes(.teacher)) else {
            attempt.noteMissing(.users, .teacher, reader)
            return nil
        }
        guard entry.flag else {
            let name = quoted(reader.text(.teacher))
            attempt.note(.teacher, reader, "\(name) is a student: a course belongs to a teacher")
            return nil
        }
        return entry.id
    }

    /// The first column whose value is another one than what is stored.
    private static func difference(_ row: Row, _ stored: any StatementRow) -> BulkColumn? {
        if !row.title.isIdentical(to: stored.text(at: 1)) { return .title }
        if row.teacher != stored.integer(at: 2) { return .teacher }
        if let text = row.description, !text.isIdentical(to: stored.text(at: 3)) { return .description }
        if let date = row.releaseDate, !date.isIdentical(to: stored.text(at: 4)) { return .releaseDate }
        if let policy = row.enrollment, !policy.isIdentical(to: stored.text(at: 5)) { return .enrollment }
        return nil
    }

    private func create(_ row: Row) throws {
        bind(row, to: insert)
        insert.bind(row.code.rawValue, at: 5)
        insert.bind(row.enrollment ?? EnrollmentPolicy.open.rawValue, at: 6)
        guard let id = try insert.insert() else { throw DatabaseError(.other, "INSERT gave no id") }
        try index.insert(id, heading: heading(row), body: row.description ?? "")
        attempt.touchedCourses.insert(id)
    }

    private func heading(_ row: Row) -> String { "\(row.code) \(row.title)" }

    private func bind(_ row: Row, to statement: any Statement) {
        statement.bind(row.title, at: 1)
        statement.bind(row.teacher, at: 2)
        if let text = row.description, !text.isEmpty {
            statement.bind(text, at: 3)
        } else {
            statement.bindNull(at: 3)
        }
        statement.bind(row.releaseDate ?? today, at: 4)
    }

    /// - Parameter merged: The row with what stays, and with the teacher from before.
    private func change(_ id: Int64, _ row: Row, merged: Row) throws {
        var new = merged
        new.teacher = row.teacher
        bind(new, to: update)
        update.bind(new.enrollment ?? EnrollmentPolicy.open.rawValue, at: 5)
        update.bind(id, at: 6)
        try update.run()
        let course = CourseID(rawValue: id)
        if merged.teacher != row.teacher {
            // The log is its owner's.
            try attempt.transaction.auditRows.handOver(course, to: UserID(rawValue: row.teacher))
        }
        try SearchIndex.courses.put(
            course, heading: heading(new), body: new.description ?? "", on: attempt.connection)
        attempt.touchedCourses.insert(id)
    }
}
