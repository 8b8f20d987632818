/// Takes students off a roster, all of them or none.
package struct RemoveStudents: UseCase {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var course: CourseReference
    package var usernames: [Username]

    package init(course: CourseReference, usernames: [Username]) {
        self.course = course
        self.usernames = usernames
    }

    package func perform(on service: LocalService) async throws -> [RosterChange] {
        try await service.change(course, names: usernames.count, permit: Policy.requireMayManage) {
            try $1.accounts(usernames)
        } _: { accounts, course, context in
            let changes = try context.enrollmentRows(of: accounts, in: course).map {
                try context.takeAway($0.enrollment.id, in: course)
                return context.change($0.account, $0.enrollment.status, $0.enrollment.dateEntry, .deleted)
            }
            try context.audit(.removeStudents, course, changes)
            return changes
        }
    }
}
