/// Ends the caller's enrollment, or takes the request back.
package struct LeaveCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(in context: Context) throws -> Written<Membership> {
        let course = try context.courses.find(course)
        try Policy.requireMayEnroll(context.principal, in: course)
        guard let enrollment = try context.enrollments.find(context.principal.id, in: course.id) else {
            throw LMSError(.notFound, "you are not in the course '\(course.code)'")
        }
        try context.enrollments.delete(enrollment.id)
        try context.audit(.leave, course, subject: context.principal.username.rawValue)
        return context.written(
            Membership(course, enrollment.status, dateEntry: enrollment.dateEntry), .deleted)
    }
}
