internal import LMSDatabase
internal import LMSText

/// Who may do what. Every right is decided here, from rows read in the transaction of the act.
enum Policy {
    /// What a token may do that was made to do less than its owner.
    static func requireMay(_ useCaseClass: UseCaseClass, _ principal: Principal) throws {
        let limits = principal.limits
        if limits.isReadOnly, useCaseClass.writes, useCaseClass != .signsOut {
            throw LMSError(
                .denied, "this token only reads", hint: "Use a token that may write, or none: unset LMS_TOKEN")
        }
        switch useCaseClass {
        case .open, .reads, .writesInCourse, .signsOut: break
        case .readsAccount, .writesAccount: try requireWhole(principal)
        }
    }

    /// A token for some courses does nothing that goes beyond them.
    static func requireWhole(_ principal: Principal) throws {
        guard principal.limits.cut == nil else {
            throw LMSError(
                .denied, "this token is only for some courses, and may not do this",
                hint: "See which with: lms whoami")
        }
    }

    /// What such a token leaves of the rows of a table, as a condition behind others; nothing for other tokens.
    ///
    /// - Parameters:
    ///   - cut: As `TokenLimits` has it.
    ///   - course: The column with the course's id.
    static func within(_ cut: SessionID?, _ course: SQL) -> SQL {
        guard let cut else { return "" }
        return " AND \(course) IN (SELECT course_id FROM token_course WHERE session_id = \(cut))"
    }

    /// Teachers make courses; whoever makes one owns it.
    static func requireMayOwnCourses(_ principal: Principal) throws {
        guard principal.role == .teacher else {
            throw LMSError(.denied, "only a teacher can do this, and you are a student")
        }
    }

    /// A course's teachers, its owner and those beside him, change it, its materials and its roster, and read its log.
    static func requireMayManage(_ course: Course, _ principal: Principal, _ act: CourseAct) throws {
        guard course.teacherID == principal.id || course.role == .teacher else {
            throw LMSError(
                .denied,
                "the course '\(course.code)' belongs to \(course.teacher): only its teachers can do this")
        }
        try requireOpen(course, to: act)
    }

    /// Only the owner deletes a course, archives it, gives it away, and says who teaches it beside him.
    static func requireMayGovern(_ course: Course, _ principal: Principal, _ act: CourseAct) throws {
        guard course.teacherID == principal.id else {
            throw LMSError(
                .denied, "the course '\(course.code)' belongs to \(course.teacher): only its owner can do this")
        }
        try requireOpen(course, to: act)
    }

    /// An archived course is read-only, for its owner too.
    static func requireOpen(_ course: Course, to act: CourseAct) throws {
        guard let archivedAt = course.archivedAt, !act.isOfArchived else { return }
        throw LMSError(
            .denied, "the course '\(course.code)' has been archived since \(archivedAt): it can only be read",
            hint: "Its owner, \(course.teacher), can undo that with: lms course unarchive \(course.code)")
    }

    /// A key of an archived course opens nothing.
    static func mayJoin(_ course: Course) -> Bool { course.archivedAt == nil }

    /// What goes to another course is lost to its own, so that its owner says so, and with a token for all courses.
    static func requireMayMoveOut(of course: Course, _ principal: Principal) throws {
        guard course.teacherID == principal.id else {
            throw LMSError(
                .denied, "the course '\(course.code)' belongs to \(course.teacher), who alone can take materials out of it",
                hint: "Add a copy to the other course with: lms material add")
        }
        try requireWhole(principal)
    }

    /// A course file of another of its teachers may name who teaches it, as long as that changes nothing.
    static func requireMayChangeTeachers(of course: Course, _ principal: Principal) throws {
        guard course.teacherID == principal.id else {
            throw LMSError(
                .denied, "the course '\(course.code)' belongs to \(course.teacher): only its owner can change 'teachers'")
        }
        try requireWhole(principal)
    }

    /// A teacher beside the owner may remove himself.
    static func requireMayRemoveTeachers(_ usernames: [Username], of course: Course, _ principal: Principal, _ act: CourseAct)
        throws
    {
        let isHimself = !usernames.isEmpty && usernames.allSatisfy { $0.folded == principal.username.folded }
        if isHimself, course.role == .teacher { return try requireOpen(course, to: act) }
        try requireMayGovern(course, principal, act)
    }

