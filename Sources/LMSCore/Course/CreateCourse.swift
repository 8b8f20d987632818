/// Creates a course that belongs to the caller.
package struct CreateCourse: Mutation {
    package var title: String
    /// Made from the title where it is missing.
    package var code: CourseCode?
    package var description: String?
    /// Today, in UTC, where it is missing.
    package var releaseDate: String?
    package var enrollment: EnrollmentPolicy?
    /// An own course of that code is fine as it is.
    package var ifNotExists: Bool?

    package init(
        title: String, code: CourseCode? = nil, description: String? = nil,
        releaseDate: String? = nil, enrollment: EnrollmentPolicy? = nil, ifNotExists: Bool? = nil
    ) {
        self.title = title
        self.code = code
        self.description = description
        self.releaseDate = releaseDate
        self.enrollment = enrollment
        self.ifNotExists = ifNotExists
    }

    package func perform(in context: Context) throws -> Written<Course> {
        try Policy.requireMayOwnCourses(context.principal)
        var course = try checked(in: context)
        if let existing = try context.courses.find(course.code) {
            guard ifNotExists == true, existing.teacherID == context.principal.id else {
                throw LMSError.codeTaken(course.code)
            }
            return context.written(existing, .unchanged)
        }
        guard let id = try context.courses.insert(course) else { throw LMSError.codeTaken(course.code) }
        course.id = id
        try context.audit(.createCourse, course, subject: course.title)
        course.id = context.created(id)
        return context.written(course, .created)
    }

    private func checked(in context: Context) throws -> Course {
        let title = try Title.checked(title)
        let code = try code?.checked()
        guard ifNotExists != true || code != nil else {
            throw LMSError(.invalid, "without a code, nothing tells whether the course exists")
        }
        return Course(
            id: nil,
            code: try code ?? context.courses.firstFree(CourseCode(madeFrom: title)),
            title: title, teacher: context.principal.username,
            releaseDate: try releaseDate.map(CalendarDate.checked) ?? CalendarDate(of: context.now),
            enrollment: enrollment ?? .open, students: 0, status: nil,
            teacherID: context.principal.id, description: try description.flatMap(Course.storedDescription),
            pending: 0)
    }

    enum CodingKeys: String, CodingKey {
        case title, code, description
        case releaseDate = "release_date"
        case enrollment
        case ifNotExists = "if_not_exists"
    }
}

extension LMSError {
    static func codeTaken(_ code: CourseCode) -> LMSError {
        LMSError(.conflict, "the course code '\(code)' is taken", hint: "Choose another one with --code.")
    }
}
