internal import LMSDatabase
internal import LMSText

/// What brings rows back, and what empties.
extension TrashRows {
    /// Brings a course back with all that was in it, but people who were deleted or have another role.
    ///
    /// - Returns: How many people were passed over.
    func restoreCourse(_ entry: TrashID, id: CourseID, code: CourseCode) throws -> Int {
        try connection.execute("UPDATE trash_course SET code = \(code) WHERE entry_id = \(entry)")
        guard try Self.courses.restore(entry, on: connection) == 1 else {
            throw DatabaseError(.damaged, "a course in the trash has no row")
        }
        // A key that another course has got since is made anew.
        _ = try Self.keys.restore(
            entry, where: "key NOT IN (SELECT key FROM course_key)", on: connection)
        let keys = EnrollmentKeyRows(connection: connection)
        let kept: Int? = try connection.value("SELECT is_awake FROM trash_course_key WHERE entry_id = \(entry)")
        if let kept, try keys.find(of: id) == nil {
            try keys.put(EnrollmentKeyRow(key: try keys.free(), isAwake: kept != 0), of: id)
        }
        let people: Int =
            try connection.value(
                """
                SELECT (SELECT count(*) FROM trash_enrollment WHERE entry_id = \(entry))
                    + (SELECT count(*) FROM trash_co_teacher WHERE entry_id = \(entry))
                """) ?? 0
        let back =
            try Self.enrollments.restore(
                entry, where: "student_id IN (SELECT users.id FROM users WHERE role = 'student')", on: connection)
            + Self.teachers.restore(
                entry,
                where: """
                    user_id IN (SELECT users.id FROM users WHERE role = 'teacher')
                        AND user_id NOT IN (SELECT teacher_id FROM course WHERE course.id = trash_co_teacher.course_id)
                    """, on: connection)
        _ = try Self.materials.restore(entry, on: connection)
        try connection.execute("UPDATE trash SET part_of = NULL, course = \(code) WHERE part_of = \(entry)")
        return people - back
    }

    /// Brings a material back to the place in the order that it had, or to the end.
    func restoreMaterial(_ entry: TrashID, in course: CourseID, title: String, last: Int) throws -> MaterialID {
        guard let row = try connection.row("SELECT id, position FROM trash_material WHERE entry_id = \(entry)") else {
            throw DatabaseError(.damaged, "a material in the trash has no row")
        }
        let (id, before): (MaterialID, Int) = (try row["id"], try row["position"])
        let position = min(max(1, before), last)
        try connection.execute(
            "UPDATE material SET position = position + 1 WHERE course_id = \(course) AND position >= \(position)")
        try connection.execute(
            """
            UPDATE trash_material SET title = \(title), title_key = \(MaterialRows.titleKey(title)), position = \(position)
            WHERE entry_id = \(entry)
            """)
        guard try Self.materials.restore(entry, on: connection) == 1 else { throw LMSError.rowMissing }
        return id
    }

    /// Deletes an entry that came back, with what is left of its rows.
    func forget(_ entry: TrashID) throws {
        try connection.execute("DELETE FROM trash WHERE id = \(entry)")
    }

    /// Whether a course of this code is in somebody's trash.
    func hasCourse(called code: CourseCode, of owner: UserID, since earliest: Instant) throws -> Bool {
        let found: Int? = try connection.value(
            """
            SELECT 1 AS one FROM trash
            WHERE owner_id = \(owner) AND kind = 'course' AND lower(course) = \(code.folded) AND at > \(earliest)
                AND part_of IS NULL LIMIT 1
            """)
        return found != nil
    }

    /// Empties out all that is of somebody's own courses, but archived ones.
    ///
    /// - Returns: How many entries.
    func emptyAll(of owner: UserID, within cut: SessionID?, since earliest: Instant) throws -> Int {
        let within: SQL = """
             AND NOT EXISTS (SELECT 1 FROM course WHERE course.id = trash.course_id AND course.archived_at IS NOT NULL)\
            \(Policy.within(cut, "course_id"))
            """
        let count: Int =
            try connection.value(
                """
                SELECT count(*) FROM trash
                WHERE owner_id = \(owner) AND at > \(earliest) AND part_of IS NULL\(within)
                """) ?? 0
        try connection.execute("UPDATE trash SET at = \(Self.longAgo) WHERE owner_id = \(owner)\(within)")
        return count
    }

    /// Gives what is in the trash of a course to its new owner.
    func handOver(_ course: CourseID, to taker: UserID) throws {
        try connection.execute("UPDATE trash SET owner_id = \(taker) WHERE course_id = \(course)")
    }

    /// Gives all that is in the trash of somebody's courses to another teacher, courses too.
    ///
    /// - Returns: How many courses.
    func handOver(from giver: UserID, to taker: UserID) throws -> Int {
        try connection.execute("UPDATE trash SET owner_id = \(taker) WHERE owner_id = \(giver)")
        return try connection.execute("UPDATE trash_course SET teacher_id = \(taker) WHERE teacher_id = \(giver)")
    }

    /// The codes of the courses of somebody that can come back.
    func codesOfCourses(of owner: UserID, since earliest: Instant) throws -> [CourseCode] {
        try connection.rows(
            """
            SELECT course FROM trash
            WHERE owner_id = \(owner) AND kind = 'course' AND at > \(earliest) AND part_of IS NULL ORDER BY id
            """
        ).map { try $0["course"] }
    }

    /// Where a person is in the trash.
    func places(of person: UserID, at now: Instant) throws -> [TrashedPlace] {
        let earliest = now - (try retention())
        return try connection.rows(
            """
            SELECT trash.course, place.role, trash.at FROM (
                SELECT entry_id, 'owner' AS role FROM trash_course WHERE teacher_id = \(person)
                UNION ALL SELECT entry_id, 'teacher' FROM trash_co_teacher WHERE user_id = \(person)
                UNION ALL SELECT entry_id, 'student' FROM trash_enrollment WHERE student_id = \(person)
            ) AS place JOIN trash ON trash.id = place.entry_id
            WHERE trash.at > \(earliest) ORDER BY trash.id
            """
        ).map { TrashedPlace(course: try $0["course"], role: try $0["role"], at: try $0["at"]) }
    }

    /// Takes a person out of the trash, too.
    ///
    /// - Returns: Of how many courses.
    func takeOut(_ person: UserID) throws -> Int {
        let courses: Int =
            try connection.value(
                """
                SELECT count(DISTINCT course_id) FROM (
                    SELECT course_id FROM trash_enrollment WHERE student_id = \(person)
                    UNION ALL SELECT course_id FROM trash_co_teacher WHERE user_id = \(person)) AS theirs
                """) ?? 0
        try connection.execute("DELETE FROM trash_enrollment WHERE student_id = \(person)")
        try connection.execute("DELETE FROM trash_co_teacher WHERE user_id = \(person)")
        try connection.execute("DELETE FROM trash WHERE person_id = \(person)")
        return courses
    }

    /// How many materials of a course are in the trash.
    func countMaterials(of course: CourseID, since earliest: Instant) throws -> Int {
        try connection.value(
            "SELECT count(*) FROM trash WHERE course_id = \(course) AND kind = 'material' AND at > \(earliest)") ?? 0
    }
}
