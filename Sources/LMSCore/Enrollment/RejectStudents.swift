/// Refuses requests to join: of the students named, or of all who wait. Whoever is enrolled stays.
///
/// An enrolled student is a conflict, not `unchanged`: whoever types `reject` wants somebody out, and `roster remove`, which
/// asks first, does that.
package struct RejectStudents: UseCase {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var course: CourseReference
    package var usernames: [Username]?
    package var all: Bool?

    package init(course: CourseReference, usernames: [Username]) {
        self.course = course
        self.usernames = usernames
    }

    package init(allOf course: CourseReference) {
        self.course = course
        all = true
    }

    package func perform(on service: LocalService) async throws -> [RosterChange] {
        try await service.change(course, names: usernames?.count ?? 0, permit: Policy.requireMayManage) {
            try $1.accounts(named: usernames, orAll: all, in: $0)
        } _: { accounts, course, context in
            let rows = try context.enrollmentRows(of: accounts, in: course)
            let enrolled = rows.filter { $0.enrollment.status == .enrolled }.map(\.account.username)
            guard enrolled.isEmpty else {
                throw LMSError(
                    .conflict, "enrolled already: \(named(enrolled)): nothing was changed",
                    hint: "Take students off the roster with: lms roster remove \(course.code) USERNAME")
            }
            let changes = try rows.map {
                try context.enrollments.delete($0.enrollment.id)
                return context.change($0.account, .pending, $0.enrollment.dateEntry, .deleted)
            }
            try context.audit(.rejectStudents, course, changes)
            return changes
        }
    }
}
