internal import LMSText

/// Makes a course read-only: it leaves lists and the catalogue, and who is in it still reads.
package struct ArchiveCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(in context: Context) throws -> Written<Course> {
        try context.setArchived(course, since: context.now, as: .archiveCourse)
    }
}

/// Has an archived course be changed and listed again.
package struct UnarchiveCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(in context: Context) throws -> Written<Course> {
        try context.setArchived(course, since: nil, as: .unarchiveCourse)
    }
}

extension Context {
    fileprivate func setArchived(
        _ reference: CourseReference, since instant: Instant?, as action: AuditAction
    ) throws -> Written<Course> {
        var course = try courses.find(reference)
        try Policy.requireMayGovern(course, principal, .archive)
        guard (course.archivedAt == nil) != (instant == nil) else { return written(course, .unchanged) }
        try courses.setArchived(course.id, since: instant)
        course.archivedAt = instant
        try audit(action, course, subject: course.title)
        return written(course, .updated)
    }
}
