/// Shows one course.
package struct ShowCourse: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(in context: Context) throws -> Course {
        try context.courses.find(course)
    }
}
