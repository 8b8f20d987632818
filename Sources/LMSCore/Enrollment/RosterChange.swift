internal import LMSText

/// A record that is about somebody.
protocol OfUser: Sendable {
    var username: Username { get }
}

extension RosterEntry: OfUser {}
extension CourseTeacher: OfUser {}

/// What became of one student's enrollment.
package typealias RosterChange = Written<RosterEntry>

extension Context {
    /// The accounts of the names, each once, in the order given.
    ///
    /// - Parameter hint: What whoever named somebody who is not registered can do.
    /// - Throws: `LMSError` `notFound` that names every name that is not registered.
    func accounts(
        _ usernames: [Username], orHint hint: String = "They can register with: lms register USERNAME --role student"
    ) throws -> [AccountDirectory.Entry] {
        let directory = try directory(of: usernames)
        var seen: Set<ExactText> = []
        var found: [AccountDirectory.Entry] = []
        var unknown: [Username] = []
        for username in usernames where seen.insert(ExactText(username.folded)).inserted {
            if let account = directory.find(username) {
                found.append(account)
            } else {
                unknown.append(username)
            }
        }
        let renamed = unknown.compactMap(directory.renaming)
        if !renamed.isEmpty {
            throw LMSError(
                .notFound, "\(renamed.prefix(20).joined(separator: ", ")): nothing was changed", hint: "Use the new username.")
        }
        guard unknown.isEmpty else {
            throw LMSError(
                .notFound, "not registered: \(named(unknown)): nothing was changed", hint: hint)
        }
        return found
    }

    /// The teacher or student whom a file names.
    ///
    /// - Parameter requireRole: Refuses whom the name may not be, by name and role.
    /// - Returns: `nil` where there is none of that name, or of another role, which is noted.
    func account(
        _ name: Located<Username>, _ directory: AccountDirectory, _ problems: inout FileProblems,
        _ requireRole: (String, Role) throws -> Void
    ) throws -> AccountDirectory.Entry? {
        guard let account = directory.find(name.value) else {
            problems.add(
                directory.renaming(of: name.value) ?? "there is no user \(quoted(name.value.rawValue))", at: name)
            return nil
        }
        return try problems.noting(name) {
            try requireRole(name.value.rawValue, account.role)
            return account
        }
    }

    /// The enrollments of the accounts in a course.
    ///
    /// - Throws: `LMSError` `notFound` that names everyone who has none.
    func enrollmentRows(
        of accounts: [AccountDirectory.Entry], in course: Course
    ) throws -> [(account: AccountDirectory.Entry, enrollment: EnrollmentRow)] {
        var found: [(AccountDirectory.Entry, EnrollmentRow)] = []
        var outside: [Username] = []
        for account in accounts {
            if let enrollment = try enrollments.find(account.id, in: course.id) {
                found.append((account, enrollment))
            } else {
                outside.append(account.username)
            }
        }
        guard outside.isEmpty else {
            throw LMSError(
                .notFound, "not on the roster of '\(course.code)': \(named(outside)): nothing was changed")
        }
        return found
    }

    /// The accounts of the students named, or of all who ask to join.
    ///
    /// - Throws: `LMSError` `invalid` where neither or both are meant, `notFound` as above.
    func accounts(
        named usernames: [Username]?, orAll all: Bool?, in course: Course
    ) throws -> [AccountDirectory.Entry] {
        guard (all == true) != (usernames != nil) else {
            throw LMSError(.invalid, "either usernames or all is needed, and not both")
        }
        return try accounts(all == true ? enrollments.pendingStudents(of: course.id) : usernames ?? [])
    }

    /// Writes one entry of the log for all that one call changed.
    func audit(_ action: AuditAction, _ course: Course, _ changes: [Written<some OfUser>]) throws {
        let changed = changes.filter { $0.outcome != .unchanged }.map(\.record.username)
        guard !changed.isEmpty else { return }
        try audit(action, course, subject: named(changed))
    }

    func change(
        _ account: AccountDirectory.Entry, _ status: EnrollmentStatus, _ dateEntry: Instant,
        _ outcome: Outcome
    ) -> RosterChange {
        written(
            RosterEntry(username: account.username, status: Told(status), dateEntry: dateEntry), outcome)
    }
}

extension LocalService {
    /// Changes what people are in a course, all of them or none. Many names are looked up in a transaction that only reads, so
    /// that no write waits for it.
    ///
    /// - Parameters:
    ///   - count: How many names there are.
    ///   - permit: Asks whether the caller may do it.
    ///   - find: Looks up the accounts of the names.
    func change<Change: Sendable>(
        _ course: CourseReference, names count: Int, permit: @escaping @Sendable (Course, Principal, CourseAct) throws -> Void,
        find: @escaping @Sendable (Course, Context) throws -> [AccountDirectory.Entry],
        _ act: @escaping @Sendable ([AccountDirectory.Entry], Course, Context) throws -> [Change]
    ) async throws -> [Change] {
        @Sendable func permitted(_ context: Context) throws -> Course {
            let course = try context.courses.find(course)
            try permit(course, context.principal, .write)
            return course
        }
        try CourseRules.requireNameCount(count)
        let known = count > 100 ? try await read { try find(permitted($0), $0) } : nil
        return try await write { context in
            let course = try permitted(context)
            return try act(known ?? find(course, context), course, context)
        }
    }
}

/// Names in a row; beyond twenty, how many more there are.
package func named(_ names: [some RawRepresentable<String>]) -> String {
    let shown = names.prefix(20).map { quoted($0.rawValue) }.joined(separator: ", ")
    let rest = names.count - 20
    return rest > 0 ? "\(shown) and \(rest) more" : shown
}
