internal import LMSText

/// Puts students on a roster, all of them or none. Whoever has asked to join is enrolled.
package struct AddStudents: UseCase {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var course: CourseReference
    package var usernames: [Username]
    /// More of them.
    package var file: NamesFile?

    package init(course: CourseReference, usernames: [Username], file: NamesFile? = nil) {
        self.course = course
        self.usernames = usernames
        self.file = file
    }

    package func perform(on service: LocalService) async throws -> [RosterChange] {
        if let file { try FileProblems.requireName(file.name) }
        let (listed, problems) = try names()
        return try await service.change(
            course, names: usernames.count + listed.count, permit: Policy.requireMayManage
        ) {
            try students(listed, after: problems, in: $1)
        } _: { students, course, context in
            let changes = try students.map { try add($0, to: course, in: context) }
            try context.audit(.addStudents, course, changes)
            return changes
        }
    }

    /// The names in the file, and what is wrong in it.
    private func names() throws -> ([Located<Username>], FileProblems) {
        var problems = FileProblems()
        let names = try file?.usernames(&problems) ?? []
        return (names, problems)
    }

    /// All who are named, each once.
    private func students(
        _ listed: [Located<Username>], after problems: FileProblems, in context: Context
    ) throws -> [AccountDirectory.Entry] {
        let named = try context.accounts(usernames)
        try CourseRules.requireMayFollow(named)
        let known = Set(named.map(\.id))
        return try named + context.students(listed, after: problems).filter { !known.contains($0.id) }
    }

    private func add(
        _ account: AccountDirectory.Entry, to course: Course, in context: Context
    ) throws -> RosterChange {
        if try context.enrollments.insert(account.id, in: course.id, .enrolled, at: context.now) {
            return context.change(account, .enrolled, context.now, .created)
        }
        guard let enrollment = try context.enrollments.find(account.id, in: course.id) else {
            throw LMSError.rosterChanged
        }
        return try context.approve(account, enrollment)
    }
}

extension Context {
    /// The students whom a file names, each once.
    ///
    /// - Throws: `LMSError` `invalid` that names the source location of each who is not there, or is no student.
    fileprivate func students(
        _ names: [Located<Username>], after before: FileProblems
    ) throws -> [AccountDirectory.Entry] {
        let directory = try directory(of: names.lazy.map(\.value))
        var problems = before
        var seen: Set<ExactText> = []
        var found: [AccountDirectory.Entry] = []
        for name in names where seen.insert(ExactText(name.value.folded)).inserted {
            if let account = try account(name, directory, &problems, CourseRules.requireMayFollow) { found.append(account) }
        }
        try problems.throwIfAny()
        return found
    }

    /// Enrolls whoever has asked; whoever is in already stays.
    func approve(
        _ account: AccountDirectory.Entry, _ enrollment: EnrollmentRow
    ) throws -> RosterChange {
        guard enrollment.status == .pending else {
            return change(account, .enrolled, enrollment.dateEntry, .unchanged)
        }
        try enrollments.enroll(enrollment.id, at: now)
        return change(account, .enrolled, now, .updated)
    }
}
