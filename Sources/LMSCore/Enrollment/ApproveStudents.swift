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
        let known = try await service.lookUp(usernames?.count ?? 0) { context in
            try Policy.requireMayManage(context.courses.find(course), context.principal)
            return try context.accounts(usernames ?? [])
        }
        return try await service.write { try perform(known, in: $0) }
    }

    private func perform(_ known: [AccountDirectory.Entry]?, in context: Context) throws -> [RosterChange] {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal)
        let changes = try context.enrollmentRows(of: known, named: usernames, orAll: all, in: course).map {
            try context.approve($0.account, $0.enrollment)
        }
        try context.audit(.approveStudents, course, changes)
        return changes
    }
}
