internal import LMSText

/// Writes the rows of `courses.csv`.
final class CourseImport: RowImport {
    private let attempt: ImportAttempt
    private let courses: CourseStatements
    private var written: WrittenRows

    init(_ attempt: ImportAttempt) {
        self.attempt = attempt
        courses = attempt.courses.statements
        written = WrittenRows(above: courses.highestID)
    }

    func flush() throws {
        try courses.flush()
    }

    func finish() throws {
        try courses.finish()
    }

    func beginBlock() {
        attempt.users.beginBlock()
        courses.beginBlock()
    }

    func expect(_ reader: BulkReader) {
        attempt.users.expect(reader.bytes(.teacher))
        let code = CourseCode(reader.text(.code))
        if code.isValid { courses.expect(code) }
    }

    func lookUp() throws {
        try attempt.users.lookUp()
        try courses.lookUp()
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        guard let (code, title, teacher, fields, key, archivedAt) = try decode(reader) else {
            attempt.blame(.courses, reader.text(.code))
            return nil
        }
        let present = try courses.find(code)
        if let key, let holder = try courses.holder(of: key.key), holder != present?.id {
            attempt.note(.enrollmentKey, reader, "another course has this key")
            attempt.blame(.courses, reader.text(.code))
            return nil
        }
        guard let (id, stored) = present else {
            var values = CourseValues(
                fields, title: title, code: code, teacher: teacher, today: { attempt.today })
            values.archivedAt = archivedAt ?? nil
            let id = try courses.insert(values, key: key?.applied(to: nil, isAwake: values.enrollment == .key).row)
            attempt.touchedCourses.insert(id.rawValue)
            return .created
        }
        var (new, changed) = fields.applied(to: stored)
        new.teacherID = teacher
        if let archivedAt { new.archivedAt = archivedAt }
        let keyed = try key.map { $0.applied(to: try courses.key(of: id), isAwake: new.enrollment == .key) }
        guard
            let difference = Self.firstColumn(changed, isTeacherOther: teacher != stored.teacherID) ?? keyed?.difference
                ?? (new.archivedAt != stored.archivedAt ? .archivedAt : nil)
        else { return .unchanged }
        switch attempt.decide(id.rawValue, code.rawValue, difference, reader, &written) {
        case .refuse: return nil
        case .skip: return .skipped
        case .update:
            try courses.update(id, to: new, from: stored)
            if let keyed { try courses.put(keyed.row, of: id) }
            attempt.touchedCourses.insert(id.rawValue)
            return .updated
        }
    }

    /// The columns, each with the course's field in it; the teacher is none. The key and since when the course is archived are read
    /// apart.
    private static let columns = BulkTable.courses.columns.filter { !$0.isSecret && $0 != .archivedAt }
        .map { ($0, CourseField(rawValue: $0.rawValue)) }

    /// A row's values; `archivedAt` is `.some(nil)` where the cell is empty.
    private typealias Values = (
        code: CourseCode, title: String, teacher: UserID, fields: CourseFields.Checked, key: ImportedKey?, archivedAt: Instant??
    )

    private func decode(_ reader: BulkReader) throws -> Values? {
        var fields = CourseFields.Checked()
        var teacher: UserID?
        var isGood = true
        for (column, field) in Self.columns {
            guard let field else {
                teacher = try self.teacher(reader)
                continue
            }
            if says(field, reader) {
                let isKept: Void? = try attempt.check(column, reader) {
                    try fields.set(field, to: reader.text(column))
                }
                isGood = isGood && isKept != nil
            }
        }
        let key = try ImportedKey.read(reader, attempt, isGood: &isGood)
        var archivedAt: Instant??
        if reader.has(.archivedAt) {
            let read: Instant?? = try attempt.check(.archivedAt, reader) { try reader.instant(.archivedAt) }
            isGood = isGood && read != nil
            archivedAt = .some(read ?? nil)
        }
        // The code tells which course is meant, and stays as it was registered.
        guard isGood, let code = fields.code, let title = fields.title, let teacher else { return nil }
        fields.code = nil
        return (code, title, teacher, fields, key, archivedAt)
    }

    /// Whether a row says anything of a field. An empty description is one: it clears what was there.
    private func says(_ field: CourseField, _ reader: BulkReader) -> Bool {
        switch field {
        case .title, .code: true
        case .description: reader.has(.description)
        case .releaseDate, .enrollment: !reader.bytes(BulkColumn(field)).isEmpty
        }
    }

    private func teacher(_ reader: BulkReader) throws -> UserID? {
        guard let user = try attempt.users.find(reader.bytes(.teacher)) else {
            attempt.noteMissing(.users, .teacher, reader)
            return nil
        }
        return try attempt.check(.teacher, reader) {
            try CourseRules.requireMayOwn(reader.text(.teacher), user.isTeacher ? .teacher : .student)
            return UserID(rawValue: user.id)
        }
    }

    /// The column that is named where a row is not what is stored: the first that differs.
    private static func firstColumn(_ changed: [CourseField], isTeacherOther: Bool) -> BulkColumn? {
        if let first = changed.first, first == .title || !isTeacherOther { return BulkColumn(first) }
        return isTeacherOther ? .teacher : nil
    }
}
