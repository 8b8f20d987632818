/// Changes a course. What is not given stays.
package struct EditCourse: Mutation {
    package var course: CourseReference
    package var title: String?
    package var code: CourseCode?
    /// An empty text clears it.
    package var description: String?
    package var releaseDate: String?
    package var enrollment: EnrollmentPolicy?

    package init(
        course: CourseReference, title: String? = nil, code: CourseCode? = nil,
        description: String? = nil, releaseDate: String? = nil, enrollment: EnrollmentPolicy? = nil
    ) {
        self.course = course
        self.title = title
        self.code = code
        self.description = description
        self.releaseDate = releaseDate
        self.enrollment = enrollment
    }

    package func perform(in context: Context) throws -> Written<Course> {
        let current = try context.courses.find(course)
        try Policy.requireMayManage(current, context.principal)
        let edited = try edited(current)
        guard !edited.isStoredLike(current) else { return context.written(current, .unchanged) }
        if let holder = try context.courses.find(edited.code), holder.id != current.id {
            throw LMSError.codeTaken(edited.code)
        }
        try context.courses.update(edited)
        try context.audit(.editCourse, edited, subject: edited.title)
        return context.written(edited, .updated)
    }

    private func edited(_ course: Course) throws -> Course {
        var course = course
        if let title { course.title = try Title.checked(title) }
        if let code { course.code = try code.checked() }
        if let description { course.description = try Course.storedDescription(description) }
        if let releaseDate { course.releaseDate = try CalendarDate.checked(releaseDate) }
        if let enrollment { course.enrollment = enrollment }
        return course
    }

    enum CodingKeys: String, CodingKey {
        case course, title, code, description
        case releaseDate = "release_date"
        case enrollment
    }
}

extension Course {
    /// Whether the columns of the course's own row are the same, byte for byte.
    func isStoredLike(_ other: Course) -> Bool {
        title.isIdentical(to: other.title) && code == other.code
            && (description ?? "").isIdentical(to: other.description ?? "")
            && releaseDate == other.releaseDate && enrollment == other.enrollment
    }
}
