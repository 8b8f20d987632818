/// Shows the key of a course to its teachers.
package struct ShowKey: Query {
    package static var useCaseClass: UseCaseClass { .readsAccount }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(in context: Context) throws -> EnrollmentKeyRecord {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal, .read)
        let row = try context.enrollmentKeys.required(of: course)
        return EnrollmentKeyRecord(row, key: row.key, at: context.now)
    }
}
