/// Has teachers teach a course beside its owner, all of them or none.
package struct AddTeachers: UseCase {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference
    package var usernames: [Username]

    package init(course: CourseReference, usernames: [Username]) {
        self.course = course
        self.usernames = usernames
    }

    package func perform(on service: LocalService) async throws -> [TeacherChange] {
        try await service.change(course, names: usernames.count, permit: Policy.requireMayGovern) {
            try accounts(in: $1)
        } _: { accounts, course, context in
            let changes = try accounts.map { try add($0, to: course, in: context) }
            try context.audit(.addTeachers, course, changes)
            return changes
        }
    }

    private func accounts(in context: Context) throws -> [AccountDirectory.Entry] {
        try context.teacherAccounts(
            usernames, orHint: "They can register with: lms register USERNAME --role teacher",
            ofStudents: "Your administrator can change that: lms user set-role USERNAME teacher")
    }

    private func add(_ account: AccountDirectory.Entry, to course: Course, in context: Context) throws -> TeacherChange {
        guard account.id != course.teacherID else {
            return context.written(CourseTeacher(username: account.username, role: Told(.owner), addedAt: nil), .unchanged)
        }
        let isNew = try context.teachers.insert(account.id, in: course.id, at: context.now)
        guard let addedAt = try context.teachers.addedAt(account.id, in: course.id) else { throw LMSError.teachersChanged }
        return context.written(
            CourseTeacher(username: account.username, role: Told(.teacher), addedAt: addedAt), isNew ? .created : .unchanged)
    }
}

extension LMSError {
    /// Somebody was made a student between two statements of ours.
    static let teachersChanged = LMSError(
        .busy, "one of the accounts has just changed", hint: "Try again.", retryAfter: 1)
}