    /// Who may know of something in the trash: the owner of its course, and of what is of the course its other teachers.
    static func maySee(_ entry: TrashRows.Found, teaches: Bool, _ principal: Principal) -> Bool {
        entry.owner == principal.id || (entry.kind.isOfCourse && teaches)
    }

    /// Only the owner empties the trash of a course.
    static func requireMayEmpty(_ entry: TrashRows.Found, _ principal: Principal) throws {
        guard entry.owner == principal.id else {
            throw LMSError(.denied, "only the owner of '\(entry.entry.course)' can empty its trash")
        }
    }

    /// A name that the operator gave is the operator's to change.
    static func requireMayChangeName(of account: UserRows.Account) throws {
        guard !account.isNameGiven else {
            throw LMSError(
                .denied, "your name was given by your administrator, who alone can change it", hint: "Ask your administrator.")
        }
    }

    /// Students join and leave.
    static func requireMayEnroll(_ principal: Principal) throws {
        guard principal.role == .student else {
            throw LMSError(.denied, "only a student can join or leave a course, and you are a teacher")
        }
    }

    /// … but no archived one.
    static func requireMayEnroll(_ principal: Principal, in course: Course) throws {
        try requireMayEnroll(principal)
        try requireOpen(course, to: .write)
    }

    /// A course's teachers read materials always, an enrolled student from the release date on.
    ///
    /// - Returns: Which of them he is shown.
    static func requireMayReadMaterials(
        of course: Course, _ principal: Principal, on calendar: SchoolCalendar
    ) throws -> MaterialVisibility {
        if course.teacherID == principal.id || course.role == .teacher { return .all }
        try requireIsIn(course, principal)
        return try studentsVisibility(of: course, on: calendar)
    }

    /// What is new in a course is for its teachers and its students.
    static func requireIsIn(_ course: Course, _ principal: Principal) throws {
        if course.teacherID == principal.id || course.role == .teacher { return }
        guard principal.role == .student else {
            throw LMSError(
                .denied,
                "the course '\(course.code)' belongs to \(course.teacher): only its teachers and its students read it"
            )
        }
        switch course.status?.known {
        case .enrolled: return
        case .pending:
            throw LMSError(.denied, "your request to join '\(course.code)' is not approved yet")
        case nil:
            throw LMSError(
                .denied, "you are not enrolled in '\(course.code)'",
                hint: "Join it with: lms course join \(course.code)")
        }
    }

    /// What a course's students are shown of its materials.
    ///
    /// - Throws: `LMSError` `denied` while the course is not out.
    static func studentsVisibility(of course: Course, on calendar: SchoolCalendar) throws -> MaterialVisibility {
        guard calendar.hasCome(course.releaseDate) else {
            throw LMSError(
                .denied,
                "the materials of '\(course.code)' are released on \(calendar.beginning(of: course.releaseDate))")
        }
        return .out(by: calendar.today)
    }

    /// Whom a search tells of a course, as a condition on `course`: of an archived one, its teachers and its students.
    static func mayFind(_ principal: Principal) -> SQL {
        let isIn: SQL =
            switch principal.role {
            case .teacher: "EXISTS (SELECT 1 FROM co_teacher WHERE course_id = course.id AND user_id = \(principal.id))"
            case .student:
                """
                EXISTS (SELECT 1 FROM enrollment
                    WHERE course_id = course.id AND student_id = \(principal.id) AND status = 'enrolled')
                """
            }
        return "(course.archived_at IS NULL OR course.teacher_id = \(principal.id) OR \(isIn))"
    }

    /// The same right as a condition, on the tables `course`, `material` and `mine`, the principal's own enrollment. It is in the search's
    /// own statement: what may not be read takes no room in a page, and changes no rank.
    ///
    /// - Parameter calendar: Is asked for students alone.
    static func mayReadMaterials(_ principal: Principal, _ calendar: () throws -> SchoolCalendar) rethrows -> SQL {
        guard principal.role == .student else {
            return """
                (course.teacher_id = \(principal.id) OR EXISTS (
                    SELECT 1 FROM co_teacher WHERE course_id = course.id AND user_id = \(principal.id)))
                """
        }
        let today = try calendar().today
        return """
            (course.teacher_id = \(principal.id)
                OR mine.status = 'enrolled' AND course.release_date <= \(today)\(MaterialVisibility.out(by: today).condition))
            """
    }
}
