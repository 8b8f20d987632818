/// Puts students on a roster, all of them or none. Whoever has asked to join is enrolled.
package struct AddStudents: Mutation {
    package var course: CourseReference
    package var usernames: [Username]
    /// More of them.
    package var file: NamesFile?

    package init(course: CourseReference, usernames: [Username], file: NamesFile? = nil) {
        self.course = course
        self.usernames = usernames
        self.file = file
    }

    package func perform(in context: Context) throws -> [RosterChange] {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal)
        let named = try context.accounts(usernames)
        let teachers = named.filter { $0.role == .teacher }.map(\.username)
        guard teachers.isEmpty else {
            throw LMSError(
                .invalid, "a teacher cannot be on a roster: \(LMSCore.named(teachers)): nothing was changed")
        }
        let known = Set(named.map(\.id))
        let listed = try file.map { try context.students(of: $0) } ?? []
        let changes = try (named + listed.filter { !known.contains($0.id) }).map {
            try add($0, to: course, in: context)
        }
        try context.audit(.addStudents, course, changes)
        return changes
    }

    private func add(
        _ account: UserRows.Account, to course: Course, in context: Context
    ) throws -> RosterChange {
        guard let place = try context.enrollments.find(account.id, in: course.id) else {
            guard try context.enrollments.insert(account.id, in: course.id, .enrolled, at: context.now)
            else { throw LMSError.rosterChanged }
            return context.change(account, .enrolled, context.now, .created)
        }
        return try context.approve(account, place)
    }
}

extension Context {
    /// The students whom a file names, each once.
    ///
    /// - Throws: `LMSError` `invalid` that names each place where there is none.
    fileprivate func students(of file: NamesFile) throws -> [UserRows.Account] {
        var problems = FileProblems()
        var seen: Set<String> = []
        var found: [UserRows.Account] = []
        for name in file.usernames where seen.insert(name.value.folded).inserted {
            if let account = try student(name, &problems) { found.append(account) }
        }
        try problems.throwIfAny()
        return found
    }

    /// Enrolls whoever has asked; whoever is in already stays.
    func approve(
        _ account: UserRows.Account, _ place: EnrollmentRows.Place
    ) throws -> RosterChange {
        guard place.status == .pending else {
            return change(account, .enrolled, place.dateEntry, .unchanged)
        }
        try enrollments.enroll(place.id, at: now)
        return change(account, .enrolled, now, .updated)
    }
}
