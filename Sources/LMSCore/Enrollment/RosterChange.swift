/// One student of a roster's change, and what became of the place.
package typealias RosterChange = Written<RosterEntry>

extension Context {
    /// The accounts of the names, each once, in the order given.
    ///
    /// - Throws: `LMSError` `notFound` that names every name that is not registered.
    func accounts(_ usernames: [Username]) throws -> [UserRows.Account] {
        var seen: Set<String> = []
        var found: [UserRows.Account] = []
        var unknown: [Username] = []
        for username in usernames where seen.insert(username.folded).inserted {
            if let account = try users.find(username) {
                found.append(account)
            } else {
                unknown.append(username)
            }
        }
        guard unknown.isEmpty else {
            throw LMSError(
                .notFound, "not registered: \(named(unknown)): nothing was changed",
                hint: "They can register with: lms register USERNAME --role student")
        }
        return found
    }

    /// The student whom a file names.
    ///
    /// - Returns: `nil` where there is none of that name, which is noted.
    func student(_ name: Placed<Username>, _ problems: inout FileProblems) throws -> UserRows.Account? {
        guard let account = try users.find(name.value) else {
            problems.add("there is no user \(quoted(name.value.rawValue))", at: name)
            return nil
        }
        guard account.role == .student else {
            problems.add("\(quoted(name.value.rawValue)) is a teacher, and a roster has students", at: name)
            return nil
        }
        return account
    }

    /// The places of the accounts in a course.
    ///
    /// - Throws: `LMSError` `notFound` that names everyone who has none.
    func places(
        of accounts: [UserRows.Account], in course: Course
    ) throws -> [(account: UserRows.Account, place: EnrollmentRows.Place)] {
        var found: [(UserRows.Account, EnrollmentRows.Place)] = []
        var outside: [Username] = []
        for account in accounts {
            if let place = try enrollments.find(account.id, in: course.id) {
                found.append((account, place))
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

    /// One row in the audit trail for all that one call changed.
    func audit(_ action: AuditAction, _ course: Course, _ changes: [RosterChange]) throws {
        let changed = changes.filter { $0.outcome != .unchanged }.map(\.record.username)
        guard !changed.isEmpty else { return }
        try audit(action, course, subject: named(changed))
    }

    func change(
        _ account: UserRows.Account, _ status: EnrollmentStatus, _ dateEntry: Instant,
        _ outcome: Outcome
    ) -> RosterChange {
        written(
            RosterEntry(username: account.username, status: status, dateEntry: dateEntry), outcome)
    }
}

/// Names in a row; beyond twenty, how many more there are.
func named(_ usernames: [Username]) -> String {
    let shown = usernames.prefix(20).map { quoted($0.rawValue) }.joined(separator: ", ")
    let rest = usernames.count - 20
    return rest > 0 ? "\(shown) and \(rest) more" : shown
}
