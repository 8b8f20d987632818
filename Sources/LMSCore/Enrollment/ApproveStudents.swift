/// Grants requests to join: of the students named, or of all who wait.
package struct ApproveStudents: UseCase {
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
            let changes = try context.enrollmentRows(of: accounts, in: course).map {
                try context.approve($0.account, $0.enrollment)
            }
            try context.audit(.approveStudents, course, changes)
            return changes
        }
    }
}
