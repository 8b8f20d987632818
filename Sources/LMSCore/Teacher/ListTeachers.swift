/// Lists the teachers of a course, its owner among them, by username.
package struct ListTeachers: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference
    package var limit: Int?
    package var after: Cursor?

    package init(course: CourseReference, limit: Int? = nil, after: Cursor? = nil) {
        self.course = course
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<CourseTeacher> {
        _ = try after?.username()
        let course = try context.courses.find(course)
        return try context.teachers.page(of: course.id, try PageRequest(limit: limit, after: after))
    }
}
