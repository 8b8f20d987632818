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
        let known = try await service.lookUp(usernames.count) { context in
            try Policy.requireMayManage(context.courses.find(course), context.principal)
            return try context.accounts(usernames)
        }
        return try await service.write { context in
            let course = try context.courses.find(course)
            try Policy.requireMayManage(course, context.principal)
            let changes = try context.enrollmentRows(of: known ?? context.accounts(usernames), in: course).map {
                try context.takeAway($0.enrollment.id, in: course)
                return context.change($0.account, $0.enrollment.status, $0.enrollment.dateEntry, .deleted)
            }
            try context.audit(.removeStudents, course, changes)
            return changes
        }
    }
}
