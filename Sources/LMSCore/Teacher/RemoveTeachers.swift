/// Has teachers no longer teach a course, all of them or none. Its owner cannot be removed; a teacher may remove himself.
package struct RemoveTeachers: UseCase {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference
    package var usernames: [Username]

    package init(course: CourseReference, usernames: [Username]) {
        self.course = course
        self.usernames = usernames
    }

    package func perform(on service: LocalService) async throws -> [TeacherChange] {
        try await service.change(course, names: usernames.count) {
            try Policy.requireMayRemoveTeachers(usernames, of: $0, $1, $2)
        } find: {
            try accounts(of: $0, in: $1)
        } _: { accounts, course, context in
            guard !accounts.contains(where: { $0.id == course.teacherID }) else {
                throw LMSError(
                    .conflict, "'\(course.teacher)' owns the course '\(course.code)', and cannot be removed: nothing was changed",
                    hint: "Give the course to another of its teachers first, with: lms course transfer \(course.code) USERNAME")
            }
            let changes = try accounts.map { try remove($0, from: course, in: context) }
            try context.audit(.removeTeachers, course, changes)
            return changes
        }
    }

    private func accounts(of course: Course, in context: Context) throws -> [AccountDirectory.Entry] {
        let hint = "See who teaches it with: lms teacher list \(course.code)"
        return try context.teacherAccounts(usernames, orHint: hint, ofStudents: hint)
    }

    private func remove(_ account: AccountDirectory.Entry, from course: Course, in context: Context) throws -> TeacherChange {
        guard let addedAt = try context.teachers.addedAt(account.id, in: course.id) else {
            return context.written(CourseTeacher(username: account.username, role: nil, addedAt: nil), .unchanged)
        }
        try context.takeAway(teacher: account.id, of: course)
        return context.written(CourseTeacher(username: account.username, role: Told(.teacher), addedAt: addedAt), .deleted)
    }
}
